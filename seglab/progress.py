"""Work that takes long: a bar, and a page that cannot be read does not stop the others."""

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from seglab.errors import InputError


def progress_bar(console):
    """The bar for whatever takes long: what, how far, how long still."""
    return Progress(
        TextColumn("{task.description:<32}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
    )


def each_page(work, pages, description, console):
    """Do `work(name, page)` for every page; what cannot be read is told, and the rest goes on."""
    done, left_out = [], []
    with progress_bar(console) as progress:
        for name, page in progress.track(pages.items(), description=description):
            try:
                work(name, page)
                done.append(name)
            except InputError as error:
                console.print(f"left out: {error}", markup=False, highlight=False)
                left_out.append(name)
    return done, left_out


def tell(done, left_out, out):
    """What came of a number of pages; an InputError if one of them could not be read."""
    if done:
        print(f"Pages written to {out}: {len(done)}.")
    if left_out:
        raise InputError(f"Pages that could not be read: {len(left_out)} ({', '.join(left_out)}).")
