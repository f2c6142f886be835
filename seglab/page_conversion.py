"""Turn pages of any kind into a page folder."""

from seglab.errors import InputError
from seglab.pages import page_files, read_page, scaled, write_page
from seglab.progress import each_page


def convert_to_folder(source, out, console, height=None):
    """Write the pages of a folder, whatever its kind, as a page folder, scaled to `height`.

    A page that cannot be read is reported and left out. `out` must not hold pages yet. Returns
    the names of the pages written and of those left out.
    """
    files = {file.name: file for file in page_files(source)}
    if any((out / part).exists() for part in ("images", "labels")):
        raise InputError(f"{out} holds pages already; choose a new folder.")

    def convert(_, page):
        write_page(out, scaled(page, height) if height else page)

    return each_page(read_page, convert, files, "converting", console)
