"""The sentences below the table: what was done, where, and what the numbers do not say."""

from seglab.reports import TITLES
from seglab.speed.rows import best


def notes(result):
    """Sentences on a result of `experiment.measure`."""
    settings = result["settings"]
    sentences = [
        "Seconds per page: an image in memory becomes scores in memory, padding and cutting "
        f"included. Median of {settings['repetitions']} pages after a warm-up; half of the pages "
        "took the time given beside it. Models, sizes and the peak were timed in turn, round by "
        "round; times FCN is the median of the ratios within the rounds, where drift cancels.",
        "Pages are random ink and models untrained, where no file was given: neither changes the "
        "time.",
    ]
    for name, size in result["windows"].items():
        sentences.append(
            f"{_title(name)}: windows of {size}x{size} pixels, every {settings['stride']} pixels."
        )
    if settings["memory"]:
        sentences.append(
            "First page and memory: each model in a process of its own. The first page traces and "
            "compiles. Memory: the most that the process held, beyond Keras and the model."
        )
    if settings["batch"]:
        sentences.append(
            "Network alone: the model as the slide draws it, without what prediction adds or "
            f"saves; pages in a call: {settings['batch']}."
        )
    sentences += [
        "Multiply-adds: of the network alone, biases and pools not counted. Peak: the best rate of "
        f"3x3 convolutions on {_channels(result)} channels in the same run, {_peaks(result)}.",
        "Lecture: the slides' seconds, on hardware, pages, windows and strides that they do not "
        "state; so only the ratios can be compared.",
    ]
    if result["growth"]:
        sentences.append(
            "Figure: the curves are fitted by seconds = c n^p for pages of n pixels; p stands at "
            "their ends."
        )
    return [*sentences, _machine(result["machine"])]


def _title(model):
    return TITLES.get(model, model)


def _channels(result):
    *some, last = dict.fromkeys(str(peak["channels"]) for peak in result["peaks"])
    return f"{', '.join(some)} or {last}"


def _peaks(result):
    precisions = dict.fromkeys(peak["precision"] for peak in result["peaks"])
    return ", ".join(
        f"{best(result['peaks'], name) / 1e9:,.0f} G multiply-adds per s in {name}"
        for name in precisions
    )


def _machine(facts):
    cores = facts["cores"] or facts["threads"]
    load = facts["load_before"]
    return (
        f"Measured on {facts['date'][:10]}: {', '.join([facts['cpu'], *facts['device_names']])}, "
        f"{cores} cores, {facts['threads']} threads, {facts['ram_bytes'] / 2**30:.0f} GiB of "
        f"memory, {facts['os']}, Python {facts['python']}, Keras {facts['keras']} on "
        f"{facts['backend']} {facts['backend_version']}, devices {', '.join(facts['devices'])}; "
        f"{load:.1f} processes were running in the minute before."
    )
