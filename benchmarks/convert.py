"""How fast ``hoso convert`` is on this machine: 100,000 rows of 8 columns, XLSX and CSV, with where the time goes.

    python -m benchmarks.convert [ROWS] [--xlsx] [--profile]

The addresses are made of all communes of 30 June 2025 with district and province, in five ways of writing; no two
rows have the same house number, street and commune, so that only parts of them are met again.
"""

from __future__ import annotations

import cProfile
import csv
import json
import pstats
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from openpyxl.xml import LXML

from kg.convert.report import Report, Request
from kg.convert.run import convert
from ontology.addresses import parse
from ontology.localities import Localities
from ontology.model import Unit
from ontology.registry import load

_DAY = "2025-06-30"
_HEADINGS = ("STT", "Họ và tên", "Ngày sinh", "Số định danh", "Địa chỉ", "Điện thoại", "Số tiền", "Ghi chú")
_SHORT = {
    "thành phố": "TP.",
    "thị xã": "TX.",
    "quận": "Q.",
    "huyện": "H.",
    "xã": "X.",
    "phường": "P.",
    "thị trấn": "TT.",
}
_STREETS = ("Lê Lợi", "Trần Phú", "Quang Trung", "Nguyễn Du", "Hùng Vương", "Lý Thường Kiệt", "Hai Bà Trưng")


def addresses(rows: int) -> list[str]:
    """That many addresses."""
    ontology = load()
    communes = [unit for unit in ontology.units.values() if unit.level == "commune" and unit.in_force(_DAY)]
    chains = [(unit, *ontology.parents(unit, _DAY)) for unit in communes]
    forms = (_full, _short, _dashed, _plain, _run)
    streets = cycle(_STREETS)
    made = (
        form(f"{number % 400 + 1}", next(streets), chain)
        for number, (chain, form) in enumerate(zip(cycle(chains), cycle(forms)))
    )
    return list(islice(made, rows))


def _full(number: str, street: str, chain: tuple[Unit, ...]) -> str:
    return f"Số {number} phố {street}, " + ", ".join(unit.name for unit in chain)


def _short(number: str, street: str, chain: tuple[Unit, ...]) -> str:
    return f"{number} {street}, " + ", ".join(map(_abbreviated, chain))


def _dashed(number: str, street: str, chain: tuple[Unit, ...]) -> str:
    return f"Tổ {number} - {street} - " + " - ".join(unit.name for unit in chain)


def _plain(number: str, street: str, chain: tuple[Unit, ...]) -> str:
    return f"{number} {street}, " + ", ".join(unit.name[len(unit.type) + 1 :] or unit.name for unit in chain)


def _run(number: str, street: str, chain: tuple[Unit, ...]) -> str:
    return f"{number} {street} " + " ".join(map(_abbreviated, chain))


def _abbreviated(unit: Unit) -> str:
    short = _SHORT.get(unit.type)
    return f"{short} {unit.name[len(unit.type) + 1 :]}" if short else unit.name


def write_csv(path: Path, rows: list[str]) -> None:
    """The sheet as CSV."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(_HEADINGS)
        writer.writerows(_row(number, address) for number, address in enumerate(rows, start=1))


def write_xlsx(path: Path, rows: list[str]) -> None:
    """The sheet as XLSX, with borders as official lists have them."""
    from openpyxl import Workbook
    from openpyxl.styles import Border, Font, Side

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(_HEADINGS)
    for number, address in enumerate(rows, start=1):
        sheet.append(_row(number, address))
    side = Side(style="thin")
    border = Border(side, side, side, side)
    for row in sheet.iter_rows():
        for cell in row:
            cell.border = border
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    book.save(path)


def _row(number: int, address: str) -> tuple[object, ...]:
    return (
        number,
        f"Nguyễn Văn {number}",
        "01/02/1980",
        f"{number:012d}",
        address,
        f"09{number:08d}",
        number * 1000,
        "",
    )


def main() -> None:
    """Make the sheets, convert them, print what it took."""
    words = [word for word in sys.argv[1:] if word.isdigit()]
    rows = addresses(int(words[0]) if words else 100_000)
    with tempfile.TemporaryDirectory() as folder:
        for ending, write in ((".csv", write_csv), (".xlsx", write_xlsx)):
            if "--xlsx" in sys.argv and ending != ".xlsx":
                continue
            source = Path(folder) / f"in{ending}"
            write(source, rows)
            profile = cProfile.Profile()
            if "--profile" in sys.argv:
                profile.enable()
            parse.cache_clear()
            began = time.process_time()
            report: Report = convert(source, Path(folder) / f"out{ending}", Request(), Localities())
            profile.disable()
            print("  processor (s):", round(time.process_time() - began, 1), "lxml:", LXML)
            print(ending, json.dumps(report.to_json(), ensure_ascii=False))
            print("  stages (s):", {stage: round(seconds, 1) for stage, seconds in report.stages.items()})
            if "--profile" in sys.argv:
                pstats.Stats(profile).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
