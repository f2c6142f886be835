"""Packed weights are small, always the same bytes, checked, and label pages as the model did."""

import io
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest
from pages_of_ink import striped_page
from rich.console import Console

from seglab import evaluation, models, prediction, training, weights
from seglab.errors import InputError
from seglab.model_files import load_model, save_model
from seglab.recipe import MODELS, Recipe
from seglab.runs import TrainingPages, predict_to_folder, train_to_file
from seglab.weights import untrained

DATA = Path(__file__).parent.parent / "data"
SIZE = (96, 80)
PAGES = TrainingPages([striped_page(n, SIZE, ord(n)) for n in "abc"], [striped_page("d", SIZE)])


@pytest.fixture(scope="module")
def fcn(tmp_path_factory):
    """The file of an FCN that has learnt stripes from black."""
    file = tmp_path_factory.mktemp("models") / "fcn.keras"
    recipe = Recipe("fcn", height=96, epochs=5, learning_rate=3e-3, batch=1)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(training, "CROP", 32)
        train_to_file(file, untrained(recipe), recipe, PAGES, Console(quiet=True))
    return file


@pytest.fixture
def shipped(monkeypatch, tmp_path):
    """An empty folder in place of the one that comes with seglab."""
    monkeypatch.setattr(weights, "SHIPPED", tmp_path / "weights")
    return tmp_path / "weights"


def model_file(folder, name, model=None):
    """The file of an untrained model whose card says that it is a `name`."""
    file = folder / f"{name}.keras"
    model = model or models.BUILDERS[name](3)
    epoch = {"mean_iou": 0.5, "pixel_accuracy": 0.6}
    training = {"model": name, "num_classes": 3}
    save_model(file, model, {"training": training, "history": [epoch]})
    return file


def test_half_the_digits_give_the_same_labels(fcn, shipped):
    weights.pack([fcn], shipped)
    single, half = load_model(fcn), weights.pretrained("fcn")
    for a, b in zip(single.get_weights(), half.get_weights(), strict=True):
        assert b.dtype == "float32"
        np.testing.assert_array_equal(b, a.astype("float16"))
    images = [striped_page("new", SIZE, seed).image for seed in range(10)]
    before, after = ([prediction.labels(m, image) for image in images] for m in (single, half))
    assert len(np.unique(before)) == 3
    assert np.mean(np.equal(before, after)) >= 0.999


@pytest.mark.parametrize("name", MODELS)
def test_every_model_comes_back(name, shipped, tmp_path):
    file = model_file(tmp_path, name)
    weights.pack([file], shipped)
    model = weights.pretrained(name)
    assert model.name == name
    for a, b in zip(load_model(file).get_weights(), model.get_weights(), strict=True):
        np.testing.assert_array_equal(b, a.astype("float16"))


def test_packing_again_gives_the_same_bytes(fcn, tmp_path):
    other = model_file(tmp_path, "skip_fcn")
    weights.pack([fcn, other], tmp_path / "a", "stripes")
    weights.pack([other], tmp_path / "b", "stripes")
    weights.pack([fcn], tmp_path / "b", "stripes")  # one after the other, other way round
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert files == ["fcn.npz", "skip_fcn.npz", "weights.json"]
    for file in files:
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()
    with zipfile.ZipFile(tmp_path / "a" / "fcn.npz") as archive:
        assert {member.date_time[0] for member in archive.infolist()} == {1980}  # no clock


def test_the_card_tells_how_the_weights_came_about(fcn, shipped):
    weights.pack([fcn], shipped, about="Three striped pages.")
    model, card = weights.trained("fcn")
    assert model.name == "fcn" and card["about"] == "Three striped pages."
    recipe = {"model": "fcn", "height": 96, "epochs": 5, "seed": 0, "loss": "cross_entropy"}
    assert recipe.items() <= card["training"].items()
    assert card["pages"] == {"train": 3, "validation": 1} and card["keras"][0] == "3"
    history = weights.trained(fcn)[1]["history"]
    assert card["validation"]["mean_iou"] == max(epoch["mean_iou"] for epoch in history)
    assert "history" not in card  # it holds seconds, which are others every time


def npz(*arrays):
    file = io.BytesIO()
    np.savez(file, *arrays)
    return file.getvalue()


def ship(folder, data):
    """Put `data` there as the FCN's weights, with a card that fits."""
    (folder / "fcn.npz").write_bytes(data)
    card = {"sha256": weights.hashlib.sha256(data).hexdigest(), "training": {"num_classes": 3}}
    (folder / "weights.json").write_text(json.dumps({"fcn": card}))


def test_weights_that_are_not_those_packed_are_told(fcn, shipped, tmp_path):
    with pytest.raises(InputError, match="weights holds no weights of fcn; make them with `make w"):
        weights.pretrained("fcn")
    weights.pack([fcn], shipped)
    with pytest.raises(InputError, match="holds no weights of unet; .* `seglab train unet` wrote"):
        weights.pretrained("unet")
    data = (shipped / "fcn.npz").read_bytes()
    (shipped / "fcn.npz").write_bytes(data[:-200] + b"\0" + data[-199:])
    with pytest.raises(InputError, match="fcn.npz is not the file that weights.json tells of"):
        weights.pretrained("fcn")
    (shipped / "fcn.npz").unlink()
    with pytest.raises(InputError, match="holds no weights of fcn"):
        weights.pretrained("fcn")
    (shipped / "weights.json").write_text("{")
    with pytest.raises(InputError, match="weights.json is damaged"):
        weights.pretrained("fcn")


def test_arrays_that_do_not_fit_are_told(shipped):
    shipped.mkdir()
    arrays = models.fcn(3).get_weights()
    for sentence, wrong in {
        r"fcn/conv2/kernel should be \(4, 4, 40, 40\), but there is \(4, 4, 40, 39\)": [
            *(*arrays[:2], arrays[2][..., 1:], *arrays[3:])
        ],
        r"fcn/logits/bias should be \(3,\), but there is nothing": arrays[:-1],
        r"after the last should be nothing, but there is \(3, 3, 1, 40\)": [*arrays, arrays[0]],
        r"fcn/conv1/kernel should be \(3, 3, 1, 40\), but there is nothing": [],
    }.items():
        ship(shipped, npz(*wrong))
        with pytest.raises(InputError, match=f"fcn.npz are not those of fcn: {sentence}"):
            weights.pretrained("fcn")


class Evil:
    """Leaves a trace if anybody unpickles it."""

    def __init__(self, trace):
        self.trace = trace

    def __reduce__(self):
        return open, (str(self.trace), "w")


def test_weights_are_never_unpickled(shipped, tmp_path):
    shipped.mkdir()
    ship(shipped, npz(np.array([Evil(tmp_path / "trace")])))
    with pytest.raises(ValueError, match="pickle"):
        weights.pretrained("fcn")
    assert not (tmp_path / "trace").exists()


def test_only_trained_models_are_packed(shipped, tmp_path):
    models.fcn(3).save(tmp_path / "plain.keras")
    with pytest.raises(InputError, match="plain.keras should be a model file of `seglab train`"):
        weights.pack([tmp_path / "plain.keras"], shipped)
    with pytest.raises(InputError, match="unet.keras are not those of unet: c1_1/kernel"):
        weights.pack([model_file(tmp_path, "unet", models.fcn(3))], shipped)
    assert not shipped.exists()


def test_a_fingerprint_is_of_the_weights_alone(fcn):
    model, again = load_model(fcn), models.fcn(3)
    assert weights.fingerprint(model) != weights.fingerprint(again)
    weights.give_weights(again, model.get_weights(), fcn)
    assert weights.fingerprint(model) == weights.fingerprint(again)
    *arrays, last = model.get_weights()
    again.set_weights([*arrays, np.nextafter(last, 1)])
    assert weights.fingerprint(model) != weights.fingerprint(again)


needs_weights = pytest.mark.skipif(not weights.SHIPPED.is_dir(), reason="run `make weights` first")


@needs_weights
def test_the_weights_that_come_with_seglab_are_small():
    """Five models and their cards; an encoder and its card."""
    sizes = [path.stat().st_size for path in weights.SHIPPED.iterdir()]
    assert len(sizes) == len(MODELS) + 1 + 2 and sum(sizes) < 12e6


@needs_weights
@pytest.mark.parametrize("name", MODELS)
def test_the_weights_that_come_with_seglab_know_pages(name, tmp_path):
    """Of labels that are all one class the mean IoU is below 1/3."""
    pages = sorted((DATA / "test" / "images").iterdir())[:3]
    predict_to_folder(name, pages, tmp_path, Console(quiet=True))
    reading = weights.shipped_card(name)["training"]["reading"]
    assert evaluation.evaluate(tmp_path, DATA / "test", reading=reading)["mean_iou"] > 0.5
