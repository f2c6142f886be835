"""What a model sees in training: random crops of pages, or windows with their centre's class.

Batch i of epoch e is a pure function of (seed, e, i), so that an interrupted training goes on with
the very batches that it would have seen.
"""

import keras
import numpy as np

from seglab.region_classes import IGNORE


class Crops(keras.utils.PyDataset):
    """Batches for `model.fit`: images (batch, size, size, 1), labels (batch, size, size).

    pages: labelled pages, larger ones drawn more often. A crop may overhang the page's edge by a
    quarter; there it holds paper. Set `epoch` before an epoch starts.
    """

    def __init__(self, pages, size, batch, steps, seed):
        super().__init__()
        self.pages, self.size, self.batch, self.steps = pages, size, batch, steps
        self.seed = seed
        self.epoch = 0
        shares = np.array([self.weight(page) for page in pages], float)
        self._page_share = shares / shares.sum()

    def __len__(self):
        return self.steps

    def __getitem__(self, step):
        random = np.random.default_rng([self.seed, self.epoch, step])
        chosen = random.choice(len(self.pages), self.batch, p=self._page_share)
        images, labels = zip(*(self.draw(self.pages[i], random) for i in chosen), strict=True)
        return np.stack(images), np.stack(labels)

    def weight(self, page):
        """How much more often than others a page is drawn: by its area."""
        return page.labels.size

    def draw(self, page, random):
        """One image (size, size, 1) and its labels (size, size)."""
        overhang = self.size // 4
        top, left = (
            random.integers(-overhang, max(side - self.size + overhang, -overhang) + 1)
            for side in page.labels.shape
        )
        return crop(page, top, left, self.size)


class Windows(Crops):
    """Batches for a window classifier: images (batch, size, size, 1), labels (batch,).

    Every scored pixel of the pages is as likely as any other to be a window's centre.
    """

    def weight(self, page):
        """How much more often than others a page is drawn: by its scored pixels."""
        return np.count_nonzero(page.labels != IGNORE)

    def draw(self, page, random):
        """One window (size, size, 1) and the class of its centre pixel."""
        row, column = scored_pixel(page.labels, random)
        image, labels = crop(page, row - self.size // 2, column - self.size // 2, self.size)
        return image, labels[self.size // 2, self.size // 2]


def scored_pixel(labels, random):
    """Row and column of a pixel that is scored, each as likely as any other."""
    while True:
        row, column = (random.integers(side) for side in labels.shape)
        if labels[row, column] != IGNORE:
            return row, column


def crop(page, top, left, size):
    """Cut the square whose upper left pixel is (top, left); outside the page there is paper.

    Returns image (size, size, 1) and labels (size, size).
    """
    image = np.zeros((size, size, 1), "float32")
    labels = np.full((size, size), page.paper, "uint8")
    rows, columns = (slice(max(start, 0), max(start + size, 0)) for start in (top, left))
    part = page.labels[rows, columns]
    inside = tuple(
        slice(max(-start, 0), max(-start, 0) + length)
        for start, length in zip((top, left), part.shape, strict=True)
    )
    labels[inside] = part
    image[inside] = page.image[rows, columns]
    return image, labels
