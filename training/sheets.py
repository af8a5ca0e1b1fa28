"""Sheets of paper as another network sees them.

Renders tell where a sheet lies beside a print, but call the paper that a print is on
no sheet, for it may have any size. A network that learns from them long enough no longer
shows it; one trained before such paper was drawn does, and while another learns, its
answers are what that should answer about sheets
(Hinton et al., "Distilling the Knowledge in a Neural Network", 2015,
doi:10.48550/arXiv.1503.02531).
"""

from __future__ import annotations

import torch
from torch import Tensor

from training.network import CONTACT, ContactNetwork


@torch.no_grad()
def sheets_seen(teacher: ContactNetwork, pictures: Tensor) -> Tensor:
    """Show pictures to a network and note what it answers about sheets of paper.

    Parameters
    ----------
    teacher
        In evaluation mode.
    pictures
        ``uint8 (n, h, w, 3)``, as rendered: of these it is surest.

    Returns
    -------
    Tensor
        ``uint8 (n, h, w)``: probability that a pixel is of a sheet, 255 for 1.
    """
    logits = teacher(pictures.permute(0, 3, 1, 2).float() / 255)[:, CONTACT]
    return (torch.sigmoid(logits) * 255).round().to(torch.uint8)
