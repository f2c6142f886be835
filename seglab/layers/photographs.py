"""A page as the photograph that Keras's trained encoders expect."""

import keras
from keras import ops

from seglab.dimensions import reach
from seglab.dimensions.layers import CELL

# Mean blue, green and red of ImageNet's photographs, which Caffe's models had taken off.
CAFFE_MEAN = (103.939, 116.779, 123.68)
PREPROCESSING = ("caffe", "none")


@keras.saving.register_keras_serializable("seglab")
class Photograph(keras.layers.Layer):
    """Ink on paper as an encoder saw photographs: white 255, black 0, three channels.

    (batch, H, W, 1 or 3), ink 1 and paper 0 -> (batch, H, W, 3). preprocessing: what
    `keras.applications` does to photographs before this encoder. "caffe" (VGG16, ResNet50): blue,
    green, red in this order, each less its mean over ImageNet. "none" (MobileNetV3, which scales
    0 .. 255 by itself).
    """

    def __init__(self, preprocessing="none", **kwargs):
        super().__init__(**kwargs)
        if preprocessing not in PREPROCESSING:
            raise ValueError(f"preprocessing should be one of {PREPROCESSING}: {preprocessing!r}.")
        self.preprocessing = preprocessing

    def call(self, images):
        colours = [255 * (1 - images[..., i : i + 1]) for i in range(images.shape[-1])]
        red, green, blue = colours if len(colours) == 3 else 3 * colours
        if self.preprocessing == "none":
            return ops.concatenate([red, green, blue], axis=-1)
        pairs = zip((blue, green, red), CAFFE_MEAN, strict=True)
        return ops.concatenate([colour - mean for colour, mean in pairs], axis=-1)

    def compute_output_shape(self, input_shape):
        if input_shape[-1] not in (1, 3):
            raise ValueError(f"A page has one channel or three; this one is {tuple(input_shape)}.")
        return *input_shape[:-1], 3

    def get_config(self):
        return {**super().get_config(), "preprocessing": self.preprocessing}


@reach.register
def _(layer: Photograph, sizes):
    return CELL
