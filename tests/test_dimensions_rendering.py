"""Memory counted by hand, and the table as text and JSON."""

import json

import keras
import pytest
from keras import layers

from seglab import models
from seglab.dimensions import (
    memory,
    notes,
    records,
    table,
    text,
)
from seglab.errors import InputError


def by_name(rows):
    return {row.layer: row for row in rows}


def test_memory_of_a_chain_counted_by_hand():
    model = keras.Sequential(
        [keras.Input((8, 8, 1)), layers.Conv2D(4, 1), layers.Conv2D(2, 1), layers.Conv2D(1, 1)]
    )
    rows = table(model)
    pixels, weights = 8 * 8 * 4, (8 + 10 + 3) * 4
    assert [row.activation_bytes for row in rows] == [pixels, 4 * pixels, 2 * pixels, pixels]
    # Predicting, at most two neighbouring outputs are held: 4 and 2 channels.
    assert memory(rows, batch=3).inference == weights + 3 * 6 * pixels
    # Training keeps all 8 channels and one gradient of 4; Adam has 4 copies of the weights.
    assert memory(rows, batch=3).training == 4 * weights + 3 * 12 * pixels
    assert memory(rows, optimizer_slots=0).training == 2 * weights + 12 * pixels


def test_a_skip_holds_its_block():
    image = keras.Input((8, 8, 1))
    first = layers.Conv2D(4, 1)(image)
    x = layers.Conv2D(1, 1)(layers.Conv2D(1, 1)(first))
    with_skip = keras.Model(image, layers.Concatenate()([x, first]))
    # At the concatenation: its own five channels, x and the four of the skip.
    assert memory(table(with_skip)).inference == with_skip.count_params() * 4 + 10 * 8 * 8 * 4


def test_half_precision_halves_the_activations():
    image = keras.Input((8, 8, 1), dtype="float16")
    model = keras.Model(image, layers.Conv2D(4, 3, dtype="float16")(image))
    assert [row.activation_bytes for row in table(model)] == [8 * 8 * 2, 6 * 6 * 4 * 2]


def test_memory_asks_for_a_size():
    with pytest.raises(InputError, match="give one"):
        memory(table(models.fcn(3)))


@pytest.mark.parametrize("size", [None, (601, 425), (96, 64)])
def test_records_are_json_and_text_names_every_layer(size):
    rows = table(models.skip_fcn(3), size)
    read = json.loads(json.dumps(records(rows)))
    assert len(read) == len(rows)
    needed = {
        "layer",
        "type",
        "output_shape",
        "parameters",
        "multiply_adds",
        "stride",
        "receptive_field",
    }
    assert all(needed <= set(record) for record in read)
    assert all(row.layer in text(rows) for row in rows)
    assert all(sentence.endswith(".") for sentence in notes(rows))


def test_what_a_pixel_sees():
    rows = by_name(table(models.skip_fcn(3), (96, 64)))
    assert rows["conv1"].sees((10, 20)) == ((9, 12), (19, 22))
    assert rows["pool1"].sees((10, 20)) == rows["pool1"].sees((11, 21)) == ((9, 13), (19, 23))
