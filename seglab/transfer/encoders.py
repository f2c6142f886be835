"""Classifiers of `keras.applications` without their last layers, as encoders with taps.

A tap is a map that a decoder reads, one for every halving of the page: strides 2, 4, 8, 16, 32.
The photographs' labels are gone with the dense layers; what the convolutions have learnt stays.
"""

import hashlib
import json
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import keras
from keras import KerasTensor, Model, applications, ops

from seglab.dimensions import reach
from seglab.dimensions.layers import CELL
from seglab.errors import InputError
from seglab.files import write_bytes

NAME = "encoder"  # of the layer in a model that holds the encoder
SHIPPED = Path(__file__).parents[2] / "data" / "weights"
MOMENTUM = 0.9  # MobileNetV3's 0.999 takes thousands of steps to follow, ours have hundreds


class Encoder(NamedTuple):
    """application: its builder. preprocessing: of `layers.Photograph`. taps: {stride: layer}."""

    application: Callable
    preprocessing: str
    taps: dict


ENCODERS = {
    "vgg16": Encoder(
        applications.VGG16,
        "caffe",
        {
            2: "block2_conv2",
            4: "block3_conv3",
            8: "block4_conv3",
            16: "block5_conv3",
            32: "block5_pool",
        },
    ),
    "resnet50": Encoder(
        applications.ResNet50,
        "caffe",
        {
            2: "conv1_relu",
            4: "conv2_block3_out",
            8: "conv3_block4_out",
            16: "conv4_block6_out",
            32: "conv5_block3_out",
        },
    ),
    # Its bottlenecks end without an activation; so do the first and the last tap.
    "mobilenet_v3": Encoder(
        applications.MobileNetV3Small,
        "none",
        {
            2: "conv_bn",
            4: "expanded_conv_project_bn",
            8: "expanded_conv_2_add",
            16: "expanded_conv_7_add",
            32: "conv_1_bn",
        },
    ),
}
# Encoders that come with seglab, pre-trained on crops of typeset pages: {name: file in SHIPPED}.
PAGES = {"mobilenet_v3": "mobilenet_v3_small.weights.h5"}


def encoder(name, weights=None):
    """The encoder of that name: (batch, H, W, 3) -> its five taps, the finest first.

    weights: None, random; "imagenet", fetched by Keras, which checks their hash; "pages", those
    that come with seglab; or a file, as `classifier(name).save_weights("NAME.weights.h5")` writes
    it. H and W have to be multiples of 32.
    """
    whole = classifier(name, weights)
    taps = [whole.get_layer(layer).output for layer in ENCODERS[name].taps.values()]
    return Model(whole.input, taps, name=NAME)


def classifier(name, weights=None):
    """The application without its dense layers, whole: what weight files belong to."""
    if weights == "imagenet":
        return _from_imagenet(name)
    model = _built(name, weights=None)
    if weights == "pages":
        weights = shipped_file(name)
    if weights is not None:
        load(model, Path(weights))
    return model


def _built(name, weights):
    application = ENCODERS[name].application
    model = application(include_top=False, weights=weights, input_shape=(None, None, 3))
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.momentum = MOMENTUM
    return model


def _from_imagenet(name):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that our pages are not 224x224
            return _built(name, "imagenet")
    except Exception as error:  # whatever a network does
        reason = " ".join(str(error).split()).rstrip(".")
        raise InputError(
            f"The ImageNet weights of {name} could not be fetched ({reason}); fetch them where "
            "there is a network, and give the file in place of imagenet."
        ) from error


def load(model, file):
    """Put the weights in an .h5 file into an application. A file of arrays: nothing in it is run.

    Raises InputError where the file is no such file, or one of another model.
    """
    if file.suffix != ".h5" or not file.is_file():
        raise InputError(
            f"An encoder's weights are imagenet, pages or an .h5 file, but {file} is "
            f"{'no .h5 file' if file.exists() else 'not there'}."
        )
    try:
        model.load_weights(file)
    except Exception as error:  # h5py and Keras fail on strangers' files in many ways
        reason = " ".join(str(error).split()).partition(". ")[0].rstrip(".")
        raise InputError(
            f"{file} does not hold the weights of {model.name} without its dense layers "
            f"({reason[:200]}); give a file that its save_weights wrote."
        ) from error


def shipped_file(name):
    """The file of the encoder that comes with seglab; InputError if it is not the one packed."""
    if name not in PAGES:
        raise InputError(
            f"No encoder {name} comes with seglab, only {', '.join(PAGES)}; "
            "give imagenet or a file."
        )
    file = SHIPPED / PAGES[name]
    try:
        expected = json.loads(card_file(file).read_text())["sha256"]
        whole = hashlib.sha256(file.read_bytes()).hexdigest() == expected
    except (OSError, ValueError, KeyError, TypeError):
        whole = False
    if not whole:
        raise InputError(
            f"{file} is missing or is not the file that {card_file(file).name} tells of; "
            "fetch both anew, or make them with studies/transfer_learning.py."
        )
    return file


def pack(model, file, about):
    """Write a classifier's convolutions as float16 and the card beside them. about: its dict."""
    policy = keras.config.dtype_policy()
    keras.config.set_dtype_policy("float16")
    try:
        small = keras.models.clone_model(model, clone_function=_of_the_global_policy)
    finally:
        keras.config.set_dtype_policy(policy)
    small.set_weights(model.get_weights())
    with tempfile.TemporaryDirectory() as folder:
        saved = Path(folder, file.name)
        small.save_weights(saved)
        data = saved.read_bytes()
    card = {"sha256": hashlib.sha256(data).hexdigest(), **about}
    write_bytes(file, data)
    write_bytes(card_file(file), f"{json.dumps(card, indent=2)}\n".encode())


def _of_the_global_policy(layer):
    config = layer.get_config()
    config.pop("dtype", None)
    return layer.__class__.from_config(config)


def card_file(file):
    """Where it stands how an encoder's weights came about, and their sha256."""
    return file.with_name(f"{file.name.partition('.')[0]}.json")


# MobileNetV3's hard sigmoid is arithmetic with numbers, which Keras notes as layers of its own.
for _operation in (ops.add, ops.multiply):
    _kind = type(_operation(KerasTensor((None, 1)), 1.0)._keras_history.operation)
    reach.register(_kind, lambda layer, sizes: CELL)
