"""Every model by its name: the lecture's five, what its slides name beside them, and those with a
trained encoder."""

from seglab import literature, models, transfer

BUILDERS = {**models.BUILDERS, **literature.BUILDERS, **transfer.BUILDERS}
