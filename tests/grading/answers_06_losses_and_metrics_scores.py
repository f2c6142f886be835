"""Answers to notebook 6, scores: planted mistakes with the points they deserve, right styles."""

# %% by a loop over all pixels question="6d" points=3
tp = fp = fn = right = 0
for true, said in zip(labels.flat, predicted.flat):
    tp += int(true == 1 and said == 1)
    fp += int(true != 1 and said == 1)
    fn += int(true == 1 and said != 1)
    right += int(true == said)
iou, pixel_accuracy = round(tp / (tp + fp + fn), 3), right / 64
dice = 2 * iou / (1 + iou)

# %% missed and invented mixed up question="6d" points=0
fp, fn = fn, fp

# %% background counted as a positive question="6d" points=0
tp = int((labels == predicted).sum())

# %% accuracy of text against the rest question="6d" points=0
pixel_accuracy = float(((labels == 1) == (predicted == 1)).mean())

# %% in percent question="6d" points=0
pixel_accuracy = float((labels == predicted).mean() * 100)

# %% rounded too much question="6d" points=0
iou = tp / (tp + fp + fn) + 0.003

# %% the share of text in percent question="6d" points=0
iou = 100 * iou

# %% union counted twice question="6d" points=0
iou = tp / (2 * tp + fp + fn)

# %% dice is iou question="6d" points=0
dice = iou

# %% dice above the line only question="6d" points=0
dice = 2 * tp / (tp + fp + fn)


# %% bincount question="6e" points=4
def confusion_matrix(labels, predicted, num_classes):
    scored = labels != IGNORE
    cells = labels[scored].astype(int) * num_classes + predicted[scored]
    return np.bincount(cells, minlength=num_classes**2).reshape(num_classes, num_classes)


# %% lists, which cannot be added question="6e" points=0
def confusion_matrix(labels, predicted, num_classes):
    matrix = [[0] * num_classes for _ in range(num_classes)]
    for true, said in zip(labels.ravel(), predicted.ravel()):
        if true < num_classes:
            matrix[true][said] += 1
    return matrix


# %% a loop over all pairs question="6e" points=4
def confusion_matrix(labels, predicted, num_classes):
    matrix = np.zeros((num_classes, num_classes))
    for true, said in zip(labels.ravel(), predicted.ravel()):
        if true < num_classes:
            matrix[true, said] += 1
    return matrix


# %% one mask for each cell question="6e" points=4
def confusion_matrix(labels, predicted, num_classes):
    classes = range(num_classes)
    return np.array([[((labels == r) & (predicted == c)).sum() for c in classes] for r in classes])


# %% columns are the truth question="6e" points=0
def confusion_matrix(labels, predicted, num_classes):
    matrix = np.zeros((num_classes, num_classes), int)
    for true, said in zip(labels[labels != IGNORE], predicted[labels != IGNORE]):
        matrix[said, true] += 1
    return matrix


# %% no truth is background question="6e" points=0
def confusion_matrix(labels, predicted, num_classes):
    truth = np.where(labels == IGNORE, 0, labels)
    matrix = np.zeros((num_classes, num_classes), int)
    np.add.at(matrix, (truth, predicted), 1)
    return matrix


# %% every pair counts once question="6e" points=0
def confusion_matrix(labels, predicted, num_classes):
    matrix = np.zeros((num_classes, num_classes), int)
    matrix[labels[labels != IGNORE], predicted[labels != IGNORE]] += 1
    return matrix


# %% as many classes as there are question="6e" points=0
def confusion_matrix(labels, predicted, num_classes):
    scored = labels != IGNORE
    count = max(labels[scored].max(), predicted.max()) + 1
    matrix = np.zeros((count, count), int)
    np.add.at(matrix, (labels[scored], predicted[scored]), 1)
    return matrix


# %% eight bits for the counts question="6e" points=0
def confusion_matrix(labels, predicted, num_classes):
    scored = labels != IGNORE
    matrix = np.zeros((num_classes, num_classes), "uint8")
    np.add.at(matrix, (labels[scored], predicted[scored]), 1)
    return matrix


# %% eight bits for the cells question="6e" points=3
def confusion_matrix(labels, predicted, num_classes):
    scored = labels != IGNORE
    cells = labels[scored] * np.uint8(num_classes) + predicted[scored]
    counts = np.bincount(cells, minlength=num_classes**2)
    return counts.reshape(num_classes, num_classes)


# %% a loop over the classes question="6f" points=4
def report(confusion):
    iou, dice = [], []
    for c in range(len(confusion)):
        tp = confusion[c, c]
        fn, fp = confusion[c].sum() - tp, confusion[:, c].sum() - tp
        seen = tp + fp + fn > 0
        iou.append(tp / (tp + fp + fn) if seen else float("nan"))
        dice.append(2 * tp / (2 * tp + fp + fn) if seen else float("nan"))
    there = [each for each in iou if each == each]
    accuracy = np.trace(confusion) / np.sum(confusion)
    mean = sum(there) / len(there)
    return {"pixel_accuracy": accuracy, "iou": iou, "dice": dice, "mean_iou": mean}


# %% absent classes have the IoU 0 question="6f" points=0
def report(confusion):
    tp = np.diagonal(confusion)
    both = confusion.sum(0) + confusion.sum(1)
    iou, dice = tp / np.maximum(both - tp, 1), 2 * tp / np.maximum(both, 1)
    accuracy = tp.sum() / confusion.sum()
    return {"pixel_accuracy": accuracy, "iou": iou, "dice": dice, "mean_iou": iou.mean()}


# %% the intersection is twice in the union question="6f" points=0
def report(confusion):
    tp = np.diagonal(confusion)
    both = confusion.sum(0) + confusion.sum(1)
    accuracy = tp.sum() / confusion.sum()
    return {"pixel_accuracy": accuracy, "iou": tp / both, "dice": tp / both, "mean_iou": 0.5}


# %% true classes alone, as a recall question="6f" points=0
def report(confusion):
    tp = np.diagonal(confusion)
    iou = tp / np.maximum(confusion.sum(1), 1)
    dice = 2 * iou / (1 + iou)
    accuracy = tp.sum() / confusion.sum()
    return {"pixel_accuracy": accuracy, "iou": iou, "dice": dice, "mean_iou": iou.mean()}


# %% the mean is NaN, too question="6f" points=0
def report(confusion):
    tp = np.diagonal(confusion)
    both = confusion.sum(0) + confusion.sum(1)
    with np.errstate(invalid="ignore"):
        iou, dice = tp / (both - tp), 2 * tp / both
    accuracy = tp.sum() / confusion.sum()
    return {"pixel_accuracy": accuracy, "iou": iou, "dice": dice, "mean_iou": iou.mean()}


# %% four numbers without names question="6f" points=0
def report(confusion):
    tp = np.diagonal(confusion)
    both = confusion.sum(0) + confusion.sum(1)
    return tp.sum() / confusion.sum(), tp / (both - tp), 2 * tp / both
