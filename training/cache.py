"""Rendered samples on disk, in whole shards that can be added to at any time."""

from __future__ import annotations

import logging
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from training.samples import samples

SHARD_SCENES = 200

log = logging.getLogger(__name__)


def write_shard(folder: Path, shard: int, scenes: int = SHARD_SCENES) -> Path:
    """Render one shard unless it is there.

    Parameters
    ----------
    folder
        Of the cache.
    shard
        Number of the shard; its scenes have the seeds ``shard * scenes`` and on.
    scenes
        How many it holds.

    Returns
    -------
    Path
        The shard's file, ``.npz`` with ``pictures`` and ``targets``.
    """
    path = folder / f"{shard:05d}.npz"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    seeds = range(shard * scenes, (shard + 1) * scenes)
    seen = [sample for seed in seeds for sample in samples(seed)]
    temporary = path.with_name(f".{shard:05d}.{os.getpid()}.npz")
    np.savez(
        temporary,
        pictures=np.stack([sample.picture for sample in seen]),
        targets=np.stack([sample.target for sample in seen]),
        close=np.array([sample.close for sample in seen]),
    )
    temporary.replace(path)
    return path


def fill(folder: Path, shards: int, workers: int, scenes: int = SHARD_SCENES) -> None:
    """Render every shard that is missing, several at a time.

    Parameters
    ----------
    folder
        Of the cache.
    shards
        How many shards there should be.
    workers
        Processes to render with.
    scenes
        In each shard.
    """
    missing = [shard for shard in range(shards) if not (folder / f"{shard:05d}.npz").exists()]
    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_one_thread) as pool:
        waiting = [pool.submit(write_shard, folder, shard, scenes) for shard in missing]
        for number, done in enumerate(as_completed(waiting), start=1):
            log.info("rendered %s (%d of %d)", done.result().name, number, len(missing))


def _one_thread() -> None:
    cv2.setNumThreads(1)


def read(
    folder: Path, shards: int
) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.bool_]]:
    """Read the first shards into memory.

    Parameters
    ----------
    folder
        Of the cache.
    shards
        How many to read; they must be there.

    Returns
    -------
    pictures, targets, close
        ``uint8 (n, 256, 256, 3)``, ``uint8 (n, 256, 256, 2)`` and ``bool (n,)``.
    """
    parts = []
    for shard in range(shards):
        with np.load(folder / f"{shard:05d}.npz", allow_pickle=False) as stored:
            parts.append((stored["pictures"], stored["targets"], stored["close"]))
    pictures, targets, close = (np.concatenate(part) for part in zip(*parts, strict=True))
    return pictures, targets, close
