# %% [markdown]
# # 9 · From FCN-8 to SegNet
#
# 45 minutes · about a minute of computing on two cores · 22 points
#
# A bonus notebook. Afterwards you can
#
# - build FCN-32, FCN-16 and FCN-8, for pages of odd sizes, too, and train them in stages;
# - write pooling with places and the unpooling that belongs to it, for use in a Keras model;
# - say what a network pays for its way up, in parameters and in memory.
#
# It belongs to the slides on FCN-32, FCN-16 and FCN-8 in the encoder-decoder deck, to "SegNet" and
# "DeconvNet" in the deck on semantic segmentation, and to "Unpooling".
#
# **Guess first** means: write it down before you run the next cell. `hint("9a")` helps with
# question 9a; asked again, it helps more.

# %%
from seglab.grading import check, hint, yours
from pathlib import Path

import keras
import numpy as np
from keras import Input, Model, ops
from keras.layers import Add, AveragePooling2D, Conv2D, Conv2DTranspose, Cropping2D, MaxPooling2D
from keras.layers import Softmax, UpSampling2D

import seglab
from seglab import objective, pages, plots, prediction, training
from seglab.recipe import Recipe

STUDENT = ""  # your student id: some questions have numbers of your own
LARGE = False  # True where there is a GPU: trains longer
DATA = Path(seglab.__file__).parents[1] / "data"

# %% [markdown]
# ## Why FCN-32 is coarse
#
# *Slides: FCN-32, FCN-16, FCN-8; the number is the factor of the last up-sampling.* The encoder is
# VGG's: five blocks, each with a pool. So the last map has one cell for 32 × 32 pixels. A 1 × 1
# convolution gives each cell its scores, and **bilinear** up-sampling brings these to the size of
# the page. What can that show at best? Here is an oracle that knows which share of each cell is
# background, text or graphic, and takes these shares as scores. **Guess first:** from which stride
# on will the white between the columns be there?

# %% tags=["aside"]
page = pages.scaled(pages.read_page(pages.page_files(DATA / "validation")[1]), 320)
part = slice(0, 192), slice(0, 192)
one_hot = np.eye(3, dtype="float32")[page.labels[part]][None]
closer = {"ground truth": page.labels[part]}
for stride in 32, 16, 8:
    bilinear = UpSampling2D(stride, interpolation="bilinear")
    closer[f"from {stride}"] = np.asarray(bilinear(AveragePooling2D(stride)(one_hot)))[0].argmax(-1)
    print(f"from {stride:2}: {(closer[f'from {stride}'] == page.labels[part]).mean():.1%} right")
plots.close_up(page.image[part], closer)

# %% [markdown]
# Bilinear edges are smooth, not made of squares; but what is narrower than a cell melts away, or
# grows together. No training can mend that.
#
# FCN's answer: pool4 has a cell for every 16 pixels, pool3 for every 8. Give these maps scores of
# their own, and **add** them to those that come up, cell by cell. From 32 it goes up by 2, pool4's
# scores are added, up by 2 again, pool3's are added, and the rest of the way, by 8, is bilinear.
# That is FCN-8.

# %% [markdown]
# ## 9a · Sizes that do not divide (3 points, **)
#
# To add two maps, their sizes must agree. A page of 75 × 91 pixels is no multiple of anything. FCN
# lets no pixel go: a window that overhangs pools what is there (`MaxPooling2D(padding="same")`).
# So the map may cover *more* than the page, and after up-sampling the excess is **cut off** below
# and on the right:

# %% tags=["aside"]
maps = {"pool3": (8, (10, 12)), "pool4": (16, (5, 6)), "pool5": (32, (3, 3))}
plots.overhang((75, 91), maps)

# %% [markdown]
# For a page of your `rows` and `columns`, find pairs (rows, columns) of whole numbers:
#
# - `pool3`, `pool4`, `pool5`: the sizes of these maps;
# - `cut32`: what FCN-32 cuts off, in pixels, after its up-sampling by 32;
# - `cut8`: what FCN-8 cuts off after its last up-sampling, by 8.
#
# For 75 × 91, these are (10, 12), (5, 6), (3, 3), (21, 5) and (5, 5). FCN-8 also has to cut on its
# way: 3 × 3 cells of pool5, doubled, are 6 × 6, and pool4 has 5 × 6.

# %%
yours("9a")

# %% answer="9a"
page_size = yours("9a")  # so that you may write page_size.rows, page_size.columns
### BEGIN SOLUTION
sides = np.array([page_size.rows, page_size.columns])
pool3 = -(-sides // 8)  # divided and rounded up
pool4 = -(-sides // 16)
pool5 = -(-sides // 32)
cut32 = 32 * pool5 - sides
cut8 = 8 * pool3 - sides
### END SOLUTION

# %%
check("9a")

# %% [markdown]
# ## 9b · Each class by itself (2 points, *)
#
# All up-sampling in FCN is done by transposed convolutions that **start as bilinear**. From 5g you
# know the kernel for one map: `2 * factor` numbers along a line, which fall evenly with the
# distance from the middle; for factor 2 they are 1/4, 3/4, 3/4, 1/4, and the square is row times
# column. Now there are scores of several classes. A Keras kernel has a square for every pair of
# channels, `(2 * factor, 2 * factor, written, read)`. At first, no class has anything to say to
# another one.
#
# In: `factor`, even, and `num_classes`. Out: the kernel `(2 * factor, 2 * factor, num_classes,
# num_classes)` with which every class is scaled up bilinearly, by itself. For factor 2 and one
# class, its corner `[0, 0, 0, 0]` is 1/16.


# %% answer="9b"
def upsampling_kernel(factor, num_classes):
    """A bilinear kernel (2 factor, 2 factor, num_classes, num_classes), class by class."""
    ### BEGIN SOLUTION
    distance = abs(np.arange(2 * factor) - factor + 0.5) / factor
    square = np.outer(1 - distance, 1 - distance)
    return square[:, :, None, None] * np.eye(num_classes)
    ### END SOLUTION


# %%
check("9b")

# %% [markdown]
# ## 9c · FCN-32, FCN-16, FCN-8 (5 points, ***)
#
# Two small functions for you. `enlarged` makes the up-sampling layer, `cropped` cuts a map below
# and on the right to the size of another one:


# %%
def enlarged(x, factor, name):
    """A transposed convolution that makes maps `factor` times as high and wide."""
    look = {"strides": factor, "padding": "same", "use_bias": False, "name": name}
    return Conv2DTranspose(x.shape[-1], 2 * factor, **look)(x)


def cropped(x, like):
    """x, cut to the rows and columns of `like`. Pages of unknown size (None) are not cut."""
    _, rows, columns, _ = like.shape
    if rows is None:
        return x
    return Cropping2D(((0, x.shape[1] - rows), (0, x.shape[2] - columns)))(x)


# %% [markdown]
# All three networks are one function, by the number of their `skips`: 0 for FCN-32, 1 for FCN-16, 2
# for FCN-8. **The names matter**: by them, a finer network will find what a coarser one has learnt.
# Give them like `Conv2D(…, name="conv1")`.
#
# | name | reads | is |
# |:--|:--|:--|
# | conv1 to conv5 | the image; the pool before | 16, 24, 32, 64, 96 filters 3 × 3, same, ReLU |
# | pool1 to pool5 | the conv before (needs no name) | maximum of 2 × 2, `padding="same"` |
# | fc6 | pool5 | 128 filters 3 × 3, same, ReLU |
# | score_fr | fc6 | `num_classes` filters 1 × 1 |
# | *score_pool4* | pool4 | `num_classes` filters 1 × 1 |
# | *upscore2* | score_fr | enlarged by 2, cropped like score_pool4, **added** to it |
# | *score_pool3* | pool3 | `num_classes` filters 1 × 1 |
# | *upscore_pool4* | the sum | enlarged by 2, cropped like score_pool3, **added** to it |
# | upscore32, 16 or 8 | the last scores | enlarged by 32, 16 or 8, cropped like the image |
#
# and at the end `Softmax()`. The third and second line from the end are for FCN-8 alone, the two
# before them also for FCN-16. A score may be negative: no ReLU there.
#
# In: `skips`, 0, 1 or 2; `height` and `width` of the pages, or None twice; `num_classes`. Out: a
# model from `(batch, H, W, 1)` to `(batch, H, W, num_classes)`. `fcn(2, 75, 91, 3).output_shape`
# is `(None, 75, 91, 3)`. **Guess first:** which of the three has most parameters?


# %% answer="9c"
def fcn(skips, height, width, num_classes):
    """FCN-32, FCN-16 or FCN-8: (batch, H, W, 1) -> (batch, H, W, num_classes)."""
    ### BEGIN SOLUTION
    image = Input((height, width, 1))
    pools, look = [image], {"padding": "same", "activation": "relu"}
    for i, filters in enumerate((16, 24, 32, 64, 96), 1):
        maps = Conv2D(filters, 3, **look, name=f"conv{i}")(pools[-1])
        pools.append(MaxPooling2D(padding="same")(maps))
    fc6 = Conv2D(128, 3, **look, name="fc6")(pools[5])
    scores, factor = Conv2D(num_classes, 1, name="score_fr")(fc6), 32
    for level, up in [(4, "upscore2"), (3, "upscore_pool4")][:skips]:
        own = Conv2D(num_classes, 1, name=f"score_pool{level}")(pools[level])
        scores, factor = Add()([cropped(enlarged(scores, 2, up), own), own]), factor // 2
    scores = cropped(enlarged(scores, factor, f"upscore{factor}"), image)
    return Model(image, Softmax()(scores))
    ### END SOLUTION


# %%
check("9c")

# %% tags=["aside"]
for skips, last in enumerate(("upscore32", "upscore16", "upscore8")):
    model = fcn(skips, 75, 91, 3)
    learnt, fixed = model.count_params(), model.get_layer(last).count_params()
    print(f"FCN-{last[7:]:2} {learnt:,} parameters, {fixed:,} of them in {last}")
plots.architecture(fcn(2, 96, 96, 3))

# %% [markdown]
# The finest network is the smallest: a bilinear kernel for a factor of 32 is large. (FCN keeps that
# last layer as it is; it learns only the up-sampling by 2.) The skips themselves cost next to
# nothing: three scores from 64 channels and three from 32.
#
# Is it a loss to **add** scores, where the skip-FCN and the U-Net **concatenate** features? For a
# single 1 × 1 convolution behind, there is none: 4h showed that the two are the same. But to add,
# FCN-8 carries 3 numbers for each cell of pool3; side by side, fc6, pool4 and pool3 have 128 + 64 +
# 32. What could be done with those? **Guess first:** what does a 3 × 3 convolution over them cost?

# %% tags=["aside"]
heads = {"as FCN, 1 x 1": [Conv2D(3, 1)]}
heads["as a U-Net, 3 x 3 first"] = [Conv2D(64, 3, activation="relu"), Conv2D(3, 1)]
for name, layers in heads.items():
    head = keras.Sequential([Input((None, None, 128 + 64 + 32)), *layers])
    print(f"{name:23} {head.count_params():7,} parameters")

# %% [markdown]
# A sum of scores cannot say "text, but only if pool3 sees a stroke *and* fc6 sees a column"; a
# convolution with a ReLU over both can. FCN pays next to nothing, and gets a sum.

# %% [markdown]
# ## Begin where the coarser one stands
#
# *Long, Shelhamer & Darrell (2015), section 4.3.* FCN is trained **in stages**: first FCN-32. Then
# FCN-16 takes over all that has a namesake; its new score layer starts with **zeros**, and its new
# up-sampling bilinear. So before its first step it says nearly what FCN-32 says, and whatever it
# learns is on top of that.

# %% [markdown]
# ## 9d · A silent start (3 points, **)
#
# Can a layer learn that starts with zeros? Look at one cell, and at the score of one class. pool4
# has three channels here: your `features`. The `error` is the slope of the loss: by how much it
# grows, for one more in this score. Gradient descent moves every weight by −`rate` times *its*
# slope; so does the bias. Find
#
# - `weight`: the weight of the first feature, after the first step;
# - `after`: what the layer adds to the score of the same cell, after the first step;
# - `zero`: which of these are 0 **in the first step**? Letters, like `"bc"`.
#     - a: what the new layer adds to the scores
#     - b: the gradient of its weights (for features that are not 0)
#     - c: the gradient of its bias
#     - d: the gradient that comes to pool4 through the new layer
#     - e: the gradient of its weights, if conv4 had started with zeros, too
#
# If there were only one feature, 4, with error −0.5 and rate 0.1: the weight becomes 0.2, the bias
# 0.05, and `after` is 4 · 0.2 + 0.05 = 0.85.

# %%
yours("9d")

# %% answer="9d"
cell = yours("9d")  # so that you may write cell.features, cell.error, cell.rate
### BEGIN SOLUTION
step = -cell.rate * cell.error
weight = step * cell.features[0]
after = step * (sum(each**2 for each in cell.features) + 1)  # the bias meets a 1
zero = "ade"
### END SOLUTION

# %%
check("9d")

# %% [markdown]
# One layer of zeros learns at once. Two in a row would wait for each other, which is why weights
# otherwise start at random.
#
# Now in earnest: half a minute or more. `taken_over` is the paper's rule, by names. What is printed
# is the mean IoU over pages that no training has seen. For comparison, FCN-32 is also trained
# further, for as many epochs as the other two together. **Guess first:** how much of the gain is
# due to the skips, and how much to more training?


# %%
def prepared(model):
    """The same model, its up-sampling bilinear, the last of it fixed, all else random."""
    for layer in model.layers:
        if isinstance(layer, Conv2DTranspose):
            layer.set_weights([upsampling_kernel(layer.strides[0], layer.filters)])
            last = layer
        elif isinstance(layer, Conv2D):  # as He et al. (2015) advise with ReLU
            layer.kernel.assign(keras.initializers.HeNormal()(layer.kernel.shape))
    last.trainable = False
    return model


# %%
def taken_over(finer, coarser):
    """The finer model, with all that its namesakes have learnt, and silent new scores."""
    learnt = {layer.name: layer.get_weights() for layer in coarser.layers}
    for layer in finer.layers:
        silent = [0 * weight for weight in layer.get_weights()]
        new = silent if layer.name.startswith("score") else layer.get_weights()
        layer.set_weights(learnt.get(layer.name, new))
    return finer


# %%
def some_pages(split):
    """The pages of a split, 240 pixels high."""
    return [pages.scaled(pages.read_page(file), 240) for file in pages.page_files(DATA / split)]


def mean_iou(model, some):
    """The mean IoU of a model, over all these pages together."""
    said = [prediction.labels(model, page.image).ravel() for page in some]
    truth = np.concatenate([page.labels.ravel() for page in some])
    return objective.scores(truth, np.concatenate(said), 3)["mean_iou"]


trained = {}

# %% tags=["aside"]
keras.utils.set_random_seed(9)
seen, validation, unseen = map(some_pages, ("train", "validation", "test"))
plan = {"FCN-32": (0, None, 5), "FCN-16": (1, "FCN-32", 2), "FCN-8": (2, "FCN-16", 2)}
plan["FCN-32, longer"] = (0, "FCN-32", 4)
for name, (skips, start, epochs) in plan.items():
    model = prepared(fcn(skips, None, None, 3))
    if start:
        print(f"{name:14} begins at {mean_iou(taken_over(model, trained[start]), unseen):.3f}")
    look = {"batch": 2, "learning_rate": 1e-3 if start else 2e-3}
    recipe = Recipe(f"fcn{32 // 2**skips}", 240, epochs * (4 if LARGE else 1), **look)
    history = training.train(model, seen, validation, recipe)
    seconds, trained[name] = sum(epoch["seconds"] for epoch in history), model
    print(f"{name:14} reaches {mean_iou(model, unseen):.3f} after {seconds:.0f} seconds")

# %% tags=["aside"]
some = [pages.scaled(pages.read_page(pages.page_files(DATA / "test")[i]), 240) for i in (3, 8, 13)]
stages = [name for name in trained if "longer" not in name]
said = [[prediction.labels(trained[name], page.image) for page in some] for name in stages]
plots.comparison(some, said, stages)

# %% [markdown]
# The finer models begin where the coarser one stood, up to bilinear up-sampling in two steps
# instead of one. With each stage the boundaries come nearer to what they enclose: look at the
# outline of the seal, and at the corners of the text below it. More training alone brings less. The
# white between narrow columns stays lost, since it is narrower than FCN-8's cells, too. (The paper
# stops here, where gains have become small.)

# %% [markdown]
# ## Or remember the places
#
# *Slides: "DeconvNet" and "SegNet".* FCN's way up is short: three scores, enlarged. **DeconvNet**
# and **SegNet** mirror the encoder instead. To each pool belongs an **unpooling**, and to each
# convolution another one on the way up. Nothing else crosses over but the *places* of the maxima:
# DeconvNet calls them switches, SegNet pooling indices. A window of 2 × 2 has four places, counted
# row by row:
#
# ```
# 0 1
# 2 3
# ```
#
# SegNet's slide has this map. **Guess first:** which places does its pool remember?

# %% tags=["aside"]
printed = np.array([[1, 3, 2, 9], [7, 4, 1, 5], [8, 5, 2, 3], [4, 2, 1, 4]])
pooled = np.array(MaxPooling2D()(printed[None, ..., None].astype("float32")))[0, ..., 0]
at_maximum = printed == pooled.repeat(2, axis=0).repeat(2, axis=1)
plots.remembered({"the map": printed, "pooled": pooled}, {"the map": at_maximum})

# %% [markdown]
# The 7 stands at place 2, the 9 at place 1, the 8 at place 0 and the 4 at place 3.
#
# On a page, most windows have no single maximum: on blank paper, all four cells are 0. In such a
# **tie, the first place counts**, row by row. (If all cells of equal value got what comes up, blank
# paper would become plain nearest up-scaling.)
#
# ## 9e · Pool, and remember (3 points, **)
#
# In: `image` `(H, W)`, any H and W. Out: two arrays, each with one cell for every window of 2 × 2:
# the maxima, and their places, 0 to 3. A window that overhangs an odd side looks at the cells that
# are there, and they **keep their numbers**: in a window of one column, the lower cell is place 2.
# NumPy and slow loops are welcome.
#
# `[[5, 1, 3], [2, 8, 4]]` has two windows; the maxima are `[[8, 4]]`, the places `[[3, 2]]`.


# %% answer="9e"
def pooled_with_places(image):
    """The maxima of all windows of 2 x 2, and their places 0 to 3."""
    ### BEGIN SOLUTION
    size = [-(-side // 2) for side in image.shape]
    maxima, places = np.zeros(size), np.zeros(size, int)
    for row, column in np.ndindex(*size):
        window = image[2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
        down, right = divmod(window.argmax(), window.shape[1])
        maxima[row, column], places[row, column] = window.max(), 2 * down + right
    return maxima, places
    ### END SOLUTION


# %%
check("9e")

# %% [markdown]
# ## 9f · Unpooling for Keras (3 points, ***)
#
# In 5b you put values back with loops. Within a Keras model there are no numbers yet that a loop
# could run over, only **symbols** with a shape; what may be done with them is in `keras.ops`.
#
# In: `features` and `places`, both `(batch, h, w, channels)`; the places are 0 to 3, as floats, and
# each channel has its own. Out: `(batch, 2h, 2w, channels)`: every value at its place in its
# window, zeros elsewhere. `features.shape` tells h, w and channels; the batch is unknown, so write
# -1 for it in a reshape.
#
# What may help: `ops.equal(a, b)` (a plain `==` does not work on symbols), `ops.where`, `ops.cast`,
# `ops.stack`, `ops.concatenate`, `ops.reshape`, `ops.transpose`. A value 5 with place 2 becomes the
# window `[[0, 0], [5, 0]]`. A trick for laying cells side by side, in one dimension:

# %% tags=["aside"]
pairs = ops.stack([np.array([1, 2, 3]), np.array([10, 20, 30])], axis=-1)
print("stacked:", np.array(pairs).tolist())
print("laid side by side:", np.array(ops.reshape(pairs, (-1,))).tolist())


# %% answer="9f"
def unpooled(features, places):
    """(batch, h, w, channels) twice -> (batch, 2h, 2w, channels), with keras.ops alone."""
    ### BEGIN SOLUTION
    _, rows, columns, channels = features.shape
    cells = [ops.where(ops.equal(places, place), features, 0.0) for place in range(4)]
    windows = ops.reshape(ops.stack(cells, -1), (-1, rows, columns, channels, 2, 2))
    side_by_side = ops.transpose(windows, (0, 1, 4, 2, 5, 3))  # row, down, column, right, channel
    return ops.reshape(side_by_side, (-1, 2 * rows, 2 * columns, channels))
    ### END SOLUTION


def unpooling(height, width, channels):
    """A model of nothing but your function, for the check: features and places in one map."""
    both = Input((height, width, 2 * channels))
    return Model(both, unpooled(both[..., :channels], both[..., channels:]))


# %%
check("9f")

# %% [markdown]
# The head of the seal, two pools down and twice up again, without anything learnt: once as a bed of
# nails (every value to place 0), once with your places. **Guess first:** what share of the values
# will stand on ink?


# %%
def unpooled_map(values, places):
    """One map (h, w) through the function of 9f."""
    batches = (np.array(each, "float32")[None, ..., None] for each in (values, places))
    return np.array(unpooled(*batches))[0, ..., 0]


# %% tags=["aside"]
page = pages.scaled(pages.read_page(pages.page_files(DATA / "test")[3]), 640)
ink, memory = page.image[36:116, 170:250, 0], []
down = ink
for _ in range(2):
    down, places = pooled_with_places(down)
    memory.append(places)
nails = unpooled_map(unpooled_map(down, 0 * memory[1]), 0 * memory[0])
exact = unpooled_map(unpooled_map(down, memory[1]), memory[0])
maps = {"the page": ink, "pooled twice": down, "bed of nails": nails, "places": exact}
print(f"of the nails {(ink[nails > 0] > 0).mean():.0%} are on ink, ", end="")
print(f"of the values at places {(ink[exact > 0] > 0).mean():.0%}")
plots.feature_maps(maps)

# %% [markdown]
# The nails stand in rank and file, wherever the ink was. With places, each value sits exactly on
# the stroke from which it came. This is what SegNet's convolutions on the way up begin with: they
# have to spread thin, exact points into regions, where FCN has to sharpen thick, vague ones.

# %% [markdown]
# ## 9g · What the way up costs (3 points, **)
#
# FCN, DeconvNet and SegNet share the encoder of VGG-16: 13 convolutions, 3 × 3 with bias, in five
# blocks of 2, 2, 3, 3 and 3. With `width` w, the blocks have w, 2w, 4w, 8w and 8w filters; the
# original has w = 64. Behind each block is a pool.
#
# - **FCN** turns VGG's dense layers into convolutions: fc6 has 64w filters of 7 × 7 and reads pool5
#   (8w channels), fc7 has 64w filters of 1 × 1.
# - **SegNet** throws these away, and mirrors the 13 convolutions: what went from a to b channels on
#   the way down goes from b to a on the way up. In full, on the way up: 8w → 8w five times, 8w →
#   4w, 4w → 4w twice, 4w → 2w, 2w → 2w, 2w → w, w → w, and the mirror image of the very first one
#   goes from w to **3** classes. (We leave out SegNet's batch normalisation.)
#
# For your `width` and a page of your `rows` × `columns`, find
#
# - `dense`: the parameters of fc6 and fc7 together, with biases;
# - `mirrored`: the parameters of SegNet's 13 convolutions on the way up, with biases;
# - `map_bytes`: how many **bytes** it takes to keep the five maps in front of the pools, as a U-Net
#   over this encoder would, with 4 bytes a number;
# - `place_bytes`: how many bytes it takes to keep the places of all five pools, with **2 bits** for
#   each window of each channel.
#
# For width 1 and 32 × 32 pixels, these are 29312, 3679, 7808 and 122. **Guess first:** which of the
# first two is larger? By which factor do the last two differ?

# %%
yours("9g")

# %% answer="9g"
net = yours("9g")  # so that you may write net.width, net.rows, net.columns
### BEGIN SOLUTION
w = net.width
pixels = net.rows * net.columns
dense = (49 * 8 * w + 1) * 64 * w + (64 * w + 1) * 64 * w
pairs = [(8, 8)] * 5 + [(8, 4), (4, 4), (4, 4), (4, 2), (2, 2), (2, 1), (1, 1)]  # times w
mirrored = sum((9 * a * w + 1) * b * w for a, b in pairs) + (9 * w + 1) * 3
values = sum(pixels // 4**level * factor * w for level, factor in enumerate((1, 2, 4, 8, 8)))
map_bytes = 4 * values
place_bytes = values // 4 * 2 // 8
### END SOLUTION

# %%
check("9g")

# %% [markdown]
# The original has w = 64. Its fc6 and fc7 hold 119.5 million parameters, nine tenths of FCN; all of
# SegNet's way up has 14.7 million. And the places take a **64th** of the memory of the maps: of
# four numbers with 32 bits each, one place with 2 bits is left. (In a program the saving is there
# only if the bits are packed. Keras has no type of 2 bits; our places were floats.)
#
# DeconvNet keeps both: fc6 and fc7 at the bottom, and the places on the way up.

# %% [markdown]
# ## 9r · In your own words (no points)
#
# A library wants its scans segmented on a device with little memory, and thin rules must not melt
# away. You may take FCN-8, SegNet or a U-Net. Which one, and what do you give up? Name what crosses
# over from the way down to the way up. (3 to 5 sentences)

# %% [markdown] reflection="9r"
# I would take SegNet. FCN-8 carries only three scores over each skip, which costs nothing, but its
# last step is an up-sampling by 8, in which a rule of two pixels melts away. The U-Net carries
# whole maps across, the first of them at the size of the page, so it knows every pixel, but these
# maps are what the device has no memory for. SegNet carries only the places of the maxima, a 64th
# of that, and its convolutions on the way up start from values that lie exactly on the strokes. I
# give up what else the maps knew: three of four values of each window are gone, and where a window
# is blank, its place says nothing.

# %% [markdown]
# ## What you can do now
#
# You have built FCN-8 with its stages, and kept its sizes in order on a page that no stride
# divides. You have pooled with places and unpooled with Keras's own operations, and you know what
# crosses over from the way down to the way up: scores in FCN, places in SegNet, whole maps in the
# U-Net.
#
# All of them lose resolution first and win it back later. Must it be lost at all? Next:
# [10 · Seeing wider](10_seeing_wider.ipynb)
