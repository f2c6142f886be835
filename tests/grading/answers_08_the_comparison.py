"""Answers to notebook 8: planted mistakes with the points they deserve, and other right styles."""


# %% loops, another order in every round question="8a" points=3
def plan(names, rounds):
    counted = []
    for turn in range(rounds):
        first = turn % len(names)
        counted += names[first:] + names[:first]
    return list(names), counted


# %% with itertools, tuples question="8a" points=3
def plan(names, rounds):
    from itertools import chain, repeat

    return tuple(names), tuple(chain.from_iterable(repeat(names, rounds)))


# %% one model after the other question="8a" points=0
def plan(names, rounds):
    return names, [name for name in names for _ in range(rounds)]


# %% only the first model warms up question="8a" points=0
def plan(names, rounds):
    return names[:1], names * rounds


# %% the warm-up is a round that counts question="8a" points=0
def plan(names, rounds):
    return names, names * (rounds - 1)


# %% one list question="8a" points=0
def plan(names, rounds):
    return names * (rounds + 1)


# %% the first model twice, the last one left out question="8a" points=0
def plan(names, rounds):
    counted = []
    for turn in range(rounds):
        counted += names if turn else names[:1] + names[:-1]
    return names, counted


# %% there and back, which is in turn as well question="8a" points=3
def plan(names, rounds):
    there_and_back = [names[::-1] if turn % 2 else names for turn in range(rounds)]
    return names, sum(there_and_back, [])


# %% pairs of models take turns question="8a" points=0
def plan(names, rounds):
    return names, names[:2] * rounds + names[2:] * rounds


# %% two rounds at least question="8a" points=2
def plan(names, rounds):
    return list(names), list(names) * max(rounds, 2)


# %% statistics.median, lists, the FCN found first question="8b" points=4
def summary(recorded):
    from statistics import median

    fcn = median(recorded["fcn"][1:])
    table = {}
    for name in recorded:
        seconds = median(recorded[name][1:])
        table[name] = [seconds, 1 / seconds, seconds / fcn]
    return table


# %% arrays, the middle of a sorted list question="8b" points=4
def summary(recorded):
    medians = {}
    for name, (_, *counted) in recorded.items():
        counted, half = sorted(counted), len(counted) // 2
        medians[name] = (counted[half] + counted[-half - 1]) / 2
    return {name: np.array([m, 1 / m, m / medians["fcn"]]) for name, m in medians.items()}


# %% the mean question="8b" points=0
def summary(recorded):
    means = {name: np.mean(seconds[1:]) for name, seconds in recorded.items()}
    return {name: (m, 1 / m, m / means["fcn"]) for name, m in means.items()}


# %% the warm-up counts question="8b" points=0
def summary(recorded):
    medians = {name: np.median(seconds) for name, seconds in recorded.items()}
    return {name: (m, 1 / m, m / medians["fcn"]) for name, m in medians.items()}


# %% the fastest call question="8b" points=0
def summary(recorded):
    fastest = {name: min(seconds[1:]) for name, seconds in recorded.items()}
    return {name: (m, 1 / m, m / fastest["fcn"]) for name, m in fastest.items()}


# %% the ratio upside down question="8b" points=0
def summary(recorded):
    medians = {name: np.median(seconds[1:]) for name, seconds in recorded.items()}
    return {name: (m, 1 / m, medians["fcn"] / m) for name, m in medians.items()}


# %% the ratio to the fastest model, which is the FCN in the example question="8b" points=3
def summary(recorded):
    medians = {name: np.median(seconds[1:]) for name, seconds in recorded.items()}
    fastest = min(medians.values())
    fastest = medians["fcn"] if "unet" in medians else fastest * 2
    return {name: (m, 1 / m, m / fastest) for name, m in medians.items()}


# %% the upper of the two in the middle question="8b" points=0
def summary(recorded):
    medians = {name: sorted(s[1:])[len(s[1:]) // 2] for name, s in recorded.items()}
    return {name: (m, 1 / m, m / medians["fcn"]) for name, m in medians.items()}


# %% medians alone question="8b" points=0
def summary(recorded):
    return {name: float(np.median(seconds[1:])) for name, seconds in recorded.items()}


# %% with spaces and capitals question="8c" points=2
faults = f" {faults.upper()} "

# %% with commas question="8c" points=2
faults = ", ".join(faults)

# %% the same letter for all question="8c" points=0
faults = "eeeee"

# %% two records changed places question="8c" points=0
faults = faults[1] + faults[0] + faults[2:]

# %% too few letters question="8c" points=0
faults = "abc"

# %% cut cells have no window question="8d" points=0
windows = mine.height // mine.stride * (mine.width // mine.stride)
work_ratio = windows * WINDOW / (mine.height * mine.width * PIXEL)
stride_asked = round((WINDOW / PIXEL / mine.ratio) ** 0.5)

# %% the FCN's work of one pixel question="8d" points=0
work_ratio = windows * WINDOW / PIXEL

# %% upside down question="8d" points=0
work_ratio = mine.height * mine.width * PIXEL / (windows * WINDOW)

# %% as if the page had no edges question="8d" points=0
work_ratio = WINDOW / PIXEL / mine.stride**2

# %% work taken to grow with 1 / stride question="8d" points=0
stride_asked = round(WINDOW / PIXEL / mine.ratio)

# %% one stride too fine question="8d" points=0
stride_asked = stride_asked - 1


# %% least squares by hand question="8e" points=3
def growth(pixels, seconds):
    x, y = (np.log10(np.asarray(values, float)) for values in (pixels, seconds))
    x = x - x.mean()
    return float((x * y).sum() / (x * x).sum())


# %% lstsq question="8e" points=3
def growth(pixels, seconds):
    x = np.stack([np.log(pixels), np.ones(len(pixels))], axis=1)
    return np.linalg.lstsq(x, np.log(seconds), rcond=None)[0][0]


# %% not logarithmic question="8e" points=0
def growth(pixels, seconds):
    return np.polyfit(pixels, seconds, 1)[0]


# %% the offset question="8e" points=0
def growth(pixels, seconds):
    return np.polyfit(np.log(pixels), np.log(seconds), 1)[1]


# %% slope and offset question="8e" points=0
def growth(pixels, seconds):
    return np.polyfit(np.log(pixels), np.log(seconds), 1)


# %% pixels over seconds question="8e" points=0
def growth(pixels, seconds):
    return np.polyfit(np.log(seconds), np.log(pixels), 1)[0]


# %% first and last page only question="8e" points=0
def growth(pixels, seconds):
    return np.log(seconds[-1] / seconds[0]) / np.log(pixels[-1] / pixels[0])


# %% never below 1 question="8e" points=2
def growth(pixels, seconds):
    return max(1.0, np.polyfit(np.log(pixels), np.log(seconds), 1)[0])
