"""Answers to notebook 9 about places and their price: planted mistakes, and other right styles."""


# %% padded with less than everything question="9e" points=4
def pooled_with_places(image):
    rows, columns = -(-image.shape[0] // 2), -(-image.shape[1] // 2)
    padded = np.full((2 * rows, 2 * columns), -np.inf)
    padded[: image.shape[0], : image.shape[1]] = image
    windows = padded.reshape(rows, 2, columns, 2).swapaxes(1, 2).reshape(rows, columns, 4)
    return windows.max(-1), windows.argmax(-1)


# %% plain loops and lists question="9e" points=4
def pooled_with_places(image):
    maxima, places = [], []
    for top in range(0, len(image), 2):
        maxima.append([])
        places.append([])
        for left in range(0, len(image[0]), 2):
            best, place = -float("inf"), None
            for number, (down, right) in enumerate([(0, 0), (0, 1), (1, 0), (1, 1)]):
                row, column = top + down, left + right
                there = row < len(image) and column < len(image[0])
                if there and image[row][column] > best:
                    best, place = image[row][column], number
            maxima[-1].append(float(best))
            places[-1].append(place)
    return maxima, places


# %% padded with zeros question="9e" points=3
def pooled_with_places(image):
    image = np.pad(image, [(0, side % 2) for side in image.shape])
    rows, columns = (side // 2 for side in image.shape)
    windows = image.reshape(rows, 2, columns, 2).swapaxes(1, 2).reshape(rows, columns, 4)
    return windows.max(-1), windows.argmax(-1)


# %% the last of equal ones question="9e" points=0
def pooled_with_places(image):
    image = np.pad(image, [(0, side % 2) for side in image.shape], constant_values=-1)
    rows, columns = (side // 2 for side in image.shape)
    windows = image.reshape(rows, 2, columns, 2).swapaxes(1, 2).reshape(rows, columns, 4)
    return windows.max(-1), 3 - windows[..., ::-1].argmax(-1)


# %% argmax of what is there question="9e" points=0
def pooled_with_places(image):
    size = [-(-side // 2) for side in image.shape]
    maxima, places = np.zeros(size), np.zeros(size, int)
    for row, column in np.ndindex(*size):
        window = image[2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
        maxima[row, column], places[row, column] = window.max(), window.argmax()
    return maxima, places


# %% whole windows only question="9e" points=0
def pooled_with_places(image):
    rows, columns = (side // 2 for side in image.shape)
    image = image[: 2 * rows, : 2 * columns]
    windows = image.reshape(rows, 2, columns, 2).swapaxes(1, 2).reshape(rows, columns, 4)
    return windows.max(-1), windows.argmax(-1)


# %% places counted column by column question="9e" points=0
def pooled_with_places(image):
    image = np.pad(image, [(0, side % 2) for side in image.shape], constant_values=-1)
    rows, columns = (side // 2 for side in image.shape)
    windows = image.reshape(rows, 2, columns, 2).transpose(0, 2, 3, 1).reshape(rows, columns, 4)
    return windows.max(-1), windows.argmax(-1)


# %% places counted in the whole map question="9e" points=0
def pooled_with_places(image):
    size = [-(-side // 2) for side in image.shape]
    maxima, places = np.zeros(size), np.zeros(size, int)
    for row, column in np.ndindex(*size):
        window = image[2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
        down, right = divmod(window.argmax(), window.shape[1])
        maxima[row, column] = window.max()
        places[row, column] = (2 * row + down) * image.shape[1] + 2 * column + right
    return maxima, places


# %% maxima alone question="9e" points=0
def pooled_with_places(image):
    return np.array(MaxPooling2D(padding="same")(image[None, ..., None]))[0, ..., 0]


# %% places first question="9e" points=0
def pooled_with_places(image):
    image = np.pad(image, [(0, side % 2) for side in image.shape], constant_values=-1)
    rows, columns = (side // 2 for side in image.shape)
    windows = image.reshape(rows, 2, columns, 2).swapaxes(1, 2).reshape(rows, columns, 4)
    return windows.argmax(-1), windows.max(-1)


# %% one-hot places, windows laid side by side question="9f" points=4
def unpooled(features, places):
    _, rows, columns, channels = features.shape
    one_hot = ops.one_hot(ops.cast(places, "int32"), 4)
    cells = one_hot * ops.expand_dims(features, -1)
    upper = ops.concatenate([cells[..., 0:1], cells[..., 1:2]], axis=-1)
    lower = ops.concatenate([cells[..., 2:3], cells[..., 3:4]], axis=-1)
    lines = [
        ops.reshape(ops.transpose(each, (0, 1, 2, 4, 3)), (-1, rows, 2 * columns, channels))
        for each in (upper, lower)
    ]
    return ops.reshape(ops.stack(lines, axis=2), (-1, 2 * rows, 2 * columns, channels))


def unpooling(height, width, channels):
    both = Input((height, width, 2 * channels))
    return Model(both, unpooled(both[..., :channels], both[..., channels:]))


# %% nearest, times where it belongs question="9f" points=4
def unpooled(features, places):
    _, rows, columns, _ = features.shape
    near = UpSampling2D()(features)
    pattern = np.tile([[0.0, 1.0], [2.0, 3.0]], (rows, columns))[None, :, :, None]
    here = ops.equal(UpSampling2D()(places), ops.convert_to_tensor(pattern.astype("float32")))
    return near * ops.cast(here, "float32")


def unpooling(height, width, channels):
    both = Input((height, width, 2 * channels))
    return Model(both, unpooled(both[..., :channels], both[..., channels:]))


# %% two lines of each window, one above the other question="9f" points=4
def unpooled(features, places):
    _, rows, columns, channels = features.shape
    cells = [features * ops.cast(ops.equal(places, place), "float32") for place in range(4)]
    lines = [
        ops.reshape(ops.stack(pair, 3), (-1, rows, 2 * columns, channels))
        for pair in (cells[:2], cells[2:])
    ]
    return ops.reshape(ops.stack(lines, 2), (-1, 2 * rows, 2 * columns, channels))


def unpooling(height, width, channels):
    both = Input((height, width, 2 * channels))
    return Model(both, unpooled(both[..., :channels], both[..., channels:]))


# %% a bed of nails question="9f" points=0
def unpooled(features, places):
    nothing = ops.zeros_like(features)
    _, rows, columns, channels = features.shape
    upper = ops.reshape(ops.stack([features, nothing], 3), (-1, rows, 2 * columns, channels))
    lower = ops.zeros_like(upper)
    return ops.reshape(ops.stack([upper, lower], 2), (-1, 2 * rows, 2 * columns, channels))


def unpooling(height, width, channels):
    both = Input((height, width, 2 * channels))
    return Model(both, unpooled(both[..., :channels], both[..., channels:]))


# %% nearest question="9f" points=0
def unpooled(features, places):
    return UpSampling2D()(features)


def unpooling(height, width, channels):
    both = Input((height, width, 2 * channels))
    return Model(both, unpooled(both[..., :channels], both[..., channels:]))


# %% reshaped without a transpose question="9f" points=0
def unpooled(features, places):
    _, rows, columns, channels = features.shape
    cells = [ops.where(ops.equal(places, place), features, 0.0) for place in range(4)]
    return ops.reshape(ops.stack(cells, -1), (-1, 2 * rows, 2 * columns, channels))


def unpooling(height, width, channels):
    both = Input((height, width, 2 * channels))
    return Model(both, unpooled(both[..., :channels], both[..., channels:]))


# %% rows and columns of a window exchanged question="9f" points=0
def unpooled(features, places):
    _, rows, columns, channels = features.shape
    cells = [ops.where(ops.equal(places, place), features, 0.0) for place in range(4)]
    windows = ops.reshape(ops.stack(cells, -1), (-1, rows, columns, channels, 2, 2))
    windows = ops.transpose(windows, (0, 1, 5, 2, 4, 3))
    return ops.reshape(windows, (-1, 2 * rows, 2 * columns, channels))


def unpooling(height, width, channels):
    both = Input((height, width, 2 * channels))
    return Model(both, unpooled(both[..., :channels], both[..., channels:]))


# %% NumPy and a loop question="9f" points=0
def unpooled(features, places):
    n, rows, columns, channels = features.shape
    up = np.zeros((n, 2 * rows, 2 * columns, channels))
    for i, r, c, k in np.ndindex(*features.shape):
        down, right = divmod(int(places[i, r, c, k]), 2)
        up[i, 2 * r + down, 2 * c + right, k] = features[i, r, c, k]
    return up


def unpooling(height, width, channels):
    both = Input((height, width, 2 * channels))
    return Model(both, unpooled(both[..., :channels], both[..., channels:]))


# %% the places of one channel for all question="9f" points=0
def unpooled(features, places):
    _, rows, columns, channels = features.shape
    first = ops.repeat(places[..., :1], channels, axis=-1)
    cells = [ops.where(ops.equal(first, place), features, 0.0) for place in range(4)]
    windows = ops.reshape(ops.stack(cells, -1), (-1, rows, columns, channels, 2, 2))
    windows = ops.transpose(windows, (0, 1, 4, 2, 5, 3))
    return ops.reshape(windows, (-1, 2 * rows, 2 * columns, channels))


def unpooling(height, width, channels):
    both = Input((height, width, 2 * channels))
    return Model(both, unpooled(both[..., :channels], both[..., channels:]))


# %% values below zero are lost question="9f" points=0
def unpooled(features, places):
    _, rows, columns, channels = features.shape
    features = ops.relu(features)
    cells = [ops.where(ops.equal(places, place), features, 0.0) for place in range(4)]
    windows = ops.reshape(ops.stack(cells, -1), (-1, rows, columns, channels, 2, 2))
    windows = ops.transpose(windows, (0, 1, 4, 2, 5, 3))
    return ops.reshape(windows, (-1, 2 * rows, 2 * columns, channels))


def unpooling(height, width, channels):
    both = Input((height, width, 2 * channels))
    return Model(both, unpooled(both[..., :channels], both[..., channels:]))
