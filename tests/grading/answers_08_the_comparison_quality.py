"""Answers to notebook 8 on quality and the record: mistakes as they deserve, and other styles."""

# %% an absent class has an IoU of 0 question="8f" points=0
ious = [
    [m[c, c] / max(m[c].sum() + m[:, c].sum() - m[c, c], 1) for c in range(3)]
    for m in [confusions.sum(axis=0), *confusions]
]
iou_of_sum = np.mean(ious[0])
mean_of_pages = np.mean(ious[1:])

# %% Dice question="8f" points=0
iou_of_sum = np.mean([2 * i / (1 + i) for i in ious[0]])

# %% pixel accuracy question="8f" points=0
iou_of_sum = np.trace(confusions.sum(axis=0)) / confusions.sum()
mean_of_pages = np.mean([np.trace(m) / m.sum() for m in confusions])

# %% the two changed places question="8f" points=0
iou_of_sum, mean_of_pages = mean_of_pages, iou_of_sum

# %% classes of all pages in one mean question="8f" points=0
mean_of_pages = np.mean([i for page in ious[1:] for i in page])

# %% three decimals question="8f" points=3
iou_of_sum, mean_of_pages = round(float(iou_of_sum), 3), round(float(mean_of_pages), 3)

# %% in per cent question="8f" points=0
iou_of_sum = 100 * iou_of_sum


# %% from the best to the worst, then turned question="8g" points=4
def pareto_front(seconds, quality):
    front = []
    for name in sorted(seconds, key=lambda n: (seconds[n], -quality[n])):
        equal = front and (seconds[front[-1]], quality[front[-1]]) == (seconds[name], quality[name])
        if not front or quality[name] > quality[front[-1]] or equal:
            front.append(name)
    return front


# %% with arrays question="8g" points=4
def pareto_front(seconds, quality):
    names = sorted(seconds, key=seconds.get)
    s, q = (np.array([values[name] for name in names]) for values in (seconds, quality))
    as_good = (s[:, None] <= s) & (q[:, None] >= q)
    better = (s[:, None] < s) | (q[:, None] > q)
    return [name for name, out in zip(names, (as_good & better).any(axis=0)) if not out]


# %% the fastest and the best only question="8g" points=0
def pareto_front(seconds, quality):
    return [min(seconds, key=seconds.get), max(quality, key=quality.get)]


# %% all models question="8g" points=0
def pareto_front(seconds, quality):
    return sorted(seconds, key=seconds.get)


# %% slow models dominate question="8g" points=0
def pareto_front(seconds, quality):
    front = []
    for name in seconds:
        if not any(seconds[o] > seconds[name] and quality[o] > quality[name] for o in seconds):
            front.append(name)
    return sorted(front, key=seconds.get)


# %% in the order of quality, best first question="8g" points=0
def pareto_front(seconds, quality):
    front = []
    for name in sorted(seconds, key=lambda n: (seconds[n], -quality[n])):
        if not front or quality[name] > quality[front[-1]]:
            front.append(name)
    return front[::-1]


# %% of two equal models one question="8g" points=0
def pareto_front(seconds, quality):
    front = []
    for name in sorted(seconds, key=lambda n: (seconds[n], -quality[n])):
        if not front or quality[name] > quality[front[-1]]:
            front.append(name)
    return front


# %% better in both only dominates question="8g" points=0
def pareto_front(seconds, quality):
    front = [
        name
        for name in seconds
        if not any(seconds[o] < seconds[name] and quality[o] > quality[name] for o in seconds)
    ]
    return sorted(front, key=seconds.get)


# %% two equal models remove each other question="8g" points=0
def pareto_front(seconds, quality):
    def beaten(name):
        others = [o for o in seconds if o != name]
        return any(seconds[o] <= seconds[name] and quality[o] >= quality[name] for o in others)

    return sorted([name for name in seconds if not beaten(name)], key=seconds.get)


# %% in the order of seconds alone question="8g" points=0
def pareto_front(seconds, quality):
    front = []
    for name in sorted(seconds, key=seconds.get):
        if not front or quality[name] >= quality[front[-1]]:
            front.append(name)
    return front


# %% typed and rounded, two devices, no GPU question="8h" points=3
slow = {
    "sliding_window": [1.0, 0.31, 0.30, 0.32],
    "fcn": [0.5, 0.021, 0.02, 0.019],
    "skip_fcn": [0.5, 0.04, 0.03, 0.04],
    "transposed_fcn": [0.5, 0.05, 0.07, 0.06],
    "unet": [0.5, 0.08, 0.07, 0.09],
}
middle = {
    "sliding_window": 0.31,
    "fcn": 0.02,
    "skip_fcn": 0.04,
    "transposed_fcn": 0.06,
    "unet": 0.08,
}
ratio = {"sliding_window": 15.5, "fcn": 1, "skip_fcn": 2, "transposed_fcn": 3, "unet": 4}
record = {"laptop": slow, "the same on battery": slow, "GPU": None}
medians = {"laptop": middle, "the same on battery": middle, "GPU": None}
times_fcn = {"laptop": ratio, "the same on battery": ratio, "GPU": None}

# %% a machine on which the U-Net is fastest question="8h" points=3
calls = {name: [9.0, 5.0, 7.0, 6.0] for name in MODELS} | {"unet": [9.0, 1.0, 1.5, 1.25]}
record = {"odd": calls}
medians = {"odd": dict.fromkeys(MODELS, 6) | {"unet": 1.25}}
times_fcn = {"odd": dict.fromkeys(MODELS, 1) | {"unet": 1.25 / 6}}

# %% means question="8h" points=0
calls = {name: [9.0, 5.0, 7.0, 9.0] for name in MODELS} | {"unet": [9.0, 1.0, 1.5, 8.0]}
means = {name: sum(seconds[1:]) / 3 for name, seconds in calls.items()}
record, medians = {"CPU": calls}, {"CPU": means}
times_fcn = {"CPU": {name: m / means["fcn"] for name, m in means.items()}}

# %% the lecture's ratios question="8h" points=0
times_fcn = {
    device: rows and dict(zip(MODELS, (6.98, 1, 1.06, 1.28, 3.0)))
    for device, rows in record.items()
}

# %% a device that was not measured, with numbers question="8h" points=0
medians = medians | {"GPU": dict.fromkeys(MODELS, 0.001)}

# %% nothing measured question="8h" points=0
record = medians = times_fcn = {"CPU": None}

# %% a model is missing question="8h" points=0
record = {device: rows and {"fcn": rows["fcn"]} for device, rows in record.items()}

# %% one call only question="8h" points=0
record = {"CPU": {name: [0.5, 0.1] for name in MODELS}}
medians, times_fcn = {"CPU": dict.fromkeys(MODELS, 0.1)}, {"CPU": dict.fromkeys(MODELS, 1)}

# %% the FCN's median with its warm-up question="8h" points=0
calls = {name: [9.0, 5.0, 7.0, 6.0] for name in MODELS}
record, medians = {"CPU": calls}, {"CPU": dict.fromkeys(MODELS, 6.0) | {"fcn": 6.5}}
times_fcn = {"CPU": dict.fromkeys(MODELS, 1.0)}

# %% no devices question="8h" points=0
record, medians, times_fcn = (dict.fromkeys(MODELS, 1) for _ in range(3))
