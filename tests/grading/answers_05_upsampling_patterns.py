"""Answers to notebook 5 from the matrix on: planted mistakes, and other right styles."""


# %% asked of Keras, pixel by pixel question="5d" points=4
def convolution_matrix(kernel, height, width, stride):
    layer = keras.layers.Conv2D(1, kernel.shape, strides=stride, use_bias=False)
    layer.build((None, height, width, 1))
    layer.set_weights([kernel[..., None, None]])
    points = np.eye(height * width).reshape(-1, height, width, 1)
    return np.asarray(layer(points)).reshape(height * width, -1).T


# %% weight by weight question="5d" points=4
def convolution_matrix(kernel, height, width, stride):
    rows = (height - kernel.shape[0]) // stride + 1
    columns = (width - kernel.shape[1]) // stride + 1
    matrix = np.zeros((rows * columns, height * width))
    for output in range(rows * columns):
        row, column = divmod(output, columns)
        for (i, j), weight in np.ndenumerate(kernel):
            matrix[output, (row * stride + i) * width + column * stride + j] = weight
    return matrix


# %% square kernels only question="5d" points=0
def convolution_matrix(kernel, height, width, stride):
    size = kernel.shape[1]
    rows = []
    for top in range(0, height - len(kernel) + 1, stride):
        for left in range(0, width - size + 1, stride):
            place = np.zeros((height, width))
            place[top : top + size, left : left + size] = kernel
            rows.append(place.ravel())
    return rows


# %% transposed already question="5d" points=0
def convolution_matrix(kernel, height, width, stride):
    rows = []
    for top in range(0, height - kernel.shape[0] + 1, stride):
        for left in range(0, width - kernel.shape[1] + 1, stride):
            place = np.zeros((height, width))
            place[top : top + kernel.shape[0], left : left + kernel.shape[1]] = kernel
            rows.append(place.ravel())
    return np.array(rows).T


# %% the kernel turned round, as in mathematics question="5d" points=0
def convolution_matrix(kernel, height, width, stride):
    rows = []
    for top in range(0, height - kernel.shape[0] + 1, stride):
        for left in range(0, width - kernel.shape[1] + 1, stride):
            place = np.zeros((height, width))
            place[top : top + kernel.shape[0], left : left + kernel.shape[1]] = kernel[::-1, ::-1]
            rows.append(place.ravel())
    return np.array(rows)


# %% the stride forgotten question="5d" points=0
def convolution_matrix(kernel, height, width, stride):
    rows = []
    for top in range(height - kernel.shape[0] + 1):
        for left in range(width - kernel.shape[1] + 1):
            place = np.zeros((height, width))
            place[top : top + kernel.shape[0], left : left + kernel.shape[1]] = kernel
            rows.append(place.ravel())
    return np.array(rows)


# %% outputs counted column by column question="5d" points=0
def convolution_matrix(kernel, height, width, stride):
    rows = []
    for left in range(0, width - kernel.shape[1] + 1, stride):
        for top in range(0, height - kernel.shape[0] + 1, stride):
            place = np.zeros((height, width))
            place[top : top + kernel.shape[0], left : left + kernel.shape[1]] = kernel
            rows.append(place.ravel())
    return np.array(rows)


# %% whole numbers only question="5d" points=3
def convolution_matrix(kernel, height, width, stride):
    rows = []
    for top in range(0, height - kernel.shape[0] + 1, stride):
        for left in range(0, width - kernel.shape[1] + 1, stride):
            place = np.zeros((height, width), int)
            place[top : top + kernel.shape[0], left : left + kernel.shape[1]] = kernel
            rows.append(place.ravel())
    return np.array(rows)


# %% by an experiment with Keras question="5e" points=3
mine = yours("5e")
weights = np.random.default_rng(0).random((1, mine.kernel))
sample = np.random.default_rng(1).random((1, mine.size))
full, cropped = (
    through(transposing(weights, (1, mine.stride), padding), sample)[0]
    for padding in ("valid", "same")
)
valid_size, same_size = len(full), len(cropped)
starts = range(valid_size - same_size + 1)
before = [i for i in starts if np.allclose(full[i : i + same_size], cropped)][0]
after = valid_size - same_size - before
shift = (mine.kernel - 1) / 2 - before - (mine.stride - 1) / 2

# %% a stamp too many question="5e" points=0
mine = yours("5e")
valid_size = mine.size * mine.stride + mine.kernel

# %% same keeps the size of the input question="5e" points=0
mine = yours("5e")
same_size = mine.size

# %% cut at the start question="5e" points=0
mine = yours("5e")
before, after = 1 + (mine.kernel - mine.stride) // 2, (mine.kernel - mine.stride) // 2 - 1

# %% the wrong number is cut question="5e" points=0
mine = yours("5e")
before = after = mine.kernel // 2

# %% in the other direction question="5e" points=0
shift = -0.5 - shift

# %% half a kernel question="5e" points=0
mine = yours("5e")
shift = mine.kernel / 2

# %% counted by a layer of ones question="5f" points=3
mine = yours("5f")
layer = transposing(np.ones((mine.kernel, mine.kernel)), mine.stride)
counted = through(layer, np.ones((9, 9)))[mine.kernel : -mine.kernel, mine.kernel : -mine.kernel]
most, fewest = int(counted.max()), int(counted.min())
uneven = ["d", "B"]

# %% along a line question="5f" points=0
mine = yours("5f")
most, fewest = -(-mine.kernel // mine.stride), mine.kernel // mine.stride

# %% the corners of the page count question="5f" points=0
mine = yours("5f")
most, fewest = (-(-mine.kernel // mine.stride)) ** 2, 0

# %% all overlaps are uneven question="5f" points=0
uneven = "bcde"

# %% odd kernels only question="5f" points=0
uneven = "b"


# %% a tent, number by number question="5g" points=4
def bilinear_kernel(factor):
    half = [(2 * i + 1) / (2 * factor) for i in range(factor)]
    line = half + half[::-1]
    return [[a * b for a in line] for b in line]


# %% boxes convolved question="5g" points=4
def bilinear_kernel(factor):
    box = np.ones(factor) / factor
    line = np.convolve(np.convolve(box, np.ones(factor)), [0.5, 0.5])
    return keras.ops.outer(line, line)


# %% never below the factor 4 question="5g" points=3
def bilinear_kernel(factor):
    line = {2: [0.25, 0.75], 4: [0.125, 0.375, 0.625, 0.875]}.get(factor, [0.5] * factor)
    return np.outer(line + line[::-1], line + line[::-1])


# %% nearest question="5g" points=0
def bilinear_kernel(factor):
    line = np.zeros(2 * factor)
    line[factor // 2 : factor + factor // 2] = 1
    return np.outer(line, line)


# %% down to 0 in the last cell question="5g" points=0
def bilinear_kernel(factor):
    line = 1 - abs(np.linspace(-1, 1, 2 * factor))
    return np.outer(line, line)


# %% sums to 1 as a whole question="5g" points=0
def bilinear_kernel(factor):
    line = 1 - abs(np.arange(2 * factor) - factor + 0.5) / factor
    kernel = np.outer(line, line)
    return kernel / kernel.sum()


# %% a sum of the two distances question="5g" points=0
def bilinear_kernel(factor):
    line = 1 - abs(np.arange(2 * factor) - factor + 0.5) / factor
    return (line[:, None] + line) / 4


# %% off by a cell question="5g" points=0
def bilinear_kernel(factor):
    line = 1 - abs(np.arange(2 * factor) - factor) / factor
    return np.outer(line, line)


# %% rows of several lengths question="5d" points=0
def convolution_matrix(kernel, height, width, stride):
    return [[0] * i + kernel.ravel().tolist() for i in range(0, width - 2, stride)]


# %% text question="5d" points=0
def convolution_matrix(kernel, height, width, stride):
    return np.full((4, 6), "1")
