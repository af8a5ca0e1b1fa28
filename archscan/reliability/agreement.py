"""Intraclass correlation, standard error of measurement and limits of agreement."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SPREAD_95 = 1.96
"""Standard deviations either side of the middle that hold 95 % of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well repeated measurements of the same feet agree.

    Attributes
    ----------
    subjects, repeats
        Size of the table.
    correlation, low, high
        ICC(2,1) with its 95 % confidence interval, all from 0 to 1; not a number where
        neither the feet differ nor the repeats as a whole.
    standard_error
        Standard error of one measurement, in the measure's unit.
    least_change
        Minimal detectable change (95 %) between two measurements.
    """

    subjects: int
    repeats: int
    correlation: float
    low: float
    high: float
    standard_error: float
    least_change: float


@dataclass(frozen=True, slots=True)
class BlandAltman:
    """How far one way of measuring lies from another.

    Attributes
    ----------
    pairs
        How many were compared.
    bias
        Mean of the differences.
    low, high
        95 % limits of agreement.
    bias_within, low_within, high_within
        95 % confidence intervals of the bias and of each limit, ``(low, high)``.
    """

    pairs: int
    bias: float
    low: float
    high: float
    bias_within: tuple[float, float]
    low_within: tuple[float, float]
    high_within: tuple[float, float]


def intraclass_correlation(values: NDArray[np.float64]) -> Agreement:
    """Compute ICC(2,1): two-way random effects, absolute agreement, single measurement.

    With the mean squares of subjects ``R``, repeats ``C`` and residual ``E`` of ``n``
    subjects and ``k`` repeats it is ``(R - E) / (R + (k - 1) E + k (C - E) / n)``. The
    standard error of measurement is the root of the variance between repeats plus the
    residual one; the minimal detectable change is ``1.96 sqrt(2)`` times that.

    It is a share of variance, so that what chance makes less than nought of it is told as
    nought. The repeats are taken for a sample too: of two that differ as a whole, one degree
    of freedom tells by how much, and with many subjects the interval is then too narrow.

    Parameters
    ----------
    values
        ``float64 (n, k)``, a row for each subject; at least 2 by 2.

    Returns
    -------
    Agreement
        In the unit of the values.

    Raises
    ------
    ValueError
        If the table is too small or has gaps.

    References
    ----------
    Shrout PE, Fleiss JL 1979, Psychological Bulletin 86(2):420-428,
    doi:10.1037/0033-2909.86.2.420 (also the interval). Weir JP 2005, Journal of Strength and
    Conditioning Research 19(1):231-240 (standard error and minimal difference).
    """
    from scipy.stats import f as variance_ratio

    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2 or min(table.shape) < 2 or not np.isfinite(table).all():
        raise ValueError("a full table of at least two subjects and two repeats is needed")
    n, k = table.shape
    mean = table.mean()
    rows, columns = table.mean(axis=1), table.mean(axis=0)
    between = k * float(np.sum((rows - mean) ** 2)) / (n - 1)
    repeats = n * float(np.sum((columns - mean) ** 2)) / (k - 1)
    residuals = table - rows[:, None] - columns[None, :] + mean
    residual = float(np.sum(residuals**2)) / ((n - 1) * (k - 1))
    whole = between + (k - 1) * residual + k * (repeats - residual) / n
    rounding = (n * k * float(np.finfo(np.float64).eps * np.abs(table).max())) ** 2
    found = (between - residual) / whole if whole > rounding else float("nan")
    low = high = found
    if found < 1:
        first = k * found * repeats
        second = (n * (1 + (k - 1) * found) - k * found) * residual
        under = first**2 / (k - 1) + second**2 / ((n - 1) * (k - 1))
        # A sum has no fewer degrees of freedom than either part. Below a correlation of
        # nought one part is taken away, and what was left gave intervals beside the value.
        freedom = max((first + second) ** 2 / under, k - 1) if under > 0 else k - 1
        above = float(variance_ratio.ppf(0.975, n - 1, freedom))
        below = float(variance_ratio.ppf(0.975, freedom, n - 1))
        spread = k * repeats + (k * n - k - n) * residual
        low = n * (between - above * residual) / (above * spread + n * between)
        high = n * (below * between - residual) / (spread + n * below * between)
    found, low, high = (float(np.clip(one, 0.0, 1.0)) for one in (found, low, high))
    error = float(np.sqrt(max(0.0, (repeats - residual) / n) + residual))
    return Agreement(n, k, found, low, high, error, SPREAD_95 * float(np.sqrt(2)) * error)


def bland_altman(one: NDArray[np.float64], other: NDArray[np.float64]) -> BlandAltman:
    """Compute bias and 95 % limits of agreement of ``one - other``.

    The limits are 1.96 standard deviations either side of the bias. Of ``n`` differences
    with a normal distribution, a limit less the bias, over the standard error of the bias,
    follows a noncentral t distribution of ``n - 1`` degrees of freedom about ``1.96 sqrt(n)``,
    which gives the limit's confidence interval exactly.

    Parameters
    ----------
    one, other
        ``float64 (n,)`` of the same things; at least two.

    Returns
    -------
    BlandAltman
        In the unit of the values.

    Raises
    ------
    ValueError
        If there are fewer than two pairs.

    References
    ----------
    Bland JM, Altman DG 1986, Lancet 327(8476):307-310, doi:10.1016/S0140-6736(86)90837-8.
    Carkeet A 2015, Optometry and Vision Science 92(3):e71-e80,
    doi:10.1097/OPX.0000000000000513 (intervals of the limits).
    """
    from scipy.stats import nct, t

    difference = np.asarray(one, dtype=np.float64) - np.asarray(other, dtype=np.float64)
    n = difference.size
    if n < 2:
        raise ValueError("at least two pairs are needed")
    bias, spread = float(difference.mean()), float(difference.std(ddof=1))
    error = spread / float(np.sqrt(n))
    about_bias = error * float(t.ppf(0.975, n - 1))
    inner, outer = (
        error * float(nct.ppf(share, n - 1, SPREAD_95 * np.sqrt(n))) for share in (0.025, 0.975)
    )
    return BlandAltman(
        pairs=n,
        bias=bias,
        low=bias - SPREAD_95 * spread,
        high=bias + SPREAD_95 * spread,
        bias_within=(bias - about_bias, bias + about_bias),
        low_within=(bias - outer, bias - inner),
        high_within=(bias + inner, bias + outer),
    )
