"""The command, as a reader runs it."""

import csv
import io
import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

import sndstats as snd
from sndstats.__main__ import main

GOOD = "id,name,name_zh,target,growth,growth_half_width\nx,visitors,游客,13,30%,0.5%\n"
FIELDS = [
    *("id", "name", "name_zh", "unit", "actual", "target", "base", "base_low", "base_high", "gap"),
    *("required_growth", "required_per_month", "verdict", "finding"),
]


def run(*arguments: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run the command in its own process."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "sndstats", *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, **(environment or {})},
    )


def columns(line: str) -> int:
    """Columns of a terminal that a line takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_without_arguments_it_prints_the_packaged_figures() -> None:
    done = run()
    assert (done.returncode, done.stderr) == (0, b"")
    report = done.stdout.decode("utf-8")
    assert report == f"{snd.scorecard(snd.datasets.snd())!r}\n"
    assert "实际使用外资" in report
    assert max(columns(line) for line in report.splitlines()) <= 80


def test_output_is_utf8_whatever_the_locale() -> None:
    done = run(environment={"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 0
    assert "实际使用外资" in done.stdout.decode("utf-8")


def test_json_has_one_record_per_target() -> None:
    content = json.loads(run("--format", "json").stdout, parse_constant=pytest.fail)
    assert list(content) == ["targets", "results", "clusters", "findings"]
    assert len(content["targets"]) == 18
    assert all(list(row)[: len(FIELDS)] == FIELDS for row in content["targets"])


def test_csv_has_one_line_per_target() -> None:
    header, *lines = csv.reader(io.StringIO(run("--format", "csv").stdout.decode("utf-8")))
    assert header[: len(FIELDS)] == FIELDS
    assert len(lines) == 18
    row = dict(zip(header, lines[0], strict=True))
    assert (row["id"], float(row["target"]), float(row["base"]), row["actual"]) == ("B01", 13.0, 10.0, "")


def test_another_table_goes_the_same_way(good: Path, tmp_path: Path) -> None:
    checks = tmp_path / "checks.csv"
    checks.write_text("id,kind,members\nmine,count_growth,x\n", encoding="utf-8")
    report = " ".join(run(str(good), "--checks", str(checks)).stdout.decode("utf-8").split())
    # 13/1.305 and 13/1.295; and 13/10 - 1 is 30 %.
    assert "10.00 (9.962 to 10.039), implied by the printed growth, with 13 taken as exact" in report
    assert "mine consistent" in report
    assert "B01" not in report
    assert "What the checks find" not in run(str(good)).stdout.decode("utf-8")


def test_other_checks_of_the_packaged_figures(tmp_path: Path) -> None:
    checks = tmp_path / "checks.csv"
    checks.write_text("id,kind,members\nmine,growth,B04 A09\n", encoding="utf-8")
    (found,) = json.loads(run("--checks", str(checks), "--format", "json").stdout)["findings"]
    # 13,000 +- 500 on 12,600 +- 50 is at most 7.6 %, printed is 20 % or more.
    assert (found["id"], found["verdict"]) == ("mine", "not reconcilable as printed")


def test_output_goes_to_the_file_and_nowhere_else(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    done = run(str(good), "--format", "json", "--output", str(path))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert json.loads(path.read_text(encoding="utf-8"))["targets"][0]["name_zh"] == "游客"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["good.csv", "report.json"]


@pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")
def test_output_keeps_the_mode_and_the_link_of_a_file(good: Path, tmp_path: Path) -> None:
    path, link = tmp_path / "old.txt", tmp_path / "link.txt"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o640)
    link.symlink_to(path)
    assert main([str(good), "--output", str(link)]) == 0
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert "visitors" in path.read_text(encoding="utf-8")


def test_a_table_is_not_written_over(good: Path) -> None:
    done = run(str(good), "--output", str(good))
    assert done.returncode == 1
    assert b"one of the tables" in done.stderr
    assert good.read_text(encoding="utf-8") == GOOD


def test_a_failed_run_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path, bad = tmp_path / "report.txt", tmp_path / "bad.csv"
    path.write_text("old", encoding="utf-8")
    bad.write_text("name,target\na,?\n", encoding="utf-8")
    assert run(str(bad), "--output", str(path)).returncode == 1
    assert path.read_text(encoding="utf-8") == "old"


def test_bad_cells_are_all_named_on_stderr(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("name,target,growth\na,twelve,5%\nb,3,5%,7\nc,4,much\n", encoding="utf-8")
    done = run(str(path))
    assert (done.returncode, done.stdout) == (1, b"")
    message = done.stderr.decode()
    assert "3 cells cannot be used" in message
    assert "bad.csv: row 1, column target: 'twelve'" in message
    assert "bad.csv: row 2, column growth: 'b,3,5%,7' has 4 cells, not 3 as the header" in message
    assert "bad.csv: row 3, column growth: 'much'" in message
    assert "Traceback" not in message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "column name and target missing; the columns are: none"),
        (b"indicator,goal\na,1\n", "column name and target missing; the columns are: indicator, goal"),
        (b"name,target,target\na,1,2\n", "the name of column 3 stands twice"),
        (b"name,target,\na,1,2\n", "the name of column 3 is empty"),
        ("name,target\n游客,1\n".encode("gb18030"), "not UTF-8 text"),
        (b'name,target\n"a,1\n', "not a CSV table"),
        (
            b"name;target\na;1\n",
            "the columns are: name;target (cells are apart by commas here, not by semicolons)",
        ),
        (b"name\ttarget\na\t1\n", "apart by commas here, not by tabs"),
        (b"Name,TARGET\na,1\n", "(write name, target in small letters)"),
        (b"name,target\na\n", "row 1, column target: 'a' has 1 cell, not 2 as the header"),
        (b"\x00\x01\x02", "missing"),
    ],
)
def test_files_that_are_no_tables(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes(content)
    done = run(str(path))
    assert (done.returncode, done.stdout) == (1, b"")
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_what_spreadsheets_write_is_read(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes('\ufeffname,target,,\r\n"a, ""b""",13,,\r\n,,,\r\n游客,5,,\r\n'.encode())
    rows = json.loads(run(str(path), "--format", "json").stdout)["targets"]
    assert [(row["id"], row["name"], row["target"]) for row in rows] == [
        ("1", 'a, "b"', 13.0),
        ("3", "游客", 5.0),
    ]


def test_files_that_cannot_be_read_or_written(good: Path, tmp_path: Path) -> None:
    for arguments in (
        [str(tmp_path / "absent.csv")],
        [str(tmp_path)],
        [str(good), "--checks", str(tmp_path / "absent.csv")],
        [str(good), "--output", str(tmp_path / "absent" / "report.txt")],
        [str(good), "--output", str(tmp_path)],
    ):
        done = run(*arguments)
        assert (done.returncode, done.stdout) == (1, b""), arguments
        assert done.stderr.startswith(b"sndstats: ")
        assert b"Traceback" not in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["good.csv"]


@pytest.mark.parametrize("arguments", [["--format", "xml"], ["--output"], ["a.csv", "b.csv"], ["--unknown"]])
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "usage: sndstats" in said.err


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_a_circle_of_links_is_told(good: Path, tmp_path: Path) -> None:
    circle = tmp_path / "circle"
    circle.symlink_to(circle)
    for arguments in ([str(good), "--output", str(circle)], [str(circle)]):
        done = run(*arguments)
        assert (done.returncode, done.stdout) == (1, b"")
        assert done.stderr.startswith(b"sndstats: ")
        assert b"Traceback" not in done.stderr
    assert circle.is_symlink()


def test_an_output_that_cannot_be_made_is_named_as_given(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "absent" / "report.txt"
    assert str(path) in run(str(good), "--output", str(path)).stderr.decode()


def test_help_fits_a_terminal() -> None:
    done = run("--help", environment={"COLUMNS": "80"})
    assert done.returncode == 0
    assert max(map(len, done.stdout.decode().splitlines())) <= 80


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"sndstats {snd.__version__}\n"


def test_it_can_be_called(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(good)]) == 0
    assert "visitors" in capsys.readouterr().out


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX pipe")
def test_a_reader_who_stops_early_is_no_error() -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "sndstats"], stdout=write, stderr=subprocess.PIPE, check=False
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_told() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "sndstats"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert done.stderr.startswith(b"sndstats: ")
    assert b"Traceback" not in done.stderr
