"""Answers to notebook 12 from freezing on: planted mistakes, and other right styles."""

# %% counted by Keras question="12d" points=3
blocks = []
for n in (1, 2, 4):
    blocks += [Conv2D(n * net.filters, 3, use_bias=False), BatchNormalization()]
whole = [Input((None, None, 3)), *blocks, Conv2D(net.decoder, 3), Conv2D(net.classes, 1)]
network = keras.Sequential(whole)
everything = sum(weight.numpy().size for weight in network.trainable_weights)
stage_0 = sum(layer.count_params() for layer in network.layers[-2:])
stage_1 = stage_0 + network.layers[4].count_params()

# %% no biases in the decoder question="12d" points=0
stage_0 = 36 * net.filters * net.decoder + net.decoder * net.classes

# %% the normalisation of block 3 thawed question="12d" points=0
stage_1 = stage_0 + kernels[2] + 8 * net.filters

# %% block 3 without the decoder question="12d" points=0
stage_1 = kernels[2]

# %% running averages counted question="12d" points=0
everything = stage_0 + sum(kernels) + 4 * 7 * net.filters

# %% normalisations not counted question="12d" points=0
everything = stage_0 + sum(kernels)

# %% by a loop question="12e" points=3
running = mine.old
for _ in range(mine.steps):
    running = running * mine.momentum + mine.new * (1 - mine.momentum)
needed, gap = 0, 1.0
while gap > 0.1:
    needed, gap = needed + 1, gap * mine.momentum
frozen = ["d", "c", "a"]

# %% momentum for the new mean question="12e" points=0
running = (1 - mine.momentum) * mine.old + mine.momentum * mine.new

# %% one step question="12e" points=0
running = mine.momentum * mine.old + (1 - mine.momentum) * mine.new

# %% in proportion to the steps question="12e" points=0
running = mine.old + mine.steps * (1 - mine.momentum) * (mine.new - mine.old)

# %% nine tenths left question="12e" points=0
needed = int(np.ceil(np.log(0.9) / np.log(mine.momentum)))

# %% rounded down question="12e" points=0
needed = int(np.log(0.1) / np.log(mine.momentum))

# %% frozen, but by the batch question="12e" points=0
frozen = "abc"

# %% only the parameters question="12e" points=0
frozen = "a"


# %% a loop question="12f" points=4
def rates(sizes, share, steps, thawed):
    found = []
    for level, size in enumerate(sizes):
        if len(sizes) - level <= thawed:
            found.append(share * size / steps)
        else:
            found.append(0.0)
    return found


# %% NumPy question="12f" points=4
def rates(sizes, share, steps, thawed):
    learning = np.arange(len(sizes)) >= len(sizes) - thawed
    return np.array(sizes) * share / steps * learning


# %% the first levels thawed question="12f" points=0
def rates(sizes, share, steps, thawed):
    return [size * share / steps * (i < thawed) for i, size in enumerate(sizes)]


# %% one rate for all question="12f" points=0
def rates(sizes, share, steps, thawed):
    frozen = len(sizes) - thawed
    return frozen * [0.0] + thawed * [share * float(np.mean(sizes)) / steps]


# %% steps forgotten question="12f" points=0
def rates(sizes, share, steps, thawed):
    frozen = len(sizes) - thawed
    return [0.0] * frozen + [size * share for size in sizes[frozen:]]


# %% nothing frozen question="12f" points=0
def rates(sizes, share, steps, thawed):
    return [size * share / steps for size in sizes]


# %% a slice from behind, that takes all for 0 question="12f" points=3
def rates(sizes, share, steps, thawed):
    learning = [size * share / steps for size in sizes[-thawed:]]
    return [0.0] * (len(sizes) - len(learning)) + learning


# %% read off the figure question="12g" points=3
score = curve.pretrained[curve.pages.index(curve.few)]
place = next(i for i, each in enumerate(curve.scratch) if each > score)
low, high = curve.scratch[place - 1], curve.scratch[place]
step = curve.pages[place] - curve.pages[place - 1]
worth = round(curve.pages[place - 1] + step * (score - low) / (high - low), 1)
last = [n for n, a, b in zip(curve.pages, curve.scratch, curve.pretrained) if b - a > 0.02][-1]

# %% the number of pages itself question="12g" points=0
worth = curve.few

# %% how many times as many question="12g" points=0
worth = worth / curve.few

# %% twice as many question="12g" points=0
worth = 10 * curve.few

# %% the other way round question="12g" points=0
score = curve.scratch[curve.pages.index(curve.few)]
worth = 2 ** np.interp(score, curve.pretrained, np.log2(curve.pages))

# %% the first number, not the last question="12g" points=0
last = min(n for n, gain in zip(curve.pages, gains) if gain >= 0.02)

# %% as long as it gains at all question="12g" points=0
last = 256
