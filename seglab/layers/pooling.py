"""Max pooling that remembers where, and two ways back: max-unpooling and the bed of nails."""

import keras
from keras import KerasTensor, ops

from seglab.layers.cells import interleaved, larger, pair


@keras.saving.register_keras_serializable("seglab")
class MaxPoolingWithIndices(keras.layers.Layer):
    """Max pooling, and the place of each maximum in its window.

    features (batch, H, W, channels) -> pooled (batch, ceil(H/k), ceil(W/k), channels) and indices
    of the same shape, int32. Places are counted row by row, so a window of 2x2 has ::

        0 1
        2 3

    Of equal values the first is the maximum, as in the gradient. A last window that overhangs an
    odd size looks at the cells that are there. SegNet keeps these indices "using 2 bits for each
    2x2 pooling window" (Badrinarayanan, Kendall & Cipolla 2017, section 3.1).
    """

    def __init__(self, pool_size=2, **kwargs):
        super().__init__(**kwargs)
        self.pool_size = pair(pool_size)

    def call(self, features):
        rows, columns = self.pool_size
        margins = ((0, 0), (0, rows - 1), (0, columns - 1), (0, 0))
        padded = ops.pad(features, margins, constant_values=-float("inf"))
        # All windows' first cells, then all their second cells, and so on, without a look at H, W.
        places = [
            padded[
                :,
                row : row - rows + 1 or None : rows,
                column : column - columns + 1 or None : columns,
            ]
            for row in range(rows)
            for column in range(columns)
        ]
        indices = ops.cast(ops.argmax(ops.stack(places, axis=-1), axis=-1), "int32")
        return ops.max_pool(padded, self.pool_size, self.pool_size), indices

    def compute_output_spec(self, features):
        batch, height, width, channels = features.shape
        rows, columns = self.pool_size
        shape = (batch, height and -(-height // rows), width and -(-width // columns), channels)
        return KerasTensor(shape, features.dtype), KerasTensor(shape, "int32")

    def get_config(self):
        return {**super().get_config(), "pool_size": self.pool_size}


@keras.saving.register_keras_serializable("seglab")
class MaxUnpooling(keras.layers.Layer):
    """Put every value back where a max pooling found its maximum; zeros elsewhere.

    [features, indices], both (batch, h, w, channels) -> (batch, h·k, w·k, channels); the indices
    are those of `MaxPoolingWithIndices` with the same windows. What was pooled may have been odd:
    `CropLike()([unpooled, what_was_pooled])` cuts what overhangs, which never holds a maximum.
    DeconvNet calls the indices switches (Noh, Hong & Han 2015, section 3.2.1).
    """

    def __init__(self, pool_size=2, **kwargs):
        super().__init__(**kwargs)
        self.pool_size = pair(pool_size)

    def call(self, inputs):
        features, indices = inputs
        rows, columns = self.pool_size
        nothing = ops.zeros_like(features)
        return interleaved(
            [
                [
                    ops.where(indices == row * columns + column, features, nothing)
                    for column in range(columns)
                ]
                for row in range(rows)
            ]
        )

    def compute_output_shape(self, input_shape):
        features, indices = input_shape
        if tuple(features[1:]) != tuple(indices[1:]):
            raise ValueError(
                f"features and indices should be of one shape; features are {tuple(features)}, "
                f"indices {tuple(indices)}. Do they belong to the same pool?"
            )
        return larger(features, self.pool_size)

    def get_config(self):
        return {**super().get_config(), "pool_size": self.pool_size}


@keras.saving.register_keras_serializable("seglab")
class BedOfNails(keras.layers.Layer):
    """Up-sampling that puts each value into the upper left corner of its cell, and zeros elsewhere.

    (batch, h, w, channels) -> (batch, h·factor, w·factor, channels). With a factor of 2 ::

                  1 0 2 0
        1 2       0 0 0 0
        3 4  ->   3 0 4 0
                  0 0 0 0
    """

    def __init__(self, size=2, **kwargs):
        super().__init__(**kwargs)
        self.size = pair(size)

    def call(self, features):
        rows, columns = self.size
        nothing = ops.zeros_like(features)
        cells = [[nothing] * columns for _ in range(rows)]
        cells[0][0] = features
        return interleaved(cells)

    def compute_output_shape(self, input_shape):
        return larger(input_shape, self.size)

    def get_config(self):
        return {**super().get_config(), "size": self.size}
