"""DeconvNet: VGG-16 with its dense layers down to one vector, and its mirror image up again.

Noh, Hong & Han (2015), "Learning Deconvolution Network for Semantic Segmentation", section 3 and
the table of the supplement: unpooling with switches, transposed convolutions ("deconvolutions"),
batch normalisation after each of both.

The paper classifies proposals of 224x224 pixels: fc6 reads all of its 7x7 cells and gives one, from
which deconv_fc6 writes 7x7. Here both pad by 3 cells, so every cell has a vector of its own about
the 7x7 cells around it, and pages of any size go through: a window that overhangs an odd size pools
what is there, and what is unpooled is cropped to what was pooled.
"""

from keras import Input, Model
from keras.layers import Conv2D, Conv2DTranspose

from seglab.literature.segnet import encoder, unpooled
from seglab.literature.vgg import normalized
from seglab.models import probabilities


def deconvnet(num_classes, width=16, channels=1):
    """(batch, H, W, channels) -> (batch, H, W, num_classes). The paper's width is 64."""
    image = Input((None, None, channels), name="image")
    x, pools = encoder(image, width)
    x = Conv2D(64 * width, 7, padding="same", name="fc6")(x)
    x = normalized(x, "fc6")
    x = Conv2D(64 * width, 1, name="fc7")(x)
    x = normalized(x, "fc7")
    x = Conv2DTranspose(8 * width, 7, padding="same", name="deconv_fc6")(x)
    x = normalized(x, "deconv_fc6")
    x = unpooled(x, pools, 5)
    x = deconvolutions(x, [8 * width, 8 * width, 8 * width], "deconv5")
    x = unpooled(x, pools, 4)
    x = deconvolutions(x, [8 * width, 8 * width, 4 * width], "deconv4")
    x = unpooled(x, pools, 3)
    x = deconvolutions(x, [4 * width, 4 * width, 2 * width], "deconv3")
    x = unpooled(x, pools, 2)
    x = deconvolutions(x, [2 * width, width], "deconv2")
    x = unpooled(x, pools, 1)
    x = deconvolutions(x, [width, width], "deconv1")
    logits = Conv2D(num_classes, 1, name="logits")(x)
    return Model(image, probabilities(num_classes)(logits), name="deconvnet")


def deconvolutions(x, filters, name):
    """3x3 transposed convolutions, each with batch normalisation and ReLU."""
    for number, count in enumerate(filters, 1):
        x = Conv2DTranspose(count, 3, padding="same", name=f"{name}_{number}")(x)
        x = normalized(x, f"{name}_{number}")
    return x
