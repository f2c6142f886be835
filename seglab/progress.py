"""Work that takes long: a bar, and a page that cannot be read does not stop the others."""

from concurrent.futures import ThreadPoolExecutor

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from seglab.errors import InputError


class SpeedColumn(ProgressColumn):
    """How many in a second: pages, steps, whatever is counted."""

    def render(self, task):
        """The speed once there is one."""
        speed = task.finished_speed or task.speed
        return f"{speed:.1f} a second" if speed else ""


def progress_bar(console):
    """The bar for whatever takes long: what, how far, how fast, how long still."""
    return Progress(
        TextColumn("{task.description:<32}"),
        BarColumn(),
        MofNCompleteColumn(),
        SpeedColumn(),
        TimeRemainingColumn(),
        console=console,
    )


def each_page(read, work, pages, description, console):
    """Do `work(name, read(page))` for every page of {name: page}.

    The next page is read while this one is worked on. What cannot be read is told, and the rest
    goes on. Returns the names of the pages done and of those left out.
    """
    done, left_out = [], []
    with ThreadPoolExecutor(1) as reader, progress_bar(console) as progress:
        coming = one_ahead(reader.submit(read, page) for page in pages.values())
        for name in progress.track(pages, description=description):
            try:
                work(name, next(coming).result())
                done.append(name)
            except InputError as error:
                console.print(f"left out: {error}", markup=False, highlight=False, soft_wrap=True)
                left_out.append(name)
    return done, left_out


def one_ahead(items):
    """The items in turn; each has been made when the one before it is given out."""
    items = iter(items)
    ahead = next(items, None)
    for item in items:
        yield ahead
        ahead = item
    yield ahead


def tell(done, left_out, out):
    """What came of a number of pages; an InputError if one of them could not be read."""
    if done:
        print(f"Pages written to {out}: {len(done)}.")
    if left_out:
        raise InputError(f"Pages that could not be read: {len(left_out)} ({', '.join(left_out)}).")
