# %% [markdown]
# # 4 · Fully convolutional
#
# 45 minutes · about a minute of computing on two cores · 20 points
#
# Afterwards you can
# - turn a window classifier into a network that reads a whole page, and build the FCN and the
#   skip-FCN from their slides;
# - say what up-scaling costs in detail, and what a skip connection brings back;
# - move a 1 × 1 convolution to where it is cheap, without changing a score.
#
# This notebook goes with the slides "FCN with up-scaling" and "Skip-FCN", and with those on
# FCN-32, FCN-16 and FCN-8 in the encoder-decoder deck.
#
# Where it says **guess first**, write your guess down before you run the cell. `hint("4a")` helps
# with question 4a; asked again, it helps more.

# %%
from seglab.grading import check, hint, yours
from pathlib import Path

import keras
import numpy as np
from keras import Input, Model, Sequential
from keras.layers import Concatenate, Conv2D, MaxPooling2D, UpSampling2D

import seglab
from seglab import lab_models, pages, plots, prediction, training
from seglab.recipe import Recipe

STUDENT = ""  # your student id: some questions have numbers of your own
LARGE = False  # True where there is a GPU: trains longer
DATA = Path(seglab.__file__).parents[1] / "data"

# %% [markdown]
# ## From a window to a page
#
# *Slide: "Sliding window".* Its last problem was repeated computation: windows overlap, and what
# they share passes through the network again and again. Convolutions and pools could just as well
# run over the whole page once. What stands in the way are `Flatten` and `Dense`: they want a map of
# one fixed size.
#
# But what does a unit of a `Dense` layer do? It multiplies every value of the map with a weight of
# its own, and adds. A filter of a convolution does the same, if it is **as large as the map**: then
# it has only one place to be.

# %% [markdown]
# ## 4a · A Dense layer is a convolution (2 points, **)
#
# A map of `(height, width, channels)` is flattened and read by a `Dense` layer. Give the kernel of
# the convolution that computes the same.
#
# In: `kernel`, the Dense layer's, `(height * width * channels, units)`, and `height` and `width` of
# the map. Out: the kernel of a `Conv2D`, `(height, width, channels, units)`.
#
# For `height = width = 1` that is easy: nothing is flattened but the channels, and the kernel of 80
# channels and 100 units, `(80, 100)`, becomes `(1, 1, 80, 100)`. **A Dense layer on each cell is a
# 1 × 1 convolution.**


# %% answer="4a"
def dense_as_convolution(kernel, height, width):
    """A Dense layer's kernel as that of a convolution: (height, width, channels, units)."""
    ### BEGIN SOLUTION
    return kernel.reshape(height, width, -1, kernel.shape[1])
    ### END SOLUTION


# %%
check("4a")

# %% [markdown]
# In a window classifier for 32 × 32 pixels, the last map is 4 × 4 × 80, and `Dense(100)` reads it.
# On a whole page of 320 × 224 pixels, the last map is 40 × 28 × 80. **Guess first:** what is the
# shape of the result if we slide your kernel over that?

# %% tags=["aside"]
random = np.random.default_rng(4)
kernel = random.normal(size=(4 * 4 * 80, 100)).astype("float32")
page_map = random.normal(size=(1, 40, 28, 80)).astype("float32")
slid = np.asarray(keras.ops.conv(page_map, dense_as_convolution(kernel, 4, 4)))[0]
window = page_map[0, 10:14, 5:9].ravel() @ kernel  # one window by itself, with Flatten and Dense
print("all windows at once:", slid.shape)
print("largest difference at row 10, column 5:", abs(slid[10, 5] - window).max())

# %% [markdown]
# One pass, and all windows that start 8 pixels apart have their scores: 8, since three pools have
# halved the page three times; and 37 × 25 windows, since the 4 × 4 kernel has so many places on a
# map of 40 × 28. Nothing is computed twice.
# (The same numbers as window by window come out only if no convolution pads; you have seen the
# frame of zeros in notebook 3.) Once the Dense layers are gone, nobody needs windows any more.

# %% [markdown]
# ## 4b · The FCN with up-scaling (3 points, *)
#
# *Slide: "FCN with up-scaling".* The same three blocks as in the sliding window, and instead of the
# dense layers a bold step back to the size of the page:
#
# | layer | slide |
# |:--|:--|
# | input | a page of any size, one channel |
# | conv 1, pool 1 | 40 filters 3 × 3, same, ReLU; maximum of 2 × 2 |
# | conv 2, pool 2 | 40 filters 4 × 4, same, ReLU; maximum of 2 × 2 |
# | conv 3, pool 3 | 80 filters 4 × 4, same, ReLU; maximum of 2 × 2 |
# | up | up-scaling 8 × 8, nearest |
# | scores | `num_classes` filters 1 × 1, softmax |
#
# Write it as a Keras model: `Sequential`, functional, as you like. In: `num_classes`. Out: the
# model, which takes `(batch, H, W, 1)`, H and W any multiples of 8, and gives
# `(batch, H, W, num_classes)`. Begin with an `Input` that is not tied to any size: in the shapes of
# Keras, `None` stands for what is not yet known. `fcn(3).output_shape` is `(None, None, None, 3)`.


# %% answer="4b"
def fcn(num_classes):
    """The FCN with up-scaling: (batch, H, W, 1) -> (batch, H, W, num_classes)."""
    ### BEGIN SOLUTION
    image = Input((None, None, 1))
    conv1 = Conv2D(40, 3, padding="same", activation="relu")(image)
    pool1 = MaxPooling2D()(conv1)
    conv2 = Conv2D(40, 4, padding="same", activation="relu")(pool1)
    pool2 = MaxPooling2D()(conv2)
    conv3 = Conv2D(80, 4, padding="same", activation="relu")(pool2)
    pool3 = MaxPooling2D()(conv3)
    up = UpSampling2D(8)(pool3)
    return Model(image, Conv2D(num_classes, 1, activation="softmax")(up))
    ### END SOLUTION


# %%
check("4b")

# %% [markdown]
# **Guess first:** which layer has most of the parameters, and which map has most of the values?

# %% tags=["aside"]
print(f"{fcn(3).count_params():,} parameters")
plots.architecture(fcn(3), (320, 224))

# %% [markdown]
# The parameters are in conv 3, where 80 filters read 40 channels each. The values are in the
# 80 channels after the up-scaling, and of these, 63 in 64 are copies.

# %% [markdown]
# ## 4c · What grows with the page? (2 points, *)
#
# The last map of a page has 80 channels, and an eighth of the page's height and width. To get
# `num_classes` scores for each of its cells, there are two heads to choose from:
#
# - **conv**: a `Conv2D(num_classes, 1)`, as in the FCN;
# - **dense**: flatten the map, and let one `Dense` layer have a unit for each cell and each class.
#
# How many parameters has either head, for your **small** and for your **large** page, given as
# (height, width), and for your `num_classes`? **Guess first:** by which factor does each head grow
# from the one page to the other?
# Then find `conv_small`, `conv_large`, `dense_small` and `dense_large`; `cells_small` and
# `cells_large`, the numbers of cells, are a step on the way. For 2 classes and a page of 8 × 8, one
# cell, either head has 162.

# %%
sizes = yours("4c")
sizes

# %% answer="4c"
### BEGIN SOLUTION
cells_small = sizes.small[0] // 8 * sizes.small[1] // 8
cells_large = sizes.large[0] // 8 * sizes.large[1] // 8
conv_small = 80 * sizes.num_classes + sizes.num_classes
conv_large = conv_small
dense_small = (cells_small * 80 + 1) * cells_small * sizes.num_classes
dense_large = (cells_large * 80 + 1) * cells_large * sizes.num_classes
### END SOLUTION

# %%
check("4c")

# %% [markdown]
# The dense head has weights for *places*, and it can never see a page of another size. A
# convolution has weights for *what there is to see*: the page may be as large as it likes.

# %% [markdown]
# ## 4d · A page of any size (2 points, *)
#
# Really of any size? **Guess first:** what comes out if a page of 601 × 425 pixels goes in?

# %% tags=["aside"]
fcn(3).compute_output_shape((1, 601, 425, 1))

# %% [markdown]
# Each pool drops a row that has no partner, and the up-scaling cannot know. So we add some paper to
# the page before, and crop the labels after.
#
# In: `image` `(H, W, 1)`, and `multiple`. Out: the image with paper, which is 0, **below and on the
# right**, so that height and width are multiples of `multiple`; no more paper than needed. With
# `multiple` 8, 601 × 425 becomes 608 × 432, and 16 × 24 stays 16 × 24.


# %% answer="4d"
def padded(image, multiple):
    """The image (H, W, 1) with paper below and on the right, to multiples in both."""
    ### BEGIN SOLUTION
    height, width, _ = image.shape
    return np.pad(image, ((0, -height % multiple), (0, -width % multiple), (0, 0)))
    ### END SOLUTION


# %%
check("4d")

# %% [markdown]
# Cropping is one slice, *because* the page has stayed in its corner. **Guess first:** what would be
# wrong with the labels if the paper had been added above and on the left?

# %% tags=["aside"]
page = pages.read_page(pages.page_files(DATA / "test")[3])
height, width, _ = page.image.shape
scores = np.asarray(fcn(3)(padded(page.image, 8)[None]))[0]  # untrained
labels = scores.argmax(-1)[:height, :width]
print("page", page.image.shape, "scores", scores.shape, "labels", labels.shape)

# %% [markdown]
# From now on `prediction.labels(model, image)` does this for us.

# %% [markdown]
# ## Only rough regions
#
# *Slide: "FCN with up-scaling", its disadvantages: small objects are absorbed, only rough regions.*
# Up-scaling by nearest copies every cell. `repeat` does that, once for each axis:

# %%
cells = np.array([[0, 1], [2, 1]])
cells.repeat(3, axis=0).repeat(3, axis=1)

# %% [markdown]
# So all 64 pixels of a cell get the same scores, and the same class. How good can such labels be
# **at best**? Let us ask an oracle that knows the true labels, but has to give each cell of 8 × 8
# pixels one class. It takes the class that most pixels of the cell have.

# %% [markdown]
# ## 4e · The best rough labels (3 points, **)
#
# In: `labels` `(H, W)`, classes 0, 1, 2 and perhaps more, and `cell`; H and W are multiples of
# `cell`. Out: labels `(H, W)` in which every `cell` × `cell` block has one class, the **most
# frequent** of its pixels in `labels`. Where two are equally frequent, either will do.
#
# With `cell` 2, `[[0, 0, 1, 2], [0, 1, 2, 2]]` becomes `[[0, 0, 2, 2], [0, 0, 2, 2]]`.


# %% answer="4e"
def rough(labels, cell):
    """The labels (H, W) that agree best with `labels` among those made of cells."""
    ### BEGIN SOLUTION
    best = np.zeros_like(labels)
    for row in range(0, labels.shape[0], cell):
        for column in range(0, labels.shape[1], cell):
            block = slice(row, row + cell), slice(column, column + cell)
            best[block] = np.bincount(labels[block].ravel()).argmax()
    return best
    ### END SOLUTION


# %%
check("4e")

# %% [markdown]
# Here is a newspaper, scaled to the height that our models work at, 320 pixels.

# %% tags=["aside"]
page = pages.scaled(pages.read_page(pages.page_files(DATA / "validation")[1]), 320)
part = slice(0, 128), slice(0, 160)
truth = page.labels[part]
plots.close_up(page.image[part], {"ground truth": truth, "at best": rough(truth, 8)}, cell=8)

# %% [markdown]
# **Guess first:** which share of all pixels of this page is right at best, with cells of 8 pixels?

# %% tags=["aside"]
whole = page.labels[:, : page.labels.shape[1] // 32 * 32]
for cell in 2, 4, 8, 16, 32:
    print(f"cells of {cell:2} pixels: {(rough(whole, cell) == whole).mean():.1%} at best")

# %% [markdown]
# That is the **ceiling** of an FCN with three pools, however long it is trained. The white between
# the columns, the edges of regions, a page number: what is smaller than a cell is lost. A fourth
# pool would see more of the page, and lower the ceiling.

# %% [markdown]
# ## Do not compute the same score 64 times
#
# The slide scales 80 channels up, and then scores every pixel. But a 1 × 1 convolution looks at one
# pixel at a time, and the 64 pixels of a cell are equal. So score first, and scale up the scores?
#
# **Guess first:** how much do the results differ, and how many multiplications does each order
# take?

# %% tags=["aside"]
page_map = keras.random.normal((1, 40, 28, 80), seed=4)
score, up = Conv2D(3, 1), UpSampling2D(8)
as_drawn, swapped = np.asarray(score(up(page_map))), np.asarray(up(score(page_map)))
print("largest difference:", abs(as_drawn - swapped).max())
print(f"scored after up-scaling:  {320 * 224 * 80 * 3:10,} multiplications")
print(f"scored before up-scaling: {40 * 28 * 80 * 3:10,} multiplications")

# %% [markdown]
# Equal, and 64 times cheaper. What is done to every copy may as well be done once, before copying.
# Keep that in mind for 4h.

# %% [markdown]
# ## 4f · The skip-FCN (3 points, **)
#
# *Slide: "Skip-FCN".* Pools learn *what* there is, and lose *where* it is. But the network had
# known where: conv1 has the size of the page. **Skip connections** bring those maps back, next to
# the coarse ones, and they start **before** the pools, so that the sizes meet:
#
# | layer | slide |
# |:--|:--|
# | conv1, pool | 40 filters 3 × 3, same, ReLU; maximum of 2 × 2 |
# | conv2, pool | **80** filters 4 × 4, same, ReLU; maximum of 2 × 2 |
# | conv3, pool | 80 filters 4 × 4, same, ReLU; maximum of 2 × 2 |
# | fc4, fc5 | 160 filters 1 × 1, ReLU; twice |
# | fuse2 | fc5 scaled up 2 × 2 by nearest, concatenated with conv3 |
# | fuse3 | fuse2 scaled up 2 × 2, concatenated with conv2 |
# | fuse4 | fuse3 scaled up 2 × 2, concatenated with conv1 |
# | scores | `num_classes` filters 1 × 1, softmax |
#
# conv2 has 80 filters here, where the FCN had 40. In and out as in 4b. The slide writes
# `UpSampling2D((2, 2), fc5)`; what should come after the layer, in brackets of its own? Guess
# first: how many channels does the last convolution read?


# %% answer="4f"
def skip_fcn(num_classes):
    """The FCN with skip connections: (batch, H, W, 1) -> (batch, H, W, num_classes)."""
    ### BEGIN SOLUTION
    image = Input((None, None, 1))
    conv1 = Conv2D(40, 3, padding="same", activation="relu")(image)
    conv2 = Conv2D(80, 4, padding="same", activation="relu")(MaxPooling2D()(conv1))
    conv3 = Conv2D(80, 4, padding="same", activation="relu")(MaxPooling2D()(conv2))
    fc4 = Conv2D(160, 1, activation="relu")(MaxPooling2D()(conv3))
    fc5 = Conv2D(160, 1, activation="relu")(fc4)
    fuse2 = Concatenate()([UpSampling2D()(fc5), conv3])
    fuse3 = Concatenate()([UpSampling2D()(fuse2), conv2])
    fuse4 = Concatenate()([UpSampling2D()(fuse3), conv1])
    return Model(image, Conv2D(num_classes, 1, activation="softmax")(fuse4))
    ### END SOLUTION


# %%
check("4f")

# %% tags=["aside"]
print(f"{skip_fcn(3).count_params():,} parameters")
plots.architecture(skip_fcn(3), (320, 224))

# %% [markdown]
# The grey arrows are the skips; what they bring is the white part of a box. (The picture draws it
# in front, the table names it last. That decides only in which order the weights of the next layer
# stand.) In front of the last layer, every pixel has 360 features: the 160 of fc5 it shares with
# the 63 other pixels of its cell, the 40 of conv1 belong to it alone. The slides print 0.86 seconds
# a page for the FCN, and 0.91 with skips.

# %% [markdown]
# ## Scores that look at the ink
#
# Region labels are generous: they give white paper a class, where no reader could say where the
# text ends. In most uses only ink matters. **Ink labels** are the region labels where there is ink,
# and 255 on paper: *not scored*. An accuracy then counts **scored pixels only**.

# %% tags=["aside"]
page = pages.read_page(pages.page_files(DATA / "validation")[1])
part = slice(16, 216), slice(16, 256)
inked = pages.ink_reading(page)
plots.close_up(page.image[part], {"region": page.labels[part], "ink": inked.labels[part]})

# %% [markdown]
# ## 4g · Accuracy on ink (2 points, **)
#
# You get a page and labels `predicted` for it that are made of cells: *your* numbers say which
# page, and how many pixels a cell has along a side. Find two numbers between 0 and 1:
#
# - `region_accuracy`: the share of all pixels for which `predicted` has the class of `page.labels`;
# - `ink_accuracy`: the share of the pixels **with ink** (`page.image` is 1.0) for which that holds.
#
# For ink labels `[0, 255, 1, 255, 255, 2]` and predictions `[0, 0, 1, 1, 2, 1]`, the ink accuracy
# is 2 of 3. `ink_labels` and `scored` are steps on the way. Guess first: which of your two numbers
# is larger?

# %%
numbers = yours("4g")
page = pages.read_page(pages.page_files(DATA / "validation")[numbers.page])
coarse = pages.scaled_labels(page.labels, [side // numbers.cell for side in page.labels.shape])
predicted = pages.scaled_labels(coarse, page.labels.shape)
numbers

# %% answer="4g"
### BEGIN SOLUTION
ink_labels = np.where(page.image[..., 0] == 1, page.labels, 255)
scored = ink_labels != 255
region_accuracy = (predicted == page.labels).mean()
ink_accuracy = (predicted == ink_labels)[scored].mean()
### END SOLUTION

# %%
check("4g")

# %% [markdown]
# Which one is larger? Rough labels are wrong at the edges of regions, and there, most pixels are
# white paper, which ink labels do not score. So on pages 2, 6 and 15 ink is kinder, by one to seven
# points. On page 9 it is harsher, by one to eleven: much of that page's ink is in one ornament, as
# narrow as a cell, and cells that miss it miss much ink. Neither number replaces the other.

# %% [markdown]
# ## Learn one page by heart
#
# *Slides: "skip connections allow resolving finer structures; the complete encoder-decoder
# generates rough structures".* Is it so? To see what is **possible**, both models learn the
# newspaper of 4e by heart, as nobody would train a model for use. It takes half a minute. **Guess
# first:** which of them comes near the ceiling of cells of 8 pixels?


# %%
def scaled_pages(files):
    """The pages in these files, at 320 rows."""
    return [pages.scaled(pages.read_page(file), 320) for file in files]


files = {split: pages.page_files(DATA / split) for split in ("train", "validation", "test")}
[newspaper] = scaled_pages(files["validation"][1:2])
unseen = scaled_pages(files["test"][::4])
trained = {}

# %% tags=["aside"]
for name, build in {"fcn": fcn, "skip_fcn": skip_fcn}.items():
    keras.utils.set_random_seed(4)
    trained[name] = build(3)
    recipe = Recipe(name, epochs=60 if LARGE else 8, batch=1, learning_rate=2e-3)
    history = training.train(trained[name], 10 * [newspaper], [newspaper], recipe)
    print(name, f"{sum(epoch['seconds'] for epoch in history):.0f} seconds")

# %% tags=["aside"]
part = slice(72, 168), slice(0, 96)
closer = {"ground truth": newspaper.labels[part]}
for name, model in trained.items():
    closer[name] = prediction.labels(model, newspaper.image)[part]
plots.close_up(newspaper.image[part], closer, cell=8)

# %% [markdown]
# Where do the edges of the labels follow the cells, and where do they not? And in numbers, on the
# page that they know, and on pages that they have never seen; above them the ceiling of 4e:

# %% tags=["aside"]
whole = newspaper.labels[:, : newspaper.labels.shape[1] // 8 * 8]
print(f"{'cells of 8, at best':19} region {(rough(whole, 8) == whole).mean():.1%}")
for name, model in trained.items():
    for title, some in {"by heart": [newspaper], "unseen": unseen}.items():
        right = [prediction.labels(model, each.image) == each.labels for each in some]
        ink = [each.image[..., 0] > 0.5 for each in some]
        region_share = np.mean([r.mean() for r in right])
        ink_share = np.mean([r[i].mean() for r, i in zip(right, ink)])
        print(f"{name:9} {title:9} region {region_share:.1%}   ink {ink_share:.1%}")

# %% [markdown]
# The FCN stays well below its ceiling. The skip-FCN, which is not tied to cells, comes near that
# after so short a time; on ink, it is far ahead. So the slide is right about what is possible. On
# other pages, both are bad: one page teaches little, and fine labels of the wrong class are still
# wrong. Even after a proper training the two stay close on average, since details are few pixels.
# Whoever wants the details has to look at them: at ink, and close up.
#
# So let both learn from several pages, though only from 20 and twice over each, which takes a
# quarter of a minute. They are kept in `models/`, for the comparison at the end of the lab.

# %% tags=["aside"]
taught = scaled_pages(files["train"][:: 1 if LARGE else 8])
shown = scaled_pages(files["validation"][::2])
for name, build in {"fcn": fcn, "skip_fcn": skip_fcn}.items():
    keras.utils.set_random_seed(4)
    recipe = Recipe(name, epochs=6 if LARGE else 2, batch=1)
    history = training.train(model := build(3), taught, shown, recipe)
    path = lab_models.keep(name, model, recipe)
    print(f"{name:9} mean IoU on other pages {history[-1]['mean_iou']:.2f}, kept as {path}")

# %% [markdown]
# Do not read a ranking into that. After so little training the classes themselves are uncertain,
# and fine labels of the wrong class gain nothing. Notebook 8 has models that learned from 800.

# %% [markdown]
# ## 4h · Concatenate, or add? (3 points, **)
#
# The skip-FCN **concatenates** maps, and a 1 × 1 convolution scores what lies side by side. FCN-8
# scores each map by itself and **adds** the scores. Two schools? Take one fusion: a `coarse` map is
# scaled up and concatenated with a `fine` one (coarse first), then scored.
#
# In: `coarse` `(h, w, c)`; `fine` `(f·h, f·w, d)`, f times as large; `kernel` `(c + d,
# num_classes)` and `bias` `(num_classes,)`, of the 1 × 1 convolution. Out: **two** arrays, scores
# of the coarse map `(h, w, num_classes)` and scores of the fine one `(f·h, f·w, num_classes)`, so
# that **the first, scaled up, plus the second is exactly what the fusion gives**. So nothing is
# concatenated and nothing is scaled up here.
#
# One cell of one pixel, one channel each, one class: coarse 5, fine 7, kernel rows 2 and 3, bias 1.
# The fusion gives 2 · 5 + 3 · 7 + 1 = 32, so your two numbers have the sum 32. Several pairs are
# right.


# %% answer="4h"
def scores_of_parts(coarse, fine, kernel, bias):
    """Scores of either part, each at its own size; scaled up, they sum to the fusion's."""
    ### BEGIN SOLUTION
    channels = coarse.shape[-1]
    return coarse @ kernel[:channels] + bias, fine @ kernel[channels:]
    ### END SOLUTION


# %%
check("4h")

# %% [markdown]
# A tiny fusion by hand, without training: the coarse map is 1 in every cell of 8 × 8 that is text,
# as the oracle of 4e knows it; the fine map is 1 where there is ink. The class is "ink of a text":
# both have to speak for it. **Guess first:** what will the sum look like?

# %% tags=["aside"]
[page] = scaled_pages(files["test"][3:4])
ink, labels = (each[96:304, 8:216] for each in (page.image > 0.4, page.labels))
is_text = (rough(labels, 8)[::8, ::8, None] == 1).astype("float32")
parts = scores_of_parts(is_text, ink, np.array([[4.0], [4.0]]), np.array([-5.0]))
what, where = (part[..., 0] for part in parts)
both = what.repeat(8, axis=0).repeat(8, axis=1) + where
plots.feature_maps({"coarse: what": what, "fine: where": where, "the sum": both})

# %% [markdown]
# Green is for the class, purple against it. The coarse scores know where text is, but no stroke;
# the fine ones know every stroke, but not of what. In the sum, only strokes of the text are green:
# the animal, the specks, and all paper have lost. So the two schools are one: **concatenating and a
# 1 × 1 convolution is adding scores**. And the skip-FCN need never carry 360 channels at the size
# of the page.

# %% [markdown]
# ## 4r · In your own words
#
# Up-scaling by nearest and a 1 × 1 convolution may be swapped. Why? Would that also be true of a
# 3 × 3 convolution, or of a 1 × 1 convolution and a pool of maxima? Two or three sentences.

# %% [markdown] reflection="4r"
# A 1 × 1 convolution computes each pixel's scores from this pixel alone, and up-scaling only makes
# copies of pixels, so it does not matter whether a pixel is scored before or after it is copied. A
# 3 × 3 convolution reads neighbours: after up-scaling, most of a pixel's neighbours are copies of
# itself, before, they are other cells, so the results differ. A maximum of four pixels, channel by
# channel, is not the maximum of their scores, since weights may be negative and the four maxima may
# come from different pixels; those two may not be swapped, either.

# %% [markdown]
# ## What you can do now
#
# You have turned a classifier of windows into a network for pages, built two of the lecture's
# models, measured what cells of 8 pixels cost at best, and shown that concatenation and addition
# are the same idea. Up-scaling had nothing to learn so far. What if it had?
#
# That is what comes next: [5 · Up-sampling by hand](05_upsampling.ipynb).
