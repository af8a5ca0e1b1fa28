"""The result for a person: plain words, 80 columns, no colour needed."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from made_scans import EVERY_KIND, child, interrupted, made_print, made_scan, pair, refused
from rich.console import Console

from archscan.guidance import DISCLAIMER, STOP, all_cards, card
from archscan.indices import INDICES, Measure
from archscan.reasons import Caution
from archscan.report.card_words import ASK_FIRST, sources
from archscan.report.guide_text import guide
from archscan.report.page import page
from archscan.report.record import to_record
from archscan.report.terminal import GAUGE_CELLS, gauge, result
from archscan.report.words import headline_percent, interval, ratio, sureness, verdict_words
from archscan.verdict import Verdict, step

FORBIDDEN = ("diagnosis of", "detect", "disease", "abnormal", "collapsed", "you need", "risk of")


def printed(renderable, **options):
    stream = io.StringIO()
    Console(file=stream, width=80, highlight=False, **options).print(renderable)
    return stream.getvalue()


def words(renderable):
    return " ".join(printed(renderable).split())


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_kind_of_scan_fits_80_columns(kind):
    text = printed(result(EVERY_KIND[kind]()))
    assert max(map(len, text.splitlines())) <= 80
    assert not any(word in text.lower() for word in FORBIDDEN)


def test_a_person_finds_class_ratio_meaning_and_next_step():
    text = words(result(made_scan()))
    for part in (
        "Left foot: NEUTRAL arch",
        "Midfoot contact width ratio (Chippaux-Smirak index): 37 %",
        "How sure:",
        "What it means: your print",
        "What it does not mean:",
        "arch index (Cavanagh-Rodgers)",
        card("ex.short_foot").title,
        "archscan guide",
        DISCLAIMER,
    ):
        assert part in text, part


def with_arch(arch, confidence="clear", neighbour=None):
    return replace(made_print(), verdict=Verdict(arch, confidence, neighbour, {}))


def test_a_verdict_is_told_in_words():
    for verdict, words in (
        (Verdict("neutral", "clear", None, {}), "neutral arch"),
        (Verdict("neutral", "borderline", "flat", {}), "neutral arch, perhaps flat"),
        (Verdict(None, None, None, None), "measured, no class"),
    ):
        assert verdict_words(verdict) == words
    assert sureness(with_arch("neutral")).startswith("clear.")
    assert sureness(with_arch("neutral", "borderline", "high")).startswith("borderline.")


def test_a_borderline_print_is_called_so_beside_its_class():
    borderline = words(result(made_scan(with_arch("neutral", "borderline", "flat"))))
    assert "Left foot: NEUTRAL arch, borderline with flat" in borderline
    assert "borderline" not in words(result(made_scan(with_arch("neutral"))))


def test_what_a_reader_should_know_and_how_large_the_print_is_are_told():
    foot = Caution("soft-edge", "The edge of this print fades out.")
    photo = Caution("too-faint", "Another print was too faint.")
    shown = replace(made_print(mm=0.5), cautions=(foot,))
    text = words(result(made_scan(shown, cautions=(photo,))))
    assert "Note: The edge of this print fades out." in text
    assert "Note: Another print was too faint." in text
    # 520, 180 and 46,440 pixels of half a millimetre.
    assert "print length 260 mm, forefoot width 90 mm, contact area 116 cm²" in text
    assert "print length" not in words(result(made_scan()))


def test_no_more_than_three_things_are_worth_doing_first():
    chosen = ("ex.short_foot", "ex.toe_yoga", "fw.fit", "ex.calf_raise")
    text = words(result(made_scan(clear(made_print(), guidance=chosen))))
    assert sum(card(one).title in text for one in chosen) == 3


def test_the_disclaimer_and_the_advice_to_stop_stand_where_they_belong():
    foot = replace(made_print(), guidance=("mech.neutral", "fw.fit"))
    shown = words(result(made_scan(foot), with_disclaimer=False))
    assert card("fw.fit").title in shown
    assert STOP not in shown
    assert DISCLAIMER not in shown


def test_both_feet_are_told_and_the_advice_is_given_once():
    text = words(result(pair()))
    assert text.index("Left foot") < text.index("Right foot")
    assert text.count(card("ex.short_foot").title + ".") == 1


def test_red_flags_come_before_everything_that_can_be_done():
    shown = replace(made_print(), guidance=("rf.emergency", "ex.short_foot"))
    flagged = replace(made_scan(shown), urgent=("rf.emergency",))
    text = words(result(flagged))
    assert text.index(card("rf.emergency").title) < text.index(card("ex.short_foot").title)
    html = page(flagged)
    assert html.index(card("rf.emergency").title) < html.index(card("ex.short_foot").title)


def test_the_way_to_the_red_flags_is_told_to_who_named_none():
    assert ASK_FIRST in words(result(made_scan()))
    flagged = replace(made_print(), guidance=("rf.soon", "ex.short_foot"))
    assert ASK_FIRST not in words(result(made_scan(flagged)))


def test_a_child_reads_no_class():
    text = words(result(child()))
    assert "Left foot: measured, no class at this age Midfoot contact" in text
    assert not any(word in text for word in ("HIGH", "NEUTRAL", "FLAT"))
    # The bands are adults', so neither they nor a place among them are shown.
    assert "high below" not in text
    assert "▼" not in text


def clear(shown, **changed):
    verdict = replace(shown.verdict, arch="neutral", confidence="clear", neighbour=None)
    return replace(shown, verdict=verdict, **changed)


@pytest.mark.parametrize(
    ("shown", "command"),
    [
        (clear(made_print()), "archscan guide neutral --symptom heel-pain"),
        (made_print(), "archscan guide --symptom heel-pain"),
        (made_print(age=4), "archscan guide --symptom heel-pain"),
    ],
)
def test_the_command_for_more_keeps_what_was_said(shown, command):
    text = words(result(made_scan(shown), answers=("--symptom", "heel-pain")))
    assert f"evidence for each: {command} archscan" in text


def test_what_holds_for_a_group_and_when_to_stop_come_before_the_exercises():
    shown = clear(made_print(), guidance=("sp.numb_feet", "ex.short_foot"))
    text, html = words(result(made_scan(shown))), page(made_scan(shown))
    for told in (text, html):
        group, exercise = (card(name).title for name in ("sp.numb_feet", "ex.short_foot"))
        assert told.index(group) < told.index(exercise)
        assert told.index(STOP) < told.index(exercise)
    nothing = words(result(made_scan(clear(made_print(), guidance=("sp.numb_feet",)))))
    assert "Worth doing first" not in nothing
    assert STOP not in nothing


def test_a_page_tells_whose_dose_it_is_and_what_a_card_rests_on():
    shown = clear(made_print(), guidance=("ex.short_foot",))
    html = page(made_scan(shown))
    assert "(hold time from an article, the rest ours)" in html
    assert "From: " in html
    assert not any("colleagues" in sources(one) for one in all_cards().values())
    urgent = replace(refused(), urgent=("rf.emergency",))
    assert DISCLAIMER[:40] in page(urgent)


def test_headings_of_a_page_go_down_by_one():
    levels = [int(level) for level in re.findall(r"<h(\d)>", page(pair()))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(lower <= upper + 1 for upper, lower in pairwise(levels))


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.2997, "29.9"), (0.4496, "44.9"), (0.3, "30"), (0.2949, "29"), (0.451, "45"), (0, "0")],
)
def test_no_ratio_is_rounded_into_another_class(value, shown):
    assert headline_percent(value) == shown


def test_a_number_for_people_is_the_records_rounded():
    # 0.23149 is 0.2315 in the record, which a table or a comparison tells as 0.232.
    assert ratio("cavanagh_rodgers", 0.23149) == ratio("cavanagh_rodgers", 0.2315) == "0.232"
    assert headline_percent(0.35496) == headline_percent(0.355)


def test_clear_is_not_said_to_be_far_from_a_limit_that_the_range_begins_at():
    close = measure(0.3234, 0.3030, 0.3422)
    sole = made_print()
    clear = replace(sole.verdict, arch="neutral", confidence="clear", neighbour=None)
    measures = {**sole.measures, "chippaux_smirak": close}
    said = sureness(replace(sole, measures=measures, verdict=clear))
    assert interval(close) == "30-34 %"
    assert "neither range crosses a limit" in said


def test_a_range_that_reaches_into_another_class_shows_it():
    assert interval(measure(0.33, 0.2962, 0.4461)) == "29.6-44.6 %"
    assert interval(measure(0.33, 0.2912, 0.4412)) == "29-44 %"


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("cavanagh_rodgers", 0.2597, "0.2597"),
        ("cavanagh_rodgers", 0.2103, "0.2103"),
        ("cavanagh_rodgers", 0.21, "0.210"),
        ("cavanagh_rodgers", 0.2041, "0.204"),
        ("staheli", 0.4398, "0.4398"),
        ("staheli", 0.7504, "0.7504"),
        ("chippaux_smirak", 0.0, "0.000"),
    ],
)
def test_other_indices_stay_in_their_band_too(name, value, shown):
    assert ratio(name, value) == shown


def test_a_neutral_arch_index_does_not_read_as_a_flat_one():
    shown = made_print()
    arch = replace(shown.measures["cavanagh_rodgers"], value=0.2574, low=0.2494, high=0.2654)
    shown = replace(shown, measures={**shown.measures, "cavanagh_rodgers": arch})
    assert "(Cavanagh-Rodgers) 0.257 (0.249-0.265)" in words(result(made_scan(shown)))
    assert "middle half" in words(result(made_scan(shown)))
    arch = replace(arch, value=0.25996)
    shown = replace(shown, measures={**shown.measures, "cavanagh_rodgers": arch})
    assert "<td>0.2599</td>" in page(made_scan(shown))


def recorded(name, value):
    """Give what the record says of an index of that value."""
    shown = made_print()
    changed = replace(shown.measures[name], value=value, arch=INDICES[name].bands.arch(value))
    shown = replace(shown, measures={**shown.measures, name: changed})
    return to_record(made_scan(shown))["prints"][0]["indices"][name]


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("chippaux_smirak", 0.29996, 0.29996),
        ("chippaux_smirak", 0.4499999, 0.44999),
        ("cavanagh_rodgers", 0.210004, 0.21001),
        ("chippaux_smirak", 0.31236, 0.3124),
    ],
)
def test_a_records_value_is_of_the_class_it_tells(name, value, kept):
    found = recorded(name, value)
    assert found["value"] == kept
    assert INDICES[name].bands.arch(found["value"]) == found["arch"]


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("chippaux_smirak", 0.24996, 0.24996),
        ("chippaux_smirak", 0.3999999, 0.39999),
        ("cavanagh_rodgers", 0.190004, 0.19001),
        ("cavanagh_rodgers", 0.24496, 0.24496),
    ],
)
def test_a_records_value_is_no_nearer_to_a_limit_than_the_verdict_held_it_to_be(name, value, kept):
    found = recorded(name, value)
    assert found["value"] == kept
    assert step(name, found["value"]) == step(name, value)


@pytest.mark.parametrize(
    ("width", "is_shown"), [(40, False), (GAUGE_CELLS + 1, False), (GAUGE_CELLS + 2, True)]
)
def test_a_narrow_terminal_has_no_broken_gauge(width, is_shown):
    stream = io.StringIO()
    Console(file=stream, width=width, highlight=False).print(result(made_scan()))
    assert ("▼" in stream.getvalue()) == is_shown
    assert max(map(len, stream.getvalue().splitlines())) <= width


def test_an_interrupted_print_reads_zero_percent():
    assert "HIGH arch" in words(result(interrupted()))
    assert " 0 %" in words(result(interrupted()))


def test_a_refusal_says_what_to_do():
    text = words(result(refused("touches-edge"), with_disclaimer=False))
    for part in ("cut off by the edge", "What to do: Step back", "(touches-edge)"):
        assert part in text
    assert "archscan guide" not in text


def test_names_are_not_markup():
    assert "[red]x[/red].jpg" in printed(result(made_scan(source="[red]x[/red].jpg")))
    assert "&lt;b&gt;" in page(made_scan(source="<b>.jpg"))


def test_names_of_another_code_page_stay_apart() -> None:
    assert r"\xd5\xc5.jpg" in printed(result(made_scan(source="\udcd5\udcc5.jpg")))


def measure(value, low=None, high=None):
    arch = "high" if value < 0.3 else "neutral" if value < 0.45 else "flat"
    return Measure("chippaux_smirak", value, low or value - 0.02, high or value + 0.02, arch)


@pytest.mark.parametrize("value", [0.0, 0.1, 0.2999, 0.3, 0.4499, 0.45, 0.7, 1.3])
def test_the_gauge_points_at_the_band_without_colour(value):
    found = measure(value, low=max(0.0, value - 0.02))
    marker, bar, names = gauge(found).plain.split("\n")
    assert len(bar) == GAUGE_CELLS
    assert bar[len(marker) - 1] == "█"
    assert marker.strip() == "▼"
    limits = [int(0.3 / 0.7 * GAUGE_CELLS), int(0.45 / 0.7 * GAUGE_CELLS)]
    starts = {"high": 0, "neutral": limits[0], "flat": limits[1]}
    ends = {"high": limits[0], "neutral": limits[1], "flat": GAUGE_CELLS}
    assert starts[found.arch] <= len(marker) - 1 < ends[found.arch]
    for name in starts:
        assert starts[name] <= names.index(name) < ends[name]


@pytest.mark.parametrize(
    ("ratio", "band"),
    [(0.02, "high"), (0.28, "high"), (0.32, "neutral"), (0.43, "neutral"), (0.47, "flat"),
     (0.69, "flat")],
)  # fmt: skip
def test_the_gauge_has_the_colour_of_each_band_there(ratio, band):
    _, bar, _ = gauge(measure(0.4)).split("\n")
    console = Console()
    there = bar.get_style_at_offset(console, int(ratio / 0.7 * GAUGE_CELLS))
    title = result(made_scan(with_arch(band))).renderables[1]
    (named,) = [span.style for span in title.spans if title.plain[slice(*span[:2])] == band.upper()]
    assert there == console.get_style(named)


def test_the_gauge_shows_the_interval():
    wide, narrow = (gauge(measure(0.35, 0.35 - half, 0.35 + half)).plain for half in (0.1, 0.02))
    assert wide.count("▓") > narrow.count("▓") > 0
    # From 20.2 to 36.2 eightieths: 17 cells, in one of which the value lies.
    assert gauge(measure(0.3525, 0.2525, 0.4525)).plain.count("▓") == 16


def test_the_guide_shows_steps_dose_and_evidence():
    text = words(guide([card("ex.short_foot")], "Heading"))
    assert "Heading" in text
    assert "1. " in text
    assert f"Evidence: {card('ex.short_foot').grade}." in text
    assert max(map(len, printed(guide([card("ex.short_foot")], "x")).splitlines())) <= 80
