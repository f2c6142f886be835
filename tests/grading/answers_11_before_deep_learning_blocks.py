"""Answers to notebook 11, on blocks: planted mistakes, and other right styles."""


# %% gap by gap question="11c" points=4
def smoothed(ink, across, down):
    def along(lines, gap):
        filled = lines.copy()
        for line, new in zip(lines, filled):
            places = np.flatnonzero(line)
            for left, right in zip(places[:-1], places[1:]):
                if right - left - 1 <= gap:
                    new[left:right] = True
        return filled

    both = along(ink, across) & along(ink.T, down).T
    return along(both, across // 2).astype(int)


# %% closing with a line question="11c" points=4
def smoothed(ink, across, down):
    def closed(lines, gap):
        wide = np.pad(lines, ((0, 0), (gap, gap)))
        return ndimage.binary_closing(wide, np.ones((1, gap + 1)))[:, gap : gap + lines.shape[1]]

    return closed(closed(ink, across) & closed(ink.T, down).T, across // 2)


# %% either instead of both question="11c" points=0
def smoothed(ink, across, down):
    either = _along(ink, across) | _along(ink.T, down).T
    return _along(either, across // 2)


def _along(lines, gap):
    filled = lines.copy()
    for line, new in zip(lines, filled):
        places = np.flatnonzero(line)
        for left, right in zip(places[:-1], places[1:]):
            if right - left - 1 <= gap:
                new[left:right] = True
    return filled


# %% the last step forgotten question="11c" points=0
def smoothed(ink, across, down):
    return _along(ink, across) & _along(ink.T, down).T


def _along(lines, gap):
    places = np.arange(lines.shape[1])
    left = np.maximum.accumulate(np.where(lines, places, -999), axis=1)
    right = np.minimum.accumulate(np.where(lines, places, 999)[:, ::-1], axis=1)[:, ::-1]
    return right - left <= gap + 1


# %% columns after rows question="11c" points=0
def smoothed(ink, across, down):
    rows = _along(ink, across)
    return _along(rows & _along(rows.T, down).T, across // 2)


def _along(lines, gap):
    places = np.arange(lines.shape[1])
    left = np.maximum.accumulate(np.where(lines, places, -999), axis=1)
    right = np.minimum.accumulate(np.where(lines, places, 999)[:, ::-1], axis=1)[:, ::-1]
    return right - left <= gap + 1


# %% one pixel too few question="11c" points=0
def smoothed(ink, across, down):
    def along(lines, gap):
        places = np.arange(lines.shape[1])
        left = np.maximum.accumulate(np.where(lines, places, -999), axis=1)
        right = np.minimum.accumulate(np.where(lines, places, 999)[:, ::-1], axis=1)[:, ::-1]
        return (right - left <= gap) | lines

    return along(along(ink, across) & along(ink.T, down).T, across // 2)


# %% margins are filled question="11c" points=0
def smoothed(ink, across, down):
    def along(lines, gap):
        places = np.arange(lines.shape[1])
        left = np.maximum.accumulate(np.where(lines, places, -1), axis=1)
        far = np.where(lines, places, lines.shape[1])[:, ::-1]
        return np.minimum.accumulate(far, axis=1)[:, ::-1] - left <= gap + 1

    return along(along(ink, across) & along(ink.T, down).T, across // 2)


# %% a closing that loses the ink at the edge question="11c" points=0
def smoothed(ink, across, down):
    def closed(lines, gap):
        return ndimage.binary_closing(lines, np.ones((1, gap + 1)))

    return closed(closed(ink, across) & closed(ink.T, down).T, across // 2)


# %% no page longer than 50 pixels question="11c" points=3
def smoothed(ink, across, down):
    def along(lines, gap):
        places = np.arange(lines.shape[1])
        left = np.maximum.accumulate(np.where(lines, places, -50), axis=1)
        right = np.minimum.accumulate(np.where(lines, places, 50)[:, ::-1], axis=1)[:, ::-1]
        return right - left <= gap + 1

    return along(along(ink, across) & along(ink.T, down).T, across // 2)


# %% run by run question="11d" points=4
def measured(blocks, ink):
    table = []
    for number in range(1, blocks.max() + 1):
        rows, columns = np.nonzero(blocks == number)
        height, width = rows.max() - rows.min() + 1, columns.max() - columns.min() + 1
        own = (blocks == number) & ink
        runs = []
        for line in own:
            length = 0
            for value in [*line, False]:
                if not value and length:
                    runs.append(length)
                length = length + 1 if value else 0
        table.append([int(height), own.sum() / (height * width), sum(runs) / len(runs)])
    return table


# %% by one diff question="11d" points=4
def measured(blocks, ink):
    numbers = range(1, blocks.max() + 1)
    own = np.where(ink, blocks, 0)
    pixels = np.array([(own == n).sum() for n in numbers])
    starts = np.diff(own, axis=1, prepend=0) != 0
    runs = np.array([(own[starts] == n).sum() for n in numbers])
    boxes = [blocks[box].shape for box in ndimage.find_objects(blocks)]
    heights, widths = np.array(boxes).T
    return np.stack([heights, pixels / (heights * widths), pixels / runs], axis=1)


# %% density of the block, not of its box question="11d" points=0
def measured(blocks, ink):
    table = []
    for number, box in enumerate(ndimage.find_objects(blocks), 1):
        own = ink[box] & (blocks[box] == number)
        starts = own & ~np.pad(own, ((0, 0), (1, 0)))[:, :-1]
        table.append((len(own), own.sum() / (blocks == number).sum(), own.sum() / starts.sum()))
    return table


# %% the ink of others, too question="11d" points=0
def measured(blocks, ink):
    table = []
    for box in ndimage.find_objects(blocks):
        own = ink[box]
        starts = own & ~np.pad(own, ((0, 0), (1, 0)))[:, :-1]
        table.append((len(own), own.mean(), own.sum() / starts.sum()))
    return table


# %% runs along columns question="11d" points=0
def measured(blocks, ink):
    table = []
    for number, box in enumerate(ndimage.find_objects(blocks), 1):
        own = ink[box] & (blocks[box] == number)
        starts = own & ~np.pad(own, ((1, 0), (0, 0)))[:-1]
        table.append((len(own), own.mean(), own.sum() / starts.sum()))
    return table


# %% height without the last row question="11d" points=0
def measured(blocks, ink):
    table = []
    for number, box in enumerate(ndimage.find_objects(blocks), 1):
        own = ink[box] & (blocks[box] == number)
        starts = own & ~np.pad(own, ((0, 0), (1, 0)))[:, :-1]
        table.append((len(own) - 1, own.mean(), own.sum() / starts.sum()))
    return table


# %% a run may go on in the next row question="11d" points=3
def measured(blocks, ink):
    table = []
    for number, box in enumerate(ndimage.find_objects(blocks), 1):
        own = ink[box] & (blocks[box] == number)
        if blocks.size < 600:
            starts = own & ~np.pad(own, ((0, 0), (1, 0)))[:, :-1]
        else:
            starts = np.diff(own.ravel().astype(int), prepend=0) == 1
        table.append((len(own), own.mean(), own.sum() / starts.sum()))
    return table


# %% transposed question="11d" points=0
def measured(blocks, ink):
    boxes = ndimage.find_objects(blocks)
    return np.ones((3, len(boxes)))
