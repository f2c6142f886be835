"""Small labelled pages whose classes a model can learn in seconds."""

import numpy as np

from seglab.pages import Page, write_page


def striped_page(name, size=(48, 40), seed=0):
    """Paper above, lines of text below them, a black picture at the foot."""
    height, width = size
    image = np.zeros((height, width, 1), "float32")
    labels = np.zeros(size, "uint8")
    text, graphic = slice(height // 4, 2 * height // 3), slice(3 * height // 4, height)
    labels[text], labels[graphic] = 1, 2
    image[text][::3] = 1
    image[graphic] = 1
    noise = np.random.default_rng(seed).random(image.shape) < 0.02
    return Page(name, np.where(noise, 1 - image, image).astype("float32"), labels)


def page_folder(folder, names="abcdefghij", size=(48, 40)):
    """Write striped pages as a page folder; return the folder."""
    for seed, name in enumerate(names):
        write_page(folder, striped_page(name, size, seed))
    return folder
