"""Encoders of `keras.applications`: what they see, where their taps are, what files hold."""

import json

import keras
import numpy as np
import pytest
from keras import applications
from symbolic import symbolic

from seglab import recipe, transfer
from seglab.errors import InputError
from seglab.layers import Photograph
from seglab.model_files import load_model
from seglab.transfer import encoders
from seglab.weights import untrained

RANDOM = np.random.default_rng(0)
APPLICATIONS = {
    "vgg16": applications.vgg16,
    "resnet50": applications.resnet50,
    "mobilenet_v3": applications.mobilenet_v3,
}
NAMES = list(encoders.ENCODERS)
SOME = [pytest.param(n, marks=() if n == "mobilenet_v3" else pytest.mark.slow) for n in NAMES]


def pages(*shape):
    return RANDOM.random(shape).astype("float32")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("channels", [1, 3])
def test_a_page_is_preprocessed_as_keras_does_it(name, channels):
    """Paper is white, 255, and ink black; then Keras's own function for this encoder."""
    page = pages(2, 5, 7, channels)
    photograph = np.repeat(255 - 255 * page, 3 // channels, axis=-1)
    expected = APPLICATIONS[name].preprocess_input(photograph.copy())
    seen = Photograph(encoders.ENCODERS[name].preprocessing)(page)
    np.testing.assert_allclose(seen, expected, atol=1e-3)
    assert seen.shape == (2, 5, 7, 3)


def test_paper_is_white_and_ink_black():
    seen = np.asarray(Photograph()(np.array([0, 1, 0.5], "float32").reshape(1, 1, 3, 1)))
    np.testing.assert_allclose(seen[0, 0], [[255] * 3, [0] * 3, [127.5] * 3])


def test_only_pages_of_one_or_three_channels_are_photographs():
    with pytest.raises(ValueError, match="one channel or three"):
        Photograph()(keras.Input((4, 4, 2)))
    with pytest.raises(ValueError, match="preprocessing should be one of"):
        Photograph("torch")


@pytest.mark.parametrize("name", NAMES)
def test_taps_have_the_strides_that_they_say(name):
    with symbolic():
        encoder = transfer.encoder(name)
        strides = list(encoders.ENCODERS[name].taps)
        assert strides == [2, 4, 8, 16, 32]
        shapes = encoder.compute_output_shape((None, 96, 160, 3))
        assert [shape[1:3] for shape in shapes] == [(96 // s, 160 // s) for s in strides]


@pytest.mark.parametrize("name", SOME)
def test_a_file_gives_the_features_of_the_model_that_wrote_it(name, tmp_path):
    keras.utils.set_random_seed(1)
    application = encoders.ENCODERS[name].application
    writer = application(include_top=False, weights=None, input_shape=(64, 64, 3))
    writer.save_weights(tmp_path / "own.weights.h5")
    image = 255 * pages(1, 64, 64, 3)
    keras.utils.set_random_seed(2)
    taps = transfer.encoder(name, tmp_path / "own.weights.h5")(image)
    deepest = encoders.ENCODERS[name].taps[32]
    theirs = keras.Model(writer.input, writer.get_layer(deepest).output)(image)
    mine, theirs, others = map(np.asarray, (taps[-1], theirs, transfer.encoder(name)(image)[-1]))
    size = np.abs(theirs).max()  # without statistics, random layers make features small
    assert np.abs(mine - theirs).max() < 1e-4 * size < np.abs(others - theirs).max()


@pytest.mark.slow
def test_a_model_has_its_encoder_from_a_file(tmp_path):
    whole = transfer.classifier("mobilenet_v3")
    whole.save_weights(tmp_path / "own.weights.h5")
    first = untrained(recipe.Recipe("unet_mobilenet_v3"), str(tmp_path / "own.weights.h5"))
    again = untrained(recipe.Recipe("unet_mobilenet_v3"))
    theirs = dict(zip([w.path for w in whole.weights], whole.get_weights()))
    encoder = first.get_layer("encoder")
    for weight, array in zip(encoder.weights, encoder.get_weights(), strict=True):
        np.testing.assert_array_equal(array, theirs[weight.path])
    others = again.get_layer("encoder").get_weights()
    assert any((a != b).any() for a, b in zip(others, encoder.get_weights(), strict=True))
    decoders = [[w for layer in m.layers if layer.name != "encoder" for w in layer.get_weights()]
                for m in (first, again)]  # fmt: skip
    for one, other in zip(*decoders, strict=True):
        np.testing.assert_array_equal(one, other)


class Evil:
    """Leaves a trace if anybody unpickles it."""

    def __init__(self, trace):
        self.trace = trace

    def __reduce__(self):
        return open, (str(self.trace), "w")


def test_files_that_are_no_weights_are_told(tmp_path):
    missing = tmp_path / "missing.h5"
    with pytest.raises(InputError, match="imagenet, pages or an .h5 file, but .* not there"):
        transfer.encoder("mobilenet_v3", missing)
    np.save(tmp_path / "evil.npy", np.array([Evil(tmp_path / "trace")]))
    with pytest.raises(InputError, match="evil.npy is no .h5 file"):
        transfer.encoder("mobilenet_v3", tmp_path / "evil.npy")
    for name in "evil.h5", "evil.weights.h5":
        (tmp_path / name).write_bytes((tmp_path / "evil.npy").read_bytes())
        with pytest.raises(InputError, match="does not hold the weights of MobileNetV3Small"):
            transfer.encoder("mobilenet_v3", tmp_path / name)
    assert not (tmp_path / "trace").exists()
    with pytest.raises(InputError, match="No encoder vgg16 comes with seglab"):
        transfer.encoder("vgg16", "pages")


def test_weights_of_another_model_are_told(tmp_path):
    other = keras.Sequential([keras.Input((4, 4, 3)), keras.layers.Conv2D(16, 3)])
    other.save_weights(tmp_path / "other.weights.h5")
    with pytest.raises(InputError, match="other.weights.h5 does not hold .* of MobileNetV3Small"):
        transfer.encoder("mobilenet_v3", tmp_path / "other.weights.h5")


def test_imagenet_without_a_network_is_told(monkeypatch):
    def offline(weights, **options):
        assert weights == "imagenet"
        raise Exception("URL fetch failure on http://example.org: None -- [Errno -2] No name.")

    spec = encoders.ENCODERS["vgg16"]._replace(application=offline)
    monkeypatch.setitem(encoders.ENCODERS, "vgg16", spec)
    with pytest.raises(
        InputError,
        match=r"ImageNet weights of vgg16 could not be fetched \(URL fetch failure .*No name\); "
        "fetch them where there is a network, and give the file",
    ):
        transfer.encoder("vgg16", "imagenet")


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    monkeypatch.setattr(encoders, "SHIPPED", tmp_path)
    return tmp_path / encoders.PAGES["mobilenet_v3"]


def test_a_packed_encoder_comes_back_halved_and_checked(shipped):
    whole = transfer.classifier("mobilenet_v3")
    encoders.pack(whole, shipped, {"about": "random"})
    again = transfer.classifier("mobilenet_v3", "pages")
    for mine, theirs in zip(again.get_weights(), whole.get_weights(), strict=True):
        assert mine.dtype == "float32"
        np.testing.assert_array_equal(mine, theirs.astype("float16"))
    card = json.loads(encoders.card_file(shipped).read_text())
    assert card["about"] == "random" and shipped.stat().st_size < 2.5e6
    data = shipped.read_bytes()
    shipped.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(InputError, match="is not the file that mobilenet_v3_small.json tells of"):
        transfer.encoder("mobilenet_v3", "pages")
    encoders.card_file(shipped).unlink()
    with pytest.raises(InputError, match="is missing or is not the file"):
        transfer.encoder("mobilenet_v3", "pages")


def test_the_encoder_that_comes_with_seglab_is_whole():
    """The card's hash is the file's, and what it has learnt is not nothing."""
    trained, random = (transfer.encoder("mobilenet_v3", w) for w in ("pages", None))
    card = json.loads(encoders.card_file(encoders.shipped_file("mobilenet_v3")).read_text())
    assert card["accuracy"]["share"] > 2 / len(card["kinds"])
    assert any((a != b).any() for a, b in zip(trained.get_weights(), random.get_weights()))


@pytest.mark.slow
def test_a_saved_model_needs_no_code_of_its_own(tmp_path):
    model = transfer.BUILDERS["deeplab_mobilenet_v3"](3, width=2)
    model.save(tmp_path / "plain.keras")
    page = pages(1, 33, 47, 1)
    np.testing.assert_array_equal(load_model(tmp_path / "plain.keras")(page), model(page))
