"""Answers to 10e and 10g, bins and separable layers: planted mistakes, and other right styles."""


# %% plain loops and fractions question="10e" points=4
def pyramid_level(features, bins):
    def touched(length, i):
        first, last = i * length / bins, (i + 1) * length / bins
        return [c for c in range(length) if c + 1 > first + 1e-9 and c < last - 1e-9]

    height, width, channels = features.shape
    level = []
    for i in range(bins):
        level.append([])
        for j in range(bins):
            cells = [features[r, c] for r in touched(height, i) for c in touched(width, j)]
            level[-1].append(sum(cells) / len(cells))
    return np.array(level)


# %% np.floor and np.ceil question="10e" points=4
def pyramid_level(features, bins):
    height, width, _ = features.shape
    tops, lefts = (np.floor(np.arange(bins) * n / bins).astype(int) for n in (height, width))
    ends, rights = (np.ceil(np.arange(1, bins + 1) * n / bins).astype(int) for n in (height, width))
    parts = [
        [features[top:end, left:right].mean(axis=(0, 1)) for left, right in zip(lefts, rights)]
        for top, end in zip(tops, ends)
    ]
    return keras.ops.convert_to_tensor(np.array(parts))


# %% the rest is dropped question="10e" points=0
def pyramid_level(features, bins):
    height, width, channels = features.shape
    tall, wide = height // bins, width // bins
    cut = features[: tall * bins, : wide * bins]
    return cut.reshape(bins, tall, bins, wide, channels).mean(axis=(1, 3))


# %% the last bin takes the rest question="10e" points=0
def pyramid_level(features, bins):
    rows, columns = (np.arange(bins + 1) * (n // bins) for n in features.shape[:2])
    rows[-1], columns[-1] = features.shape[:2]
    return np.array(
        [
            [
                features[rows[i] : rows[i + 1], columns[j] : columns[j + 1]].mean((0, 1))
                for j in range(bins)
            ]
            for i in range(bins)
        ]
    )


# %% each cell belongs to one bin question="10e" points=0
def pyramid_level(features, bins):
    rows, columns = (np.arange(n) * bins // n for n in features.shape[:2])
    return np.array(
        [
            [features[rows == i][:, columns == j].mean((0, 1)) for j in range(bins)]
            for i in range(bins)
        ]
    )


# %% bins rounded up question="10e" points=0
def pyramid_level(features, bins):
    tall, wide = (-(-n // bins) for n in features.shape[:2])
    return np.array(
        [
            [
                features[i * tall : (i + 1) * tall, j * wide : (j + 1) * wide].mean((0, 1))
                for j in range(bins)
            ]
            for i in range(bins)
        ]
    )


# %% sums question="10e" points=0
def pyramid_level(features, bins):
    height, width, channels = features.shape
    level = np.zeros((bins, bins, channels))
    for i in range(bins):
        for j in range(bins):
            rows = slice(i * height // bins, -(-(i + 1) * height // bins))
            columns = slice(j * width // bins, -(-(j + 1) * width // bins))
            level[i, j] = features[rows, columns].sum((0, 1))
    return level


# %% the largest, not the mean question="10e" points=0
def pyramid_level(features, bins):
    height, width, channels = features.shape
    level = np.zeros((bins, bins, channels))
    for i in range(bins):
        for j in range(bins):
            rows = slice(i * height // bins, -(-(i + 1) * height // bins))
            columns = slice(j * width // bins, -(-(j + 1) * width // bins))
            level[i, j] = features[rows, columns].max((0, 1))
    return level


# %% channels averaged, too question="10e" points=0
def pyramid_level(features, bins):
    height, width, channels = features.shape
    level = np.zeros((bins, bins, channels))
    for i in range(bins):
        for j in range(bins):
            rows = slice(i * height // bins, -(-(i + 1) * height // bins))
            columns = slice(j * width // bins, -(-(j + 1) * width // bins))
            level[i, j] = features[rows, columns].mean()
    return level


# %% rows and columns change places question="10e" points=0
def pyramid_level(features, bins):
    height, width, channels = features.shape
    level = np.zeros((bins, bins, channels))
    for i in range(bins):
        for j in range(bins):
            rows = slice(i * height // bins, -(-(i + 1) * height // bins))
            columns = slice(j * width // bins, -(-(j + 1) * width // bins))
            level[j, i] = features[rows, columns].mean((0, 1))
    return level


# %% a bin has at least the cells of a size question="10e" points=3
def pyramid_level(features, bins):
    height, width, channels = features.shape
    bins_there = min(bins, height, width)
    level = np.zeros((bins, bins, channels))
    for i in range(bins_there):
        for j in range(bins_there):
            rows = slice(i * height // bins, -(-(i + 1) * height // bins))
            columns = slice(j * width // bins, -(-(j + 1) * width // bins))
            level[i, j] = features[rows, columns].mean((0, 1))
    return level


# %% asked of Keras question="10g" points=2
layer = yours("10g")
made = [kind(layer.filters, 3, padding="same") for kind in (Conv2D, SeparableConv2D)]
for each in made:
    each.build((None, None, None, layer.channels))
ordinary, separable = (each.count_params() for each in made)
work, work_separable = ((n - layer.filters) * layer.side**2 for n in (ordinary, separable))

# %% no biases question="10g" points=0
layer = yours("10g")
ordinary = 9 * layer.channels * layer.filters

# %% only the second half question="10g" points=0
layer = yours("10g")
separable = layer.channels * layer.filters + layer.filters

# %% biases in the first half, too question="10g" points=0
layer = yours("10g")
separable = 10 * layer.channels + (layer.channels + 1) * layer.filters

# %% the rate makes the kernel larger question="10g" points=0
layer = yours("10g")
ordinary = (2 * layer.rate + 1) ** 2 * layer.channels * layer.filters + layer.filters

# %% holes are multiplied question="10g" points=0
layer = yours("10g")
work = 9 * layer.rate**2 * layer.channels * layer.filters * layer.side**2

# %% of one cell question="10g" points=0
layer = yours("10g")
work = 9 * layer.channels * layer.filters

# %% biases are multiplied question="10g" points=0
layer = yours("10g")
work = ordinary * layer.side**2
