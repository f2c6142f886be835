"""Answers to notebook 5: planted mistakes with the points they deserve, and other right styles."""

# %% typed by hand, as tuples and lists question="5a" points=2
nearest = (8, 8, 36, 36, 28, 28)
nails = [8, 0, 36, 0, 28, 0]
bilinear = [8, 15, 29, 34, 30, 28]

# %% asked of Keras question="5a" points=2
mine = yours("5a")
nearest = through(UpSampling2D((1, 2)), [mine.row])[0]
nails = [part for value in mine.row for part in (value, 0)]
bilinear = through(UpSampling2D((1, 2), interpolation="bilinear"), [mine.row])[0].tolist()

# %% tiled question="5a" points=0
mine = yours("5a")
nearest = mine.row + mine.row

# %% nails in the middle of nowhere question="5a" points=0
mine = yours("5a")
nails = [*mine.row, 0, 0, 0]

# %% nails in the second cell question="5a" points=0
mine = yours("5a")
nails = [part for value in mine.row for part in (0, value)]

# %% corners aligned question="5a" points=0
mine = yours("5a")
bilinear = np.interp(np.linspace(0, 2, 6), range(3), mine.row).round()

# %% a middle between every two question="5a" points=0
mine = yours("5a")
a, b, c = mine.row
bilinear = [a, (a + b) / 2, b, (b + c) / 2, c, c]

# %% zeros around the row question="5a" points=0
mine = yours("5a")
bilinear = np.interp(np.arange(6) / 2 - 0.25, range(-1, 4), [0, *mine.row, 0])


# %% places from a comparison with nearest question="5b" points=4
def unpooled(values, before):
    blocks = before.reshape(len(values), 2, -1, 2).swapaxes(1, 2).reshape(*values.shape, 4)
    places = np.eye(4)[blocks.argmax(-1)].reshape(*values.shape, 2, 2)
    return (places * values[..., None, None]).swapaxes(1, 2).reshape(before.shape)


# %% lists and plain loops question="5b" points=4
def unpooled(values, before):
    up = [[0] * before.shape[1] for _ in before]
    for row in range(len(values)):
        for column in range(len(values[0])):
            places = [(2 * row + i, 2 * column + j) for i in (0, 1) for j in (0, 1)]
            best = max(places, key=lambda place: before[place])
            up[best[0]][best[1]] = values[row, column]
    return up


# %% every maximum gets the value question="5b" points=3
def unpooled(values, before):
    blocks = before.reshape(len(values), 2, -1, 2).max(axis=(1, 3))
    near = values.repeat(2, axis=0).repeat(2, axis=1)
    return near * (before == blocks.repeat(2, axis=0).repeat(2, axis=1))


# %% the search starts at 0 question="5b" points=3
def unpooled(values, before):
    up = np.zeros(before.shape)
    for (row, column), value in np.ndenumerate(values):
        most, place = 0, (2 * row, 2 * column)
        for i in 2 * row, 2 * row + 1:
            for j in 2 * column, 2 * column + 1:
                if before[i, j] > most:
                    most, place = before[i, j], (i, j)
        up[place] = value
    return up


# %% whole numbers only question="5b" points=3
def unpooled(values, before):
    up = np.zeros(before.shape, int)
    for (row, column), value in np.ndenumerate(values):
        block = before[2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
        down, right = divmod(block.argmax(), 2)
        up[2 * row + down, 2 * column + right] = value
    return up


# %% the largest without its sign question="5b" points=3
def unpooled(values, before):
    up = np.zeros(before.shape)
    for (row, column), value in np.ndenumerate(values):
        block = before[2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
        down, right = divmod(abs(block).argmax(), 2)
        up[2 * row + down, 2 * column + right] = value
    return up


# %% blocks by a reshape that mixes rows question="5b" points=0
def unpooled(values, before):
    up = np.zeros(before.shape)
    places = before.reshape(*values.shape, 4).argmax(-1)
    for (row, column), value in np.ndenumerate(values):
        down, right = divmod(places[row, column], 2)
        up[2 * row + down, 2 * column + right] = value
    return up


# %% a bed of nails question="5b" points=0
def unpooled(values, before):
    up = np.zeros(before.shape)
    up[::2, ::2] = values
    return up


# %% the maxima themselves come back question="5b" points=0
def unpooled(values, before):
    best = before.reshape(len(values), 2, -1, 2).max(axis=(1, 3))
    return before * (before == best.repeat(2, axis=0).repeat(2, axis=1))


# %% row and column change places question="5b" points=0
def unpooled(values, before):
    up = np.zeros(before.shape)
    for (row, column), value in np.ndenumerate(values):
        block = before[2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
        right, down = divmod(block.argmax(), 2)
        up[2 * row + down, 2 * column + right] = value
    return up


# %% nails and a convolution question="5c" points=4
def transposed(values, kernel, stride):
    nails = np.zeros((len(values) - 1) * stride + 1)
    nails[::stride] = values
    return np.convolve(nails, kernel)


# %% lists question="5c" points=4
def transposed(values, kernel, stride):
    out = [0.0] * ((len(values) - 1) * stride + len(kernel))
    for i in range(len(values)):
        for j in range(len(kernel)):
            out[i * stride + j] += values[i] * kernel[j]
    return out


# %% as a matrix question="5c" points=4
def transposed(values, kernel, stride):
    size = (len(values) - 1) * stride + len(kernel)
    rows = [
        np.roll(np.pad(kernel, (0, size - len(kernel))), i * stride) for i in range(len(values))
    ]
    return values @ np.array(rows)


# %% whole numbers only question="5c" points=3
def transposed(values, kernel, stride):
    out = np.zeros((len(values) - 1) * stride + len(kernel), int)
    for i, value in enumerate(values):
        out[i * stride : i * stride + len(kernel)] += (value * kernel).astype(int)
    return out


# %% overwritten instead of added question="5c" points=0
def transposed(values, kernel, stride):
    out = np.zeros((len(values) - 1) * stride + len(kernel))
    for i, value in enumerate(values):
        out[i * stride : i * stride + len(kernel)] = value * kernel
    return out


# %% the size of same question="5c" points=0
def transposed(values, kernel, stride):
    out = np.zeros(len(values) * stride + len(kernel))
    for i, value in enumerate(values):
        out[i * stride : i * stride + len(kernel)] += value * kernel
    return out[: len(values) * stride]


# %% the kernel turned round question="5c" points=0
def transposed(values, kernel, stride):
    nails = np.zeros((len(values) - 1) * stride + 1)
    nails[::stride] = values
    return np.convolve(nails, kernel[::-1])


# %% the stride forgotten question="5c" points=0
def transposed(values, kernel, stride):
    return np.convolve(values, kernel)


# %% one cell too many question="5c" points=0
def transposed(values, kernel, stride):
    out = np.zeros(len(values) * stride + len(kernel))
    for i, value in enumerate(values):
        out[i * stride : i * stride + len(kernel)] += value * kernel
    return out


# %% lists of several lengths question="5c" points=0
def transposed(values, kernel, stride):
    return [[1, 2], [3]]
