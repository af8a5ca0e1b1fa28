"""The command, as a subprocess: what it prints, writes and exits with."""

from __future__ import annotations

import inspect
import json
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import get_args

import jsonschema
import numpy as np
import pytest
from conftest import SAMPLES, hears_ctrl_c
from PIL import Image

from archscan import guidance, scan
from archscan.ages import OLDEST_YEARS
from archscan.cli import answer_options, guide_command, main, scan_command
from archscan.indices.measure import Arch
from archscan.options import SideOption
from archscan.photo import MAX_PIXELS
from archscan.report.record import schema
from archscan.sheet import SheetOption
from archscan.web.front import front_page

PHOTO = SAMPLES / "cardboard_neutral_left.jpg"
BLANK = SAMPLES / "concrete_no_print.jpg"


def records(text: bytes) -> object:
    loaded = json.loads(text)
    for record in loaded if isinstance(loaded, list) else [loaded]:
        jsonschema.validate(record, schema())
    return loaded


def test_a_person_reads_class_ratio_and_disclaimer(archscan_command) -> None:
    done = archscan_command(PHOTO)
    text = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    for words in (
        "Left foot", "NEUTRAL", "Midfoot contact width ratio (Chippaux-Smirak index)",
        "What it means", "What it does not mean", "not a diagnosis", "archscan guide",
        "not a medical device",
    ):  # fmt: skip
        assert words in " ".join(text.split()), words
    assert max(map(len, text.splitlines())) <= 80
    assert "\x1b" not in text


def test_colours_follow_the_environment(archscan_command) -> None:
    assert b"\x1b[" in archscan_command(PHOTO, env={"FORCE_COLOR": "1"}).stdout
    both = {"FORCE_COLOR": "1", "NO_COLOR": "1"}
    assert b"\x1b[3" not in archscan_command(PHOTO, env=both).stdout


def test_json_to_standard_output_is_nothing_but_json(archscan_command) -> None:
    done = archscan_command("--json", "-", PHOTO)
    record = records(done.stdout)
    assert done.returncode == 0
    assert record["photo"] == str(PHOTO)
    assert record["prints"][0]["side"] == "left"
    assert record["prints"][0]["guidance"]


def test_several_photos_give_an_array_and_folders(archscan_command, tmp_path: Path) -> None:
    twin = tmp_path / "other" / PHOTO.name
    twin.parent.mkdir()
    shutil.copy(PHOTO, twin)
    done = archscan_command(
        PHOTO, twin, BLANK, "--json", "-",
        "--overlay", tmp_path / "o", "--mask", tmp_path / "m", "--report", tmp_path / "r",
    )  # fmt: skip
    assert done.returncode == 3
    assert [record["status"] for record in records(done.stdout)] == [
        "measured", "measured", "refused",
    ]  # fmt: skip
    stems = {"cardboard_neutral_left", "cardboard_neutral_left-2", "concrete_no_print"}
    for folder in "omr":
        assert {path.stem for path in (tmp_path / folder).iterdir()} == stems
    with Image.open(tmp_path / "m" / "cardboard_neutral_left.png") as mask:
        with Image.open(PHOTO) as photo:
            assert mask.size == photo.size
        assert mask.mode == "L"
        assert set(np.unique(mask)) == {0, 1, 2}


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ([PHOTO, "--quiet"], 0),
        ([BLANK], 3),
        (["missing.jpg"], 4),
        ([BLANK, "missing.jpg", PHOTO], 4),
        (["--sheet", "a5", PHOTO], 2),
        (["--no-such-option", PHOTO], 2),
        (["--symptom", "hart-ache", PHOTO], 2),
        (["--symptom", "hart-ache", "missing.jpg"], 2),
        (["--age", "-3", PHOTO], 2),
        (["scan"], 2),
        (["render"], 2),
        (["guide", "hollow"], 2),
        ([PHOTO, "--quiet", "--json", "no/such/folder/x.json"], 2),
        (["--help"], 0),
        (["scan", "--help"], 0),
        (["--version"], 0),
        (["-V"], 0),
        (["schema"], 0),
        (["guide", "flat"], 0),
    ],
)
def test_exit_statuses(archscan_command, arguments: list, status: int) -> None:
    done = archscan_command(*arguments)
    assert done.returncode == status, done.stderr
    assert b"Traceback" not in done.stderr + done.stdout
    if status == 2:
        assert done.stderr
        assert not done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        [PHOTO, "--overlay", ""],
        ["batch", "", "--output", "scores.csv"],
        ["render", "--count", "1", "--output="],
        ["compare", PHOTO, PHOTO, "--plot", ""],
        [PHOTO, ""],
    ],
)
def test_an_empty_argument_is_not_the_folder_one_is_in(
    archscan_command, arguments: list, tmp_path: Path
) -> None:
    done = archscan_command(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"archscan: One of the arguments is empty. ")
    assert not list(tmp_path.iterdir())


def test_a_fault_of_ours_is_one_sentence_and_status_one(archscan_command, tmp_path: Path) -> None:
    broken = tmp_path / "sitecustomize.py"
    broken.write_text("import archscan.sheet\ndef fail(*a, **k): raise ZeroDivisionError('oh')\n"
                      "archscan.sheet.find_scene = fail\n")  # fmt: skip
    done = archscan_command(PHOTO, env={"PYTHONPATH": str(tmp_path)})
    assert done.returncode == 1
    assert b"our fault" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there nobody may remove it")
@pytest.mark.parametrize("photo", [PHOTO, "photo.jpg"])
def test_a_folder_that_was_removed_under_us_is_no_fault_of_ours(
    archscan_command, tmp_path: Path, photo: Path | str
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    done = archscan_command(photo, "--quiet", cwd=gone, preexec_fn=gone.rmdir)
    if photo == PHOTO:
        # Where nothing need be known of the folder, nothing is said of it.
        assert (done.returncode, done.stderr) == (0, b"")
    else:
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.startswith(b"archscan: The folder you are in is gone. ")


def test_who_looks_for_a_fault_sees_where_it_is(monkeypatch) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("archscan.cli.entry._obey", fail)
    monkeypatch.delenv("ARCHSCAN_DEBUG", raising=False)
    with pytest.raises(SystemExit) as left:
        main(["guide"])
    assert left.value.code == 1
    monkeypatch.setenv("ARCHSCAN_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        main(["guide"])


@pytest.mark.parametrize(
    "failure",
    [
        PermissionError(13, "Permission denied", "/home/me/.bashrc"),
        RuntimeError("Could not determine home directory."),
        UnicodeDecodeError("utf-8", b"caf\xe9", 3, 4, "unexpected end of data"),
    ],
)
def test_a_shell_whose_settings_cannot_be_changed_is_no_fault_of_ours(
    monkeypatch, capsys, failure: Exception
) -> None:
    def fail(**_: object) -> None:
        raise failure

    monkeypatch.setattr("archscan.cli.app.app", fail)
    monkeypatch.delenv("ARCHSCAN_DEBUG", raising=False)
    for arguments, status in (["--install-completion"], 2), (["guide"], 1):
        with pytest.raises(SystemExit) as left:
            main(arguments)
        assert left.value.code == status
        told = capsys.readouterr().err
        assert str(failure) in told
        assert ("our fault" in told) == (status == 1)
        assert ("'archscan --show-completion'" in told) == (status == 2)


def test_quiet_is_quiet(archscan_command) -> None:
    done = archscan_command(PHOTO, "-q")
    assert (done.stdout, done.stderr) == (b"", b"")


def test_unreadable_files_have_records(archscan_command, tmp_path: Path) -> None:
    fake = tmp_path / "words.jpg"
    fake.write_text("not a picture")
    cut = tmp_path / "cut.jpg"
    cut.write_bytes(PHOTO.read_bytes()[:9000])
    folder = tmp_path / "folder.jpg"
    folder.mkdir()
    done = archscan_command(fake, cut, folder, tmp_path / "gone.jpg", "--json", "-")
    codes = [record["reason"]["code"] for record in records(done.stdout)]
    assert codes == ["not-an-image", "truncated", "not-a-file", "not-found"]
    assert done.returncode == 4


def test_odd_names_are_shown_as_they_are(archscan_command, tmp_path: Path) -> None:
    # By a short path: a long one is broken at its spaces.
    shutil.copy(BLANK, tmp_path / "[red]足 print.jpg")
    assert (
        "[red]足 print.jpg" in archscan_command("[red]足 print.jpg", cwd=tmp_path).stdout.decode()
    )


def test_a_photo_may_come_through_a_pipe(archscan_command) -> None:
    done = archscan_command("-", "--json", "-", input=PHOTO.read_bytes())
    assert records(done.stdout)["photo"] is None
    assert done.returncode == 0


def test_a_file_named_like_a_verb(archscan_command, tmp_path: Path) -> None:
    shutil.copy(BLANK, tmp_path / "guide")
    assert archscan_command("./guide", cwd=tmp_path).returncode == 3


def test_results_are_whole_or_absent(archscan_command, tmp_path: Path) -> None:
    taken = tmp_path / "taken.json"
    taken.mkdir()
    done = archscan_command(PHOTO, "--quiet", "--json", taken)
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == [taken]


def test_no_metadata_is_carried_over(archscan_command, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010F] = "SecretPhoneMaker"
    tagged = tmp_path / "tagged.jpg"
    with Image.open(PHOTO) as photo:
        photo.resize((1008, 1344)).save(tagged, exif=exif)
    endings = {"--overlay": ".jpg", "--mask": ".png", "--report": ".html", "--json": ".json"}
    names = {option: tmp_path / f"out{ending}" for option, ending in endings.items()}
    options = [part for pair in names.items() for part in pair]
    assert archscan_command(tagged, "--quiet", *options).returncode in (0, 3)
    for path in names.values():
        assert b"SecretPhoneMaker" not in path.read_bytes()
        assert b"Exif" not in path.read_bytes()


def test_render_draws_labelled_photos(archscan_command, tmp_path: Path) -> None:
    done = archscan_command(
        "render", "--output", tmp_path / "new", "--count", 2, "--seed", 7, "--long-side", 300
    )
    assert done.returncode == 0
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        "0000.jpg", "0000.json", "0000.mask.png", "0001.jpg", "0001.json", "0001.mask.png",
    ]  # fmt: skip


def test_guide_as_json_and_lists(archscan_command) -> None:
    guide = json.loads(archscan_command("guide", "high", "--json").stdout)
    assert "sharp pain" in guide["stop"]
    assert guide["arch"] == "high"
    assert any(card["id"] == "mech.high" for card in guide["cards"])
    assert "heel-pain" in archscan_command("guide", "--list").stdout.decode()


def test_the_command_decodes_as_large_photos_as_the_library() -> None:
    # Written out there, because what reads photos is not imported to show the help.
    asked = inspect.signature(scan_command.scan).parameters["max_pixels"]
    assert asked.default == MAX_PIXELS == inspect.signature(scan).parameters["max_pixels"].default


def test_the_command_and_the_page_offer_what_the_library_takes() -> None:
    # Written out in both, for the same reason.
    assert answer_options.OLDEST_YEARS == OLDEST_YEARS
    page = front_page(0)
    assert f"name=age type=number min=0 max={OLDEST_YEARS:.0f} " in page
    for field, offered, taken in (
        ("side", scan_command.SideName, SideOption),
        ("sheet", scan_command.SheetName, SheetOption),
    ):
        assert tuple(offered) == get_args(taken)
        (choices,) = re.findall(f"<select name={field}>(.*?)</select>", page)
        assert tuple(re.findall(r"<option value=(\w+)>", choices)) == get_args(taken)
    assert tuple(guide_command.ArchName) == get_args(Arch)


def test_schema_is_the_one_that_records_are_checked_with(archscan_command) -> None:
    assert json.loads(archscan_command("schema").stdout) == schema()


def test_interrupting_ends_with_130(tmp_path: Path) -> None:
    photos = [str(PHOTO)] * 300
    command = [sys.executable, "-m", "archscan", *photos, "--quiet", "--mask", str(tmp_path)]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, preexec_fn=hears_ctrl_c)
    # Earlier it may still be importing, and ends by the signal itself.
    until = time.monotonic() + 60
    while not any(tmp_path.glob("*.png")) and time.monotonic() < until:
        time.sleep(0.1)
    running.send_signal(signal.SIGINT)
    assert running.communicate(timeout=60)[1].strip() == b"Interrupted."
    assert running.returncode == 130


def test_the_disclaimer_is_said_once_and_the_answers_lead_to_more(archscan_command) -> None:
    photo = SAMPLES / "tile_flat_left.jpg"
    done = archscan_command(photo, photo, "--symptom", "heel-pain", "--age", "34", text=True)
    said = " ".join(done.stdout.split())
    assert said.count(guidance.DISCLAIMER[:40]) == 1
    assert said.count("archscan guide flat --symptom heel-pain --age 34") == 2


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["guide", "FLAT"], 0),
        (["check", "Neutral"], 0),
        (["sheet", "--output", "-", "--paper", "Letter"], 0),
        (["compare", "none.jpg", "none.jpg", "--sheet", "A4", "--side", "Left"], 4),
        (["batch", "empty", "--output", "s.csv", "--sheet", "A4", "--side", "Left"], 0),
    ],
)
def test_every_command_takes_its_choices_in_capitals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd, arguments: list[str], status: int
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == status, capfd.readouterr().err
