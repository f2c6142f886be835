"""Tell ink from paper in a grey scan (Sauvola & Pietikainen 2000)."""

import numpy as np

# Sauvola's threshold is mean * (1 + k * (deviation / R - 1)) over a window, R = 128 for 8 bits.
# Window and k were measured on three grey scans (16th, 17th and 19th century) of which a binary
# version is published: among windows from a 150th to a tenth of the page's height and k from 0.1
# to 0.5, a fortieth (about one line of text) with 0.2 came closest on the whole (F1 of the ink
# 0.95, 0.90, 0.95). The optimum is flat.
WINDOWS_PER_HEIGHT = 40
SMALLEST_WINDOW = 15
K = 0.2
R = 128
# Sauvola compares a pixel with its surroundings only, so dark and even surroundings (the black
# around a scanned book, solid ink wider than the window) turn into noise. Hence two bounds: what
# differs from its surroundings by less than the noise of a scan is not ink ...
SMALLEST_CONTRAST = 12
# ... and what is this dark against the paper (the 90th percentile of the page) is always ink.
BLACK = 0.3


def ink(grey):
    """Return the ink of a grey page: (H, W), 0 black to 255 white -> (H, W) bool.

    A page of nothing but 0 and 255 is binary already and stays as it is.
    """
    if ((grey == 0) | (grey == 255)).all():
        return grey == 0
    sauvola = sauvola_threshold(grey)
    return grey < np.maximum(sauvola, BLACK * np.percentile(grey, 90))


def sauvola_threshold(grey):
    """Return the threshold of every pixel, (H, W) -> (H, W) float32.

    As `skimage.filters.threshold_sauvola`, but bounded as above and several times as fast: running
    sums instead of integral images.
    """
    from scipy.ndimage import uniform_filter  # a tenth of a second that binary pages do not need

    grey = np.asarray(grey, np.float32)
    window = max(SMALLEST_WINDOW, len(grey) // WINDOWS_PER_HEIGHT) | 1
    mean = uniform_filter(grey, window, mode="nearest")
    variance = uniform_filter(grey**2, window, mode="nearest") - mean**2
    deviation = np.sqrt(np.maximum(variance, 0))
    threshold = mean * (1 + K * (deviation / R - 1))
    return np.minimum(threshold, mean - SMALLEST_CONTRAST)
