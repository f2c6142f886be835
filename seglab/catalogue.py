"""Every model by its name: the lecture's five, and those that its slides name beside them."""

from seglab import literature, models

BUILDERS = {**models.BUILDERS, **literature.BUILDERS}
