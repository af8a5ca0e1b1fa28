"""Rendered samples on disk, in whole shards that can be added to at any time."""

from __future__ import annotations

import logging
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from archscan.synthetic import draw_recipe
from training.samples import samples

SHARD_SCENES = 200

SHIFT = 4
"""Bits of a pixel's fraction that polygons are drawn with."""

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
        The shard's file, ``.npz`` with the fields of :class:`Samples`.
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
        corners=np.stack([sample.corners for sample in seen]),
        reference=np.array([sample.reference for sample in seen], dtype=np.uint8),
    )
    temporary.replace(path)
    return path


def fill(folder: Path, shards: range, workers: int, scenes: int = SHARD_SCENES) -> None:
    """Render every shard that is missing, several at a time.

    Parameters
    ----------
    folder
        Of the cache.
    shards
        Which shards there should be.
    workers
        Processes to render with.
    scenes
        In each shard.
    """
    missing = [shard for shard in shards if not (folder / f"{shard:05d}.npz").exists()]
    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_one_thread) as pool:
        waiting = [pool.submit(write_shard, folder, shard, scenes) for shard in missing]
        for number, done in enumerate(as_completed(waiting), start=1):
            log.info("rendered %s (%d of %d)", done.result().name, number, len(missing))


def _one_thread() -> None:
    cv2.setNumThreads(1)


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """Many samples.

    Attributes
    ----------
    pictures, targets
        ``uint8 (n, 256, 192, 3)`` and ``uint8 (n, 256, 192, 2)``.
    close
        ``bool (n,)``.
    corners
        ``float32 (n, 4, 2)`` of sheets and cards, picture pixels.
    reference
        ``uint8 (n,)``: 0 none, 1 sheet of paper, 2 card.
    seeds
        ``int64 (n,)`` of the scenes they show.
    """

    pictures: NDArray[np.uint8]
    targets: NDArray[np.uint8]
    close: NDArray[np.bool_]
    corners: NDArray[np.float32]
    reference: NDArray[np.uint8]
    seeds: NDArray[np.int64]

    def without_marks(self) -> NDArray[np.bool_]:
        """Tell which samples are of scenes without a wet mark beside the print.

        Returns
        -------
        numpy.ndarray
            ``bool (n,)``.
        """
        return np.array([draw_recipe(int(seed)).beside is None for seed in self.seeds])

    def wanted(self, chosen: NDArray[np.int64]) -> NDArray[np.uint8]:
        """Draw what the network should answer for some of them.

        Parameters
        ----------
        chosen
            ``int (m,)`` which.

        Returns
        -------
        numpy.ndarray
            ``uint8 (m, 256, 192, 4)``: sole, toes, sheet of paper, card.
        """
        drawn = np.zeros((len(chosen), *self.targets.shape[1:3], 4), dtype=np.uint8)
        drawn[..., :2] = self.targets[chosen]
        for layers, number in zip(drawn, chosen, strict=True):
            kind = int(self.reference[number])
            if kind:
                layer = np.zeros(layers.shape[:2], dtype=np.uint8)
                points = np.rint(self.corners[number] * 2**SHIFT).astype(np.int32)
                cv2.fillConvexPoly(layer, points, 255, cv2.LINE_AA, SHIFT)
                layers[..., 1 + kind] = layer
        return drawn


def read(folder: Path, shards: range) -> Samples:
    """Read shards into memory.

    Parameters
    ----------
    folder
        Of the cache.
    shards
        Which to read; they must be there.

    Returns
    -------
    Samples
        All of them.
    """
    names = [field.name for field in fields(Samples) if field.name != "seeds"]
    seeds = []
    counts = []
    for shard in shards:
        with np.load(folder / f"{shard:05d}.npz", allow_pickle=False) as stored:
            counts.append(len(stored["close"]))
    whole: dict[str, NDArray[Any]] = {}
    first = 0
    for shard, count in zip(shards, counts, strict=True):
        with np.load(folder / f"{shard:05d}.npz", allow_pickle=False) as stored:
            # Each scene begins with the view of the whole photo.
            begins = ~stored["close"]
            seeds.append(shard * int(begins.sum()) + np.cumsum(begins) - 1)
            for name in names:
                part = stored[name]
                # Filled shard by shard: joining them at the end would need it all twice.
                if name not in whole:
                    whole[name] = np.empty((sum(counts), *part.shape[1:]), dtype=part.dtype)
                whole[name][first : first + count] = part
        first += count
    return Samples(**whole, seeds=np.concatenate(seeds))
