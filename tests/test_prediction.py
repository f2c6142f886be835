"""Any page size goes in; scores and labels of exactly that size come out."""

import keras
import numpy as np
import pytest

from seglab import models, prediction, rewrites
from seglab.errors import InputError
from seglab.tiles import cut
from seglab.windows import window_scores

MODELS = {
    "sliding_window": models.sliding_window(3),
    "fcn": models.fcn(3),
    "skip_fcn": models.skip_fcn(3),
    "transposed_fcn": models.transposed_fcn(3),
    "unet": models.unet(3, size=None, channels=1),
    "unet of the notes": models.unet(),
}
DENSE = ["fcn", "skip_fcn", "transposed_fcn", "unet"]


def page(height, width):
    return (np.random.default_rng(0).random((height, width, 1)) < 0.1).astype("float32")


@pytest.mark.parametrize("model", MODELS.values(), ids=list(MODELS))
@pytest.mark.parametrize("size", [(1, 1), (601, 425), (33, 128)])
def test_scores_and_labels_have_the_pages_size(model, size):
    scores = prediction.scores(model, page(*size), stride=64)
    assert scores.shape == (*size, model.output_shape[-1])
    labels = prediction.labels(model, page(*size), stride=64)
    assert labels.shape == size and labels.dtype == np.uint8
    np.testing.assert_array_equal(labels, prediction.labels_of(scores))


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS.values(), ids=list(MODELS))
def test_a_large_scan_has_labels_of_its_size(model):
    assert prediction.labels(model, page(2400, 1800), stride=64).shape == (2400, 1800)


@pytest.mark.parametrize("name", DENSE)
def test_a_page_that_needs_no_padding_is_predicted_as_keras_does(name):
    image = page(64, 128)
    expected = np.asarray(MODELS[name](image[None]))[0]
    np.testing.assert_allclose(prediction.scores(MODELS[name], image), expected, atol=1e-6)


@pytest.mark.parametrize("name", DENSE)
def test_padding_is_paper_and_is_cropped(name):
    image = page(50, 100)
    multiple = prediction.size_multiple(MODELS[name])
    if keras.config.backend() == "jax":  # which compiles every size, so that fewer are better
        multiple = 64
    padded = np.pad(image, [(0, -50 % multiple), (0, -100 % multiple), (0, 0)])
    expected = np.asarray(MODELS[name](padded[None]))[0, :50, :100]
    np.testing.assert_allclose(prediction.scores(MODELS[name], image), expected, atol=1e-6)


def test_the_sliding_window_slides():
    model = MODELS["sliding_window"]
    np.testing.assert_allclose(
        prediction.scores(model, page(40, 30), stride=8),
        window_scores(model, page(40, 30), stride=8),
        atol=1e-6,
    )


@pytest.mark.parametrize("stride", [1, 8, 40])
def test_windows_share_their_work_where_it_pays(stride, monkeypatch):
    model = models.valid_sliding_window(3, window=28)
    image = page(40, 30)
    expected = window_scores(model, image, stride)
    unwanted = "window_bands" if stride < 40 else "dense_tiles"
    monkeypatch.delattr(prediction, unwanted)
    np.testing.assert_allclose(prediction.scores(model, image, stride), expected, atol=1e-6)


def test_size_multiples_are_those_of_the_pools():
    expected = {"fcn": 8, "skip_fcn": 8, "transposed_fcn": 8, "unet": 16}
    assert {name: prediction.size_multiple(MODELS[name]) for name in expected} == expected
    plain = keras.Sequential(
        [keras.Input((None, None, 1)), keras.layers.Conv2D(2, 3, padding="same")]
    )
    assert prediction.size_multiple(plain) == 1


def test_a_model_that_loses_pixels_is_told():
    valid = keras.Sequential([keras.Input((None, None, 1)), keras.layers.Conv2D(2, 3)])
    with pytest.raises(
        ValueError, match=r"one score per pixel.*\(1, 2976, 2976, 1\) into \(1, 2974"
    ):
        prediction.scores(valid, page(10, 10))


class Subclassed(keras.Model):
    """A student's model that knows no input shape."""

    def __init__(self):
        super().__init__()
        self.down = keras.layers.Conv2D(4, 2, strides=2)
        self.up = keras.layers.Conv2DTranspose(3, 2, strides=2, activation="softmax")

    def call(self, images):
        return self.up(self.down(images))


def test_a_subclassed_model_predicts_too():
    model = Subclassed()
    scores = prediction.scores(model, page(63, 21))
    assert scores.shape == (63, 21, 3)
    padded = np.pad(page(63, 21), [(0, 1), (0, 43), (0, 0)])
    np.testing.assert_allclose(scores, np.asarray(model(padded[None]))[0, :63, :21], atol=1e-6)


@pytest.mark.parametrize("size", [16, 30, 128])
@pytest.mark.parametrize("shape", [(1, 1), (77, 130), (128, 64), (129, 65)])
def test_tiles_of_a_fixed_size_model_fit_together(size, shape):
    """A model that gives its image back gives the page back, tile beside tile."""
    identity = keras.Sequential(
        [keras.Input((size, size, 1)), keras.layers.Conv2D(1, 1, kernel_initializer="ones")]
    )
    image = np.random.default_rng(0).random((*shape, 1)).astype("float32")
    np.testing.assert_allclose(prediction.scores(identity, image), image, rtol=1e-6)


def test_a_tile_knows_what_lies_around_its_middle():
    """A blur over 5x5 pixels, tile by tile, is the blur of the whole page."""
    blur = keras.layers.Conv2D(1, 5, padding="same", kernel_initializer="ones")
    image = np.random.default_rng(0).random((100, 70, 1)).astype("float32")
    tiled = keras.Sequential([keras.Input((32, 32, 1)), blur])
    whole = keras.Sequential([keras.Input((None, None, 1)), blur])
    np.testing.assert_allclose(
        prediction.scores(tiled, image), np.asarray(whole(image[None]))[0], rtol=1e-4
    )


def test_a_model_of_three_channels_sees_the_ink_three_times():
    add = keras.Sequential(
        [keras.Input((None, None, 3)), keras.layers.Conv2D(1, 1, kernel_initializer="ones")]
    )
    np.testing.assert_allclose(prediction.scores(add, page(9, 9)), 3 * page(9, 9), rtol=1e-6)


def test_labels_come_back_from_the_working_height():
    """Ink or paper of 4x4 blocks survives the way to a quarter of the height and back."""
    blocks = page(8, 6)
    image = blocks.repeat(4, axis=0).repeat(4, axis=1)
    ink = keras.Sequential([keras.Input((None, None, 1)), keras.layers.Conv2D(1, 1)])
    ink.set_weights([np.full((1, 1, 1, 1), 0.9), np.zeros(1)])
    labels = prediction.labels(ink, image, height=8)
    np.testing.assert_array_equal(labels, image[..., 0])


def test_one_channel_is_cut_at_one_half():
    scores = np.array([[0.2], [0.5], [0.7]], "float32")
    np.testing.assert_array_equal(prediction.labels_of(scores), [0, 0, 1])
    np.testing.assert_array_equal(prediction.labels_of(np.eye(3)[[2, 0, 1]]), [2, 0, 1])


@pytest.mark.parametrize("shape", [(5, 5), (5, 5, 3), (0, 5, 1), (1, 5, 5, 1)])
def test_what_is_no_image_is_told(shape):
    with pytest.raises(ValueError, match=r"image should be \(H, W, 1\).*it is"):
        prediction.scores(MODELS["fcn"], np.zeros(shape, "float32"))


@pytest.mark.parametrize("name", DENSE)
@pytest.mark.parametrize("size", [(700, 330), (300, 900), (90, 1200), (1200, 90)])
def test_tiles_of_a_large_page_are_the_whole_page(name, size, monkeypatch):
    image = page(*size)
    whole = prediction.scores(MODELS[name], image)
    shapes = shapes_seen(monkeypatch)
    monkeypatch.setattr(prediction, "PIXELS_AT_ONCE", 256 * 256)
    np.testing.assert_allclose(prediction.scores(MODELS[name], image), whole, atol=1e-6)
    assert len(shapes) > 1 and len(set(shapes)) == 1
    assert all(height * width < 0.7 * whole[..., 0].size for height, width in shapes)


def shapes_seen(monkeypatch):
    """The sizes of the tiles that will be predicted."""
    shapes = []

    def noted(image, top, left, height, width):
        shapes.append((height, width))
        return cut(image, top, left, height, width)

    monkeypatch.setattr(prediction, "cut", noted)
    return shapes


ODD = {
    "far ahead": [keras.layers.Conv2D(2, 5, dilation_rate=3, padding="same")] * 3,
    "even kernels": [keras.layers.Conv2D(2, (4, 2), padding="same") for _ in range(3)],
    "pools of 3": [
        keras.layers.MaxPooling2D(3),
        keras.layers.Conv2D(2, 4, padding="same"),
        keras.layers.Conv2DTranspose(2, 5, strides=3, padding="same"),
    ],
    "bilinear": [
        keras.layers.AveragePooling2D(4),
        keras.layers.Conv2D(2, 3, padding="same"),
        keras.layers.UpSampling2D(4, interpolation="bilinear"),
    ],
    "one-sided": [
        keras.layers.ZeroPadding2D(((20, 0), (0, 10))),
        keras.layers.Cropping2D(((0, 20), (10, 0))),
    ],
}


@pytest.mark.parametrize("listed", ODD.values(), ids=list(ODD))
def test_tiles_of_any_dense_model_are_the_whole_page(listed, monkeypatch):
    model = dense(keras.layers.Conv2D(2, 1), *listed)
    image = page(170, 210)
    whole = prediction.scores(model, image)
    monkeypatch.setattr(prediction, "PIXELS_AT_ONCE", 96 * 96)
    np.testing.assert_allclose(prediction.scores(model, image), whole, atol=1e-6)


@pytest.mark.parametrize(
    "layer",
    [
        keras.layers.Lambda(lambda x: x - keras.ops.mean(x), output_shape=lambda shape: shape),
        keras.layers.GroupNormalization(1),
    ],
    ids=["unknown", "sees all"],
)
def test_what_may_see_the_whole_page_sees_it(layer, monkeypatch):
    image = page(70, 80)
    model = dense(keras.layers.Conv2D(2, 1), layer)
    monkeypatch.setattr(prediction, "PIXELS_AT_ONCE", 32 * 32)
    if keras.config.backend() == "jax":
        monkeypatch.setattr(prediction, "SHARED_MULTIPLE", 1)
    expected = np.asarray(model(image[None]))[0]
    np.testing.assert_allclose(prediction.scores(model, image), expected, atol=1e-5)


def test_a_model_of_a_fixed_size_sees_the_whole_page_where_it_can():
    """The U-Net of the notes is built for 128x128x3; nothing in it is tied to that."""
    fixed, free = MODELS["unet of the notes"], models.unet(size=None)
    free.set_weights(fixed.get_weights())
    image = page(200, 300)
    np.testing.assert_allclose(
        prediction.scores(fixed, image), prediction.scores(free, image), atol=1e-6
    )


def test_a_model_with_a_weight_for_every_pixel_keeps_its_size():
    model = dense(keras.layers.Conv2D(2, 1), keras.layers.PReLU(), size=16)
    assert prediction.scores(model, page(50, 70)).shape == (50, 70, 2)


def test_pages_of_many_sizes_share_what_is_compiled(monkeypatch):
    """A backend traces a model anew when it calls its Python code again."""
    traced = []
    model, through = models.fcn(3), rewrites.through

    def noted(*args):
        traced.append(args)
        return through(*args)

    monkeypatch.setattr(rewrites, "through", noted)
    for side in range(65, 128, 6):
        prediction.scores(model, page(side, side + 1 if side < 127 else side))
    assert 1 <= len(traced) <= 3


def dense(*layers, size=None, channels=1):
    return keras.Sequential([keras.Input((size, size, channels)), *layers])


def test_pools_of_three_are_padded_to_multiples_of_three():
    thirds = dense(keras.layers.MaxPooling2D(3), keras.layers.UpSampling2D(3))
    assert prediction.size_multiple(thirds) == 3
    assert prediction.scores(thirds, page(64, 50)).shape == (64, 50, 1)


def two_outputs():
    image = keras.Input((None, None, 1))
    return keras.Model(image, [image, image])


@pytest.mark.parametrize(
    ("model", "sentence"),
    [
        (
            dense(keras.layers.MaxPooling2D(), size=64),
            r"one score per pixel.*turns \(1, 64, 64, 1\) into \(1, 32",
        ),
        (two_outputs(), "it gives several outputs"),
        (keras.Sequential([keras.Input((10,)), keras.layers.Dense(3)]), r"takes \(None, 10\)"),
        (
            keras.Sequential(
                [keras.Input((64, 48, 1)), keras.layers.Flatten(), keras.layers.Dense(3)]
            ),
            "should take square windows",
        ),
        (dense(keras.layers.GlobalAveragePooling2D()), "should take square windows"),
    ],
)
def test_what_is_no_page_model_is_told(model, sentence):
    with pytest.raises(InputError, match=sentence):
        prediction.scores(model, page(100, 100))


def test_the_number_of_classes_is_read_off_the_model():
    assert prediction.num_classes(MODELS["fcn"]) == prediction.num_classes(models.unet(3)) == 3
    assert prediction.num_classes(MODELS["unet of the notes"]) == 2


def test_a_model_that_is_built_by_its_first_page_predicts_too():
    model = keras.Sequential(
        [
            keras.layers.Conv2D(2, 3, padding="same"),
            keras.layers.MaxPooling2D(),
            keras.layers.UpSampling2D(),
            keras.layers.Conv2D(3, 1, activation="softmax"),
        ]
    )
    first = prediction.scores(model, page(50, 41))
    np.testing.assert_allclose(prediction.scores(model, page(50, 41)), first, atol=1e-6)
