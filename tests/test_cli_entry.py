"""What the command does round the work: how arguments are routed, and how it ends."""

from __future__ import annotations

import os
import sys

import pytest

from archscan.cli import entry, main


@pytest.mark.parametrize(
    ("given", "routed"),
    [
        ([], []),
        (["guide", "flat"], ["guide", "flat"]),
        (["a.jpg"], ["scan", "a.jpg"]),
        (["--json", "-", "a.jpg"], ["scan", "--json", "-", "a.jpg"]),
        (["--help"], ["--help"]),
        (["--show-completion", "bash"], ["--show-completion", "bash"]),
        # Whoever adds it to photos asks how these are measured.
        (["-h", "a.jpg", "b.jpg"], ["scan", "-h", "a.jpg", "b.jpg"]),
    ],
)
def test_what_names_no_verb_names_photos(given: list[str], routed: list[str]) -> None:
    assert entry._routed(given) == routed


@pytest.mark.parametrize(
    ("words", "place", "routed"),
    [
        ("archscan a.jpg --ov", "2", ("archscan scan a.jpg --ov", "3")),
        ("archscan guide --pl", "2", None),
        ("archscan --show-completion ba", "2", None),
        # The first word is what is completed, though others follow.
        ("archscan gu --plan", "1", None),
        ("archscan a.jpg --ov", "", None),
    ],
)
def test_a_line_to_complete_is_routed_like_one_to_run(
    monkeypatch, words: str, place: str, routed: tuple[str, str] | None
) -> None:
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", place)
    entry._route_completion()
    assert (os.environ["COMP_WORDS"], os.environ["COMP_CWORD"]) == (routed or (words, place))


@pytest.mark.parametrize("descriptor", [0, 1, 2])
def test_a_closed_stream_leads_nowhere_in_the_workers_too(descriptor: int) -> None:
    with entry._leading_nowhere(descriptor) as stream:
        assert os.get_inheritable(stream.fileno())
        assert stream.writable() is (descriptor > 0)
        assert stream.writable() or stream.read() == ""


def test_interrupting_before_any_work_has_begun_ends_with_130(monkeypatch, capfd) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("archscan.cli.entry._obey", interrupt)
    with pytest.raises(SystemExit) as left:
        main(["guide"])
    assert left.value.code == 130
    assert capfd.readouterr().err == "\nInterrupted.\n"


def test_a_message_in_any_letters_is_told_while_the_work_goes_on(capfd) -> None:
    before = sys.stderr
    with entry._told_to_whoever_listens():
        sys.stderr.write("told of 足.jpg\n")
        assert capfd.readouterr().err == "told of 足.jpg\n"
    assert sys.stderr is before
