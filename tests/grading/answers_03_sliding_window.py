"""Answers to notebook 3 up to the classifier: mistakes as they deserve, and other styles."""


# %% a slow loop question="3a" points=3
def window(image, row, column, size):
    cut = np.zeros((size, size, 1))
    for i in range(size):
        for j in range(size):
            r, c = row - size // 2 + i, column - size // 2 + j
            if 0 <= r < image.shape[0] and 0 <= c < image.shape[1]:
                cut[i, j] = image[r, c]
    return cut


# %% paper on all sides, more than needed question="3a" points=3
def window(image, row, column, size):
    page = np.pad(image, ((size, size), (size, size), (0, 0)))
    top, left = row + size - size // 2, column + size - size // 2
    return page[top : top + size, left : left + size]


# %% no paper around the page question="3a" points=0
def window(image, row, column, size):
    top, left = max(row - size // 2, 0), max(column - size // 2, 0)
    return image[top : row + size // 2, left : column + size // 2]


# %% one pixel too far question="3a" points=0
def window(image, row, column, size):
    page = np.pad(image, ((size, size), (size, size), (0, 0)))
    top, left = row + size - size // 2 + 1, column + size - size // 2 + 1
    return page[top : top + size, left : left + size]


# %% the upper left corner instead of the centre question="3a" points=0
def window(image, row, column, size):
    page = np.pad(image, ((0, size), (0, size), (0, 0)))
    return page[row : row + size, column : column + size]


# %% the page's edge goes on outside question="3a" points=0
def window(image, row, column, size):
    half = size // 2
    page = np.pad(image, ((half, half), (half, half), (0, 0)), mode="edge")
    return page[row : row + size, column : column + size]


# %% right for even windows only question="3a" points=0
def window(image, row, column, size):
    half = size // 2
    page = np.pad(image, ((half, half), (half, half), (0, 0)))
    return page[row : row + 2 * half, column : column + 2 * half]


# %% row and column exchanged question="3a" points=0
def window(image, row, column, size):
    page = np.pad(image, ((size, size), (size, size), (0, 0)))
    top, left = column + size - size // 2, row + size - size // 2
    return page[top : top + size, left : left + size]


# %% paper around the channel, too question="3a" points=0
def window(image, row, column, size):
    page = np.pad(image, size // 2)
    return page[row : row + size, column : column + size]


# %% no paper for windows larger than the page question="3a" points=2
def window(image, row, column, size):
    half = min(size // 2, 5)
    page = np.pad(image, ((half, half), (half, half), (0, 0)))
    return page[row : row + size, column : column + size]


# %% cut out of one padded page question="3b" points=3
def examples(image, labels, rows, columns, size):
    page = np.pad(image, ((size, size), (size, size), (0, 0)))
    images, classes = [], []
    for row, column in zip(rows, columns):
        top, left = row + size - size // 2, column + size - size // 2
        images.append(page[top : top + size, left : left + size])
        classes.append(labels[row, column])
    return [np.array(images), np.array(classes)]


# %% the class of most pixels question="3b" points=0
def examples(image, labels, rows, columns, size):
    images = np.stack([window(image, r, c, size) for r, c in zip(rows, columns)])
    around = [window(labels[..., None], r, c, size) for r, c in zip(rows, columns)]
    return images, np.array([np.bincount(w.ravel()).argmax() for w in around])


# %% all rows with all columns question="3b" points=0
def examples(image, labels, rows, columns, size):
    images = np.stack([window(image, r, c, size) for r in rows for c in columns])
    return images, labels[rows][:, columns].ravel()


# %% one class for all question="3b" points=0
def examples(image, labels, rows, columns, size):
    images = np.stack([window(image, r, c, size) for r, c in zip(rows, columns)])
    return images, labels[rows, columns].max()


# %% always three windows question="3b" points=2
def examples(image, labels, rows, columns, size):
    images = np.stack([window(image, rows[i], columns[i], size) for i in range(3)])
    return images, labels[rows[:3], columns[:3]]


# %% sums instead of products question="3c" points=0
fitting = (photograph.height - 200) // 100 + 1 + (photograph.width - 200) // 100 + 1
speaking = -(-photograph.height // 100) * -(-photograph.width // 100)

# %% forgets the first window question="3c" points=0
fitting = ((photograph.height - 200) // 100) * ((photograph.width - 200) // 100)
speaking = -(-photograph.height // 100) * -(-photograph.width // 100)

# %% cut cells have no window question="3c" points=0
fitting = ((photograph.height - 200) // 100 + 1) * ((photograph.width - 200) // 100 + 1)
speaking = (photograph.height // 100) * (photograph.width // 100)

# %% not rounded question="3c" points=0
fitting = ((photograph.height - 200) / 100 + 1) * ((photograph.width - 200) / 100 + 1)
speaking = (photograph.height / 100) * (photograph.width / 100)
