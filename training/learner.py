"""A network while it learns: a step at a time, from where it was left."""

from __future__ import annotations

import copy
from pathlib import Path

import torch
from torch import Tensor, nn

from training.loss import loss
from training.network import ContactNetwork

AVERAGE = 0.998
"""Decay of the running average of the weights, which is what gets exported."""


class Learner:
    """A network, the running average of its weights, and the step that comes next.

    Parameters
    ----------
    network
        To begin with.
    device
        That trains.
    rate
        Highest learning rate.
    has_folded_norms
        Whether the network is an exported one; folded norms have nothing to learn of a batch.
    """

    def __init__(
        self, network: ContactNetwork, device: torch.device, rate: float, *, has_folded_norms: bool
    ) -> None:
        self.network = network.to(device, memory_format=torch.channels_last)
        self.average = copy.deepcopy(self.network).eval()
        self.optimiser = torch.optim.AdamW(self.network.parameters(), lr=rate, weight_decay=1e-4)
        self.step = 0
        self._device = device
        self._rate = rate
        self._has_folded_norms = has_folded_norms

    def resume(self, checkpoint: Path, *, afresh: bool) -> None:
        """Go on from a checkpoint.

        Parameters
        ----------
        checkpoint
            As :meth:`save` wrote it.
        afresh
            Whether only the weights are kept and the steps begin anew.
        """
        stored = torch.load(checkpoint, map_location=self._device, weights_only=True)
        self.network.load_state_dict(stored["network"])
        self.average.load_state_dict(stored["average"])
        if not afresh:
            self.optimiser.load_state_dict(stored["optimiser"])
            self.step = stored["step"]

    def save(self, checkpoint: Path) -> None:
        """Write down where learning has got to, wholly or not at all.

        Parameters
        ----------
        checkpoint
            The file.
        """
        temporary = checkpoint.with_suffix(".part")
        torch.save(
            {
                "network": self.network.state_dict(),
                "average": self.average.state_dict(),
                "optimiser": self.optimiser.state_dict(),
                "step": self.step,
            },
            temporary,
        )
        temporary.replace(checkpoint)

    def learn(self, picture: Tensor, target: Tensor, share: float) -> float:
        """Take one step.

        Parameters
        ----------
        picture, target
            A batch, as :func:`training.augment.augment` gives it.
        share
            Of the highest learning rate.

        Returns
        -------
        float
            The loss before it.
        """
        for group in self.optimiser.param_groups:
            group["lr"] = self._rate * share
        self.network.train(not self._has_folded_norms)
        seen = picture.to(self._device).contiguous(memory_format=torch.channels_last)
        with torch.autocast(self._device.type, torch.bfloat16, enabled=has_bfloat16(self._device)):
            logits = self.network(seen)
        # Pooled a plane at a time, which is several times as fast.
        value = loss(logits.float().contiguous(), target.to(self._device).contiguous())
        self.optimiser.zero_grad(set_to_none=True)
        value.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        # In the beginning the average follows closely: it has nothing to keep yet.
        _follow(self.average, self.network, min(AVERAGE, self.step / (self.step + 10)))
        self.step += 1
        return float(value.detach())


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


@torch.no_grad()
def _follow(average: nn.Module, network: nn.Module, decay: float) -> None:
    for kept, new in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
        if kept.dtype.is_floating_point:
            kept.lerp_(new, 1 - decay)
        else:
            kept.copy_(new)
