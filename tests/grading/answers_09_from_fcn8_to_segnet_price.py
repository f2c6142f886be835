"""Answers to notebook 9 about the price of the way up: planted mistakes, and another style."""


# %% counted by Keras question="9g" points=3
def counted(channels, layers):
    return keras.Sequential([Input((None, None, channels)), *layers]).count_params()


w, page = net.width, net.rows * net.columns
dense = counted(8 * w, [Conv2D(64 * w, 7), Conv2D(64 * w, 1)])
filters = [8, 8, 8, 8, 8, 4, 4, 4, 2, 2, 1, 1]
mirrored = counted(8 * w, [Conv2D(w * f, 3) for f in filters] + [Conv2D(3, 3)])
map_bytes = 4 * w * (page + page // 4 * 2 + page // 16 * 4 + page // 64 * 8 + page // 256 * 8)
place_bytes = map_bytes // 64

# %% fc7 forgotten question="9g" points=0
dense = (49 * 8 * w + 1) * 64 * w

# %% biases forgotten question="9g" points=0
dense = 49 * 8 * w * 64 * w + (64 * w) ** 2

# %% a mirror that begins like the encoder question="9g" points=0
pairs = [(1, 1), (2, 1), (2, 2), (4, 2), (4, 4), (4, 4), (8, 4)] + [(8, 8)] * 5
mirrored = sum((9 * a * w + 1) * b * w for b, a in pairs) + (9 * w + 1) * 3

# %% the last one gives w channels question="9g" points=0
mirrored = mirrored - (9 * w + 1) * 3 + (9 * w + 1) * w

# %% maps behind the pools question="9g" points=0
map_bytes = values

# %% numbers, not bytes question="9g" points=0
map_bytes = values

# %% bits, not bytes question="9g" points=0
place_bytes = values // 4 * 2

# %% a byte for each place question="9g" points=0
place_bytes = values // 4

# %% places of the first pool alone question="9g" points=0
place_bytes = w * pixels // 4 * 2 // 8
