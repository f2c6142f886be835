"""Transfer learning from the command line: encoder and frozen epochs belong to a training."""

import pytest
from pages_of_ink import page_folder
from test_command_line import seglab, small_crops  # noqa: F401

from seglab import transfer
from seglab.model_files import load_model, read_card


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    return page_folder(tmp_path_factory.mktemp("pages"))


@pytest.mark.slow
def test_a_training_remembers_its_encoder_and_its_frozen_epochs(seglab, pages, tmp_path):  # noqa: F811
    file, other = tmp_path / "one.weights.h5", tmp_path / "two.weights.h5"
    for path in file, other:
        transfer.classifier("mobilenet_v3").save_weights(path)
    out = tmp_path / "model.keras"
    options = ("--pages", pages, "--height", 48, "--epochs", 1, "--out", out)
    small = ("train", "unet_mobilenet_v3", *options, "--frozen-epochs", 1)
    assert seglab(*small, "--encoder", file)[0] == 0
    kept = load_model(out).get_layer("encoder").get_weights()
    theirs = transfer.encoder("mobilenet_v3", file).get_weights()
    assert all((a == b).all() for a, b in zip(kept, theirs, strict=True))
    card = read_card(out)["training"]
    assert card["frozen_epochs"] == 1 and len(card["start"]) == 16
    assert seglab(*small, "--encoder", file)[0] == 0  # done already: nothing lost
    for changed in (small[:-2], "--encoder", file), (small, "--encoder", other), (small,):
        arguments = [x for part in changed for x in (part if isinstance(part, tuple) else (part,))]
        code, _, said = seglab(*arguments)
        assert code == 1 and "is there already, trained with other options" in said


def test_what_does_not_fit_is_told(seglab, tmp_path):  # noqa: F811
    out = ("--out", tmp_path / "model.keras")
    for arguments, sentence in {
        ("train", "fcn", "--encoder", "imagenet", *out): "fcn has no encoder to be trained before",
        ("train", "fcn", "--frozen-epochs", 2, *out): "fcn has no encoder that could be frozen",
        ("train", "unet_vgg16", "--encoder", "pages", *out): "No encoder vgg16 comes with seglab",
        ("train", "unet_mobilenet_v3", "--encoder", "a", "--from", "unet", *out): "not both",
        ("train", "unet_mobilenet_v3", "--encoder", "a.h5", *out): "a.h5 is not there",
    }.items():
        code, _, said = seglab(*arguments)
        assert code == 1 and sentence in said and "Traceback" not in said
