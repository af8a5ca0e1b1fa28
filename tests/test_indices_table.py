"""Whoever adds an index adds its docstring, source, bands and baseline too."""

import inspect

import pytest
from shapes import arched_foot, blocks_foot

from archscan.indices import INDICES, construct

# Values on ``blocks_foot()`` (by hand) and on ``arched_foot()`` (kept as measured).
BASELINE = {
    "chippaux_smirak": (36 / 90, 33 / 90),
    "cavanagh_rodgers": (36 / 186, 0.252167),
    "staheli": (36 / 60, 0.589318),
}


def test_every_index_has_a_baseline_and_every_baseline_an_index():
    assert set(INDICES) == set(BASELINE)


@pytest.mark.parametrize("name", INDICES)
def test_baseline(name):
    index = INDICES[name]
    by_hand, kept = BASELINE[name]
    assert index.function(construct(blocks_foot())) == pytest.approx(by_hand)
    assert index.function(construct(arched_foot())) == pytest.approx(kept, abs=1e-6)


@pytest.mark.parametrize("name", INDICES)
def test_every_index_says_what_it_is_and_who_says_so(name):
    index = INDICES[name]
    text = inspect.getdoc(index.function) or ""
    assert index.name == name == index.function.__name__
    for word in ("Construction:", "Unit:", "flatter", "Caveat:", "Returns", "References"):
        assert word in text, word
    assert any(character.isdigit() for character in index.source)
    assert index.bands.source
    assert index.bands.evidence
    assert index.guard > 0.0


@pytest.mark.parametrize("name", INDICES)
def test_bands_are_in_order(name):
    bands = INDICES[name].bands
    assert 0.0 < bands.high_below <= bands.neutral[0] < bands.neutral[1] <= bands.flat_from


@pytest.mark.parametrize(
    ("name", "value", "arch"),
    [
        ("chippaux_smirak", 0.0, "high"),
        ("chippaux_smirak", 0.2999, "high"),
        ("chippaux_smirak", 0.30, "neutral"),
        ("chippaux_smirak", 0.4499, "neutral"),
        ("chippaux_smirak", 0.45, "flat"),
        ("cavanagh_rodgers", 0.21, "high"),
        ("cavanagh_rodgers", 0.2101, "neutral"),
        ("cavanagh_rodgers", 0.2599, "neutral"),
        ("cavanagh_rodgers", 0.26, "flat"),
        ("staheli", 0.4399, "high"),
        ("staheli", 0.44, None),
        ("staheli", 0.5399, None),
        ("staheli", 0.54, "neutral"),
        ("staheli", 0.75, "neutral"),
        ("staheli", 0.7501, None),
        ("staheli", 0.8899, None),
        ("staheli", 0.89, "flat"),
    ],
)
def test_band_limits(name, value, arch):
    assert INDICES[name].bands.arch(value) == arch
