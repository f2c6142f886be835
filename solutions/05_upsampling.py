# %% [markdown]
# # 5 · Up-sampling by hand
#
# 45 minutes · less than a minute of computing on two cores · 20 points
#
# Afterwards you can
#
# - scale a map up in every way of the lecture, with paper and pencil and with NumPy,
# - say what a transposed convolution does, as stamps and as a matrix, and how large its result is,
# - foresee a checkerboard, and give a layer weights with which there is none.
#
# It belongs to the slides "Up-sampling" and "Transposed-convolution skip-FCN", to "SegNet" in the
# deck on semantic segmentation, and to the notes on bed of nails and unpooling.
#
# **Guess first** means: write your guess down before you run the cell. `hint("5a")` helps with
# question 5a; asked again, it helps more.

# %%
from seglab.grading import check, hint, yours
from pathlib import Path

import keras
import numpy as np
from keras.layers import AveragePooling2D, Conv2DTranspose, MaxPooling2D, UpSampling2D

import seglab
from seglab import lab_models, pages, plots

STUDENT = ""  # your student id: some questions have numbers of your own
LARGE = False  # True where there is a GPU: trains longer
DATA = Path(seglab.__file__).parents[1] / "data"

# %% [markdown]
# ## Nothing to learn
#
# *Slide: "Up-sampling".* Pooling learns *what* there is, and loses *where* it is. At the end, every
# pixel needs a class again. Three ways back have no parameters:
#
# - **nearest**: every new cell takes the value of the old cell in which it lies;
# - **bed of nails**: the value goes to the upper left corner of its block, zeros elsewhere;
# - **bilinear**: every new cell mixes the values of its neighbours, the nearer the more.
#
# Two small functions first, so that single maps go through Keras's layers:


# %%
def through(layer, image):
    """What a layer makes of one map (h, w), as an array."""
    return np.asarray(layer(np.asarray(image, "float32")[None, ..., None]))[0, ..., 0]


def transposing(kernel, strides, padding="valid"):
    """A transposed convolution with this kernel (k, l)."""
    kernel = np.asarray(kernel)
    layer = Conv2DTranspose(1, kernel.shape, strides, padding, use_bias=False)
    layer.build((None, None, None, 1))
    layer.set_weights([kernel[..., None, None]])
    return layer


# %% [markdown]
# **Guess first:** what do the three make of a map of 2 × 2 cells?

# %% tags=["aside"]
small = np.array([[0, 8], [16, 24]])
corner = np.array([[1, 0], [0, 0]])
grids = {"a map": small, "nearest": through(UpSampling2D(2), small)}
grids["bilinear"] = through(UpSampling2D(2, interpolation="bilinear"), small)
grids["bed of nails"] = np.kron(small, corner)
plots.number_grids(grids, block=2)

# %% [markdown]
# Look at the first row of the bilinear map: 0, 2, 6, 8, and not 0, 4, 8 and something. What counts
# are the **middles** of cells. Two new cells lie within each old one, half as wide, so no new
# middle lies on an old one. Here is that row. The grid shows the new cells:

# %% tags=["aside"]
plots.interpolation(small[0], grids["bilinear"][0], "bilinear")

# %% [markdown]
# The second new middle is a quarter of a cell away from the first old one, and three quarters away
# from the second: 3/4 · 0 + 1/4 · 8 = 2. Beyond the outermost middles there is only one neighbour,
# so its value is kept: that is the **edge convention** of Keras, and of most image programs.
#
# ## 5a · A row twice as long (2 points, *)
#
# The next cell shows a row of three values of your own. Scale it up by 2 along the row, on paper.
# Set `nearest`, `nails` and `bilinear` to six numbers each, as a list or a tuple. All of them come
# out whole.
#
# For the row `(0, 8)`: nearest `[0, 0, 8, 8]`, nails `[0, 0, 8, 0]`, bilinear `[0, 2, 6, 8]`.

# %%
yours("5a")

# %% answer="5a"
mine = yours("5a")  # so that you may write mine.row
### BEGIN SOLUTION
nearest = np.repeat(mine.row, 2)
nails = np.kron(mine.row, [1, 0])
bilinear = np.interp([-0.25, 0.25, 0.75, 1.25, 1.75, 2.25], [0, 1, 2], mine.row)
### END SOLUTION

# %%
check("5a")

# %% [markdown]
# Now a piece of a page. A network has halved it three times; here we take the mean ink of each
# cell of 8 × 8 pixels, and scale it up again. **Guess first:** will you recognise more with nearest
# or with bilinear?

# %% tags=["aside"]
page = pages.scaled(pages.read_page(pages.page_files(DATA / "test")[3]), 640)
ink = page.image[36:260, 124:348, 0]
cells = through(AveragePooling2D(8), ink)
maps = {"the page": ink, "cells": cells, "nearest": through(UpSampling2D(8), cells)}
maps["bilinear"] = through(UpSampling2D(8, interpolation="bilinear"), cells)
plots.feature_maps(maps)

# %% [markdown]
# Nearest shows the cells, bilinear hides them, and neither brings a hair back: what is lost is
# lost. And only *features* and *scores* may be mixed, never **labels**: halfway between background
# 0 and graphic 2 lies text.
#
# ## Unpooling: remember where
#
# *Slides: "Unpooling" (DeconvNet) and "SegNet".* A maximum comes from one cell of four. Each
# unpooling belongs to a pooling, which remembers where each maximum came from; later, the value
# that comes up is put there. The slide's example, whose last value is printed blank. **Guess
# first:** which one is it?

# %% tags=["aside"]
printed = np.array([[1, 3, 2, 9], [7, 4, 1, 5], [8, 5, 2, 3], [4, 2, 1, 4]])
pooled = through(MaxPooling2D(), printed)
plots.number_grids({"before the pool": printed, "pooled": pooled}, block=2)

# %% [markdown]
# On the way up, other values arrive: the decoder has convolved them. Only the *places* are those
# of the pool. If 5 arrives in the upper left cell, it is put to where the 7 was:
#
# ```
# before  1 3    values  5    unpooled  0 0
#         7 4                           5 0
# ```
#
# ## 5b · Unpooling (3 points, **)
#
# In: `values` `(h, w)`, and `before` `(2h, 2w)`, the map that its pool had read. Out: a map
# `(2h, 2w)`. In each block of 2 × 2 cells, the value stands where `before` has its maximum, and the
# rest is 0. (Where a maximum occurs twice, one place gets the value; either will do.)


# %% answer="5b"
def unpooled(values, before):
    """Values (h, w) at the places where `before` (2h, 2w) has the maxima of its blocks."""
    ### BEGIN SOLUTION
    up = np.zeros(before.shape, values.dtype)
    for (r, c), value in np.ndenumerate(values):
        down, right = divmod(before[2 * r : 2 * r + 2, 2 * c : 2 * c + 2].argmax(), 2)
        up[2 * r + down, 2 * c + right] = value
    return up
    ### END SOLUTION


# %%
check("5b")

# %% tags=["aside"]
grids = {"before the pool": printed, "unpooled": unpooled(pooled, printed)}
grids |= {"nearest": through(UpSampling2D(2), pooled), "bed of nails": np.kron(pooled, corner)}
plots.number_grids(grids, block=2)

# %% [markdown]
# Pooled again, all three give 7, 9, 8, 4 again. But only unpooling has every maximum where it was.
# SegNet stores two bits for each, instead of a whole map as a skip connection does. Now letters,
# slightly blurred as by a first convolution, pooled and brought back:

# %% tags=["aside"]
blurred = through(AveragePooling2D(3, strides=1, padding="same"), page.image[284:348, 196:260, 0])
blurred = blurred + np.linspace(0, 1e-3, blurred.size).reshape(blurred.shape)  # no two are equal
coarse = through(MaxPooling2D(), blurred)
ways = {"before the pool": blurred, "pooled": coarse, "bed of nails": np.kron(coarse, corner)}
ways["unpooled"] = np.array(unpooled(coarse, blurred))
print("pooled again, the same:", (through(MaxPooling2D(), ways["unpooled"]) == coarse).all())
plots.feature_maps(ways)

# %% [markdown]
# The nails stand in rank and file; the unpooled values follow the strokes. The gaps are left for
# the convolutions behind to fill. (That pooling gives the values again holds only if none is
# negative: a zero would win. Behind a ReLU, none is.)

# %% [markdown]
# ## Transposed convolution: stamps
#
# *Slide: "Transposed convolution".* Now there is something to learn: a kernel. A convolution
# *reads* a window for each output. A transposed convolution *writes* a window for each input: it
# stamps `value · kernel` onto the output, moves on by `stride` cells, and stamps the next. **Where
# stamps overlap, they are added.**
#
# The row is `(2, 1, 3)`, the kernel `(1, 2, 4)`, the stride 2. **Guess first:** seven numbers come
# out; which ones? Then drag the slider, from the left.

# %% tags=["aside"]
row, kernel = np.array([2, 1, 3]), np.array([1, 2, 4])
layer = transposing(kernel[None], (1, 2))
stamps = [through(layer, [alone])[0] for alone in np.diag(row)]  # one value at a time
sums = np.cumsum([np.zeros(7), *stamps], axis=0)
plots.stamping(row, stamps, sums)

# %% [markdown]
# ## 5c · Stamp by stamp (3 points, **)
#
# In: `values`, a row of n numbers; `kernel`, a row of k numbers; `stride`, at most k. Out: the row
# that a transposed convolution makes of it, which ends where the last stamp ends. No Keras, please;
# a loop will do.
#
# With kernel `(1, 10)` and stride 2, `(1, 2, 3)` becomes `(1, 10, 2, 20, 3, 30)`: nothing overlaps.


# %% answer="5c"
def transposed(values, kernel, stride):
    """The transposed convolution of a row: stamps of the kernel, added."""
    ### BEGIN SOLUTION
    outputs = np.zeros((len(values) - 1) * stride + len(kernel))
    for i, value in enumerate(values):
        outputs[i * stride : i * stride + len(kernel)] += value * kernel
    return outputs
    ### END SOLUTION


# %%
check("5c")

# %% [markdown]
# The layer has many names. Here is why it is also called *fractionally strided*: make a bed of
# nails, and run a convolution of stride 1 over it. So the kernel moves by one cell where the values
# are `stride` cells apart. (Keras's convolution reads, so the kernel has to be turned round.)

# %% tags=["aside"]
nailed = np.kron(row, [1, 0])[:-1]  # 2 0 1 0 3
print("nails, convolved:", np.convolve(nailed, kernel))
print("stamps, added:   ", transposed(row, kernel, 2))

# %% [markdown]
# In two dimensions, stamps are squares. This is one of the slide's size pairs: 2 × 2 cells, a
# 3 × 3 kernel, stride 2. **Guess first:** how large is the result, and which pixel gets most?

# %% tags=["aside"]
table = np.array([[1, 2], [3, 4]])
bump = np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]])
layer = transposing(bump, 2)
stamps = [through(layer, alone.reshape(2, 2)) for alone in np.diag(table.ravel())]
sums = np.cumsum([np.zeros((5, 5)), *stamps], axis=0)
plots.stamping_map(table, stamps, sums)

# %% [markdown]
# 5 × 5. In the middle, four stamps meet: that pixel gets 1 + 2 + 3 + 4. Remember this for later.
#
# ## The same as a matrix
#
# *From the notes: every convolution is a matrix product, and the transposed one is its transpose.*
# A convolution is linear: every output is a sum of weights times pixels. So there is a matrix with
# a row for each output and a column for each pixel. Kernel `(1, 2, 4)`, a row of six, stride 1:
#
# ```
# 1 2 4 0 0 0     the kernel in its first place
# 0 1 2 4 0 0     in its second place
# 0 0 1 2 4 0     and so on
# 0 0 0 1 2 4
# ```
#
# For an image, the pixels are counted row by row, as `ravel()` does it. Each row of the matrix is
# then a flattened picture: the kernel where it stands for one output, zeros around it.
#
# ## 5d · A convolution as a matrix (3 points, **)
#
# In: `kernel` `(tall, wide)`; `height`, `width` of an image; `stride`. Out: the matrix `(outputs,
# height · width)` of the convolution without padding, as Keras computes it; outputs are counted row
# by row. A row of numbers is an image of height 1, so the matrix above is
# `convolution_matrix(np.array([[1, 2, 4]]), 1, 6, 1)`.


# %% answer="5d"
def convolution_matrix(kernel, height, width, stride):
    """The matrix of a `valid` convolution of images (height, width), one row an output."""
    ### BEGIN SOLUTION
    tall, wide = kernel.shape
    rows = []
    for top in range(0, height - tall + 1, stride):
        for left in range(0, width - wide + 1, stride):
            place = np.zeros((height, width))
            place[top : top + tall, left : left + wide] = kernel
            rows.append(place.ravel())
    return np.array(rows)
    ### END SOLUTION


# %%
check("5d")

# %% [markdown]
# With stride 2, the convolution makes 3 numbers of 7, and its transpose 7 of 3. Look at the columns
# of the transpose: they are **the stamps**.

# %% tags=["aside"]
matrix = np.array(convolution_matrix(kernel[None], 1, 7, 2))
print("matrix.T @ (2, 1, 3):", matrix.T @ row)
plots.number_grids({"the convolution": matrix, "its transpose": matrix.T})

# %% [markdown]
# Is it so for images, too? Here Keras's `Conv2DTranspose` against your matrix, for 5 × 5 pixels,
# stride 2. And the property by which mathematics defines a transpose: ⟨A x, y⟩ = ⟨x, Aᵀ y⟩.

# %% tags=["aside"]
matrix = np.array(convolution_matrix(bump, 5, 5, 2))
difference = matrix.T @ table.ravel() - through(transposing(bump, 2), table).ravel()
print("matrix", matrix.shape, "largest difference to Keras:", abs(difference).max())
x, y = np.random.default_rng(5).normal(size=25), table.ravel()
print("<Ax, y> =", (matrix @ x) @ y, "  <x, A'y> =", x @ (matrix.T @ y))
print("do they undo each other?", np.allclose(matrix.T @ (matrix @ x), x))
plots.number_grids({"5 x 5 to 2 x 2": matrix})

# %% [markdown]
# So *forward of one is backward of the other*: if an output's error is y, the error of pixel j is
# the sum of all outputs' errors times their weights for it, which is row j of Aᵀ y. Every training
# step has used transposed convolutions all along; hence "backward strided". "Deconvolution" is a
# misleading name: nothing is undone, only the **sizes** come back.

# %% [markdown]
# ## Which size comes out?
#
# In Keras, `valid` keeps all that the stamps reach, and `same` keeps `stride` cells for each input.
# Both on the lecture's examples, with rows instead of squares. **Guess first** for stride 2 and
# kernel 3: how many cells does `same` cut away, and at which end?

# %% tags=["aside"]
sizes = (2, 3, 1), (2, 3, 2), (4, 3, 1), (5, 3, 1), (8, 3, 2), (8, 4, 2), (8, 2, 2)
for count, size, stride in sizes:
    valid, same = (
        through(transposing(np.ones((1, size)), (1, stride), padding), np.ones((1, count))).size
        for padding in ("valid", "same")
    )
    print(f"{count} cells, kernel {size}, stride {stride}: valid {valid:2}, same {same:2}")

# %% [markdown]
# `same` doubles with stride 2, whatever the kernel. But where do the stamps lie? The *block* of a
# cell is what nearest would give it: with stride 2, outputs 0 and 1 are the block of cell 0. For
# kernel 3 and stride 2, `same` cuts one cell at the *end*. So cell 0 stamps outputs 0, 1, 2, whose
# middle is 1, but the middle of its block is 0.5. **The stamp lies half a pixel too far**, as with
# the even `same` convolutions of notebook 2.
#
# ## 5e · What `same` cuts (3 points, **)
#
# The next cell shows a layer of your own: a row of `size` cells, a `kernel` and a `stride`. Find
#
# - `valid_size`, `same_size`: how many numbers come out, with either padding;
# - `before`, `after`: how many of the `valid` ones `same` cuts away, at the start and at the end;
# - `shift`: by how much the middle of a cell's stamp lies beyond the middle of its block, like 0.5.
#
# For 8 cells, kernel 3 and stride 2, it is 17, 16, 0, 1, 0.5. How `same` shares out what it cuts
# you may find by an experiment: make both layers, and give them the same kernel.

# %%
yours("5e")

# %% answer="5e"
mine = yours("5e")
### BEGIN SOLUTION
valid_size = (mine.size - 1) * mine.stride + mine.kernel
same_size = mine.size * mine.stride
before = (mine.kernel - mine.stride) // 2
after = mine.kernel - mine.stride - before
shift = (after - before) / 2
### END SOLUTION

# %%
check("5e")

# %% [markdown]
# In the transposed skip-FCN, three such layers follow one another, 3 × 3 with stride 2. Half a
# pixel of the first is 2 pixels of the page, of the second 1, of the third a half: 3.5 together.
# The encoder of notebook 2 *looked* 3 pixels too far in the same direction, so the two nearly
# cancel: luck. With kernels of 4 or 2, nothing is shifted on the way up.
#
# ## The checkerboard
#
# *From the notes: overlaps sum, so magnitudes vary with the number of contributions.* To count
# them, let all values and all weights be 1. **Guess first:** what comes out of a page that is even
# everywhere?

# %% tags=["aside"]
counts = {}
for size in 3, 4, 2:
    layer = transposing(np.ones((size, size)), 2)
    counts[f"{size} x {size}, stride 2"] = through(layer, np.ones((4, 4)))
plots.number_grids(counts)

# %% [markdown]
# A perfectly even page comes out as a checkerboard, if the kernel is 3 × 3.
#
# ## 5f · Count the contributions (3 points, **)
#
# The next cell shows a square kernel and a stride. **Away from the border:**
#
# - `most`, `fewest`: of how many contributions are those pixels made that get most, and fewest? For
#   3 × 3 and stride 2, it is 4 and 1;
# - `uneven`: in which of these layers are not all pixels made of equally many? Letters, like
#   `"ace"`.
#     - a: 2 × 2, stride 2 (the U-Net's)
#     - b: 3 × 3, stride 2 (the transposed skip-FCN's)
#     - c: 4 × 4, stride 2
#     - d: 5 × 5, stride 3
#     - e: 6 × 6, stride 3
#     - f: nearest by 2, then an ordinary 3 × 3 convolution

# %%
yours("5f")

# %% answer="5f"
mine = yours("5f")
### BEGIN SOLUTION
fewest = (mine.kernel // mine.stride) ** 2
most = (-(-mine.kernel // mine.stride)) ** 2
uneven = "bd"
### END SOLUTION

# %%
check("5f")

# %% [markdown]
# Three such layers in a row, as in the lecture's decoders, on the head of our seal. Each has equal
# weights, which let a grey keep its mean. **Guess first:** which one looks like the page?

# %% tags=["aside"]
ways = {"3 x 3, stride 2": (3, 2), "4 x 4, stride 2": (4, 2), "2 x 2, stride 2": (2, 2)}
ways["nearest, then 3 x 3"] = (3, 1)
maps = {}
for title, (size, stride) in ways.items():
    layer = transposing(np.full((size, size), (stride / size) ** 2), stride, "same")
    maps[title] = cells[:16, 6:22]
    for _ in range(3):
        source = maps[title] if stride == 2 else through(UpSampling2D(2), maps[title])
        maps[title] = through(layer, source)
plots.feature_maps(maps)

# %% [markdown]
# The notes' advice: avoid 3 × 3 with stride 2; use 4 × 4 or 2 × 2, where **the stride divides the
# kernel**. (2 × 2 with equal weights is nearest, with its cells.) Or scale up by nearest, and
# convolve afterwards: *resize-convolution*.
#
# The lecture's transposed skip-FCN has 3 × 3 with stride 2, three times. Does training mend it?
# Here is the trained model on a piece of paper **without any ink**: two channels of its last
# transposed layer, by how much background leads over text before the softmax, and the score of
# background, each less its mean. **Guess first:** what should be there, and what is?

# %% tags=["aside"]
model, *_ = lab_models.load("transposed_fcn")
up3 = [layer for layer in model.layers if isinstance(layer, Conv2DTranspose)][-1]
both = keras.Model(model.input, [up3.output, model.output])
features, scores = (np.asarray(each)[0, 32:56, 32:56] for each in both(np.zeros((1, 96, 96, 1))))
spread = features.std((0, 1)).argsort()[::-1]
maps = {f"channel {c}": features[..., c] for c in spread[:2]}
maps |= {"lead": np.log(scores[..., 0] / scores[..., 1]), "score": scores[..., 0]}
for title, each in maps.items():
    print(f"{title:10} mean {each.mean():5.2f}   from {each.min():5.2f} to {each.max():5.2f}")
plots.feature_maps({title: each - each.mean() for title, each in maps.items()})

# %% [markdown]
# Nothing is on the paper, and yet the features have a pattern, with the periods of several layers.
# Training has not mended it, not even in the lead. It only does no harm here: background leads so
# far that the score hardly moves. Where two classes are close, such a pattern decides for pixels.
# And the other way round, a kernel that the stride divides does not *forbid* a pattern, since its
# weights may be uneven. It only starts without one.

# %% [markdown]
# ## First fixed, then learnt
#
# *Slide: "Up-sampling", first with fixed parameters, then learnable.* FCN goes between the two: a
# transposed convolution that **starts** as bilinear up-scaling, and then learns. What kernel is
# that? Along a line, with factor 2: the middle of a pixel is a quarter of a cell or three quarters
# away from the next two cells, and gets 3/4 of the one and 1/4 of the other. Turned round, a cell
# gives its four nearest pixels 1/4, 3/4, 3/4, 1/4: that is its stamp.
#
# ## 5g · A kernel that is bilinear (3 points, ***)
#
# In: `factor`, an even number. Out: the kernel `(2 · factor, 2 · factor)` with which
# `Conv2DTranspose(1, 2 * factor, strides=factor, padding="same")` scales up bilinearly. For 2:
#
# ```
# 0.0625 0.1875 0.1875 0.0625
# 0.1875 0.5625 0.5625 0.1875
# 0.1875 0.5625 0.5625 0.1875
# 0.0625 0.1875 0.1875 0.0625
# ```
#
# Each number is a weight of the row times a weight of the column: 0.1875 is 1/4 · 3/4.


# %% answer="5g"
def bilinear_kernel(factor):
    """The kernel (2 factor, 2 factor) of a bilinear transposed convolution."""
    ### BEGIN SOLUTION
    distance = abs(np.arange(2 * factor) - (2 * factor - 1) / 2) / factor
    return np.outer(1 - distance, 1 - distance)
    ### END SOLUTION


# %%
check("5g")

# %% [markdown]
# The seal's lower end, with factor 8, beside Keras's bilinear up-scaling. **Guess first:** where do
# the two differ?

# %% tags=["aside"]
part = cells[19:27, 3:11]
yours_up = through(transposing(bilinear_kernel(8), 8, "same"), part)
keras_up = through(UpSampling2D(8, interpolation="bilinear"), part)
maps = {"cells": part, "your kernel": yours_up, "Keras": keras_up}
plots.feature_maps(maps | {"difference": yours_up - keras_up})

# %% [markdown]
# Only at the border: Keras keeps the outermost value there, while the stamps of cells beyond the
# border are missing, as if the page had zeros around it. Different edge conventions again. And why
# learn at all? Let a layer enlarge pages by 4 that had been shrunk by 4. It may start bilinearly or
# with random weights; its only task is to come near the page.

# %% tags=["aside"]
sheets = [pages.read_page(file) for file in pages.page_files(DATA / "train")[:24]]
truth = np.stack([pages.scaled(sheet, 640).image[160:352, 96:288] for sheet in sheets])
shrunk = np.asarray(AveragePooling2D(4)(truth))
random = np.random.default_rng(5)
starts = {"bilinear": np.array(bilinear_kernel(4)), "random": random.normal(0, 0.1, (8, 8))}
kernels = {"bilinear": starts["bilinear"].round(2)}
for name, start in starts.items():
    layer = transposing(start, 4, "same")
    model = keras.Sequential([keras.Input((None, None, 1)), layer])
    model.compile(keras.optimizers.Adam(0.03), "mse")
    losses = [model.evaluate(shrunk, truth, verbose=0)]
    losses += model.fit(shrunk, truth, 2, 60 if LARGE else 15, verbose=0).history["loss"]
    kernels[f"learnt from {name}"] = np.asarray(layer.kernel)[..., 0, 0].round(2)
    print(f"{name:9} before {losses[0]:.4f}   first {losses[1]:.4f}   last {losses[-1]:.4f}")
plots.number_grids(kernels)

# %% [markdown]
# (The numbers are mean squared errors: before, in the first epoch, in the last.) A good start saves
# epochs, and what is learnt is a little better than what was fixed. Both starts end at nearly the
# same kernel, which is higher in the middle than the bilinear one, and falls off more steeply.

# %% [markdown]
# ## 5r · In your own words
#
# You may change one thing about the up-sampling of the transposed skip-FCN (3 × 3, stride 2, three
# times). What would you change, what would you gain, and what would it cost in parameters? How
# would you find out whether it was worth it? Three to five sentences.

# %% [markdown] reflection="5r"
# I would take 4 × 4 kernels with stride 2. Then every pixel is made of four contributions, so no
# checkerboard is built in, and `same` cuts one cell at either end, so no layer shifts the map by
# half a pixel. A kernel has 16 weights for each pair of channels instead of 9, so these three
# layers get nearly twice as large; 2 × 2 would be cheaper, with 4, but its stamps do not overlap,
# and neighbouring blocks know nothing of each other. To find out, I would train both, several
# times and equally long, and compare mean IoU on unseen pages, and the features on empty paper.

# %% [markdown]
# ## What you can do now
#
# You can scale a map up in five ways, say of each what it keeps and what it invents, write any
# convolution and its transpose as a matrix, and see from kernel and stride alone how large the
# result is, where it lies, and whether it has a pattern.
#
# Next: [6 · Losses and metrics](06_losses_and_metrics.ipynb)
