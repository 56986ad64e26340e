"""``moved`` as a workbook: files by custody, those too that nobody scanned; the records by place."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from kg.custody_wording import held_totals
from kg.errors import HosoError
from kg.export.moved import write_moved
from kg.messages import say
from kg.questions.moved import moved
from kg.workspace import Workspace


def rows(path: Path, sheet: str) -> list[dict[str, object]]:
    """A sheet's rows by the labels of their columns."""
    header, *lines = load_workbook(path)[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, header), line, strict=True)) for line in lines]


def test_by_custody_every_file_is_written(workspace: Workspace, tmp_path: Path) -> None:
    value = moved(workspace, by="custody")
    path = tmp_path / "moved.xlsx"
    assert write_moved(path, value) == value["totals"]["files"] == 6
    files = rows(path, say("moved_sheet_files"))
    assert len(files) == 6
    unscanned = next(row for row in files if row[say("column_code")] == "02" and row[say("column_fonds")] == "F1")
    assert unscanned[say("column_scanned")] == say("answer_no")
    assert all(row[say("column_destination")] for row in files)
    assert all(row[say("column_title")] != "Đơn thư" for row in files)  # of denunciations
    totals = rows(path, say("moved_sheet_totals"))
    for question in (say("moved_held"), say("label_destination")):
        told = [row[say("column_files")] for row in totals if row[say("column_condition")] == question]
        assert sum(n for n in told if isinstance(n, int)) == 6
    assert len(rows(path, say("moved_sheet_records"))) == value["listed"]


def test_by_place_every_record_is_written(workspace: Workspace, tmp_path: Path) -> None:
    value = moved(workspace)
    path = tmp_path / "moved.csv"
    assert write_moved(path, value) == value["listed"]
    assert path.read_text("utf-8-sig").count("\n") == value["listed"] + 1
    with pytest.raises(HosoError):
        write_moved(tmp_path / "moved.doc", value)


def test_who_holds_it_adds_up_to_all_files(workspace: Workspace) -> None:
    value = moved(workspace, by="custody")
    told = [row for _, row in held_totals(value)]
    assert [row["files"] for row in told] == [1, 5]
    assert sum(row["metres"] or 0 for row in told) == pytest.approx(value["totals"]["metres"], abs=0.01)
