"""Answers to notebook 3 on the classifier: mistakes as they deserve, and other styles."""


# %% functional question="3d" points=4
def sliding_window(num_classes, size):
    window = keras.Input((size, size, 1))
    x = window
    for filters, kernel in ((40, 3), (40, 4), (80, 4)):
        x = Conv2D(filters, (kernel, kernel), padding="same")(x)
        x = MaxPooling2D((2, 2), strides=(2, 2))(keras.layers.ReLU()(x))
    for layer in head(num_classes):
        x = layer(x)
    return keras.Model(window, x)


# %% added layer by layer, without the given head question="3d" points=4
def sliding_window(num_classes, size):
    model = keras.Sequential()
    model.add(keras.layers.InputLayer(shape=(size, size, 1)))
    model.add(Conv2D(40, 3, padding="same", activation="relu"))
    model.add(keras.layers.MaxPool2D())
    model.add(Conv2D(40, 4, padding="same", activation="relu"))
    model.add(keras.layers.MaxPool2D())
    model.add(Conv2D(80, 4, padding="same", activation="relu"))
    model.add(keras.layers.MaxPool2D())
    model.add(Flatten())
    model.add(Dense(100))
    model.add(keras.layers.Activation("relu"))
    model.add(Dropout(0.5))
    model.add(Dense(num_classes))
    model.add(keras.layers.Softmax())
    return model


# %% subclassed question="3d" points=4
def sliding_window(num_classes, size):
    class SlidingWindow(keras.Model):
        def __init__(self):
            super().__init__()
            same = {"padding": "same", "activation": "relu"}
            self.convolutions = [
                Conv2D(filters, kernel, **same) for filters, kernel in ((40, 3), (40, 4), (80, 4))
            ]
            self.pool = MaxPooling2D()
            self.head = head(num_classes)

        def call(self, x):
            for convolution in self.convolutions:
                x = self.pool(convolution(x))
            for layer in self.head:
                x = layer(x)
            return x

    model = SlidingWindow()
    model(np.zeros((1, size, size, 1)))
    return model


# %% the pseudo-code's kernels question="3d" points=0
def sliding_window(num_classes, size):
    encoder = []
    for filters in (40, 40, 80):
        encoder += [Conv2D(filters, 3, padding="same", activation="relu")]
        encoder += [MaxPooling2D()]
    return keras.Sequential([keras.Input((size, size, 1)), *encoder, *head(num_classes)])


# %% no Input, as the slide's listing begins question="3d" points=0
def sliding_window(num_classes, size):
    encoder = []
    for filters, kernel in ((40, 3), (40, 4), (80, 4)):
        encoder += [Conv2D(filters, kernel, padding="same", activation="relu")]
        encoder += [MaxPooling2D()]
    return keras.Sequential([*encoder, *head(num_classes)])


# %% the head is put in as a list question="3d" points=0
def sliding_window(num_classes, size):
    return keras.Sequential([keras.Input((size, size, 1)), head(num_classes)])


# %% no padding question="3d" points=0
def sliding_window(num_classes, size):
    encoder = []
    for filters, kernel in ((40, 3), (40, 4), (80, 4)):
        encoder += [Conv2D(filters, kernel, activation="relu"), MaxPooling2D()]
    return keras.Sequential([keras.Input((size, size, 1)), *encoder, *head(num_classes)])


# %% no ReLU after the second convolution question="3d" points=0
def sliding_window(num_classes, size):
    encoder = []
    for filters, kernel, name in ((40, 3, "relu"), (40, 4, None), (80, 4, "relu")):
        encoder += [Conv2D(filters, kernel, padding="same", activation=name)]
        encoder += [MaxPooling2D()]
    return keras.Sequential([keras.Input((size, size, 1)), *encoder, *head(num_classes)])


# %% sigmoid for softmax question="3d" points=0
def sliding_window(num_classes, size):
    encoder = []
    for filters, kernel in ((40, 3), (40, 4), (80, 4)):
        encoder += [Conv2D(filters, kernel, padding="same", activation="relu")]
        encoder += [MaxPooling2D()]
    ending = [*head(num_classes)[:-1], Dense(num_classes, activation="sigmoid")]
    return keras.Sequential([keras.Input((size, size, 1)), *encoder, *ending])


# %% always 32x32 question="3d" points=0
def sliding_window(num_classes, size):
    encoder = []
    for filters, kernel in ((40, 3), (40, 4), (80, 4)):
        encoder += [Conv2D(filters, kernel, padding="same", activation="relu")]
        encoder += [MaxPooling2D()]
    return keras.Sequential([keras.Input((32, 32, 1)), *encoder, *head(num_classes)])


# %% mean for maximum in the pools question="3d" points=3
def sliding_window(num_classes, size):
    encoder = []
    for filters, kernel in ((40, 3), (40, 4), (80, 4)):
        encoder += [Conv2D(filters, kernel, padding="same", activation="relu")]
        encoder += [keras.layers.AveragePooling2D(2)]
    return keras.Sequential([keras.Input((size, size, 1)), *encoder, *head(num_classes)])
