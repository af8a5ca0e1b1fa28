"""Work on other machines through Dask."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archscan.errors import OptionError
from archscan.reasons import Reason

PATIENCE_SECONDS = 20.0
"""How long a scheduler may take to answer."""


@dataclass(frozen=True, slots=True, eq=False)
class Workers:
    """Who scores the photos of a batch; this machine's own cores unless said otherwise.

    Attributes
    ----------
    executor
        Hands work to those of another machine.
    send_bytes
        Whether photos must be sent: some worker cannot see the folder, or none is there yet
        to be asked.
    jobs
        How many photos they score at once; ``None`` where that is not known.
    """

    executor: Executor | None = None
    send_bytes: bool = False
    jobs: int | None = None


@contextmanager
def cluster_workers(address: str, folder: Path) -> Iterator[Workers]:
    """Connect to a Dask scheduler.

    Parameters
    ----------
    address
        For example ``tcp://scheduler:8786``.
    folder
        Of the photos.

    Yields
    ------
    Workers
        Connected, until the caller is done.

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
        yield Workers(
            executor=client.get_executor(pure=False),
            send_bytes=not (seen and all(seen.values())),
            jobs=sum(client.nthreads().values()) or None,
        )


def _sees(folder: str) -> bool:
    return Path(folder).is_dir()
