"""Batches of searches as CSV and JSON lines, and their hits as workbooks and tables."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from kg.export.lists import BatchList, write_hits
from kg.model import Record, RecordGraph
from kg.questions.search import search
from kg.store.texts import Text
from kg.workspace import open_workspace
from tests.kg.typed import error, hoso

FORMULA = '=HYPERLINK("http://x","bấm")'


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_LANG", "en")


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Two records; the title and the text of one begin as formulas."""
    url = f"sqlite:///{tmp_path / 'kho.db'}"
    with open_workspace(url, create=True) as workspace:
        rows = [("r1", FORMULA, f"{FORMULA} thu hồi đất"), ("r2", "Bầu cử", "+1 bầu cử đại biểu")]
        workspace.texts.put([(ident, Text(text)) for ident, _, text in rows])
        with workspace.store.writing() as writer:
            writer.put_records(
                [
                    RecordGraph(Record(ident, f"{ident}.txt", title=title, type="Báo cáo"), text)
                    for ident, title, text in rows
                ]
            )
    return url


def lines(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_a_table_with_the_keys_as_heading_is_a_batch(url: str, tmp_path: Path) -> None:
    asked = tmp_path / "hỏi.csv"
    asked.write_text(
        "query;type;limit\nthu hồi đất;Báo cáo;1\nbầu cử;;\n;Báo cáo;\nđất;;nhiều\n;;\n", encoding="utf-8-sig"
    )
    found = lines(hoso("search", "--batch", str(asked), "--store", url).stdout)
    assert [line.get("query") for line in found] == ["thu hồi đất", "bầu cử", None, None]
    assert [line["hits"][0]["record"]["id"] for line in found[:2]] == ["r1", "r2"]
    assert "query" in found[2]["error"]["message"]
    assert "limit" in found[3]["error"]["message"]


def test_a_blank_line_among_others_has_its_answer_and_those_at_the_end_have_none(url: str, tmp_path: Path) -> None:
    asked = tmp_path / "asked.csv"
    asked.write_text("query\r\nđất\r\n \r\nbầu cử\r\n\r\n \r\n", encoding="utf-8")
    found = lines(hoso("search", "--batch", str(asked), "--store", url).stdout)
    assert ["error" in line for line in found] == [False, True, False]


def test_a_heading_that_is_no_key_is_one_error(url: str, tmp_path: Path) -> None:
    asked = tmp_path / "asked.csv"
    asked.write_text("query,colour\nđất,red\n", encoding="utf-8")
    told = error("search", "--batch", str(asked), "--store", url)
    assert told["code"] == "bad_input"
    assert "colour" in told["message"]


def workbook(path: Path, *rows: tuple[object, ...], above: int = 0) -> str:
    """A workbook whose first sheet is empty and whose second holds the rows, under some blank ones."""
    book = Workbook()
    sheet = book.create_sheet("Câu hỏi")
    for number, row in enumerate(rows, start=above + 1):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column, value)
    book.save(path)
    return str(path)


def test_a_workbook_is_a_batch_and_its_heading_may_be_the_words_of_the_lists(url: str, tmp_path: Path) -> None:
    rows = [
        ("Câu hỏi", None, "THỂ LOẠI", "limit", "Từ ngày"),
        ("thu hồi đất", "không tính", "Báo cáo", 1, None),
        (),
        ("bầu cử", None, None, "nhiều", None),
        ("=1+1", None, None, None, None),
        ("đất", None, None, 2, date(2030, 1, 1)),
    ]
    asked = workbook(tmp_path / "hỏi.XLSX", *rows, above=2)
    found = lines(hoso("search", "--batch", asked, "--store", url).stdout)
    assert [line.get("query") for line in found] == ["thu hồi đất", None, None, None, "đất"]
    assert found[0]["hits"][0]["record"]["id"] == "r1"
    assert found[4]["total"] == 0  # nothing is of 2030
    for line, said in ((1, "blank"), (2, "limit"), (3, "blank")):
        assert said in found[line]["error"]["message"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("trống.csv", b"", "bad_input"),
        ("trống.csv", b" \r\n;;\r\n", "bad_input"),
        ("hai cột.csv", b"query,query\na,b\n", "bad_input"),
        ("không tiêu đề.csv", b"khen\nhai\n", "bad_input"),
        ("hỏng.xlsx", b"PK\x03\x04 nothing", "unreadable"),
        ("cũ.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "unreadable"),
        ("lạ.csv", b"query\na\x00b\n\xff\xfe\n", "unreadable"),
    ],
)
def test_a_table_that_cannot_be_used_is_one_error(
    url: str, tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(data)
    assert error("search", "--batch", str(tmp_path / name), "--store", url)["code"] == code


@pytest.mark.parametrize("name", ["folder.csv", "folder.xlsx", "folder"])
def test_a_folder_is_no_batch(url: str, tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    assert "folder" in error("search", "--batch", str(tmp_path / name), "--store", url)["message"]


def test_what_is_too_long_to_be_asked_is_said(url: str, tmp_path: Path) -> None:
    told = error("search", "đất " * 5000, "--store", url)
    assert (told["code"], "10000" in told["message"]) == ("bad_input", True)
    asked = tmp_path / "asked.jsonl"
    asked.write_text(json.dumps({"query": "a" * 10_001}) + '\n{"query": "bầu cử"}\n', encoding="utf-8")
    found = lines(hoso("search", "--batch", str(asked), "--store", url).stdout)
    assert [line.get("total") for line in found] == [None, 1]


def test_units_are_asked_from_a_table_too(tmp_path: Path) -> None:
    asked = tmp_path / "units.csv"
    asked.write_text("name,within\nPhường Cửa Nam,Hà Nội\n", encoding="utf-8")
    assert "successors" in lines(hoso("successors", "--batch", str(asked)).stdout)[0]


def test_hits_go_into_a_workbook_that_says_what_was_asked(url: str, tmp_path: Path) -> None:
    out = tmp_path / "hits.xlsx"
    assert hoso("search", "thu hồi đất", "--type", "Báo cáo", "--store", url, "--out", str(out)).exit_code == 0
    book = load_workbook(out)
    hits, asked = book.worksheets
    assert hits.max_row == 2
    title = next(cell for cell in hits[2] if cell.value == FORMULA)
    assert title.data_type == "s"
    assert all(cell.data_type != "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    told = {row[0]: row[1] for row in asked.iter_rows(min_row=2, values_only=True)}
    assert told["Query"] == "thu hồi đất"
    assert told["Type"] == "Báo cáo"
    assert told["Found"] == 1


def test_the_hits_of_a_batch_go_into_one_workbook(url: str, tmp_path: Path) -> None:
    asked, out = tmp_path / "asked.jsonl", tmp_path / "hits.xlsx"
    asked.write_text('{"query": "đất"}\n{"query": 5}\n{"query": "=bầu cử"}\n', encoding="utf-8")
    done = hoso("search", "--batch", str(asked), "--store", url, "--out", str(out))
    assert len(lines(done.stdout)) == 3
    hits, queries = load_workbook(out).worksheets
    assert [row[0] for row in hits.iter_rows(min_row=2, values_only=True)] == [1, 3]
    assert [row[2] for row in queries.iter_rows(min_row=2, values_only=True) if row[1] == "Query"] == [
        "đất",
        "=bầu cử",
    ]
    again = hoso("search", "--batch", str(asked), "--store", url, "--out", str(out))
    assert again.exit_code == 1
    table = hoso("search", "--batch", str(asked), "--store", url, "--out", str(tmp_path / "hits.csv"))
    assert table.exit_code == 1


def test_a_table_of_hits_holds_no_formula(url: str, tmp_path: Path) -> None:
    out = tmp_path / "hits.csv"
    with open_workspace(url) as workspace:
        value = search(workspace, "đất")
        write_hits(out, value)
        listed = BatchList()
        listed.add(1, {"query": "đất"}, value)
        listed.write(tmp_path / "all.xlsx")
    assert f"'{FORMULA[:10]}" in out.read_text(encoding="utf-8-sig").replace('""', '"')
