"""The mean of exported networks' weights: ``python -m training.average OUTPUT FILE FILE ...``.

Where a round went on from the weights of another, the mean of both often does better
than either (Wortsman et al., "Model soups", 2022, doi:10.48550/arXiv.2203.05482).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch

from training.export import export
from training.network import ContactNetwork
from training.restore import restore


def average(paths: Sequence[Path]) -> ContactNetwork:
    """Take the mean of networks, weight by weight.

    Parameters
    ----------
    paths
        Exported networks, one of which began with the weights of another: those of two
        that were trained from scratch have nothing to do with each other.

    Returns
    -------
    ContactNetwork
        In evaluation mode, its batch norms folded as :func:`training.restore.restore` says.
    """
    networks = [restore(path) for path in paths]
    mean = networks[0]
    with torch.no_grad():
        for parameters in zip(*(network.parameters() for network in networks), strict=True):
            parameters[0].copy_(torch.stack(parameters).mean(dim=0))
    return mean


def main() -> None:
    """Read the command line and write the mean."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("file", type=Path, nargs="+")
    arguments = parser.parse_args()
    export(average(arguments.file), arguments.output)


if __name__ == "__main__":
    main()
