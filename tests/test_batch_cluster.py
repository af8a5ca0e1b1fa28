"""A Dask cluster, played: who is asked what before the first photo is handed out."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from archscan.batch.cluster import cluster_workers
from archscan.errors import OptionError

ADDRESS = "tcp://scheduler:8786"


class Client:
    """A connection to workers, each with files of its own."""

    failure: Exception | None = None
    folders: tuple[dict[str, str], ...] = ()

    def __init__(self, address: str, timeout: float) -> None:
        if self.failure is not None:
            raise self.failure
        assert (address, timeout > 0) == (ADDRESS, True)
        self.is_open = True

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.is_open = False

    def run(self, asked, folder: str) -> dict[str, bool]:
        return {
            f"tcp://worker:{number}": asked(own.get(folder, f"{folder}/elsewhere"))
            for number, own in enumerate(self.folders)
        }

    def nthreads(self) -> dict[str, int]:
        return {f"tcp://worker:{number}": 2 for number, _ in enumerate(self.folders)}

    def get_executor(self, *, pure: bool) -> Client:
        # Pure work is done once for two photos that are alike.
        assert not pure
        return self


@pytest.fixture
def dask(monkeypatch) -> type[Client]:
    monkeypatch.setitem(sys.modules, "distributed", SimpleNamespace(Client=Client))
    return Client


@pytest.mark.parametrize(
    ("seeing", "is_sent"), [("yy", False), ("yn", True), ("nn", True), ("", True)]
)
def test_photos_are_sent_unless_all_workers_are_known_to_see_them(
    dask, monkeypatch, tmp_path: Path, seeing: str, is_sent: bool
) -> None:
    # A worker may run in another folder: only the whole path is the same place there.
    monkeypatch.chdir(tmp_path)
    Path("photos").mkdir()
    own = str(tmp_path / "photos")
    folders = tuple({own: own} if sees == "y" else {} for sees in seeing)
    monkeypatch.setattr(dask, "folders", folders)
    with cluster_workers(ADDRESS, Path("photos")) as workers:
        assert workers.send_bytes is is_sent
        assert workers.jobs == (2 * len(seeing) or None)
        assert workers.executor.is_open
    assert not workers.executor.is_open


@pytest.mark.parametrize("failure", [OSError(), TimeoutError(), ValueError("no address")])
def test_a_scheduler_that_does_not_answer_is_said(dask, monkeypatch, failure: Exception) -> None:
    monkeypatch.setattr(dask, "failure", failure)
    with pytest.raises(OptionError, match=ADDRESS) as raised, cluster_workers(ADDRESS, Path()):
        pass
    assert raised.value.reason.code == "cluster-not-reached"


def test_without_dask_it_is_said_how_to_get_it(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(OptionError, match=r"archscan\[cluster\]") as raised:
        cluster_workers(ADDRESS, Path()).__enter__()
    assert raised.value.reason.code == "cluster-not-installed"
