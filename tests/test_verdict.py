"""Every branch of the decision rule, limits included."""

import math

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archscan.ages import ADULT_FROM_YEARS, YOUNG_CHILD_BELOW_YEARS, age_cautions
from archscan.errors import ExitCode, OptionError
from archscan.indices import INDICES, Measure
from archscan.reasons import REFUSALS, Reason
from archscan.verdict import (
    Verdict,
    borderline_cause,
    class_probability,
    decide,
    gap_cautions,
    range_cautions,
    step,
)

TINY = 1e-9


def measure(name, value, half=0.0):
    low, high = (value - half, value + half) if isinstance(half, float) else half
    return Measure(name, value, low, high, INDICES[name].bands.arch(value))


def panel(csi, ai, si=0.6, csi_half=0.0, ai_half=0.0):
    return {
        "chippaux_smirak": measure("chippaux_smirak", csi, csi_half),
        "cavanagh_rodgers": measure("cavanagh_rodgers", ai, ai_half),
        "staheli": measure("staheli", si, 0.04),
    }


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("chippaux_smirak", 0.0, -2),
        ("chippaux_smirak", 0.25 - TINY, -2),
        ("chippaux_smirak", 0.25, -1),
        ("chippaux_smirak", 0.30 - TINY, -1),
        ("chippaux_smirak", 0.30, 0),
        ("chippaux_smirak", 0.40 - TINY, 0),
        ("chippaux_smirak", 0.40, 1),
        ("chippaux_smirak", 0.45 - TINY, 1),
        ("chippaux_smirak", 0.45, 2),
        ("cavanagh_rodgers", 0.0, -2),
        ("cavanagh_rodgers", 0.19, -2),
        ("cavanagh_rodgers", 0.19 + TINY, -1),
        ("cavanagh_rodgers", 0.21, -1),
        ("cavanagh_rodgers", 0.21 + TINY, 0),
        ("cavanagh_rodgers", 0.245 - TINY, 0),
        ("cavanagh_rodgers", 0.245, 1),
        ("cavanagh_rodgers", 0.26 - TINY, 1),
        ("cavanagh_rodgers", 0.26, 2),
    ],
)
def test_steps(name, value, expected):
    assert step(name, value) == expected


@pytest.mark.parametrize(
    ("measures", "cause"),
    [
        (panel(0.28, 0.23), "disagreement"),
        (panel(0.18, 0.25, csi_half=0.15), "disagreement"),
        (panel(0.28, 0.18), "near-limit"),
        (panel(0.36, 0.25), "area-near-limit"),
        (panel(0.31, 0.23, csi_half=0.02), "near-limit"),
        (panel(0.20, 0.20), "area-near-limit"),
        (panel(0.47, 0.30, csi_half=0.03), "near-limit"),
        (panel(0.26, 0.15), "near-limit"),
        (panel(0.25, 0.15), "near-limit"),
        (panel(0.18, 0.19, ai_half=0.03), "area-near-limit"),
        (panel(0.245, 0.15, csi_half=0.08), "wide-interval"),
        (panel(0.18, 0.188, ai_half=0.03), "wide-interval"),
        (panel(0.18, 0.15, csi_half=0.16), "wide-interval"),
        (panel(0.18, 0.15, ai_half=0.08), "wide-interval"),
        (panel(0.55, 0.31, csi_half=0.14), "wide-interval"),
        (panel(0.37, 0.235, csi_half=0.08), "wide-interval"),
    ],
)
def test_a_borderline_print_says_why(measures, cause):
    verdict = decide(measures)
    assert verdict.confidence == "borderline"
    assert borderline_cause(measures, verdict) == cause


CLEAR, BORDERLINE = "clear", "borderline"


@pytest.mark.parametrize(
    ("csi", "ai", "arch", "confidence", "neighbour"),
    [
        # Equal and away from every limit.
        (0.0, 0.0, "high", CLEAR, None),
        (0.20, 0.17, "high", CLEAR, None),
        (0.25 - TINY, 0.19, "high", CLEAR, None),
        (0.30, 0.22, "neutral", CLEAR, None),
        (0.35, 0.23, "neutral", CLEAR, None),
        (0.40 - TINY, 0.245 - TINY, "neutral", CLEAR, None),
        (0.45, 0.26, "flat", CLEAR, None),
        (0.60, 0.31, "flat", CLEAR, None),
        # Equal, one of them near a limit.
        (0.25, 0.17, "high", BORDERLINE, "neutral"),
        (0.20, 0.20, "high", BORDERLINE, "neutral"),
        (0.20, 0.21, "high", BORDERLINE, "neutral"),
        (0.40, 0.23, "neutral", BORDERLINE, "flat"),
        (0.35, 0.245, "neutral", BORDERLINE, "flat"),
        (0.44, 0.255, "neutral", BORDERLINE, "flat"),
        # One class apart: the headline index names the class, the other the neighbour.
        (0.30 - TINY, 0.21 + TINY, "high", BORDERLINE, "neutral"),
        (0.20, 0.23, "high", BORDERLINE, "neutral"),
        (0.30, 0.21, "neutral", BORDERLINE, "high"),
        (0.42, 0.18, "neutral", BORDERLINE, "high"),
        (0.35, 0.26, "neutral", BORDERLINE, "flat"),
        (0.31, 0.30, "neutral", BORDERLINE, "flat"),
        (0.45, 0.26 - TINY, "flat", BORDERLINE, "neutral"),
        (0.60, 0.22, "flat", BORDERLINE, "neutral"),
    ],
)
def test_rule_without_doubt(csi, ai, arch, confidence, neighbour):
    verdict = decide(panel(csi, ai))
    assert isinstance(verdict, Verdict)
    assert (verdict.arch, verdict.confidence, verdict.neighbour) == (arch, confidence, neighbour)


@pytest.mark.parametrize(("csi", "ai"), [(0.20, 0.26), (0.29, 0.30), (0.45, 0.21), (0.60, 0.10)])
def test_opposite_classes_are_no_verdict(csi, ai):
    assert decide(panel(csi, ai)) is REFUSALS["measures-disagree"]


@pytest.mark.parametrize(
    ("csi", "ai", "si", "refused"),
    [
        (0.50, 0.28, 0.43, True),
        (0.50, 0.28, 0.44, False),
        (0.50, 0.25, 0.43, True),  # borderline flat
        (0.20, 0.17, 0.90, True),
        (0.20, 0.17, 0.89, False),
        (0.28, 0.22, 0.90, True),  # borderline high
        (0.35, 0.23, 0.10, False),
        (0.35, 0.23, 1.50, False),
        (0.20, 0.17, 0.10, False),
        (0.50, 0.28, 1.50, False),
    ],
)
def test_staheli_only_objects_to_the_opposite(csi, ai, si, refused):
    assert isinstance(decide(panel(csi, ai, si)), Reason) == refused


@pytest.mark.parametrize(
    ("csi", "ai", "arch"), [(0.20, 0.17, "high"), (0.35, 0.23, "neutral"), (0.50, 0.28, "flat")]
)
def test_staheli_may_be_missing(csi, ai, arch):
    two = panel(csi, ai)
    del two["staheli"]
    assert decide(two).arch == arch


@pytest.mark.parametrize(
    ("csi", "csi_half", "ai", "ai_half", "arch", "neighbour"),
    [
        (
            0.24,
            (0.18, 0.30),
            0.17,
            0.0,
            "high",
            "neutral",
        ),  # reaches 0.30 exactly, which is neutral
        (0.24, 0.0599, 0.17, 0.0, "high", None),
        (0.47, (0.45, 0.49), 0.28, 0.0, "flat", None),  # reaches down to 0.45, which is flat
        (0.47, 0.0201, 0.28, 0.0, "flat", "neutral"),
        (0.32, 0.03, 0.23, 0.0, "neutral", "high"),
        (0.39, 0.07, 0.23, 0.0, "neutral", "flat"),
        (0.20, 0.02, 0.185, (0.16, 0.21), "high", None),  # 0.21 itself is still high
        (0.20, 0.02, 0.185, 0.026, "high", "neutral"),
        (0.35, 0.02, 0.22, 0.0099, "neutral", None),
        (0.35, 0.02, 0.22, 0.0101, "neutral", "high"),
        (0.35, 0.02, 0.24, 0.0201, "neutral", "flat"),
        (0.50, 0.02, 0.265, 0.01, "flat", "neutral"),
    ],
)
def test_an_interval_that_reaches_another_class_is_borderline(
    csi, csi_half, ai, ai_half, arch, neighbour
):
    verdict = decide(panel(csi, ai, csi_half=csi_half, ai_half=ai_half))
    assert (verdict.arch, verdict.neighbour) == (arch, neighbour)
    assert verdict.confidence == ("clear" if neighbour is None else "borderline")


def test_between_two_limits_the_neighbour_is_the_more_probable():
    # Near flat by the first index's step, but the second's interval reaches far into high.
    towards_high = decide(panel(0.40, 0.212, csi_half=0.02, ai_half=0.02))
    assert (towards_high.arch, towards_high.neighbour) == ("neutral", "high")
    towards_flat = decide(panel(0.44, 0.225, csi_half=0.02, ai_half=0.016))
    assert (towards_flat.arch, towards_flat.neighbour) == ("neutral", "flat")


@pytest.mark.parametrize(
    ("csi", "half", "said"), [(0.38, 0.05, False), (0.38, 0.09, True), (0.20, 0.12, False)]
)
def test_a_range_from_high_to_flat_is_said(csi, half, said):
    cautions = range_cautions(panel(csi, 0.24, csi_half=half))
    assert [caution.code for caution in cautions] == (["any-arch"] if said else [])


@pytest.mark.parametrize(("csi", "said"), [(0.0, True), (0.0001, False), (0.36, False)])
def test_of_a_print_without_a_midfoot_a_second_one_is_asked_for(csi, said):
    cautions = gap_cautions(panel(csi, 0.13, csi_half=0.02))
    assert [caution.code for caution in cautions] == (["interrupted"] if said else [])


def test_probability_by_hand():
    # First index: 0.30 lies 0.02 below 0.32, and the interval's side is 0.0392 = 1.96 * 0.02:
    # one standard deviation, so 0.158655 is high; 0.45 is out of reach. The second index has
    # no doubt and is neutral. Averaged: 0.0793 high.
    got = class_probability(panel(0.32, 0.23, csi_half=0.0392))
    assert got["high"] == pytest.approx(0.158655 / 2, abs=1e-6)
    assert got["neutral"] == pytest.approx(1 - 0.158655 / 2, abs=1e-6)
    assert got["flat"] == pytest.approx(0.0, abs=1e-9)


def test_each_side_of_an_interval_has_its_own_spread():
    # Below: 0.05 / 1.96 a deviation, 0.30 lies 0.05 under 0.35: 1.96 of them, 0.025 is high.
    # Above: 0.20 / 1.96 a deviation, 0.45 lies 0.10 over it: 0.98 of them, 0.163543 is flat.
    got = class_probability(panel(0.35, 0.23, csi_half=(0.30, 0.55)))
    assert got["high"] == pytest.approx(0.025 / 2, abs=1e-5)
    assert got["flat"] == pytest.approx(0.163543 / 2, abs=1e-6)


@pytest.mark.parametrize(
    ("csi", "ai", "arch"), [(0.30, 0.22, "neutral"), (0.45, 0.26, "flat"), (0.20, 0.21, "high")]
)
def test_a_certain_value_on_a_limit_is_certainly_in_its_band(csi, ai, arch):
    assert class_probability(panel(csi, ai))[arch] == 1.0


@pytest.mark.parametrize(("half", "high"), [(0.04, 0.5), ((0.27, 0.30), 0.5), ((0.30, 0.34), 0.0)])
def test_a_doubtful_value_on_a_limit_is_half_on_either_side_of_it(half, high):
    # The value is the median: what doubt there is below it, and no more, holds half of it.
    # Averaged with the second index, which is surely neutral.
    assert class_probability(panel(0.30, 0.23, csi_half=half))["high"] == high / 2


@st.composite
def panels(draw):
    def one(name, top):
        value = draw(st.floats(0.0, top))
        down, up = draw(st.floats(0.0, 0.2)), draw(st.floats(0.0, 0.2))
        return measure(name, value, (max(0.0, value - down), value + up))

    return {
        "chippaux_smirak": one("chippaux_smirak", 1.0),
        "cavanagh_rodgers": one("cavanagh_rodgers", 0.4),
        "staheli": one("staheli", 1.8),
    }


@settings(max_examples=300)
@example(panel(0.0, 0.21, ai_half=(0.21, 0.335)), None)
@given(panels(), st.none() | st.floats(16.0, 120.0))
def test_what_every_verdict_guarantees(measured, age):
    verdict = decide(measured, age)
    classes = {measured[name].arch for name in ("chippaux_smirak", "cavanagh_rodgers")}
    if classes == {"high", "flat"}:
        assert verdict is REFUSALS["measures-disagree"]
    if isinstance(verdict, Reason):
        return
    assert verdict.arch == measured["chippaux_smirak"].arch
    assert list(verdict.probability) == ["high", "neutral", "flat"]
    assert math.fsum(verdict.probability.values()) == pytest.approx(1.0, abs=1e-12)
    assert all(0.0 <= share <= 1.0 for share in verdict.probability.values())
    if verdict.confidence == "clear":
        assert verdict.neighbour is None
        assert len(classes) == 1
        assert verdict.probability[verdict.arch] >= 0.95 - TINY
    else:
        assert verdict.confidence == "borderline"
        assert {verdict.arch, verdict.neighbour} in ({"high", "neutral"}, {"neutral", "flat"})
        if len(classes) == 1 and verdict.arch != "neutral":
            assert verdict.probability[verdict.arch] >= 0.5 - TINY


@pytest.mark.parametrize(
    ("age", "adult", "codes"),
    [
        (None, True, []),
        (0, False, ["young-child"]),
        (5.99, False, ["young-child"]),
        (6, False, ["child"]),
        (15.99, False, ["child"]),
        (16, True, []),
        (130, True, []),
    ],
)
def test_age(age, adult, codes):
    verdict = decide(panel(0.35, 0.23), age)
    assert verdict.arch == ("neutral" if adult else None)
    assert verdict.confidence == ("clear" if adult else None)
    assert verdict.neighbour is None
    assert bool(verdict.probability) == adult
    assert [caution.code for caution in age_cautions(age)] == codes
    assert all(caution.message.endswith(".") for caution in age_cautions(age))
    # At what age an arch is grown up is not agreed: ten or so, says the card for children.
    assert not any("sixteen" in caution.message for caution in age_cautions(age))


@pytest.mark.parametrize("age", [None, 8, 40])
def test_who_says_that_it_is_a_childs_foot_gets_no_adult_class(age):
    assert decide(panel(0.35, 0.23), age, is_child=True).arch is None
    assert [caution.code for caution in age_cautions(age, is_child=True)] == ["child"]
    assert age_cautions(3, is_child=True) == age_cautions(3)


def test_age_limits_are_named():
    assert (YOUNG_CHILD_BELOW_YEARS, ADULT_FROM_YEARS) == (6, 16)


def test_contradicting_measures_are_no_refusal_for_a_child():
    assert decide(panel(0.20, 0.30), 4).arch is None


@pytest.mark.parametrize("age", [-1, -0.001, 130.5, 1984, math.nan, math.inf, -math.inf])
def test_an_age_that_is_none(age):
    for ask in (age_cautions, lambda years: decide(panel(0.35, 0.23), years)):
        with pytest.raises(OptionError) as caught:
            ask(age)
        assert caught.value.reason.code == "bad-age"
        assert caught.value.exit_code is ExitCode.USAGE


def test_an_age_in_letters_is_told_from_the_number():
    with pytest.raises(OptionError, match="'34' is not an age"):
        age_cautions("34")


@pytest.mark.parametrize("missing", ["chippaux_smirak", "cavanagh_rodgers"])
def test_both_deciding_measures_are_needed(missing):
    measured = panel(0.35, 0.23)
    del measured[missing]
    with pytest.raises(OptionError, match=missing):
        decide(measured)


@pytest.mark.parametrize(
    "half", [(math.nan, 0.4), (0.3, math.nan), (0.36, 0.4), (0.3, 0.34), (0.3, math.inf)]
)
def test_a_measure_outside_its_interval_is_refused(half):
    with pytest.raises(OptionError) as caught:
        decide(panel(0.35, 0.23, csi_half=half))
    assert caught.value.reason.code == "bad-measure"
