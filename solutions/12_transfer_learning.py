# %% [markdown]
# # 12 · Transfer learning
#
# 45 minutes · about a minute and a quarter of computing on two cores · 21 points
#
# A bonus notebook. Afterwards you can
#
# - build a U-Net around an encoder that others have trained, and give it pages in the form that it
#   expects;
# - say what a training changes, what stays frozen, and what moves all the same;
# - choose learning rates with which an encoder does not forget, and read from a learning curve
#   whether it was worth the trouble.
#
# It belongs to the slide on transfer learning: *an ImageNet backbone, and a decoder trained from
# scratch (or all pre-trained)*. `hint("12a")` helps with question 12a; asked again, it helps more.

# %%
from seglab.grading import check, hint, yours
from pathlib import Path

import keras
import numpy as np
from keras import Input, Model
from keras.layers import BatchNormalization, Concatenate, Conv2D, Rescaling, UpSampling2D

import seglab
from seglab import objective, pages, plots, prediction, training
from seglab.recipe import Recipe

STUDENT = ""  # your student id: some questions have numbers of your own
LARGE = False  # True where there is a GPU: trains longer
DATA = Path(seglab.__file__).parents[1] / "data"
FILE = DATA / "weights" / "mobilenet_v3_small.weights.h5"
START = str(FILE) if FILE.exists() else None  # "imagenet": Keras fetches those weights

# %% [markdown]
# ## What somebody else's network knows
#
# So far, all our networks started from random weights. But the first layers of nearly every network
# learn much the same: edges, strokes, corners, textures. Why learn them again for every task, with
# the few pages that somebody has labelled?
#
# *Slide: transfer learning.* Take a network that has learnt to **classify** pictures, where a label
# costs a second. (In Cityscapes, labelling the pixels of one photograph took more than 90 minutes.)
# Take off its top, the dense layers that name the class. What is left is an **encoder**, or
# *backbone*: maps that get smaller and deeper. A **decoder** is put behind it, with random weights,
# and trained on our pages.
#
# Most encoders come from ImageNet: 1.3 million photographs, 1000 classes. Others are trained on
# segmented pictures right away, and lend the decoder, too: COCO-Stuff, and from the street BDD100K,
# CamVid, Cityscapes, Mapillary Vistas, ApolloScape. Our encoder has a smaller past. It has been
# asked of crops of typeset pages *what they show*: prose, a map, an initial, handwriting, and so
# on. Nobody has shown it the class of a single pixel. (Its weights are the file above; should it be
# missing, everything runs with random ones. With a connection to the internet, try `"imagenet"`.)
#
# ## 12a · Through the encoder's eyes (2 points, *)
#
# An encoder knows its own kind of numbers. Anything else looks to it like nothing that it has ever
# seen, and **nothing warns you**. For VGG16 from ImageNet it is this:
#
# - a photograph of three channels; black is 0, white is 255;
# - of every channel its mean over all of ImageNet is subtracted: **red** 123.68, **green** 116.779,
#   **blue** 103.939;
# - the channels come in the order of the library Caffe, with which VGG16 was trained: **blue,
#   green, red**.
#
# Our page is `(H, W, 1)`, ink 1, paper 0, and greys in between. Think of it as a photograph: its
# paper is white, and all three channels are alike. In: `image`, such a page. Out: what VGG16 wants,
# `(H, W, 3)`. A pixel of ink has −103.939 as its first number. **Guess first:** which one has
# paper?


# %% answer="12a"
def vgg_input(image):
    """A page (H, W, 1), ink 1, as VGG16 wants it: (H, W, 3), blue, green, red less their means."""
    ### BEGIN SOLUTION
    photograph = np.repeat(255 * (1 - image), 3, axis=-1)
    return photograph - np.array([103.939, 116.779, 123.68])
    ### END SOLUTION


# %%
check("12a")

# %% [markdown]
# Keras has this as `keras.applications.vgg16.preprocess_input`; ResNet50 wants the same. The
# encoder that we shall use, **MobileNetV3Small**, wants 0 to 255 without any more ado: its first
# layer scales them to −1 to 1. So for each encoder, read what it wants.
#
# ## Where to tap it
#
# A U-Net needs skips: maps of every size, each where the most work has been done on it. We call
# *stride* of a map how many pixels of the page one of its own is: a page of 224 pixels and a map of
# 56 give stride 4. **Guess first:** at how many places does a U-Net tap an encoder that ends with
# stride 32?


# %%
def mobile_encoder(side, weights=None):
    """MobileNetV3Small without its top, for images (side, side, 3), or of any size for None."""
    shape = (side, side, 3)
    return keras.applications.MobileNetV3Small(shape, include_top=False, weights=weights)


# %% tags=["aside"]
for number, layer in enumerate(mobile_encoder(224).layers[:22]):
    size = " x ".join(map(str, layer.output.shape[1:]))
    print(f"{number:3}  {type(layer).__name__:22} {size:16} {layer.name}")

# %% [markdown]
# A few things to notice. `ZeroPadding2D` makes maps of 113 × 113, which fit nothing. Maps of 1 × 1
# belong to *squeeze-and-excite*: they take a mean over the whole map, to weigh its channels. And
# after such an excursion, the main road goes on with a map as large as before.
#
# ## 12b · Find the taps (3 points, **)
#
# In: `size`, the side of the image, a multiple of 32; `sides`, a list of the sides of all layers'
# maps, in their order. Out: a list of five places in `sides`: the **last** layer whose map has
# exactly stride 2, then the last one with stride 4, and so on with 8, 16 and 32.
#
# For `size` 64 and `sides` `[64, 32, 32, 33, 16, 1, 16, 8, 4, 2, 2]`, it is `[2, 6, 7, 8, 10]`.


# %% answer="12b"
def taps(size, sides):
    """The last layers whose maps have strides 2, 4, 8, 16 and 32: a list of five places."""
    ### BEGIN SOLUTION
    last = {side: place for place, side in enumerate(sides)}
    return [last[size // stride] for stride in (2, 4, 8, 16, 32)]
    ### END SOLUTION


# %%
check("12b")

# %% tags=["aside"]
shape = (224, 224, 3)
for name in "VGG16", "MobileNetV2", "MobileNetV3Small":
    encoder = getattr(keras.applications, name)(input_shape=shape, include_top=False, weights=None)
    sides = [layer.output.shape[1] for layer in encoder.layers]
    found = taps(224, sides)
    print(f"{name}: {encoder.count_params():,} parameters, {len(sides)} layers")
    print("   ", *(f"{i} {encoder.layers[i].name}" for i in found))
plots.taps(224, sides, found)

# %% [markdown]
# (Some layers without a name of their own get a new number whenever a network is made, like
# `re_lu_2`. So we go by their place.) VGG16 has fifteen times the parameters of MobileNetV3Small,
# in an eighth of the layers. These are the taps of MobileNetV3Small, for all that follows:

# %%
TAPS = [4, 19, 37, 111, 156]

# %% [markdown]
# What do these maps show? Below is a piece of a page, and of the second tap (stride 4) the three
# channels that vary most: with random weights, and with those that have been learnt elsewhere.

# %% tags=["aside"]
page = pages.scaled(pages.read_page(pages.page_files(DATA / "test")[6]), 320)
piece = page.image[96:224, 48:176]
maps = {"the page": piece[..., 0]}
for name, weights in {"random": None, "learnt": START}.items():
    keras.utils.set_random_seed(12)
    whole = mobile_encoder(None, weights)
    tapped = Model(whole.input, whole.layers[TAPS[1]].output)
    second = np.asarray(tapped(np.repeat(255 * (1 - piece), 3, axis=-1)[None]))[0]
    most = second.std((0, 1)).argsort()[::-1][:3]
    maps |= {f"{name}, {channel}": second[..., channel] / second.max() for channel in most}
plots.feature_maps(maps)

# %% [markdown]
# With random weights, most channels repeat the page, and paper has as much to say as ink. The
# learnt ones are silent on paper and speak of strokes, of some more than of others. (If both look
# alike, the file with the weights is missing.)
#
# ## 12c · A U-Net around it (4 points, ***)
#
# | | how it is made |
# |:--|:--|
# | colours | the page as a photograph: 255 times (1 − image), three channels of it |
# | m2, m4, m8, m16, m32 | the five tapped maps of the encoder, named by their strides |
# | u16 | m32, `UpSampling2D`, concatenated with m16, then a convolution to 128 |
# | u8 | u16, `UpSampling2D`, concatenated with m8, then a convolution to 64 |
# | u4, u2 | the same with m4 and 32, with m2 and 16 |
# | scores | u2, `UpSampling2D`, then a convolution to `num_classes`, softmax |
#
# All convolutions are 3 × 3, padding same; those of u16 to u2 have a ReLU. `UpSampling2D` by 2, as
# it comes (nearest). `Rescaling(scale, offset)` is a layer that gives scale · x + offset.
#
# `mobile_encoder(None, weights)` is the encoder for any size. The layer with number i is
# `encoder.layers[i]`, its map `encoder.layers[i].output`, and `Model(encoder.input, [map, map, …],
# name="encoder")` is a model with several outputs; call it like a layer, and you get a list. Please
# give it this name: the cells below freeze it by that.
#
# In: `num_classes`, and `weights` for the encoder, None or a file. Out: a model from `(batch, H, W,
# 1)`, H and W any multiples of 32, to `(batch, H, W, num_classes)`.


# %% answer="12c"
def mobile_unet(num_classes, weights=None):
    """A U-Net on MobileNetV3Small: (batch, H, W, 1) -> (batch, H, W, num_classes)."""
    ### BEGIN SOLUTION
    image = Input((None, None, 1))
    paper = Rescaling(-255.0, 255.0)(image)
    encoder = mobile_encoder(None, weights)
    tapped = Model(encoder.input, [encoder.layers[i].output for i in TAPS], name="encoder")
    *skips, maps = tapped(Concatenate()([paper, paper, paper]))
    for skip, filters in zip(skips[::-1], (128, 64, 32, 16)):
        both = Concatenate()([UpSampling2D()(maps), skip])
        maps = Conv2D(filters, 3, padding="same", activation="relu")(both)
    scores = Conv2D(num_classes, 3, padding="same", activation="softmax")
    return Model(image, scores(UpSampling2D()(maps)))
    ### END SOLUTION


# %%
check("12c")

# %% [markdown]
# The encoder halves five times, so pages have to be multiples of 32 now; `prediction.labels` pads
# and crops for us as ever. **Guess first:** where are most of the parameters, in the encoder or in
# the decoder? In the U-Net of notebook 7, they were at the bottom.

# %% tags=["aside"]
model = mobile_unet(3)
encoder = model.get_layer("encoder")
print(f"encoder {encoder.count_params():,} parameters", end=", ")
print(f"decoder {model.count_params() - encoder.count_params():,}")
print("page", page.image.shape, "labels", prediction.labels(model, page.image).shape)

# %% [markdown]
# Our decoder is the larger part, though it has few layers: its first convolution alone reads 864
# channels. The encoder is made of cheap ones, 1 × 1 or one channel at a time.
#
# ## 12d · What is trained? (3 points, **)
#
# In Keras, `layer.trainable = False` freezes a layer, and of a model all layers in it; compile
# afterwards. In **staged unfreezing** one starts with the whole encoder frozen, so that a decoder
# that knows nothing does not spoil what is known. Then it is thawed, the deepest block first.
#
# Here is a network with numbers of your own; images have 3 channels, `f` is your `filters`:
#
# | | layers |
# |:--|:--|
# | encoder, block 1 | convolution 3 × 3 to f, **without bias**; batch normalisation |
# | encoder, block 2 | convolution 3 × 3 to 2 f, without bias; batch normalisation |
# | encoder, block 3 | convolution 3 × 3 to 4 f, without bias; batch normalisation |
# | decoder | convolution 3 × 3 to `decoder`, convolution 1 × 1 to `classes`, both **with** bias |
#
# How many numbers does the gradient change,
#
# - `stage_0`: if the whole encoder is frozen;
# - `stage_1`: if block 3 is thawed, but its batch normalisation stays frozen;
# - `everything`: if nothing is frozen at all?
#
# A batch normalisation has four numbers a channel: γ and β, which the gradient changes, and a
# running mean and variance, which it never changes. For 1 filter, decoder 1 and 2 classes: 41, 113
# and 172.

# %%
yours("12d")

# %% answer="12d"
net = yours("12d")  # so that you may write net.filters, net.decoder, net.classes
### BEGIN SOLUTION
kernels = [9 * net.filters * n for n in (3, 2 * net.filters, 8 * net.filters)]
stage_0 = (36 * net.filters + 1) * net.decoder + (net.decoder + 1) * net.classes
stage_1 = stage_0 + kernels[2]
everything = stage_0 + sum(kernels) + 2 * 7 * net.filters
### END SOLUTION

# %%
check("12d")

# %% [markdown]
# About four fifths of this encoder's weights sit in block 3, so the first thaw sets most of it
# free. The layers near the image are small, and what they have learnt is the most general: they are
# thawed last, or never.
#
# ## What moves all the same
#
# *A batch normalisation lives twice.* In training it takes mean and variance of the **batch**, and
# on the side lets its running mean follow: after each step,
#
# new running mean = momentum · running mean + (1 − momentum) · mean of the batch.
#
# On a page to be labelled there is no batch, so it takes the running mean and variance. In Keras,
# momentum is 0.99, and **0.999 in MobileNetV3**. **Guess first:** an encoder has seen photographs,
# and now gets pages. After 100 steps, which of the two does the running mean tell of?

# %% tags=["aside"]
means = {}
for momentum in 0.9, 0.99, 0.999:
    layer = BatchNormalization(momentum=momentum)
    layer.build((None, 1))
    layer.moving_mean.assign([4.0])  # as learnt elsewhere
    curve = means[f"momentum {momentum}"] = [4.0]
    for _ in range(200):
        layer(np.ones((8, 1)), training=True)  # a batch with mean 1
        curve.append(float(layer.moving_mean[0]))
plots.running_means(means, 1.0)

# %% [markdown]
# After 200 steps, a momentum of 0.999 is nearly where it was. From ImageNet, with a million
# pictures and more, that is right; in our trainings of a few hundred steps, such a network does
# well in training and labels pages by statistics that are not theirs. It is a favourite trap. Two
# ways out: a smaller momentum, or frozen.
#
# ## 12e · A mean on the run (3 points, **)
#
# You get a `momentum`, a number of `steps`, an `old` running mean, and the mean of every `new`
# batch.
#
# - `running`: the running mean after so many steps, to three decimals;
# - `needed`: the smallest number of steps after which at least nine tenths of the way from old to
#   new are done;
# - `frozen`: what happens if a `BatchNormalization` of Keras has `trainable = False`, and is called
#   **in training** (`training=True`, as `fit` does)? Letters, like `"be"`. Try it!
#     - a: γ and β stay as they are.
#     - b: It normalises by mean and variance of the batch.
#     - c: Its running mean and variance stay as they are.
#     - d: It normalises by its running mean and variance.
#     - e: Its running mean and variance go back to 0 and 1.
#
# For momentum 0.9, 2 steps, old 4 and new 2, `running` is 3.62 and `needed` 22.

# %%
yours("12e")

# %% answer="12e"
mine = yours("12e")
### BEGIN SOLUTION
left = mine.momentum**mine.steps
running = left * mine.old + (1 - left) * mine.new
needed = int(np.ceil(np.log(0.1) / np.log(mine.momentum)))
frozen = "acd"
### END SOLUTION

# %%
check("12e")

# %% [markdown]
# For every other layer, `trainable = False` is about weights alone; a frozen `Dropout` goes on
# dropping. For batch normalisation Keras has decided that frozen means frozen: *inference mode*. So
# Keras's guide to fine-tuning keeps the batch normalisations frozen even when the rest is thawed.
#
# ## How fast does it forget?
#
# **Catastrophic forgetting**: new pages overwrite what the weights knew, before they have taught
# anything as good. How far does one step take a weight? With plain gradient descent, rate times
# gradient. Our trainings use **Adam**. **Guess first:** ten steps, rate 0.001, and a gradient that
# is always the same: how far, if it is large, how far, if it is tiny?

# %% tags=["aside"]
for gradient in 1.0, 0.01, 0.0001:
    after = {}
    for make in keras.optimizers.SGD, keras.optimizers.Adam:
        optimizer, weight = make(0.001), keras.Variable(0.05)
        for _ in range(10):
            optimizer.apply([keras.ops.convert_to_tensor(gradient)], [weight])
        after[make.__name__] = round(float(weight), 6)
    print(f"gradient {gradient:6}: from 0.05 to {after}")

# %% [markdown]
# Adam divides the gradient by its own typical size. So **each step is about as long as the learning
# rate**, however little there is to learn: after 50 such steps, a weight of 0.05 may be gone. If
# the gradient changes its sign, steps cancel, and it is less; a steady gradient is the worst case.
#
# ## 12f · Deepest first, and gently (3 points, **)
#
# Let us give every level of an encoder a learning rate of its own. In:
#
# - `sizes`: the typical size of a weight on each level, the level nearest to the image first;
# - `share`: which part of its size a weight may go at most, like 0.1;
# - `steps`: so many steps of Adam, each as long as the rate, all in one direction;
# - `thawed`: so many levels learn, the **deepest** ones; from 0 to all.
#
# Out: a list of learning rates, one for each level; 0.0 for those that are frozen. `rates([0.2,
# 0.1, 0.05], 0.1, 10, 2)` is `[0.0, 0.001, 0.0005]`.


# %% answer="12f"
def rates(sizes, share, steps, thawed):
    """A learning rate for each level of the encoder, 0.0 for those that are frozen."""
    ### BEGIN SOLUTION
    learning = [level >= len(sizes) - thawed for level in range(len(sizes))]
    return [size * share / steps if on else 0.0 for size, on in zip(sizes, learning)]
    ### END SOLUTION


# %%
check("12f")

# %% [markdown]
# And for our encoder? Its five levels end with the taps; here are the typical sizes of their
# kernels' weights, and what you would allow them for 100 steps.

# %% tags=["aside"]
encoder = mobile_encoder(None, START)
sizes, first = [], 0
for last in TAPS:
    kernels = [w for layer in encoder.layers[first : last + 1] for w in layer.get_weights()]
    values = np.concatenate([kernel.ravel() for kernel in kernels if kernel.ndim == 4])
    sizes, first = [*sizes, float(abs(values).mean())], last + 1
print("sizes    ", *(f"{size:.3f}" for size in sizes))
for thawed in 0, 2, 5:
    print(f"{thawed} thawed:", *(f"{rate:.1e}" for rate in rates(sizes, 0.1, 100, thawed)))

# %% [markdown]
# From random weights, we trained with a rate of 10⁻³. This is why one fine-tunes with a tenth of it
# or less. A Keras optimizer has one rate for all, so in practice there are stages instead: first
# the decoder alone, then a few blocks with a smaller rate, then all with a smaller one still.
#
# ## Eight labelled pages
#
# Now in earnest: eight labelled pages, eight more to find the best epoch, and three ways to start.
# Each trains for equally many steps, with rate 10⁻³ and momentum 0.9. *Frozen* is the learnt
# encoder as it is; *thawed* lets all of it learn from the first step. **Guess first:** which one is
# ahead after the first epoch, and which one in the end?


# %%
def some_pages(split, count):
    """The first pages of a split that have graphics on them, 320 pixels high."""
    sheets = map(pages.read_page, pages.page_files(DATA / split))
    found = (sheet for sheet in sheets if (sheet.labels == 2).mean() > 0.02)
    return [pages.scaled(sheet, 320) for _, sheet in zip(range(count), found)]


# %% tags=["aside"]
def trained(weights, frozen):
    """A U-Net after a short training on eight pages; prints how well it did, epoch by epoch."""
    keras.utils.set_random_seed(12)
    model = mobile_unet(3, weights)
    encoder = model.get_layer("encoder")
    encoder.trainable = not frozen
    for layer in encoder.layers:
        if isinstance(layer, BatchNormalization):
            layer.momentum = 0.9
    recipe = Recipe("unet", epochs=40 if LARGE else 4, batch=2)
    history = training.train(model, eight, watched, recipe)
    print("mean IoU:", *(f"{epoch['mean_iou']:.2f}" for epoch in history))
    return model


eight, watched, unseen = (some_pages(s, 8) for s in ("train", "validation", "test"))

# %% [markdown]
# The three lines show the mean IoU on the pages that choose the epoch; below them is what comes of
# eight pages of other books, which none of the three has seen:

# %% tags=["aside"]
ways = {"random": (None, False), "frozen": (START, True), "thawed": (START, False)}
models = {way: trained(*how) for way, how in ways.items()}
truth = np.concatenate([page.labels.ravel() for page in unseen])
labels = {}
for way, model in models.items():
    labels[way] = [prediction.labels(model, page.image) for page in unseen]
    said = np.concatenate([each.ravel() for each in labels[way]])
    print(f"{way:7}", *(f"{k} {v:.3f}" for k, v in objective.scores(truth, said, 3).items()))
plots.comparison(unseen[:3], [each[:3] for each in labels.values()], list(labels))

# %% [markdown]
# In our run, the frozen encoder was far ahead after the first epoch, and stayed there: only a
# decoder has to learn, from maps that say something already. Thawed from the first step, the same
# encoder began lower, as 12f foretells: a decoder that still guesses sends gradients that mean
# nothing, and each step is as long as the rate. From random weights it went slowest. On unseen
# pages the three are closer together, and with eight pages and one seed, their order may change:
# try another seed. And mind the past of our encoder: the same typesetter has set its crops and our
# pages, though with other type and pictures than those of the unseen ones. From photographs, the
# way is longer.
#
# ## When does it help?
#
# One training with eight pages proves little. The honest experiment is a **learning curve**: train
# with more and more labelled pages, from random weights and from learnt ones, several times each,
# and score on pages that neither has seen, **nor the encoder in its first life**. Such curves
# mostly look like these (they are made up, and they are yours):

# %% tags=["aside"]
curve = yours("12g")
drawn = {"from random weights": curve.scratch, "pre-trained": curve.pretrained}
plots.learning_curves(curve.pages, drawn)

# %% [markdown]
# ## 12g · What is it worth? (3 points, **)
#
# The numbers are the mean IoU after training with so many `pages`, from `scratch` and `pretrained`.
#
# - `worth`: pre-trained and with only `few` labelled pages, one score is reached. How many pages
#   does it take from scratch to get as far? Read it between the dots, by a straight line in the
#   figure, or compute it; a tenth more or less is good enough;
# - `last`: the largest of the measured numbers of pages at which pre-training still gains 0.02 or
#   more.
#
# With pages 4, 8, 16, scratch 0.2, 0.4, 0.6 and pretrained 0.4, 0.5, 0.61, and 4 as `few`: 8 and 8.

# %%
yours("12g")

# %% answer="12g"
curve = yours("12g")
### BEGIN SOLUTION
score = curve.pretrained[curve.pages.index(curve.few)]
worth = 2 ** np.interp(score, curve.scratch, np.log2(curve.pages))
gains = np.subtract(curve.pretrained, curve.scratch)
last = max(n for n, gain in zip(curve.pages, gains) if gain >= 0.02)
### END SOLUTION

# %%
check("12g")

# %% [markdown]
# Think of the 90 minutes for a photograph of Cityscapes: this is what pre-training saves. With many
# pages the two curves meet, or cross. He, Girshick & Dollár, "Rethinking ImageNet Pre-training"
# (2019), found it with photographs: networks from random weights caught up if they were trained
# *longer*, even with a tenth of the labels; with a hundredth they fell far behind. Pre-training
# saves time, and it saves labels if there are few. It does not make the best network better.
#
# ## 12r · In your own words
#
# A colleague has trained a U-Net on twelve labelled pages of a newspaper: mean IoU 0.45 from random
# weights, 0.62 with an encoder from ImageNet. "Pre-training wins", she writes. Which three things
# would you ask her, or try, before you agree, and why? Three to five sentences.

# %% [markdown] reflection="12r"
# First, whether both got a fair training: from random weights it takes more epochs and a larger
# learning rate, and a momentum of 0.999 in the batch normalisations would spoil a short training,
# so I would look whether its loss was still falling. Second, on which pages she has scored, how
# many they are, and how often she has trained: with twelve pages, another seed or another choice of
# pages may change mean IoU by more than the difference. Third, I would ask for the curve, the same
# with 25 and 50 pages, because if they are soon labelled anyway, the gain may be gone by then. And
# I would try the frozen encoder: if it is as good, what helps is what the encoder knows, and not
# just a good scale of the first weights.

# %% [markdown]
# ## What you can do now
#
# You can give a page to somebody else's encoder in the form that it expects, tap it, and build a
# decoder on it; you know what freezing does to batch normalisation, and why a rate is too large;
# and you ask how many labels it has saved before you believe that it helped.
#
# This is the last of the notebooks. The experiment that is worth repeating with your own encoder is
# in [8 · The comparison](08_the_comparison.ipynb).
