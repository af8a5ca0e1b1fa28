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

from training.samples import samples

SHARD_SCENES = 200

INTERRUPTED_WEIGHT = 4
LARGE_PIECE = 0.25
"""Of the larger one: a heel beside its ball, not a speck."""

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
        ``uint8 (n, 256, 256, 3)`` and ``uint8 (n, 256, 256, 2)``.
    close
        ``bool (n,)``.
    corners
        ``float32 (n, 4, 2)`` of sheets and cards, picture pixels.
    reference
        ``uint8 (n,)``: 0 none, 1 sheet of paper, 2 card.
    """

    pictures: NDArray[np.uint8]
    targets: NDArray[np.uint8]
    close: NDArray[np.bool_]
    corners: NDArray[np.float32]
    reference: NDArray[np.uint8]

    def weights(self) -> NDArray[np.float32]:
        """Tell how often each sample is to be drawn.

        Returns
        -------
        numpy.ndarray
            ``float32 (n,)``: more for interrupted prints, which are rare, and whose heel
            must be told from a second step that only half landed.
        """
        often = [_is_interrupted(target[..., 0]) for target in self.targets]
        return np.where(often, INTERRUPTED_WEIGHT, 1).astype(np.float32)

    def wanted(self, chosen: NDArray[np.int64]) -> NDArray[np.uint8]:
        """Draw what the network should answer for some of them.

        Parameters
        ----------
        chosen
            ``int (m,)`` which.

        Returns
        -------
        numpy.ndarray
            ``uint8 (m, 256, 256, 4)``: sole, toes, sheet of paper, card.
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


def _is_interrupted(sole: NDArray[np.uint8]) -> bool:
    """Whether a sole comes in two large pieces."""
    count, _, stats, _ = cv2.connectedComponentsWithStats((sole > 127).astype(np.uint8))
    areas = np.sort(stats[1:, cv2.CC_STAT_AREA])
    return count > 2 and bool(areas[-2] > LARGE_PIECE * areas[-1])


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
    names = [field.name for field in fields(Samples)]
    counts = []
    for shard in shards:
        with np.load(folder / f"{shard:05d}.npz", allow_pickle=False) as stored:
            counts.append(len(stored["close"]))
    whole: dict[str, NDArray[Any]] = {}
    first = 0
    for shard, count in zip(shards, counts, strict=True):
        with np.load(folder / f"{shard:05d}.npz", allow_pickle=False) as stored:
            for name in names:
                part = stored[name]
                # Filled shard by shard: joining them at the end would need it all twice.
                if name not in whole:
                    whole[name] = np.empty((sum(counts), *part.shape[1:]), dtype=part.dtype)
                whole[name][first : first + count] = part
        first += count
    return Samples(**whole)
