"""Read and write one image or one label file."""

import io
import warnings
from contextlib import contextmanager

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from seglab.binarisation import ink
from seglab.errors import InputError
from seglab.files import write_bytes
from seglab.region_classes import IGNORE

CLASSES = ("background", "text", "graphic")
# Blue and vermillion keep apart for every kind of colour vision (Okabe & Ito 2008).
COLOURS = ((255, 255, 255), (0, 114, 178), (213, 94, 0))
IGNORE_COLOUR = (225, 225, 225)

# What a scan may come as. Pillow would read more, some of it (EPS) by running other programs.
FORMATS = ("PNG", "TIFF", "JPEG", "JPEG2000", "BMP", "GIF", "WEBP", "PPM")
IMAGE_SUFFIXES = frozenset(
    (".png", ".tif", ".tiff", ".jpg", ".jpeg", ".jp2")
    + (".bmp", ".gif", ".webp", ".pbm", ".pgm", ".ppm")
)


def read_image(path):
    """Read any scan as an ink image: (H, W, 1) float32, ink 1.0, paper 0.0.

    Binary files are taken as they are, dark being ink; grey and colour are binarised. What is
    transparent is paper, a photo is turned upright, of several pages the first is read. Raises
    InputError for what is missing, broken, no image, or too large.
    """
    with picture(path) as image:
        pixels = ink(grey_levels(ImageOps.exif_transpose(image)))
    return pixels[..., np.newaxis].astype(np.float32)


def grey_levels(image):
    """Return the brightness of a Pillow image, (H, W), 0 black to 255 white."""
    if image.mode.startswith(("I", "F")):  # 16 bits and more, of which scanners use some
        levels = np.maximum(np.nan_to_num(np.asarray(image, np.float32)), 0)
        return levels / max(levels.max(), 1e-6) * 255
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image)
    return np.asarray(image.convert("L"))


def read_labels(path, num_classes=3):
    """Read a label image, (H, W) uint8: a palette's indices or 8-bit grey values, as they are.

    Raises InputError for any other kind of image and for values from `num_classes` on, but IGNORE.
    """
    with picture(path) as image:
        if image.mode not in ("P", "L"):
            raise InputError(
                f"{path} is no label image: a palette or 8-bit grey image with one class per "
                f"pixel is expected, but its mode is {image.mode}."
            )
        labels = np.array(image)
    unknown = np.setdiff1d(labels, [*range(num_classes), IGNORE])
    if unknown.size:
        shown = ", ".join(map(str, unknown[:5])) + (", ..." if unknown.size > 5 else "")
        raise InputError(
            f"{path} holds the values {shown}, but labels go from 0 to {num_classes - 1}; "
            f"{IGNORE} is what is not scored."
        )
    return labels


@contextmanager
def picture(path):
    """Open an image file; whatever fails, here or in the block, becomes an InputError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=FORMATS) as image:
                yield image
    except InputError:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        message = f"would have over {Image.MAX_IMAGE_PIXELS:,} pixels; please scale it down"
    except FileNotFoundError:
        message = "does not exist"
    except IsADirectoryError:
        message = "is a folder, not an image"
    except PermissionError:
        message = "may not be read: permission denied"
    except UnidentifiedImageError:
        message = f"is no readable image; known kinds are {', '.join(FORMATS)}"
    except Exception as error:  # Pillow's decoders raise anything on broken data
        message = f"is broken or incomplete ({error})"
    else:
        return
    raise InputError(f"{path} {message}.")


def write_image(path, image):
    """Write an ink image (H, W, 1) as 1-bit PNG, white paper; ink of 0.5 and more is black."""
    write_bytes(path, image_png(image))


def write_labels(path, labels):
    """Write labels (H, W) as palette PNG in the COLOURS; IGNORE, if it occurs, is light grey."""
    write_bytes(path, labels_png(labels))


def image_png(image):
    """Return the PNG file of an ink image (H, W, 1) as bytes."""
    return png(Image.fromarray(np.asarray(image)[..., 0] < 0.5))


def labels_png(labels):
    """Return the palette PNG file of labels (H, W) as bytes."""
    labels = np.asarray(labels)
    classes = labels[labels != IGNORE]
    if not np.isin(classes, range(len(COLOURS))).all():
        raise InputError(
            f"Labels go from 0 to {len(COLOURS) - 1}, but these go from {classes.min()} to "
            f"{classes.max()}."
        )
    palette = [*COLOURS]
    if len(classes) < labels.size:  # a palette of 256 makes a file of regions a third larger
        palette += [IGNORE_COLOUR] * (IGNORE + 1 - len(COLOURS))
    image = Image.fromarray(labels.astype(np.uint8))
    image.putpalette(np.ravel(palette).tolist())
    return png(image)


def png(image):
    """Return a Pillow image as the bytes of a PNG file."""
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def write_picture(path, picture):
    """Write a picture for people, (H, W, 3) uint8, as PNG."""
    write_bytes(path, png(Image.fromarray(picture)))
