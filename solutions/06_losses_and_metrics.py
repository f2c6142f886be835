# %% [markdown]
# # 6 · Losses and metrics
#
# 45 minutes · about a minute of computing on two cores · 22 points
#
# Afterwards you can
# - say what a loss wants from a network, above all where a class is rare, and write three losses;
# - read pixel accuracy, IoU and Dice off one confusion matrix, and say which of them flatters;
# - call Keras's metrics so that they measure what you mean.
#
# This notebook goes with the slides on training (pixel-wise log loss, weighted cross-entropy, soft
# Dice) and on metrics (pixel accuracy, IoU, Dice, the ship).
#
# Where it says **guess first**, write your guess down before you run the cell. `hint("6a")` helps
# with question 6a; asked again, it helps more.

# %%
from seglab.grading import check, hint, yours
from pathlib import Path

import keras
import numpy as np
from keras import Input, Sequential, ops
from keras.layers import Conv2D, MaxPooling2D, UpSampling2D

import seglab
from seglab import pages, plots, prediction, training
from seglab.recipe import Recipe
from seglab.region_classes import IGNORE

STUDENT = ""  # your student id: some questions have numbers of your own
LARGE = False  # True where there is a GPU: trains longer
DATA = Path(seglab.__file__).parents[1] / "data"

# %% [markdown]
# ## What should be small
#
# *Slide: pixel cross-entropy, with its worked example.* A network gives one pixel the probabilities
# 0.1, 0.1, 0.1, 0.02, 0.03, 0.5 and 0.15; class 6 of 7 is true. The slide sums, over all classes,
#
# > *y* · log *p*
#
# where *y* is 1 for the true class and 0 for all others, and *p* is the probability. So six terms
# vanish, and what is left is 1 · log 0.5 = -0.693. (The logarithm is the natural one, `np.log`.)
#
# A loss is what a training makes **as small as it can**. **Guess first:** what would a training
# with exactly this formula teach the network?

# %% [markdown]
# ## 6a · Something is missing (2 points, *)
#
# A prediction of your own: seven probabilities, and the number of the true class, **counted from
# 1** as on the slide. Find
#
# - `as_printed`: what the slide's sum gives for it, as it is printed above;
# - `as_the_model_learns`: the probability of the true class rises towards 1. Does the slide's
#   number then (`"a"`) fall, (`"b"`) rise, or (`"c"`) stay as it is?
# - `loss`: what a training should make small instead. You need to change one thing.
#
# Give numbers to at least three decimals. For the slide's own example, `as_printed` is -0.693.

# %%
pixel = yours("6a")
pixel

# %% answer="6a"
### BEGIN SOLUTION
as_printed = np.log(pixel.prediction[pixel.target - 1])
as_the_model_learns = "b"
loss = -as_printed
### END SOLUTION

# %%
check("6a")

# %% [markdown]
# The slides leave the minus out. It is easy to overlook on paper, and impossible in a training.
# With it, the loss is 0 where the network is sure and right, and grows without end where it is sure
# and wrong.

# %% [markdown]
# ## 6b · Weighted cross-entropy (3 points, **)
#
# *Slides: "Training", weighted cross-entropy.* For long tails, that is classes with few pixels,
# each class gets a weight *w*:
#
# > cost of a pixel = - sum over the classes of *w* · *y* · log *p*
#
# and the loss is the mean of these costs **over all pixels that have a truth**. Those labelled 255
# (`IGNORE`) have none. Equal weights of 1 make it the plain pixel-wise log loss.
#
# Write it with `ops` of Keras, not with NumPy: Keras has to find its gradient, as you will train
# with it. (The check cannot see that; the training at the end can.) You may need `ops.one_hot`,
# `ops.log`, `ops.sum`; and take the logarithm of `ops.maximum(scores, 1e-7)`, since the logarithm
# of 0 would end a training.
#
# In: `labels` `(batch, H, W)`, whole numbers; `scores` `(batch, H, W, num_classes)`, probabilities;
# `weights`, a number for each class. Out: one number. For the labels `[[[0, 1, 255]]]`, the scores
# `[[[[0.5, 0.5], [0.75, 0.25], [0.9, 0.1]]]]` and the weights `[1, 2]` the costs are - 1 · log 0.5
# and - 2 · log 0.25; their mean is 1.733.


# %% answer="6b"
def cross_entropy(labels, scores, weights):
    """The mean weighted log loss: labels (batch, H, W), scores (batch, H, W, num_classes)."""
    ### BEGIN SOLUTION
    one_hot = ops.one_hot(labels, len(weights))  # zeros where the label is no class
    logarithms = ops.log(ops.maximum(scores, 1e-7))
    weighted = one_hot * logarithms * ops.convert_to_tensor(weights, "float32")
    return -ops.sum(weighted) / ops.sum(one_hot)
    ### END SOLUTION


# %%
check("6b")

# %% [markdown]
# ## 6c · Soft Dice (3 points, **)
#
# *Slide: soft Dice loss.* For each class by itself, with sums Σ **over all pixels of the batch**:
#
# > loss of a class = 1 - 2 Σ *y* *p* / (Σ *y*² + Σ *p*²)
#
# and the loss is the mean over the classes. Mind the squares. Every class has the same say in that
# mean, however few pixels it has: that is the idea.
#
# In and out as in 6b, without weights. Pixels labelled 255 take part in **no** sum, so their `p`
# does not count, either. A class that neither truth nor scores have would give 0/0: add `1e-7`
# above and below the line of the fraction, and it costs nothing.
#
# For the labels `[[[0, 1]]]` and the scores `[[[[1, 0], [0.5, 0.5]]]]`, class 0 costs 1 - 2 / 2.25
# = 0.111, class 1 costs 1 - 1 / 1.25 = 0.2, and the loss is 0.156.


# %% answer="6c"
def soft_dice(labels, scores):
    """The slide's soft Dice loss: labels (batch, H, W), scores (batch, H, W, num_classes)."""
    ### BEGIN SOLUTION
    y = ops.one_hot(labels, scores.shape[-1])
    p = scores * ops.sum(y, axis=-1, keepdims=True)
    above = 2 * ops.sum(y * p, axis=(0, 1, 2)) + 1e-7
    below = ops.sum(y**2, axis=(0, 1, 2)) + ops.sum(p**2, axis=(0, 1, 2)) + 1e-7
    return 1 - ops.mean(above / below)
    ### END SOLUTION


# %%
check("6c")

# %% [markdown]
# ## What does a loss want?
#
# *Slide: "over-represented classes (background) are a problem".* Let us see why, with the ship of
# notebook 1: 100 pixels, 5 of them ship. A network that has learnt nothing about ships gives
# **every** pixel the same probability of ship. **Guess first:** which probability suits the plain
# cross-entropy best? Which suits it if both classes get the same weight in total?

# %%
ship = np.zeros((10, 10), int)
ship[4, 2:7] = 1
balanced = [100 / (2 * 95), 100 / (2 * 5)]  # so that 95 pixels of sea cost what 5 of ship cost


def three_losses(weights):
    """Your losses as functions of labels and scores alone."""
    equal = [1.0] * len(weights)
    return {
        "cross-entropy": lambda labels, scores: cross_entropy(labels, scores, equal),
        "weighted": lambda labels, scores: cross_entropy(labels, scores, weights),
        "soft Dice": lambda labels, scores: soft_dice(labels, scores),
    }


# %% tags=["aside"]
chances, curves, lowest = np.linspace(0.01, 0.99, 99), {}, {}
for name, loss_of in three_losses(balanced).items():
    blind = [np.full((1, 10, 10, 2), (1 - chance, chance), "float32") for chance in chances]
    curves[name] = [float(loss_of(ship[None], scores)) for scores in blind]
    lowest[name] = chances[np.argmin(curves[name])], min(curves[name])
plots.loss_curves(chances, curves, lowest)

# %% [markdown]
# The plain cross-entropy is content with the **share** of the class: 5 % ship everywhere, so sea
# everywhere, at a low price. The weighted one has nothing to gain from either side, and says "I do
# not know". Soft Dice lies between the two.
#
# And who pulls how hard? Let the pixels of one class become a little more likely to be what they
# are, and see how fast the loss falls: that is its gradient. **Guess first:** who pulls harder, 95
# pixels of sea or 5 of ship?


# %%
def pull(loss_of, chance, c):
    """How fast the loss falls as the pixels of class c leave `chance`, and do better."""
    scores = np.full((1, 10, 10, 2), (1 - chance, chance), "float32")
    moved = scores.copy()
    moved[0][ship == c] += (-0.01, 0.01) if c else (0.01, -0.01)
    return (float(loss_of(ship[None], scores)) - float(loss_of(ship[None], moved))) / 0.01


# %% tags=["aside"]
situations = {}
for chance in 0.5, 0.1:
    situations[f"all pixels at {chance}"] = {
        name: {"95 of sea": pull(loss_of, chance, 0), "5 of ship": pull(loss_of, chance, 1)}
        for name, loss_of in three_losses(balanced).items()
    }
plots.pulls(situations)

# %% [markdown]
# On the left, at the start: in the plain cross-entropy, a pixel is a pixel, and sea pulls 19 times
# as hard. The weights make both sides equal. Soft Dice lies between, without weights. On the right,
# when the network leans towards sea: the less of the ship is found, the harder soft Dice pulls it
# back, while the plain cross-entropy goes on to the share.

# %% [markdown]
# ## What should be large
#
# A loss is for the training; a **metric** is for us. *Slides: pixel accuracy, IoU, Dice.* For one
# class, a pixel is one of four things:
#
# | | predicted | not predicted |
# |:--|:--|:--|
# | **true** | true positive, TP | false negative, FN: missed |
# | **not true** | false positive, FP: found too much | true negative, TN |
#
# > IoU (Jaccard) = TP / (TP + FP + FN) and Dice (F1) = 2 TP / (2 TP + FP + FN)
#
# The many true negatives are in neither of them. In the pixel accuracy, they are.

# %% [markdown]
# ## 6d · Two label images (3 points, *)
#
# *The exercise of the U-Net notes: given an output and its ground truth, compute the three
# metrics.* Here are two label images **of your own**: 0 background, 1 text, 2 graphic.

# %%
pair = yours("6d")
labels, predicted = np.array(pair.labels), np.array(pair.predicted)
plots.numbered_labels({"ground truth": labels, "prediction": predicted})

# %% [markdown]
# Count, by eye or with NumPy, and find
#
# - `tp`, `fp` and `fn` of the class **text**, three numbers of pixels;
# - `iou` and `dice` of the class text;
# - `pixel_accuracy`: the share of all 64 pixels whose class is right, over **all** classes.
#
# Shares are between 0 and 1, to at least three decimals. For the truth `[1, 1, 0, 2]` and the
# prediction `[1, 0, 0, 1]`: TP 1, FP 1, FN 1, IoU 1/3, Dice 1/2, pixel accuracy 1/2. **Guess
# first:** which of your three scores is the highest?

# %% answer="6d"
### BEGIN SOLUTION
tp = ((labels == 1) & (predicted == 1)).sum()
fp = ((labels != 1) & (predicted == 1)).sum()
fn = ((labels == 1) & (predicted != 1)).sum()
iou = tp / (tp + fp + fn)
dice = 2 * tp / (2 * tp + fp + fn)
pixel_accuracy = (labels == predicted).mean()
### END SOLUTION

# %%
check("6d")

# %% [markdown]
# Dice counts twice what is right, so it is never below IoU. Neither is comparable with the other,
# nor with a pixel accuracy, which gets its background for free.

# %% [markdown]
# ## 6e · One confusion matrix (3 points, **)
#
# Nobody wants to count anew for every class and every score. One table holds it all: how many
# pixels of each **true** class (rows) have got each **predicted** class (columns).
#
# In: `labels` and `predicted`, arrays of one shape; classes are 0, 1, …, `num_classes` - 1, and
# `labels` may be 255 (`IGNORE`), too: such pixels are **not counted**, whatever is predicted there.
# Out: an array `(num_classes, num_classes)` of whole numbers.
#
# For the truth `[1, 1, 0, 255]`, the prediction `[1, 0, 0, 1]` and 2 classes it is `[[1, 0], [1,
# 1]]`.


# %% answer="6e"
def confusion_matrix(labels, predicted, num_classes):
    """Pixels by true class (rows) and predicted class (columns); IGNORE is not counted."""
    ### BEGIN SOLUTION
    scored = labels != IGNORE
    matrix = np.zeros((num_classes, num_classes), int)
    np.add.at(matrix, (labels[scored], predicted[scored]), 1)
    return matrix
    ### END SOLUTION


# %%
check("6e")

# %% [markdown]
# Your two label images as a matrix. **Guess first:** where are TP, FP and FN of text?

# %% tags=["aside"]
plots.confusion_table(confusion_matrix(labels, predicted, 3), marked=1)

# %% [markdown]
# TP is on the diagonal, FN the rest of the **row**, FP the rest of the **column**. And matrices of
# many pages may be added: then every pixel counts the same, whatever its page.

# %% [markdown]
# ## 6f · All scores from one matrix (3 points, **)
#
# In: `confusion`, `(n, n)`, as in 6e. Out: a `dict` with
#
# - `"pixel_accuracy"`: the share of right pixels, one number;
# - `"iou"` and `"dice"`: arrays `(n,)`, one number for each class. A class that **neither truth nor
#   prediction** has gets NaN: there is nothing to be right or wrong about. (`0 / 0` is NaN in
#   NumPy, with a warning; inside `with np.errstate(invalid="ignore"):` it is silent.)
# - `"mean_iou"`: the mean of `"iou"` over the classes that are not NaN.
#
# A class that is predicted but never true has the IoU 0: it was invented, and that counts. For
# `[[1, 0, 0], [1, 1, 0], [0, 0, 0]]`: pixel accuracy 2/3, IoU `[1/2, 1/2, NaN]`, Dice `[2/3, 2/3,
# NaN]`, mean IoU 1/2.


# %% answer="6f"
def report(confusion):
    """Pixel accuracy, IoU and Dice of each class, and mean IoU: confusion (n, n) -> dict."""
    ### BEGIN SOLUTION
    right = np.diagonal(confusion)
    both = confusion.sum(axis=0) + confusion.sum(axis=1)
    with np.errstate(invalid="ignore"):
        of_union, of_both = right / (both - right), 2 * right / both
    scores = {"pixel_accuracy": right.sum() / confusion.sum(), "iou": of_union, "dice": of_both}
    return scores | {"mean_iou": np.nanmean(of_union)}
    ### END SOLUTION


# %%
check("6f")

# %% [markdown]
# *Slide: the ship.* 100 pixels, 5 are ship, all predicted as background. **Guess first:** the four
# numbers of its matrix, and its mean IoU. (The darker a cell, the larger its share of its row.)

# %% tags=["aside"]
nothing_found = confusion_matrix(ship, np.zeros_like(ship), 2)
for name, value in report(nothing_found).items():
    print(f"{name:15}", np.round(value, 4))
plots.confusion_table(nothing_found, ("sea", "ship"))

# %% [markdown]
# A pixel accuracy of 95 % for a predictor that has never seen a ship; and a mean IoU of 47.5 %,
# from 0/5 and 95/100. Remember that number.

# %% [markdown]
# ## Dice or IoU?
#
# Papers report one or the other. **Guess first:** can one prediction have the better IoU, and
# another the better Dice? Here are 60 predictions of the same labels, from perfect to all wrong.

# %% tags=["aside"]
random = np.random.default_rng(6)
truth, pairs = random.integers(0, 2, (8, 8)), []
for share in np.linspace(0, 1, 60):
    turned = np.where(random.random(truth.shape) < share, 1 - truth, truth)
    scores = report(confusion_matrix(truth, turned, 2))
    pairs.append((scores["iou"][1], scores["dice"][1]))
plots.iou_and_dice(pairs)

# %% [markdown]
# All on one curve. For one class, the two always agree which prediction is better, since
#
# > Dice = 2 IoU / (1 + IoU)
#
# Dice looks kinder everywhere but at both ends. So is it only a matter of taste?

# %% [markdown]
# ## 6g · Two methods (3 points, **)
#
# A paper compares methods A and B by Dice, on text and on graphic. You get the four values, **in
# percent**. Find
#
# - `mean_iou_a` and `mean_iou_b`: each method's mean IoU over the two classes, as a share between 0
#   and 1, to at least three decimals;
# - `better_by_dice` and `better_by_iou`: `"a"` or `"b"`, the method with the higher **mean** of
#   each.
#
# A Dice of 80 % is an IoU of 2/3. `iou_a` and `iou_b`, the IoUs of both classes, are steps on the
# way.

# %%
methods = yours("6g")
methods

# %% answer="6g"
### BEGIN SOLUTION
dice_a = np.array([methods.a_text, methods.a_graphic]) / 100
dice_b = np.array([methods.b_text, methods.b_graphic]) / 100
iou_a = dice_a / (2 - dice_a)
iou_b = dice_b / (2 - dice_b)
mean_iou_a = iou_a.mean()
mean_iou_b = iou_b.mean()
better_by_dice = "a" if dice_a.mean() > dice_b.mean() else "b"
better_by_iou = "a" if mean_iou_a > mean_iou_b else "b"
### END SOLUTION

# %%
check("6g")

# %% [markdown]
# On one class they agree; in the mean they need not. The mean IoU forgives one bad class more
# easily if another is nearly perfect. So a comparison shows the score of **every class**.

# %% [markdown]
# ## Keras counts, but what?
#
# Keras has metrics and losses ready. Its `MeanIoU` is in many tutorials, with one-hot labels and
# the softmax of the network. Let us make three predictions for the same labels: nearly perfect,
# random, and wrong at every pixel. **Guess first:** their mean IoU.

# %%
random = np.random.default_rng(86)
three = random.integers(0, 3, (1, 16, 48))  # labels: the classes are about equally frequent
one_hot = np.eye(3, dtype="float32")[three]
candidates = {
    "nearly perfect": 0.85 * one_hot + 0.05,
    "random": random.dirichlet([1, 1, 1], three.shape).astype("float32"),
    "all wrong": 0.85 * np.roll(one_hot, 1, axis=-1) + 0.05,
}

# %% tags=["aside"]
for title, scores in candidates.items():
    by_keras = float(keras.metrics.MeanIoU(3)(one_hot, scores))
    by_you = report(confusion_matrix(three, scores.argmax(-1), 3))["mean_iou"]
    print(f"{title:15} MeanIoU(3) {by_keras:.3f}   yours {by_you:.3f}")

# %% [markdown]
# Always 1/3, without a warning. `MeanIoU` expects **numbers of classes**, and takes every value for
# one: a probability below 1 becomes class 0, and a one-hot 0 or 1 is class 0 or class 1. So
# "everything is class 0" is right for the two thirds of the ones and zeros that are 0: the IoUs are
# 2/3 and 0, and their mean is 1/3, whatever your network says.

# %% [markdown]
# ## 6h · The call that is right (2 points, *)
#
# Write it. In: `labels` `(batch, H, W)`, whole numbers, some of them perhaps 255, not to be
# counted; `scores` `(batch, H, W, num_classes)`, probabilities; `num_classes`. Out: one number, the
# mean IoU of the labels and of the classes with the highest scores, **by `keras.metrics.MeanIoU`**.
# Try `help(keras.metrics.MeanIoU)` in a cell of your own; what matters is what it says about labels
# and predictions that are *sparse*, that is, class numbers. (If Keras complains of incompatible
# shapes, it still takes every score for a class number.)
#
# For the candidates above it gives 1.0, about 0.2 and 0.0.


# %% answer="6h"
def keras_mean_iou(labels, scores, num_classes):
    """Keras's mean IoU: labels (batch, H, W), scores (batch, H, W, num_classes) -> a number."""
    ### BEGIN SOLUTION
    metric = keras.metrics.MeanIoU(num_classes, ignore_class=IGNORE, sparse_y_pred=False)
    return float(metric(labels, scores))
    ### END SOLUTION


# %%
check("6h")

# %% [markdown]
# Next trap: Keras's `Dice` loss. It takes one-hot labels; what if it gets whole numbers? **Guess
# first:** which of Keras's six numbers can be trusted?

# %% tags=["aside"]
for title, scores in candidates.items():
    whole, hot = (float(keras.losses.Dice()(y, scores)) for y in (three[..., None], one_hot))
    slide = float(soft_dice(three, scores))
    print(f"{title:15} whole numbers {whole:6.3f}   one-hot {hot:.3f}   the slide's {slide:.3f}")

# %% [markdown]
# With whole numbers, it is the same for every prediction, and looks perfect, even better than
# perfect: labels 0, 1 and 2 are taken for *how much* class there is, and push it below 0. With
# one-hot labels it works, but it is not the slide's: it has no squares, and puts all classes into
# one fraction. **So try every loss and metric on a case that you can compute by hand.**

# %% [markdown]
# ## Train with your own losses
#
# Back to pages. *Slide: over-represented classes are a problem.* Here, graphic is the rare class.
# The network is a small FCN, and trains only for seconds, as one does when one tries things out.
# One more trap first: the weights could go into `model.fit(class_weight=…)`, couldn't they?

# %% tags=["aside"]
files = {split: pages.page_files(DATA / split) for split in ("train", "validation")}
train_pages = [pages.scaled(pages.read_page(file), 224) for file in files["train"][::4]]
unseen = [pages.scaled(pages.read_page(file), 224) for file in files["validation"]]


def small_fcn():
    """An FCN with half the slide's filters: (batch, H, W, 1) -> (batch, H, W, 3)."""
    model = Sequential([Input((None, None, 1))])
    for filters in 20, 20, 40:
        model.add(Conv2D(filters, 4, padding="same", activation="relu"))
        model.add(MaxPooling2D())
    model.add(Conv2D(3, 1, activation="softmax"))
    model.add(UpSampling2D(8))
    return model


# %% tags=["aside"]
model = small_fcn()
model.compile("adam", "sparse_categorical_crossentropy")
images, truth = np.zeros((1, 16, 16, 1)), np.zeros((1, 16, 16), int)
ones = np.ones((1, 16, 16))
for how in {"sample_weight": ones}, {"class_weight": {0: 1.0, 1: 1.0, 2: 5.0}}:
    try:
        model.fit(images, truth, verbose=0, **how)
        print(*how, "works")
    except (TypeError, ValueError) as error:
        print(*how, "raises", repr(error))

# %% [markdown]
# `class_weight` is made for one label a picture; a weight for every **pixel**, as `sample_weight`,
# works. Or a loss of one's own, as yours. The weights below let every class count the same in
# total. **Guess first:** which training has the highest pixel accuracy, and which the highest IoU
# of graphic?

# %% tags=["aside"]
counts = sum(np.bincount(page.labels.ravel(), minlength=3) for page in train_pages)
weights = (counts.sum() / (3 * counts)).tolist()  # try others, too
print("shares ", np.round(counts / counts.sum(), 3), "\nweights", np.round(weights, 2))
trained = {}


def on_floats(loss_of):
    """The loss as Keras calls it: with labels as floats."""
    return lambda labels, scores: loss_of(ops.cast(labels, "int32"), scores)


# %% tags=["aside"]
for name, loss_of in three_losses(weights).items():
    float(loss_of(three, candidates["random"]))  # once by hand: is it there, is it a number?
    keras.utils.set_random_seed(1)
    trained[name] = small_fcn()
    recipe = Recipe("fcn", 224, epochs=30 if LARGE else 6, batch=2, learning_rate=3e-3)
    history = training.train(trained[name], train_pages, unseen, recipe, loss=on_floats(loss_of))
    print(f"{name:14} {sum(epoch['seconds'] for epoch in history):.0f} seconds")

# %% [markdown]
# If Keras complains that it cannot convert a symbolic tensor to a NumPy array, your 6b or 6c says
# `np.` somewhere: say `ops.`.

# %% tags=["aside"]
found = {name: [prediction.labels(m, p.image) for p in unseen] for name, m in trained.items()}
by_class = {}
for name, each in found.items():
    matrix = sum(confusion_matrix(p.labels, q, 3) for p, q in zip(unseen, each))
    scores, called_graphic = report(matrix), matrix[:, 2] / matrix[2].sum()
    print(f"{name:14} pixel accuracy {scores['pixel_accuracy']:.1%}", end=", ")
    print(f"mean IoU {scores['mean_iou']:.1%}", end=", ")
    print(f"graphic: {called_graphic[2]:.0%} found, {called_graphic[:2].sum():.0%} invented")
    by_class[name] = scores["iou"]
plots.class_scores(by_class, "IoU on 16 unseen pages") if by_class else None

# %% tags=["aside"]
some = [7, 10, 14]
columns = [[each[i] for i in some] for each in found.values()]
plots.comparison([unseen[i] for i in some], columns, list(found))

# %% [markdown]
# (What is invented is in percent of the true graphic, too.) By pixel accuracy, there is hardly a
# difference. By mean IoU, the plain cross-entropy stays near the 47.5 % of the ship, and for the
# same reason: it has hardly seen the rare class. With weights, the network finds graphics, and
# invents some, above all in text: what counts more is called more often. Soft Dice makes a good
# bargain, since what is invented costs the Dice of graphic, too.
#
# In a long training, the plain cross-entropy learns the rare class as well. A loss decides what is
# learnt **first**, and what is given up where not all can be had.

# %% [markdown]
# ## 6r · In your own words (no points)
#
# You want to find page numbers, which are 0.3 % of the ink. Which loss would you train with, which
# score would you report, and which trap would you look for first? A few sentences.

# %% [markdown] reflection="6r"
# I would take soft Dice, or a cross-entropy with moderate weights: with plain cross-entropy,
# "nothing is a page number" is a good answer for long, and with fully balanced weights a page
# number would count about 300 times as much as other ink, so that much else would be called page
# number. I would report the IoU (or Dice, and say which) of each class by itself, from one
# confusion matrix over all pages, with paper left out as 255; a pixel accuracy would be 99.7 % for
# a model that finds none. First I would try the metric on a prediction without any page number, for
# which I know what should come out: an IoU of 0 for that class.

# %% [markdown]
# ## What you can do now
#
# You have written the lecture's losses and trained with them, put the minus back, read all its
# metrics off one matrix, and met two calls that silently compute something else, and one that at
# least says so. You know why a score needs its class, and a loss its weights.
#
# Now there is a loss to train with and a score to trust. It is time for the network that most
# people mean when they say segmentation: [7 · U-Net](07_unet.ipynb).
