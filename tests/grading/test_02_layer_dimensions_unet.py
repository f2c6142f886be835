"""Notebook 2, Layer dimensions: what the instant check runs, for the U-Net's table."""

from functools import partial

import numpy as np
from keras import layers

from seglab import plots
from seglab.grading import expect, question

NAMES = ("c1", "c2", "c3", "c4", "c5")
NAMES += ("u6 with c4", "c6", "u7 with c3", "c7", "u8 with c2", "c8", "u9 with c1", "c9")


@question(
    "2i",
    points=2,
    difficulty=2,
    hints=(
        "The way down first: each level has half the rows and columns and twice the channels of "
        "the one above. Five levels make c1 to c5.",
        "Go up through the levels again, without the lowest: each gives two triples, first the one "
        "of both branches together, then that of the convolutions.",
    ),
)
def test_unet_sizes(answers):
    """Write the U-Net's table as a function."""
    for page in ((128, 128, 16), (48, 80, 3)):
        got = answers.array("unet_sizes", *page, shape=(13, 3))
        expect(
            bool(((got >= 0) & (got < 10**6) & (got == np.floor(got))).all()),
            "Rows, columns and channels should be whole numbers.",
            got,
        )
        judge_table([tuple(map(int, shape)) for shape in got], page)


def judge_table(table, page):
    """Hold each line against those that it comes from."""
    picture = partial(plots.u_shape, table, NAMES)
    sentence = "c1 should be as large as the page, with a channel for each filter."
    expect(table[0] == page, sentence, table[0], picture)
    for name, above, made in zip(NAMES[1:], table, table[1:5]):
        rows, columns, channels = batch_less(layers.MaxPooling2D(), above)
        sentence = f"{name} does not fit the level above: a pool, and then twice the filters."
        expect(made == (rows, columns, 2 * channels), sentence, made, picture)
    for line, skip in zip((5, 7, 9, 11), table[3::-1]):
        below, fused, made = table[line - 1 : line + 2]
        up = batch_less(layers.Conv2DTranspose(skip[2], 2, 2), below)
        sentence = (
            f"{NAMES[line]} should hold two branches side by side: what comes up, and the c of "
            "its own level. Look at its rows and columns, and at its channels."
        )
        both = layers.Concatenate().compute_output_shape([(None, *up), (None, *skip)])[1:]
        expect(fused == both, sentence, fused, picture)
        sentence = f"{NAMES[line + 1]}: a level has as many filters on the way up as down."
        expect(made == skip, sentence, made, picture)


def batch_less(layer, shape):
    return layer.compute_output_shape((None, *shape))[1:]
