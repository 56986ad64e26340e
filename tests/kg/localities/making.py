"""Small tables as offices write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

HEADING = ("Tổ dân phố", "Phường cũ", "Quận, huyện cũ", "Phường mới")
CUA_NAM = ("Phường Cửa Nam", "Quận Hoàn Kiếm")
"""Divided among four new wards: Ba Đình, Hoàn Kiếm, Cửa Nam, Văn Miếu - Quốc Tử Giám (1656/NQ-UBTVQH15, clauses 1-3
and 11)."""

HANG_BONG = ("Phường Hàng Bông", "Quận Hoàn Kiếm")
"""Divided between the new Hoàn Kiếm and Cửa Nam (clauses 1 and 2)."""

BA_DINH, HOAN_KIEM, NEW_CUA_NAM = "00004@2025-07-01", "00070@2025-07-01", "00082@2025-07-01"

GOOD = (
    ("Tổ dân phố số 1", *CUA_NAM, "Phường Cửa Nam"),
    ("TDP 02", *CUA_NAM, "Phường Hoàn Kiếm"),
    ("5", *CUA_NAM, "Phường Ba Đình"),
)


def csv_file(
    folder: Path,
    rows: Iterable[Sequence[str]],
    *,
    heading: Sequence[str] = HEADING,
    name: str = "cua nam.csv",
    delimiter: str = ";",
    encoding: str = "utf-8-sig",
) -> Path:
    """A CSV file of that heading and these rows."""
    path = folder / name
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([heading, *rows])
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def xlsx_file(
    folder: Path, rows: Iterable[Sequence[object]], name: str = "bang.xlsx", merged: Sequence[str] = ()
) -> Path:
    """A workbook with these rows as they are."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    path = folder / name
    book.save(path)
    return path
