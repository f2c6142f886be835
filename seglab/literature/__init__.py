"""The models that the lecture's slides name, as their papers draw them.

Every builder takes (num_classes, width, channels) and gives a model for pages of any size:
(batch, H, W, channels) -> (batch, H, W, num_classes), probabilities. width: channels of the first
block. The papers have 64; the default is 16, so that a laptop can train all of them.
"""

from seglab.literature.deconvnet import deconvnet
from seglab.literature.deeplab import deeplab
from seglab.literature.deeplab_v3 import deeplab_v3, deeplab_v3_plus
from seglab.literature.fcn import fcn8, fcn16, fcn32, start_from
from seglab.literature.pspnet import pspnet
from seglab.literature.segnet import segnet
from seglab.literature.unet2015 import unet_2015

# Every model by its name.
BUILDERS = {
    "fcn32": fcn32,
    "fcn16": fcn16,
    "fcn8": fcn8,
    "deconvnet": deconvnet,
    "segnet": segnet,
    "pspnet": pspnet,
    "deeplab": deeplab,
    "deeplab_v3": deeplab_v3,
    "deeplab_v3_plus": deeplab_v3_plus,
    "unet_2015": unet_2015,
}

__all__ = ["BUILDERS", "start_from", *BUILDERS]
