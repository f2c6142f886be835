"""Answers to notebook 1: planted mistakes with the points they deserve, and other right styles."""


# %% a slow loop question="1a" points=3
def one_hot(labels, num_classes):
    channels = np.zeros((*labels.shape, num_classes))
    for row in range(labels.shape[0]):
        for column in range(labels.shape[1]):
            channels[row, column, labels[row, column]] = 1
    return channels


# %% Keras's own question="1a" points=3
def one_hot(labels, num_classes):
    import keras

    return keras.ops.one_hot(labels, num_classes)


# %% the classes in front question="1a" points=0
def one_hot(labels, num_classes):
    return np.stack([labels == c for c in range(num_classes)])


# %% as many channels as the largest class asks for question="1a" points=0
def one_hot(labels, num_classes):
    return np.eye(labels.max() + 1)[labels]


# %% class numbers instead of ones question="1a" points=0
def one_hot(labels, num_classes):
    return (labels[..., None] == np.arange(num_classes)) * labels[..., None]


# %% counts of all at once question="1b" points=3
def class_shares(labels, num_classes):
    counts = np.bincount(labels.ravel(), minlength=256)[:num_classes]
    return counts / counts.sum()


# %% a loop over pixels question="1b" points=3
def class_shares(labels, num_classes):
    counts = [0] * num_classes
    for label in labels.ravel():
        if label != 255:
            counts[label] += 1
    return [count / sum(counts) for count in counts]


# %% shares of all pixels, scored or not question="1b" points=0
def class_shares(labels, num_classes):
    return np.array([(labels == c).mean() for c in range(num_classes)])


# %% counts, not shares question="1b" points=0
def class_shares(labels, num_classes):
    return np.array([(labels == c).sum() for c in range(num_classes)])


# %% 255 taken for background question="1b" points=0
def class_shares(labels, num_classes):
    known = np.where(labels == 255, 0, labels)
    return np.array([(known == c).mean() for c in range(num_classes)])


# %% only as many as the classes that occur question="1b" points=0
def class_shares(labels, num_classes):
    scored = labels[labels != 255]
    return np.bincount(scored) / scored.size


# %% in percent question="1c" points=0
pixels = sea.height * sea.width
lazy_accuracy, keen_accuracy = 100 - 100 * sea.ship / pixels, 100 - 100 * sea.extra / pixels
lazy_mean_iou, keen_mean_iou = 47.5, 50

# %% forgets that the sea around the ship was right question="1c" points=0
pixels = sea.height * sea.width
lazy_accuracy, lazy_mean_iou = 1 - sea.ship / pixels, (1 - sea.ship / pixels) / 2
keen_accuracy = sea.ship / (sea.ship + sea.extra)
keen_mean_iou = (keen_accuracy + 1 - sea.extra / (pixels - sea.ship)) / 2

# %% three decimals question="1c" points=3
lazy_accuracy, lazy_mean_iou = round(lazy_accuracy, 3), round(lazy_mean_iou, 3)
keen_accuracy, keen_mean_iou = round(keen_accuracy, 3), round(keen_mean_iou, 3)

# %% rounded too much question="1c" points=0
keen_mean_iou = round(keen_mean_iou, 2)

# %% the IoU of the ship alone question="1c" points=0
pixels = sea.height * sea.width
lazy_accuracy, keen_accuracy = 1 - sea.ship / pixels, 1 - sea.extra / pixels
lazy_mean_iou, keen_mean_iou = 0, sea.ship / (sea.ship + sea.extra)

# %% Dice for IoU question="1c" points=0
pixels = sea.height * sea.width
lazy_accuracy, keen_accuracy = 1 - sea.ship / pixels, 1 - sea.extra / pixels
lazy_mean_iou = lazy_accuracy / (1 + lazy_accuracy)
keen_mean_iou = 2 * sea.ship / (2 * sea.ship + sea.extra) / 2 + 0.5

# %% the two scores swapped question="1d" points=0
predicted = (own.image[..., 0] > 0.5).astype("uint8")
area_accuracy = accuracy(own_ink.labels, predicted)
ink_accuracy = accuracy(own.labels, predicted)

# %% in percent question="1d" points=0
area_accuracy, ink_accuracy = 100 * area_accuracy, 100 * ink_accuracy

# %% two decimals question="1d" points=0
area_accuracy, ink_accuracy = round(area_accuracy, 2), round(ink_accuracy, 2)

# %% three decimals question="1d" points=2
area_accuracy, ink_accuracy = round(area_accuracy, 3), round(ink_accuracy, 3)

# %% background everywhere question="1d" points=0
area_accuracy = accuracy(own.labels, np.zeros_like(own.labels))
ink_accuracy = accuracy(own_ink.labels, np.zeros_like(own.labels))

# %% 255 counts as wrong question="1d" points=0
predicted = (own.image[..., 0] > 0.5).astype("uint8")
area_accuracy = accuracy(own.labels, predicted)
ink_accuracy = float((own_ink.labels == predicted).mean())

# %% the left one of two question="1e" points=0
nearest = row[::2]
averaged = [(left + right) // 2 for left, right in zip(row[::2], row[1::2])]
invented = sum(new not in row[2 * i : 2 * i + 2] for i, new in enumerate(averaged))

# %% compares with the whole row question="1e" points=0
nearest = row[1::2]
averaged = [(left + right) // 2 for left, right in zip(row[::2], row[1::2])]
invented = sum(new not in row for new in averaged)

# %% as arrays question="1e" points=2
nearest = np.array(row)[1::2]
averaged = np.array(row).reshape(6, 2).mean(1)
invented = np.count_nonzero(averaged != nearest)


# %% from the histogram, without a loop question="1f" points=4
def otsu_ink(grey):
    counts = np.bincount(grey.ravel(), minlength=256)
    below, sum_below = np.cumsum(counts)[:-1], np.cumsum(counts * np.arange(256))[:-1]
    above, sum_above = grey.size - below, grey.sum() - sum_below
    means = sum_below / np.maximum(below, 1) - sum_above / np.maximum(above, 1)
    return grey <= np.argmax(below * above * means**2)


# %% the least variance within, a list question="1f" points=4
def otsu_ink(grey):
    def within(t):
        ink, paper = grey[grey < t], grey[grey >= t]
        return ink.size * ink.var() + paper.size * paper.var()

    return (grey < min(range(int(grey.min()) + 1, int(grey.max()) + 1), key=within)).tolist()


# %% light is ink question="1f" points=0
def otsu_ink(grey):
    from skimage.filters import threshold_otsu

    return grey > threshold_otsu(grey)


# %% halfway between darkest and lightest question="1f" points=0
def otsu_ink(grey):
    return grey < (int(grey.min()) + int(grey.max())) / 2


# %% the threshold's own level, too question="1f" points=0
def otsu_ink(grey):
    def between(t):
        ink, paper = grey[grey < t], grey[grey >= t]
        return ink.size * paper.size * (ink.mean() - paper.mean()) ** 2

    return grey <= max(range(int(grey.min()) + 1, int(grey.max()) + 1), key=between)


# %% no weights question="1f" points=0
def otsu_ink(grey):
    levels = range(int(grey.min()) + 1, int(grey.max()) + 1)
    return grey < max(levels, key=lambda t: grey[grey >= t].mean() - grey[grey < t].mean())


# %% the threshold itself, not the ink question="1f" points=0
def otsu_ink(grey):
    from skimage.filters import threshold_otsu

    return threshold_otsu(grey)


# %% leaves out the last threshold question="1f" points=3
def otsu_ink(grey):
    best, threshold = 0, 0
    for t in range(1, 255):
        ink, paper = grey[grey < t], grey[grey >= t]
        if ink.size and paper.size:
            between = ink.size * paper.size * (ink.mean() - paper.mean()) ** 2
            if between > best:
                best, threshold = between, t
    return grey < threshold


# %% distances to both sides question="1g" points=4
def smeared(ink, gap):
    columns = np.arange(ink.shape[1])
    left = np.maximum.accumulate(np.where(ink, columns, -(10**6)), axis=1)
    right = np.minimum.accumulate(np.where(ink, columns, 10**6)[:, ::-1], axis=1)[:, ::-1]
    return ink | (right - left - 1 <= gap)


# %% text and a pattern question="1g" points=4
def smeared(ink, gap):
    import re

    lines = ["".join("01"[pixel] for pixel in row.astype(int)) for row in ink]
    pattern = re.compile(rf"(?<=1)0{{1,{gap}}}(?=1)") if gap else re.compile("$^")
    filled = [pattern.sub(lambda run: "1" * len(run[0]), line) for line in lines]
    return np.array([[pixel == "1" for pixel in line] for line in filled])


# %% writes into what it is given question="1g" points=4
def smeared(ink, gap):
    for row in ink:
        places = np.flatnonzero(row)
        for left, right in zip(places[:-1], places[1:]):
            if right - left - 1 <= gap:
                row[left:right] = True
    return ink


# %% fills shorter gaps only question="1g" points=0
def smeared(ink, gap):
    filled = ink.copy()
    for before, after in zip(ink, filled):
        places = np.flatnonzero(before)
        for left, right in zip(places[:-1], places[1:]):
            if right - left - 1 < gap:
                after[left:right] = True
    return filled


# %% the margins, too question="1g" points=0
def smeared(ink, gap):
    filled = ink.copy()
    for before, after in zip(ink, filled):
        places = [-1, *np.flatnonzero(before), len(before)]
        for left, right in zip(places[:-1], places[1:]):
            if right - left - 1 <= gap:
                after[left + 1 : right] = True
    return filled


# %% down the columns question="1g" points=0
def smeared(ink, gap):
    return ndimage.binary_closing(np.pad(ink, gap), np.ones((gap + 1, 1)))[gap:-gap, gap:-gap]


# %% changes nothing question="1g" points=0
def smeared(ink, gap):
    return ink


# %% a row without ink fails question="1g" points=3
def smeared(ink, gap):
    filled = ink.copy()
    for before, after in zip(ink, filled):
        last = np.flatnonzero(before)[0]
        for place in np.flatnonzero(before):
            if place - last - 1 <= gap:
                after[last:place] = True
            last = place
    return filled


# %% boxes by SciPy question="1h" points=4
def block_labels(blocks):
    boxes = ndimage.find_objects(blocks)
    heights = [rows.stop - rows.start for rows, _ in boxes]
    tall = 3 * sorted(heights)[len(heights) // 2] if len(heights) % 2 else 3 * np.median(heights)
    classes = [0]
    for (rows, columns), height in zip(boxes, heights):
        inner = rows.start > 0 and columns.start > 0
        inner = inner and rows.stop < blocks.shape[0] and columns.stop < blocks.shape[1]
        classes.append((2 if height > tall else 1) if inner else 0)
    return np.array(classes)[blocks]


# %% the mean for the median question="1h" points=0
def block_labels(blocks):
    heights = [rows.stop - rows.start for rows, _ in ndimage.find_objects(blocks)]
    classes = np.where(np.array(heights) > 3 * np.mean(heights), 2, 1)
    classes[np.unique(np.r_[blocks[0], blocks[-1], blocks[:, 0], blocks[:, -1]])[1:] - 1] = 0
    return np.r_[0, classes][blocks]


# %% no thought of the edge question="1h" points=0
def block_labels(blocks):
    heights = [rows.stop - rows.start for rows, _ in ndimage.find_objects(blocks)]
    return np.r_[0, np.where(np.array(heights) > 3 * np.median(heights), 2, 1)][blocks]


# %% text and graphic swapped question="1h" points=0
def block_labels(blocks):
    heights = [rows.stop - rows.start for rows, _ in ndimage.find_objects(blocks)]
    classes = np.where(np.array(heights) > 3 * np.median(heights), 1, 2)
    classes[np.unique(np.r_[blocks[0], blocks[-1], blocks[:, 0], blocks[:, -1]])[1:] - 1] = 0
    return np.r_[0, classes][blocks]


# %% a height without its first row question="1h" points=0
def block_labels(blocks):
    heights = [rows.stop - rows.start - 1 for rows, _ in ndimage.find_objects(blocks)]
    classes = np.where(np.array(heights) > 3 * np.median(heights), 2, 1)
    classes[np.unique(np.r_[blocks[0], blocks[-1], blocks[:, 0], blocks[:, -1]])[1:] - 1] = 0
    return np.r_[0, classes][blocks]


# %% the upper and the left edge alone question="1h" points=0
def block_labels(blocks):
    heights = [rows.stop - rows.start for rows, _ in ndimage.find_objects(blocks)]
    classes = np.where(np.array(heights) > 3 * np.median(heights), 2, 1)
    classes[np.unique(np.r_[0, blocks[0], blocks[:, 0]])[1:] - 1] = 0
    return np.r_[0, classes][blocks]


# %% as tall as the limit question="1h" points=0
def block_labels(blocks):
    heights = [rows.stop - rows.start for rows, _ in ndimage.find_objects(blocks)]
    classes = np.where(np.array(heights) >= 3 * np.median(heights), 2, 1)
    classes[np.unique(np.r_[blocks[0], blocks[-1], blocks[:, 0], blocks[:, -1]])[1:] - 1] = 0
    return np.r_[0, classes][blocks]


# %% twice the median question="1h" points=0
def block_labels(blocks):
    heights = [rows.stop - rows.start for rows, _ in ndimage.find_objects(blocks)]
    classes = np.where(np.array(heights) > 2 * np.median(heights), 2, 1)
    classes[np.unique(np.r_[blocks[0], blocks[-1], blocks[:, 0], blocks[:, -1]])[1:] - 1] = 0
    return np.r_[0, classes][blocks]


# %% the median without the blocks at the edge question="1h" points=0
def block_labels(blocks):
    at_edge = np.unique(np.r_[blocks[0], blocks[-1], blocks[:, 0], blocks[:, -1]])
    heights = np.array([rows.stop - rows.start for rows, _ in ndimage.find_objects(blocks)])
    inner = ~np.isin(np.arange(1, blocks.max() + 1), at_edge)
    classes = np.where(heights > 3 * np.median(heights[inner]), 2, 1)
    return np.r_[0, np.where(inner, classes, 0)][blocks]
