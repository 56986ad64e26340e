"""Small deliveries made in the tests, and a whole store as plain values to compare."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from kg.workspace import open_workspace

PAGE = """ỦY BAN NHÂN DÂN                 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
QUẬN HOÀN KIẾM                       Độc lập - Tự do - Hạnh phúc

Số: {number}/QĐ-UBND              Hoàn Kiếm, ngày {day:02d} tháng 3 năm {year}

QUYẾT ĐỊNH
Về việc cấp kinh phí sửa chữa nhà số {number} tại phường {ward}

ỦY BAN NHÂN DÂN QUẬN HOÀN KIẾM

Căn cứ Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân ngày 26 tháng 11 năm 2003;
Căn cứ Quyết định số {basis}/QĐ-UBND ngày 05 tháng 01 năm {year} của Ủy ban nhân dân quận Hoàn Kiếm;
Xét đề nghị của Trưởng phòng Tài chính - Kế hoạch quận Hoàn Kiếm,

QUYẾT ĐỊNH:

Điều 1. Cấp kinh phí sửa chữa cho ông Trần Văn {name}, phường {ward}, quận Hoàn Kiếm.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký./.

Nơi nhận:                                        TM. ỦY BAN NHÂN DÂN
- Như Điều 1;                                         CHỦ TỊCH
- Lưu: VT.
                                                  Nguyễn Văn Thử
"""
WARDS = ("Hàng Bạc", "Cửa Nam", "Hàng Bồ", "Tràng Tiền", "Hàng Trống")
NAMES = ("An", "Bình", "Cường", "Dũng", "Hải")


def page(number: int) -> str:
    """A made-up decision of a district, another for each number."""
    return PAGE.format(
        number=number, basis=number % 7 + 1, day=number % 28 + 1, year=2005 + number % 9,
        ward=WARDS[number % len(WARDS)], name=NAMES[number % len(NAMES)],
    )  # fmt: skip


def deliver(folder: Path, count: int) -> Path:
    """A delivery of ``count`` texts in folders by fonds and file."""
    for number in range(1, count + 1):
        file = folder / "P07" / f"H{number % 5:02d}" / f"{number:03d}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page(number), encoding="utf-8")
    return folder


def hoso(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the console script as a user would."""
    environment = {**os.environ, "HOSO_LANG": "en", **options.pop("env", {})}
    return subprocess.run(
        [sys.executable, "-m", "kg.cli.app", *arguments],
        capture_output=True, text=True, env=environment, check=False, timeout=300, **options,
    )  # fmt: skip


def whole_graph(url: str) -> dict[str, list[object]]:
    """Everything a store holds that a user can see: journal and times of log rows apart."""
    with open_workspace(url) as workspace:
        store = workspace.store
        ids = list(store.record_ids())
        return {
            "fonds": list(store.fonds()),
            "files": list(store.files()),
            "records": list(store.iter_records()),
            "nodes": list(store.iter_nodes()),
            "edges": list(store.iter_edges()),
            "texts": [workspace.texts.get(record) for record in ids],
            "quarantined": list(store.quarantined()),
            "secrets": list(store.secrets()),
        }
