"""Answers to notebook 9: planted mistakes with the points they deserve, and other right styles."""

# %% asked of Keras, as tuples question="9a" points=3
shapes = [(1, page_size.rows, page_size.columns, 1)]
for _ in range(5):
    shapes.append(MaxPooling2D(padding="same").compute_output_shape(shapes[-1]))
pool3, pool4, pool5 = (shape[1:3] for shape in shapes[3:])
cut32 = [-page_size.rows % 32, -page_size.columns % 32]
cut8 = [-page_size.rows % 8, -page_size.columns % 8]

# %% rounded down question="9a" points=0
pool3, pool4, pool5 = (sides // stride for stride in (8, 16, 32))

# %% one more cell than needed question="9a" points=0
pool3 = sides // 8 + 2

# %% columns first question="9a" points=0
pool3, pool4, pool5 = (each[::-1] for each in (pool3, pool4, pool5))

# %% pool5 as if there were four pools question="9a" points=0
pool5 = pool4

# %% rounded to the nearest question="9a" points=0
pool3, pool4, pool5 = (np.maximum(1, sides // stride) for stride in (8, 16, 32))

# %% what is left over, not what is cut question="9a" points=0
cut32 = sides % 32

# %% what FCN-8 would cut without cropping on its way question="9a" points=0
cut8 = cut32

# %% cut in columns and rows question="9a" points=0
cut32 = cut32[::-1]

# %% cut in cells question="9a" points=0
cut8 = (-(-cut8 // 8)).tolist()


# %% a loop over the classes question="9b" points=3
def upsampling_kernel(factor, num_classes):
    line = [1 - abs(i - factor + 0.5) / factor for i in range(2 * factor)]
    kernel = np.zeros((2 * factor, 2 * factor, num_classes, num_classes))
    for c in range(num_classes):
        kernel[:, :, c, c] = [[a * b for a in line] for b in line]
    return kernel


# %% by convolving two boxes question="9b" points=3
def upsampling_kernel(factor, num_classes):
    line = np.convolve(np.ones(2 * factor), [0.5, 0.5])[:-1]
    line = np.convolve(np.ones(factor), np.ones(factor))
    line = np.convolve(line, [0.5, 0.5]) / factor
    return np.einsum("i,j,ab->ijab", line, line, np.eye(num_classes))


# %% every class into every class question="9b" points=0
def upsampling_kernel(factor, num_classes):
    line = 1 - abs(np.arange(2 * factor) - factor + 0.5) / factor
    return np.outer(line, line)[..., None, None] * np.ones((num_classes, num_classes))


# %% class 0 alone question="9b" points=0
def upsampling_kernel(factor, num_classes):
    line = 1 - abs(np.arange(2 * factor) - factor + 0.5) / factor
    kernel = np.zeros((2 * factor, 2 * factor, num_classes, num_classes))
    kernel[:, :, 0, 0] = np.outer(line, line)
    return kernel


# %% no axes of the classes question="9b" points=0
def upsampling_kernel(factor, num_classes):
    line = 1 - abs(np.arange(2 * factor) - factor + 0.5) / factor
    return np.outer(line, line)


# %% classes first question="9b" points=0
def upsampling_kernel(factor, num_classes):
    line = 1 - abs(np.arange(2 * factor) - factor + 0.5) / factor
    return np.eye(num_classes)[..., None, None] * np.outer(line, line)


# %% nearest question="9b" points=0
def upsampling_kernel(factor, num_classes):
    line = np.repeat([0, 1, 0], [factor // 2, factor, factor // 2])
    return np.outer(line, line)[..., None, None] * np.eye(num_classes)


# %% an average of 1 instead of a sum question="9b" points=0
def upsampling_kernel(factor, num_classes):
    line = 1 - abs(np.arange(2 * factor) - factor + 0.5) / factor
    return np.outer(line, line)[..., None, None] / factor**2 * np.eye(num_classes)


# %% the middle half a cell too early question="9b" points=0
def upsampling_kernel(factor, num_classes):
    line = 1 - abs(np.arange(2 * factor) - factor) / factor
    return np.outer(line, line)[..., None, None] * np.eye(num_classes)


# %% shares divided among the classes question="9b" points=0
def upsampling_kernel(factor, num_classes):
    line = 1 - abs(np.arange(2 * factor) - factor + 0.5) / factor
    return np.outer(line, line)[..., None, None] * np.eye(num_classes) / num_classes


# %% right for three classes at most question="9b" points=2
def upsampling_kernel(factor, num_classes):
    line = 1 - abs(np.arange(2 * factor) - factor + 0.5) / factor
    kernel = np.zeros((2 * factor, 2 * factor, num_classes, num_classes))
    for c in range(min(num_classes, 3)):
        kernel[:, :, c, c] = np.outer(line, line)
    return kernel


# %% by an experiment with numbers question="9d" points=3
kernel, bias = np.zeros(3), 0.0
seen = np.array(cell.features)
kernel, bias = kernel - cell.rate * cell.error * seen, bias - cell.rate * cell.error
weight, after, zero = kernel[0], kernel @ seen + bias, ["e", "d", "a"]

# %% up the slope question="9d" points=0
weight = cell.rate * cell.error * cell.features[0]

# %% no gradient at zero question="9d" points=0
weight = 0

# %% the rate forgotten question="9d" points=0
weight = -cell.error * cell.features[0]

# %% the bias forgotten question="9d" points=0
after = step * sum(each**2 for each in cell.features)

# %% one feature only question="9d" points=0
after = weight * cell.features[0] + step

# %% dead for ever question="9d" points=0
zero = "abcde"

# %% all is silent in both directions, but e question="9d" points=0
zero = "ad"

# %% something is added question="9d" points=0
zero = "de"
