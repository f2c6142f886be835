"""Collect the typesetter's material from packages of Debian or Ubuntu: fonts, ornaments, pictures.

    python3 tools/collect_material.py material

fills material/train and material/test by the table material.csv beside this file; no font family
and no picture is in both. Nothing is installed and nobody needs to be root. About 710 MB are
downloaded, package by package, and 51 MB kept. ingredients.csv in each folder says where every
file comes from and under which licence.
"""

import csv
import re
import subprocess
import sys
import tarfile
import zlib
from collections import defaultdict
from fnmatch import fnmatch
from io import BytesIO
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

import numpy as np
import skimage
from PIL import Image, ImageChops, ImageDraw, ImageOps

TABLE = Path(__file__).with_name("material.csv")
LARGEST = 480, 800  # pixels of a picture and of an ornament: as large as pages show them


def collect(folder):
    """Fill folder/train and folder/test by the table; yields each package with its file count."""
    packages, ingredients = defaultdict(list), defaultdict(list)
    for row in csv.DictReader(TABLE.read_text().splitlines()):
        packages[row["package"]].append(row)
    for package, rows in packages.items():
        source, count = photographs if package == "scikit-image" else archived, 0
        for origin, row, path, content in source(package, rows):
            split = row["split"] if row["split"] != "by name" else split_by_name(path.stem)
            name = Path(row["folder"], path.name)
            target = folder / split / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            ingredients[split].append((str(name), *origin, row["licence"]))
            count += 1
        yield package, count
    for split, lines in ingredients.items():
        with open(folder / split / "ingredients.csv", "w", newline="") as file:
            csv.writer(file).writerows([("file", "package", "version", "licence"), *sorted(lines)])


def photographs(package, rows):
    """The photographs in scikit-image: (package and version), row, path, content."""
    for row in rows:
        for name in row["files"].split():
            image = Image.fromarray(getattr(skimage.data, name)()).convert("L")
            yield (package, skimage.__version__), row, Path(f"{name}.png"), png(image)


def archived(package, rows):
    """The files in a Debian package that the rows name: (package, version), row, path, content.

    Nothing where this release has none of the packages `package`, one name or several with | .
    """
    with TemporaryDirectory() as scratch:
        archive = download(package.split("|"), Path(scratch))
        if archive is None:
            return
        origin = archive.name.replace("%3a", ":").split("_")[:2]
        command = ["dpkg-deb", "--fsys-tarfile", archive]
        with (
            subprocess.Popen(command, stdout=subprocess.PIPE) as unpacking,
            tarfile.open(fileobj=unpacking.stdout, mode="r|") as members,
        ):
            for member in members:
                row = next((row for row in rows if wanted(member.name, row["files"].split())), None)
                if row and member.isfile():
                    path, content = Path(member.name), members.extractfile(member).read()
                    if not row["folder"].startswith("fonts"):
                        path = path.with_name(f"{path.parent.name}_{path.stem}.png".lower())
                        content = picture(content, row["folder"])
                    if content:
                        yield origin, row, path, content


def download(names, folder):
    """The archive of the first of these packages that this release has, else None."""
    for name in names:
        command = ["apt-get", "download", name]
        if not subprocess.run(command, cwd=folder, capture_output=True).returncode:
            return next(folder.glob("*.deb"))
    return None


def wanted(name, patterns):
    """Whether a file matches one of the patterns and none of those with an exclamation mark."""
    return any(fnmatch(name, p) for p in patterns) and not any(
        fnmatch(name, p[1:]) for p in patterns if p[0] == "!"
    )


def split_by_name(stem):
    """A quarter of the names to test. The first word decides, so that a series stays together.

    The word before the first underscore is the folder that a picture comes from: left out.
    """
    word = re.match(r"[^a-z]*([a-z]*)", stem.lower().split("_", 1)[-1])[1]
    return "test" if zlib.crc32(word.encode()) % 4 == 0 else "train"


def picture(content, folder):
    """The bytes of a PNG file made of a picture or of a drawn ornament; none if it is no use."""
    image = (
        drawing(content) if folder == "ornaments" else cutout(content, folder == "pictures/maps")
    )
    return png(image) if image else b""


def png(image):
    """An image as the bytes of a PNG file."""
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def cutout(content, flat):
    """A picture as tones with transparency, cropped to what is seen.

    None if that is little, or a whole rectangle unless the picture is `flat`, as maps are.
    """
    image = Image.open(BytesIO(content))
    if max(image.size) > 5000:
        return None
    image = image.convert("RGBA").convert("LA")
    box = image.getchannel("A").point(lambda a: 255 * (a > 30)).getbbox()
    if not box or min(box[2] - box[0], box[3] - box[1]) < 40:
        return None
    image = image.crop(box)
    if not flat and np.asarray(image)[..., 1].mean() > 250:
        return None
    image.thumbnail((LARGEST[0], LARGEST[0]))
    return image


def drawing(content):
    """An ornament of the TeX package pgfornament: its paths filled, black on transparency."""
    paths, run = [], []
    text = re.sub("%.*", "", content.decode())
    for operator, numbers in re.findall(r"\\([a-z]+)([-\d.\s]*)", text):
        points = np.array(numbers.split(), float)[: len(numbers.split()) // 2 * 2].reshape(-1, 2)
        if operator == "m":
            run.append([points[0]])
        elif operator == "l":
            run[-1].append(points[0])
        elif operator == "c":
            run[-1] += list(bezier(run[-1][-1], *points))
        elif operator == "s":
            paths, run = paths + run, []
        elif operator in ("i", "ubb"):  # a clip or a bounding box, not ink
            run = []
    if not paths:
        return None
    low, high = np.min(np.concatenate(paths), 0), np.max(np.concatenate(paths), 0)
    scale = LARGEST[1] / max(high - low)
    ink = Image.new("1", [int(side) + 3 for side in (high - low) * scale])
    for path in paths:
        part = Image.new("1", ink.size)
        ImageDraw.Draw(part).polygon([tuple((point - low) * scale + 1) for point in path], 1)
        ink = ImageChops.logical_xor(ink, part)
    ink = ImageOps.flip(ink).convert("L")  # TeX counts upwards
    return Image.merge("LA", (Image.new("L", ink.size), ink))


def bezier(a, b, c, d):
    """Eleven points along a cubic curve from a (left out) to d."""
    t = np.linspace(0, 1, 12)[1:, None]
    s = 1 - t
    return s**3 * a + 3 * s**2 * t * b + 3 * s * t**2 * c + t**3 * d


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: python3 tools/collect_material.py FOLDER")
    if not (which("apt-get") and which("dpkg-deb")):
        sys.exit("The material comes from Debian's packages; apt-get or dpkg-deb is missing here.")
    target = Path(sys.argv[1])
    if any((target / split).exists() for split in ("train", "test")):
        sys.exit(f"{target} is there already; remove its folders train and test to collect anew.")
    for package, count in collect(target):
        print(f"{package}: {count or 'left out, for this release does not have it'}", flush=True)
