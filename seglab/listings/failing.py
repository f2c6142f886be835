"""Listings that stop with an exception."""

from seglab.listings.listing import Listing

MISSING_COMMA = Listing(
    name="missing_comma",
    title="The sliding window's first layers",
    code="""\
from keras import Input, Sequential
from keras.layers import Conv2D, MaxPooling2D
model = Sequential([
    Input((32, 32, 1)),
    Conv2D(40, (3, 3), padding="same", activation="relu")
    MaxPooling2D((2, 2), strides=(2, 2)),
])
""",
    raises="SyntaxError",
    message="comma",
    why="The layers are a Python list, and its items are separated by commas; after the first "
    "convolution there is none. Python stops before it has run a single line.",
    repair="""\
from keras import Input, Sequential
from keras.layers import Conv2D, MaxPooling2D
model = Sequential([
    Input((32, 32, 1)),
    Conv2D(40, (3, 3), padding="same", activation="relu"),
    MaxPooling2D((2, 2), strides=(2, 2)),
])
found = model.output_shape
""",
    repaired=(None, 16, 16, 40),
)

UP_SAMPLING_ARGUMENT = Listing(
    name="up_sampling_argument",
    title="The skip-FCN's up-sampling",
    code="""\
from keras import Input
from keras.layers import UpSampling2D
fc5 = Input((8, 8, 160))
up1 = UpSampling2D((2, 2), fc5)
""",
    raises="ValueError",
    message="data_format",
    why="A layer is made first and called then: UpSampling2D(...) makes it, (fc5) calls it. The "
    "second argument of the making is data_format, and there the tensor lands.",
    repair="""\
from keras import Input
from keras.layers import UpSampling2D
fc5 = Input((8, 8, 160))
up1 = UpSampling2D((2, 2))(fc5)
found = up1.shape
""",
    repaired=(None, 16, 16, 160),
)

TRANSPOSED_NAME = Listing(
    name="transposed_name",
    title="The transposed convolution's name",
    code="""\
from keras import layers
up1 = layers.Conv2DTransposed(80, (3, 3), strides=(2, 2), padding="same")
""",
    raises="AttributeError",
    message="Conv2DTransposed",
    why="Keras calls the layer Conv2DTranspose.",
    repair="""\
from keras import Input, layers
up1 = layers.Conv2DTranspose(80, (3, 3), strides=(2, 2), padding="same")
found = up1(Input((8, 8, 160))).shape
""",
    repaired=(None, 16, 16, 80),
)

CONCATENATE_LIST = Listing(
    name="concatenate_list",
    title="Fusing two branches",
    code="""\
from keras import Input
from keras.layers import Concatenate
up1, conv3 = Input((16, 16, 160)), Input((16, 16, 80))
fuse2 = Concatenate()(up1, conv3)
""",
    raises="TypeError",
    message="positional arguments",
    why="A merging layer takes one argument, the list of its branches.",
    repair="""\
from keras import Input
from keras.layers import Concatenate
up1, conv3 = Input((16, 16, 160)), Input((16, 16, 80))
fuse2 = Concatenate()([up1, conv3])
found = fuse2.shape
""",
    repaired=(None, 16, 16, 240),
)

SIZES_AT_THE_SKIP = Listing(
    name="sizes_at_the_skip",
    title="A page of 601x425 pixels in the skip-FCN",
    code="""\
from keras import Input
from keras.layers import Concatenate, MaxPooling2D, UpSampling2D
conv1 = Input((601, 425, 40))
up3 = UpSampling2D()(MaxPooling2D()(conv1))
fuse4 = Concatenate()([up3, conv1])
""",
    raises="ValueError",
    message="matching shapes",
    why="The pool halves 601x425 to 300x212 and drops a row and a column; twice that is 600x424. A "
    "page has to be padded until every pool divides it: a multiple of 8 for three pools.",
    repair="""\
from keras import Input
from keras.layers import Concatenate, MaxPooling2D, UpSampling2D
conv1 = Input((608, 432, 40))  # 601x425, padded with 7 rows and 7 columns of paper
up3 = UpSampling2D()(MaxPooling2D()(conv1))
fuse4 = Concatenate()([up3, conv1])
found = fuse4.shape
""",
    repaired=(None, 608, 432, 80),
)

SKIP_AFTER_THE_POOL = Listing(
    name="skip_after_the_pool",
    title="A skip connection that starts after its pool",
    code="""\
from keras import Input
from keras.layers import Concatenate, Conv2D, MaxPooling2D, UpSampling2D
conv3 = Input((16, 16, 80))
pool3 = MaxPooling2D()(conv3)
up1 = UpSampling2D()(Conv2D(160, 1)(pool3))
fuse2 = Concatenate()([up1, pool3])
""",
    raises="ValueError",
    message="matching shapes",
    why="up1 is as large as what went into the pool, not as what came out. The skip has to start "
    "before the pool, and that is where the finer detail is.",
    repair="""\
from keras import Input
from keras.layers import Concatenate, Conv2D, MaxPooling2D, UpSampling2D
conv3 = Input((16, 16, 80))
pool3 = MaxPooling2D()(conv3)
up1 = UpSampling2D()(Conv2D(160, 1)(pool3))
fuse2 = Concatenate()([up1, conv3])
found = fuse2.shape
""",
    repaired=(None, 16, 16, 240),
)

CLASS_WEIGHT = Listing(
    name="class_weight",
    title="A weight for every class",
    code="""\
import numpy as np
from keras import Input, Sequential
from keras.layers import Conv2D
model = Sequential([Input((8, 8, 1)), Conv2D(3, 1, activation="softmax")])
model.compile(loss="sparse_categorical_crossentropy")
images, labels = np.zeros((2, 8, 8, 1)), np.zeros((2, 8, 8), "uint8")
model.fit(images, labels, class_weight={0: 1.0, 1: 5.0, 2: 9.0}, verbose=0)
""",
    raises="TypeError",
    message="scalar",
    why="class_weight expects one class an image; here every pixel has one. A weight for each "
    "pixel does it: look up the weight of its class.",
    repair="""\
import numpy as np
from keras import Input, Sequential
from keras.layers import Conv2D
model = Sequential([Input((8, 8, 1)), Conv2D(3, 1, activation="softmax")])
model.compile(loss="sparse_categorical_crossentropy")
images, labels = np.zeros((2, 8, 8, 1)), np.zeros((2, 8, 8), "uint8")
weights = np.array([1.0, 5.0, 9.0])[labels]
model.fit(images, labels, sample_weight=weights, verbose=0)
found = weights.shape
""",
    repaired=(2, 8, 8),
)
