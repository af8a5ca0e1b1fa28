"""One self-contained page: the annotated picture, the result and the first cards."""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path

from archscan.findings import Print, Scan
from archscan.guidance import (
    DISCLAIMER,
    STOP,
    card,
    figure,
    limits_of,
    meaning_of,
    put_together,
)
from archscan.report.card_words import (
    FOR_EVERYBODY,
    WHEN_TO_SEE_A_DOCTOR,
    dose_words,
    sources,
)
from archscan.report.files import jpeg
from archscan.report.html_page import html_page
from archscan.report.picture import annotate
from archscan.report.sizes import size_words
from archscan.report.words import (
    HEADLINE_NAME,
    INDEX_NAMES,
    WITHOUT_A_PRINT,
    among_adults,
    headline,
    printable,
    ratio,
    sureness,
    verdict_words,
)

STYLE = """
body{font:1.0625rem/1.5 system-ui,sans-serif;max-width:44rem;margin:1.5rem auto;padding:0 1rem;
color:#1c1c1e;background:#fff}
h1{font-size:1rem;margin:0;color:#555}h2{font-size:1.5rem;margin:.6rem 0 .2rem}
h3{font-size:1.15rem;margin:1.2rem 0 .3rem}
img{max-width:100%;max-height:26rem;display:block;margin:.8rem auto;border-radius:.4rem}
.big{font-size:1.6rem;font-weight:600}.dim{color:#555;font-size:.9rem;overflow-wrap:anywhere}
.card svg{width:9rem;float:right;margin-left:.8rem}.card{clear:both}
@media (forced-colors:active){.card svg{background:#fff;forced-color-adjust:none}}
.back a{display:inline-block;padding:.3rem 0}
.urgent{border-left:.3rem solid #b00020;padding-left:.8rem}
table{border-collapse:collapse;width:100%}td,th{padding:.25rem .5rem;text-align:left;
border-bottom:1px solid #ddd}th[scope=row]{font-weight:normal}
/* Narrower than any phone, unless its text is enlarged. */
@media screen and (max-width:19rem){body{overflow-wrap:anywhere}
.card svg{float:none;margin:0;max-width:100%}}
@media print{html{font-size:11px}body{font-size:1rem;max-width:none;margin:0}img{max-height:90mm}
.back{display:none}h2,h3,summary{break-after:avoid}.card,.urgent,table{break-inside:avoid}
.card svg{width:26mm}summary{list-style:none;font-weight:bold}
details::details-content{content-visibility:visible;display:block;block-size:auto}}
@page{size:A4;margin:14mm}
"""
"""On paper nothing can be unfolded, so what is folded away on a screen stands there in full."""

HEADING = "What the print says"

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def page(scan: Scan, *, back: str | None = None) -> str:
    """Write a scan as a page for a browser or a printer.

    Parameters
    ----------
    scan
        Any.
    back
        The address where the photo was given, to which the page then leads back.

    Returns
    -------
    str
        HTML without scripts or links to anything outside.
    """
    parts = [f"<h1>{HEADING}</h1>"]
    if back is not None:
        parts.insert(0, f'<p class=back><a href="{escape(back)}">Measure another photo</a></p>')
    if scan.source:
        parts.append(f"<p class=dim>{escape(_photo_name(scan.source))}</p>")
    parts += [_card(number, "urgent", "h2") for number in scan.urgent]
    if scan.reason is not None:
        parts.append(
            f"<h2>{WITHOUT_A_PRINT[scan.status]}</h2><p>{escape(scan.reason.message)}</p>"
            f"<p><b>What to do:</b> {escape(scan.reason.advice)}</p>"
            f"<p class=dim>{escape(scan.reason.code)}</p>"
        )
    parts += [_result(item) for item in scan.prints]
    parts += [f"<p>Note: {escape(caution.message)}</p>" for caution in scan.cautions]
    if scan.photo is not None:
        data = base64.b64encode(jpeg(annotate(scan))).decode()
        parts.append(
            f'<img alt="{escape(_what_it_shows(scan))}" src="data:image/jpeg;base64,{data}">'
        )
    fitting = put_together([item.guidance for item in scan.prints])
    others = [number for number in fitting if number not in scan.urgent]
    if others:
        parts.append("<h2>Worth knowing and doing</h2>")
        if any(card(number).kind == "exercise" for number in others):
            parts.append(f"<p><b>{STOP}</b></p>")
        parts += [_card(number, "card") for number in others]
    unsaid = [_card(number, "urgent") for number in FOR_EVERYBODY if number not in scan.urgent]
    if unsaid:
        # Folded away: nothing in a picture is a reason to be alarmed.
        parts.append(
            f"<details><summary>{WHEN_TO_SEE_A_DOCTOR}</summary>{''.join(unsaid)}</details>"
        )
    if scan.prints or scan.urgent:
        parts.append(f"<p class=dim>{escape(DISCLAIMER)}</p>")
    return html_page(_title(scan), STYLE, POLICY, parts)


def _photo_name(source: str) -> str:
    """Name a photo without its folders, which a page that is sent on has no need to tell."""
    return printable(Path(source).name)


def _title(scan: Scan) -> str:
    """Name the page in a tab among others, and no class: a browser's history keeps it."""
    words = HEADING if scan.reason is None else WITHOUT_A_PRINT[scan.status]
    photo = [_photo_name(scan.source)] if scan.source else []
    return " - ".join([*photo, words, "archscan"])


def _what_it_shows(scan: Scan) -> str:
    """Say what is drawn on the photo, for those who do not see it."""
    if scan.reason is not None:
        return f"The photo, with these words on it: {scan.reason.message}"
    prints = [
        f"{item.footprint.side} foot: {verdict_words(item.verdict)}, {headline(item)}"
        for item in scan.prints
    ]
    return (
        "The photo with each print's outline, its thirds, the narrowest midfoot and the widest "
        f"forefoot drawn on it. {'; '.join(prints).capitalize()}."
    )


def _result(item: Print) -> str:
    verdict = item.verdict
    rows = "".join(
        f"<tr><th scope=row>{INDEX_NAMES.get(name, name)}</th><td>{ratio(name, measure.value)}</td>"
        f"<td>{ratio(name, measure.low)} to {ratio(name, measure.high)}</td></tr>"
        for name, measure in item.measures.items()
    )
    words = ""
    if verdict.arch is not None:
        words = (
            f"<p><b>How sure:</b> {escape(sureness(item))}</p>"
            f"<p><b>What it means:</b> {escape(meaning_of(verdict))}</p>"
            f"<p><b>What it does not mean:</b> {escape(limits_of(verdict))}</p>"
        )
    notes = "".join(f"<p>Note: {escape(caution.message)}</p>" for caution in item.cautions)
    return (
        f"<h2>{item.footprint.side.capitalize()} foot: {escape(verdict_words(verdict))}</h2>"
        f"<p>{HEADLINE_NAME}<br><span class=big>{headline(item)}</span></p>{words}{notes}"
        f'<table aria-label="Indices of the {item.footprint.side} foot">'
        "<tr><th>Index</th><th>Value</th><th>95 % measuring interval</th></tr>"
        f"{rows}</table>{_beside(item)}"
    )


def _beside(item: Print) -> str:
    """Give the print's size, where there is a scale, and its place among adults."""
    size = size_words(item.footprint)
    words = [f"{size.capitalize()}."] if size else []
    if item.verdict.arch is not None:
        words.append(among_adults(item))
    return "".join(f"<p>{escape(one)}</p>" for one in words)


def _card(number: str, style: str, heading: str = "h3") -> str:
    one = card(number)
    drawing = figure(one) if one.kind == "exercise" else ""
    steps = "".join(f"<li>{escape(step)}</li>" for step in (one.start, *one.steps) if step)
    steps = f"<ol>{steps}</ol>" if steps else ""
    dose = f"<p><b>How much:</b> {escape(dose_words(one))}</p>" if one.dose else ""
    ways = (
        f"<p><b>Easier:</b> {escape(one.easier)} <b>Harder:</b> {escape(one.harder)}</p>"
        if one.easier
        else ""
    )
    care = "".join(f"<p><b>Take care:</b> {escape(caution)}</p>" for caution in one.cautions)
    views = "".join(
        f"<p>It is said: {escape(view.says)} <span class=dim>Evidence: {view.grade}.</span></p>"
        for view in one.views
    )
    return (
        f'<div class="{style}"><{heading}>{escape(one.title)}</{heading}>{drawing}'
        f"<p>{escape(one.text)}</p>"
        f"{steps}{dose}{ways}{care}{views}"
        f"<p class=dim>Evidence: {escape(one.grade)}. {escape(one.evidence)} "
        f"From: {escape(sources(one))}.</p></div>"
    )
