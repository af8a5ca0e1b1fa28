"""Work on other machines through Dask."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path

from archscan.errors import OptionError
from archscan.reasons import Reason

PATIENCE_SECONDS = 20.0
"""How long a scheduler may take to answer."""


@contextmanager
def cluster_executor(address: str, folder: Path) -> Iterator[tuple[Executor, bool]]:
    """Connect to a Dask scheduler.

    Parameters
    ----------
    address
        For example ``tcp://scheduler:8786``.
    folder
        Of the photos.

    Yields
    ------
    executor, send_bytes
        Dask's executor, and whether photos must be sent: some worker cannot see the folder,
        or none is there yet to be asked.

    Raises
    ------
    OptionError
        If Dask is not installed or nobody answers.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise OptionError(
            Reason(
                "cluster-not-installed",
                "Working on a cluster needs Dask, which is not installed.",
                "Install it: pip install 'archscan[cluster]'.",
            )
        ) from error
    try:
        client = Client(address, timeout=PATIENCE_SECONDS)
    except (OSError, TimeoutError, ValueError) as error:
        raise OptionError(
            Reason(
                "cluster-not-reached",
                f"No Dask scheduler answers at '{address}'.",
                "Check the address and that the scheduler is running.",
            )
        ) from error
    with client:
        seen = client.run(_sees, str(folder.resolve()))
        yield client.get_executor(pure=False), not (seen and all(seen.values()))


def _sees(folder: str) -> bool:
    return Path(folder).is_dir()
