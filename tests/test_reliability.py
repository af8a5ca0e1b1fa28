"""Agreement, held against published numbers and against what is put in."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import numpy as np
import pytest
from conftest import run_archscan

from archscan.batch.columns import COLUMNS
from archscan.cli import main
from archscan.reliability import bland_altman, intraclass_correlation
from archscan.reliability.plot import bland_altman_plot

SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]],
    dtype=float,
)
"""Table 2 of Shrout and Fleiss (1979): six targets, four judges."""


def test_the_published_example() -> None:
    found = intraclass_correlation(SHROUT_FLEISS)
    assert found.correlation == pytest.approx(0.29, abs=0.005)
    # As other software gives it for this table.
    assert (found.low, found.high) == pytest.approx((0.019, 0.761), abs=0.002)
    # Of their analysis of variance: the mean square is 32.49 between judges, 1.02 of what is left.
    assert found.standard_error == pytest.approx(np.sqrt((32.49 - 1.02) / 6 + 1.02), abs=0.002)


def test_without_a_shift_between_repeats_the_interval_has_all_degrees_of_freedom() -> None:
    # Mean squares: feet 2 * (9.5² + 9.5²) / 2 = 180.5, repeats 0, residual 4 * 0.5² / 2 = 0.5.
    # ICC = 180 / (180.5 + 0.5 - 2 * 0.5 / 3). With 2 and (3 - 1) * (2 - 1) = 2 degrees of freedom
    # F is 0.975 / 0.025 = 39, both ways:
    #   low  = 3 * (180.5 - 39 * 0.5) / (39 * 0.5 + 3 * 180.5) = 483 / 561
    #   high = 3 * (39 * 180.5 - 0.5) / (0.5 + 3 * 39 * 180.5) = 21117 / 21119
    found = intraclass_correlation(np.array([[0.0, 1.0], [10.0, 10.0], [20.0, 19.0]]))
    assert found.correlation == pytest.approx(180 / (181 - 1 / 3))
    assert (found.low, found.high) == pytest.approx((483 / 561, 21117 / 21119))
    assert found.standard_error == pytest.approx(np.sqrt(0.5))


def test_perfect_repeats_and_a_known_error() -> None:
    same = np.repeat(np.arange(5.0)[:, None], 3, axis=1)
    assert intraclass_correlation(same).correlation == 1.0
    assert intraclass_correlation(same).least_change == 0.0
    random = np.random.default_rng(3)
    noisy = random.normal(0.4, 0.1, (400, 1)) + random.normal(0, 0.02, (400, 4))
    found = intraclass_correlation(noisy)
    assert found.standard_error == pytest.approx(0.02, rel=0.06)
    assert found.correlation == pytest.approx(0.1**2 / (0.1**2 + 0.02**2), abs=0.01)
    assert found.least_change == pytest.approx(2.77 * found.standard_error, rel=0.01)


@pytest.mark.parametrize(
    "table", [np.full((3, 2), 0.4), np.array([[0.3, 0.4], [0.4, 0.3]]), np.full((9, 4), 0.1)]
)
def test_what_does_not_differ_at_all_has_no_correlation(table: np.ndarray) -> None:
    found = intraclass_correlation(table)
    assert np.isnan([found.correlation, found.low, found.high]).all()
    assert np.isfinite(found.standard_error)


@pytest.mark.parametrize("size", [(2, 2), (2, 3), (3, 2), (5, 2)])
def test_the_interval_of_a_few_feet_holds_the_correlation(size: tuple[int, int]) -> None:
    random = np.random.default_rng(4)
    for _ in range(200):
        found = intraclass_correlation(random.normal(0.4, 0.1, size))
        assert found.low <= found.correlation <= found.high


@pytest.mark.parametrize(
    "table", [[[0.3, 0.4], [0.4, 0.3001]], [[0.31, 0.35], [0.44, 0.41]], [[0.3, 0.2], [0.3, 0.4]]]
)
def test_a_share_of_variance_lies_between_nought_and_one(table: list[list[float]]) -> None:
    found = intraclass_correlation(np.array(table))
    assert 0 <= found.low <= found.correlation <= found.high <= 1


def test_repeats_that_differ_by_the_same_everywhere_leave_an_interval() -> None:
    # Nothing is left over that could tell how sure this is, but three feet do not make it so.
    table = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    shaken = intraclass_correlation(table + np.array([[0.0, 0.0], [0.0, 1e-7], [0.0, 0.0]]))
    found = intraclass_correlation(table)
    assert (found.low, found.high) == pytest.approx((shaken.low, shaken.high), abs=1e-4)
    assert found.low < 0.1 < 0.9 < found.high


def test_the_interval_holds_the_true_correlation_19_times_in_20() -> None:
    random = np.random.default_rng(6)
    for feet in (5, 10, 30):
        held = 0
        for _ in range(400):
            table = random.normal(0, 3, (feet, 1)) + random.normal(0, 1, (feet, 3))
            found = intraclass_correlation(table)
            held += found.low <= 0.9 <= found.high
        assert 0.92 <= held / 400 <= 0.98


@pytest.mark.parametrize(
    "table", [np.ones((1, 3)), np.ones((3, 1)), np.array([[0.3, 0.4], [0.4, np.nan], [0.5, 0.5]])]
)
def test_too_small_a_table_is_refused(table: np.ndarray) -> None:
    with pytest.raises(ValueError, match="at least two"):
        intraclass_correlation(table)


def test_bland_and_altman_by_hand() -> None:
    found = bland_altman(np.array([1.0, 2.0, 4.0]), np.array([1.0, 1.0, 2.0]))
    assert found.bias == pytest.approx(1.0)
    assert (found.low, found.high) == pytest.approx((1 - 1.96, 1 + 1.96))
    with pytest.raises(ValueError, match="two pairs"):
        bland_altman(np.ones(1), np.ones(1))


def test_the_limits_of_many_pairs_are_as_sure_as_large_samples_are() -> None:
    pairs = 20_000
    difference = np.random.default_rng(8).normal(0.01, 0.02, pairs)
    found = bland_altman(difference, np.zeros(pairs))
    half = 1.96 * difference.std(ddof=1) * np.sqrt((1 + 1.96**2 / 2) / pairs)
    for limit, (low, high) in ((found.low, found.low_within), (found.high, found.high_within)):
        assert (low, high) == pytest.approx((limit - half, limit + half), abs=0.02 * half)


@pytest.mark.parametrize("pairs", [2, 5, 10, 30])
def test_intervals_of_bias_and_limits_hold_the_truth_19_times_in_20(pairs: int) -> None:
    random = np.random.default_rng(9)
    held = np.zeros(3)
    for _ in range(400):
        found = bland_altman(random.normal(0.3, 2.0, pairs), np.zeros(pairs))
        for number, (ends, truth) in enumerate(
            [(found.bias_within, 0.3), (found.low_within, -3.62), (found.high_within, 4.22)]
        ):
            held[number] += ends[0] <= truth <= ends[1]
    assert ((held / 400 > 0.92) & (held / 400 < 0.98)).all()


def test_pairs_that_all_differ_alike_have_limits_of_no_width() -> None:
    found = bland_altman(np.array([1.5, 2.5, 4.5]), np.array([1.0, 2.0, 4.0]))
    assert (found.low, *found.low_within, *found.bias_within) == (0.5,) * 5


def test_the_limits_numbers_are_not_cut_off() -> None:
    drawn = bland_altman_plot(np.array([0.3, 0.4, 0.5]), np.array([0.31, 0.38, 0.5]), "index")
    labels = re.findall(r'<text x="(\d+)" y="[\d.]+">((?:bias|95 % limit) [^<]+)', drawn)
    assert len(labels) == 3
    # A letter of a wide font takes 0.65 of its height, which is 12.
    assert all(int(x) + 0.65 * 12 * len(words) <= 640 for x, words in labels)


def table(folder: Path, nameless: int = 0) -> Path:
    """Four people with three repeats each, and further repeats whose name is not known."""
    names = ["study.participant", *(column.name for column in COLUMNS)]
    lines = [",".join(names)]
    for person in range(4 + (nameless > 0)):
        for repeat in range(3 if person < 4 else nameless):
            values = dict.fromkeys(names, "")
            values |= {"side": "left", "photo": f"{person}_{repeat}.jpg"}
            if person < 4:
                values["study.participant"] = f"p{person}"
            for name in names:
                if name.startswith("indices.") and name.endswith(".value"):
                    values[name] = f"{0.2 + 0.1 * person + 0.01 * repeat:.2f}"
            lines.append(",".join(values[name] for name in names))
    path = folder / "scores.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return run_archscan("reliability", *arguments, text=True)


def run_here(capfd, *arguments: object) -> tuple[str, str]:
    """Run the command in this process, which takes less time than another one to start."""
    with pytest.raises(SystemExit) as left:
        main(["reliability", *map(str, arguments)])
    assert left.value.code == 0
    said, told = capfd.readouterr()
    return said, told


def test_the_command_tells_agreement_of_repeats(tmp_path) -> None:
    done = run(table(tmp_path))
    assert done.returncode == 0, done.stderr
    line = next(line for line in done.stdout.splitlines() if line.startswith("chippaux_smirak"))
    assert line.split()[1:3] == ["4", "3"]
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_feet_that_do_not_differ_are_told_in_words(tmp_path) -> None:
    path = tmp_path / "scores.csv"
    names = ["study.participant", *(column.name for column in COLUMNS)]
    lines = [",".join(names)]
    for person in "ab":
        for repeat in range(2):
            values = {"study.participant": person, "photo": f"{person}{repeat}", "side": "left"}
            lines.append(",".join(values.get(n, "0.4" if ".value" in n else "") for n in names))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run(path)
    assert done.returncode == 0, done.stderr
    assert "feet do not differ   0.0000   0.0000" in done.stdout
    assert "nan" not in done.stdout


def test_one_foot_is_told_that_it_takes_two(tmp_path) -> None:
    path = table(tmp_path)
    kept = [line for line in path.read_text(encoding="utf-8").splitlines() if "p1" not in line]
    path.write_text("\n".join(kept[:4]) + "\n", encoding="utf-8")
    done = run(path)
    assert done.returncode == 0, done.stderr
    # It has three repeats: it is not those that are too few.
    assert "chippaux_smirak       needs two feet with two prints each" in done.stdout


def test_where_no_foot_has_a_repeat_no_print_is_left_out_for_another(tmp_path, capfd) -> None:
    path = table(tmp_path)
    kept = [line for line in path.read_text(encoding="utf-8").splitlines() if "_1" not in line]
    path.write_text("\n".join(line for line in kept if "_2" not in line) + "\n", encoding="utf-8")
    said, told = run_here(capfd, path)
    assert "chippaux_smirak       needs two feet with two prints each" in said
    assert told == ""


def test_photos_without_a_name_are_no_repeats_of_one_foot(tmp_path) -> None:
    usual, mixed = run(table(tmp_path)), run(table(tmp_path, nameless=5))
    assert (usual.returncode, mixed.returncode) == (0, 0)
    assert mixed.stdout == usual.stdout
    assert usual.stderr == ""
    assert mixed.stderr.startswith("Prints without a name, left out: 5.")


def test_the_command_compares_with_hand_measurements_and_plots(tmp_path) -> None:
    hand = tmp_path / "hand.csv"
    lines = [f"{person}_0.jpg,left,{0.19 + 0.1 * person}" for person in range(4)]
    hand.write_text("photo,side,chippaux_smirak\n" + "\n".join(lines) + "\n", encoding="utf-8")
    done = run(table(tmp_path), "--against", hand, "--plot", tmp_path / "plots")
    assert done.returncode == 0, done.stderr
    line = next(line for line in done.stdout.splitlines() if line.startswith("chippaux_smirak"))
    assert line.split()[1:3] == ["4", "+0.0100"]
    assert "  95 % CI of the two limits   +0.0100 to +0.0100, " in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    drawn = (tmp_path / "plots" / "chippaux_smirak.svg").read_text(encoding="utf-8")
    assert drawn.count("<circle") == 4


def test_a_missing_column_or_file_is_said(tmp_path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    scores, none = table(tmp_path), tmp_path / "none.csv"
    for status, arguments in ((2, (path,)), (4, (none,)), (4, (scores, "--against", none))):
        done = run(*arguments)
        assert (done.returncode, done.stdout) == (status, "")
        assert done.stderr.startswith("archscan: ")


@pytest.mark.parametrize("cell", ["nan", "0,2", "broken"])
def test_a_score_that_is_no_number_is_no_fault_of_ours(tmp_path, cell: str) -> None:
    path = table(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("0.31", f'"{cell}"', 1))
    done = run(path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"row 6, column indices.chippaux_smirak.value, but '{cell}'" in done.stderr


@pytest.mark.parametrize("cell", ["371", "-0.31"])
def test_a_score_that_lost_its_point_is_not_reckoned_with(tmp_path, cell: str) -> None:
    path = table(tmp_path)
    hand = tmp_path / "hand.csv"
    hand.write_text("photo,staheli\n1_1.jpg,0.3\n2_1.jpg,0.4\n", encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace("0.31", cell), encoding="utf-8")
    for arguments in ((path,), (path, "--against", hand)):
        done = run(*arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"has {cell} in row 6, column indices." in done.stderr
        assert "made 371 of 0.371" in done.stderr


def test_a_print_that_stands_there_twice_is_no_repeat_of_itself(tmp_path) -> None:
    path = table(tmp_path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text + text.splitlines()[5] + "\n", encoding="utf-8")
    done = run(path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "has a print of '1_1.jpg' twice, in rows 6 and 14." in done.stderr


def test_two_prints_on_a_photo_are_not_one_of_them_twice(tmp_path) -> None:
    path = table(tmp_path)
    names, *lines = path.read_text(encoding="utf-8").splitlines()
    place = names.split(",").index("print")
    pairs = []
    for line in lines:
        for number in "12":
            cells = line.split(",")
            cells[place] = number
            pairs.append(",".join(cells))
    path.write_text("\n".join([names, *pairs]) + "\n", encoding="utf-8")
    assert run(path).returncode == 0


def test_the_command_tells_which_hand_measurements_found_no_print(tmp_path) -> None:
    hand = tmp_path / "hand.csv"
    lines = [f"{person}_0.jpg,L,{0.19 + 0.1 * person}" for person in range(4)]
    text = "\n".join(["photo,side,chippaux_smirak", *lines, "gone.jpg,R,0.3"])
    hand.write_text(text, encoding="utf-8")
    done = run(table(tmp_path), "--against", hand)
    assert done.returncode == 0, done.stderr
    assert "chippaux_smirak          4  +0.0100" in done.stdout
    assert done.stderr.endswith("1 of 5, for example row 6: 'gone.jpg', R.\n")


@pytest.mark.parametrize(("pairs", "words"), [(1, "  too few pairs"), (2, "     2  +0.0100")])
def test_limits_of_agreement_take_two_pairs(pairs: int, words: str, tmp_path, capfd) -> None:
    hand = tmp_path / "hand.csv"
    lines = [f"{person}_0.jpg,{0.19 + 0.1 * person}" for person in range(pairs)]
    hand.write_text("\n".join(["photo,chippaux_smirak", *lines, "gone.jpg,0.3"]), encoding="utf-8")
    said, told = run_here(capfd, table(tmp_path), "--against", hand)
    assert f"{'chippaux_smirak':20}{words}" in said
    assert told.endswith(f"1 of {pairs + 1}, for example row {pairs + 2}: 'gone.jpg'.\n")


def test_a_plot_needs_hand_measurements(tmp_path) -> None:
    done = run(table(tmp_path), "--plot", tmp_path / "plots")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--against" in done.stderr


def test_a_table_that_does_not_tell_whose_feet_they_are_says_how_to_get_one(tmp_path) -> None:
    path = table(tmp_path)
    text = path.read_text(encoding="utf-8").replace("study.participant", "study.person", 1)
    path.write_text(text, encoding="utf-8")
    done = run(path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "has no column study.participant. " in done.stderr
    assert "--pattern '{participant}_{side}_{session}'" in done.stderr
    assert "indices." not in done.stderr
    assert run(path, "--by", "study.person", "--by", "side").returncode == 0
    assert "--by" in run(path, "--by", "study.nobody").stderr
