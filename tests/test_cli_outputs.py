"""Where results go: nothing is overwritten by mistake, nothing is lost on the way."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT, SAMPLES
from made_scans import made_scan

from archscan.cli import main
from archscan.cli.outputs import ONE_STREAM, check_comparison, check_file, check_page, planned_files
from archscan.errors import OutputError
from archscan.report.files import jpeg
from archscan.report.record import to_record

PHOTO = SAMPLES / "cardboard_neutral_left.jpg"

TOO_LONG = "x" * 300
"""No disk has such a file, and most systems do not just say that it is not there."""


@pytest.mark.parametrize("name", [TOO_LONG, f"{TOO_LONG}/photo.jpg"])
def test_a_photo_that_no_disk_can_hold_is_not_found(archscan_command, tmp_path, name: str) -> None:
    measured = archscan_command(name, "--json", tmp_path / "record.json", "--quiet")
    assert (measured.returncode, measured.stderr) == (4, b"")
    assert json.loads((tmp_path / "record.json").read_text())["reason"]["code"] == "not-found"


def test_one_photo_names_files_and_several_name_folders(tmp_path: Path) -> None:
    one = planned_files(["a.jpg"], {"overlay": str(tmp_path / "o.png"), "mask": None})
    assert one == [{"overlay": tmp_path / "o.png"}]
    folders = {"mask": str(tmp_path / "m"), "report": str(tmp_path / "r")}
    several = planned_files(["x/a.jpg", "y/A.heic", "-"], folders)
    assert several == [
        {"mask": tmp_path / "m" / f"{stem}.png", "report": tmp_path / "r" / f"{stem}.html"}
        for stem in ("a", "A-2", "photo")
    ]
    assert (tmp_path / "m").is_dir()


def test_a_folder_that_is_there_takes_one_photo_too(tmp_path: Path) -> None:
    assert planned_files(["a.jpg"], {"overlay": str(tmp_path)}) == [{"overlay": tmp_path / "a.jpg"}]


@pytest.mark.parametrize("photos", [["a.jpg"], ["a.jpg", "b.jpg"]])
def test_a_folder_that_may_not_be_written_to_is_refused_before_any_work(
    tmp_path: Path, monkeypatch, photos: list[str]
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(OutputError) as caught:
        planned_files(photos, {"mask": str(tmp_path)})
    assert caught.value.reason.code == "output-forbidden"


def test_a_name_with_a_slash_at_its_end_is_a_folder_for_one_photo_too(tmp_path: Path) -> None:
    planned = planned_files(["a.jpg"], {"mask": f"{tmp_path}/new/folder/"})
    assert planned == [{"mask": tmp_path / "new" / "folder" / "a.png"}]
    assert (tmp_path / "new" / "folder").is_dir()


@pytest.mark.parametrize(
    ("outputs", "code"),
    [
        ({"overlay": "photo.jpg"}, "output-is-photo"),
        ({"overlay": "sub/../photo.jpg"}, "output-is-photo"),
        ({"mask": "m.jpg"}, "output-ending"),
        ({"report": "page.pdf"}, "output-ending"),
        ({"overlay": "x.png", "mask": "x.png"}, "output-twice"),
        ({"overlay": "no/such/x.png"}, "output-folder-missing"),
        ({"overlay": "link.png"}, "output-folder-missing"),
        ({"overlay": "file/x.png"}, "output-folder-missing"),
        ({"overlay": "-", "mask": "/dev/stdout"}, "output-twice"),
        ({"overlay": TOO_LONG}, "output-name-too-long"),
    ],
)
def test_what_must_not_be_written_is_refused_first(
    outputs: dict, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sub").mkdir()
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "link.png").symlink_to(tmp_path / "no" / "such" / "x.png")
    with pytest.raises(OutputError) as caught:
        planned_files(["photo.jpg"], outputs)
    assert caught.value.reason.code == code


@pytest.mark.parametrize("is_folder", [False, True])
def test_standard_input_and_standard_output_are_no_file_of_that_name(
    is_folder: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if is_folder:
        Path("-").mkdir()
    assert planned_files(["-"], {"overlay": "-"}) == [{"overlay": ONE_STREAM}]
    with pytest.raises(OutputError) as caught:
        planned_files(["-"], {"overlay": "-", "mask": "/dev/stdout"})
    assert caught.value.reason.code == "output-twice"


def test_masks_beside_their_photos_never_replace_them(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="replace one of the photos"):
        planned_files([str(tmp_path / "a.png"), str(tmp_path / "b.png")], {"mask": str(tmp_path)})


def test_the_record_must_not_replace_anything_either(tmp_path: Path) -> None:
    planned = planned_files(["a.jpg"], {"mask": str(tmp_path / "m.png")})
    check_file("json", tmp_path / "a.json", ["a.jpg"], planned)
    with pytest.raises(OutputError, match="two results"):
        check_file("json", tmp_path / "m.png", ["a.jpg"], planned)
    with pytest.raises(OutputError, match="replace one of the photos"):
        check_file("json", tmp_path / "a.jpg", [str(tmp_path / "a.jpg")], planned)
    with pytest.raises(OutputError, match="a folder of that name"):
        check_file("json", tmp_path, ["a.jpg"], planned)


@pytest.mark.parametrize(
    ("name", "allowed", "refused"),
    [
        ("json", ["a.json", "a.txt", "a", "-"], ["left.jpg", "left.HEIC", "left.png"]),
        ("plan", ["a.html", "a.HTM", "a", "-"], ["left.jpg", "scores.csv"]),
    ],
)
def test_words_and_numbers_never_take_the_name_of_a_picture(
    name: str, allowed: list[str], refused: list[str], tmp_path: Path
) -> None:
    for fine in allowed:
        check_file(name, tmp_path / fine, ["right.jpg"], [])
    for other in refused:
        with pytest.raises(OutputError) as caught:
            check_file(name, tmp_path / other, ["right.jpg"], [])
        assert caught.value.reason.code == "output-ending"


def test_only_pictures_that_archscan_drew_are_replaced(tmp_path: Path) -> None:
    photo, drawn, begun, notes = (
        tmp_path / f"{name}.jpg" for name in ("left", "drawn", "begun", "notes")
    )
    photo.write_bytes(PHOTO.read_bytes())
    drawn.write_bytes(jpeg(np.zeros((9, 9, 3), np.uint8)))
    begun.write_bytes(b"")
    notes.write_bytes(b"what a script has put there")
    for fine in (drawn, begun, notes):
        assert planned_files(["right.jpg"], {"overlay": str(fine)}) == [{"overlay": fine}]
    for several, place in ((["right.jpg"], photo), (["sub/left.jpg", "right.jpg"], tmp_path)):
        with pytest.raises(OutputError, match="a picture that archscan did not draw") as caught:
            planned_files(several, {"overlay": str(place)})
        assert caught.value.reason.code == "output-is-photo"


def test_an_option_that_was_given_no_name_of_its_own_costs_no_photo(
    archscan_command, tmp_path: Path
) -> None:
    photo = tmp_path / "left.jpg"
    photo.write_bytes(PHOTO.read_bytes())
    for command in (["--json", photo, PHOTO], ["compare", "--json", photo, PHOTO, PHOTO]):
        done = archscan_command(*command)
        assert done.returncode == 2
        assert b"--json" in done.stderr
        assert photo.read_bytes() == PHOTO.read_bytes()


def test_endings_may_be_written_large(tmp_path: Path) -> None:
    assert planned_files(["a.jpg"], {"overlay": str(tmp_path / "o.PNG")}) == [
        {"overlay": tmp_path / "o.PNG"}
    ]


@pytest.mark.parametrize(
    ("outputs", "code"),
    [
        ({"overlay": "o.svg", "plot": "o_left.svg"}, "output-twice"),
        ({"overlay": "o_right.svg", "plot": "o.svg"}, "output-twice"),
        ({"overlay": "-", "plot": "/dev/stdout"}, "output-twice"),
        ({"overlay": "o.svg", "plot": "p.pdf"}, "output-ending"),
        ({"json": "no/numbers.json"}, "output-folder-missing"),
        ({"json": "before.json"}, "output-is-photo"),
        ({"json": "other.jpg"}, "output-ending"),
    ],
)
def test_what_a_comparison_must_not_write_is_refused_first(
    outputs: dict, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OutputError) as caught:
        check_comparison({name: Path(path) for name, path in outputs.items()}, ["before.json"])
    assert caught.value.reason.code == code


def test_a_page_without_a_folder_is_refused_first(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as caught:
        check_page(tmp_path / "no" / "page.pdf")
    assert caught.value.reason.code == "output-folder-missing"


def test_standard_output_takes_one_picture_of_one_photo(tmp_path: Path) -> None:
    for name in ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"):
        assert planned_files(["a.jpg"], {"mask": name}) == [{"mask": ONE_STREAM}]
    planned = planned_files(["a.jpg"], {"mask": "/dev/stdout", "report": str(tmp_path / "r.html")})
    assert planned == [{"mask": ONE_STREAM, "report": tmp_path / "r.html"}]
    with pytest.raises(OutputError, match="two results"):
        check_file("json", ONE_STREAM, ["a.jpg"], planned)
    with pytest.raises(OutputError, match="of one photo only"):
        planned_files(["a.jpg", "b.jpg"], {"mask": "-"})


@pytest.mark.parametrize(
    ("arguments", "begin", "end"),
    [
        (["sheet", "-o", "-"], b"%PDF", b"%%EOF"),
        ([PHOTO, "--mask", "-"], b"\x89PNG", b"IEND\xaeB`\x82"),
        ([PHOTO, "--overlay", "-", "--quiet"], b"\xff\xd8\xff", b"\xff\xd9"),
        ([PHOTO, "--report", "-"], b"<!doctype html>", b"</html>"),
    ],
)
def test_a_picture_or_page_alone_goes_to_standard_output(
    arguments: list, begin: bytes, end: bytes, archscan_command, tmp_path: Path
) -> None:
    done = archscan_command(*arguments, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stderr
    assert done.stdout.lower().startswith(begin.lower())
    assert done.stdout.strip().endswith(end)
    assert begin not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="this system has no /dev/stdout")
def test_the_device_of_standard_output_leads_where_it_was_sent(tmp_path: Path) -> None:
    with (tmp_path / "out.pdf").open("wb") as out:
        done = subprocess.run(
            [sys.executable, "-m", "archscan", "sheet", "-o", "/dev/stdout"],
            stdout=out, stderr=subprocess.PIPE, cwd=ROOT, timeout=120, check=False,
        )  # fmt: skip
    assert done.returncode == 0
    assert b"PDF" not in done.stderr
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    "arguments",
    [
        ["guide", "--plan", "-"],
        ["sheet", "--output", "-"],
        [str(PHOTO), "--json", "-"],
        ["compare", str(PHOTO), str(PHOTO), "--json", "-"],
    ],
    ids=lambda given: given[0].rpartition("/")[2],
)
def test_standard_output_needs_no_folder_that_may_be_written_to(
    arguments: list[str], monkeypatch, capfdbinary
) -> None:
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    with pytest.raises(SystemExit) as left:
        main(arguments)
    told = capfdbinary.readouterr()
    assert not left.value.code, told.err
    assert told.out


def test_why_there_is_no_picture_is_said_beside_it(archscan_command, tmp_path: Path) -> None:
    (tmp_path / "broken.jpg").write_bytes(b"no picture")
    done = archscan_command(tmp_path / "broken.jpg", "--mask", "-")
    assert (done.returncode, done.stdout) == (4, b"")
    assert done.stderr.startswith(b"archscan: ")
    quiet = archscan_command(tmp_path / "broken.jpg", "--mask", "-", "--quiet")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (4, b"", b"")


def test_what_is_urgent_is_said_beside_a_picture(archscan_command, tmp_path: Path) -> None:
    (tmp_path / "broken.jpg").write_bytes(b"no picture")
    done = archscan_command(tmp_path / "broken.jpg", "--mask", "-", "--symptom", "leg-weakness")
    assert (done.returncode, done.stdout) == (4, b"")
    assert done.stderr.startswith(b"archscan: Get medical help now. Call emergency services")


def test_a_page_to_print_never_replaces_a_photo(archscan_command, tmp_path: Path) -> None:
    photo = tmp_path / "keep.jpg"
    photo.write_bytes(b"a photo")
    done = archscan_command("sheet", "-o", photo)
    assert done.returncode == 2
    assert b".pdf" in done.stderr
    assert photo.read_bytes() == b"a photo"


def test_a_photo_survives_being_named_as_output(archscan_command, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    shutil.copy(PHOTO, photo)
    done = archscan_command(photo, "--overlay", photo)
    assert (done.returncode, done.stdout) == (2, b"")
    assert photo.read_bytes() == PHOTO.read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="pipes are closed differently elsewhere")
def test_a_reader_that_leaves_does_no_harm(tmp_path: Path) -> None:
    record = tmp_path / "record.json"
    command = [sys.executable, "-m", "archscan", str(PHOTO), "--json", str(record)]
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            command, stdout=writing, stderr=subprocess.PIPE, cwd=ROOT, timeout=120, check=False
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(record.read_bytes())["status"] == "measured"


@pytest.mark.skipif(os.name != "posix", reason="pipes are closed differently elsewhere")
def test_a_version_that_nobody_reads_is_no_fault() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "archscan", "--version"],
            stdout=writing, stderr=subprocess.PIPE, cwd=ROOT, timeout=120, check=False,
        )  # fmt: skip
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(os.name != "posix", reason="pipes are closed differently elsewhere")
@pytest.mark.parametrize(
    ("arguments", "status"),
    [(["guide", "--symptom", "none"], 2), (["guide", "none"], 2), (["sheet", "-o", "-"], 0)],
)
def test_a_message_that_nobody_reads_changes_no_status(arguments: list, status: int) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "archscan", *arguments],
            stdout=subprocess.DEVNULL, stderr=writing, cwd=ROOT, timeout=120, check=False,
        )  # fmt: skip
    finally:
        os.close(writing)
    assert done.returncode == status


@pytest.mark.skipif(os.name != "posix", reason="streams are closed differently elsewhere")
@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [(["-"], 4, b"(not-an-image)"), (["check"], 0, b"nothing was asked")],
)
def test_a_closed_standard_input_is_an_empty_one(arguments: list, status: int, said: bytes) -> None:
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" <&-', "sh", sys.executable, "-m", "archscan", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=ROOT, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == status, done.stdout
    assert said in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", [["--version"], ["schema"], [str(PHOTO), "--json", "-"]])
def test_a_full_disk_is_no_fault_of_ours(arguments: list) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "archscan", *arguments],
            stdout=full, stderr=subprocess.PIPE, cwd=ROOT, timeout=120, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert b"could not be written to standard output" in done.stderr
    assert b"Exception ignored" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="a name of bytes is a matter of POSIX")
def test_a_name_that_is_no_text_goes_through(archscan_command, tmp_path: Path) -> None:
    photo = os.fsdecode(os.fsencode(tmp_path) + b"/bad\xffname.jpg")
    try:
        shutil.copy(PHOTO, photo)
    except OSError:
        pytest.skip("this disk takes no such names")
    done = archscan_command(photo, "--json", tmp_path / "r.json", "--report", tmp_path / "r.html")
    assert done.returncode == 0, done.stderr
    record = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert record["photo"].endswith(r"bad\xffname.jpg")
    assert r"bad\xffname.jpg" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_stray_prints_of_libraries_stay_out_of_the_product(archscan_command, tmp_path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import os, archscan.sheet as sheet\n"
        "find = sheet.find_scene\n"
        "def noisy(*a, **k):\n"
        "    os.write(1, b'from C\\n')\n"
        "    return find(*a, **k)\n"
        "sheet.find_scene = noisy\n"
    )
    done = archscan_command(
        PHOTO, "--json", "-", env={"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    )
    assert json.loads(done.stdout)["status"] == "measured"
    assert b"from C" in done.stderr


def test_help_and_version_import_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from archscan.cli import main\n"
        "try:\n    main(sys.argv[1:])\n"
        "except SystemExit:\n    pass\n"
        "assert not {'numpy', 'cv2', 'PIL'} & set(sys.modules), 'heavy'\n"
    )
    for arguments in (["--version"], ["--help"], ["scan", "--help"], ["guide", "--help"]):
        subprocess.run([sys.executable, "-c", code, *arguments], check=True, cwd=ROOT,
                       stdout=subprocess.DEVNULL)  # fmt: skip


def test_shells_complete_verbs_and_options(archscan_command) -> None:
    def completed(words: str) -> str:
        return archscan_command(
            env={"_ARCHSCAN_COMPLETE": "complete_bash", "COMP_WORDS": words,
                 "COMP_CWORD": str(len(words.split(" ")) - 1)},
        ).stdout.decode()  # fmt: skip

    assert set(completed("archscan ").split()) >= {"scan", "guide", "render", "schema"}
    assert "--overlay" in completed("archscan scan --ov")
    assert "letter" in completed("archscan scan --sheet l")
    assert set(completed("archscan guide --symptom he").split()) == {"heel-pain"}


@pytest.mark.parametrize(
    ("shell", "words", "expected"),
    [
        ("bash", "archscan photo.jpg --ov", "--overlay"),
        ("bash", "archscan photo.jpg ", ""),
        ("zsh", "archscan my\\ photo.jpg --ov", "--overlay"),
    ],
)
def test_shells_complete_after_photos_as_after_scan(
    archscan_command, shell: str, words: str, expected: str
) -> None:
    done = archscan_command(
        env={"_ARCHSCAN_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_ARGS": words,
             "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))},
    )  # fmt: skip
    assert expected in done.stdout.decode()
    assert "batch" not in done.stdout.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="no names hold such letters there")
def test_a_name_does_not_steer_the_terminal(tmp_path: Path, archscan_command) -> None:
    record = {**to_record(made_scan()), "photo": "\x1b]0;owned\x07\n.jpg"}
    for name in ("\x1b[2Ja.json", "\x1b[2Jb.json"):
        (tmp_path / name).write_text(json.dumps(record), encoding="utf-8")
    told = archscan_command("compare", tmp_path).stdout.decode()
    assert told.count(" ?]0;owned??.jpg\n") == 2
    for arguments in (
        ["\x1b[2J\r.jpg"],
        ["compare", "\x9b2J", "b"],
        ["batch", "f", "--output", "\x1b"],
    ):
        done = archscan_command(*arguments, cwd=tmp_path)
        shown = (done.stdout + done.stderr).decode()
        assert "?" in shown
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", shown)
