"""What all tests share: quiet TensorFlow, small pages, and an oracle's identity model."""

import logging
import os

os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")  # figures of the tests are the CPU's
logging.getLogger("tensorflow").setLevel(logging.ERROR)
