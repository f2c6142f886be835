# %% [markdown]
# # 2 · Layer dimensions
#
# 45 minutes in class, 45 at home · less than a minute of computing on two cores · 22 points
#
# Up to 2f is for class, from 2g on for home.
#
# Afterwards you can
#
# - work out sizes, parameters and receptive fields of every layer in the lecture, on paper,
# - say which pages a network can take, and by how much to pad the others,
# - read a listing that does not run, and mend it.
#
# It belongs to the slides from "Sliding window" to "Transposed convolution", to "Up-sampling", and
# to the notes on the U-Net. Have paper and pencil ready: most questions are answered there first.

# %%
from seglab.grading import check, hint, yours
import keras
import numpy as np
from keras.layers import Concatenate, Conv2D, Conv2DTranspose, Dense, Flatten
from keras.layers import MaxPooling2D, UpSampling2D

from seglab import dimensions, plots, typesetting

STUDENT = ""  # your student id: some questions have numbers of your own

# %% [markdown]
# ## One convolution
#
# The notes give the size of a convolution's output as
#
# $$n_\text{out} = \left\lfloor \frac{n_\text{in} + 2p - k}{s} \right\rfloor + 1$$
#
# for a page of $n_\text{in}$ cells, a kernel of $k$ cells, stride $s$, and $p$ cells of padding at
# *each* end. Rows and columns follow the rule separately.
#
# The notes' example: an image of 7×7×3, two filters of 3×3×3, no padding, stride 2. **Guess first,
# and write it down:** what is the shape of the output? How many numbers does the layer learn?

# %% tags=["aside"]
plots.convolution(7, 3, stride=2, outputs=3)

# %% [markdown]
# Every row of the picture is one output. The kernel has three places along each axis, and each
# filter makes one channel: **3×3×2**. A filter has a weight for each of its 3·3·3 cells, and one
# bias, which makes 28 numbers. Two filters learn **56**.

# %% [markdown]
# ## 2a · One convolution, on paper (3 points, *)
#
# The next cell shows *your* page (rows, columns, channels) and your layer: `filters` filters of
# `kernel` × `kernel` cells, with this stride and this padding. Work out, without Keras,
#
# - `output_shape`: three whole numbers (rows, columns, channels), like `(3, 3, 2)` above;
# - `parameters`: how many numbers the layer learns, like `56`;
# - `changes`: what changes when the page is twice as high and twice as wide? Letters, like `"bc"`:
#     - a: the rows and columns of the output
#     - b: the channels of the output
#     - c: the parameters
#     - d: the number of multiplications
#
# `check("2a")` says what is wrong; `hint("2a")` helps, and helps more when you ask again.

# %%
yours("2a")

# %% answer="2a"
mine = yours("2a")  # so that you may write mine.rows, mine.kernel, ...
### BEGIN SOLUTION
output_shape = (
    (mine.rows + 2 * mine.padding - mine.kernel) // mine.stride + 1,
    (mine.columns + 2 * mine.padding - mine.kernel) // mine.stride + 1,
    mine.filters,
)
parameters = mine.filters * (mine.kernel**2 * mine.channels + 1)
changes = "ad"
### END SOLUTION

# %%
check("2a")

# %% [markdown]
# A convolution slides the same weights over the whole page; a dense layer has a weight of its own
# for every cell. See what that means in the lecture. The sliding window and the FCN share this
# encoder, three blocks of convolution and pool:

# %% tags=["aside"]
encoder = keras.Sequential(name="encoder")
encoder.add(keras.Input((None, None, 1)))
encoder.add(Conv2D(40, 3, padding="same", activation="relu", name="conv1"))
encoder.add(MaxPooling2D(name="pool1"))
encoder.add(Conv2D(40, 4, padding="same", activation="relu", name="conv2"))
encoder.add(MaxPooling2D(name="pool2"))
encoder.add(Conv2D(80, 4, padding="same", activation="relu", name="conv3"))
encoder.add(MaxPooling2D(name="pool3"))
plots.architecture(encoder, (32, 32))

# %% [markdown]
# The window classifier flattens the 4×4×80 cells that are left of a 32×32 window, into `Dense(100)`
# and `Dense(3)`. The FCN scales up by 8 and ends in a 1×1 convolution. **Guess:** which part of the
# window classifier learns most of its numbers?

# %% tags=["aside"]
window_head = keras.Sequential([keras.Input((4, 4, 80)), Flatten(), Dense(100), Dense(3)])
fcn_head = keras.Sequential([keras.Input((None, None, 80)), UpSampling2D(8), Conv2D(3, 1)])
for name, part in {"encoder": encoder, "window": window_head, "fcn": fcn_head}.items():
    print(f"{name:8} {part.count_params():8,} parameters")

# %% [markdown]
# More than half of the window classifier sits in layers that fit windows of one size only. Without
# them, the FCN is smaller, and takes pages of any size.

# %% [markdown]
# ## 2b · The rule as a function (2 points, *)
#
# A *dilated* (atrous) kernel leaves gaps between its cells: with dilation 2 it reads every second
# one. **Guess:** how many cells does a 3-cell kernel span with dilation 2? The picture shows it on
# a page of 9 cells.
#
# Write `convolution_size(size, kernel, stride=1, padding=0, dilation=1)`: the number of outputs
# along one axis, a whole number. `convolution_size(7, 3, stride=2)` is 3, and
# `convolution_size(9, 3, dilation=2)` is 5.

# %% tags=["aside"]
plots.convolution(9, 3, dilation=2, outputs=5)


# %% answer="2b"
def convolution_size(size, kernel, stride=1, padding=0, dilation=1):
    """Outputs of a convolution along one axis; `padding` cells are added at each end."""
    ### BEGIN SOLUTION
    span = dilation * (kernel - 1) + 1
    return (size + 2 * padding - span) // stride + 1
    ### END SOLUTION


# %%
check("2b")

# %% [markdown]
# A pool follows the same rule: 2×2 with stride 2 makes 2×2 out of 4×4. So your function runs
# through a whole network. LeNet-5 in the notes takes 32×32: 5×5 convolution, pool, 5×5 convolution,
# pool.

# %% tags=["aside"]
size = 32
for layer, kernel, stride in (("conv", 5, 1), ("pool", 2, 2), ("conv", 5, 1), ("pool", 2, 2)):
    size = convolution_size(size, kernel, stride)
    print(f"{layer} {kernel}x{kernel}: {size}x{size}")

# %% [markdown]
# The maps get smaller from layer to layer, while LeNet-5 gives them more channels: 1, 6, 16.

# %% [markdown]
# ## 2c · Up again (2 points, **)
#
# The slide "Up-sampling" pairs each convolution (3×3) with a transposed one, which goes back:
#
# | | convolution | transposed convolution |
# |---|---|---|
# | stride 1 | 4×4 → 2×2 | 2×2 → 4×4 |
# | stride 2 | 5×5 → 2×2 | 2×2 → 5×5 |
# | stride 1, padding 1 | 5×5 → 5×5 | 5×5 → 5×5 |
#
# It works the other way round: each cell *writes* a whole kernel, the next cell writes its own
# `stride` cells further on, and where two overlap they are added. Padding takes away here:
# `padding` cells are cut off at each end.

# %% tags=["aside"]
plots.transposed_convolution(2, 3, stride=2)

# %% [markdown]
# Write `transposed_size(size, kernel, stride=1, padding=0)`: the number of outputs along one axis.
# `transposed_size(2, 3, stride=2)` is 5, as in the picture. The kernel is never smaller than the
# stride.


# %% answer="2c"
def transposed_size(size, kernel, stride=1, padding=0):
    """Outputs of a transposed convolution along one axis; `padding` cells are cut at each end."""
    ### BEGIN SOLUTION
    return (size - 1) * stride + kernel - 2 * padding
    ### END SOLUTION


# %%
check("2c")

# %% [markdown]
# The decoders of the lecture have to double a size. **Guess:** which of these kernels, with stride
# 2, makes 32 out of 16? And what comes back of pages that a 3×3 convolution with stride 2 has
# shrunk?

# %% tags=["aside"]
for kernel, cut in ((2, 0), (4, 1), (3, 1)):
    print(f"{kernel}x{kernel}, padding {cut}: 16 -> {transposed_size(16, kernel, 2, cut)}")
for size in (5, 6, 7, 8):
    shrunk = convolution_size(size, 3, stride=2)
    print(f"{size} -> {shrunk} -> {transposed_size(shrunk, 3, stride=2)}")

# %% [markdown]
# 2×2 (the U-Net's) and 4×4 double exactly. 3×3, as in the transposed skip-FCN, cannot with equal
# cuts: Keras's `same` cuts one cell, at one end only. And two sizes that shrink to the same one
# cannot both come back: we meet that again in 2f.

# %% [markdown]
# ## 2d · What does a cell see? (3 points, **)
#
# The receptive field is the part of the page that one cell looks at. The picture shows a 3×3
# convolution, a 2×2 pool with stride 2, and a 3×3 convolution, along one axis. Follow the blue
# cells down from the single one at the top. **Guess:** how many pixels does a cell of the slides'
# encoder see (3×3, pool, 4×4, pool, 4×4, pool)?

# %% tags=["aside"]
plots.seen_cells([(3, 1), (2, 2), (3, 1)])

# %% [markdown]
# From the page up, two numbers are enough: the *field* of a cell, in pixels, and the *jump*, the
# pixels from one cell to its neighbour. On the page itself, both are 1. Look at one layer:
# a cell reads `kernel` neighbours; how far apart are the first and the last of them, in pixels? And
# how far apart are two cells that the layer makes?
#
# Write `receptive_field(layers)`: the pixels that a cell behind the last layer sees along one axis.
# `layers` is a list of (kernel, stride), the layer next to the page first:
# `receptive_field([(3, 1), (2, 2), (3, 1)])` is 8.


# %% answer="2d"
def receptive_field(layers):
    """Pixels along one axis that a cell sees through layers, a list of (kernel, stride)."""
    ### BEGIN SOLUTION
    field, jump = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) * jump
        jump *= stride
    return field
    ### END SOLUTION


# %%
check("2d")

# %% tags=["aside"]
page = typesetting.page(7, height=320)
lecture = [(3, 1), (2, 2), (4, 1), (2, 2), (4, 1), (2, 2)]
print([receptive_field(lecture[:count]) for count in range(1, 7)])
rows = dimensions.table(encoder, page.image.shape[:2])
plots.receptive_fields(page.image, rows, (150, 100), ["conv1", "conv2", "conv3", "pool3"])

# %% [markdown]
# On a page 320 pixels high, the encoder sees a few letters on three or four lines. Pools widen
# the view fastest, and pay for it with resolution. The frames are not centred on the pixel: one
# cell of pool3 stands for a block of 8×8 pixels. And there is a second reason, which is next.

# %% [markdown]
# ## 2e · Where `same` pads (2 points, **)
#
# With stride 1, `padding="same"` gives as many outputs as inputs. A 3×3 kernel needs one cell at
# each end. The encoder's 4×4 kernels need three, an odd number: **guess**, how are they shared out?
# Ask Keras: below, a single cell of ink passes through a 4-cell kernel of ones, and every output
# that sees the ink becomes 1. `output[i]` reads the cells from `i - before` to `i + after`.

# %% tags=["aside"]
row = np.zeros((1, 1, 9, 1), "float32")
row[0, 0, 4] = 1
spread = Conv2D(1, (1, 4), padding="same", kernel_initializer="ones")(row)
print("input ", row[0, 0, :, 0].astype(int))
print("output", np.asarray(spread)[0, 0, :, 0].astype(int))

# %% [markdown]
# An even kernel has no middle cell: the middle of what it reads lies half a cell *after* the
# output's own cell. Behind one pool a cell is 2 pixels wide, so there one 4×4 layer looks 1 pixel
# too far; behind two pools, 2 pixels. For *your* kernel, find
#
# - `before`, `after`: the cells that `same` adds at either end (stride 1);
# - `shift`: now `layers` such convolutions follow one another, all of them behind `pools` pools. By
#   how many *pixels* does a cell of the last one look too far? (Two 4×4 layers behind one pool: 2.)

# %%
yours("2e")

# %% answer="2e"
mine = yours("2e")
### BEGIN SOLUTION
before = (mine.kernel - 1) // 2
after = mine.kernel // 2
shift = mine.layers * 2**mine.pools / 2
### END SOLUTION

# %%
check("2e")

# %% tags=["aside"]
offset = dimensions.table(encoder, (128, 96))[-1].offset
print("The encoder looks too far down and right by", *map(str, offset), "pixels.")
plots.convolution(8, 4, before=1, after=2, outputs=8)

# %% [markdown]
# 1 pixel from conv2 and 2 from conv3: every block of the FCN gets its label from a view that is
# 3 pixels off its centre.

# %% [markdown]
# ## 2f · Odd sizes (3 points, *)
#
# A pool of 2 drops the last cell of an odd row. Here is a page of 13 cells through three pools, and
# scaled up again by 8, as in the FCN. What is dashed in red has no label in the end.

# %% tags=["aside"]
plots.halvings([13, 6, 3, 1], back=8)

# %% [markdown]
# A page of 601×425 becomes 75×53, and comes back as 600×424: a row and a column are lost. Padded
# with 7 rows and 7 columns of paper, to 608×432, it comes back whole, and the scores of the padding
# are cut off. For the page of *your* size find, as pairs (rows, columns),
#
# - `small`: its size after three pools, like `(75, 53)`;
# - `back`: its size after scaling up by 8, like `(600, 424)`;
# - `padding`: the fewest rows and columns to add so that nothing is lost, like `(7, 7)`.

# %%
yours("2f")

# %% answer="2f"
mine = yours("2f")
### BEGIN SOLUTION
small = (mine.rows // 8, mine.columns // 8)
back = (mine.rows // 8 * 8, mine.columns // 8 * 8)
padding = (-mine.rows % 8, -mine.columns % 8)
### END SOLUTION

# %%
check("2f")

# %% tags=["aside"]
layers = [keras.Input((None, None, 1)), *encoder.layers, *fcn_head.layers]
fcn = keras.Sequential(layers, name="fcn")
print("\n".join(dimensions.odd_sizes(fcn, (601, 425))))

# %% [markdown]
# The FCN says nothing when it loses a border. A network with skips does say something: its two
# branches have different sizes. `seglab.prediction` pads and crops every page for you.

# %% [markdown]
# ## 2g · Listings that do not run (2 points, *)
#
# The first four hold lines of the slides as they are printed; the last two, mistakes that are
# easily made. What does Python say to each?
#
# ```python
# # 1: the sliding window's first layers
# layers = [
#     Conv2D(40, (3, 3), padding="same", activation="relu")
#     MaxPooling2D((2, 2), strides=(2, 2)),
# ]
#
# # 2: the skip-FCN's up-sampling
# fc5 = keras.Input((8, 8, 160))
# up1 = UpSampling2D((2, 2), fc5)
#
# # 3: the transposed convolution
# up1 = keras.layers.Conv2DTransposed(80, (3, 3), strides=(2, 2), padding="same")
#
# # 4: two branches, fused
# up1, conv3 = keras.Input((16, 16, 160)), keras.Input((16, 16, 80))
# fuse2 = Concatenate()(up1, conv3)
#
# # 5: a skip that starts after its pool
# conv3 = keras.Input((16, 16, 80))
# pool3 = MaxPooling2D()(conv3)
# fuse2 = Concatenate()([UpSampling2D()(pool3), pool3])
#
# # 6: a page of 601x425 in the FCN
# page = keras.Input((601, 425, 1))
# up = UpSampling2D(8)(MaxPooling2D(8)(page))
# ```

# %% [markdown]
# Set `listing_1` … `listing_6` to one letter each:
# a: `SyntaxError`, b: `ValueError`, c: `TypeError`, d: `AttributeError`, e: nothing, it runs.
# Guess all six, then copy one after the other into an empty cell and read what comes.

# %% answer="2g"
### BEGIN SOLUTION
listing_1 = "a"  # Python stops before it runs a line: a comma is missing
listing_2 = "b"  # the tensor lands in `data_format`; a layer is made first, then called
listing_3 = "d"  # the layer is called Conv2DTranspose
listing_4 = "c"  # a merging layer takes one argument, a list
listing_5 = "b"  # 16x16 and 8x8 do not fit together
listing_6 = "e"  # it runs, and loses a row and a column
### END SOLUTION

# %%
check("2g")

# %% [markdown]
# A listing that stops says why. More dangerous is one that runs, and whose output has not the size
# of the page.

# %% [markdown]
# ## 2h · The skip connections, mended (3 points, ***)
#
# This is the decoder of the transposed skip-FCN in small: two levels, few filters. It has four
# mistakes of the kind you have just seen, and one of them is made twice.
#
# ```python
# image = keras.Input((None, None, 1))
# conv1 = Conv2D(4, 3, padding="same", activation="relu")(image)
# pool1 = MaxPooling2D()(conv1)
# conv2 = Conv2D(8, 4, padding="same", activation="relu")(pool1)
# pool2 = MaxPooling2D()(conv2)
# up1 = UpSampling2D((2, 2), pool2)
# fuse1 = Concatenate()(up1, pool2)
# up2 = Conv2DTransposed(4, 3, strides=2, padding="same")(fuse1)
# fuse2 = Concatenate()([up2, pool1])
# scores = Conv2D(num_classes, 1, activation="softmax")(fuse2)
# ```
#
# Write `skip_model(num_classes)`, which returns this network as a Keras model, mended: nothing
# added, nothing left out. Images (n, rows, columns, 1) go in, scores (n, rows, columns,
# num_classes) come out, for rows and columns that are multiples of 4. Write the size of every layer
# beside its line.


# %% answer="2h"
def skip_model(num_classes):
    """Images (n, H, W, 1), H and W multiples of 4 -> scores (n, H, W, num_classes)."""
    ### BEGIN SOLUTION
    image = keras.Input((None, None, 1))
    conv1 = Conv2D(4, 3, padding="same", activation="relu")(image)  # H, W
    pool1 = MaxPooling2D()(conv1)  # H/2, W/2
    conv2 = Conv2D(8, 4, padding="same", activation="relu")(pool1)
    pool2 = MaxPooling2D()(conv2)  # H/4, W/4
    up1 = UpSampling2D((2, 2))(pool2)  # H/2, W/2
    fuse1 = Concatenate()([up1, conv2])
    up2 = Conv2DTranspose(4, 3, strides=2, padding="same")(fuse1)  # H, W
    fuse2 = Concatenate()([up2, conv1])
    scores = Conv2D(num_classes, 1, activation="softmax")(fuse2)
    return keras.Model(image, scores)
    ### END SOLUTION


# %%
check("2h")

# %% tags=["aside"]
plots.architecture(skip_model(3), (64, 48))

# %% [markdown]
# A skip starts *before* its pool: that is where the map has the size that the decoder comes back
# to, and where the detail still is.

# %% [markdown]
# ## 2i · The U-Net's table (2 points, **)
#
# The notes' U-Net has two 3×3 `same` convolutions on each level (c1 … c9), 2×2 pools on the way
# down (p1 … p4), and 2×2 transposed convolutions with stride 2 on the way up (u6 … u9). One level
# down, there are twice as many filters. Each u halves the channels and is then concatenated with
# the c of its own level. **Fill in on paper** what is missing for 128×128 pixels and 16 filters:
#
# | down | size | up, both branches | size | up, convolved | size |
# |---|---|---|---|---|---|
# | c1 | 128×128×16 | u9 with c1 | ? | c9 | ? |
# | c2 | 64×64×32 | u8 with c2 | ? | c8 | ? |
# | c3 | ? | u7 with c3 | ? | c7 | ? |
# | c4 | ? | u6 with c4 | ? | c6 | ? |
# | c5 | ? | | | | |
#
# The left column is read downwards, the others upwards.

# %% [markdown]
# Write `unet_sizes(rows, columns, filters)`: a list of thirteen triples (rows, columns, channels),
# for c1, c2, c3, c4, c5, "u6 with c4", c6, "u7 with c3", c7, "u8 with c2", c8, "u9 with c1", c9, in
# this order. Rows and columns are multiples of 16; `filters` are those of c1.
# `unet_sizes(128, 128, 16)` starts with `(128, 128, 16), (64, 64, 32)`.


# %% answer="2i"
def unet_sizes(rows, columns, filters):
    """Thirteen triples (rows, columns, channels), from c1 to c9."""
    ### BEGIN SOLUTION
    down = [(rows >> level, columns >> level, filters << level) for level in range(5)]
    up = []
    for height, width, channels in down[3::-1]:
        up += [(height, width, 2 * channels), (height, width, channels)]
    return down + up
    ### END SOLUTION


# %%
check("2i")

# %% tags=["aside"]
names = ["c1", "c2", "c3", "c4", "c5", "u6 with c4", "c6", "u7 with c3", "c7"]
names += ["u8 with c2", "c8", "u9 with c1", "c9"]
plots.u_shape(unet_sizes(128, 128, 16), names)

# %% [markdown]
# The way up mirrors the way down. With four pools, the U-Net's pages are multiples of 16.

# %% [markdown]
# ## 2r · In your own words (no points)
#
# Nothing is checked here.
#
# A friend takes the skips of 2h after the pools and mends the sizes with one more `UpSampling2D` in
# each skip. The model runs, with as many parameters as yours. What does it lose, and how would you
# show it with a page of a single pixel of ink? (3 to 5 sentences)

# %% [markdown] reflection="2r"
# The pool keeps the largest of four values and forgets where it was; up-sampling writes that value
# into all four cells. So the friend's skips are constant in blocks of 2×2 and 4×4 pixels, and have
# lost where in the block a stroke or the edge of a region was. Put one pixel of ink on an empty
# page and look at the map that the last skip passes on. From before the pool, it shows the few
# pixels around the ink, and moves by a pixel when the ink does; pooled and scaled up, it shows
# whole blocks, whose edges stay where they are.

# %% [markdown]
# ## What you can now do
#
# You can take any listing of the lecture, write sizes, parameters and receptive fields beside its
# lines, and say which pages it takes and where it breaks.
#
# Next: [3 · The sliding window](03_sliding_window.ipynb)
