"""How fast a finding aid goes in on this machine: 100,000 files without scans, as CSV and as XLSX, and the first question
of the day on them.

    python -m benchmarks.finding_aid [FILES] [--fonds N] [--kind csv|xlsx|both] [--workers N] [--profile]

The list is made up but always the same: fonds of people's committees of wards, communes and districts, titles as lists
have them (most name a place), years, retention, sheets, boxes. Beside the seconds of ``ingest`` stand, from the same run,
those of merely reading the table with ``csv`` or openpyxl, and how many times as long the ingest took.
"""

from __future__ import annotations

import argparse
import cProfile
import csv
import io
import json
import os
import pstats
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from openpyxl import Workbook, load_workbook

from kg.ingest.run import ingest
from kg.machine import machine
from kg.questions.fonds import fonds
from kg.readers.batch import discover
from kg.workspace import open_workspace
from ontology.registry import load

T = TypeVar("T")

_DAY = "2025-06-30"
_HEAD = ("Mã phông", "Đơn vị hình thành phông", "Mục lục số", "Hộp số", "Số, ký hiệu hồ sơ", "Tiêu đề hồ sơ",
         "Thời gian tài liệu", "Thời hạn bảo quản", "Số tờ", "Ghi chú")  # fmt: skip
_TITLES = (
    "Hồ sơ giải phóng mặt bằng dự án {project} trên địa bàn {place}",
    "Tập quyết định của UBND {creator} về nhà đất {place} năm {year}",
    "Hồ sơ cấp giấy chứng nhận quyền sử dụng đất {place}, tờ bản đồ số {number}",
    "Nghị quyết và biên bản kỳ họp HĐND {creator} năm {year}",
    "Báo cáo tổng kết công tác năm {year} của UBND {creator}",
    "Hồ sơ giải quyết đơn thư khiếu nại của công dân {place} năm {year}",
    "Hồ sơ thi đua khen thưởng năm {year}, tập {number}",
    "Sổ đăng ký khai sinh {place} năm {year}",
    "Tập lưu công văn đi năm {year}, từ số {number}",
    "Hồ sơ xây dựng trường tiểu học {place} ({project})",
)
_PROJECTS = ("mở rộng đường", "cải tạo chợ", "khu đô thị mới", "trạm bơm tiêu", "nhà văn hóa", "nghĩa trang nhân dân")
_RETENTION = ("Vĩnh viễn", "Vĩnh viễn", "70 năm", "50 năm", "20 năm", "10 năm")
_BOX = 12
"""Files a box."""
_TOP = 25


def rows(files: int, fonds_count: int) -> Iterator[tuple[str | int, ...]]:
    """The list, its head first."""
    dice = random.Random(7)
    ontology = load()
    communes = [unit for unit in ontology.units.values() if unit.level == "commune" and unit.in_force(_DAY)]
    chosen = dice.sample(communes, fonds_count)
    yield _HEAD
    each = -(-files // fonds_count)
    for number, unit in enumerate(chosen):
        parents = ontology.parents(unit, _DAY)
        near = [other for other in communes if other.parent == unit.parent]
        creator = f"Ủy ban nhân dân {', '.join(one.name for one in (unit, *parents))}"
        for index in range(min(each, files - number * each)):
            year = dice.randint(1955, 2024)
            values = {
                "project": dice.choice(_PROJECTS), "creator": unit.name, "place": dice.choice(near).name,
                "year": year, "number": dice.randint(1, 90),
            }  # fmt: skip
            title = dice.choice(_TITLES).format(**values)
            years = f"{year}" if dice.random() < 0.6 else f"{year} - {year + dice.randint(1, 3)}"
            yield (f"P{number + 1:03d}", creator, f"{index // 5000 + 1:02d}", index // _BOX + 1, f"H{index + 1:06d}", title,
                   years, dice.choice(_RETENTION), dice.randint(4, 180), "")  # fmt: skip


def write_csv(path: Path, files: int, fonds_count: int) -> None:
    """The list as spreadsheet programs save it."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(rows(files, fonds_count))


def write_xlsx(path: Path, files: int, fonds_count: int) -> None:
    """The list as a workbook."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Mục lục hồ sơ")
    for row in rows(files, fonds_count):
        sheet.append(list(row))
    book.save(path)


def read_csv(path: Path) -> int:
    """Read the table and nothing else; its rows."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return sum(1 for _ in csv.reader(stream))


def read_xlsx(path: Path) -> int:
    """Read the table and nothing else, streamed as openpyxl does it quickest; its rows."""
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        return sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))
    finally:
        book.close()


def cpu() -> float:
    """Seconds that this process and those it started have computed: what a busy machine does not stretch."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What the work gives, and its seconds."""
    started = time.perf_counter()
    value = work()
    return value, time.perf_counter() - started


def measure(kind: str, folder: Path, given: argparse.Namespace) -> dict[str, object]:
    """Make the list, read it, take it in, ask: figures by name."""
    path = folder / f"mucluc.{kind}"
    (write_csv if kind == "csv" else write_xlsx)(path, given.files, given.fonds)
    read, reading = timed(lambda: (read_csv if kind == "csv" else read_xlsx)(path))
    with open_workspace(f"sqlite:///{folder / (kind + '.db')}", create=True) as workspace:
        before = cpu()
        batch, discovering = timed(lambda: discover([path]))
        report, taking = timed(lambda: ingest(workspace, batch, workers=given.workers))
        computed = cpu() - before
        every, asking = timed(lambda: fonds(workspace))
        assert isinstance(every, list)
        assert read == given.files + 1
        assert report.listed == sum(row["files"] for row in every) == given.files
        _, asking_one = timed(lambda: fonds(workspace, every[0]["id"]))
        _, repeating = timed(lambda: ingest(workspace, discover([path]), workers=given.workers))
    total = discovering + taking
    return {
        "kind": kind, "files": given.files, "fonds": given.fonds, "megabytes": round(path.stat().st_size / 1e6, 1),
        "cores": len(os.sched_getaffinity(0)), "machine": machine(),
        "merely_reading_s": round(reading, 2), "reading_and_placing_s": round(discovering, 2),
        "storing_s": round(taking, 2), "ingest_s": round(total, 2), "ingest_cpu_s": round(computed, 2),
        "load": round(os.getloadavg()[0], 1), "files_a_second": round(given.files / total),
        "times_merely_reading": round(total / reading, 1), "again_s": round(repeating, 2),
        "fonds_s": round(asking, 2), "fonds_one_s": round(asking_one, 2), "differences": len(every[0]["differences"]),
    }  # fmt: skip


def profile(kind: str, folder: Path, given: argparse.Namespace) -> str:
    """Where the time of one process goes."""
    path = folder / f"mucluc.{kind}"
    (write_csv if kind == "csv" else write_xlsx)(path, given.files, given.fonds)
    profiler = cProfile.Profile()
    with open_workspace(f"sqlite:///{folder / 'profiled.db'}", create=True) as workspace:
        profiler.enable()
        ingest(workspace, discover([path]), workers=1)
        profiler.disable()
    told = io.StringIO()
    pstats.Stats(profiler, stream=told).sort_stats("cumulative").print_stats(_TOP * 2)
    pstats.Stats(profiler, stream=told).sort_stats("tottime").print_stats(_TOP)
    return told.getvalue()


def main() -> None:
    """Print the figures, one JSON line a kind of table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=int, nargs="?", default=100_000)
    parser.add_argument("--fonds", type=int, default=20)
    parser.add_argument("--kind", choices=("csv", "xlsx", "both"), default="both")
    parser.add_argument("--workers", type=int)
    parser.add_argument("--profile", action="store_true")
    given = parser.parse_args()
    for kind in ("csv", "xlsx") if given.kind == "both" else (given.kind,):
        with tempfile.TemporaryDirectory() as folder:
            if given.profile:
                print(profile(kind, Path(folder), given))
            else:
                print(json.dumps(measure(kind, Path(folder), given), ensure_ascii=False))


if __name__ == "__main__":
    main()
