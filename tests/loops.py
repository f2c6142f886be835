"""Slow loops that are obviously right: what the layers that Keras lacks should give."""

from math import ceil

import numpy as np


def pooled_with_indices(features, rows, columns):
    """The first maximum of every window, and its place in it."""
    batch, height, width, channels = features.shape
    shape = (batch, ceil(height / rows), ceil(width / columns), channels)
    pooled, indices = np.full(shape, -np.inf), np.zeros(shape, int)
    for image, y, x, channel in np.ndindex(features.shape):
        cell = (image, y // rows, x // columns, channel)
        if features[image, y, x, channel] > pooled[cell]:
            pooled[cell] = features[image, y, x, channel]
            indices[cell] = y % rows * columns + x % columns
    return pooled.astype("float32"), indices.astype("int32")


def unpooled(values, indices, rows, columns):
    """Every value where its index says."""
    batch, height, width, channels = values.shape
    image = np.zeros((batch, height * rows, width * columns, channels), "float32")
    for at in np.ndindex(values.shape):
        page, y, x, channel = at
        row, column = divmod(int(indices[at]), columns)
        image[page, y * rows + row, x * columns + column, channel] = values[at]
    return image


def mirrored(images, before, after):
    """An image with mirrored pixels around it; a walker who turns round at each border."""
    for axis in 1, 2:
        length, stop = images.shape[axis], images.shape[axis] + after[axis - 1]
        walk = [*range(length), *range(length - 2, 0, -1)]  # there and back again
        places = [walk[place % len(walk)] for place in range(-before, stop)]
        images = np.take(images, places, axis)
    return images


def bin_means(features, bins):
    """The mean of every bin: from floor(i h / n) to ceil((i + 1) h / n)."""
    batch, height, width, channels = features.shape
    means = np.zeros((batch, bins, bins, channels))
    for row, column in np.ndindex(bins, bins):
        rows = slice(row * height // bins, ceil((row + 1) * height / bins))
        columns = slice(column * width // bins, ceil((column + 1) * width / bins))
        means[:, row, column] = features[:, rows, columns].mean((1, 2))
    return means


def resized(features, height, width):
    """Bilinear: between the two nearest centres, at the border the border's cell."""
    batch, h, w, channels = features.shape
    result = np.zeros((batch, height, width, channels))
    for y, x in np.ndindex(height, width):
        row = np.clip((y + 0.5) * h / height - 0.5, 0, h - 1)
        column = np.clip((x + 0.5) * w / width - 0.5, 0, w - 1)
        for i, j in np.ndindex(h, w):
            share = max(0, 1 - abs(row - i)) * max(0, 1 - abs(column - j))
            result[:, y, x] += share * features[:, i, j]
    return result


def convolved(features, kernel, rate):
    """A `same` convolution of (k, k, in, out) whose taps are `rate` apart."""
    batch, height, width, _ = features.shape
    result = np.zeros((batch, height, width, kernel.shape[-1]))
    for y, x, i, j in np.ndindex(height, width, *kernel.shape[:2]):
        row = y + rate * (i - kernel.shape[0] // 2)
        column = x + rate * (j - kernel.shape[1] // 2)
        if 0 <= row < height and 0 <= column < width:
            result[:, y, x] += features[:, row, column] @ kernel[i, j]
    return result
