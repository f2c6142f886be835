"""Transfer learning: a classifier's convolutions as encoder, a segmentation decoder on top.

The lecture's story: a network learns to say what is on a photograph, loses its last layers, and
goes on as the first half of a network that says it of every pixel. The builders take (num_classes,
width, channels, encoder_weights) and give models for pages of any size, (batch, H, W, channels) ->
(batch, H, W, num_classes), as those of `seglab.literature` do; width is the decoder's alone.

encoder_weights: None for random ones, "imagenet", "pages", or a file; see `encoders.encoder`.
"""

from functools import partial

from keras import Input, Model

from seglab.layers import CropLike, MirrorPadding, Photograph
from seglab.models import probabilities
from seglab.transfer.decoders import deeplab, fcn, unet
from seglab.transfer.encoders import ENCODERS, classifier, encoder
from seglab.transfer.freezing import freeze, phases, unfreeze


def segmenter(decoder, name, num_classes, width=16, channels=1, encoder_weights=None):
    """A decoder on the encoder of that name: pages of any size in, probabilities out.

    The page is mirrored below and to the right up to a multiple of 32; the scores are cut to it.
    """
    image = Input((None, None, channels), name="image")
    x = MirrorPadding(0, multiple=32, name="padded")(image)
    x = Photograph(ENCODERS[name].preprocessing, name="photograph")(x)
    taps = encoder(name, encoder_weights)(x)
    scores = decoder(dict(zip(ENCODERS[name].taps, taps, strict=True)), num_classes, width)
    logits = CropLike(name="page")([scores, image])
    model_name = f"{decoder.__name__}_{name}"
    return Model(image, probabilities(num_classes)(logits), name=model_name)


# Every model by its name: unet_vgg16, ..., deeplab_mobilenet_v3.
BUILDERS = {
    f"{decoder.__name__}_{name}": partial(segmenter, decoder, name)
    for decoder in (unet, fcn, deeplab)
    for name in ENCODERS
}

__all__ = ["BUILDERS", "classifier", "encoder", "freeze", "phases", "segmenter", "unfreeze"]
