"""PSPNet: a dilated ResNet, then what the whole page, its halves, thirds and sixths hold.

Zhao, Shi, Qi, Wang & Jia (2017), "Pyramid Scene Parsing Network", section 3, with ResNet-50 and
without its auxiliary loss, which serves the training of deeper ones. Pages of any size: scores at
an eighth of the size, rounded up, are up-sampled bilinearly and cropped to the page.
"""

from keras import Input, Model
from keras.layers import Conv2D, Dropout

from seglab.layers import BilinearUpSampling2D, CropLike, PyramidPooling
from seglab.literature.resnet import normalized_convolution, stage, stem
from seglab.models import probabilities


def pspnet(num_classes, width=16, channels=1):
    """(batch, H, W, channels) -> (batch, H, W, num_classes). The paper's width is 64."""
    image = Input((None, None, channels), name="image")
    x = stem(image, width)
    x = stage(x, width, "stage1", units=3)
    x = stage(x, 2 * width, "stage2", units=4, stride=2)
    x = stage(x, 4 * width, "stage3", units=6, rates=(2,) * 6)
    x = stage(x, 8 * width, "stage4", units=3, rates=(4,) * 3)
    x = PyramidPooling(8 * width, bins=(1, 2, 3, 6), name="pyramid")(x)
    x = normalized_convolution(x, 8 * width, 3, "fuse")
    x = Dropout(0.1, name="dropout")(x)
    scores = Conv2D(num_classes, 1, name="scores")(x)
    up = BilinearUpSampling2D(8, name="up")(scores)
    logits = CropLike(name="logits")([up, image])
    return Model(image, probabilities(num_classes)(logits), name="pspnet")
