"""Lists of facts as offices write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook

from tests.kg.localities.making import csv_file

ASSIGNMENTS = ("STT", "Loại", "Mã phông", "Thời hạn bảo quản", "Cơ quan tiếp nhận", "Số quyết định", "Ngày quyết định",
               "Cơ quan ban hành")  # fmt: skip
CITY = "Ủy ban nhân dân thành phố Hà Nội"
ASSIGNED = ("1", "Phân công", "F2", "Có thời hạn", "UBND phường Hoàn Kiếm", "4455/QĐ-UBND", "30/09/2025", CITY)

HANDOVERS = ("Phông số", "Hồ sơ số", "Bên giao", "Bên nhận", "Số biên bản", "Ngày biên bản")
HANDED_OVER = ("F1", "02", "UBND phường Hàng Bạc", "UBND phường Hoàn Kiếm", "07/BB-UBND", "02/07/2025")


def list_csv(folder: Path, heading: Sequence[str], *rows: Sequence[str], name: str = "phan cong.csv") -> Path:
    """A CSV file of that heading and these rows."""
    return csv_file(folder, rows, heading=heading, name=name)


def list_xlsx(folder: Path, heading: Sequence[str], rows: Iterable[Sequence[object]], name: str = "kho.xlsx") -> Path:
    """A workbook as printed: a title above, a line of column numbers and a closing line."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Kho"
    sheet.append(["DANH MỤC HỒ SƠ TRONG KHO"])
    sheet.append(list(heading))
    sheet.append([f"({number})" for number in range(1, len(heading) + 1)])
    for row in rows:
        sheet.append(list(row))
    sheet.append(["Tổng cộng:", "2 hồ sơ"])
    path = folder / name
    book.save(path)
    return path
