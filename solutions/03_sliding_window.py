# %% [markdown]
# # 3 · The sliding window
#
# 45 minutes · about a minute of computing on two cores · 18 points
#
# Afterwards you can
#
# - cut windows out of a page, and put labels together from what is said about them;
# - build and train the slide's window classifier, and say what a stride costs and what it gives;
# - show which work is done again and again, and which padding stands in the way of sharing it.
#
# It belongs to the slide "Sliding window" and to the notes on segmentation before deep learning.
# **Guess first** means: write a number on paper before you run the next cell. Cells that call one
# of your functions work as soon as you have written it.

# %%
from seglab.grading import check, hint, yours
from functools import cache
from pathlib import Path
from time import perf_counter

import keras
import numpy as np
from keras.layers import Conv2D, Dense, Dropout, Flatten, MaxPooling2D
import seglab
from seglab import lab_models, pages, plots, prediction, training
from seglab.recipe import Recipe

STUDENT = ""  # your student id: some questions have numbers of your own
LARGE = False  # True where there is a GPU: more pages to learn from, and a finer stride
DATA = Path(seglab.__file__).parents[1] / "data"

# %% [markdown]
# ## One pixel says little, its surroundings say much
#
# Is this black pixel part of a letter or of a picture? Nobody can tell from the pixel alone; with a
# little of the page around it, one look will often do. Hence the oldest idea of the lecture: cut a
# small **window** around the pixel, let a network say the class of its **centre**, move on to the
# next pixel. Here is a page to try it on, scaled to 320 rows.


# %%
def some_pages(split, count, first=0):
    """Pages of a split, scaled to 320 rows."""
    files = pages.page_files(DATA / split)[first : first + count]
    return [pages.scaled(pages.read_page(file), 320) for file in files]


[page] = some_pages("test", 1, first=25)
plots.comparison([page], [], [])

# %% [markdown]
# ## 3a · Cut a window (2 points, *)
#
# A window of `size` rows and columns labels its pixel `size // 2`, counted from 0, in both
# directions. So the 4×4 window around pixel (r, c) begins in row r − 2 and ends in row r + 1; and
# since `size` may be odd, too, the 5×5 window begins in row r − 2 and ends in row r + 2. Whatever
# lies outside the page is paper, 0. An example: of the page on the left, `window(image, 0, 1, 4)`,
# around the pixel with the 2, is what stands on the right.
#
# ```
#     1 2 3          0 0 0 0
#     4 5 6          0 0 0 0
#     7 8 9          0 1 2 3
#                    0 4 5 6
# ```
#
# `image` has the shape (H, W, 1), the window (size, size, 1). `hint("3a")` helps if you are stuck.


# %% answer="3a"
def window(image, row, column, size):
    """The window that labels pixel (row, column): (H, W, 1) -> (size, size, 1)."""
    ### BEGIN SOLUTION
    before, after = size // 2, size - size // 2 - 1
    page = np.pad(image, ((before, after), (before, after), (0, 0)))
    return page[row : row + size, column : column + size]
    ### END SOLUTION


# %% [markdown]
# In the picture, a frame shows where a window should lie, a small square its centre; what you have
# cut stands on the right. Frame and window should show the same.

# %% tags=["aside"]
pixels = [(150, 78), (60, 40), (0, 155), (230, 30), (118, 120), (319, 0)]
cut = [window(page.image, row, column, 32) for row, column in pixels]
plots.windows_on_page(page.image, pixels, 32, cut)

# %%
check("3a")

# %% [markdown]
# ## 3b · Windows to learn from (2 points, *)
#
# The classifier learns from windows and the class of each one's **centre pixel**. Write `examples`:
# `rows` and `columns` are arrays of n numbers, and window i is the one around pixel (rows[i],
# columns[i]). It gives two arrays: the images (n, size, size, 1), and the classes (n,), which come
# from `labels` (H, W). With rows 0, 2 and columns 1, 1, the page above gives two windows, around
# the pixels with the 2 and the 8, and the labels of these two pixels.


# %% answer="3b"
def examples(image, labels, rows, columns, size):
    """Windows around pixels, and the classes of these pixels: (n, size, size, 1) and (n,)."""
    ### BEGIN SOLUTION
    images = np.stack([window(image, row, column, size) for row, column in zip(rows, columns)])
    return images, labels[rows, columns]
    ### END SOLUTION


# %% [markdown]
# **Guess first:** the centre of a window is white; a line of text is above it, another one below.
# Which class has the window?

# %% tags=["aside"]
random = np.random.default_rng(0)
rows, columns = (random.integers(side, size=24) for side in page.labels.shape)
images, classes = examples(page.image, page.labels, rows, columns, 32)
plots.window_grid(images, classes)

# %%
check("3b")

# %% [markdown]
# Paper between two lines of text is labelled text, since labels are regions. So the centre itself
# says little; nearly all that the classifier knows comes from around it.

# %% [markdown]
# ## 3c · How many windows? (2 points, *)
#
# *Slide: the street with the traffic lights.* Windows of 200×200 pixels are laid over a photograph,
# the first one into the upper left corner, the next ones at a **stride** of 100 pixels. There are
# two ways to say what happens at the edges:
#
# - `fitting`: only windows that lie on the photograph as a whole count.
# - `speaking`: the photograph is ruled into **cells** of 100×100 pixels, as large as the stride,
#   from the upper left corner on. Every cell gets one window, whose class all its pixels get: the
#   window *speaks* for the cell. Where the photograph ends, a cell may have fewer pixels; it has
#   its window nevertheless.
#
# A small example: 5×7 pixels, windows of 3×3, a stride of 2. On the left, the corner of each window
# that fits is marked: 2·3 = 6. On the right, pixels with the same letter are a cell: 3·4 = 12.
#
# ```
#     x . x . x . .          a a b b c c d
#     . . . . . . .          a a b b c c d
#     x . x . x . .          e e f f g g h
#     . . . . . . .          e e f f g g h
#     . . . . . . .          i i j j k k l
# ```
#
# How many of each are there on *your* photograph?

# %%
yours("3c")

# %% answer="3c"
photograph = yours("3c")  # so that you may write photograph.height, photograph.width
### BEGIN SOLUTION
fitting = ((photograph.height - 200) // 100 + 1) * ((photograph.width - 200) // 100 + 1)
speaking = -(-photograph.height // 100) * -(-photograph.width // 100)
### END SOLUTION

# %%
check("3c")

# %% [markdown]
# Only cells reach every pixel, so this notebook uses them from here on. A cell's window is the one
# around its middle pixel; `centres` gives these, along one axis.


# %%
def centres(length, stride):
    """The middle pixel of every cell along an axis; the last one for a cell cut too short."""
    return np.minimum(np.arange(0, length, stride) + stride // 2, length - 1)


centres(13, 4)  # the cells are 0-3, 4-7, 8-11 and what is left, 12

# %% [markdown]
# ## 3d · The classifier of the slide (3 points, **)
#
# The slide shows the network twice, as pseudo-code and as a Keras listing. They are not the same:
#
# | | pseudo-code | listing | then |
# |:--|:--|:--|:--|
# | conv 1 | 40 filters, 3×3 | 40 filters, 3×3 | ReLU, max pool 2×2 |
# | conv 2 | 40 filters, 3×3 | 40 filters, **4×4** | ReLU, max pool 2×2 |
# | conv 3 | 80 filters, 3×3 | 80 filters, **4×4** | ReLU, max pool 2×2 |
#
# All convolutions have `same` padding. **Guess first:** the listing begins like this. Does it run?

# %% tags=["aside"]
LISTING = """
model = Sequential([
    Conv2D(40, (3, 3), padding="same", activation="relu")
    MaxPooling2D((2, 2), strides=(2, 2)),
])
"""
try:
    compile(LISTING, "the slide", "exec")
except SyntaxError as error:
    print(f"line {error.lineno}: {error.msg}")

# %% [markdown]
# Python misses a comma, and has not run a single line. With the comma, this lab follows the
# listing: filters 40, 40, 80, kernels 3, 4, 4. What comes after the third pool is the same for
# every classifier here. `head` gives it as a *list* of four layers:


# %%
def head(num_classes):
    """The layers after the third pool: what it leaves is read as a whole."""
    return [
        Flatten(),
        Dense(100, activation="relu"),
        Dropout(0.5),
        Dense(num_classes, activation="softmax"),
    ]


# %% [markdown]
# Build the classifier: `sliding_window(3, 32)` takes (batch, 32, 32, 1) and gives three scores a
# window, (batch, 3). `size` is a multiple of 8. One thing is missing in the listing: begin with
# `keras.Input((size, size, 1))`, or Keras cannot know how many weights Dense needs.
#
# **Guess first:** which layer has the most weights?


# %% answer="3d"
def sliding_window(num_classes, size):
    """The slide's window classifier: (batch, size, size, 1) -> (batch, num_classes)."""
    ### BEGIN SOLUTION
    encoder = [
        Conv2D(40, 3, padding="same", activation="relu"),
        MaxPooling2D(),
        Conv2D(40, 4, padding="same", activation="relu"),
        MaxPooling2D(),
        Conv2D(80, 4, padding="same", activation="relu"),
        MaxPooling2D(),
    ]
    return keras.Sequential([keras.Input((size, size, 1)), *encoder, *head(num_classes)])
    ### END SOLUTION


# %%
check("3d")

# %% tags=["aside"]
sliding_window(3, 32).summary()

# %% [markdown]
# More than half of all weights sit in the first Dense layer; larger windows make it larger still.
#
# Now the classifier learns, from the 60 bundled pages with the largest graphics. `trained()` trains
# it when it is first asked for (half a minute), and remembers it. When you have changed
# `sliding_window`, run this cell again.


# %% tags=["aside"]
@cache
def trained():
    """Your classifier, trained on pages with large graphics."""
    keras.utils.set_random_seed(3)
    model, least = sliding_window(3, 32), 0 if LARGE else 0.04
    seen = [each for each in some_pages("train", 160) if (each.labels == 2).mean() > least]
    recipe = Recipe("sliding_window", epochs=3)
    training.train(model, seen, some_pages("validation", 8), recipe)
    lab_models.keep("sliding_window", model, recipe)  # for notebook 8
    return model


random = np.random.default_rng(1)
rows, columns = (random.integers(side, size=500) for side in page.labels.shape)
images, classes = examples(page.image, page.labels, rows, columns, 32)
said = trained().predict(images, verbose=0).argmax(-1)
print(f"right: {(said == classes).mean():.0%}; were all background: {(classes == 0).mean():.0%}")

# %% [markdown]
# It has never seen a window of this page before, and yet it is right far more often than a guess.

# %% [markdown]
# ## 3e · Stitch the labels (2 points, **)
#
# For a whole page, the classifier says a class for every cell. `stitched` makes labels of that:
# `classes` (rows of cells, columns of cells) becomes labels (height, width), in which all pixels of
# a cell have its class. Cells have `stride`×`stride` pixels and begin in the upper left corner;
# what hangs over the page is cut off. Labels are whole numbers, as the classes are.
# `stitched(np.array([[0, 1], [2, 1]]), 3, 4, 2)` gives
#
# ```
#     0 0 1 1
#     0 0 1 1
#     2 2 1 1
# ```


# %% answer="3e"
def stitched(classes, height, width, stride):
    """The labels of a page, (height, width), from the classes of its cells."""
    ### BEGIN SOLUTION
    labels = np.repeat(np.repeat(classes, stride, axis=0), stride, axis=1)
    return labels[:height, :width]
    ### END SOLUTION


# %% tags=["aside"]
plots.label_cells(stitched(np.array([[0, 1], [2, 1]]), 3, 4, 2), 2)

# %%
check("3e")

# %% [markdown]
# ## Problem 1: resolution
#
# Now everything comes together: centres, windows, classes, labels.
#
# **Guess first:** the stride is halved. How much longer does a page take? What becomes of the
# accuracy?


# %%
def page_labels(model, page, stride):
    """The labels of a page, from one window for every cell."""
    height, width = page.labels.shape
    rows, columns = np.meshgrid(centres(height, stride), centres(width, stride), indexing="ij")
    size = model.input_shape[1]
    images, _ = examples(page.image, page.labels, rows.ravel(), columns.ravel(), size)
    classes = model.predict(images, batch_size=256, verbose=0).argmax(-1)
    return stitched(classes.reshape(rows.shape), height, width, stride)


# %% tags=["aside"]
maps, seconds, accuracies = {}, {}, {}
page_labels(trained(), page, 16)  # Keras's first call takes longer
for stride in (32, 16, 8, 4, 2) if LARGE else (32, 16, 8, 4):
    started = perf_counter()
    maps[stride] = page_labels(trained(), page, stride)
    seconds[stride] = perf_counter() - started
    accuracies[stride] = (maps[stride] == page.labels).mean()
plots.strides(page, maps, seconds, accuracies)

# %% [markdown]
# Half the stride means four times the windows, and soon four times the seconds; it gives smoother
# edges and a few points of accuracy at most. All maps are as large as the page, since every class
# is copied to a whole cell. A window of its own has every pixel only at stride 1; and with paper
# around the page, also those at the edges.
#
# ## Problem 2: small surfaces
#
# Every window is judged by itself. Here are six places in graphics where the classifier said
# something else. **Cover the page with your hand:** would you have known from the window alone that
# its centre belongs to a graphic?

# %% tags=["aside"]
labels = page_labels(trained(), page, 8)
wrong = np.argwhere((labels != page.labels) & (page.labels == 2))
pixels = wrong[np.linspace(0, len(wrong) - 1, 6).astype(int)].tolist()
windows, _ = examples(page.image, page.labels, *np.transpose(pixels), 32)
said = [f"said {pages.CLASSES[labels[row, column]]},\nis graphic" for row, column in pixels]
plots.windows_on_page(page.image, pixels, 32, windows, said)

# %% [markdown]
# The letters around the fruit are letters, and the blank ring is blank. That both are part of a
# graphic, only its surroundings tell, and these lie outside the window; neighbours are not asked.

# %% [markdown]
# ## 3f · Problem 3: repeated computation (2 points, **)
#
# Windows that are larger than the stride overlap, and whatever lies in the overlap passes through
# the convolutions again and again. For *your* window size and stride:
#
# - `times`: in how many windows does a pixel lie that is far from the page's edges? (With windows
#   of 4×4 and a stride of 2, in 4.) A network that saw the page as a whole would compute it once;
#   so this is also how many times more work the windows are.
# - `hours`: the slide says 6 seconds a page. Suppose that was at *your* stride. How many hours
#   would a book of *your* number of pages take at stride 1? A decimal number, to 1 %.

# %%
yours("3f")

# %% answer="3f"
mine = yours("3f")
### BEGIN SOLUTION
times = (mine.size // mine.stride) ** 2
hours = 6 * mine.stride**2 * mine.pages / 3600
### END SOLUTION

# %%
check("3f")

# %% [markdown]
# Let us not compute but count, for the windows of this lab, 32×32 at a stride of 8: each adds 1 to
# all pixels that it holds. **Guess first:** which is the largest number, and where?

# %% tags=["aside"]
counts = np.zeros((80, 80), int)
for row in centres(80, 8) - 16:
    for column in centres(80, 8) - 16:
        counts[max(row, 0) : row + 32, max(column, 0) : column + 32] += 1
plots.visit_counts(counts, (4, 4), 32)

# %% [markdown]
# Only near the edges is less repeated. And everything but the Dense layers is repeated for nothing:
# a convolution says the same about the same pixels, in whatever window they are. Or does it?
#
# ## Can the work be shared?
#
# The plan: run the convolutions and pools **once, over the whole page**, and cut each window's
# features out of the page's. (The next notebook's network goes on from there.) It pays only if
# these are the same numbers. So compare them, layer by layer, on a page of noise, where nothing is
# equal by chance.


# %% tags=["aside"]
def compared(model):
    """Where a window's features equal those of the whole page: {title: True and False}."""
    image = np.random.default_rng(0).random((1, 112, 112, 1)).astype("float32")
    first, size, equal = 32, model.input_shape[1], {}
    window = image[:, first : first + size, first : first + size]
    for layer in (each for each in model.layers if hasattr(each, "strides")):
        image, window = layer(image), layer(window)
        first, side = first // layer.strides[0], window.shape[1]
        cut = image[:, first : first + side, first : first + side]
        same = np.isclose(cut, window, atol=1e-4).all((0, 3))
        kind = "conv" if layer.strides[0] == 1 else "pool"
        equal[f"{kind} {len(equal) // 2 + 1}\n{same.sum()} of {same.size}"] = same
    return equal


# %% [markdown]
# **Guess first:** Dense reads the 4×4 cells of the third pool. How many of the 16 are the same?

# %% tags=["aside"]
plots.agreement(compared(sliding_window(3, 32)))

# %% [markdown]
# One. `same` padding surrounds every *window* with zeros, where the *page* goes on; each layer
# carries the wrong edge further in. What spoils the plan is the padding, so leave it out: `valid`.

# %% [markdown]
# ## 3g · Windows that come out even (2 points, ***)
#
# Without padding, a 3×3 convolution leaves 2 rows fewer, a 4×4 one 3 rows fewer. If a pool then
# gets an odd number of rows, the last one is lost. An example with only one 3×3 convolution and one
# pool: 8 rows become 6, then 3; but 9 rows become 7, then 3, and one is lost. 8 comes out even.
#
# Without padding, but with all three convolutions (3, 4, 4) and pools:
#
# - `even_size`: the smallest window, not below *your* `least`, that comes out even at all three
#   pools;
# - `values_read`: how many values does the first Dense read of it? (In the listing's network with
#   32×32 windows and `same` padding, these would be 4·4·80 = 1280.)

# %%
yours("3g")

# %% answer="3g"
least = yours("3g").least
### BEGIN SOLUTION
even_size = -(-(least - 4) // 8) * 8 + 4
values_read = 80 * ((even_size - 20) // 8) ** 2
### END SOLUTION

# %%
check("3g")

# %% [markdown]
# ## 3h · The classifier without padding (3 points, **)
#
# The layers of 3d, but no convolution pads. `valid_window(3, 36)` takes (batch, 36, 36, 1) and
# gives (batch, 3). Make it a `keras.Sequential`: the last code cell goes from layer to layer.


# %% answer="3h"
def valid_window(num_classes, size):
    """The window classifier without padding: (batch, size, size, 1) -> (batch, num_classes)."""
    ### BEGIN SOLUTION
    encoder = [
        Conv2D(40, 3, activation="relu"),
        MaxPooling2D(),
        Conv2D(40, 4, activation="relu"),
        MaxPooling2D(),
        Conv2D(80, 4, activation="relu"),
        MaxPooling2D(),
    ]
    return keras.Sequential([keras.Input((size, size, 1)), *encoder, *head(num_classes)])
    ### END SOLUTION


# %%
check("3h")

# %% tags=["aside"]
plots.agreement(compared(valid_window(3, 36)))

# %% [markdown]
# Nothing differs: what the convolutions say of a place no longer depends on the window around it.
# `prediction.labels` notices that a classifier pads nothing, and computes all windows together: one
# pass for those that begin 8 pixels apart. For the windows in between, the 2×2 squares of a pool
# have to begin one row or column later. So each pool gives up to four maps, one for each place
# where its squares can begin, and the next layers run over all of them.
#
# **Guess first:** how many times faster is that at a stride of 4? And how long will stride 1 take?

# %% tags=["aside"]
model = valid_window(3, 36)  # not trained: seconds do not depend on that
page_labels(model, page, 32)  # first calls take longer: of the windows, and of each stride
for stride in (8, 4, 1):
    prediction.labels(model, page.image, stride=stride)
for stride in (8, 4):
    started = perf_counter()
    one_by_one = page_labels(model, page, stride)
    middle = perf_counter()
    together = prediction.labels(model, page.image, stride=stride)
    print(f"stride {stride}: {middle - started:.2f} s one by one, ", end="")
    print(f"{perf_counter() - middle:.2f} s together, equal: {(one_by_one == together).mean():.1%}")
started = perf_counter()
prediction.labels(model, page.image, stride=1)
print(f"stride 1: {perf_counter() - started:.2f} s together")

# %% [markdown]
# The same labels for a fraction of the work. So problem 3 is one of the padding, not of windows.

# %% [markdown]
# ## 3r · Three problems
#
# The slide names three problems of the sliding window: small surfaces, resolution, repeated
# computation. For each of them, one or two sentences: where in this notebook did you see it, and
# what would you change?

# %% [markdown] reflection="3r"
# *Small surfaces:* the letters in the graphic were called text, as the window held nothing but
# letters, and what neighbouring windows say plays no part. Larger windows, or pools and
# convolutions that see more of the page, would help. *Resolution:* at a stride of 32 or 16 the
# labels are blocks; the output is as fine as the input only at stride 1. A network that scales its
# scores up again, or a decoder, gives every pixel a class of its own. *Repeated computation:* a
# pixel lies in (size / stride)² windows and passes through the convolutions each time. Without
# padding, they can be run once over the page.

# %% [markdown]
# You can now cut, classify and stitch windows, weigh a stride against time, and say which work can
# be shared and why `same` padding stands in the way. The next network takes the page as a whole:
# [4 · Fully convolutional](04_fully_convolutional.ipynb).
