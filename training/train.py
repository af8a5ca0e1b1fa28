"""Train the network and export it: ``python -m training.train``.

Renders its samples into a cache, trains for a fixed number of steps with a
fixed seed, and writes the ONNX file. Stopped and started again it goes on from
its last checkpoint.
"""

from __future__ import annotations

import argparse
import copy
import logging
import os
from pathlib import Path

import torch
from torch import Tensor, nn

from training.augment import augment
from training.cache import SHARD_SCENES, fill, read
from training.card import Facts, write_card
from training.evaluate import evaluate
from training.export import export
from training.network import CONTACT, ContactNetwork
from training.restore import restore

BATCH = 16
LEARNING_RATE = 3e-3
WARM_UP = 200
AVERAGE = 0.998
"""Decay of the running average of the weights, which is what gets exported."""

CHECKPOINT_EVERY = 250
EDGE_WEIGHT = 3.0
"""How much more a pixel at an edge counts: the indices are made of edges."""

REFERENCE_WEIGHT = 0.4
"""Of sheet and card in the loss: they need only be found, their edges are placed later."""

EDGE_REACH = 5
"""Side of the square (pixels) round an edge in which pixels count more."""

SMOKE = {"shards": 1, "scenes": 6, "steps": 4, "held_out": 2}
"""Enough to run every line."""

log = logging.getLogger(__name__)


def loss(logits: Tensor, target: Tensor) -> Tensor:
    """Cross entropy for each pixel's doubt, Dice for the shape as a whole.

    Parameters
    ----------
    logits, target
        ``float32 (n, 4, h, w)``: contact first, then what shows the scale, which
        counts for less.

    Returns
    -------
    Tensor
        Scalar.
    """
    reach = EDGE_REACH // 2
    near = nn.functional.avg_pool2d(target[:, :CONTACT], EDGE_REACH, 1, reach)
    weight = torch.ones_like(target)
    weight[:, :CONTACT] += EDGE_WEIGHT * 4 * near * (1 - near)
    entropy = nn.functional.binary_cross_entropy_with_logits(
        logits, target, weight, reduction="none"
    )
    guess = torch.sigmoid(logits)
    shared = (guess * target).sum(dim=(2, 3))
    total = guess.sum(dim=(2, 3)) + target.sum(dim=(2, 3))
    dice = 1 - (2 * shared + 20) / (total + 20)
    whole = entropy.mean(dim=(0, 2, 3)) + 0.3 * dice.mean(dim=0)
    return whole[:CONTACT].mean() + REFERENCE_WEIGHT * whole[CONTACT:].mean()


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


def has_bfloat16(device: torch.device) -> bool:
    """Whether a device has instructions for bfloat16; emulated it takes ten times as long.

    Parameters
    ----------
    device
        That trains.

    Returns
    -------
    bool
        Always for a graphics card.
    """
    if device.type == "cuda":
        return True
    able = torch.cpu.get_capabilities()
    return bool(able.get("amx_bf16") or able.get("avx512_bf16"))


def train(arguments: argparse.Namespace) -> None:
    """Render, train, export.

    Parameters
    ----------
    arguments
        As parsed by :func:`main`.
    """
    folder: Path = arguments.cache
    if arguments.smoke:
        vars(arguments).update(SMOKE)
    shards = range(arguments.first_shard, arguments.first_shard + arguments.shards)
    fill(folder / "samples", shards, arguments.workers, arguments.scenes)
    stored_samples = read(folder / "samples", shards)
    pictures = torch.from_numpy(stored_samples.pictures)
    close = torch.from_numpy(stored_samples.close)
    usable = torch.arange(len(pictures))
    if arguments.without_marks:
        usable = usable[torch.from_numpy(stored_samples.without_marks())]
    log.info("%d samples, %d used", len(pictures), len(usable))

    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    start = ContactNetwork() if arguments.start is None else restore(arguments.start)
    network = start.to(device, memory_format=torch.channels_last)
    average = copy.deepcopy(network).eval()
    optimiser = torch.optim.AdamW(network.parameters(), lr=arguments.rate, weight_decay=1e-4)
    first = 0
    checkpoint = folder / "checkpoint.pt"
    if checkpoint.exists() and not arguments.fresh:
        stored = torch.load(checkpoint, map_location=device, weights_only=True)
        network.load_state_dict(stored["network"])
        average.load_state_dict(stored["average"])
        if not arguments.restart_schedule:
            optimiser.load_state_dict(stored["optimiser"])
            first = stored["step"]
        log.info("going on from step %d", first)

    running = 0.0
    for step in range(first, arguments.steps):
        # Each step has its own seed, so that a stopped run goes on as if it had not stopped.
        random = torch.Generator().manual_seed(arguments.seed * 1_000_003 + step)
        chosen = usable[torch.randint(0, len(usable), (BATCH,), generator=random)]
        picture, target = augment(
            pictures[chosen],
            torch.from_numpy(stored_samples.wanted(chosen.numpy())),
            close[chosen],
            random,
        )
        picture = picture.to(device).contiguous(memory_format=torch.channels_last)
        for group in optimiser.param_groups:
            group["lr"] = arguments.rate * rate(step, arguments.steps)
        # Folded norms have nothing to learn of a batch.
        network.train(arguments.start is None)
        with torch.autocast(device.type, torch.bfloat16, enabled=has_bfloat16(device)):
            logits = network(picture)
        # Pooled a plane at a time, which is several times as fast.
        value = loss(logits.float().contiguous(), target.to(device).contiguous())
        optimiser.zero_grad(set_to_none=True)
        value.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        _follow(average, network, min(AVERAGE, step / (step + 10)))
        now = float(value.detach())
        running = 0.98 * running + 0.02 * now if step > first else now
        if (step + 1) % 50 == 0:
            log.info("step %d of %d: loss %.4f", step + 1, arguments.steps, running)
        if (step + 1) % CHECKPOINT_EVERY == 0 or step + 1 == arguments.steps:
            temporary = checkpoint.with_suffix(".part")
            torch.save(
                {
                    "network": network.state_dict(),
                    "average": average.state_dict(),
                    "optimiser": optimiser.state_dict(),
                    "step": step + 1,
                },
                temporary,
            )
            temporary.replace(checkpoint)
            export(average, arguments.output)
    facts = Facts(
        first_seed=arguments.first_shard * arguments.scenes,
        scenes=arguments.shards * arguments.scenes,
        pictures=len(pictures),
        steps=arguments.steps,
        batch=BATCH,
        weights=sum(item.numel() for item in network.parameters()),
        kilobytes=arguments.output.stat().st_size // 1000,
        loss=running,
    )
    write_card(arguments.card, facts, evaluate(average, arguments.held_out))


@torch.no_grad()
def _follow(average: nn.Module, network: nn.Module, decay: float) -> None:
    for kept, new in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
        if kept.dtype.is_floating_point:
            kept.lerp_(new, 1 - decay)
        else:
            kept.copy_(new)


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
    parser.add_argument("--fresh", action="store_true", help="forget the checkpoint")
    parser.add_argument(
        "--restart-schedule", action="store_true", help="keep the weights, start the steps anew"
    )
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
