"""The commands of the questions: JSON, batch and error forms, exit codes, and what people read."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest

from kg import wording
from kg.cli.app import main
from kg.cli.fonds_display import show_fonds
from kg.custody.custodian import Custody
from kg.place_wording import certainty_label
from tests.kg.questions import forms
from tests.kg.questions.conftest import CUA_NAM, HANG_BAC, store_folder, url  # noqa: F401

_COMMANDS = (
    ("moved", "--from", HANG_BAC),
    ("moved", "--by", "custody"),
    ("search", "hè phố"),
    ("show", "r1"),
    ("show", "r5"),
    ("fonds",),
    ("fonds", "F1"),
    ("entity", "Nguyễn Văn An"),
    ("path", "Nguyễn Văn An", "Trần Thị Bình"),
    ("chain", "59/QĐ-UBND", "--date", "2012-03-04"),
    ("stats",),
    ("quarantine",),
)


@dataclass(frozen=True)
class Done:
    """What a run of the program left behind."""

    returncode: int
    stdout: str
    stderr: str


def hoso(*arguments: str, text: str = "", lang: str = "en") -> Done:
    """Run the program in this process, as its console script does."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setenv("HOSO_LANG", lang)
        patch.setenv("COLUMNS", "200")
        patch.delenv("HOSO_ACCESS", raising=False)
        patch.setattr(sys, "argv", ["hoso", *arguments])
        patch.setattr(sys, "stdin", io.StringIO(text))
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
    return Done(code, out.getvalue(), err.getvalue())


def answer(*arguments: str) -> Any:
    """The JSON value of a command that ends well."""
    done = hoso(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("command", _COMMANDS, ids=" ".join)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_command_answers_people_and_programs(url: str, command: tuple[str, ...], lang: str) -> None:  # noqa: F811
    shown = hoso(*command, "--store", url, lang=lang)
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.strip()
    if lang == "en":
        answer(*command, "--store", url)


def test_the_program_runs_as_users_start_it(url: str) -> None:  # noqa: F811
    done = subprocess.run(
        [sys.executable, "-m", "kg.cli.app", "stats", "--store", url, "--json"],
        capture_output=True, encoding="utf-8", env={**os.environ, "PYTHONIOENCODING": "utf-8"}, check=True, timeout=120,
    )  # fmt: skip
    forms.check(forms.Stats, json.loads(done.stdout))


def test_numbers_and_labels_are_vietnamese(url: str) -> None:  # noqa: F811
    shown = hoso("moved", "--from", HANG_BAC, "--store", url, lang="vi").stdout
    assert "Chắc chắn (toàn bộ về một đơn vị)" in shown
    assert "1656/NQ-UBTVQH15" in shown
    chained = hoso("chain", "59/QĐ-UBND", "--date", "04/03/2012", "--store", url, lang="vi").stdout
    assert "chưa thấy văn bản sửa đổi, bãi bỏ trong kho" in chained


def test_a_batch_answers_line_by_line_in_order(url: str) -> None:  # noqa: F811
    lines = [json.dumps({"from": HANG_BAC}), "nonsense", '{"from": "Xã Tân Tiến"}', '{"by": "custody", "limit": 1}',
             '{"form": "x"}', json.dumps({"from": CUA_NAM, "kind": "land"})]  # fmt: skip
    done = hoso("moved", "--batch", "-", "--store", url, text="\n".join(lines) + "\n")
    values = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [value.get("error", {}).get("code") for value in values] == [
        None, "bad_input", "ambiguous", None, "bad_input", None,
    ]  # fmt: skip
    forms.check(forms.MovedByPlace, values[0])
    forms.check(forms.MovedByCustody, values[3])
    assert values[2]["error"]["candidates"]
    assert len(values[3]["records"]) == 1


def test_search_takes_a_batch_file(url: str, tmp_path: Path) -> None:  # noqa: F811
    questions = tmp_path / "q.jsonl"
    questions.write_text(
        '{"query": "hè phố", "limit": 1}\n{"limit": 1}\n{"query": "x", "since": "31/02/2001"}\n', "utf-8"
    )
    done = hoso("search", "--batch", str(questions), "--store", url)
    values = [json.loads(line) for line in done.stdout.splitlines()]
    forms.check(forms.Search, values[0])
    assert [value.get("error", {}).get("code") for value in values] == [None, "bad_input", "bad_input"]


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("show", "nope"), "not_found"),
        (("show", "s1"), "secret"),
        (("fonds", "F9"), "not_found"),
        (("entity", "59/QĐ-UBND", "--access", "conditional"), "ambiguous"),
        (("chain", "59/QĐ-UBND", "--access", "conditional"), "ambiguous"),
        (("chain", "404/QĐ-UBND"), "not_found"),
        (("path", "r1", "nobody at all"), "not_found"),
        (("moved", "--from", "Xã Tân Tiến"), "ambiguous"),
        (("moved", "--to", "Xã Không Có Thật Đâu"), "not_found"),
        (("search", "x", "--since", "31/02/2001"), "bad_input"),
        (("search", "x", "--access", "all"), "bad_input"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_errors_have_the_contracts_form(url: str, command: tuple[str, ...], code: str) -> None:  # noqa: F811
    done = hoso(*command, "--store", url, "--json")
    value = json.loads(done.stdout)
    assert done.returncode == 1
    assert value["error"]["code"] == code
    assert isinstance(value["error"]["candidates"], list)
    assert done.stderr.strip().count("\n") == 0
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "command", [("moved", "--by", "owner"), ("path", "one"), ("export", "owl", "x"), ("search",)]
)
def test_wrong_usage_exits_2(url: str, command: tuple[str, ...]) -> None:  # noqa: F811
    assert hoso(*command, "--store", url).returncode == 2


def test_no_store_and_no_store_of_ours(tmp_path: Path) -> None:
    missing = hoso("stats", "--store", f"sqlite:///{tmp_path / 'none.db'}", "--json")
    assert (missing.returncode, json.loads(missing.stdout)["error"]["code"]) == (1, "not_found")
    assert not (tmp_path / "none.db").exists()
    (tmp_path / "other.db").write_text("a letter, no store")
    foreign = hoso("moved", "--batch", "-", "--store", f"sqlite:///{tmp_path / 'other.db'}", text="{}\n")
    assert (foreign.returncode, json.loads(foreign.stdout)["error"]["code"]) == (1, "bad_input")


def test_a_store_with_a_writer_can_be_asked(url: str) -> None:  # noqa: F811
    from kg.workspace import open_workspace

    with open_workspace(url) as workspace, workspace.store.writing():
        assert answer("stats", "--store", url)["records"] == 7


def test_hits_are_written_as_a_workbook_without_formulas(url: str, tmp_path: Path) -> None:  # noqa: F811
    out = tmp_path / "hits.xlsx"
    done = hoso("search", "quyết định", "--out", str(out), "--store", url, lang="vi")
    assert done.returncode == 0, done.stderr
    sheet = openpyxl.load_workbook(out).worksheets[0]
    assert [cell.value for cell in sheet[1]][:2] == ["Số, ký hiệu", "Ngày"]
    header, *rows = sheet.iter_rows(values_only=True)
    assert len(set(header)) == len(header)
    assert all(re.fullmatch(r"(\d\d/){0,2}\d{4}", str(row[1])) for row in rows if row[1])
    assert {row[header.index("Mức độ tiếp cận")] for row in rows} <= {"công khai", "tiếp cận có điều kiện"}
    assert sheet.max_row > 1
    wrong = hoso("search", "x", "--out", str(tmp_path / "hits.doc"), "--store", url)
    assert wrong.returncode == 1
    assert not (tmp_path / "hits.doc").exists()


def test_the_quarantine_report_names_every_file(url: str, tmp_path: Path) -> None:  # noqa: F811
    out = tmp_path / "q.csv"
    assert answer("quarantine", "--out", str(out), "--store", url)["count"] == 1
    rows = list(csv.reader(out.open(encoding="utf-8-sig")))
    assert len(rows) == 2
    assert "P1/=broken.pdf" in rows[1]
    assert "'=cmd: not a PDF" in rows[1]


def _table(folder: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((folder / f"{name}.csv").open(encoding="utf-8-sig")))


def test_export_leaves_out_what_may_not_be_seen(url: str, tmp_path: Path) -> None:  # noqa: F811
    out = tmp_path / "graph"
    value = answer("export", "csv", str(out), "--store", url)
    assert {row["id"] for row in _table(out, "records")} == {"r1", "r2", "r4", "r5", "r6", "r7", "r8"}
    edges = _table(out, "edges")
    assert "r3" not in {edge["record"] for edge in edges} | {edge["source"] for edge in edges}
    assert all(not edge["text"] for edge in edges if edge["record"] == "r5")
    assert any(edge["text"] == "Nguyễn Văn An" for edge in edges)
    assert {name: len(_table(out, name)) for name in value["tables"]} == value["tables"]
    assert set(value["tables"]) == {"records", "files", "fonds", "entities", "edges", "unit_events"}


def test_export_replaces_only_what_it_wrote(url: str, tmp_path: Path) -> None:  # noqa: F811
    out = tmp_path / "graph"
    assert hoso("export", "csv", str(out), "--store", url).returncode == 0
    assert hoso("export", "csv", str(out), "--store", url).returncode == 1
    assert hoso("export", "csv", str(out), "--store", url, "--force").returncode == 0
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work")
    assert hoso("export", "csv", str(mine), "--store", url, "--force").returncode == 1
    assert (mine / "thesis.txt").read_text() == "years of work"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph", "mine"]


def test_graphml_is_whole(url: str, tmp_path: Path) -> None:  # noqa: F811
    out = tmp_path / "graph.graphml"
    value = answer("export", "graphml", str(out), "--store", url)
    root = ElementTree.parse(out).getroot()
    name = "{http://graphml.graphdrawing.org/xmlns}"
    assert len(root.findall(f".//{name}node")) == value["tables"]["nodes"]
    assert len(root.findall(f".//{name}edge")) == value["tables"]["edges"] > 0


@pytest.mark.parametrize(
    ("options", "said"),
    [(None, "Chưa xác định: còn nhiều khả năng"), (1, "Chưa xác định: có thể là đơn vị này"),
     (3, "Chưa xác định: còn 3 khả năng")],
)  # fmt: skip
def test_an_undecided_place_says_how_many_it_may_be(
    monkeypatch: pytest.MonkeyPatch, options: int | None, said: str
) -> None:
    monkeypatch.setenv("HOSO_LANG", "vi")
    assert certainty_label("candidates", "place", options) == said


def test_no_letter_stands_for_a_number(url: str) -> None:  # noqa: F811
    for lang, letter in (("vi", "còn N"), ("en", "N possibilities")):
        assert letter not in hoso("moved", "--store", url, lang=lang).stdout


def test_a_fonds_without_a_list_is_not_said_to_agree_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    file = dict.fromkeys(forms.File.__annotations__) | {"id": "a", "documents": 1, "scanned": True, "listed": False}
    file |= {"custody": Custody("unknown_fonds", None).to_json(), "retention_proposed": None}
    file |= dict.fromkeys(("kind", "same_number", "condition"))
    fonds: dict[str, Any] = dict.fromkeys(("opened", "closed", "status", "documents", "sheets", "pages", "metres"))
    fonds |= {"id": "F", "creator": "x", "files": 1, "bundles": 0, "listed_files": 0, "file": [file]}
    fonds |= {"differences": [], "differences_count": 0, "differences_by_kind": {}}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOSO_LANG", "vi")
        show_fonds(fonds)
        assert "Phông này chưa có mục lục trong kho" in capsys.readouterr().out
        fonds["listed_files"] = 1
        show_fonds(fonds)
        assert "Mục lục và bản quét khớp nhau." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("act", "cited"),
    [
        ("1656/NQ-UBTVQH15", "Nghị quyết số 1656/NQ-UBTVQH15"),
        ("132/2003/NĐ-CP", "Nghị định số 132/2003/NĐ-CP"),
        ("202/2025/QH15", "202/2025/QH15"),
        ("74-CP", "74-CP"),
        ("Nghị quyết Quốc hội khóa VI 2/7/1976 (không số)", "Nghị quyết Quốc hội khóa VI 2/7/1976 (không số)"),
    ],
)
def test_an_act_is_cited_with_the_type_that_its_symbol_names(act: str, cited: str) -> None:
    assert wording.act_name(act, "vi") == cited


def test_a_title_that_begins_with_its_type_says_it_once() -> None:
    assert wording.titled("Luật", "Luật Tổ chức chính quyền địa phương") == "Luật Tổ chức chính quyền địa phương"
    assert wording.titled("Luật", "Đất đai") == "Luật Đất đai"


@pytest.mark.parametrize(
    ("metres", "said"), [(None, "–"), (0, "0"), (0.004, "< 0,01"), (0.04, "0,04"), (1200.5, "1.200,5")]
)
def test_metres_that_are_there_are_never_0(metres: float | None, said: str) -> None:
    assert wording.shelf(metres, "vi") == said
