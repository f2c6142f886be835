"""The parts of the experiment: what is timed, in which variant, and what is made of the seconds."""

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta

import keras
import numpy as np
import pytest
from keras import layers

from seglab import models, windows
from seglab.dimensions import memory, table, totals
from seglab.errors import InputError
from seglab.fragments import scan
from seglab.prediction import scores
from seglab.rewrites import rewritten
from seglab.speed import convolution, rows, subjects, variants
from seglab.speed.alone import alone
from seglab.speed.experiment import Case
from seglab.speed.machine import machine
from seglab.speed.variants import Variant
from seglab.timing import Seconds

FLOAT32 = Variant("float32", False)


@pytest.mark.parametrize("stride", [1, 5, 8])
def test_a_windows_multiply_adds_are_counted_once_for_every_window(stride, monkeypatch):
    cut = []
    monkeypatch.setattr(windows, "WINDOWS_PER_CALL", 1)
    classifier = models.sliding_window(3, window=16)
    monkeypatch.setattr(
        classifier, "predict_on_batch", lambda batch: cut.append(1) or np.zeros((1, 3)), False
    )
    scores(classifier, subjects.page((21, 9)), stride)
    of_one = totals(table(classifier)).multiply_adds
    assert subjects.multiply_adds(classifier, (21, 9), stride) == len(cut) * of_one


def test_a_dense_models_multiply_adds_are_those_of_the_padded_page():
    for model, padded in (models.fcn(3), (48, 64)), (models.BUILDERS["unet"](3), (48, 64)):
        expected = totals(table(model, padded)).multiply_adds
        assert subjects.multiply_adds(model, (43, 57), stride=8) == expected


def test_multiply_adds_that_nobody_knows_are_not_invented():
    assert subjects.multiply_adds(models.unet(3, size=64), (64, 64), 8) is None
    image = keras.Input((None, None, 1))
    unknown = keras.Model(image, layers.Lambda(lambda x: x)(layers.Conv2D(3, 1)(image)))
    assert subjects.multiply_adds(unknown, (64, 64), 8) is None


@pytest.mark.parametrize("name", ["sliding_window", "unet"])
def test_the_network_alone_gets_as_much_as_the_pages_hold(name, monkeypatch):
    model, given = models.BUILDERS[name](3), []
    monkeypatch.setattr(model, "predict_on_batch", lambda images: given.append(images.shape))
    subjects.network_call(model, (100, 90), batch=3, stride=4)()
    if name == "unet":
        assert given == [(3, 112, 96, 1)]
    else:
        assert {shape[1:] for shape in given} == {(32, 32, 1)}
        assert 0 <= sum(shape[0] for shape in given) - 3 * 25 * 23 < windows.WINDOWS_PER_CALL


def test_tiles_are_not_timed_alone():
    assert subjects.network_call(models.unet(3, size=64), (64, 64), 1, 8) is None


def test_models_are_named_and_files_after_their_stem(tmp_path):
    file = str(tmp_path / "mine.keras")
    models.fcn(2).save(file)
    named = subjects.named(("fcn", file))
    assert named == {"fcn": "fcn", "mine": file}
    assert [subjects.built(source).output_shape[-1] for source in named.values()] == [3, 2]
    with pytest.raises(InputError, match="different names"):
        subjects.named(("fcn", "fcn"))
    with pytest.raises(InputError, match="no model vgg; choose of sliding_window, fcn"):
        subjects.named(("vgg",))


@pytest.mark.parametrize("name", ["sliding_window", "skip_fcn"])
def test_a_variant_has_the_same_weights_and_nearly_the_same_scores(name):
    model, image = models.BUILDERS[name](3), subjects.page((64, 64))
    expected = scores(model, image)
    for variant in (Variant(p, xla) for p in ("float32", "mixed_bfloat16") for xla in (0, 1)):
        copy = variants.in_variant(model, variant)
        fast = scan(copy, 1) if name == "sliding_window" else rewritten(copy)
        assert copy.jit_compile == fast.jit_compile == variant.xla
        weighted = [layer for layer in copy.layers if layer.weights]
        assert {layer.dtype_policy.name for layer in weighted} == {variant.precision}
        tolerance = 1e-5 if variant.precision == "float32" else 0.02
        found = scores(copy, image).astype("float32")
        np.testing.assert_allclose(found, expected, atol=tolerance)
    assert model.layers[-1].dtype_policy.name == "float32"  # the model itself is left alone


def test_a_device_has_its_usual_variants(monkeypatch):
    monkeypatch.setattr(keras.backend, "backend", lambda: "tensorflow")
    assert variants.variants() == [FLOAT32]
    assert variants.variants(["xla", "float32", "xla"]) == [Variant("float32", True), FLOAT32]
    assert variants.variants(["mixed"]) == [Variant("mixed_bfloat16", False)]
    monkeypatch.setattr(variants, "on_gpu", lambda: True)
    assert {str(variant) for variant in variants.variants()} == {
        *("float32", "mixed_float16", "float32, XLA", "mixed_float16, XLA")
    }
    monkeypatch.setattr(keras.backend, "backend", lambda: "jax")
    assert [variant.xla for variant in variants.variants()] == [True, True]
    with pytest.raises(InputError, match="no variant xla on jax; choose of float32, mixed"):
        variants.variants(["float32", "xla"])


@pytest.mark.parametrize("precision", ["float32", "mixed_bfloat16"])
def test_the_peak_counts_what_its_convolutions_do(precision, monkeypatch):
    monkeypatch.setattr(convolution, "CHANNELS", (4, 6))
    monkeypatch.setattr(convolution, "LONG_ENOUGH", 1e-9)  # one image is enough
    found = convolution.large_convolutions(Variant(precision, False))
    assert list(found) == [4, 6]
    for channels, (call, multiply_adds) in found.items():
        model = call.func.__self__
        assert multiply_adds == totals(table(model)).multiply_adds
        assert model.layers[1].compute_dtype == keras.DTypePolicy(precision).compute_dtype
        assert call().shape == (1, channels)  # nothing large travels to or from a device


def test_fast_devices_get_more_images(monkeypatch):
    seconds_of_an_image = 0.01

    def seconds_per_call(calls, repetitions):
        (call,) = calls.values()
        return {"call": Seconds(9.0, (seconds_of_an_image * len(call.args[0]),))}

    monkeypatch.setattr(convolution, "seconds_per_call", seconds_per_call)
    call, multiply_adds = convolution.large_convolutions(FLOAT32)[64]
    images = len(call.args[0])
    assert images * seconds_of_an_image == pytest.approx(convolution.LONG_ENOUGH)
    assert multiply_adds == images * totals(table(call.func.__self__)).multiply_adds


def test_growth_is_the_power_of_the_pixels():
    def row(model, side, seconds):
        size = {"height": side, "width": 2 * side}
        return {"model": model, "variant": "float32", "seconds_per_page": seconds, **size}

    found = rows.growth(
        [
            *(row("a", side, 3 * (2 * side**2) ** 1.5) for side in (10, 20, 40)),
            *(row("b", side, 7 * side**2) for side in (10, 30)),
            row("c", 10, 1),
        ]
    )
    assert {fit["model"]: fit["exponent"] for fit in found} == pytest.approx({"a": 1.5, "b": 1})


def test_a_row_is_seconds_and_what_follows_from_them():
    case, fcn = (Case(name, FLOAT32, (100, 50)) for name in ("sliding_window", "fcn"))
    seconds = {
        case: Seconds(9.0, (2.0, 4.0, 3.0)),
        fcn: Seconds(9.0, (1.0, 2.0, 1.5)),
        (case, "network"): Seconds(9.0, (40.0, 10.0, 20.0)),
        (fcn, "network"): Seconds(9.0, (5.0, 4.0, 6.0)),
    }
    apart = {"first_page_seconds": 5.0, "memory_bytes": 7}
    row = rows.row(case, seconds, 10, 600, 400, apart)
    assert row["seconds_per_page"] == 3 and row["pages_per_second"] == pytest.approx(1 / 3)
    assert row["middle_half"] == (2.5, 3.5) and row["seconds"] == (2, 4, 3)
    assert row["times_fcn"] == 2 and round(row["lecture_times_fcn"], 1) == 7.0
    assert row["network_seconds_per_page"] == 2
    assert row["multiply_adds_per_second"] == 300 and row["share_of_peak"] == 0.75
    assert (row["first_page_seconds"], row["memory_bytes"]) == (5, 7)
    row = rows.row(fcn, seconds, 10, None, 400, {})
    assert row["times_fcn"] == row["lecture_times_fcn"] == row["network_times_fcn"] == 1
    assert row["memory_bytes"] is row["multiply_adds_per_second"] is row["share_of_peak"] is None
    mine = case._replace(model="mine")
    row = rows.row(mine, {mine: seconds[case]}, 1, 600, 400, {})
    empty = "times_fcn lecture_times_fcn network_seconds network_times_fcn share_of_peak"
    assert all(row[key] is None for key in empty.split())


def test_ratios_do_not_drift_with_the_machine():
    slowness = 1, 3, 9, 2, 5
    own, fcn = (Seconds(9.0, tuple(s * t for t in slowness)) for s in (3, 2))
    assert rows.ratio(own, fcn) == pytest.approx(1.5)
    disturbed = Seconds(9.0, (300.0, *own.later[1:]))
    assert rows.ratio(disturbed, fcn) == pytest.approx(1.5)


def test_the_peak_is_that_of_the_same_precision():
    peaks = [
        {"precision": "float32", "xla": xla, "channels": 64, "multiply_adds_per_second": rate}
        for xla, rate in ((False, 5), (True, 3))
    ]
    mixed = {"precision": "mixed_float16", "xla": False, "multiply_adds_per_second": 50}
    assert rows.best([*peaks, mixed], "float32") == 5


def test_the_machine_is_told_so_that_others_can_compare():
    facts = machine()
    assert json.loads(json.dumps(facts)) == facts
    assert facts["keras"] == keras.__version__ and facts["backend"] == keras.backend.backend()
    assert facts["devices"] == ["cpu:0"] and facts["device_names"] == [] and facts["cpu"]
    assert 2**28 < facts["ram_bytes"] < 2**48
    assert 1 <= facts["threads"] <= os.cpu_count()
    now = datetime.now().astimezone()
    assert timedelta(0) <= now - datetime.fromisoformat(facts["date"]) < timedelta(minutes=1)


@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone keeps account of it")
def test_memory_is_the_most_that_this_process_held_not_its_parent():
    code = """
import numpy as np
from seglab.speed.alone import _resident
before = _resident()
block = np.ones(2**27)
del block
print(before, _resident() - before)
"""
    ours = np.ones(2**27)  # a GiB, which the child must not be charged for
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    before, more = map(int, process.stdout.split())
    assert before < ours.nbytes / 4
    assert more == pytest.approx(ours.nbytes, rel=0.02)


def test_a_process_that_fails_says_why():
    with pytest.raises(RuntimeError, match="vgg"):
        alone("vgg.keras", (32, 32), FLOAT32, 8)


@pytest.mark.slow
def test_alone_a_model_needs_at_least_what_its_dimensions_say():
    """Of the U-Net, in which prediction finds nothing to save."""
    sizes = (256, 256), (512, 512)
    small, large = (alone("unet", size, FLOAT32, 8) for size in sizes)
    for size, found in (sizes[0], small), (sizes[1], large):
        model = models.BUILDERS["unet"](3)
        weights = 4 * model.count_params()  # there before the first page
        assert found["memory_bytes"] > memory(table(model, size)).inference - weights
        assert found["first_page_seconds"] > 0
    assert large["memory_bytes"] > 2 * small["memory_bytes"]
