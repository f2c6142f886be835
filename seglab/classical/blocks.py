"""Blocks of ink, classed by what Wong, Casey & Wahl (1982) measure, and joined to regions.

Their thresholds were chosen by hand; here a small decision tree reads them off the training pages,
`export_text` (scikit-learn) prints them. Lengths are counted in lines: the median height of the
page's ink components, so that large and small type look the same.
"""

from abc import abstractmethod
from typing import NamedTuple

import numpy as np
from scipy import ndimage

from seglab.classical.features import EIGHT, INK, cleared, run_lengths
from seglab.classical.method import Method, class_counts, class_weights
from seglab.metrics import confusion_matrix, mean_iou
from seglab.pages import CLASSES
from seglab.region_classes import BACKGROUND, GRAPHIC, TEXT

# What is measured of a block, in this order.
MEASURES = ("height", "width", "width / height", "density", "mean run", "to edge", "page height")


def smeared(ink, gap):
    """Run-length smoothing along rows: paper between ink, at most `gap` long, becomes ink."""
    inside = np.logical_or.accumulate(ink, 1) & np.logical_or.accumulate(ink[:, ::-1], 1)[:, ::-1]
    return ink | (inside & (run_lengths(ink) <= gap))


def letters(image):
    """Ink without what reaches the edge of the page (H, W) bool, and the height of a line.

    The black around a scan reaches the edge. A line is as high as the median of the components,
    specks of one or two pixels left out; 1 where there are none.
    """
    ink = cleared(image)[..., 0] > INK
    numbers, _ = ndimage.label(ink, EIGHT)
    sizes = np.bincount(numbers.ravel())[1:]
    heights = [rows.stop - rows.start for rows, _ in ndimage.find_objects(numbers)]
    heights = np.array(heights)[sizes > 2]
    return ink, float(np.median(heights)) if heights.size else 1.0


def measures(blocks, ink, line):
    """What Wong, Casey & Wahl measure of n numbered blocks: (H, W), (H, W) bool -> (n, 7).

    As in MEASURES. density: ink in the bounding box. mean run: of ink along rows. line: the height
    of a line, by which lengths are divided. page height: in lines.
    """
    boxes = ndimage.find_objects(blocks)
    inked = np.where(ink, blocks, 0)
    pixels = np.bincount(inked.ravel(), minlength=len(boxes) + 1)[1:]
    starts = np.diff(inked, axis=1, prepend=0) != 0
    runs = np.bincount(inked[starts], minlength=len(boxes) + 1)[1:]
    edges = [(rows.start, rows.stop, columns.start, columns.stop) for rows, columns in boxes]
    top, bottom, left, right = np.array(edges, float).reshape(-1, 4).T
    height, width = bottom - top, right - left
    to_edge = np.minimum.reduce([top, left, blocks.shape[0] - bottom, blocks.shape[1] - right])
    table = [height / line, width / line, width / height, pixels / (height * width)]
    table += [pixels / np.maximum(runs, 1) / line, to_edge / line]
    return np.stack([*table, np.full(len(boxes), blocks.shape[0] / line)], -1)


def regions(labels, line, gap):
    """Regions of labelled blocks: (H, W) -> (H, W) uint8.

    Text grows together over white of at most `gap` lines, down first, then across; a graphic fills
    its convex hull, and lies over text.
    """
    from skimage.morphology import convex_hull_object

    text = labels == TEXT
    text = smeared(smeared(text.T, gap * line).T, gap * line)
    graphic = labels == GRAPHIC
    graphic = smeared(graphic, line) & smeared(graphic.T, line).T
    if graphic.any():
        graphic = convex_hull_object(graphic)
    return np.select([graphic, text], [GRAPHIC, TEXT], BACKGROUND).astype(np.uint8)


class Found(NamedTuple):
    """The blocks of a page: numbered (H, W), their ink (H, W) bool, and the height of a line."""

    blocks: np.ndarray
    ink: np.ndarray
    line: float

    def labels(self, tree):
        """The class of every block by a tree on its measures: (H, W) uint8."""
        classes = np.full(self.blocks.max() + 1, BACKGROUND, np.uint8)
        if tree is not None and len(classes) > 1:
            classes[1:] = tree.predict(measures(*self))
        return classes[self.blocks]


class Blocks(Method):
    """Finds blocks at several lengths, classes them by a tree, and keeps the length that is best.

    lengths: candidates, in lines, for `_blocks`; gaps: candidates for `regions`. Both are chosen by
    the mean IoU on training pages that the tree has not seen, half of them at a time. leaves: how
    many boxes the tree may cut the measures into.
    """

    def __init__(self, lengths, gaps=(2.5, 4, 6, 9), leaves=50):
        self.lengths, self.gaps, self.leaves = lengths, gaps, leaves

    @abstractmethod
    def _blocks(self, image, ink, line, length):
        """Blocks of the page, numbered from 1: (H, W)."""

    def _fit(self, pages):
        lettered = [letters(page.image) for page in pages]
        halves = (slice(0, None, 2), slice(1, None, 2)) if len(pages) > 1 else (slice(None),) * 2
        best = -1.0
        for length in self.lengths:
            found = [
                self._found(page.image, *each, length)
                for page, each in zip(pages, lettered, strict=True)
            ]
            trees = [self._tree(pages[other], found[other]) for other in reversed(halves)]
            for gap in self.gaps:
                quality = mean_iou(
                    sum(
                        _confusion(pages[half], found[half], tree, gap)
                        for half, tree in zip(halves, trees, strict=True)
                    )
                )
                if quality > best:
                    best, self.length, self.gap, blocks = quality, length, gap, found
        self.tree = self._tree(pages, blocks)

    def _found(self, image, ink, line, length):
        return Found(self._blocks(image, ink, line, length), ink, line)

    def _tree(self, pages, found):
        from sklearn.tree import DecisionTreeClassifier

        tables = np.concatenate([measures(*each) for each in found])
        counts = np.concatenate(
            [
                class_counts(each.blocks, page.labels, each.blocks.max() + 1)[1:]
                for page, each in zip(pages, found, strict=True)
            ]
        )
        if not counts.any():
            return None
        classes = counts.argmax(1)
        weights = counts.max(1) * class_weights(counts.sum(0))[classes]
        tree = DecisionTreeClassifier(max_leaf_nodes=self.leaves, random_state=0)
        return tree.fit(tables, classes, sample_weight=weights)

    def _labels(self, image):
        found = self._found(image, *letters(image), self.length)
        return regions(found.labels(self.tree), found.line, self.gap)


def _confusion(pages, found, tree, gap):
    """The confusion matrix of pages whose blocks are found, for a tree and a gap."""
    predicted = (regions(each.labels(tree), each.line, gap) for each in found)
    return sum(
        confusion_matrix(page.labels, labels, len(CLASSES))
        for page, labels in zip(pages, predicted, strict=True)
    )
