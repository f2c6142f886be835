"""At the papers' width the models have the papers' sizes and parameters, by formula."""

from math import prod

import keras
import pytest
from symbolic import symbolic

from seglab.dimensions import table
from seglab.literature import BUILDERS, deeplab
from seglab.literature.deeplab_v3 import encoder as resnet50
from seglab.literature.fcn import encoder as vgg
from seglab.literature.unet2015 import BORDER

PASCAL = 21  # classes of PASCAL VOC, its background among them
VGG = [3, 64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512]  # channels along the way


def convolution(kernel, given, made):
    """Weights and biases of a convolution."""
    return kernel * kernel * given * made + made


def chain(channels, kernel=3):
    """3x3 convolutions, one after another."""
    return sum(convolution(kernel, given, made) for given, made in zip(channels, channels[1:]))


def normalized(kernel, given, made):
    """A convolution without bias, and the factor and shift of its normalisation."""
    return kernel * kernel * given * made + 2 * made


def full(name, num_classes=PASCAL, **options):
    with symbolic():
        return BUILDERS[name](num_classes, width=64, channels=3, **options)


def trainable(model):
    return sum(prod(weight.shape) for weight in model.trainable_weights)


def sizes(model, *page):
    """{layer: (H, W, channels)} for a page."""
    return {row.layer: row.output_shape for row in table(model, page)}


def dense_vgg():
    """VGG-16 with fc6 and fc7 as convolutions: 134 million parameters without its scores."""
    return chain(VGG) + convolution(7, 512, 4096) + convolution(1, 4096, 4096)


def test_the_encoder_is_vgg_16():
    """Keras's own has 14,714,688 parameters without its dense layers."""
    with symbolic():
        keras_own = keras.applications.VGG16(include_top=False, weights=None)
        image = keras.Input((None, None, 3))
        pool5 = keras.Model(image, vgg(image, 64)).get_layer("pool5").output
        encoder = keras.Model(image, pool5)
    assert trainable(encoder) == keras_own.count_params() == chain(VGG) == 14_714_688


@pytest.mark.parametrize(("name", "skips"), [("fcn32", []), ("fcn16", [512]), ("fcn8", [512, 256])])
def test_fcn(name, skips):
    """Long et al. (2015), table 1: FCN-VGG16 has 134 M parameters, sees 404 pixels, stride 32."""
    scores = sum(convolution(1, channels, PASCAL) for channels in (4096, *skips))
    upsampling = len(skips) * 4 * 4 * PASCAL * PASCAL  # the last one is fixed
    model = full(name)
    assert trainable(model) == dense_vgg() + scores + upsampling
    assert trainable(model) // 10**6 == 134
    (fc7,) = (row for row in table(model, (500, 375)) if row.layer == "fc7")
    assert fc7.receptive_field == (404, 404) and fc7.stride == (32, 32)
    assert fc7.output_shape == (16, 12, 4096)


def test_deconvnet():
    """Noh et al. (2015), supplement: sizes for 224x224; counted as 252 M parameters since."""
    decoder = chain([512] * 4) + chain([512, 512, 512, 256]) + chain([256, 256, 256, 128])
    decoder += chain([128, 128, 64]) + chain([64, 64, 64])
    layers = dense_vgg() + convolution(7, 4096, 512) + decoder + convolution(1, 64, PASCAL)
    normalized_channels = sum(VGG[1:]) + 2 * 4096 + 512 + 3 * 512 + 2 * 512 + 256
    normalized_channels += 2 * 256 + 128 + 128 + 64 + 2 * 64
    model = full("deconvnet")
    assert trainable(model) == layers + 2 * normalized_channels
    assert round(layers / 10**6) == 252
    size = sizes(model, 224, 224)
    assert size["fc6"] == (7, 7, 4096)
    assert size["deconv_fc6"] == (7, 7, 512)
    assert size["unpool5"] == (14, 14, 512)
    assert size["deconv4_3"] == (28, 28, 256)
    assert size["deconv3_3"] == (56, 56, 128)
    assert size["deconv2_2"] == (112, 112, 64)
    assert size["deconv1_2"] == (224, 224, 64)


def test_segnet():
    """29.4 M parameters; the sizes of CamVid, 360x480, are odd on the way, as in its own files."""
    decoder = [512, 512, 512, 512, 512, 512, 256, 256, 256, 128, 128, 64, 64]
    layers = chain(VGG) + chain(decoder) + convolution(3, 64, 12)
    model = full("segnet", num_classes=12)
    assert trainable(model) == layers + 2 * sum(VGG[1:] + decoder[1:])
    assert round(trainable(model) / 10**6, 1) == 29.4
    size = sizes(model, 360, 480)
    assert size["pool5"] == (12, 15, 512)
    assert size["unpool5c"] == (23, 30, 512)
    assert size["unpool4c"] == (45, 60, 512)
    assert size["logits"] == (360, 480, 12)


@pytest.mark.parametrize("rates", [(6, 12, 18, 24), (12,)])
def test_deeplab(rates):
    """v1's LargeFOV has 20.5 M parameters (Chen et al. 2015, table 2); a crop of 321 gives 41."""
    branch = convolution(3, 512, 1024) + convolution(1, 1024, 1024) + convolution(1, 1024, PASCAL)
    with symbolic():
        model = deeplab(PASCAL, width=64, channels=3, rates=rates)
    assert trainable(model) == chain(VGG) + len(rates) * branch
    if len(rates) == 1:
        assert round(trainable(model) / 10**6, 1) == 20.5
    assert sizes(model, 321, 321)["fc8_12"] == (41, 41, PASCAL)


def keras_resnet():
    """Parameters of Keras's ResNet-50, less the biases, which normalisation makes needless."""
    with symbolic():
        keras_own = keras.applications.ResNet50(include_top=False, weights=None)
    convolutions = [layer for layer in keras_own.layers if isinstance(layer, keras.layers.Conv2D)]
    return trainable(keras_own) - sum(layer.filters for layer in convolutions)


def test_the_encoder_is_resnet_50():
    """23,508,032 parameters, those of torchvision's without its last layer, too."""
    with symbolic():
        image = keras.Input((None, None, 3))
        encoder = keras.Model(image, resnet50(image, 64)[1])
    assert trainable(encoder) == keras_resnet() == 25_557_032 - (2048 * 1000 + 1000)


def test_pspnet():
    """Zhao et al. (2017), figure 3: four levels of a quarter of the channels; 473 gives 60."""
    levels = 4 * normalized(1, 2048, 512)
    head = normalized(3, 2048 + 4 * 512, 512) + convolution(1, 512, PASCAL)
    model = full("pspnet")
    assert trainable(model) == keras_resnet() + levels + head
    assert sizes(model, 473, 473)["pyramid"] == (60, 60, 4096)


def test_deeplab_v3():
    """torchvision's has 42,004,074 parameters, an auxiliary head and one more 3x3 among them."""
    aspp = 2 * normalized(1, 2048, 256) + 3 * normalized(3, 2048, 256) + normalized(1, 5 * 256, 256)
    auxiliary = normalized(3, 1024, 256) + convolution(1, 256, PASCAL)
    model = full("deeplab_v3")
    assert trainable(model) == keras_resnet() + aspp + convolution(1, 256, PASCAL)
    assert trainable(model) == 42_004_074 - auxiliary - normalized(3, 256, 256)
    assert sizes(model, 513, 513)["aspp"] == (33, 33, 256)


def test_deeplab_v3_plus():
    """Chen et al. (2018), figure 2: a fourth of the size beside 48 low-level channels."""

    def separable(given, made):
        return 3 * 3 * given + 2 * given + normalized(1, given, made)

    aspp = 2 * normalized(1, 2048, 256) + 3 * separable(2048, 256) + normalized(1, 5 * 256, 256)
    decoder = normalized(1, 256, 48) + separable(256 + 48, 256) + separable(256, 256)
    model = full("deeplab_v3_plus")
    assert trainable(model) == keras_resnet() + aspp + decoder + convolution(1, 256, PASCAL)
    size = sizes(model, 513, 513)
    assert size["aspp"] == (33, 33, 256)
    assert size["decoder"] == (129, 129, 256 + 48)


def test_unet_2015():
    """Ronneberger et al. (2015), figure 1: all its sizes, 31.0 M parameters."""
    channels = [64, 128, 256, 512, 1024]
    down = sum(chain([given, made, made]) for given, made in zip([1, *channels], channels))
    pairs = list(zip(channels[:0:-1], channels[-2::-1]))
    up = sum(convolution(2, given, made) + chain([given, made, made]) for given, made in pairs)
    with symbolic():
        model = BUILDERS["unet_2015"](2, width=64, padding="valid")
        mirrored = BUILDERS["unet_2015"](2, width=64)
    assert trainable(model) == trainable(mirrored) == down + up + convolution(1, 64, 2)
    assert round(trainable(model) / 10**6, 1) == 31.0
    size = sizes(model, 572, 572)
    names = ["c1_1", "c1", "p1", "c2_1", "c2", "p2", "c3_1", "c3", "p3", "c4_1", "c4", "p4"]
    names += ["c5_1", "c5", "u6", "c6_1", "c6", "u7", "c7_1", "c7", "u8", "c8_1", "c8"]
    names += ["u9", "c9_1", "c9", "logits"]
    figure = [570, 568, 284, 282, 280, 140, 138, 136, 68, 66, 64, 32, 30, 28, 56, 54, 52]
    figure += [104, 102, 100, 200, 198, 196, 392, 390, 388, 388]
    assert [size[name][:2] for name in names] == [(side, side) for side in figure]
    assert size["u6_skip"] == (56, 56, 1024) and size["logits"] == (388, 388, 2)
    assert sizes(mirrored, 388, 388)["mirror"] == (388 + 2 * BORDER,) * 2 + (1,)
