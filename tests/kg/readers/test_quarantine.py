"""Reports and tables for spreadsheet programs: no formula of a record's text, written whole or not at all."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kg.errors import HosoError
from kg.model import Quarantined
from kg.readers.model import RowProblem
from kg.readers.quarantine import write_report
from kg.sheets import write_csv, write_xlsx

ROWS = [
    Quarantined("P5/H2/b.pdf", "broken_pdf", "b.pdf: hỏng", "P5", "P5//H2"),
    Quarantined("P5/H1/=cmd|' /C calc'!A0.txt", "empty", "=HYPERLINK(1)", "P5", "P5//H1"),
]


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def test_the_report_lists_each_file_with_its_reason(tmp_path: Path) -> None:
    write_report(ROWS, tmp_path / "r.csv")
    head, *rows = rows_of(tmp_path / "r.csv")
    assert len(head) == 6
    assert [row[3] for row in rows] == ["P5/H1/=cmd|' /C calc'!A0.txt", "P5/H2/b.pdf"]
    assert rows[0][5] == "'=HYPERLINK(1)"
    assert (tmp_path / "r.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_workbook_has_rows_and_shares_apart(tmp_path: Path) -> None:
    problems = [RowProblem("m.csv:2", "bad_date", "31/02")]
    write_report(ROWS, tmp_path / "r.xlsx", problems=problems, totals={"P5": 200, "P6": 10})
    book = load_workbook(tmp_path / "r.xlsx")
    assert len(book.worksheets) == 3
    shares = [[cell.value for cell in row] for row in book.worksheets[2].iter_rows(min_row=2)]
    assert shares == [["P5", 2, 200, 1], ["P6", 0, 10, 0]]
    message = book.worksheets[0]["F2"]
    assert (message.value, message.data_type) == ("=HYPERLINK(1)", "s")


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HosoError):
        write_report(ROWS, tmp_path / "r.doc")


@pytest.mark.parametrize("text", ["=1+1", "+84", "-1", "@x", "\t=1", "\r=1", "  =1", "＝1"])
def test_formulas_are_text(tmp_path: Path, text: str) -> None:
    write_csv(tmp_path / "a.csv", [text], [[text, -5]])
    for row in rows_of(tmp_path / "a.csv"):
        assert row[0].startswith("'")
    assert rows_of(tmp_path / "a.csv")[1][1] == "-5"
    write_xlsx(tmp_path / "a.xlsx", {"1": ([text], [[text]])})
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert [cell.data_type for row in sheet.iter_rows() for cell in row] == ["s", "s"]


def test_what_excel_refuses_is_made_fit(tmp_path: Path) -> None:
    sheets = {"a/b" * 20: (["x"], [["\x00\x0b\ud800ok"], ["a" * 40_000]]), "a-b" * 20: (["x"], [])}
    write_xlsx(tmp_path / "a.xlsx", sheets)
    book = load_workbook(tmp_path / "a.xlsx")
    assert len({name.lower() for name in book.sheetnames}) == 2
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert str(book.worksheets[0]["A2"].value).strip() == "ok"
    write_csv(tmp_path / "a.csv", ["x"], [["\x00\ud800ok"]])
    assert rows_of(tmp_path / "a.csv")[1][0].strip() == "ok"


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_what_stood_there_stays_when_writing_fails(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("trước")

    def failing() -> Iterator[list[str]]:
        yield ["một"]
        raise RuntimeError

    def write() -> None:
        if name.endswith("csv"):
            write_csv(path, ["x"], failing())
        else:
            write_xlsx(path, {"1": (["x"], failing())})

    with pytest.raises(RuntimeError):
        write()
    assert path.read_text() == "trước"
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(HosoError) as raised:
        write_csv(tmp_path / "khong-co" / "a.csv", ["x"], [])
    assert raised.value.code == "bad_input"
    assert "\n" not in raised.value.message
