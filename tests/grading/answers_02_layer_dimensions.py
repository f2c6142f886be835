"""Answers to notebook 2: planted mistakes with the points they deserve, and other right styles."""

# %% forgets the padding question="2a" points=0
n = yours("2a")
output_shape = (
    (n.rows - n.kernel) // n.stride + 1,
    (n.columns - n.kernel) // n.stride + 1,
    n.filters,
)

# %% pads at one end question="2a" points=0
n = yours("2a")
output_shape = [(size + n.padding - n.kernel) // n.stride + 1 for size in n[:2]] + [n.filters]

# %% keeps the channels of the page question="2a" points=0
output_shape = (*output_shape[:2], yours("2a").channels)

# %% forgets the biases question="2a" points=0
parameters -= yours("2a").filters

# %% one bias in all question="2a" points=0
parameters -= yours("2a").filters - 1

# %% forgets the channels question="2a" points=0
n = yours("2a")
parameters = n.filters * (n.kernel**2 + 1)

# %% thinks that parameters grow with the page question="2a" points=0
changes = "acd"

# %% an array and a list of letters question="2a" points=3
output_shape = np.array(output_shape)
changes = ["D", "a"]


# %% counts its places in a loop question="2b" points=3
def convolution_size(size, kernel, stride=1, padding=0, dilation=1):
    places, start = 0, -padding
    while start + (kernel - 1) * dilation < size + padding:
        places, start = places + 1, start + stride
    return places


# %% forgets the last place question="2b" points=0
def convolution_size(size, kernel, stride=1, padding=0, dilation=1):
    return (size + 2 * padding - dilation * (kernel - 1) - 1) // stride


# %% does not round down question="2b" points=0
def convolution_size(size, kernel, stride=1, padding=0, dilation=1):
    return (size + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1


# %% multiplies the kernel by the dilation question="2b" points=0
def convolution_size(size, kernel, stride=1, padding=0, dilation=1):
    return (size + 2 * padding - dilation * kernel) // stride + 1


# %% cannot dilate with a stride question="2b" points=2
def convolution_size(size, kernel, stride=1, padding=0, dilation=1):
    if stride > 1:
        dilation = 1
    return (size + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1


# %% a thousand too many question="2b" points=0
def convolution_size(size, kernel, stride=1, padding=0, dilation=1):
    return 10**9


# %% collects what is written question="2c" points=3
def transposed_size(size, kernel, stride=1, padding=0):
    cells = {i * stride + k for i in range(size) for k in range(kernel)}
    return np.int64(len(cells) - padding - padding)


# %% Keras's same question="2c" points=0
def transposed_size(size, kernel, stride=1, padding=0):
    return size * stride


# %% adds the padding question="2c" points=0
def transposed_size(size, kernel, stride=1, padding=0):
    return (size - 1) * stride + kernel + 2 * padding


# %% cuts at one end question="2c" points=0
def transposed_size(size, kernel, stride=1, padding=0):
    return (size - 1) * stride + kernel - padding


# %% a stride for the last cell, too question="2c" points=0
def transposed_size(size, kernel, stride=1, padding=0):
    return size * stride + kernel - 2 * padding


# %% from the top down question="2d" points=4
def receptive_field(layers):
    field = 1
    for kernel, stride in layers[::-1]:
        field = (field - 1) * stride + kernel
    return field


# %% adds up the kernels question="2d" points=0
def receptive_field(layers):
    return sum(kernel for kernel, _ in layers)


# %% forgets that strides multiply question="2d" points=0
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) * jump
        jump = stride
    return field


# %% takes the stride first question="2d" points=0
def receptive_field(layers):
    field, jump = 1, 1
    for kernel, stride in layers:
        jump *= stride
        field += (kernel - 1) * jump
    return field


# %% needs a layer question="2d" points=3
def receptive_field(layers):
    field, jump = layers[0]
    for kernel, stride in layers[1:]:
        field, jump = field + (kernel - 1) * jump, jump * stride
    return field
