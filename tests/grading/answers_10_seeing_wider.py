"""Answers to notebook 10: planted mistakes with the points they deserve, and other right styles."""

# %% asked of Keras question="10a" points=2
mine = yours("10a")
layer = keras.layers.Conv1D(1, 3, dilation_rate=mine.rate, use_bias=False)
layer.build((None, None, 1))
layer.set_weights([np.reshape(mine.kernel, (3, 1, 1))])
outputs = np.asarray(layer(np.reshape(mine.row, (1, -1, 1)).astype("float32"))).ravel()
span = mine.rate + mine.rate + 1
wide = len(range(0, (mine.cells - 1) * mine.far + 1))

# %% a gap behind the last weight question="10a" points=0
mine = yours("10a")
span = 3 * mine.rate

# %% the rate counts the holes question="10a" points=0
mine = yours("10a")
span, wide = 3 + 2 * mine.rate, mine.cells + (mine.cells - 1) * mine.far

# %% wide: a gap behind the last weight question="10a" points=0
mine = yours("10a")
wide = mine.cells * mine.far

# %% turned round question="10a" points=0
mine = yours("10a")
step = mine.rate
outputs = [
    sum(w * mine.row[i + (2 - k) * step] for k, w in enumerate(mine.kernel)) for i in range(4)
]

# %% without holes question="10a" points=0
mine = yours("10a")
outputs = np.correlate(mine.row, mine.kernel)[:4]

# %% three outputs question="10a" points=0
outputs = outputs[:3]

# %% sums without weights question="10a" points=0
mine = yours("10a")
outputs = [sum(mine.row[i :: mine.rate][:3]) for i in range(4)]


# %% four loops question="10b" points=4
def dilated(image, kernel, rate):
    height, width = image.shape
    tall, wide = kernel.shape
    out = [[0.0] * width for _ in range(height)]
    for y in range(height):
        for x in range(width):
            for i in range(tall):
                for j in range(wide):
                    row, column = y + (i - tall // 2) * rate, x + (j - wide // 2) * rate
                    if 0 <= row < height and 0 <= column < width:
                        out[y][x] += kernel[i, j] * image[row, column]
    return out


# %% a kernel with zeros in it, for Keras question="10b" points=4
def dilated(image, kernel, rate):
    tall, wide = ((side - 1) * rate + 1 for side in kernel.shape)
    full = np.zeros((tall, wide))
    full[::rate, ::rate] = kernel
    images = image[None, ..., None].astype("float32")
    weights = full[..., None, None].astype("float32")
    return keras.ops.conv(images, weights, padding="same")[0, ..., 0]


# %% square kernels only question="10b" points=3
def dilated(image, kernel, rate):
    edge = rate * (len(kernel) // 2)
    paper = np.pad(image, edge)
    out = np.zeros(image.shape)
    for (i, j), weight in np.ndenumerate(kernel):
        part = paper[i * rate :, j * rate :][: image.shape[0], : image.shape[1]]
        out[: part.shape[0], : part.shape[1]] += weight * part
    return out


# %% the result is as whole as the image question="10b" points=3
def dilated(image, kernel, rate):
    above, before = (rate * (side // 2) for side in kernel.shape)
    paper = np.pad(image, ((above, above), (before, before)))
    out = np.zeros_like(image)
    for (i, j), weight in np.ndenumerate(kernel):
        part = paper[i * rate :, j * rate :][: image.shape[0], : image.shape[1]]
        out = (out + weight * part).astype(image.dtype)
    return out


# %% a kernel turned round question="10b" points=0
def dilated(image, kernel, rate):
    paper, out = np.pad(image, rate), np.zeros(image.shape)
    for (i, j), weight in np.ndenumerate(kernel[::-1, ::-1]):
        out += weight * paper[i * rate :, j * rate :][: image.shape[0], : image.shape[1]]
    return out


# %% the rate forgotten question="10b" points=0
def dilated(image, kernel, rate):
    paper, out = np.pad(image, 1), np.zeros(image.shape)
    for (i, j), weight in np.ndenumerate(kernel):
        out += weight * paper[i:, j:][: image.shape[0], : image.shape[1]]
    return out


# %% no zeros around it question="10b" points=0
def dilated(image, kernel, rate):
    height, width = (n - 2 * rate for n in image.shape)
    out = np.zeros((height, width))
    for (i, j), weight in np.ndenumerate(kernel):
        out += weight * image[i * rate :, j * rate :][:height, :width]
    return out


# %% the border repeated question="10b" points=0
def dilated(image, kernel, rate):
    paper, out = np.pad(image, rate, mode="edge"), np.zeros(image.shape)
    for (i, j), weight in np.ndenumerate(kernel):
        out += weight * paper[i * rate :, j * rate :][: image.shape[0], : image.shape[1]]
    return out


# %% one side of the image comes in at the other question="10b" points=0
def dilated(image, kernel, rate):
    out = np.zeros(image.shape)
    for (i, j), weight in np.ndenumerate(kernel):
        out += weight * np.roll(image, ((1 - i) * rate, (1 - j) * rate), (0, 1))
    return out


# %% a rate that is a stride question="10b" points=0
def dilated(image, kernel, rate):
    paper, out = np.pad(image, rate), np.zeros(image.shape)
    for y in range(0, image.shape[0], rate):
        for x in range(0, image.shape[1], rate):
            out[y, x] = (kernel * paper[y : y + 3, x : x + 3]).sum()
    return out


# %% by an experiment question="10c" points=3
stack = yours("10c")
row = np.zeros((1, 201, 1), "float32")
row[0, 100] = 1
for rate in stack.rates:
    ones = keras.layers.Conv1D(1, 3, dilation_rate=rate, padding="same", kernel_initializer="ones")
    row = np.asarray(ones(row))
places = np.flatnonzero(row)
field, seen = np.ptp(places) + 1, len(places)
plain = (field - 1) // 2
gapless = ["c", "A", "e"]

# %% the field of three layers without holes question="10c" points=0
field = 7

# %% fields multiplied question="10c" points=0
stack = yours("10c")
field = int(np.prod([2 * rate + 1 for rate in stack.rates]))

# %% an even field question="10c" points=0
stack = yours("10c")
field = 2 * sum(stack.rates)

# %% all that lies between is seen question="10c" points=0
seen = field

# %% ways, not pixels question="10c" points=0
seen = 27

# %% more than there are question="10c" points=0
seen = 10**6

# %% as many layers as there were question="10c" points=0
plain = 3

# %% a layer too many question="10c" points=0
stack = yours("10c")
plain = sum(stack.rates) + 1

# %% doubled rates leave no holes question="10c" points=0
gapless = "acde"

# %% only where a pixel is seen twice question="10c" points=0
gapless = "ae"

# %% rates have to grow question="10c" points=0
gapless = "ac"
