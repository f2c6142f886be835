"""Answers to notebook 7 from the loss on: planted mistakes, and other right styles."""


# %% both terms, written out question="7e" points=3
def sigmoid_loss(labels, scores):
    y, p = labels.ravel().astype(float), scores.ravel().astype(float)
    return -(y * np.log(p) + (1 - y) * np.log(1 - p)).sum() / y.size


# %% by Keras question="7e" points=3
def sigmoid_loss(labels, scores):
    return keras.losses.BinaryCrossentropy()(labels[..., None], scores)


# %% a slow loop question="7e" points=3
def sigmoid_loss(labels, scores):
    total = 0.0
    for label, score in zip(labels.ravel(), scores.ravel()):
        total -= np.log(score if label else 1 - score)
    return total / labels.size


# %% the minus sign forgotten question="7e" points=0
def sigmoid_loss(labels, scores):
    p = scores[..., 0]
    return np.log(np.where(labels == 1, p, 1 - p)).mean()


# %% class 1 alone question="7e" points=0
def sigmoid_loss(labels, scores):
    return -(labels * np.log(scores[..., 0])).mean()


# %% the sum question="7e" points=0
def sigmoid_loss(labels, scores):
    p = scores[..., 0]
    return -np.log(np.where(labels == 1, p, 1 - p)).sum()


# %% every label meets every score question="7e" points=0
def sigmoid_loss(labels, scores):
    labels = labels.reshape(1, -1)
    p = scores.reshape(-1, 1)
    return -(labels * np.log(p) + (1.0 - labels) * np.log(1 - p)).mean()


# %% logarithms of numbers below 0 question="7e" points=0
def sigmoid_loss(labels, scores):
    with np.errstate(invalid="ignore"):
        return -np.log(scores[..., 0] - 1 + labels).mean()


# %% a pixel of its own for every image question="7e" points=0
def sigmoid_loss(labels, scores):
    p = scores[..., 0]
    return -np.log(np.where(labels == 1, p, 1 - p)).mean(axis=0)


# %% as arrays of NumPy question="7f" points=2
sides = np.ceil(np.array([sheet.rows, sheet.columns]) / 16).astype(int) * 16
fitted = sides
cropped = sides.prod() - sheet.rows * sheet.columns
kept = sides.prod() * 30

# %% multiples of 8 question="7f" points=0
fitted = (sheet.rows + -sheet.rows % 8 + 8, sheet.columns + -sheet.columns % 8 + 8)

# %% multiples of 32 question="7f" points=0
fitted = (sheet.rows + -sheet.rows % 32 + 32, sheet.columns + -sheet.columns % 32 + 32)

# %% a further cell even where all fit question="7f" points=0
fitted = (sheet.rows // 16 * 16 + 16, sheet.columns // 16 * 16 + 16)

# %% columns first question="7f" points=0
fitted = fitted[::-1]

# %% cropped before, not padded question="7f" points=0
fitted = (sheet.rows // 16 * 16, sheet.columns // 16 * 16)

# %% the way up is kept, too question="7f" points=0
fitted = (sheet.rows + -sheet.rows % 16, sheet.columns + -sheet.columns % 16)
cropped = fitted[0] * fitted[1] - sheet.rows * sheet.columns
kept = sum(fitted[0] * fitted[1] // 4**level * 16 * 2**level for level in range(5))

# %% halves without quarters question="7f" points=0
fitted = (sheet.rows + -sheet.rows % 16, sheet.columns + -sheet.columns % 16)
cropped = fitted[0] * fitted[1] - sheet.rows * sheet.columns
kept = fitted[0] * fitted[1] * 16 * 4

# %% only what is added below question="7f" points=0
fitted = (sheet.rows + -sheet.rows % 16, sheet.columns + -sheet.columns % 16)
cropped = (-sheet.rows % 16) * (-sheet.columns % 16)

# %% level by level, all sizes on paper question="7g" points=3
lost, side, sides = 2 * (net.kernel - 1), net.size, []
for _ in range(net.pools):
    sides.append(side - lost)
    side = sides[-1] // 2
side -= lost
for _ in sides:
    came, side = 2 * side, 2 * side - lost
output, cut, larger = side, (sides[0] - came) // 2, net.size + 2**net.pools

# %% as if it were padded question="7g" points=0
output, cut = net.size, 0

# %% one convolution on each level question="7g" points=0
side = net.size
for _ in range(net.pools):
    side = (side - net.kernel + 1) // 2
for _ in range(net.pools):
    side = 2 * (side - net.kernel + 1)
output = side - net.kernel + 1

# %% both ends together question="7g" points=0
cut = 2 * cut

# %% compared with the image, not with c1 question="7g" points=0
cut = (net.size - output) // 2

# %% the next even number question="7g" points=0
larger = net.size + 2

# %% twice as far as need be question="7g" points=0
larger = net.size + 2 * 2**net.pools


# %% a loop, and the last tile ends with the page question="7h" points=4
def tile_starts(length, tile, margin):
    starts, covered = [], 0
    while covered < length:
        starts.append(covered - margin)
        covered += tile - 2 * margin
    if len(starts) > 1:
        starts[-1] = length - tile + margin
    return starts


# %% NumPy question="7h" points=4
def tile_starts(length, tile, margin):
    return np.arange(-margin, length - margin, tile - 2 * margin)


# %% side by side, without an overlap question="7h" points=0
def tile_starts(length, tile, margin):
    return list(range(-margin, length, tile))


# %% the first at the page's first pixel question="7h" points=0
def tile_starts(length, tile, margin):
    return list(range(0, length, tile - 2 * margin))


# %% only tiles that lie on the page question="7h" points=0
def tile_starts(length, tile, margin):
    return list(range(0, length - tile + 1, tile - 2 * margin)) or [0]


# %% one margin is forgotten question="7h" points=0
def tile_starts(length, tile, margin):
    return list(range(-margin, length - margin, tile - margin))


# %% one tile too many where it comes out even question="7h" points=0
def tile_starts(length, tile, margin):
    middle = tile - 2 * margin
    return [i * middle - margin for i in range(length // middle + 1)]


# %% half of a middle question="7h" points=0
def tile_starts(length, tile, margin):
    return list(range(-margin, length - margin, (tile - 2 * margin) // 2))
