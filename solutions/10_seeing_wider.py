# %% [markdown]
# # 10 · Seeing wider
#
# 45 minutes · about 45 seconds of computing on two cores · 20 points
#
# A bonus notebook. Afterwards you can
#
# - convolve with holes, and say what a stack of such layers sees and what falls through;
# - turn an encoder into its atrous version, which gives finer scores with the same weights;
# - build the pyramids of PSPNet and DeepLab, and say what DeepLab v3+ adds to them.
#
# It belongs to the slides "Atrous convolution", "DeepLab v1–v3", "PSPNet" and "DeepLab v3+" in the
# deck on semantic segmentation.
#
# **Guess first** means: write it down before you run the next cell. `hint("10a")` helps with
# question 10a; asked again, it helps more.

# %%
from seglab.grading import check, hint, yours
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from keras import Input, Model, Sequential
from keras.layers import Activation, AveragePooling2D, Concatenate, Conv2D, Cropping2D
from keras.layers import GlobalAveragePooling2D, MaxPooling2D, SeparableConv2D, UpSampling2D
from keras.layers import ZeroPadding2D

import seglab
from seglab import dimensions, lab_models, pages, plots, prediction, training
from seglab.crops import crop
from seglab.recipe import Recipe

STUDENT = ""  # your student id: some questions have numbers of your own
LARGE = False  # True where there is a GPU: trains longer
DATA = Path(seglab.__file__).parents[1] / "data"

# %% [markdown]
# ## Wide or fine?
#
# *Slide: "Atrous convolution".* Is this patch of black ink a letter or a piece of a picture? One
# has to look around. Pools widen the view, but each of them halves the map, and skips have to bring
# the *where* back. There is another way to see far: **holes**. An atrous (or *dilated*) convolution
# of 3 × 3 has nine weights as ever, but they read cells that are `rate` apart. (*À trous* is French
# for "with holes".)

# %% tags=["aside"]
plots.atrous_kernels([1, 2, 3])

# %% [markdown]
# Nine weights, nine multiplications, whatever the rate: the holes cost nothing. Along one axis, the
# kernel moves on by one cell as ever. Here are three weights with rate 2, in their first four
# places:

# %% tags=["aside"]
plots.convolution(8, 3, dilation=2, outputs=4)

# %% [markdown]
# ## 10a · A row with holes (2 points, *)
#
# The next cell shows a `row` and a `kernel` of three weights of your own, and a `rate`. On paper,
# without padding, and without turning the kernel round, as in Keras, find
#
# - `span`: how many cells lie from the first to the last cell that your kernel reads, with both;
# - `outputs`: the four numbers that come out, as a list or a tuple;
# - `wide`: the span of another kernel, one of `cells` weights with the rate `far`.
#
# For the row `(1, 2, 3, 4, 5, 6)`, the kernel `(1, 0, 2)` and rate 2, the span is 5, and two
# numbers come out: 1·1 + 0·3 + 2·5 = 11, and 14. A kernel of 3 weights with rate 12 spans 25 cells.

# %%
yours("10a")

# %% answer="10a"
mine = yours("10a")  # so that you may write mine.row, mine.kernel, mine.rate, mine.cells, mine.far
### BEGIN SOLUTION
span = (len(mine.kernel) - 1) * mine.rate + 1
wide = (mine.cells - 1) * mine.far + 1
outputs = [int(np.dot(mine.row[i : i + span : mine.rate], mine.kernel)) for i in range(4)]
### END SOLUTION

# %%
check("10a")

# %% [markdown]
# The span is also called the *effective* kernel size. DeepLab goes up to rate 24: three weights
# span 49 cells.
#
# ## 10b · On an image (3 points, **)
#
# In: `image` `(H, W)`; `kernel` `(k, l)`, with k and l odd; `rate`. Out: a map `(H, W)`, with zeros
# around the image, as Keras computes it with `padding="same"`: the middle weight stands on the
# pixel whose output it is. No Keras, please; loops will do.
#
# For the image `[[0, 0, 1, 0, 0]]`, the kernel `[[1, 2, 3]]` and rate 2, the result is `[[3, 0, 2,
# 0, 1]]`: the first output reads nothing but zeros with its weights 1 and 2, and the ink with its
# 3.


# %% answer="10b"
def dilated(image, kernel, rate):
    """An image (H, W), convolved by a kernel (k, l) whose weights are `rate` cells apart."""
    ### BEGIN SOLUTION
    (height, width), (tall, wide) = image.shape, kernel.shape
    above, before = rate * (tall // 2), rate * (wide // 2)
    paper = np.pad(image, ((above, above), (before, before)))
    result = np.zeros(image.shape)
    for (i, j), weight in np.ndenumerate(kernel):
        result += weight * paper[i * rate :, j * rate :][:height, :width]
    return result
    ### END SOLUTION


# %%
check("10b")

# %% [markdown]
# Now on a page: a kernel that is positive in its upper row and negative in its lower one. So upper
# edges of ink come out below 0, lower edges above. **Guess first:** what does it find with rate 4,
# and what with rate 12?

# %% tags=["aside"]
page = pages.scaled(pages.read_page(pages.page_files(DATA / "test")[10]), 640)
ink = page.image[100:260, 80:240, 0]
edges = np.array([[1, 2, 1], [0, 0, 0], [-1, -2, -1]])
found = {f"rate {rate}": dilated(ink, edges, rate) for rate in (1, 4, 12)}
plots.feature_maps({"the page": 4 * ink} | found)

# %% [markdown]
# Rate 1 finds the edges of strokes, rate 4 those of whole lines. With rate 12, every letter leaves
# copies of itself far above and below, and one line's copies meet the next line's: the kernel sees
# nine dots, and nothing of what lies between them. A wide view needs a map in which the fine things
# have been summed up already, by the layers before.

# %% [markdown]
# ## A stack with holes
#
# Three convolutions of 3 × 3 see 7 × 7 pixels. **Guess first:** what do three of them see with
# rate 2? And is there a pixel in between that they do not see?

# %% tags=["aside"]
plots.dilated_stack([2, 2, 2])

# %% [markdown]
# The field is wide, but every second pixel falls through, in every layer the same: this is called
# **gridding**. The cell next to this one sees just the other pixels; neighbours know nothing of
# each other. With rates 1, 2, 3, the field is as wide, and nothing falls through:

# %% tags=["aside"]
plots.dilated_stack([1, 2, 3])

# %% [markdown]
# ## 10c · What falls through? (3 points, **)
#
# Here are the `rates` of three layers of your own, each with three weights along a line. Find,
# along one axis,
#
# - `field`: the receptive field of a cell behind the last layer: the pixels from the first to the
#   last one that it sees, with both;
# - `seen`: how many of these it really sees;
# - `plain`: how many layers with **rate 1** it takes to see at least as wide a field;
# - `gapless`: which of these stacks see *every* pixel of their field? Several letters, like `"ab"`.
#
# | | a | b | c | d | e | f |
# |:--|:--|:--|:--|:--|:--|:--|
# | rates | 1, 2, 3 | 2, 2, 2 | 1, 3, 9 | 2, 4, 8 | 3, 2, 1 | 1, 4, 4 |
#
# For two layers with rates 2 and 2: field 9, seen 5, plain 4.

# %%
yours("10c")

# %% answer="10c"
stack = yours("10c")  # so that you may write stack.rates
### BEGIN SOLUTION
field = 2 * sum(stack.rates) + 1
# A way goes back, stays or goes on in each layer: 0, 1 or 2.
seen = len({int(np.dot(way, stack.rates)) for way in np.ndindex(3, 3, 3)})
plain = sum(stack.rates)
gapless = "ace"
### END SOLUTION

# %%
check("10c")

# %% [markdown]
# Is it so? Let us **measure** it. One pixel of ink goes through real layers of Keras, whose weights
# are all 1. Whatever it reaches sees it; the numbers say in how many ways:

# %% tags=["aside"]
for rates in yours("10c").rates, (1, 2, 3), (1, 3, 9):
    ink = np.zeros((1, 1, 99, 1))
    ink[0, 0, 49] = 1
    for rate in rates:
        look = {"dilation_rate": rate, "padding": "same", "kernel_initializer": "ones"}
        ink = Conv2D(1, (1, 3), **look)(ink)
    ways = np.asarray(ink)[0, 0, :, 0].astype(int)
    places = np.flatnonzero(ways)
    print(f"rates {rates}: {np.ptp(places) + 1} wide, {len(places)} seen")
    print(*ways[places[0] : places[-1] + 1])

# %% [markdown]
# 1, 3, 9 reaches every pixel in exactly one way: no wider field without a hole is possible with
# three times three weights. (It is the way in which one weighs with weights of 1, 3 and 9 pounds on
# both scales.) On an image, a hole in each axis makes a grid:

# %% tags=["aside"]
grids = {}
for rates in (1, 1, 1), (2, 2, 2), (1, 2, 3):
    ways = np.zeros((15, 15))
    ways[7, 7] = 1
    for rate in rates:
        ways = np.array(dilated(ways, np.ones((3, 3)), rate))
    grids["rates " + ", ".join(map(str, rates))] = ways / ways.max()
plots.feature_maps(grids)

# %% [markdown]
# So a stack should have rates without a common divisor, and not only large ones. (Wang et al.,
# 2018, "Understanding Convolution for Semantic Segmentation", call this *hybrid* dilated
# convolution.)

# %% [markdown]
# ## Finer scores with the same weights
#
# *Slide: "DeepLab v1–v3: no pooling after some stage, atrous instead".* Here is an encoder with
# three pools. It has one score for 8 × 8 pixels: its **output stride** is 8.


# %%
def encoder(num_classes):
    """Three pools: (batch, H, W, 1) -> (batch, H/8, W/8, num_classes), scores before a softmax."""
    return Sequential(
        [
            Input((None, None, 1)),
            Conv2D(16, 3, padding="same", activation="relu"),
            MaxPooling2D(2),
            Conv2D(32, 3, padding="same", activation="relu"),
            MaxPooling2D(2),
            Conv2D(64, 3, padding="same", activation="relu"),
            MaxPooling2D(2),
            Conv2D(64, 3, padding="same", activation="relu"),
            Conv2D(64, 3, padding="same", activation="relu"),
            Conv2D(num_classes, 1),
        ]
    )


# %% [markdown]
# Take the stride away from the third pool, and it keeps a value for every cell, instead of for
# every second one. So twice as many rows and columns come out. But the layers behind it were made
# for the coarse map: with neighbours twice as near, they would see half as wide. Along one axis:
#
# ```
# conv3       a b c d e f g h
# pool        A   C   E   G        the encoder: max(a, b), max(c, d), …
# stride 1    A B C D E F G H      and between them B = max(b, c), D = max(d, e), …
# ```
#
# In the encoder, a kernel behind the pool reads A, C and E. **Guess first:** which rate does it
# need to do so again?
#
# ## 10d · The atrous encoder (4 points, ***)
#
# In: `num_classes`. Out: a model from `(batch, H, W, 1)` to `(batch, H/4, W/4, num_classes)`, for H
# and W that are multiples of 8. It has the encoder's layers in the encoder's order, and so its
# weights; only strides, paddings and rates differ. **With the same weights**, its scores in every
# second row and column are exactly the encoder's: `atrous(page)[:, ::2, ::2] == encoder(page)`.
# Those between them are what the encoder gives for a page that is moved by half a cell.
#
# In Keras, `MaxPooling2D(2, strides=1)` drops the last row and column, `padding="same"` keeps them.
# A model in a list begins with `Input`. Layers of a fresh `encoder(...)` may be used again.


# %% answer="10d"
def atrous_encoder(num_classes):
    """The encoder with twice as many scores: (batch, H, W, 1) -> (batch, H/4, W/4, num_classes)."""
    ### BEGIN SOLUTION
    wider = {"padding": "same", "activation": "relu", "dilation_rate": 2}
    kept = encoder(num_classes).layers[:5]  # up to conv3, nothing changes
    pool = MaxPooling2D(2, strides=1, padding="same")
    wide = [Conv2D(64, 3, **wider), Conv2D(64, 3, **wider), Conv2D(num_classes, 1)]
    return Sequential([Input((None, None, 1)), *kept, pool, *wide])
    ### END SOLUTION


# %%
check("10d")

# %% [markdown]
# **Guess first:** how many parameters more, how many multiplications more, how much wider a view?

# %% tags=["aside"]
for title, model in {"encoder": encoder(3), "atrous": atrous_encoder(3)}.items():
    rows = dimensions.table(model, (320, 224))
    learnt, work = (sum(getattr(row, k) for row in rows) for k in ("parameters", "multiply_adds"))
    (top, bottom), _ = rows[-1].sees((160, 112))
    print(f"{title:8} scores {rows[-1].output_shape}, {learnt:,} parameters, ", end="")
    print(f"{work:,} multiplications, sees {bottom - top} pixels")

# %% [markdown]
# Not a parameter more, and the same view. But every layer behind the pool has four times the work,
# and maps with four times the memory. That is why DeepLab stops at an output stride of 8 or 16
# and scales the scores up bilinearly. (Could we go on, and take the second pool's stride as well?
# Then the third *pool* would need a rate, too. Keras's has none; DeepLab takes 3 × 3 pools instead,
# and trains again.)

# %% [markdown]
# ## Does it help?
#
# Twice as fine for nothing: let us train the **encoder**, scaled up 8 times, and hand its weights
# to the atrous encoder, scaled up 4 times. It takes a quarter of a minute. **Guess first:** which
# one is right at more pixels?


# %%
HEIGHT = 320 if LARGE else 160


def some_pages(split, height, step=1):
    """Every `step`-th page of a split, scaled to this height."""
    files = pages.page_files(DATA / split)[::step]
    return [pages.scaled(pages.read_page(file), height) for file in files]


def recipe(name):
    """Eight times through the pages, which is short."""
    return Recipe(name, HEIGHT, epochs=40 if LARGE else 8, batch=2, learning_rate=2e-3)


# %%
def scaled_up(scorer, factor, moved=0):
    """Probabilities for every pixel, bilinearly; `moved` pixels down and to the right."""
    page = x = Input((None, None, 1))
    if moved:
        x = ZeroPadding2D(((moved, 0), (moved, 0)))(x)
        x = Cropping2D(((0, moved), (0, moved)))(x)
    x = UpSampling2D(factor, interpolation="bilinear")(scorer(x))
    return Model(page, Activation("softmax")(x))


# %% tags=["aside"]
keras.utils.set_random_seed(10)
scorer = encoder(3)
coarse = scaled_up(scorer, 8)
shown = [page for page in some_pages("train", HEIGHT) if (page.labels == 2).mean() > 0.02]
history = training.train(coarse, shown, some_pages("validation", HEIGHT), recipe("deeplab"))
print(f"{sum(epoch['seconds'] for epoch in history):.0f} seconds; mean IoU:", end=" ")
print(*(f"{epoch['mean_iou']:.2f}" for epoch in history))

# %% [markdown]
# Now the weights change hands, and both are asked about pages that they have not seen:


# %%
def both(coarse, scorer):
    """The trained encoder, and its weights in the atrous one."""
    atrous = atrous_encoder(3)
    atrous.set_weights(scorer.get_weights())
    finer = {"encoder": coarse, "atrous": scaled_up(atrous, 4)}
    return finer | {"atrous, moved": scaled_up(atrous, 4, moved=2)}


def right_pixels(model, some):
    """Shares of the pixels that get the right class: of all, and of the ink."""
    right = [prediction.labels(model, page.image) == page.labels for page in some]
    inked = [each[page.image[..., 0] > 0.5] for each, page in zip(right, some)]
    return np.concatenate([each.ravel() for each in right]).mean(), np.concatenate(inked).mean()


# %% tags=["aside"]
unseen = some_pages("test", HEIGHT)
for title, model in both(coarse, scorer).items():
    area, ink = right_pixels(model, unseen)
    print(f"{title:14} {area:.1%} of the pixels are right, {ink:.1%} of the ink")

# %% [markdown]
# First a disappointment: the finer scores are *worse*. A cell is half as large now, but its view is
# the old one. The middle of what it sees is the middle of 8 × 8 pixels, but it is drawn into the
# upper left 4 × 4 of these: two pixels too far up, and too far left. (A pool of two cells with
# stride 1 reads *ahead*, like the 4 × 4 kernels of notebook 2.) Moved back by two pixels, the finer
# scores are about as good as the coarse ones on the whole, and no better on the ink: on our large
# regions, most mistakes are about *what*, few about *where*. Close up, the edges have more corners,
# but the blots are the same:

# %% tags=["aside"]
page, part = some_pages("test", HEIGHT)[6], (slice(16, 112), slice(16, 112))
closer = {"ground truth": page.labels[part]}
for title, model in both(coarse, scorer).items():
    closer[title] = prediction.labels(model, page.image)[part]
plots.close_up(page.image[part], closer)

# %% [markdown]
# ## What counts in the end
#
# The receptive field says what a score **could** depend on. On what does it depend? We ask for the
# *gradient*: by how much does the lead of the likeliest class over the next one change, in the
# middle of the page, if a pixel becomes a little darker? Averaged over pages, this is the
# **effective** receptive field (Luo, Li, Urtasun & Zemel, 2016). **Guess first:** how much of its
# field does the U-Net use?


# %%
def dependence(model, images):
    """How much the lead at the middle pixel depends on each of images (n, H, W, 1): (H, W)."""
    images = tf.constant(images, "float32")
    middle = images.shape[1] // 2
    with tf.GradientTape() as tape:
        tape.watch(images)
        scores = tf.math.top_k(model(images)[:, middle, middle], 2).values  # the two highest
        lead = tf.math.log(scores[:, 0]) - tf.math.log(scores[:, 1] + 1e-30)
    return np.abs(tape.gradient(lead, images)).mean((0, 3))


# %%
def rows_that_count(depends, share=0.9):
    """How many rows, from the middle outwards, hold this share of a map's sum."""
    along = depends.sum(1).cumsum() / depends.sum()
    first, last = np.searchsorted(along, [(1 - share) / 2, (1 + share) / 2])
    return int(last - first + 1)


def middles(height, size):
    """The middles of five pages that were not trained on: (5, size, size, 1)."""
    some = some_pages("test", height, step=8)
    corners = [((h - size) // 2, (w - size) // 2) for h, w in (p.labels.shape for p in some)]
    return np.stack([crop(page, *corner, size)[0] for page, corner in zip(some, corners)])


# %% tags=["aside"]
maps, frames = {}, {}
for name in ("fcn", "skip_fcn", "transposed_fcn", "unet"):
    model, height, whose = lab_models.load(name)
    frames[name] = dimensions.table(model, (240, 240))[-1].sees((120, 120))
    maps[name] = dependence(model, middles(height, 240))
    (top, bottom), _ = frames[name]
    print(f"{name:14} ({whose}) could see {bottom - top:3} rows of pixels; ", end="")
    print(f"90 % of what counts lies within {rows_that_count(maps[name])}")
plots.effective_fields(maps, frames)

# %% [markdown]
# The small networks see little, and use most of it. The U-Net's frame is a promise: much of it is
# pale. A pixel in the middle reaches a score in very many ways, one at the frame in a single one,
# as you have counted in 10c; so what counts fades like a bell, and what is far off counts little
# unless training makes it count. A wide field on paper is not yet a wide view.

# %% [markdown]
# ## The page as a whole: pyramid pooling
#
# *Slide: "PSPNet (pyramid pooling)".* A cell sees 54 pixels here. But that this is a page of a
# newspaper, or that its left half is a picture, no 54 pixels can tell. PSPNet **pools** its last
# map into 1 × 1, 2 × 2, 3 × 3 and 6 × 6 bins: means of the whole, of its quarters, and so on. Each
# level is mixed by a 1 × 1 convolution, scaled up bilinearly to the map's size, and concatenated to
# it. So every cell has, besides its own features, those of its surroundings at four scales.
#
# ## 10e · Bins that do not fit (3 points, **)
#
# A map has any size, which 6 seldom divides. Bin i of n covers the map from i·H/n to (i + 1)·H/n,
# and **every row that it touches belongs to it** with its full weight; with columns alike. Of 7
# rows, two bins cover 0 … 3.5 and 3.5 … 7. The first touches rows 0, 1, 2, 3, the second rows 3, 4,
# 5, 6: row 3 counts in both.
#
# In: `features` `(H, W, channels)` and `bins`. Out: the means of all bins, `(bins, bins,
# channels)`, rows of bins first. A slow loop is fine. With two bins, the map of one channel on the
# left becomes the one on the right:
#
# ```
# 1 2 3
# 4 5 6      3 4
# 7 8 9      6 7
# ```


# %% answer="10e"
def pyramid_level(features, bins):
    """The means (bins, bins, channels) of a map (H, W, channels) in bins x bins parts."""
    ### BEGIN SOLUTION
    height, width, count = features.shape
    level = np.zeros((bins, bins, count))
    for i, j in np.ndindex(bins, bins):
        rows = slice(i * height // bins, -(-(i + 1) * height // bins))
        columns = slice(j * width // bins, -(-(j + 1) * width // bins))
        level[i, j] = features[rows, columns].mean((0, 1))
    return level
    ### END SOLUTION


# %%
check("10e")

# %% tags=["aside"]
page = some_pages("test", 320)[6]
rows, columns = (side // 8 * 8 for side in page.labels.shape)
cells = np.asarray(AveragePooling2D(8)(page.image[None, :rows, :columns]))[0]
levels = {"ink in cells": cells[..., 0]}
for bins in (6, 3, 2, 1):
    level = np.array(pyramid_level(cells, bins))
    level = keras.ops.image.resize(level, cells.shape[:2], interpolation="bilinear")
    levels[f"{bins} x {bins} bins"] = np.asarray(level)[..., 0]
plots.feature_maps(levels)

# %% [markdown]
# Means alone know little: in PSPNet, what is averaged are hundreds of learnt channels. And what is
# pooled to 1 × 1 says the same at every cell: *what kind of page is this?*

# %% [markdown]
# ## Several rates side by side
#
# *Slide: "DeepLab v3+ (ASPP encoder …)".* DeepLab asks the same question with holes. An **atrous
# spatial pyramid** (ASPP) reads one map at several rates at once: small things with small rates,
# large things with large ones. In v2, the branches' scores are added; v3 concatenates their
# features, and takes the mean of the whole image as one more branch, as PSPNet does.
#
# ## 10f · ASPP (3 points, **)
#
# In: `height`, `width` and `channels` of a map, `filters`, and `rates`, a tuple of any length. Out:
# a model from `(batch, height, width, channels)` to `(batch, height, width, filters)`. Side by
# side, all of them reading the input:
#
# - a convolution 1 × 1;
# - for each of the `rates` a convolution 3 × 3 with this rate, padding same;
# - the mean of the whole map, then a convolution 1 × 1 of it, then up to `height` × `width` again.
#
# What they give is concatenated, and mixed by a last convolution 1 × 1. Every convolution has
# `filters` filters, a bias and a ReLU. (The paper normalises batches, too; leave that out.)


# %% answer="10f"
def aspp(height, width, channels, filters, rates):
    """Atrous spatial pyramid pooling: (batch, H, W, channels) -> (batch, H, W, filters)."""
    ### BEGIN SOLUTION
    maps = Input((height, width, channels))
    branches = [Conv2D(filters, 1, activation="relu")(maps)]
    for wide in rates:
        atrous = Conv2D(filters, 3, padding="same", dilation_rate=wide, activation="relu")
        branches.append(atrous(maps))
    mean = Conv2D(filters, 1, activation="relu")(GlobalAveragePooling2D(keepdims=True)(maps))
    branches.append(UpSampling2D((height, width))(mean))
    return Model(maps, Conv2D(filters, 1, activation="relu")(Concatenate()(branches)))
    ### END SOLUTION


# %%
check("10f")

# %% [markdown]
# **Guess first:** how many parameters has an ASPP with the paper's rates 6, 12, 18, and how many
# with 1, 2, 3? And which share of its weights finds a cell inside a map of 32 × 32, and not the
# zeros around it?

# %% tags=["aside"]
plots.architecture(aspp(32, 32, 64, 32, (6, 12, 18)))

# %% tags=["aside"]
for rates in (1, 2, 3), (6, 12, 18):
    print("rates", rates, f"{aspp(32, 32, 64, 32, rates).count_params():,} parameters")
for rate in (1, 6, 12, 18, 24, 31):
    inside = np.array(dilated(np.ones((32, 32)), np.ones((3, 3)), rate)).mean() / 9
    print(f"rate {rate:2}: {inside:.0%} of the weights read a cell")

# %% [markdown]
# With rate 31, hardly anything but the middle weight reads something: on a small map, a 3 × 3
# kernel with a huge rate *is* a 1 × 1 kernel. The authors found this in v3 (section 3.3). So rates
# have to fit the map, and the branch with the mean sees what no rate can reach.

# %% [markdown]
# ## Half the kernel at a time
#
# *Slide: "DeepLab v3+ … a strong baseline".* v3+ makes its convolutions **separable**: first a 3 ×
# 3 kernel for each channel alone (*depthwise*, with its rate), then a 1 × 1 convolution that mixes
# the channels (*pointwise*). In Keras, `SeparableConv2D`.
#
# ## 10g · Ordinary or separable? (2 points, *)
#
# You get a map of `side` × `side` cells with `channels` channels. A convolution of 3 × 3 with a
# `rate` makes `filters` channels of it, padding same. Find
#
# - `ordinary`: the parameters of an ordinary one, with its biases;
# - `separable`: those of a separable one, whose depthwise part has no biases;
# - `work` and `work_separable`: the multiplications of each for the whole map; those with the
#   zeros around the map count, too.
#
# For side 10, 2 channels and 4 filters, with whatever rate: 76, 30, 7200 and 2600.

# %%
yours("10g")

# %% answer="10g"
layer = yours("10g")  # so that you may write layer.side, layer.channels, layer.filters, layer.rate
### BEGIN SOLUTION
ordinary = (9 * layer.channels + 1) * layer.filters
separable = 9 * layer.channels + (layer.channels + 1) * layer.filters
work = layer.side**2 * (ordinary - layer.filters)
work_separable = layer.side**2 * (separable - layer.filters)
### END SOLUTION

# %%
check("10g")

# %% tags=["aside"]
layer = yours("10g")
for kind in (Conv2D, SeparableConv2D):
    made = kind(layer.filters, 3, dilation_rate=layer.rate, padding="same")
    made.build((None, layer.side, layer.side, layer.channels))
    print(f"{kind.__name__:15} {made.count_params():,} parameters")

# %% [markdown]
# With many filters, nearly nine times fewer of both. What is given up: every channel is seen
# through *one* 3 × 3 pattern only, whichever filter asks.

# %% [markdown]
# ## Why edges are still rough, and what v3+ adds
#
# Even a perfect DeepLab has one score for 8 × 8 pixels (v3: 16 × 16), and bilinear scaling draws a
# smooth line where an edge has corners. How good could it be? We give it what no network knows, the
# **true** share of each class in each cell, scale these up, and take the largest:

# %% tags=["aside"]
page = some_pages("validation", 320)[1]
truth = page.labels[: page.labels.shape[0] // 16 * 16, : page.labels.shape[1] // 16 * 16]
one_hot = np.eye(3, dtype="float32")[truth][None]
finest = {"ground truth": truth}
for cell in (16, 8, 4):
    shares = AveragePooling2D(cell)(one_hot)
    scores = UpSampling2D(cell, interpolation="bilinear")(shares)
    finest[f"stride {cell}"] = np.asarray(scores)[0].argmax(-1).astype("uint8")
    print(f"stride {cell:2}: {(finest[f'stride {cell}'] == truth).mean():.1%} are right")
part = slice(64, 192), slice(0, 128)
plots.close_up(page.image[part], {title: each[part] for title, each in finest.items()})

# %% [markdown]
# So v3+ brings a **light decoder**: the features come up a part of the way, meet low-level features
# of the image (reduced to a few channels, so that they do not outweigh the others), a separable
# convolution or two, and only then the rest of the way. A skip, as in notebooks 4 and 7: the wide
# view says *what*, the skip says *where*. Here is a small one, made of your parts. It trains for
# half a minute, and its ASPP is tied to maps of 32 × 32, so to crops of 128 × 128 pixels.


# %%
def small_deeplab(size=128, filters=32):
    """In the manner of DeepLab v3+: (batch, size, size, 1) -> (batch, size, size, 3)."""
    image = Input((size, size, 1))
    features = atrous_encoder(filters)(image)
    wide = aspp(size // 4, size // 4, filters, filters, (2, 4, 8))(features)
    wide = UpSampling2D(2, interpolation="bilinear")(wide)
    low = Conv2D(16, 3, strides=2, padding="same", activation="relu")(image)
    both = Concatenate()([wide, low])
    both = SeparableConv2D(filters, 3, padding="same", activation="relu")(both)
    logits = UpSampling2D(2, interpolation="bilinear")(Conv2D(3, 1)(both))
    return Model(image, Activation("softmax")(logits))


# %% tags=["aside"]
keras.utils.set_random_seed(10)
deeplab = small_deeplab()
shown = [page for page in some_pages("train", HEIGHT) if (page.labels == 2).mean() > 0.02]
validation = some_pages("validation", HEIGHT)
history = training.train(deeplab, shown, validation, recipe("deeplab_v3_plus"))
print(f"{sum(epoch['seconds'] for epoch in history):.0f} seconds; mean IoU:", end=" ")
print(*(f"{epoch['mean_iou']:.2f}" for epoch in history))
area, ink = right_pixels(deeplab, some_pages("test", HEIGHT))
print(f"{area:.1%} of the pixels of unseen pages are right, {ink:.1%} of the ink")
models = {"encoder": coarse, "small_deeplab": deeplab}
maps = {name: dependence(model, middles(HEIGHT, 128)) for name, model in models.items()}
for name, each in maps.items():
    print(f"{name}: 90 % of what counts lies within {rows_that_count(each)} rows")
seen = dimensions.table(coarse, (128, 128))[-1].sees((64, 64))
plots.effective_fields(maps, {"encoder": seen, "small_deeplab": ((0, 128), (0, 128))})

# %% [markdown]
# In the small DeepLab, every score depends on the whole crop: the gradient is pale out there, but
# it reaches all edges, by the rates and by the mean. Half a minute of training decides nothing
# about who is better: on all pixels it is about level with the encoder, on the ink it is behind.
# What it shows is how the parts fit, and what each of them can see.

# %% [markdown]
# ## 10r · In your own words (no points)
#
# A friend wants the finest edges of all. He takes the stride from all three pools of the encoder,
# gives the two convolutions behind them the rate 8, and leaves the up-sampling out. What becomes of
# the parameters, of the time and the memory for a page, of the view, and of the edges? What would
# you do instead? Name what you have seen in this notebook. (4 to 6 sentences)

# %% [markdown] reflection="10r"
# The parameters stay as they are, since holes have no weights. But the two last convolutions now
# work at every pixel, 64 times as often as before, and their maps take 64 times the memory; those
# before them grow, too. The view shrinks from 54 to 42 pixels, since the layers between the pools
# find their neighbours nearer than before; they would need rates, too, and so would the pools. The
# edges hardly gain, because features with a wide view change little from one pixel to the next. I
# would stop at an output stride of 8 or 4, and bring the edges back by a decoder with a skip from
# an early layer, like DeepLab v3+.

# %% [markdown]
# ## What you can do now
#
# You can make a network see wider in three ways: by holes, by pyramids of holes, and by pooling
# over the whole page. You know what that costs, where gaps remain, that what *could* be seen is not
# what counts, and why the edges need a decoder all the same.
#
# Next: [11 · Before deep learning](11_before_deep_learning.ipynb)
