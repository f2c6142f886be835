"""What all tests share: the CPU, and a quiet TensorFlow."""

import logging
import os

os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")  # figures of the tests are the CPU's
logging.getLogger("tensorflow").setLevel(logging.ERROR)
