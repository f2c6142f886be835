# %% [markdown]
# # 11 · Before deep learning
#
# 45 minutes · about 20 seconds of computing on two cores · 21 points
#
# A bonus notebook. Afterwards you can
#
# - segment a page without any network: by histograms, clusters, blocks, superpixels, forests;
# - say what a conditional random field adds, and compute its energy by hand;
# - compare these methods with a network honestly, and say what neither of them can give: *things*.
#
# It belongs to the "old-school" methods in the notes on the U-Net (thresholding, k-means,
# histograms, edges), to the notes on what came before deep learning (texton forests, random
# forests, conditional random fields, superpixels), and to the outlook on instances.
#
# **Guess first** means: write it down before you run the next cell. `hint("11a")` helps with
# question 11a; asked again, it helps more.

# %%
from seglab.grading import check, hint, yours
from pathlib import Path
from time import perf_counter

import numpy as np
from scipy import ndimage, special
from skimage import segmentation
from sklearn import cluster, ensemble, tree

import seglab
from seglab import lab_models, objective, pages, plots, prediction

STUDENT = ""  # your student id: some questions have numbers of your own
DATA = Path(seglab.__file__).parents[1] / "data"

# %% [markdown]
# ## The rules of the game
#
# Every method gets the same 32 pages to learn from and the same 20 pages to be scored on, all of
# them 320 pixels high. `tested` takes a method, a function from a page to its labels, and notes its
# scores and its seconds. At the end the lecture's FCN plays, too. **Guess first:** the mean IoU of
# the one that ships is about 0.64 here. How near will the best of the old methods come?


# %%
def some_pages(split, step):
    """Every `step`-th page of a split, 320 pixels high."""
    files = pages.page_files(DATA / split)[::step]
    return [pages.scaled(pages.read_page(file), 320) for file in files]


# %%
board, found = {}, {}  # scores, and labels of the unseen pages, by method


def tested(name, method):
    """Label the unseen pages by a method; note and print its scores and seconds per page."""
    started = perf_counter()
    found[name] = [method(page) for page in unseen]
    seconds = (perf_counter() - started) / len(unseen)
    truth = np.concatenate([page.labels.ravel() for page in unseen])
    said = np.concatenate([labels.ravel() for labels in found[name]])
    board[name] = {**objective.scores(truth, said, 3), "seconds": seconds}
    print(f"{name:22}", *(f"{score} {value:.3f}  " for score, value in board[name].items()))


# %% tags=["aside"]
seen, unseen = some_pages("train", 5), some_pages("test", 2)
tested("all background", lambda page: np.zeros_like(page.labels))

# %% [markdown]
# ## Thresholds and histograms
#
# On a binary page a single pixel says nothing: ink is ink, in a letter and in a ship. What its
# **neighbourhood** says is more. The oldest feature of all is the *ink density*: the share of ink
# around a pixel, here by a Gaussian. **Guess first:** which class has most of it?


# %%
def density(page, sigma=4):
    """The share of ink around every pixel: (H, W)."""
    return ndimage.gaussian_filter(page.image[..., 0], sigma)


# %% tags=["aside"]
page = seen[8]
plots.feature_maps({"the page": page.image[..., 0], "density, 4 pixels": density(page)})

# %% [markdown]
# A threshold on the density cuts its range in two. A **histogram** may give each of its bins the
# class that most pixels in this bin have: that is a threshold wherever the class changes.
#
# ## 11a · A histogram and a threshold (3 points, *)
#
# The next cell shows how many pixels of each class fall into six bins of ink density, from no ink,
# bin 0, to much of it, bin 5. The numbers are your own. Find
#
# - `classes`: the class of each bin that makes most of its pixels right, six numbers 0, 1 or 2
#   (background, text, graphic), and `histogram_right`: how many pixels are right then;
# - `cut`: one threshold instead. Bins below `cut` are all called background, and bins from `cut` on
#   all text; nothing is called graphic. Which cut, 0 to 6, makes most pixels right? And
#   `threshold_right`: how many are that?
#
# Other names in the answer cell are steps on the way; use them or not.
#
# With three bins, background `(9, 2, 0)`, text `(1, 5, 1)` and graphic `(0, 1, 3)`: classes are
# `(0, 1, 2)` and make 17 right; the best cut is 1 and makes 9 + 6 = 15 right.

# %%
yours("11a")

# %% answer="11a"
table = np.array(yours("11a"))  # (class, bin)
### BEGIN SOLUTION
classes = table.argmax(0).tolist()
histogram_right = int(table.max(0).sum())
of_cuts = [int(table[0, :c].sum() + table[1, c:].sum()) for c in range(7)]
threshold_right = max(of_cuts)
cut = of_cuts.index(threshold_right)
### END SOLUTION

# %%
check("11a")

# %% [markdown]
# Now the same on real counts, with 30 bins. **Guess first:** will any bin become graphic?

# %% tags=["aside"]
limits = np.linspace(0, 0.6, 31)
dense = np.concatenate([density(page).ravel() for page in seen])
truth = np.concatenate([page.labels.ravel() for page in seen])
counts = np.array([np.histogram(dense[truth == c], limits)[0] for c in range(3)])
winners = counts.argmax(0)
tested("histogram", lambda page: winners[np.digitize(density(page), limits[1:-1])])
plots.density_histogram(limits, counts, winners)

# %% [markdown]
# Text is told from paper quite well. But graphics are as dense as text and rarer, and what is
# really black is background, the shadow around a book: so they win one narrow bin.
# *Over-represented classes are a problem* here, too: a rare class loses every vote that is close.
#
# ## K-means
#
# *Old-school: k-means.* Two features see more than one. Now each pixel is a point in a plane, and
# k-means looks for groups of points without knowing any labels:
#
# 1. every point goes to the nearest of k centres (straight distance: dx² + dy²);
# 2. every centre moves to the mean of its points, and so on from 1.
#
# ## 11b · One step by hand (3 points, **)
#
# The next cell shows six pixels with two features each, and two centres, 0 and 1. Give
#
# - `groups`: six numbers 0 or 1, the centre to which each pixel goes;
# - `first`, `second`: where centre 0 and centre 1 move, two numbers each (all are whole);
# - `changed`: somebody measures the **second** feature in millimetres instead of centimetres: all
#   its numbers, of pixels and of the old centres, are multiplied by 10. How many of the six pixels
#   go to another centre than in `groups`?
#
# Pixels `((0, 1), (2, 1), (6, 1), (8, 1))`, centres `((0, 1), (8, 0))`: groups are `(0, 0, 1, 1)`,
# the centres move to `(1, 1)` and `(7, 1)`, and `changed` is 2: the last two go over to centre 0.

# %%
yours("11b")

# %% answer="11b"
mine = yours("11b")  # so that you may write mine.pixels and mine.centres
### BEGIN SOLUTION
points = np.array(mine.pixels)
old = np.array(mine.centres)
groups = ((points[:, None] - old) ** 2).sum(-1).argmin(1)
first = points[groups == 0].mean(0)
second = points[groups == 1].mean(0)
stretched = (((points[:, None] - old) * (1, 10)) ** 2).sum(-1).argmin(1)
changed = int((stretched != groups).sum())
### END SOLUTION

# %%
check("11b")

# %% [markdown]
# So units decide what is near. That is why features are divided by their deviation first. Here are
# two features of real pixels: density near by and farther away. Roots spread the small numbers.


# %%
def near_and_far(page):
    """Two features of every pixel: roots of the density near by and farther away, (H, W, 2)."""
    return np.sqrt(np.stack([density(page, 2), density(page, 8)], -1))


# %% tags=["aside"]
points = np.concatenate([near_and_far(page)[::9, ::9].reshape(-1, 2) for page in seen])
truth = np.concatenate([page.labels[::9, ::9].ravel() for page in seen])
spread = points.std(0)
clusters = cluster.KMeans(5, n_init=1, random_state=0).fit(points / spread)
names = np.array([np.bincount(truth[clusters.labels_ == k]).argmax() for k in range(5)])


def by_clusters(page):
    """Labels: the class that most of the training pixels in a pixel's cluster have."""
    features = (near_and_far(page) / spread).reshape(-1, 2)
    return names[clusters.predict(features)].reshape(page.labels.shape)


print("classes of the five clusters:", names)
tested("k-means", by_clusters)
some, centres = slice(None, None, 25), clusters.cluster_centers_ * spread
plots.clusters(points[some], clusters.labels_[some], centres, axes=("near by", "farther away"))

# %% [markdown]
# K-means cuts the cloud into pieces; it does not look for classes, and there are no gaps between
# them that it could find. Labels are needed afterwards, to say which cluster is which.
#
# ## Edges
#
# *Old-school: edge detection.* Where does ink density change? The **Laplacian of a Gaussian** is
# negative where there is more ink than around, and its zero-crossings are closed contours (Marr &
# Hildreth 1980). With a Gaussian as wide as a stroke it finds letters; as wide as a line, lines.

# %% tags=["aside"]
ink = page.image[..., 0] > 0.3
inside = {}
for sigma in (2, 5):
    curvature = ndimage.gaussian_laplace(page.image[..., 0], sigma) * sigma**2
    inside[f"{sigma} px, filled"] = ndimage.binary_fill_holes(curvature < -0.02)
plots.smoothing(ink, inside)

# %% [markdown]
# ## Run-length smoothing
#
# The classic of pages: Wong, Casey & Wahl (1982). You have filled the gaps of rows in 1g. Here is
# the whole method. Take one row, 1 for ink, and fill gaps of at most 3:
#
# ```
# given     0 1 0 0 1 0 0 0 1 0 0 0 0 1 0
# smoothed  0 1 1 1 1 1 1 1 1 0 0 0 0 1 0
# ```
#
# Two and three pixels are filled, four are too many, and margins stay. On a page, rows alone tie
# columns together, and columns alone tie lines. What **both** have filled is a block.
#
# ## 11c · Smoothing a page (3 points, **)
#
# In: `ink` `(H, W)` bool, and two lengths. Out: `(H, W)` bool, made in this order:
#
# 1. *rows*: in every row of `ink`, fill gaps of at most `across` pixels;
# 2. *columns*: in every column of `ink` (the given one), fill gaps of at most `down` pixels;
# 3. keep what is ink in both;
# 4. in every row of that, fill gaps of at most `across // 2` pixels.
#
# A gap is a run of paper with ink at either end; margins are none. Start from your answer to 1g, or
# write it anew: **guess first**, can you do it without looking at single gaps?


# %% answer="11c"
def smoothed(ink, across, down):
    """Run-length smoothing: (H, W) bool -> (H, W) bool."""

    ### BEGIN SOLUTION
    def along(lines, gap):
        places = np.arange(lines.shape[1])
        left = np.maximum.accumulate(np.where(lines, places, -(10**6)), axis=1)
        right = np.minimum.accumulate(np.where(lines, places, 10**6)[:, ::-1], axis=1)[:, ::-1]
        return right - left <= gap + 1

    both = along(ink, across) & along(ink.T, down).T
    return along(both, across // 2)
    ### END SOLUTION


# %%
check("11c")

# %% [markdown]
# How long is a short gap? That depends on the type. So let us measure lengths in **lines**: the
# median height of the page's pieces of ink. **Guess first:** at which length does a paragraph
# become one block?


# %%
def line_height(ink):
    """The median height of the ink's connected pieces, specks left out."""
    numbers, _ = ndimage.label(ink, np.ones((3, 3)))
    heights = [box[0].stop - box[0].start for box in ndimage.find_objects(numbers)]
    return float(np.median([height for height in heights if height > 2] or [1]))


# %% tags=["aside"]
line = line_height(ink)
lengths = {f"{n} line{'s'[: n > 1]}": int(n * line) for n in (1, 2, 6)}
plots.smoothing(ink, {name: np.array(smoothed(ink, n, n)) for name, n in lengths.items()})

# %% [markdown]
# At one line, words become blocks; at six, the initial and the stamp are tied to the text. The
# short length is safer: first decide what each small block is, then join those of one class.
#
# ## 11d · What kind of block? (3 points, **)
#
# Wong, Casey & Wahl tell blocks apart by a few numbers. In: `blocks` `(H, W)`, 0 outside, 1 to n in
# blocks, and `ink` `(H, W)` bool, the page **before** smoothing. Out: `(n, 3)`, for each block
#
# - its *height*: the rows of its bounding box;
# - its *density*: its own ink, by the pixels of its bounding box;
# - its *mean run*: the mean length of the runs of its own ink along rows.
#
# Own ink is ink where `blocks` has this block's number; every block has some. In
#
# ```
# blocks  1 1 1 1 0 2    ink  1 1 0 1 0 1
#         1 1 1 1 0 2         1 0 0 1 0 1
#         0 0 0 0 0 2         0 0 0 0 0 1
# ```
#
# block 1 has height 2, density 5/8 and four runs, of length 2, 1, 1, 1: mean 1.25. Block 2 has
# height 3, density 1, mean run 1.


# %% answer="11d"
def measured(blocks, ink):
    """Height, density and mean run of n blocks: (H, W), (H, W) bool -> (n, 3)."""
    ### BEGIN SOLUTION
    table = []
    for number, box in enumerate(ndimage.find_objects(blocks), 1):
        own = ink[box] & (blocks[box] == number)
        starts = np.diff(own.astype(int), axis=1, prepend=0) == 1
        table.append((len(own), own.mean(), own.sum() / starts.sum()))
    return np.array(table)
    ### END SOLUTION


# %%
check("11d")

# %% [markdown]
# The thresholds on these numbers were once chosen by hand. A **decision tree** chooses them from
# labelled pages, and can be read aloud. It sees heights and runs in lines.


# %%
def line_blocks(page):
    """Blocks at a length of one line, and what is measured of them: (H, W), (n, 3)."""
    ink = page.image[..., 0] > 0.3
    line = line_height(ink)
    blocks, _ = ndimage.label(np.array(smoothed(ink, int(line), int(line))), np.ones((3, 3)))
    return blocks, np.array(measured(blocks, ink)) / (line, 1, line)


def true_classes(page, blocks):
    """The most frequent class in each block, and its pixels: (n,), (n,)."""
    numbers = range(1, blocks.max() + 1)
    counts = [ndimage.sum_labels(page.labels == c, blocks, numbers) for c in range(3)]
    return np.argmax(counts, 0), np.max(counts, 0)


# %% tags=["aside"]
blocked = [line_blocks(page) for page in seen]
taught = [true_classes(page, blocks) for page, (blocks, _) in zip(seen, blocked)]
classes_of_blocks, sizes = np.concatenate(taught, axis=1)
rules = tree.DecisionTreeClassifier(max_leaf_nodes=6, random_state=0)
rules.fit(np.concatenate([each for _, each in blocked]), classes_of_blocks, sample_weight=sizes)
print(tree.export_text(rules, feature_names=["height in lines", "density", "run in lines"]))

# %% [markdown]
# Read it aloud. A low block is text, unless its runs are long: then it is a rule, background. A
# high one is a graphic, unless it is nearly black, nearly empty, or as high as a page, as the black
# around a scan is. Last step: text grows together over white of a few lines, since region labels
# are generous, and so do graphics.


# %%
def by_blocks(page, gap=5):
    """Labels by run-length smoothing, the tree, and regions: (H, W)."""
    blocks, measures = line_blocks(page)
    kinds = np.append(0, rules.predict(measures))[blocks]
    size = int(gap * line_height(page.image[..., 0] > 0.3)) | 1
    text, graphic = (ndimage.grey_closing((kinds == c).astype("uint8"), size) for c in (1, 2))
    return np.where(graphic, 2, text)


# %% tags=["aside"]
tested("smoothing and a tree", by_blocks)
some = [unseen[i] for i in (0, 6, 14)]
plots.comparison(some, [[by_blocks(page) for page in some]], ["smoothing\nand a tree"])

# %% [markdown]
# A tree of six leaves, and it is not far from the FCN. But look at the second and the third page:
# a block is one thing or another as a whole, and one bad block is a large mistake.
#
# ## Superpixels
#
# *From the notes: superpixels (Felzenszwalb, quick shift, compact watershed), fed to a CRF or to
# graph cuts.* A superpixel is a small connected group of pixels that look alike. Who labels groups
# has a few hundred decisions to make, not 70,000. They all look for even colour, which a binary
# page has nowhere; so they are shown three densities of ink as if these were red, green and blue.


# %%
def colours(page):
    """Three densities of ink, as if they were red, green and blue: (H, W, 3)."""
    return np.sqrt(np.stack([density(page, sigma) for sigma in (1.5, 3, 6)], -1))


def slic(page):
    """SLIC's superpixels (k-means on colour and place), about 700 of them: (H, W)."""
    return segmentation.slic(colours(page), 700, compactness=0.1, convert2lab=False)


# %% tags=["aside"]
page, seen_as = unseen[0], colours(unseen[0])
steep = ndimage.gaussian_gradient_magnitude(density(page, 3), 1)
quick = {"ratio": 0.9, "kernel_size": 2, "max_dist": 5, "convert2lab": False, "rng": 0}
kinds = {"SLIC": slic(page)}
kinds["Felzenszwalb"] = segmentation.felzenszwalb(seen_as, scale=40, sigma=0, min_size=50)
kinds["quick shift"] = segmentation.quickshift(seen_as, **quick)
kinds["compact watershed"] = segmentation.watershed(steep, 700, compactness=1e-3)
part = slice(140, 270), slice(30, 160)
plots.borders(page.image[part], {name: each[part] for name, each in kinds.items()})

# %% [markdown]
# ## 11e · As good as it gets (3 points, **)
#
# Before we label superpixels, we ask what is lost already. Give each of them its **best** class: no
# classifier can reach more. Such a number is called an *oracle bound*.
#
# In: `labels` `(H, W)` uint8, 255 where a pixel is not scored, and `parts` `(H, W)`, the numbers of
# superpixels; they may start anywhere, and some may be missing. Out: the highest share of scored
# pixels, 0 to 1, that are right if all pixels of a superpixel get one class. There are three
# classes.
#
# ```
# labels  0 0 1 1    parts  7 7 3 3
#         0 1 1 1           7 7 3 3
#         2 2 2 1           4 4 4 4
# ```
#
# Superpixel 7 has 3 of 4 right as background, 3 has 4 of 4 as text, and 4 has 3 of 4 as graphic:
# 10/12.


# %% answer="11e"
def best_accuracy(labels, parts):
    """The share of pixels that are right if every superpixel has its best class."""
    ### BEGIN SOLUTION
    scored = labels < 3
    counts = np.zeros((parts.max() + 1, 3), int)
    np.add.at(counts, (parts[scored], labels[scored]), 1)
    return float(counts.max(axis=1).sum() / scored.sum())
    ### END SOLUTION


# %%
check("11e")

# %% [markdown]
# **Guess first:** can superpixels of ten by ten pixels lose less than the FCN's cells of eight by
# eight? The second number is *boundary recall*: the share of true borders between classes that lie
# at most two pixels from a border of superpixels.


# %%
def boundary_recall(labels, parts):
    """The share of the labels' borders that have a superpixel's border within two pixels."""
    near = ndimage.binary_dilation(segmentation.find_boundaries(parts), iterations=2)
    return near[segmentation.find_boundaries(labels)].mean()


# %% tags=["aside"]
rows, columns = np.indices(page.labels.shape)
cells = {"the FCN's cells, 8 x 8": rows // 8 * 1000 + columns // 8}
for name, parts in (cells | kinds).items():
    print(f"{name:24} {len(np.unique(parts)):5} parts", end="")
    print(f"   best accuracy {best_accuracy(page.labels, parts):.3f}", end="")
    print(f"   boundary recall {boundary_recall(page.labels, parts):.3f}")

# %% [markdown]
# Nearly all pixels *can* be right. But our labels are generous regions, whose borders follow no
# edge of ink, so even cells of eight pixels do as well; on photographs, where objects end at edges
# of colour, superpixels gain more. Mind the trap of a bound: cut any part in two, and it rises or
# stays. Compare bounds at equal numbers of parts only.
#
# ## Textons and a random forest
#
# *From the notes: semantic texton forests, random-forest pixel classifiers.* Filter a page with a
# bank of small filters, and every pixel has a list of numbers: how much ink around it, and how much
# it changes along rows and columns, at five scales. That is a **texton**, a small piece of texture.
# A random forest is some twenty decision trees, each grown on other pixels and features, that vote.
# (Shotton, Johnson & Cipolla 2008 compare pixels directly, which is quicker still.)


# %%
def textons(page, step=2):
    """Sixteen features of every second pixel: (H / 2, W / 2, 16)."""
    ink = page.image[..., 0]
    basis = [ink, *(abs(ndimage.sobel(ink, axis)) for axis in (0, 1))]
    maps = [ndimage.gaussian_filter(each, s) for s in (1, 2, 4, 8, 16) for each in basis]
    return np.stack([ink, *maps], -1)[::step, ::step]


def forest_scores(page):
    """The share of trees, more or less, for each class at every pixel: (H, W, 3)."""
    features = textons(page)
    scores = forest.predict_proba(features.reshape(-1, features.shape[-1]))
    scores = scores.reshape(*features.shape[:2], 3).repeat(2, 0).repeat(2, 1)
    return scores[: page.labels.shape[0], : page.labels.shape[1]]


# %% tags=["aside"]
features = np.concatenate([textons(page, 11).reshape(-1, 16) for page in seen])
truth = np.concatenate([page.labels[::11, ::11].ravel() for page in seen])
forest = ensemble.RandomForestClassifier(20, min_samples_leaf=5, random_state=0)
forest.fit(features, truth)
tested("random forest", lambda page: forest_scores(page).argmax(-1))

# %% [markdown]
# ## A conditional random field
#
# A forest asks each pixel by itself. But labels hang together: *neighbouring and similar-coloured
# pixels agree* (the notes on CRFs). A **conditional random field** says how good a whole labelling
# is, by its **energy**: the lower, the better.
#
# > energy = the cost of each pixel's class + `weight` for each pair of unlike neighbours
#
# The first sum is the *unary* term; a cost is −log of a class's score. The second is the *pairwise*
# term, called **Potts**. Neighbours share an edge, and each pair counts once. Two pixels side by
# side with costs (0, 2) for text and (3, 1) for background, and `weight` 2: the cheapest classes
# are text and background, which costs 0 + 1 + 2 = 3. Both text costs 0 + 2 + 0 = 2: the lowest.
#
# Who has 70,000 pixels cannot try all labellings. **Mean field** goes step by step: each pixel
# has a probability for each class, and hears those of its neighbours. One step for one pixel:
#
# - before the step, the probability of a class is in proportion to e^(−cost);
# - after it, to e^(−cost + `weight` · s); s is the sum of the neighbours' probabilities of this
#   class **before** the step.
#
# The right one of the two pixels: the left one is text with e⁰ / (e⁰ + e⁻³) = 0.953. So its
# text gets e^(−2 + 2 · 0.953) = 0.910 and its background e^(−1 + 2 · 0.047) = 0.404: it is text
# with 0.910 / 1.314 = 0.692. Before the step it was 0.269.
#
# ## 11f · Energy (3 points, ***)
#
# The next cells show a page of 3 × 3 pixels, your own: costs of both classes, and a `weight`. Find
#
# - `before`: the energy of the labelling in which each pixel has its cheaper class;
# - `lowest`: the lowest energy that any labelling has (by eye, or try all 512);
# - `middle`: the middle pixel's probability of **text** after one step, to three decimals.

# %%
tiny = yours("11f")
print("weight", tiny.weight)
plots.number_grids({"cost of background": np.array(tiny[0]), "cost of text": np.array(tiny[1])})

# %% answer="11f"
tiny = yours("11f")  # so that you may write tiny.weight
costs = np.array(tiny[:2])  # (class, 3, 3): background, text
### BEGIN SOLUTION
every = np.stack(np.unravel_index(range(512), [2] * 9), -1).reshape(-1, 3, 3)
unary = np.where(every == 1, costs[1], costs[0]).sum((1, 2))
unlike = sum(abs(np.diff(every, axis=axis)).sum((1, 2)) for axis in (1, 2))
energies = unary + tiny.weight * unlike
before = int(energies[(every == costs.argmin(0)).all((1, 2))][0])
lowest = int(energies.min())
said = special.softmax(-costs, axis=0)
told = said[:, [0, 1, 1, 2], [1, 0, 2, 1]].sum(1)
middle = float(special.softmax(-costs[:, 1, 1] + tiny.weight * told)[1])
### END SOLUTION

# %%
check("11f")

# %% [markdown]
# A *fully connected* CRF (Krähenbühl & Koltun 2011) makes all pixels neighbours, and lets a
# **Gaussian** of their distance say how much they count. Then one step is a blur of all scores, a
# sum, and a softmax, and each step is quick. A second Gaussian counts only pixels of similar
# colour, which helps a lot on photographs. **Guess first:** and on a page, black on white?


# %%
def blurred(scores, image, sigma, alike):
    """What those around say: Gaussian means of the scores; alike: ink asks ink, paper paper."""
    if not alike:
        return ndimage.gaussian_filter(scores, (sigma, sigma, 0))
    means = []
    for mask in (image > 0.5, image <= 0.5):
        total = ndimage.gaussian_filter(scores * mask, (sigma, sigma, 0))
        means.append(total / np.maximum(total.sum(-1, keepdims=True), 1e-6))
    return np.where(image > 0.5, *means)


# %%
def mean_field(scores, image, weight, sigma, alike=False, steps=5):
    """Scores (H, W, 3) that agree with those around them."""
    unary, said = np.log(np.maximum(scores, 1e-3)), scores
    for _ in range(steps):
        said = special.softmax(unary + weight * blurred(said, image, sigma, alike), axis=-1)
    return said


# %% tags=["aside"]
page = unseen[3]
scores = forest_scores(page)
labels = {"forest": scores.argmax(-1)}
for title, sigma, alike in ("near, 3", 3, False), ("far, 10", 10, False), ("far, alike", 10, True):
    labels[title] = mean_field(scores, page.image, 3, sigma, alike).argmax(-1)
for title, each in labels.items():
    print(f"{title:10} {(each == page.labels).mean():.1%} of the pixels are right", end=", ")
    print(f"{ndimage.label(each > 0)[1]:3} regions")
tested("forest and CRF", lambda page: mean_field(forest_scores(page), page.image, 3, 3).argmax(-1))
plots.labelled(page.image, {"ground truth": page.labels, **labels})

# %% [markdown]
# Few pixels change, but look at the regions: a narrow Gaussian wipes the specks away. A wide one
# gives more to the majority, and what is small is absorbed. And likeness is no great help here: the
# paper between two letters is as white as the margin. (DeepLab once put such a CRF behind its
# network: notebook 10.)
#
# ## Against the network
#
# Now the lecture's FCN and U-Net: yours, if you have kept one, else the shipped ones, which have
# learnt from 800 pages. **Guess first:** which of the old methods will be nearest to the FCN?


# %%
def by_network(name):
    """A trained model as a method, from a page to its labels."""
    model, height, _ = lab_models.load(name)
    prediction.labels(model, unseen[0].image, height)  # the first call compiles
    return lambda page: prediction.labels(model, page.image, height)


# %% tags=["aside"]
tested("FCN", by_network("fcn"))
tested("U-Net", by_network("unet"))
marks = {"FCN": "fcn", "U-Net": "unet"}  # their colours in all figures
rows = [(name, marks.get(name), each["seconds"], each["mean_iou"], None)
        for name, each in board.items()]  # fmt: skip
plots.systems(rows[1:])

# %% [markdown]
# **Guess first:** on how many of the 20 pages is run-length smoothing better than the FCN?

# %% tags=["aside"]
smoothing = [(by_blocks(page) == page.labels).mean() for page in unseen]
network = [np.mean(labels == page.labels) for labels, page in zip(found["FCN"], unseen)]
ahead = np.subtract(smoothing, network)
print(f"better on {sum(ahead > 0)} of {len(unseen)} pages, by {ahead.max():.0%} at most")
i = int(ahead.argmin())
print(f"at worst it has {smoothing[i]:.0%} of a page right, and the FCN {network[i]:.0%}:")
plots.error_maps(unseen[i], {name: found[name][i] for name in ("smoothing and a tree", "FCN")})

# %% [markdown]
# So what is the honest conclusion? On binary pages, a method of 1982 with six rules read off 32
# pages comes near the FCN, is better on many pages, and is as quick. It uses what somebody knew of
# the task: ink is black, paper is white, lines are straight and apart. Where that does not hold, it
# fails badly: here dirt and narrow gaps tie lines into high blocks, so most of the text is called
# graphic. No number of pages mends that; somebody has to think of another rule.
#
# The FCN knew nothing. It needed 800 pages, and gets better with more pages and with a better
# architecture: look at the U-Net. For grey or coloured pages it is trained anew, where run-length
# smoothing has to hope for a good threshold. So try the simple method first. It says how much there
# is to gain, and sometimes it will do.

# %% [markdown]
# ## Regions as things
#
# *Outlook slides: instance and panoptic segmentation.* All our labels say "text here"; none says
# *which* text. **Stuff** (paper, sky, grass) needs no more. **Things** can be counted: three
# pictures, twelve paragraphs. *Panoptic* segmentation gives every pixel a class, and every pixel of
# a thing the number of its thing, too.
#
# The simplest way from labels to things: each connected region of a class is one. Then a
# prediction is scored thing by thing. A predicted and a true thing **match** if their IoU is
# **above** 0.5 (then no thing can have two matches). Matches are TP, predicted things without one
# are FP, true things without one are FN, and the **panoptic quality** of a class is
#
# > PQ = sum of the matches' IoU / (TP + FP/2 + FN/2)
#
# ## 11g · Panoptic quality (3 points, ***)
#
# In: `true` and `predicted` `(H, W)`, whole numbers: 0 for nothing, and for each thing of the class
# a number of its own (numbers may be skipped, and differ on both sides). At least one side has
# something. Out: the PQ of this class, one number.
#
# ```
# true       1 1 1 1 0 2 2 0 0
# predicted  1 1 1 0 0 0 4 4 0
# ```
#
# True 1 and predicted 1 have an IoU of 3/4: a match. True 2 and predicted 4 have 1/3: none. So
# there are one TP, one FP, one FN, and PQ is 0.75 / (1 + 0.5 + 0.5) = 0.375.


# %% answer="11g"
def panoptic_quality(true, predicted):
    """PQ of one class: numbered things (H, W), twice -> a number."""
    ### BEGIN SOLUTION
    ious = []
    for thing in np.unique(true[true > 0]):
        for other in np.unique(predicted[(true == thing) & (predicted > 0)]):
            pair = np.array([true == thing, predicted == other])
            ious.append(pair.all(0).sum() / pair.any(0).sum())
    # TP + FP/2 + FN/2: each match has a thing on either side, so it is half of all things.
    things = sum(len(np.unique(side[side > 0])) for side in (true, predicted))
    return float(sum(iou for iou in ious if iou > 0.5) / (things / 2))
    ### END SOLUTION


# %%
check("11g")

# %% [markdown]
# **Guess first:** the FCN has more than eight of ten pixels right. How high is its PQ of text?


# %%
def things(labels, of_class):
    """The connected regions of a class, numbered: (H, W)."""
    return ndimage.label(labels == of_class, np.ones((3, 3)))[0]


# %% tags=["aside"]
for name, predicted in found.items():
    qualities = {}
    for title, c in {"text": 1, "graphic": 2}.items():
        pairs = [(things(page.labels, c), things(each, c)) for page, each in zip(unseen, predicted)]
        qualities[title] = np.mean([panoptic_quality(*pair) for pair in pairs if np.any(pair)])
    print(f"{name:22}", *(f"PQ of {title} {value:.2f}  " for title, value in qualities.items()))
page, labels = unseen[14], found["FCN"][14]
both = {"true regions of text": things(page.labels, 1), "the FCN's": things(labels, 1)}
plots.instances(both, page.image)

# %% [markdown]
# Far lower. One bridge of a few pixels joins two columns, and both are lost; each speck is an
# invented thing. Pixel accuracy hardly sees either: the CRF, which seemed to bring so little, makes
# regions out of specks, and the U-Net, so far ahead in pixels, is not ahead in paragraphs. Where
# two *true* things touch, like people in a crowd, connected regions cannot part them at all.
#
# ## What Mask R-CNN would need
#
# *Outlook slides: Mask R-CNN is Faster R-CNN plus a mask module.* It parts things because it begins
# with boxes, and a box belongs to one thing:
#
# 1. a **backbone**, pre-trained on ImageNet, makes maps of features;
# 2. a **region proposal network** says for tens of thousands of boxes (anchors) whether they hold a
#    thing, and corrects the best of them; those that overlap much are thinned out;
# 3. **RoIAlign** cuts the features of each box out and brings them to one size, by bilinear
#    interpolation (5a): rounding to whole cells would shift a mask by half a cell;
# 4. three **heads** for each box: a class, a better box, and a mask, 28 × 28 in the paper, with a
#    **sigmoid** for each class (7e), so that classes do not compete within a box.
#
# Steps 1 and 2 are the first *stage*, 3 and 4 the second. **One-stage** detectors (YOLO, SSD,
# RetinaNet) leave the proposals out and say class and box for each cell at once: quicker, and for
# long less exact. **Panoptic** systems join both: things by a detector, stuff by a network like
# ours.
#
# Why is it not in this lab? Its labels are boxes and masks of single things, and ours would only be
# the connected regions from above, with their mistakes. It has five losses to be balanced, and it
# needs a pre-trained backbone and days on GPUs, not minutes on two cores. Half of it, without
# proposals or without pre-training, would be another model under its name. To *use* it, take a
# well-kept one: torchvision and Detectron2 have it with trained weights.

# %% [markdown]
# ## 11r · In your own words (no points)
#
# A library has 50,000 binary pages of one newspaper from 1880, and no GPU. You may label 30 pages.
# Would you take a method from this notebook or a network? What would you measure before you
# decide, and what could change your mind? (3 to 5 sentences)

# %% [markdown] reflection="11r"
# I would begin with run-length smoothing and a tree: one newspaper has one layout, so lengths and
# rules learnt from 20 pages should hold for the others, and a page takes a few hundredths of a
# second. The other 10 pages are for scores, IoU of each class and not accuracy alone, and I would
# look at the worst pages first: newspapers have rules and narrow gaps between columns, which is
# where smoothing ties things together. If that happens often, I would train the lecture's networks
# on the same 20 pages, start from the shipped weights, and compare on the same 10. If articles have
# to be told apart, and not only text from pictures, I would need labels of things, and PQ.

# %% [markdown]
# ## What you can do now
#
# You can segment a page in five ways without a network, say what each of them knows about pages,
# give a bound to superpixels, an energy to a labelling and a quality to things. And when somebody
# shows you a network, you know what to ask: better than which simple method, on which pages?
#
# Next: [12 · Transfer learning](12_transfer_learning.ipynb)
