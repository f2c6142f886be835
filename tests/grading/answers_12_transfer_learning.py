"""Answers to notebook 12, input and taps: planted mistakes, and other right styles."""


# %% by Keras question="12a" points=3
def vgg_input(image):
    photograph = np.concatenate(3 * [255.0 - 255.0 * image], axis=-1)
    return keras.applications.vgg16.preprocess_input(photograph[None])[0]


# %% a slow loop question="12a" points=3
def vgg_input(image):
    height, width, _ = image.shape
    colours = np.zeros((height, width, 3))
    for row in range(height):
        for column in range(width):
            for channel, mean in enumerate((103.939, 116.779, 123.68)):
                colours[row, column, channel] = 255 * (1 - image[row, column, 0]) - mean
    return colours


# %% by keras.ops question="12a" points=3
def vgg_input(image):
    grey = 255 - 255 * keras.ops.convert_to_tensor(image)
    return keras.ops.tile(grey, (1, 1, 3)) - keras.ops.array([103.939, 116.779, 123.68])


# %% ink is white question="12a" points=0
def vgg_input(image):
    return np.repeat(255 * image, 3, axis=-1) - [103.939, 116.779, 123.68]


# %% between 0 and 1 question="12a" points=0
def vgg_input(image):
    return np.repeat(1 - image, 3, axis=-1) - [103.939, 116.779, 123.68]


# %% red first question="12a" points=0
def vgg_input(image):
    return np.repeat(255 * (1 - image), 3, axis=-1) - [123.68, 116.779, 103.939]


# %% no means question="12a" points=0
def vgg_input(image):
    return np.repeat(255 * (1 - image), 3, axis=-1)


# %% the page's own mean question="12a" points=0
def vgg_input(image):
    photograph = np.repeat(255 * (1 - image), 3, axis=-1)
    return photograph - photograph.mean()


# %% one channel question="12a" points=0
def vgg_input(image):
    return 255 * (1 - image) - 116.779


# %% greys made black or white question="12a" points=2
def vgg_input(image):
    return np.repeat(255.0 * (image < 0.5), 3, axis=-1) - [103.939, 116.779, 123.68]


# %% a loop from behind question="12b" points=4
def taps(size, sides):
    found = []
    for stride in (2, 4, 8, 16, 32):
        place = len(sides) - 1
        while sides[place] * stride != size:
            place -= 1
        found.append(place)
    return found


# %% by NumPy question="12b" points=4
def taps(size, sides):
    return [np.flatnonzero(np.array(sides) * 2**n == size)[-1].item() for n in range(1, 6)]


# %% the first of each question="12b" points=0
def taps(size, sides):
    return [sides.index(size // stride) for stride in (2, 4, 8, 16, 32)]


# %% right before any smaller map question="12b" points=0
def taps(size, sides):
    found = [i for i in range(len(sides) - 1) if sides[i + 1] < sides[i]]
    return [*found, len(sides) - 1][-5:]


# %% pads count, rounded question="12b" points=0
def taps(size, sides):
    strides = [round(size / side) for side in sides]
    last = {stride: place for place, stride in enumerate(strides)}
    return [last[stride] for stride in (2, 4, 8, 16, 32)]


# %% stride 1 for stride 2 question="12b" points=0
def taps(size, sides):
    last = {side: place for place, side in enumerate(sides)}
    return [last[size // stride] for stride in (1, 2, 4, 8, 16)]


# %% the end of the encoder for the deepest question="12b" points=3
def taps(size, sides):
    last = {side: place for place, side in enumerate(sides)}
    return [*(last[size // stride] for stride in (2, 4, 8, 16)), len(sides) - 1]
