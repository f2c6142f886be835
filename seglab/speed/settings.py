"""What is timed and how, as plain data: what the command line asks and `time.json` remembers."""

from dataclasses import dataclass

from seglab.recipe import MODELS
from seglab.windows import STRIDE


@dataclass(frozen=True)
class Settings:
    """One timing.

    models: names of the lecture's models, or .keras files. sizes: of the pages, (H, W). stride:
    pixels between the windows of the sliding window. variants: names as `variants.available` has
    them; None: the device's usual ones. batch: pages that the network alone gets in one call; 0: it
    is not timed alone. repetitions: calls of each kind after a warm-up. memory: also run each model
    in a process of its own, for its first page and its peak memory.
    """

    models: tuple = MODELS
    # From the working height of a training to a page's own, each of twice as many pixels.
    sizes: tuple = ((320, 224), (448, 320), (640, 448), (900, 640))
    stride: int = STRIDE
    variants: tuple | None = None
    batch: int = 1
    repetitions: int = 9
    memory: bool = True
