"""The lab that belongs to a lecture on semantic segmentation.

`import seglab` is cheap: a module is imported when it is first used, Keras with it.
"""

import importlib

__version__ = "0.1.0"

__all__ = [
    "classical",
    "comparison",
    "dimensions",
    "equivalences",
    "evaluation",
    "instances",
    "layers",
    "listings",
    "literature",
    "losses",
    "metrics",
    "models",
    "pages",
    "plots",
    "prediction",
    "timing",
    "training",
    "transfer",
    "typesetting",
    "windows",
]


def __getattr__(name):
    if name in __all__:
        return importlib.import_module(f"seglab.{name}")
    raise AttributeError(f"module 'seglab' has no attribute '{name}'")


def __dir__():
    return __all__
