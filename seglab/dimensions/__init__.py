"""Shapes, parameters, operations, memory and receptive fields of any Keras model.

    rows = table(model, (601, 425))      one Row a layer
    print(text(rows))                    for reading; `records(rows)` for JSON
    odd_sizes(model, (601, 425))         what happens to a size that does not come out even

The formulas behind it are small functions in `seglab.dimensions.formulas`.
"""

from seglab.dimensions.fields import Field, Window
from seglab.dimensions.fitting import fitting_size, odd_sizes
from seglab.dimensions.formulas import (
    batch_normalization_parameters,
    convolution_parameters,
    convolution_size,
    dense_parameters,
    depthwise_parameters,
    effective_kernel,
    padding,
    pooling_size,
    receptive_field,
    separable_parameters,
    transposed_crop,
    transposed_size,
    upsampling_size,
)
from seglab.dimensions.layers import CELL, WHOLE, reach
from seglab.dimensions.operations import multiply_adds
from seglab.dimensions.rendering import notes, records, rich_table, text
from seglab.dimensions.table import Memory, Row, Totals, memory, table, totals

__all__ = [
    "CELL",
    "WHOLE",
    "Field",
    "Memory",
    "Row",
    "Totals",
    "Window",
    "batch_normalization_parameters",
    "convolution_parameters",
    "convolution_size",
    "dense_parameters",
    "depthwise_parameters",
    "effective_kernel",
    "fitting_size",
    "memory",
    "multiply_adds",
    "notes",
    "odd_sizes",
    "padding",
    "pooling_size",
    "reach",
    "receptive_field",
    "records",
    "rich_table",
    "separable_parameters",
    "table",
    "text",
    "totals",
    "transposed_crop",
    "transposed_size",
    "upsampling_size",
]
