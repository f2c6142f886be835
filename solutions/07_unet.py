# %% [markdown]
# # 7 · U-Net
#
# 45 minutes · about a minute and a half of computing on two cores · 21 points
#
# Afterwards you can
#
# - build the U-Net of the notes from its table, and say what every part of it is for;
# - train it on pages of any size, and look at its maps on the way down and up;
# - work out what a U-Net without padding gives back, and lay tiles that cover a large page.
#
# It belongs to the notes "U-Net for 128×128×3" and to the U-Net in the encoder-decoder deck; both
# follow Ronneberger, Fischer & Brox, "U-Net" (2015).
#
# **Guess first** means: write it down before you run the next cell. `hint("7a")` helps with
# question 7a; asked again, it helps more.

# %%
from seglab.grading import check, hint, yours
from pathlib import Path

import keras
import numpy as np
from keras import Input, Model
from keras.layers import Concatenate, Conv2D, Conv2DTranspose, MaxPooling2D

import seglab
from seglab import dimensions, lab_models, objective, pages, plots, prediction, shipped_models
from seglab import training
from seglab.recipe import Recipe

STUDENT = ""  # your student id: some questions have numbers of your own
LARGE = False  # True where there is a GPU: trains longer
DATA = Path(seglab.__file__).parents[1] / "data"

# %% [markdown]
# ## What and where
#
# *Notes: pools learn WHAT there is, and lose WHERE it is.* The skip-FCN brings the *where* back;
# all it does with it is one 1 × 1 convolution at the very end, which looks at one pixel at a time.
# In the U-Net, **every level** of the way up has two convolutions of its own, to make something of
# what comes up and what comes across. FCN-8 *adds* scores where its skips end; the U-Net
# *concatenates* maps.
#
# So it is made of few parts: two convolutions, a step down, a step up. We build them one by one.

# %% [markdown]
# ## 7a · Two convolutions (2 points, *)
#
# *Notes: two convolutions a level, 3 × 3, same.* In: `x`, maps `(batch, H, W, channels)`, and
# `filters`. Out: the maps after two convolutions, `(batch, H, W, filters)`, **each** with `filters`
# filters of 3 × 3, padding same, and ReLU.
#
# In Keras a layer is made first, then called: `MaxPooling2D()(x)`. `block` below makes a model of
# your convolutions, so that they can be tried: `block(3, 5).output_shape` is
# `(None, None, None, 5)`.


# %% answer="7a"
def convolved(x, filters):
    """Two convolutions: (batch, H, W, channels) -> (batch, H, W, filters)."""
    ### BEGIN SOLUTION
    x = Conv2D(filters, 3, padding="same", activation="relu")(x)
    return Conv2D(filters, 3, padding="same", activation="relu")(x)
    ### END SOLUTION


def block(channels, filters):
    """A model of nothing but your two convolutions, for the check."""
    maps = Input((None, None, channels))
    return Model(maps, convolved(maps, filters))


# %%
check("7a")

# %% [markdown]
# ## 7b · Two small ones, or one large one? (2 points, *)
#
# Why two of 3 × 3? Each pixel of the second map sees 5 × 5 pixels, as with a single convolution of
# 5 × 5. But two have two ReLUs, so they can say more. And they are cheaper, as is often said.
# **Guess first:** always?
#
# You get `channels` to read, `filters`, and a number of `convolutions` of 3 × 3 in a row, each with
# `filters` filters. Find
#
# - `field`: how many pixels one pixel of the last map sees, along one axis;
# - `small`: the parameters of these convolutions together;
# - `large`: the parameters of a **single** convolution with the same `field` and `filters` filters.
#
# For 1 channel, 1 filter and 2 convolutions, these are 5, 20 and 26.

# %%
yours("7b")

# %% answer="7b"
row = yours("7b")  # so that you may write row.channels, row.filters, row.convolutions
### BEGIN SOLUTION
field = 2 * row.convolutions + 1
small = (  # the first one reads the channels, the others read what the one before makes
    9 * row.filters * (row.channels + (row.convolutions - 1) * row.filters)
    + row.convolutions * row.filters  # biases
)
large = row.filters * (field**2 * row.channels + 1)
### END SOLUTION

# %%
check("7b")

# %% [markdown]
# In a U-Net, a block on the way down reads half as many channels as it makes, and on the way up
# twice as many. Your `block` counts for us:

# %% tags=["aside"]
for way, channels in {"down": 64, "up": 256}.items():
    one = keras.Sequential([Input((None, None, channels)), Conv2D(128, 5)]).count_params()
    two = block(channels, 128).count_params()
    print(f"{way:4} {channels:3} -> 128:  two of 3 x 3 {two:,}   one of 5 x 5 {one:,}")

# %% [markdown]
# On the way up, the two are much cheaper. On the way down they even cost a little more, since the
# second one reads twice as many channels as the first: what is gained there is the second ReLU.

# %% [markdown]
# ## 7c · One step down, one step up (3 points, **)
#
# This is a U-Net with two levels. It has every idea of the large one:
#
# | map | how it is made | size for 32 × 24 pixels |
# |:--|:--|:--|
# | c1 | the image, convolved to `filters` | 32 × 24 |
# | c2 | c1, pool 2 × 2, convolved to `2 * filters` | 16 × 12 |
# | u | c2, transposed convolution 2 × 2, stride 2, to `filters`; no activation | 32 × 24 |
# | | u, concatenated with … | 32 × 24 |
# | c3 | … and convolved to `filters` | 32 × 24 |
#
# **Guess first:** with which map? In: `filters`. Out: a model from `(batch, H, W, 1)` to c3,
# `(batch, H, W, filters)`, H and W any even numbers; `Input((None, None, 1))` leaves them open.


# %% answer="7c"
def small_unet(filters):
    """A U-Net with two levels: (batch, H, W, 1) -> (batch, H, W, filters)."""
    ### BEGIN SOLUTION
    image = Input((None, None, 1))
    c1 = convolved(image, filters)
    c2 = convolved(MaxPooling2D()(c1), 2 * filters)
    u = Conv2DTranspose(filters, 2, strides=2)(c2)
    return Model(image, convolved(Concatenate()([u, c1]), filters))
    ### END SOLUTION


# %%
check("7c")

# %% tags=["aside"]
plots.architecture(small_unet(16), (32, 24))

# %% [markdown]
# The grey arrow is the skip. It starts before the pool, where every pixel still has its place. The
# kernel of the step up is as large as its stride, so its stamps lie side by side (notebook 5): no
# pixel gets more of them than its neighbours.

# %% [markdown]
# ## 7d · The U-Net (4 points, **)
#
# *Notes: "U-Net for 128×128×3".* The same with five levels. You know the sizes from 2i; here is how
# the maps are made:
#
# | down | | up | |
# |:--|:--|:--|:--|
# | c1 | image, convolved to 16 | scores | c9, `num_classes` filters 1 × 1 |
# | c2 | c1, pool, convolved to 32 | c9 | u9 and c1, convolved to 16 |
# | c3 | c2, pool, convolved to 64 | c8 | u8 and c2, convolved to 32 |
# | c4 | c3, pool, convolved to 128 | c7 | u7 and c3, convolved to 64 |
# | c5 | c4, pool, convolved to 256 | c6 | u6 and c4, convolved to 128 |
#
# Read the left side downwards, the right side upwards. u6 is c5 after a transposed convolution
# 2 × 2, stride 2, with 128 filters and no activation; u7 comes from c6 with 64, u8 from c7 with 32,
# u9 from c8 with 16. "And" is a concatenation, as above; which of the two comes first is the same.
#
# In: `size`, H and W of the images, **or None** for pages of any size; `channels` of an image;
# `num_classes`. Out: a model from `(batch, H, W, channels)` to `(batch, H, W, num_classes)`. If
# `num_classes` is 1, as in the notes, the one score of a pixel is the probability of class 1 of
# two: **sigmoid**. Else it is a **softmax**. `unet(128, 3, 1)` is the notes' U-Net, and
# `unet(None, 1, 3)` is ours for pages.
#
# Many listings put a `Dropout` between the two convolutions. You may, too; it has no weights.


# %% answer="7d"
def unet(size, channels, num_classes):
    """The U-Net: (batch, H, W, channels) -> (batch, H, W, num_classes)."""
    ### BEGIN SOLUTION
    image = Input((size, size, channels))
    c1 = convolved(image, 16)
    c2 = convolved(MaxPooling2D()(c1), 32)
    c3 = convolved(MaxPooling2D()(c2), 64)
    c4 = convolved(MaxPooling2D()(c3), 128)
    maps = convolved(MaxPooling2D()(c4), 256)
    for skip, filters in (c4, 128), (c3, 64), (c2, 32), (c1, 16):
        up = Conv2DTranspose(filters, 2, strides=2)(maps)
        maps = convolved(Concatenate()([up, skip]), filters)
    activation = "sigmoid" if num_classes == 1 else "softmax"
    return Model(image, Conv2D(num_classes, 1, activation=activation)(maps))
    ### END SOLUTION


# %%
check("7d")

# %% tags=["aside"]
plots.architecture(unet(128, 3, 1))

# %% [markdown]
# There is the U. **Guess first:** how many parameters has it? On which level are most of them, and
# on which level is most of the work?

# %% tags=["aside"]
rows = dimensions.table(unet(128, 3, 1))
print(f"{sum(row.parameters for row in rows):,} parameters")
for side in (128, 64, 32, 16, 8):
    level = [row for row in rows if row.output_shape[0] == side]
    learnt, work = (sum(getattr(row, k) for row in level) for k in ("parameters", "multiply_adds"))
    print(f"maps of {side:3} x {side:3}: {learnt:9,} parameters, {work:12,} multiplications")

# %% [markdown]
# The parameters are at the bottom: 87 % of them make the maps of 16 × 16 and 8 × 8. The work is
# spread over all levels: one level down, maps have a quarter of the pixels, and kernels four times
# the weights. *What* there may be takes many filters, but it need not be known at every pixel.

# %% [markdown]
# ## One channel, or one for each class
#
# The notes' output is 128 × 128 × **1**: two classes, and the probability of the second one. That
# of the first is what is left of 1. How is this related to a softmax?

# %% tags=["aside"]
for score in (-2.0, 0.0, 1.5):
    sigmoid = 1 / (1 + np.exp(-score))
    two = np.exp([0, score]) / np.exp([0, score]).sum()
    one = np.exp([score]) / np.exp([score]).sum()
    print(f"score {score:4}: sigmoid {sigmoid:.3f}, ", end="")
    print(f"softmax with a 0 beside it {two.round(3)}, softmax alone {one}")

# %% [markdown]
# A sigmoid is a softmax of two channels, one of which is always 0. And a softmax of *one* channel
# is always 1: such a U-Net would run, and learn nothing (Keras warns).

# %% [markdown]
# ## 7e · The loss of one channel (2 points, **)
#
# *Slides: pixel-wise log loss, averaged over all pixels.* The loss of a pixel is −log of the
# probability that its **true** class got.
#
# In: `labels` `(n, H, W)`, uint8, 0 or 1, and `scores` `(n, H, W, 1)`, the probabilities of class
# 1, none of them exactly 0 or 1. Out: the mean loss of all pixels, one number. Use NumPy.
#
# Two pixels with labels 1 and 0, and both with score 0.9: the true classes got 0.9 and 0.1, so the
# loss is (0.105 + 2.303) / 2 = 1.204. Mind the shapes: what does NumPy make of `(n, H, W)` times
# `(n, H, W, 1)`?


# %% answer="7e"
def sigmoid_loss(labels, scores):
    """The mean log loss of labels (n, H, W) and probabilities of class 1 (n, H, W, 1)."""
    ### BEGIN SOLUTION
    of_true_class = np.where(labels == 1, scores[..., 0], 1 - scores[..., 0])
    return -np.log(of_true_class).mean()
    ### END SOLUTION


# %%
check("7e")

# %% [markdown]
# Keras calls it `BinaryCrossentropy`. It belongs to one sigmoid channel as
# `SparseCategoricalCrossentropy` belongs to a softmax. **Guess first:** what is the loss of a U-Net
# that has not learnt anything yet, and says about 0.5 everywhere?

# %% tags=["aside"]
images = np.random.default_rng(7).random((2, 128, 128, 3))
labels = (images[..., 0] > 0.7).astype("uint8")
scores = np.asarray(unet(128, 3, 1)(images))
print(f"by your function {sigmoid_loss(labels, scores):.4f}", end=", ")
print(f"by Keras {float(keras.losses.BinaryCrossentropy()(labels, scores)):.4f}")
print(f"log 2 = {np.log(2):.4f}")

# %% [markdown]
# ## A page of any size
#
# From now on one channel of ink, and three classes. **Guess first:** the FCN silently loses rows of
# a page whose size is not a multiple of 8. What does the U-Net make of 600 × 600 pixels?

# %% tags=["aside"]
try:
    unet(600, 1, 3)
except ValueError as error:
    print(str(error)[:300])

# %% [markdown]
# On the way down, 600 becomes 300, 150, 75, 37, and on the way up 37 becomes 74: that does not fit
# c4's 75, and `Concatenate` says so. With four pools, height and width have to be multiples of 16.
# So a page gets some rows and columns of paper below and on the right, as in 4d, and of the scores
# those that are the page's are kept: `scores[:rows, :columns]`.

# %% [markdown]
# ## 7f · A page of your own (2 points, *)
#
# For a page of your `rows` and `columns` and the U-Net of 7d, find
#
# - `fitted`: rows and columns of the padded page, a pair of whole numbers; no more than needed;
# - `cropped`: how many pixels of the padded page have no use in the end;
# - `kept`: c1 to c4 have to be kept in memory until their skips end. How many values have these
#   four maps together, for the padded page?
#
# For 20 × 16 pixels, these are `(32, 16)`, 192 and 15360.

# %%
yours("7f")

# %% answer="7f"
sheet = yours("7f")  # so that you may write sheet.rows, sheet.columns
### BEGIN SOLUTION
fitted = (sheet.rows + -sheet.rows % 16, sheet.columns + -sheet.columns % 16)
cropped = fitted[0] * fitted[1] - sheet.rows * sheet.columns
kept = sum(fitted[0] * fitted[1] // 4**level * 16 * 2**level for level in range(4))
### END SOLUTION

# %%
check("7f")

# %% [markdown]
# That is 30 numbers a pixel, and a training has to keep nearly all other maps, too. This is why one
# trains on crops and not on whole scans. `prediction.labels` pads and crops for us:

# %% tags=["aside"]
page = pages.read_page(pages.page_files(DATA / "test")[3])
labels = prediction.labels(unet(None, 1, 3), page.image)
print("page", page.image.shape, "labels", labels.shape)

# %% [markdown]
# ## Train it
#
# A minute is short for nearly two million parameters, so we make it easy: pages 160 pixels high,
# and only those with graphics on them. `lab_models.keep` saves your model as
# `models/unet.keras`; notebook 8 will compare it with the others. **Guess first:** which class will
# it learn last?


# %%
def some_pages(split, height, step=1):
    """Every `step`-th page of a split, scaled to this height."""
    files = pages.page_files(DATA / split)[::step]
    return [pages.scaled(pages.read_page(file), height) for file in files]


# %% tags=["aside"]
keras.utils.set_random_seed(7)
model, height = unet(None, 1, 3), 320 if LARGE else 160
recipe = Recipe("unet", height, epochs=40 if LARGE else 10, batch=2, learning_rate=2e-3)
seen = [page for page in some_pages("train", height) if (page.labels == 2).mean() > 0.02]
history = training.train(model, seen, some_pages("validation", height), recipe)
print(f"{len(seen)} pages, {sum(epoch['seconds'] for epoch in history):.0f} seconds")
print("mean IoU:", *(f"{epoch['mean_iou']:.2f}" for epoch in history))
print("kept as", lab_models.keep("unet", model, recipe))

# %% [markdown]
# With the lab comes a U-Net that has learnt longer: eight times through 800 pages, at 320 pixels.
# `lab_models.load` gives your model, or this one as long as you have kept none. Here are both, on
# pages that neither of them has seen.

# %% tags=["aside"]
unseen = some_pages("test", 320, step=3)
model, height, whose = lab_models.load("unet")
trained = {whose: (model, height), "shipped": shipped_models.shipped_model("unet")}
predicted = {}
for name, (model, height) in trained.items():
    predicted[name] = [prediction.labels(model, page.image, height) for page in unseen]
    truth = np.concatenate([page.labels.ravel() for page in unseen])
    said = np.concatenate([labels.ravel() for labels in predicted[name]])
    reached = objective.scores(truth, said, 3)
    print(f"{name:8}", *(f"{score} {share:.3f}" for score, share in reached.items()))
some = [labels[:3] for labels in predicted.values()]
plots.comparison(unseen[:3], some, list(predicted))

# %% [markdown]
# Text is learnt soon. Graphics are rare and no two are alike: they need more pages, and more time.

# %% [markdown]
# ## Look inside
#
# What does the shipped U-Net see on its way down, and on its way up? We cut a piece of 128 × 128
# pixels out of a page. The function below finds c1 to c9: they are what a pool, a step up, or the
# last layer reads. Of each map it takes the three channels that vary most. **Guess first:** at
# which level can you no longer read the page?


# %%
def inner_maps(model, image, count=3):
    """The channels of c1 to c9 that vary most: {"c1": (h, w, count), ...}."""
    reading = [each for each in model.layers if isinstance(each, MaxPooling2D | Conv2DTranspose)]
    last = [each for each in model.layers if isinstance(each, Conv2D)][-1]
    inside = Model(model.input, [layer.input for layer in [*reading, last]])
    maps = [np.asarray(each)[0] for each in inside(image[None])]
    most = [each.std((0, 1)).argsort()[::-1][:count] for each in maps]
    return {f"c{i}": each[..., m] for i, (each, m) in enumerate(zip(maps, most), 1)}


# %% tags=["aside"]
shipped, _ = shipped_models.shipped_model("unet")
page = pages.scaled(pages.read_page(pages.page_files(DATA / "test")[6]), 320)
piece = page.image[96:224, 48:176]
plots.descent(piece, prediction.labels(shipped, piece), inner_maps(shipped, piece))

# %% [markdown]
# All maps are drawn equally large, so their pixels grow; dark is a large value. On the left, *what*
# is found: strokes, then lines of text, then blots that say "something like this, about here". On
# the right, the blots become regions again, and get their edges back: *where*. The fine grid in
# some maps on the right comes from the steps up: the four cells of a 2 × 2 kernel have learnt
# different weights.

# %% [markdown]
# ## What does a skip bring?
#
# Let us take the skips away from the shipped U-Net. In its concatenations, the first half of the
# channels has come up, and the second half has come across. If all weights for the second half are
# 0, it counts nothing. **Guess first:** which skip is missed most?


# %%
def without_skips(model, *levels):
    """The same model, in which the skips of these levels, c1 to c4, count nothing."""
    weights = [np.array(weight) for weight in model.get_weights()]
    for filters in (8 * 2**level for level in levels):
        for kernel in weights:
            if kernel.shape == (3, 3, 2 * filters, filters):
                kernel[:, :, filters:] = 0
    silent = keras.models.clone_model(model)
    silent.set_weights(weights)
    return silent


# %% tags=["aside"]
shipped, _ = shipped_models.shipped_model("unet")
some = some_pages("test", 320, step=3)[:6]
for levels in (), (1,), (2,), (3,), (4,), (1, 2, 3, 4):
    model = without_skips(shipped, *levels)
    right = [(prediction.labels(model, page.image) == page.labels).mean() for page in some]
    names = " ".join(f"c{level}" for level in levels) or "none"
    print(f"without {names:12} {np.mean(right):.1%} of the pixels are right")
print(f"were all background: {np.mean([(page.labels == 0).mean() for page in some]):.1%}")

# %% tags=["aside"]
page, part = some[2], (slice(96, 224), slice(48, 176))
closer = {"ground truth": page.labels[part]}
for title, levels in {"all skips": (), "without c1": (1,), "without all": (1, 2, 3, 4)}.items():
    closer[title] = prediction.labels(without_skips(shipped, *levels), page.image)[part]
plots.close_up(page.image[part], closer)

# %% [markdown]
# Without any skip, this network might as well say background everywhere, since it has learnt to
# count on them. c4, c3 and c2 are each worth a few pixels in a hundred. And c1, the finest? Hardly
# anything: our labels are generous regions, whose edges follow no stroke. Who has to find thin
# things will miss it more.

# %% [markdown]
# ## The U-Net of the paper
#
# *Ronneberger, Fischer & Brox (2015), figure 1.* The original has four times as many filters, and
# its convolutions are **valid**: they pad nothing. An image of 572 × 572 gives scores for its inner
# 388 × 388.

# %% tags=["aside"]
names = ["c1", "c2", "c3", "c4", "c5", "u6 with c4", "c6", "u7 with c3", "c7"]
names += ["u8 with c2", "c8", "u9 with c1", "c9"]
sides = (568, 280, 136, 64, 28, 56, 52, 104, 100, 200, 196, 392, 388)
channels = (64, 128, 256, 512, 1024, 1024, 512, 512, 256, 256, 128, 128, 64)
plots.u_shape([(side, side, count) for side, count in zip(sides, channels)], names)

# %% [markdown]
# c1 has 568 × 568 pixels, but what comes up to it only 392 × 392. So its skip is **cropped**: 88
# pixels of c1 are cut away at either end. And not every size will do: each pool has to get an even
# number of pixels. The next size after 572 that fits is 588.

# %% [markdown]
# ## 7g · What comes out? (3 points, **)
#
# Here is a U-Net without padding of your own. Images have `size` × `size` pixels; convolutions are
# `kernel` × `kernel`, two on each level; there are `pools` steps down (2 × 2) and as many steps up
# (transposed convolutions 2 × 2, stride 2). The last layer, 1 × 1, changes no size. Find
#
# - `output`: rows of the scores, like 388;
# - `cut`: how many pixels of c1 are cut away at either end, like 88;
# - `larger`: the next larger size that fits all pools, like 588.
#
# `lost`, what two convolutions take away, is a step on the way; use it or not.

# %%
yours("7g")

# %% answer="7g"
net = yours("7g")  # so that you may write net.size, net.kernel, net.pools
### BEGIN SOLUTION
lost = 2 * (net.kernel - 1)  # by two convolutions, on their own level
# On level i, a pixel is 2**i of the image's; all but the lowest level lose twice, down and up.
output = net.size - lost * (2 * (2**net.pools - 1) + 2**net.pools)
cut = (net.size - output) // 2 - lost
larger = net.size + 2**net.pools
### END SOLUTION

# %%
check("7g")

# %% [markdown]
# ## 7h · Tiles that cover a page (3 points, ***)
#
# So why no padding? Because then *every* score is computed from real pixels only, and a large image
# can be cut into tiles, whose scores fit together without a seam: the paper's **overlap-tile
# strategy**. Each tile sees `tile` pixels, but speaks for its **middle** only; of the `margin` at
# either end it gives no scores. (572 pixels, margins of 92, middles of 388.) So the tiles have to
# overlap. At the page's edges, margins hang over; the paper fills them with a mirror image.
#
# Along one axis: In: `length` of the page, `tile` and `margin`, in pixels. Out: a list of whole
# numbers, the **first pixel of each tile**, such that every pixel 0 … length − 1 lies in the middle
# of some tile, with as few tiles as possible. The first number may be negative, and the last tile
# may end beyond the page.
#
# `tile_starts(100, 40, 5)` may be `[-5, 25, 55, 85]`: the middles are 0 … 29, 30 … 59, 60 … 89 and
# 90 … 119. `plots.overlap_tiles` draws it.

# %% tags=["aside"]
plots.overlap_tiles(100, 40, 5, [-5, 25, 55, 85])


# %% answer="7h"
def tile_starts(length, tile, margin):
    """The first pixel of each tile, so that the tiles' middles cover 0 ... length - 1."""
    ### BEGIN SOLUTION
    middle = tile - 2 * margin
    return [first - margin for first in range(0, length, middle)]
    ### END SOLUTION


# %%
check("7h")

# %% [markdown]
# Our U-Net pads, so near the edge of a tile its scores know less. Does an overlap help it, too? We
# cut a page into tiles of 128 pixels, and compare with the labels of the page in one piece. **Guess
# first:** which share of the pixels changes its class, if the tiles do not overlap at all?


# %%
def in_tiles(model, image, tile, margin):
    """Labels of a page, put together from the middles of its tiles."""
    height, width, _ = image.shape
    paper = np.pad(image, ((margin, tile), (margin, tile), (0, 0)))
    labels = np.zeros((height + tile, width + tile), "uint8")
    inner = slice(margin, tile - margin)
    for top in tile_starts(height, tile, margin):
        for left in tile_starts(width, tile, margin):
            seen = paper[top + margin :, left + margin :][:tile, :tile]
            said = model.predict_on_batch(seen[None])[0].argmax(-1)[inner, inner]
            labels[top + margin :, left + margin :][: len(said), : len(said)] = said
    return labels[:height, :width]


# %% tags=["aside"]
shipped, _ = shipped_models.shipped_model("unet")
page = pages.scaled(pages.read_page(pages.page_files(DATA / "test")[3]), 320)
found = {"one piece": prediction.labels(shipped, page.image)}
found |= {f"margin {m}": in_tiles(shipped, page.image, 128, m) for m in (0, 16, 32, 48)}
for title, labels in found.items():
    changed, right = (labels != found["one piece"]).mean(), (labels == page.labels).mean()
    print(f"{title:9}  {changed:.1%} of the pixels another class, {right:.1%} right")
plots.labelled(page.image, {each: found[each] for each in ("one piece", "margin 0", "margin 48")})

# %% [markdown]
# Side by side, the tiles show their seams: look near row 128 and column 128. With margins these
# fade. Some pixels still differ, since a score of this U-Net depends on pixels that are up to
# 107 away, and a tile ends sooner. In one piece is best, where the memory allows it.

# %% [markdown]
# ## 7r · In your own words (no points)
#
# A friend finds the U-Net too large for a phone, and leaves out the lowest level: no c5, no u6, no
# c6; u7 comes from c4. What becomes of the parameters, what of the time for a page, and what will
# the network no longer know? Name what you have seen in this notebook. (3 to 5 sentences)

# %% [markdown] reflection="7r"
# c5, u6 and c6 hold three quarters of all parameters, so the file becomes much smaller. But they
# do only a quarter of the multiplications, since their maps are tiny; the time for a page falls
# less. What gets lost is the view: a pixel of c5 sees 140 pixels along each axis, one of c4 only
# 68. Edges stay as fine as they are, for these come over the skips. But what only its surroundings
# tell from text or paper, like the middle of a large graphic, will more often be mistaken.

# %% [markdown]
# ## What you can do now
#
# You have built the U-Net from its parts, given it the loss and the pages that fit, seen its maps
# shrink and grow, and taken its skips away. Without padding, you know what comes out, and how tiles
# cover a page of any size.
#
# You have all five networks of the lecture now. Which one is the best, and at what price? Next:
# [8 · The comparison](08_the_comparison.ipynb)
