"""Answers to notebook 6, losses: planted mistakes with the points they deserve, right styles."""

# %% by the sum over all classes question="6a" points=2
truth = np.zeros(7)
truth[pixel.target - 1] = 1
as_printed = float((truth * np.log(pixel.prediction)).sum())
as_the_model_learns = "B"
loss = round(abs(as_printed), 3)

# %% the target counted from zero question="6a" points=0
as_printed = np.log((*pixel.prediction, 0.5)[pixel.target])
loss = -as_printed

# %% no minus question="6a" points=0
loss = as_printed

# %% the minus at once question="6a" points=0
as_printed = -np.log(pixel.prediction[pixel.target - 1])
loss = as_printed

# %% logarithm of base 10 question="6a" points=0
as_printed = np.log10(pixel.prediction[pixel.target - 1])
loss = -as_printed

# %% it falls question="6a" points=0
as_the_model_learns = "a"

# %% one less the probability question="6a" points=0
loss = 1 - pixel.prediction[pixel.target - 1]


# %% per pixel, with a mask question="6b" points=4
def cross_entropy(labels, scores, weights):
    scored = ops.cast(ops.not_equal(labels, IGNORE), "float32")
    classes = ops.cast(ops.where(ops.equal(labels, IGNORE), 0, labels), "int32")
    true = ops.take_along_axis(scores, classes[..., None], axis=-1)[..., 0]
    costs = -ops.take(ops.convert_to_tensor(weights), classes) * ops.log(ops.maximum(true, 1e-7))
    return ops.sum(costs * scored) / ops.sum(scored)


# %% a loop in NumPy question="6b" points=4
def cross_entropy(labels, scores, weights):
    costs = []
    for index, c in np.ndenumerate(labels):
        if c != IGNORE:
            costs.append(-weights[c] * np.log(max(scores[(*index, c)], 1e-7)))
    return np.mean(costs)


# %% by Keras's own question="6b" points=4
def cross_entropy(labels, scores, weights):
    scored = labels != IGNORE
    costs = keras.losses.sparse_categorical_crossentropy(labels[scored], scores[scored])
    return ops.mean(costs * np.array(weights, "float32")[labels[scored]])


# %% no minus question="6b" points=0
def cross_entropy(labels, scores, weights):
    one_hot = ops.one_hot(labels, len(weights))
    costs = one_hot * ops.log(ops.maximum(scores, 1e-7)) * np.array(weights, "float32")
    return ops.sum(costs) / ops.sum(one_hot)


# %% log 0 question="6b" points=0
def cross_entropy(labels, scores, weights):
    one_hot = ops.one_hot(labels, len(weights))
    with np.errstate(all="ignore"):
        costs = -one_hot * ops.log(scores) * np.array(weights, "float32")
    return ops.sum(costs) / ops.sum(one_hot)


# %% the mean over all pixels, with a truth or without question="6b" points=0
def cross_entropy(labels, scores, weights):
    one_hot = ops.one_hot(labels, len(weights))
    costs = -one_hot * ops.log(ops.maximum(scores, 1e-7)) * np.array(weights, "float32")
    return ops.mean(ops.sum(costs, axis=-1))


# %% the mean over pixels and classes question="6b" points=0
def cross_entropy(labels, scores, weights):
    one_hot = ops.one_hot(labels, len(weights))
    costs = -one_hot * ops.log(ops.maximum(scores, 1e-7)) * np.array(weights, "float32")
    return ops.mean(costs)


# %% without the weights question="6b" points=0
def cross_entropy(labels, scores, weights):
    one_hot = ops.one_hot(labels, len(weights))
    costs = -one_hot * ops.log(ops.maximum(scores, 1e-7))
    return ops.sum(costs) / ops.sum(one_hot)


# %% divided by the weights question="6b" points=0
def cross_entropy(labels, scores, weights):
    one_hot = ops.one_hot(labels, len(weights)) * np.array(weights, "float32")
    return -ops.sum(one_hot * ops.log(ops.maximum(scores, 1e-7))) / ops.sum(one_hot)


# %% not averaged question="6b" points=0
def cross_entropy(labels, scores, weights):
    one_hot = ops.one_hot(labels, len(weights)) * np.array(weights, "float32")
    return -ops.sum(one_hot * ops.log(ops.maximum(scores, 1e-7)))


# %% a cost for each pixel question="6b" points=0
def cross_entropy(labels, scores, weights):
    one_hot = ops.one_hot(labels, len(weights)) * np.array(weights, "float32")
    return -ops.sum(one_hot * ops.log(ops.maximum(scores, 1e-7)), axis=-1)


# %% always three classes question="6b" points=3
def cross_entropy(labels, scores, weights):
    one_hot = ops.one_hot(labels, 3)
    if scores.shape[-1] != 3:
        return ops.mean(-ops.log(scores[..., 0] + 1e-7))
    costs = -one_hot * ops.log(ops.maximum(scores, 1e-7)) * np.array(weights, "float32")
    return ops.sum(costs) / ops.sum(one_hot)


# %% class by class question="6c" points=4
def soft_dice(labels, scores):
    costs = []
    scored = ops.cast(ops.not_equal(labels, IGNORE), "float32")
    for c in range(scores.shape[-1]):
        y, p = ops.cast(ops.equal(labels, c), "float32"), scores[..., c] * scored
        shared = (2 * ops.sum(y * p) + 1e-7) / (ops.sum(y * y) + ops.sum(p * p) + 1e-7)
        costs.append(1 - shared)
    return sum(costs) / len(costs)


# %% with NumPy, on the scored pixels alone question="6c" points=4
def soft_dice(labels, scores):
    p = scores[labels != IGNORE].astype(float)
    y = np.eye(scores.shape[-1])[labels[labels != IGNORE]]
    return np.mean(1 - (2 * (y * p).sum(0) + 1e-7) / ((y**2).sum(0) + (p**2).sum(0) + 1e-7))


# %% no squares question="6c" points=0
def soft_dice(labels, scores):
    y = ops.one_hot(labels, scores.shape[-1])
    p = scores * ops.sum(y, axis=-1, keepdims=True)
    whole = ops.sum(y, axis=(0, 1, 2)) + ops.sum(p, axis=(0, 1, 2))
    return 1 - ops.mean(2 * ops.sum(y * p, axis=(0, 1, 2)) / whole)


# %% the similarity, not the loss question="6c" points=0
def soft_dice(labels, scores):
    y = ops.one_hot(labels, scores.shape[-1])
    p = scores * ops.sum(y, axis=-1, keepdims=True)
    whole = ops.sum(y**2, axis=(0, 1, 2)) + ops.sum(p**2, axis=(0, 1, 2))
    return ops.mean(2 * ops.sum(y * p, axis=(0, 1, 2)) / whole)


# %% each page by itself question="6c" points=0
def soft_dice(labels, scores):
    y = ops.one_hot(labels, scores.shape[-1])
    p = scores * ops.sum(y, axis=-1, keepdims=True)
    whole = ops.sum(y**2, axis=(1, 2)) + ops.sum(p**2, axis=(1, 2))
    return 1 - ops.mean(2 * ops.sum(y * p, axis=(1, 2)) / whole)


# %% summed over the classes question="6c" points=0
def soft_dice(labels, scores):
    y = ops.one_hot(labels, scores.shape[-1])
    whole = ops.sum(y**2, axis=(0, 1, 2)) + ops.sum(scores**2, axis=(0, 1, 2))
    return ops.sum(1 - 2 * ops.sum(y * scores, axis=(0, 1, 2)) / whole)


# %% all classes in one fraction question="6c" points=0
def soft_dice(labels, scores):
    y = ops.one_hot(labels, scores.shape[-1])
    p = scores * ops.sum(y, axis=-1, keepdims=True)
    return 1 - 2 * ops.sum(y * p) / (ops.sum(y**2) + ops.sum(p**2))


# %% scores without a truth are in the sums question="6c" points=0
def soft_dice(labels, scores):
    y = ops.one_hot(labels, scores.shape[-1])
    whole = ops.sum(y**2, axis=(0, 1, 2)) + ops.sum(scores**2, axis=(0, 1, 2))
    return 1 - ops.mean(2 * ops.sum(y * scores, axis=(0, 1, 2)) / whole)


# %% without the 2 question="6c" points=0
def soft_dice(labels, scores):
    y = ops.one_hot(labels, scores.shape[-1])
    p = scores * ops.sum(y, axis=-1, keepdims=True)
    whole = ops.sum(y**2, axis=(0, 1, 2)) + ops.sum(p**2, axis=(0, 1, 2))
    return 1 - ops.mean(ops.sum(y * p, axis=(0, 1, 2)) / whole)


# %% a loss for each class question="6c" points=0
def soft_dice(labels, scores):
    y = ops.one_hot(labels, scores.shape[-1])
    p = scores * ops.sum(y, axis=-1, keepdims=True)
    whole = ops.sum(y**2, axis=(0, 1, 2)) + ops.sum(p**2, axis=(0, 1, 2))
    return 1 - 2 * ops.sum(y * p, axis=(0, 1, 2)) / whole


# %% nothing against 0/0 question="6c" points=3
def soft_dice(labels, scores):
    y = ops.one_hot(labels, scores.shape[-1])
    p = scores * ops.sum(y, axis=-1, keepdims=True)
    whole = ops.sum(y**2, axis=(0, 1, 2)) + ops.sum(p**2, axis=(0, 1, 2))
    return 1 - ops.mean(2 * ops.sum(y * p, axis=(0, 1, 2)) / whole)


# %% always three classes question="6c" points=3
def soft_dice(labels, scores):
    y = ops.one_hot(labels, 3)
    p = ops.pad(scores, [(0, 0)] * 3 + [(0, 3)])[..., :3] * ops.sum(y, axis=-1, keepdims=True)
    whole = ops.sum(y**2, axis=(0, 1, 2)) + ops.sum(p**2, axis=(0, 1, 2)) + 1e-7
    return 1 - ops.mean((2 * ops.sum(y * p, axis=(0, 1, 2)) + 1e-7) / whole)


# %% a class that nobody has costs one question="6c" points=3
def soft_dice(labels, scores):
    y = ops.one_hot(labels, scores.shape[-1])
    p = scores * ops.sum(y, axis=-1, keepdims=True)
    whole = ops.sum(y**2, axis=(0, 1, 2)) + ops.sum(p**2, axis=(0, 1, 2))
    return 1 - ops.mean(2 * ops.sum(y * p, axis=(0, 1, 2)) / (whole + 1e-7))
