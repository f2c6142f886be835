"""Answers to notebook 6, traps: planted mistakes with the points they deserve, right styles."""

# %% by hand, rounded question="6g" points=3
percent = {"a": (methods.a_text, methods.a_graphic), "b": (methods.b_text, methods.b_graphic)}
means = {m: sum(d / (200 - d) for d in both) / 2 for m, both in percent.items()}
mean_iou_a, mean_iou_b = round(means["a"], 3), round(means["b"], 3)
better_by_dice = max(percent, key=lambda m: sum(percent[m])).upper()
better_by_iou = max(means, key=means.get)

# %% the mean first, then the formula question="6g" points=0
mean_dice = (methods.a_text + methods.a_graphic) / 200
mean_iou_a = mean_dice / (2 - mean_dice)

# %% Dice itself question="6g" points=0
mean_iou_a = (methods.a_text + methods.a_graphic) / 200

# %% the formula the wrong way round question="6g" points=0
mean_iou_a = float(np.mean([2 * d / (1 + d) for d in dice_a]))

# %% rounded too much question="6g" points=0
mean_iou_a = float(mean_iou_a) + 0.003

# %% in percent question="6g" points=0
mean_iou_b = float(100 * mean_iou_b)

# %% the same winner twice question="6g" points=0
better_by_iou = better_by_dice


# %% class numbers for Keras question="6h" points=3
def keras_mean_iou(labels, scores, num_classes):
    metric = keras.metrics.MeanIoU(num_classes=num_classes, ignore_class=255)
    metric.update_state(labels, scores.argmax(axis=-1))
    return metric.result()


# %% one-hot, told so question="6h" points=3
def keras_mean_iou(labels, scores, num_classes):
    scored = labels != IGNORE
    one_hot = ops.one_hot(labels[scored], num_classes)
    metric = keras.metrics.OneHotMeanIoU(num_classes)
    return float(metric(one_hot, scores[scored]))


# %% the tutorial's call question="6h" points=0
def keras_mean_iou(labels, scores, num_classes):
    return float(keras.metrics.MeanIoU(num_classes)(ops.one_hot(labels, num_classes), scores))


# %% no truth is background question="6h" points=0
def keras_mean_iou(labels, scores, num_classes):
    truth = np.where(labels == IGNORE, 0, labels)
    return float(keras.metrics.MeanIoU(num_classes, sparse_y_pred=False)(truth, scores))


# %% one metric for all calls question="6h" points=0
counting = keras.metrics.MeanIoU(3, ignore_class=IGNORE, sparse_y_pred=False)


def keras_mean_iou(labels, scores, num_classes):
    return float(counting(labels, scores))


# %% always three classes question="6h" points=2
def keras_mean_iou(labels, scores, num_classes):
    metric = keras.metrics.MeanIoU(3, ignore_class=IGNORE)
    return float(metric(np.minimum(labels, 2) + 253 * (labels == 255), scores.argmax(-1) % 3))
