"""Sheets of paper as another network sees them: ``python -m training.sheets``.

Renders tell where a sheet lies beside a print, but call the paper that a print is on
no sheet, for it may have any size. A network that learns from them long enough no longer
shows it; one trained before such paper was drawn does, and its answers are taught here to
the last layer alone, so that sole and toes stay as they are to the bit
(Hinton et al., "Distilling the Knowledge in a Neural Network", 2015,
doi:10.48550/arXiv.1503.02531).
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from training.cache import SHARD_SCENES, Samples, fill, read
from training.export import export
from training.network import CELL, CONTACT, ContactNetwork
from training.restore import restore

SHEET = slice(CONTACT * CELL**2, (CONTACT + 1) * CELL**2)
"""Answers of the last layer that are of sheets."""

CLOSE_SHARE = 0.45
"""Views of prints up close, for each view of a whole photo."""

BATCH, RATE = 24, 1e-2

SEEN_AT_ONCE = 16

log = logging.getLogger(__name__)


def teach(network: ContactNetwork, teacher: ContactNetwork, stored: Samples, steps: int) -> None:
    """Fit the answers of a network's last layer on sheets to another network's.

    Parameters
    ----------
    network
        In evaluation mode; its weights for sheets are changed, all others stay.
    teacher
        In evaluation mode.
    stored
        Pictures to show to both; what they were rendered with is not asked.
    steps
        How many.
    """
    random = np.random.default_rng(1)
    whole, close = np.flatnonzero(~stored.close), np.flatnonzero(stored.close)
    near = random.choice(close, min(len(close), round(CLOSE_SHARE * len(whole))), replace=False)
    features, answers = _seen(network, teacher, stored.pictures[np.concatenate([whole, near])])
    weight = network.head.weight[SHEET].detach().clone().requires_grad_()
    bias = _bias(network)[SHEET].detach().clone().requires_grad_()
    optimizer = torch.optim.Adam([weight, bias], lr=RATE)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    for step in range(steps):
        source = torch.Generator().manual_seed(step)
        chosen = torch.randint(0, len(features), (BATCH,), generator=source)
        seen = nn.functional.conv2d(features[chosen].float(), weight, bias)
        wanted = torch.sigmoid(answers[chosen].float())
        loss = nn.functional.binary_cross_entropy_with_logits(seen, wanted)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
        if step % 500 == 0:
            log.info("step %d of %d: loss %.4f", step, steps, loss.item())
    with torch.no_grad():
        network.head.weight[SHEET] = weight
        _bias(network)[SHEET] = bias


def _bias(network: ContactNetwork) -> Tensor:
    bias = network.head.bias
    assert bias is not None  # noqa: S101 - the last layer has no norm
    return bias


@torch.no_grad()
def _seen(
    network: ContactNetwork, teacher: ContactNetwork, pictures: np.ndarray
) -> tuple[Tensor, Tensor]:
    """Show pictures to both: what reaches the one's last layer, and the other's answers."""
    features: list[Tensor] = []
    answers = []
    hook = network.head.register_forward_hook(
        lambda _layer, inputs, _output: features.append(inputs[0].half())
    )
    for first in range(0, len(pictures), SEEN_AT_ONCE):
        shown = torch.from_numpy(pictures[first : first + SEEN_AT_ONCE])
        shown = shown.permute(0, 3, 1, 2).float() / 255
        network.cells(shown)
        answers.append(teacher.cells(shown)[:, SHEET].half())
    hook.remove()
    return torch.cat(features), torch.cat(answers)


def main() -> None:
    """Read the command line, teach and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("network", type=Path)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("--cache", type=Path, default=Path(".cache/training"))
    parser.add_argument("--first-shard", type=int, default=1000)
    parser.add_argument("--shards", type=int, default=20)
    parser.add_argument("--scenes", type=int, default=SHARD_SCENES, help="in each shard")
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--workers", type=int, default=2, help="processes that render")
    parser.add_argument("--threads", type=int, default=1)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    shards = range(arguments.first_shard, arguments.first_shard + arguments.shards)
    fill(arguments.cache / "samples", shards, arguments.workers, arguments.scenes)
    network = restore(arguments.network)
    stored = read(arguments.cache / "samples", shards)
    teach(network, restore(arguments.teacher), stored, arguments.steps)
    export(network, arguments.output)


if __name__ == "__main__":
    main()
