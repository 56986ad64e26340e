"""The tables that come with the scans: manifests, finding aids, lists of bundles, the table of fonds."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook

from tests.generator.dice import Dice
from tests.generator.plan import FileItem, Fonds

Cell = str | int | None
FROZEN = (2025, 6, 20, 8, 0, 0)  # zip and properties carry a time: always this one

FONDS_HEAD = (
    "Mã phông, công trình, sưu tập lưu trữ", "Tên phông, công trình, sưu tập lưu trữ", "Trạng thái (đóng, mở)",
    "Lịch sử đơn vị hình thành phông", "Thời gian tài liệu", "Tổng số tài liệu",
    "Phương án phân loại hoặc các nhóm tài liệu chủ yếu", "Ngôn ngữ", "Chế độ dự phòng", "Ghi chú",
)  # fmt: skip
MANIFEST_HEAD = (
    "Đường dẫn", "Mã phông", "Tên phông", "Mục lục số", "Mã lưu trữ hồ sơ", "Tiêu đề hồ sơ",
    "Mã định danh tài liệu", "Mã lưu trữ tài liệu", "Thời hạn lưu trữ", "Tên loại tài liệu", "Số của tài liệu",
    "Ký hiệu của tài liệu", "Ngày, tháng, năm ban hành", "Tên cơ quan, tổ chức, cá nhân ban hành",
    "Trích yếu nội dung", "Ngôn ngữ", "Số lượng trang", "Mức độ tiếp cận", "Người nhập", "Ghi chú",
)  # fmt: skip
OLD_HEAD = (
    "FileCode", "DocCode", "TypeName", "CodeNumber", "CodeNotation", "IssuedDate", "OrganName", "Subject", "Language",
    "PageAmount", "Description", "InforSign", "Keyword", "Mode", "ConfidenceLevel", "Autograph", "Format", "Đường dẫn",
)  # fmt: skip
LIST_HEAD = (
    "Số TT", "Số, ký hiệu hồ sơ", "Tiêu đề hồ sơ", "Thời gian tài liệu", "Thời hạn bảo quản", "Số tờ/ Số trang", "Ghi chú",
)  # fmt: skip
BOXED_HEAD = (
    "Hộp/cặp số", "Hồ sơ số", "Tiêu đề hồ sơ", "Thời gian bắt đầu - kết thúc", "Thời hạn bảo quản", "Số tờ", "Ghi chú",
)  # fmt: skip
BUNDLE_HEAD = (
    "TT", "Ký hiệu bó, gói, hộp", "Nội dung khái quát", "Đơn vị", "Thời gian", "Số lượng",
    "Mét giá (đo/ước tính)", "Tình trạng", "Ghi chú",
)  # fmt: skip
ACCESS = {"open": "Công khai", "conditional": "Có điều kiện", "secret": "Mật"}
OLD_ACCESS = {"open": "Công khai", "conditional": "Sử dụng hạn chế", "secret": "Mật"}


def as_csv(rows: Iterable[Sequence[Cell]], delimiter: str = ",") -> bytes:
    """A table as spreadsheet programs save it: UTF-8 with a byte order mark, CRLF."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8")


def as_xlsx(sheets: dict[str, list[Sequence[Cell]]]) -> bytes:
    """A workbook whose bytes depend on its cells alone."""
    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    stamp = datetime.datetime(*FROZEN)
    book.properties.creator = "Văn phòng"
    book.properties.created = stamp
    first = io.BytesIO()
    book.save(first)
    frozen = io.BytesIO()
    with zipfile.ZipFile(first) as source, zipfile.ZipFile(frozen, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist()):
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _without_clock(content, stamp)
            entry = zipfile.ZipInfo(name, FROZEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return frozen.getvalue()


def _without_clock(core: bytes, stamp: datetime.datetime) -> bytes:
    """openpyxl writes the time of saving into <dcterms:modified>."""
    start, middle, rest = core.partition(b"<dcterms:modified")
    opening, end, tail = rest.partition(b">")
    _, close, last = tail.partition(b"</dcterms:modified>")
    return start + middle + opening + end + stamp.isoformat().encode() + b"Z" + close + last


def split_number(number: str | None) -> tuple[str, str]:
    """ "12/QĐ-UB" as ("12", "QĐ-UB"); a Party number parts at its hyphen."""
    if not number:
        return "", ""
    digits = number[: len(number) - len(number.lstrip("0123456789"))]
    return digits, number[len(digits) :].lstrip("/-")


def vietnamese(day: str | None) -> str:
    """An ISO day as dd/mm/yyyy."""
    return "/".join(reversed(day.split("-"))) if day else ""


def manifest_row(row: dict[str, Any], box: Fonds, item: FileItem) -> list[Cell]:
    """A line of the manifest with the labels in use since 2025."""
    digits, notation = split_number(row["number"])
    return [
        row["source"], box.code, box.facts["name"], "01", f"{box.code}.{item.code}", item.title,
        f"{box.code}.{item.code}.{row['order']:03d}", f"{box.code}.{item.code}.{row['order']:07d}", row["retention"],
        row["type"] or "", digits, notation, vietnamese(row["date"]), row["issuer_name"], row["title"], "Tiếng Việt",
        row["pages"], ACCESS[row["access"]], "Nhóm số hóa 2", row["note"],
    ]  # fmt: skip


def old_row(row: dict[str, Any], box: Fonds, item: FileItem) -> list[Cell]:
    """A line with the column names of Circular 02/2019."""
    digits, notation = split_number(row["number"])
    return [
        f"{box.code}.{item.code}", f"{box.code}.{item.code}.{row['order']:03d}", row["type"] or "", digits, notation,
        vietnamese(row["date"]), row["issuer_name"], row["title"], "Tiếng Việt", row["pages"], row["note"], "", "",
        OLD_ACCESS[row["access"]], "Bản chính", "", "Tốt", row["source"],
    ]  # fmt: skip


def sheets_of(item: FileItem, pages: int, dice: Dice) -> int:
    """Sheets as the archivist counted them: mostly right, now and then not."""
    if not item.docs:
        return dice.randint(14, 130)
    return pages + dice.choice((0, 0, 0, 1, 2, 7))


def list_rows(box: Fonds, counted: dict[str, int], spans: dict[str, str], seed: int) -> list[Sequence[Cell]]:
    """A finding aid of files in the form of Decree 30/2020, Appendix III: head, table, foot."""
    rows: list[Sequence[Cell]] = [
        (box.facts["creator"].upper(),),
        ("MỤC LỤC HỒ SƠ, TÀI LIỆU NỘP LƯU",),
        (f"Phông: {box.facts['name']}",),
        LIST_HEAD,
    ]
    listed = [item for item in box.files if item.listed]
    for number, item in enumerate(listed, start=1):
        sheets = sheets_of(item, counted.get(item.code, 0), Dice(seed, f"sheets/{box.code}/{item.code}"))
        years = item.years or spans.get(item.code, "")
        rows.append((number, item.code, item.title, years, item.retention, sheets, item.note))
    rows.append((f"Mục lục này gồm: {len(listed)} hồ sơ (đơn vị bảo quản).",))
    return rows


def boxed_rows(box: Fonds, counted: dict[str, int], spans: dict[str, str], seed: int) -> list[Sequence[Cell]]:
    """The seven columns of an arranged fonds."""
    rows: list[Sequence[Cell]] = [BOXED_HEAD]
    for number, item in enumerate(entry for entry in box.files if entry.listed):
        sheets = sheets_of(item, counted.get(item.code, 0), Dice(seed, f"sheets/{box.code}/{item.code}"))
        years = item.years or spans.get(item.code, "")
        rows.append((number // 4 + 1, item.code, item.title, years, item.retention, sheets, item.note))
    return rows
