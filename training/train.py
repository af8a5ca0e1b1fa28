"""Train the network and export it: ``python -m training.train``.

Renders its samples into a cache, trains for a fixed number of steps with a
fixed seed, and writes the ONNX file. Stopped and started again it goes on from
its last checkpoint.
"""

from __future__ import annotations

import argparse
import logging
import os
from pathlib import Path

import torch

from training.augment import augment
from training.cache import SHARD_SCENES, Samples, fill, read
from training.card import Facts, write_card
from training.evaluate import evaluate
from training.export import export
from training.learner import Learner
from training.network import CONTACT, ContactNetwork
from training.restore import restore
from training.sheets import sheets_seen

BATCH = 16
LEARNING_RATE = 3e-3
WARM_UP = 200
CHECKPOINT_EVERY = 250
SMOKE = {"shards": 1, "scenes": 6, "steps": 4, "held_out": 2}
"""Enough to run every line."""

log = logging.getLogger(__name__)


def rate(step: int, steps: int) -> float:
    """Learning rate at a step: a short warm-up, then half a cosine.

    Parameters
    ----------
    step, steps
        Where training is and how long it lasts.

    Returns
    -------
    float
        Multiple of the highest rate.
    """
    if step < WARM_UP:
        return (step + 1) / WARM_UP
    share = (step - WARM_UP) / max(1, steps - WARM_UP)
    return 0.5 * (1 + float(torch.cos(torch.tensor(share * torch.pi)))) + 0.005


def train(arguments: argparse.Namespace) -> None:
    """Render, train, export.

    Parameters
    ----------
    arguments
        As parsed by :func:`main`.
    """
    if arguments.smoke:
        vars(arguments).update(SMOKE)
    shards = range(arguments.first_shard, arguments.first_shard + arguments.shards)
    fill(arguments.cache / "samples", shards, arguments.workers, arguments.scenes)
    stored = read(arguments.cache / "samples", shards)
    learner = _learner(arguments)
    final_loss = _run(learner, stored, arguments)
    facts = Facts(
        first_seed=arguments.first_shard * arguments.scenes,
        scenes=arguments.shards * arguments.scenes,
        pictures=len(stored.pictures),
        steps=arguments.steps,
        batch=BATCH,
        weights=sum(item.numel() for item in learner.network.parameters()),
        kilobytes=arguments.output.stat().st_size // 1000,
        loss=final_loss,
    )
    write_card(arguments.card, facts, evaluate(learner.average, arguments.held_out))


def _learner(arguments: argparse.Namespace) -> Learner:
    """Begin with new weights, an exported file's or the last checkpoint's."""
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    start = ContactNetwork() if arguments.start is None else restore(arguments.start)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    learner = Learner(start, device, arguments.rate, has_folded_norms=arguments.start is not None)
    checkpoint = _checkpoint(arguments)
    if checkpoint.exists() and not arguments.fresh:
        learner.resume(checkpoint, afresh=arguments.restart_schedule)
        log.info("going on from step %d", learner.step)
    return learner


def _checkpoint(arguments: argparse.Namespace) -> Path:
    folder: Path = arguments.cache
    return folder / "checkpoint.pt"


def _run(learner: Learner, stored: Samples, arguments: argparse.Namespace) -> float:
    """Take all steps that are left, and give the running mean of the loss."""
    pictures = torch.from_numpy(stored.pictures)
    close = torch.from_numpy(stored.close)
    usable = torch.arange(len(pictures))
    if arguments.without_marks:
        usable = usable[torch.from_numpy(stored.without_marks())]
    log.info("%d samples, %d used", len(pictures), len(usable))
    teacher = None if arguments.sheets_from is None else restore(arguments.sheets_from)
    running = None
    for step in range(learner.step, arguments.steps):
        # Each step has its own seed, so that a stopped run goes on as if it had not stopped.
        random = torch.Generator().manual_seed(arguments.seed * 1_000_003 + step)
        chosen = usable[torch.randint(0, len(usable), (BATCH,), generator=random)]
        wanted = torch.from_numpy(stored.wanted(chosen.numpy()))
        if teacher is not None:
            wanted[..., CONTACT] = sheets_seen(teacher, pictures[chosen])
        picture, target = augment(pictures[chosen], wanted, close[chosen], random)
        now = learner.learn(picture, target, rate(step, arguments.steps))
        running = now if running is None else 0.98 * running + 0.02 * now
        if learner.step % 50 == 0:
            log.info("step %d of %d: loss %.4f", learner.step, arguments.steps, running)
        if learner.step % CHECKPOINT_EVERY == 0 or learner.step == arguments.steps:
            learner.save(_checkpoint(arguments))
            export(learner.average, arguments.output)
    return running or 0.0


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=Path(".cache/training"))
    parser.add_argument("--output", type=Path, default=Path("archscan/segmentation/contact.onnx"))
    parser.add_argument("--card", type=Path, default=Path("docs/model-card.md"))
    parser.add_argument("--shards", type=int, default=91)
    parser.add_argument(
        "--first-shard", type=int, default=120, help="a later round learns from scenes of its own"
    )
    parser.add_argument("--scenes", type=int, default=SHARD_SCENES, help="in each shard")
    parser.add_argument("--steps", type=int, default=19000)
    parser.add_argument("--held-out", type=int, default=200, help="scenes to score at the end")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, help="processes that render"
    )
    parser.add_argument(
        "--threads",
        type=int,
        default=1,
        help="that train; more than one only on cores that nothing else uses",
    )
    parser.add_argument(
        "--rate", type=float, default=LEARNING_RATE, help="highest; half of it for a second round"
    )
    parser.add_argument(
        "--without-marks",
        action="store_true",
        help="leave out scenes with a wet mark beside the print",
    )
    parser.add_argument("--smoke", action="store_true", help="run every line once, learn nothing")
    parser.add_argument(
        "--start", type=Path, help="an exported file to begin with, its norms folded for good"
    )
    parser.add_argument(
        "--sheets-from", type=Path, help="an exported file whose answers on sheets are kept"
    )
    parser.add_argument("--fresh", action="store_true", help="forget the checkpoint")
    parser.add_argument(
        "--restart-schedule", action="store_true", help="keep the weights, start the steps anew"
    )
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
