"""Run-length smoothing (RLSA): Wong, Casey & Wahl, "Document analysis system" (1982)."""

from scipy import ndimage

from seglab.classical.blocks import Blocks, smeared
from seglab.classical.features import EIGHT


def smoothed(ink, across, down):
    """Ink smeared along rows and along columns, where both agree, and along rows a little again.

    ink: (H, W) bool. across, down: the longest gaps in pixels that are filled. The last gap is half
    of `across`.
    """
    both = smeared(ink, across) & smeared(ink.T, down).T
    return smeared(both, across / 2)


class RunLengthSmoothing(Blocks):
    """Blocks are what run-length smoothing ties together, with gaps of a few lines' height."""

    def __init__(self, lengths=(1, 2, 3)):
        super().__init__(lengths)

    def _blocks(self, image, ink, line, length):
        return ndimage.label(smoothed(ink, length * line, length * line), EIGHT)[0]
