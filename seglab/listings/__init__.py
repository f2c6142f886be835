"""The lecture's listings that do not run, or that run and compute something else.

Each `Listing` holds the code as the slide means it (shortened to the lines that matter), what comes
of it, why, and the repair. Code that runs leaves its result in the name `found`. The notebooks ask
about them: does this run? what does it find? Every one is executed by a test.
"""

from seglab.listings.failing import (
    CLASS_WEIGHT,
    CONCATENATE_LIST,
    MISSING_COMMA,
    SIZES_AT_THE_SKIP,
    SKIP_AFTER_THE_POOL,
    TRANSPOSED_NAME,
    UP_SAMPLING_ARGUMENT,
)
from seglab.listings.listing import Listing, Outcome, outcome
from seglab.listings.silent import (
    DICE_OF_LABELS,
    HALF_A_PIXEL,
    LOST_BORDER,
    MEAN_IOU_OF_SCORES,
    MINUS_SIGN,
    PSEUDO_CODE_KERNELS,
)

LISTINGS = (
    MISSING_COMMA,
    PSEUDO_CODE_KERNELS,
    UP_SAMPLING_ARGUMENT,
    TRANSPOSED_NAME,
    CONCATENATE_LIST,
    SKIP_AFTER_THE_POOL,
    SIZES_AT_THE_SKIP,
    LOST_BORDER,
    HALF_A_PIXEL,
    MINUS_SIGN,
    CLASS_WEIGHT,
    MEAN_IOU_OF_SCORES,
    DICE_OF_LABELS,
)

__all__ = ["LISTINGS", "Listing", "Outcome", "outcome"]
