"""Listings that run and compute something else than they should."""

from math import log

from seglab.listings.listing import Listing

PSEUDO_CODE_KERNELS = Listing(
    name="pseudo_code_kernels",
    title="The encoder, from the slide's pseudo-code",
    code="""\
from keras import Input, Sequential
from keras.layers import Conv2D, MaxPooling2D
encoder = Sequential([
    Input((None, None, 1)),
    Conv2D(40, 3, padding="same", activation="relu"), MaxPooling2D(),
    Conv2D(40, 3, padding="same", activation="relu"), MaxPooling2D(),
    Conv2D(80, 3, padding="same", activation="relu"), MaxPooling2D(),
])
found = encoder.count_params()
""",
    found=43_720,
    why="It runs, but it is another network than the listing on the same slide: the pseudo-code "
    "says 3x3 three times, the Keras listing 3x3, 4x4, 4x4. The models here follow the listing.",
    repair="""\
from keras import Input, Sequential
from keras.layers import Conv2D, MaxPooling2D
encoder = Sequential([
    Input((None, None, 1)),
    Conv2D(40, 3, padding="same", activation="relu"), MaxPooling2D(),
    Conv2D(40, 4, padding="same", activation="relu"), MaxPooling2D(),
    Conv2D(80, 4, padding="same", activation="relu"), MaxPooling2D(),
])
found = encoder.count_params()
""",
    repaired=77_320,
)

LOST_BORDER = Listing(
    name="lost_border",
    title="A page of 601x425 pixels in the FCN",
    code="""\
from keras import Input
from keras.layers import MaxPooling2D, UpSampling2D
x = Input((601, 425, 1))
for _ in range(3):
    x = MaxPooling2D()(x)
found = UpSampling2D((8, 8))(x).shape
""",
    found=(None, 600, 424, 1),
    why="Without a skip nothing has to meet, so nothing fails: the last row and the last column "
    "just get no label. Pad the page, and crop the scores to the page's size.",
    repair="""\
from keras import Input
from keras.layers import Cropping2D, MaxPooling2D, UpSampling2D, ZeroPadding2D
x = ZeroPadding2D(((0, 7), (0, 7)))(Input((601, 425, 1)))  # paper is 0
for _ in range(3):
    x = MaxPooling2D()(x)
found = Cropping2D(((0, 7), (0, 7)))(UpSampling2D((8, 8))(x)).shape
""",
    repaired=(None, 601, 425, 1),
)

HALF_A_PIXEL = Listing(
    name="half_a_pixel",
    title="Where does a 4x4 convolution put a pixel?",
    code="""\
import numpy as np
from keras.layers import Conv2D
row = np.zeros((1, 1, 16, 1), "float32")
row[0, 0, 8] = 1
spread = Conv2D(1, (1, 4), padding="same", kernel_initializer="ones")(row)
found = float(np.mean(np.flatnonzero(spread)))
""",
    found=7.5,
    why="An even kernel has no centre. Keras pads one zero before and two after, so every cell "
    "looks half a cell ahead and the picture moves half a cell back: at stride 4, two pixels.",
    repair="""\
import numpy as np
from keras.layers import Conv2D
row = np.zeros((1, 1, 16, 1), "float32")
row[0, 0, 8] = 1
spread = Conv2D(1, (1, 3), padding="same", kernel_initializer="ones")(row)
found = float(np.mean(np.flatnonzero(spread)))
""",
    repaired=8.0,
)

MEAN_IOU_OF_SCORES = Listing(
    name="mean_iou_of_scores",
    title="The mean IoU of a perfect prediction",
    code="""\
import keras
import numpy as np
labels = np.array([0, 1, 2, 0, 1, 2, 2, 1])
one_hot = np.eye(3)[labels]
scores = 0.7 * one_hot + 0.1
mean_iou = keras.metrics.MeanIoU(3)
mean_iou.update_state(one_hot, scores)
found = float(mean_iou.result())
""",
    found=1 / 3,
    why="MeanIoU expects class numbers. It cuts scores down to integers: all below 1 become class "
    "0, and so do the zeros of the one-hot labels. Whatever the prediction, the result is 1/3.",
    repair="""\
import keras
import numpy as np
labels = np.array([0, 1, 2, 0, 1, 2, 2, 1])
one_hot = np.eye(3)[labels]
scores = 0.7 * one_hot + 0.1
mean_iou = keras.metrics.MeanIoU(3, sparse_y_true=False, sparse_y_pred=False)
mean_iou.update_state(one_hot, scores)
found = float(mean_iou.result())
""",
    repaired=1.0,
)

DICE_OF_LABELS = Listing(
    name="dice_of_labels",
    title="The Dice loss of a perfect prediction",
    code="""\
import keras
import numpy as np
labels = np.array([[[0, 1, 2, 0], [1, 2, 2, 1]]])
scores = np.eye(3)[labels]
found = float(keras.losses.Dice()(labels[..., None], scores))
""",
    found=1 - 2 * (9 * 8 / 8) / (9 + 8),
    why="Dice expects one-hot labels. With class numbers (here 0 to 2, 9 in sum) it multiplies and "
    "adds the numbers themselves, and a loss that should be 0 at best becomes negative.",
    repair="""\
import keras
import numpy as np
labels = np.array([[[0, 1, 2, 0], [1, 2, 2, 1]]])
scores = np.eye(3)[labels]
found = float(keras.losses.Dice()(np.eye(3)[labels], scores))
""",
    repaired=0.0,
)

MINUS_SIGN = Listing(
    name="minus_sign",
    title="The pixel cross-entropy of the slide's example",
    code="""\
import numpy as np
prediction = np.array([0.1, 0.1, 0.1, 0.02, 0.03, 0.5, 0.15])
label = np.array([0, 0, 0, 0, 0, 1, 0])
found = float(np.sum(label * np.log(prediction)))
""",
    found=log(0.5),
    why="The logarithm of a probability is negative: this 'loss' falls the worse the prediction "
    "is, and training would walk away from the labels. The slides leave out the minus sign.",
    repair="""\
import numpy as np
prediction = np.array([0.1, 0.1, 0.1, 0.02, 0.03, 0.5, 0.15])
label = np.array([0, 0, 0, 0, 0, 1, 0])
found = float(-np.sum(label * np.log(prediction)))
""",
    repaired=-log(0.5),
)
