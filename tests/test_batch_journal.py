"""What a run has done is kept line by line, and found again as long as it holds."""

from __future__ import annotations

import errno
import io

import pytest

from archscan.batch.journal import Journal, JournalWriter, Stamp
from archscan.batch.scoring import unusable
from archscan.errors import OutputError


def test_a_changed_file_is_done_again(tmp_path) -> None:
    journal = Journal(tmp_path / "t.csv")
    stamps = {"a": Stamp(1, 2, "v"), "b": Stamp(1, 2, "v")}
    with journal.appending(afresh=True) as writer:
        places = {name: writer.add(name, taken, {"n": name}) for name, taken in stamps.items()}
    assert journal.read(stamps) == places
    assert journal.read({**stamps, "b": Stamp(1, 3, "v")}) == {"a": places["a"]}
    assert journal.read({**stamps, "b": Stamp(1, 2, "w")}) == {"a": places["a"]}
    assert [one["n"] for one in journal.records(places, ["b", "a"])] == ["b", "a"]


@pytest.mark.parametrize(
    ("code", "kept"),
    [
        ("not-found", False), ("not-a-file", False), ("no-permission", False),
        ("fault", False), ("worker-lost", False), ("truncated", True), ("too-large", True),
    ],
)  # fmt: skip
def test_what_may_have_passed_is_tried_again(tmp_path, code: str, kept: bool) -> None:
    journal = Journal(tmp_path / "t.csv")
    taken = Stamp(1, 2, "v")
    with journal.appending(afresh=True) as writer:
        writer.add("a", taken, unusable("a", code))
    assert journal.read({"a": taken}) == ({"a": 0} if kept else {})


def test_the_better_record_of_a_second_try_is_kept(tmp_path) -> None:
    journal = Journal(tmp_path / "t.csv")
    taken = Stamp(1, 2, "v")
    with journal.appending(afresh=True) as writer:
        writer.add("a", taken, unusable("a", "fault"))
        again = writer.add("a", taken, unusable("a", "truncated"))
    assert journal.read({"a": taken}) == {"a": again}


def test_each_line_is_there_at_once_and_the_next_run_adds_to_it(tmp_path) -> None:
    journal, taken = Journal(tmp_path / "t.csv"), Stamp(1, 2, "v")
    wanted = {"a": taken, "b": taken}
    with journal.appending(afresh=True) as writer:
        first = writer.add("a", taken, {})
        assert journal.read(wanted) == {"a": first}
    with journal.appending(afresh=False) as writer:
        second = writer.add("b", taken, {})
    assert journal.read(wanted) == {"a": first, "b": second}
    with journal.appending(afresh=True):
        assert journal.read(wanted) == {}


def test_before_the_first_run_nothing_is_done(tmp_path) -> None:
    assert Journal(tmp_path / "t.csv").read({"a": Stamp(1, 2, "v")}) == {}


@pytest.mark.parametrize(
    "use",
    [
        lambda journal: journal.held().__enter__(),
        lambda journal: journal.read({}),
        lambda journal: journal.appending(afresh=False).__enter__(),
    ],
)
def test_a_journal_that_cannot_be_opened_is_no_fault_of_ours(tmp_path, use) -> None:
    journal = Journal(tmp_path / "t.csv")
    journal.path.mkdir()
    with pytest.raises(OutputError):
        use(journal)


def test_a_disk_that_is_full_is_told(tmp_path) -> None:
    class Full(io.BytesIO):
        def write(self, _: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    writer = JournalWriter(tmp_path / "t.csv", Full())
    with pytest.raises(OutputError) as raised:
        writer.add("a", Stamp(1, 2, "v"), {})
    assert raised.value.reason.code == "disk-full"


def test_a_torn_line_is_cut_off(tmp_path) -> None:
    journal = Journal(tmp_path / "t.csv")
    taken = Stamp(1, 2, "v")
    with journal.appending(afresh=True) as writer:
        writer.add("a", taken, {})
    whole = journal.path.read_bytes()
    for torn in (whole[:-1], whole[:10], b"\0\0\0\n", b'["a", [1], {}]\n'):
        journal.path.write_bytes(whole + torn)
        assert journal.read({"a": taken}) == {"a": 0}
        assert journal.path.read_bytes() == whole
