"""Where the seconds were taken: machine, software, devices, date."""

import importlib
import os
import platform
import re
from datetime import datetime
from pathlib import Path

import keras


def machine():
    """What a reader has to know to believe a number of seconds: a dict for JSON."""
    backend = keras.backend.backend()
    return {
        "cpu": _cpu(),
        "cores": _cores(),
        "threads": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None,
        "ram_bytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        "load_before": os.getloadavg()[0],  # processes that ran in the last minute
        "os": platform.platform(),
        "python": platform.python_version(),
        "keras": keras.__version__,
        "backend": backend,
        "backend_version": importlib.import_module(backend).__version__,
        "devices": keras.distribution.list_devices(),
        "device_names": _device_names(backend),
        "date": datetime.now().astimezone().isoformat(timespec="seconds"),
    }


def _cpu():
    """The processor's name as its maker prints it."""
    return _cpuinfo("model name")[0] if _cpuinfo("model name") else platform.processor()


def _cores():
    """Physical cores: the different pairs of socket and core; None where Linux does not tell."""
    return len(set(zip(_cpuinfo("physical id"), _cpuinfo("core id")))) or None


def _cpuinfo(key):
    """The values of a key in Linux's list of processors, one for each thread."""
    info = Path("/proc/cpuinfo")
    return re.findall(rf"^{key}\s*: (.*)$", info.read_text(), re.M) if info.exists() else []


def _device_names(backend):
    """What the makers call the accelerators; [] on a CPU."""
    library = importlib.import_module(backend)
    if backend == "jax":
        return [device.device_kind for device in library.devices() if device.platform != "cpu"]
    if backend == "tensorflow":
        details = library.config.experimental.get_device_details
        return [details(gpu)["device_name"] for gpu in library.config.list_physical_devices("GPU")]
    return []
