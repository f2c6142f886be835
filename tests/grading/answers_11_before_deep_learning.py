"""Answers to notebook 11, on histograms and k-means: planted mistakes, and other right styles."""

# %% one bin after the other question="11a" points=3
table = yours("11a")
bins = list(zip(*table))
classes = [max(range(3), key=lambda c: each[c]) for each in bins]
histogram_right = sum(max(each) for each in bins)
rights = [sum(table[0][:c]) + sum(table[1][c:]) for c in range(7)]
threshold_right = max(rights)
cut = float(rights.index(threshold_right))

# %% rare graphics count three times question="11a" points=0
table = np.array(yours("11a"))
classes = (table * [[1], [1], [3]]).argmax(0).tolist()

# %% all pixels of the bins question="11a" points=0
histogram_right = int(np.array(yours("11a")).sum())

# %% the classes of a threshold question="11a" points=0
classes = [0, 0, 1, 1, 1, 1]

# %% the cut one bin too late question="11a" points=0
cut = cut % 6 + 1

# %% graphics are right, too question="11a" points=0
threshold_right = threshold_right + sum(yours("11a").graphic)

# %% the histogram's own score question="11a" points=0
threshold_right = histogram_right

# %% in plain Python question="11b" points=3
mine = yours("11b")


def nearest(pixel, scale=1):
    to = [(pixel[0] - x) ** 2 + scale**2 * (pixel[1] - y) ** 2 for x, y in mine.centres]
    return to.index(min(to))


groups = [nearest(pixel) for pixel in mine.pixels]
first, second = (
    [sum(p[k] for p, g in zip(mine.pixels, groups) if g == n) / groups.count(n) for k in (0, 1)]
    for n in (0, 1)
)
changed = sum(nearest(pixel) != nearest(pixel, 10) for pixel in mine.pixels)

# %% the second feature alone question="11b" points=0
mine = yours("11b")
groups = abs(np.array(mine.pixels)[:, None, 1] - np.array(mine.centres)[:, 1]).argmin(1)

# %% groups the wrong way round question="11b" points=0
groups = 1 - np.array(groups)

# %% centres numbered from 1 question="11b" points=0
groups = np.array(groups) + 1

# %% sums instead of means question="11b" points=0
mine = yours("11b")
first = tuple(np.array(mine.pixels)[np.array(groups) == 0].sum(0).tolist())
second = tuple(np.array(mine.pixels)[np.array(groups) == 1].sum(0).tolist())

# %% the old centre counts as a pixel question="11b" points=0
mine = yours("11b")
own = np.array(mine.pixels)[np.array(groups) == 0]
first = np.rint((own.sum(0) + mine.centres[0]) / (len(own) + 1)).astype(int).tolist()

# %% all six pixels change question="11b" points=0
changed = 6

# %% the pixels scaled, the centres not question="11b" points=0
changed = int((groups != ((points * (1, 10) - old[:, None]) ** 2).sum(-1).argmin(0)).sum()) + 6
