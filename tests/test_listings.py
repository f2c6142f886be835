"""Every listing is executed: it does what it is said to do, and so does its repair."""

import pytest

from seglab import models
from seglab.listings import LISTINGS, outcome

# Keras's own metrics ask JAX for 64-bit integers.
pytestmark = pytest.mark.filterwarnings("ignore:Explicitly requested dtype int64")

EVERY_LISTING = pytest.mark.parametrize("listing", LISTINGS, ids=lambda listing: listing.name)


@EVERY_LISTING
def test_the_listing_does_what_it_is_said_to_do(listing):
    came = outcome(listing.code)
    assert came.raises == listing.raises
    if listing.raises is None:
        assert came.found == pytest.approx(listing.found, abs=1e-5)
    else:
        assert listing.message in came.message
        assert listing.found is None


@EVERY_LISTING
def test_the_repair_runs_and_finds_what_it_should(listing):
    came = outcome(listing.repair)
    assert (came.raises, came.message) == (None, None)
    assert came.found == pytest.approx(listing.repaired, abs=1e-5)
    assert came.found != listing.found


@EVERY_LISTING
def test_the_listing_reads_well(listing):
    assert listing.title and listing.why.endswith(".")
    assert all(len(line) <= 90 for line in (listing.code + listing.repair).splitlines())


def test_names_are_unique():
    assert len({listing.name for listing in LISTINGS}) == len(LISTINGS)


def test_the_models_follow_the_listing_not_the_pseudo_code():
    (kernels,) = [listing for listing in LISTINGS if listing.name == "pseudo_code_kernels"]
    model = models.fcn(3)
    encoder = sum(model.get_layer(name).count_params() for name in ("conv1", "conv2", "conv3"))
    assert encoder == kernels.repaired
