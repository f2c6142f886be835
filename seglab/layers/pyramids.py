"""Context at several scales: the pyramid pooling of PSPNet, the atrous pyramids of DeepLab."""

import keras
from keras import layers, ops


class Pyramid(keras.layers.Layer):
    """What the pyramids share: levels, each a few layers with weights, and concatenation.

    filters: channels of each level. momentum: of the levels' batch normalisation; Keras's 0.99
    takes hundreds of steps to follow, more than a short training has.
    """

    def __init__(self, filters, momentum=0.9, **kwargs):
        super().__init__(**kwargs)
        self.filters, self.momentum = filters, momentum

    def level(self, *convolutions):
        """Each convolution with batch normalisation and ReLU."""
        normalized = []
        for convolution in convolutions:
            normalization = layers.BatchNormalization(
                momentum=self.momentum, dtype=self.dtype_policy
            )
            normalized += [convolution, normalization, layers.ReLU(dtype=self.dtype_policy)]
        return keras.Sequential(normalized)

    def pointwise(self):
        """A 1x1 convolution without a bias, which the normalisation has."""
        return layers.Conv2D(self.filters, 1, use_bias=False, dtype=self.dtype_policy)

    def get_config(self):
        config = {"filters": self.filters, "momentum": self.momentum}
        return {**super().get_config(), **config}


@keras.saving.register_keras_serializable("seglab")
class PyramidPooling(Pyramid):
    """What the whole map, its halves, thirds and sixths hold, beside every cell.

    (batch, H, W, channels) -> (batch, H, W, channels + filters · len(bins)). For each number of
    bins: average pooling to bins x bins, 1x1 convolution, bilinear up-sampling to H x W; then all
    are put beside the features. Bin i of n reads the cells from floor(i·H/n) to ceil((i + 1)·H/n).
    Zhao, Shi, Qi, Wang & Jia (2017), "Pyramid Scene Parsing Network", section 3.2.
    """

    def __init__(self, filters, bins=(1, 2, 3, 6), **kwargs):
        super().__init__(filters, **kwargs)
        self.bins = tuple(bins)
        self.levels = [self.level(self.pointwise()) for _ in self.bins]

    def build(self, input_shape):
        for level in self.levels:
            level.build((None, None, None, input_shape[-1]))
        self.built = True

    def call(self, features, training=False):
        _, height, width, _ = ops.shape(features)
        context = [features]
        for bins, level in zip(self.bins, self.levels):
            pooled = both_ways(features, averages(height, bins), averages(width, bins))
            seen = level(ops.cast(pooled, features.dtype), training=training)
            context.append(both_ways(seen, mixtures(bins, height), mixtures(bins, width)))
        return ops.concatenate(context, axis=-1)

    def compute_output_shape(self, input_shape):
        return *input_shape[:-1], input_shape[-1] + self.filters * len(self.bins)

    def get_config(self):
        return {**super().get_config(), "bins": self.bins}


@keras.saving.register_keras_serializable("seglab")
class AtrousSpatialPyramidPooling(Pyramid):
    """Convolutions at several rates side by side, the mean of the whole image among them.

    (batch, H, W, channels) -> (batch, H, W, filters): a 1x1 convolution, a 3x3 one for each rate
    and a 1x1 one of the image's mean, concatenated and mixed by one more 1x1 convolution.
    Chen, Papandreou, Schroff & Adam (2017), "Rethinking Atrous Convolution for Semantic Image
    Segmentation", section 3.3 (DeepLab v3).
    """

    def __init__(self, filters, rates=(6, 12, 18), **kwargs):
        super().__init__(filters, **kwargs)
        self.rates = tuple(rates)
        self.levels = [self.level(self.pointwise()), *map(self.atrous, self.rates)]
        self.image_level = self.level(self.pointwise())
        self.projection = self.level(self.pointwise())

    def atrous(self, rate):
        """The level that reads 3x3 cells, `rate` apart."""
        options = {"padding": "same", "use_bias": False, "dtype": self.dtype_policy}
        return self.level(layers.Conv2D(self.filters, 3, dilation_rate=rate, **options))

    def build(self, input_shape):
        for level in (*self.levels, self.image_level):
            level.build((None, None, None, input_shape[-1]))
        self.projection.build((None, None, None, self.filters * (len(self.levels) + 1)))
        self.built = True

    def call(self, features, training=False):
        seen = [level(features, training=training) for level in self.levels]
        mean = ops.mean(features, axis=(1, 2), keepdims=True)
        everywhere = ops.ones_like(features[..., :1])
        seen.append(self.image_level(mean, training=training) * everywhere)
        return self.projection(ops.concatenate(seen, axis=-1), training=training)

    def compute_output_shape(self, input_shape):
        return *input_shape[:-1], self.filters

    def get_config(self):
        return {**super().get_config(), "rates": self.rates}


@keras.saving.register_keras_serializable("seglab")
class SeparableAtrousSpatialPyramidPooling(AtrousSpatialPyramidPooling):
    """The same with atrous separable convolutions: 3x3 within each channel, 1x1 across channels.

    Chen, Zhu, Papandreou, Schroff & Adam (2018), "Encoder-Decoder with Atrous Separable
    Convolution for Semantic Image Segmentation", section 3.1 (DeepLab v3+).
    """

    def atrous(self, rate):
        options = {"padding": "same", "use_bias": False, "dtype": self.dtype_policy}
        return self.level(
            layers.DepthwiseConv2D(3, dilation_rate=rate, **options), self.pointwise()
        )


def both_ways(features, rows, columns):
    """Mix the rows of a map, then its columns: (batch, h, w, c) -> (batch, rows, columns, c).

    rows (new rows, h) and columns (new columns, w) say how much of which.
    """
    rows, columns = (ops.cast(shares, features.dtype) for shares in (rows, columns))
    return ops.einsum("jw,biwc->bijc", columns, ops.einsum("ih,bhwc->biwc", rows, features))


def averages(length, bins):
    """How much of each cell goes into each bin, (bins, length); bins overlap if length is odd."""
    cells, numbers = ops.arange(length)[None], ops.arange(bins)[:, None]
    starts = numbers * length // bins
    stops = ((numbers + 1) * length + bins - 1) // bins
    inside = ops.logical_and(cells >= starts, cells < stops)
    return ops.cast(inside, "float32") / ops.cast(stops - starts, "float32")


def mixtures(bins, length):
    """How much of each bin goes into each cell, (length, bins), by linear interpolation."""
    centres = (ops.cast(ops.arange(length), "float32") + 0.5) * bins / ops.cast(length, "float32")
    places = ops.clip(centres - 0.5, 0, bins - 1)
    distances = ops.abs(places[:, None] - ops.cast(ops.arange(bins), "float32"))
    return ops.maximum(1 - distances, 0)
