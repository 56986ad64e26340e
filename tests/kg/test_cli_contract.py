"""The contract's edges of the command line (DESIGN.md §5): odd batches, odd characters, limits, wrong usage."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from kg.cli import fields
from kg.cli.batch import run_batch
from kg.cli.common import answering, guard
from kg.errors import Ambiguous, HosoError
from nlp.model import Subject
from tests.kg.questions.conftest import CUA_NAM, HANG_BAC, store_folder, url  # noqa: F401
from tests.kg.test_cli_questions import answer, hoso


def _program(
    *arguments: str | bytes, given: bytes = b"", environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own: streams and bytes are real."""
    return subprocess.run(
        [sys.executable, "-m", "kg.cli.app", *arguments],
        input=given,
        capture_output=True,
        check=False,
        env={**os.environ, "HOSO_LANG": "en", "COLUMNS": "200", **(environment or {})},
    )


def _codes(stdout: str) -> list[str | None]:
    return [json.loads(line).get("error", {}).get("code") for line in stdout.splitlines()]


@pytest.mark.parametrize(
    "line",
    [
        {"query": 5}, {"query": ["x"]}, {"query": None}, {"query": "x", "limit": "a"}, {"query": "x", "limit": 1.5},
        {"query": "x", "limit": True}, {"query": "x", "limit": -3}, {"query": "x", "limit": 0},
        {"query": "x", "limit": 10**12}, {"query": "x", "type": 5}, {"query": "x", "since": 2010},
        {"query": "\ud800"}, {"query": "x", "fonds": "\udfff"}, {"query": "x", "bloc": "army"},
        {"query": "x", "level": "ward"}, {"query": "x", "subject": "love"}, {"query": "x", "\ud800": 1},
    ],
    ids=json.dumps,
)  # fmt: skip
def test_a_line_of_a_search_that_cannot_be_answered(url: str, line: dict[str, Any]) -> None:  # noqa: F811
    lines = [json.dumps(line), json.dumps({"query": "hè phố", "limit": 1})]
    done = hoso("search", "--batch", "-", "--store", url, text="\n".join(lines))
    assert (done.returncode, _codes(done.stdout)) == (0, ["bad_input", None])


@pytest.mark.parametrize(
    "line", [{"from": 5}, {"to": "\ud800"}, {"by": "owner"}, {"by": []}, {"kind": "x"}, {"limit": {}}], ids=json.dumps
)
def test_a_line_of_moved_that_cannot_be_answered(url: str, line: dict[str, Any]) -> None:  # noqa: F811
    lines = [json.dumps(line), json.dumps({"from": HANG_BAC})]
    done = hoso("moved", "--batch", "-", "--store", url, text="\n".join(lines))
    assert (done.returncode, _codes(done.stdout)) == (0, ["bad_input", None])


@pytest.mark.parametrize("from_file", [True, False])
def test_each_line_has_its_line_whatever_its_bytes(tmp_path: Path, from_file: bool) -> None:
    good = json.dumps({"name": HANG_BAC}, ensure_ascii=False).encode()
    deep = b"[" * 100_000
    lines = [b"\xef\xbb\xbf" + good, b"", b"  \t", b'{"name": "\xff"}', b'{"name": "\\ud800"}', deep, b"NaN", good]
    given = b"\r\n".join(lines)
    (tmp_path / "asked.jsonl").write_bytes(given)
    batch = str(tmp_path / "asked.jsonl") if from_file else "-"
    done = _program("successors", "--batch", batch, given=b"" if from_file else given)
    assert (done.returncode, done.stderr) == (0, b"")
    assert _codes(done.stdout.decode()) == [None, *["bad_input"] * 6, None]


def test_what_nothing_foresaw_is_no_fault_of_the_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HOSO_DEBUG", raising=False)
    (tmp_path / "asked.jsonl").write_text('{"name": "0"}\n{"name": "1"}\n', "utf-8")

    def broken(request: dict[str, Any], number: int) -> float:
        return 1 / int(request["name"])

    run_batch(str(tmp_path / "asked.jsonl"), {"name": fields.Text()}, broken)
    first, second = capsys.readouterr().out.splitlines()
    assert json.loads(first)["error"]["code"] == "unavailable"
    assert "ZeroDivisionError" in first
    assert json.loads(second) == 1


def test_a_batch_that_cannot_be_read_is_one_error(tmp_path: Path) -> None:
    folder = hoso("successors", "--batch", str(tmp_path))
    assert (folder.returncode, _codes(folder.stdout)) == (1, ["bad_input"])
    missing = hoso("successors", "--batch", str(tmp_path / "none"))
    assert (missing.returncode, _codes(missing.stdout)) == (1, ["bad_input"])


@pytest.mark.parametrize("limit", ["1000000000000", "9223372036854775807", "1" + "0" * 30])
def test_limits_of_any_size_list_all(url: str, limit: str) -> None:  # noqa: F811
    for query in ("hè phố", ""):
        few = answer("search", query, "--store", url)
        assert answer("search", query, "--limit", limit, "--store", url)["hits"] == few["hits"]
    assert answer("moved", "--limit", limit, "--store", url)["totals"]
    assert answer("entity", "Nguyễn Văn An", "--limit", limit, "--store", url)["links"]


@pytest.mark.parametrize(("option", "known"), [("--bloc", "party"), ("--level", "commune"), ("--subject", "land")])
def test_an_unknown_word_of_a_closed_list_names_the_known_ones(url: str, option: str, known: str) -> None:  # noqa: F811
    done = hoso("search", "x", option, "nonsense", "--store", url, "--json")
    error = json.loads(done.stdout)["error"]
    assert (done.returncode, error["code"]) == (1, "bad_input")
    assert "nonsense" in error["message"]
    assert known in error["message"]
    assert hoso("search", "x", option, known, "--store", url).returncode == 0


def test_every_subject_of_the_ontology_can_be_asked(url: str) -> None:  # noqa: F811
    for subject in Subject.__args__:  # type: ignore[attr-defined]
        assert hoso("search", "x", "--subject", subject, "--store", url).returncode == 0


@pytest.mark.parametrize(
    "environment",
    [{"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "latin-1"},
     {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}],
    ids=str,
)  # fmt: skip
def test_output_is_utf8_whatever_the_locale(environment: dict[str, str]) -> None:
    given = json.dumps({"name": CUA_NAM}).encode()
    done = _program("unit", "--batch", "-", given=given, environment=environment)
    assert json.loads(done.stdout.decode("utf-8"))[0]["name"] == "Phường Cửa Nam"
    shown = _program("unit", "00073@1981-01-03", environment=environment)
    assert (shown.returncode, "Phường Cửa Nam" in shown.stdout.decode("utf-8")) == (0, True)
    wrong = _program("unit", "--nothing", environment={**environment, "HOSO_LANG": "vi"})
    assert "Không có lựa chọn" in wrong.stderr.decode("utf-8")


@pytest.mark.parametrize("command", ["unit", "successors", "entity", "search"])
def test_an_argument_that_is_no_utf8_is_bad_input(url: str, command: str) -> None:  # noqa: F811
    done = _program(command, b"\xff", "--json", "--store", url)
    assert (done.returncode, _codes(done.stdout.decode())) == (1, ["bad_input"])
    assert done.stderr.count(b"\n") == 1


def test_guard_keeps_the_code_of_an_error(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HOSO_DEBUG", raising=False)
    monkeypatch.setattr(sys, "argv", ["hoso", "stats", "--json"])
    for error, code in (
        (Ambiguous("two", candidates=[1, 2]), "ambiguous"),
        (HosoError("a", code="secret"), "secret"),
        (RuntimeError("a"), "unavailable"),
    ):

        def failing(error: Exception = error) -> None:
            raise error

        with pytest.raises(SystemExit) as ended:
            guard(failing)
        assert ended.value.code == 1
        assert _codes(capsys.readouterr().out) == [code]


def test_a_store_whose_folder_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    (tmp_path / "a.txt").write_text("Số: 1/QĐ-UBND", "utf-8")
    for store in (tmp_path / "file" / "x" / "b.db", tmp_path / ("x" * 300) / "b.db"):
        done = hoso("ingest", str(tmp_path / "a.txt"), "--store", f"sqlite:///{store}", "--json")
        assert (done.returncode, _codes(done.stdout)) == (1, ["unavailable"])
        assert done.stderr.strip().count("\n") == 0
        assert str(store) in done.stderr


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("search",), "QUERY"),
        (("successors",), "UNIT"),
        (("show",), "ID"),
        (("nonsense",), "nonsense"),
        (("search", "--limi", "3"), "--limi"),
        (("search", "x", "--limit", "0"), "--limit"),
        (("search", "x", "--limit", "a"), "--limit"),
        (("moved", "--limit", "-3"), "--limit"),
        (("entity", "x", "--limit", "0"), "--limit"),
        (("moved", "--by", "owner"), "custody"),
        (("search", "x", "y"), "y"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_wrong_usage_is_one_line(arguments: tuple[str, ...], named: str, lang: str) -> None:
    done = hoso(*arguments, lang=lang)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert named in done.stderr
    assert "--help" in done.stderr
    assert ("cách dùng" in done.stderr) == (lang == "vi")


@pytest.mark.parametrize(
    ("value", "said"), [("0", "từ 1 trở lên"), ("-7", "từ 1 trở lên"), ("a", "số nguyên"), ("1.5", "số nguyên")]
)
def test_a_number_that_cannot_be_used_is_said_in_vietnamese(value: str, said: str) -> None:
    done = hoso("search", "x", "--limit", value, lang="vi")
    assert said in done.stderr
    assert " not " not in done.stderr


def test_help_is_on_standard_output() -> None:
    for arguments in (("--help",), ("search", "--help")):
        done = hoso(*arguments)
        assert done.returncode == 0
        assert "Usage" in done.stdout
    assert "--limit" in hoso("search", "--help").stdout


def test_a_reader_that_goes_away_is_no_error() -> None:
    lines = (json.dumps({"name": HANG_BAC}) + "\n").encode() * 500
    with subprocess.Popen(
        [sys.executable, "-m", "kg.cli.app", "successors", "--batch", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as program:
        assert program.stdin
        assert program.stdout
        assert program.stderr
        program.stdout.close()
        program.stdin.write(lines)
        program.stdin.close()
        assert program.stderr.read() == b""
    assert program.returncode == 0


def test_the_version_is_told() -> None:
    done = hoso("--version")
    assert (done.returncode, done.stdout) == (0, f"hoso {version('hoso')}\n")


@pytest.mark.parametrize(
    ("command", "told"), [("ingest", "Đã dừng; chạy lại lệnh cũ để tiếp tục."), ("stats", "Đã dừng.")]
)
def test_who_stops_the_program_is_told_how_to_go_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str, told: str
) -> None:
    def stopped() -> None:
        raise KeyboardInterrupt

    monkeypatch.setenv("HOSO_LANG", "vi")
    monkeypatch.setattr(sys, "argv", ["hoso", command])
    with pytest.raises(SystemExit) as ended:
        guard(stopped)
    assert ended.value.code == 130
    assert capsys.readouterr().err == f"{told}\n"


def test_ctrl_c_in_an_ingest_of_many_is_one_line(tmp_path: Path) -> None:
    delivery = tmp_path / "delivery"
    delivery.mkdir()
    for number in range(300):
        text = f"UBND QUẬN ĐỐNG ĐA\nSố: {number}/QĐ-UBND\nQUYẾT ĐỊNH\nĐiều 1. Giao đất.\n" * 40
        (delivery / f"{number}.txt").write_text(text, "utf-8")
    program = subprocess.Popen(
        [sys.executable, "-m", "kg.cli.app", "ingest", str(delivery), "--workers", "2",
         "--store", f"sqlite:///{tmp_path / 'hoso.db'}"],
        stderr=subprocess.PIPE, start_new_session=True, env={**os.environ, "HOSO_LANG": "vi"},
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not (tmp_path / "hoso.db").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(program.pid, signal.SIGINT)  # as a terminal does: to the workers too
    _, said = program.communicate(timeout=120)
    assert program.returncode == 130
    assert said.decode().strip().splitlines()[-1] == "Đã dừng; chạy lại lệnh cũ để tiếp tục."
    assert b"Traceback" not in said


def test_an_error_of_clearing_up_after_ctrl_c_is_no_error_of_the_store() -> None:
    def stopped() -> None:
        try:
            raise KeyboardInterrupt
        finally:
            raise HosoError("cannot roll back")

    with pytest.raises(KeyboardInterrupt):
        answering(stopped, as_json=True, show=print)
