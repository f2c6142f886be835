"""Answers to notebook 3 from whole pages on: mistakes as they deserve, and other styles."""


# %% looked up question="3e" points=3
def stitched(classes, height, width, stride):
    return classes[np.arange(height)[:, None] // stride, np.arange(width) // stride]


# %% a slow loop question="3e" points=3
def stitched(classes, height, width, stride):
    labels = np.zeros((height, width), classes.dtype)
    for row in range(height):
        for column in range(width):
            labels[row, column] = classes[row // stride, column // stride]
    return labels


# %% keras.ops question="3e" points=3
def stitched(classes, height, width, stride):
    rows = keras.ops.repeat(classes, stride, axis=0)
    return keras.ops.repeat(rows, stride, axis=1)[:height, :width]


# %% floats, by a Kronecker product question="3e" points=0
def stitched(classes, height, width, stride):
    return np.kron(classes, np.ones((stride, stride)))[:height, :width]


# %% a Kronecker product of whole numbers question="3e" points=3
def stitched(classes, height, width, stride):
    return np.kron(classes, np.ones((stride, stride), int))[:height, :width]


# %% tiles instead of repeating question="3e" points=0
def stitched(classes, height, width, stride):
    return np.tile(classes, (stride, stride))[:height, :width]


# %% not cut off question="3e" points=0
def stitched(classes, height, width, stride):
    return np.repeat(np.repeat(classes, stride, axis=0), stride, axis=1)


# %% blends the classes question="3e" points=0
def stitched(classes, height, width, stride):
    from scipy.ndimage import zoom

    return zoom(classes.astype(float), stride, order=1)[:height, :width]


# %% cells of three pixels whatever the stride question="3e" points=2
def stitched(classes, height, width, stride):
    return np.repeat(np.repeat(classes, 3, axis=0), 3, axis=1)[:height, :width]


# %% along one axis question="3f" points=0
times = mine.size // mine.stride
hours = 6 * mine.stride**2 * mine.pages / 3600

# %% every window holds as much as it has pixels question="3f" points=0
times = mine.size**2
hours = 6 * mine.stride**2 * mine.pages / 3600

# %% the stride once question="3f" points=0
times = (mine.size // mine.stride) ** 2
hours = 6 * mine.stride * mine.pages / 3600

# %% the windows laid out anew question="3f" points=0
times = (mine.size // mine.stride) ** 2
hours = 6 * mine.size**2 * mine.pages / 3600

# %% seconds question="3f" points=0
times = (mine.size // mine.stride) ** 2
hours = 6 * mine.stride**2 * mine.pages

# %% least itself question="3g" points=0
even_size = least
values_read = 80 * ((even_size - 20) // 8) ** 2

# %% as with padding question="3g" points=0
even_size = -(-least // 8) * 8
values_read = 80 * (even_size // 8) ** 2

# %% the next but one question="3g" points=0
even_size = -(-(least - 4) // 8) * 8 + 12
values_read = 80 * ((even_size - 20) // 8) ** 2

# %% one channel question="3g" points=0
even_size = -(-(least - 4) // 8) * 8 + 4
values_read = ((even_size - 20) // 8) ** 2

# %% too small question="3g" points=0
even_size = 28
values_read = 80


# %% a loop question="3h" points=4
def valid_window(num_classes, size):
    model = keras.Sequential([keras.Input((size, size, 1))])
    for filters, kernel in ((40, 3), (40, 4), (80, 4)):
        model.add(Conv2D(filters, kernel, padding="valid", activation="relu"))
        model.add(MaxPooling2D())
    for layer in head(num_classes):
        model.add(layer)
    return model


# %% subclassed question="3h" points=4
def valid_window(num_classes, size):
    class ValidWindow(keras.Model):
        def __init__(self):
            super().__init__()
            self.first = Conv2D(40, 3, activation="relu")
            self.second = Conv2D(40, 4, activation="relu")
            self.third = Conv2D(80, 4, activation="relu")
            self.pool, self.head = MaxPooling2D(), keras.Sequential(head(num_classes))

        def call(self, x):
            return self.head(
                self.pool(self.third(self.pool(self.second(self.pool(self.first(x))))))
            )

    model = ValidWindow()
    model(np.zeros((1, size, size, 1)))
    return model


# %% no Input question="3h" points=0
def valid_window(num_classes, size):
    encoder = []
    for filters, kernel in ((40, 3), (40, 4), (80, 4)):
        encoder += [Conv2D(filters, kernel, activation="relu"), MaxPooling2D()]
    return keras.Sequential([*encoder, *head(num_classes)])


# %% always 36x36 question="3h" points=0
def valid_window(num_classes, size):
    encoder = []
    for filters, kernel in ((40, 3), (40, 4), (80, 4)):
        encoder += [Conv2D(filters, kernel, activation="relu"), MaxPooling2D()]
    return keras.Sequential([keras.Input((36, 36, 1)), *encoder, *head(num_classes)])


# %% still with padding question="3h" points=0
def valid_window(num_classes, size):
    return sliding_window(num_classes, size)


# %% one convolution still pads question="3h" points=0
def valid_window(num_classes, size):
    encoder = []
    for filters, kernel, padding in ((40, 3, "same"), (40, 4, "valid"), (80, 4, "valid")):
        encoder += [Conv2D(filters, kernel, padding=padding, activation="relu")]
        encoder += [MaxPooling2D()]
    return keras.Sequential([keras.Input((size, size, 1)), *encoder, *head(num_classes)])


# %% the activation went with the padding question="3h" points=0
def valid_window(num_classes, size):
    encoder = []
    for filters, kernel in ((40, 3), (40, 4), (80, 4)):
        encoder += [Conv2D(filters, kernel), MaxPooling2D()]
    return keras.Sequential([keras.Input((size, size, 1)), *encoder, *head(num_classes)])


# %% the pools pad question="3h" points=0
def valid_window(num_classes, size):
    encoder = []
    for filters, kernel in ((40, 3), (40, 4), (80, 4)):
        encoder += [Conv2D(filters, kernel, activation="relu")]
        encoder += [MaxPooling2D(padding="same")]
    return keras.Sequential([keras.Input((size, size, 1)), *encoder, *head(num_classes)])


# %% mean for maximum in the pools question="3h" points=3
def valid_window(num_classes, size):
    encoder = []
    for filters, kernel in ((40, 3), (40, 4), (80, 4)):
        encoder += [Conv2D(filters, kernel, activation="relu")]
        encoder += [keras.layers.AveragePooling2D(2)]
    return keras.Sequential([keras.Input((size, size, 1)), *encoder, *head(num_classes)])
