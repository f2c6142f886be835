"""A Dask cluster in place of this machine's processes, where somebody has one."""

from contextlib import contextmanager, nullcontext

from seglab.errors import InputError


def connected(address):
    """A context with the executor of a Dask scheduler; with None where there is no address.

    Its workers need seglab at the same version, bubblewrap, and one thread each
    (`dask worker --nthreads 1`), since a worker keeps one process for students' code.
    """
    return nullcontext() if address is None else _executor(address)


@contextmanager
def _executor(address):
    try:
        from distributed import Client
    except ImportError as error:
        raise InputError(
            "--cluster needs Dask: pip install 'seglab[cluster]', or pip install distributed."
        ) from error
    try:
        client = Client(address, timeout=10)
    except Exception as error:  # Dask has many ways to say that nobody is there
        raise InputError(f"No Dask scheduler answers at {address} ({error}).") from error
    with client:
        yield client.get_executor(pure=False)
