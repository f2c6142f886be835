"""Layers that see to a page's border, so that pages of every size go through a model."""

import keras
from keras import ops


@keras.saving.register_keras_serializable("seglab")
class CropLike(keras.layers.Layer):
    """Cut a map below and to the right, down to the size of another.

    [features (batch, h, w, channels), like (batch, H, W, ...)] -> (batch, H, W, channels), h >= H
    and w >= W. Pools that keep the last row of an odd size, and up-sampling after them, give a few
    cells too many, as in FCN's own network files, which have a layer Crop for it.
    """

    def call(self, inputs):
        features, like = inputs
        _, height, width, *_ = ops.shape(like)
        return features[:, :height, :width]

    def compute_output_shape(self, input_shape):
        (batch, *size, channels), like = input_shape
        for have, want in zip(size, like[1:3]):
            if have is not None and want is not None and have < want:
                raise ValueError(
                    f"features should be at least as large as what they are cropped like; "
                    f"they are {tuple(input_shape[0])}, the other {tuple(like)}."
                )
        return batch, *like[1:3], channels


@keras.saving.register_keras_serializable("seglab")
class MirrorPadding(keras.layers.Layer):
    """Put `border` mirrored pixels around an image, and as many below and right as make it fit.

    (batch, H, W, channels) -> (batch, H', W', channels), where H' = H + 2·border + more and `more`
    is the least number with which (H + more) mod `multiple` is `remainder`. The U-Net of 2015 sees
    beyond the page in this way: "missing input data is extrapolated by mirroring" (Ronneberger,
    Fischer & Brox 2015, figure 2). A page smaller than the border is mirrored again and again.
    """

    def __init__(self, border, multiple=1, remainder=0, **kwargs):
        super().__init__(**kwargs)
        self.border, self.multiple, self.remainder = border, multiple, remainder

    def call(self, images):
        _, height, width, _ = ops.shape(images)
        tall = ops.take(images, self._mirrored(height), axis=1)
        return ops.take(tall, self._mirrored(width), axis=2)

    def _mirrored(self, length):
        """Which pixel stands at each place: 2 1 | 0 1 2 3 | 2 1 0 1 for a length of 4."""
        places = ops.arange(-self.border, self._padded(length) - self.border)
        period = ops.maximum(2 * length - 2, 1)
        places = ops.mod(places, period)
        return ops.minimum(places, period - places)

    def _padded(self, length):
        return length + (self.remainder - length) % self.multiple + 2 * self.border

    def compute_output_shape(self, input_shape):
        batch, height, width, channels = input_shape
        return batch, height and self._padded(height), width and self._padded(width), channels

    def get_config(self):
        config = {name: getattr(self, name) for name in ("border", "multiple", "remainder")}
        return {**super().get_config(), **config}
