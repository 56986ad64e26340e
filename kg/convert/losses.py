"""What a workbook holds that will not be in the converted one, told before it is written."""

from __future__ import annotations

import zipfile
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from kg.convert.workbook import has_macros

_TAIL = 1 << 16
"""Bytes at the end of a sheet's part in which its extensions stand."""


def losses(path: Path, out: Path) -> list[str]:
    """Keys of what openpyxl does not carry over from ``path`` (``convert_loss_<key>``), in the order of the table;
    "macros" where the program in it would be lost under the name of ``out``."""
    found: dict[str, None] = {}
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        if out.suffix.lower() != ".xlsm" and has_macros(path):
            found["macros"] = None
        for row in table():
            if row["key"] in found:
                continue
            parts = [name for name in names if row["part"] in name and not name.endswith("/")]
            if any(not row["mark"] or _has(package, part, row["mark"]) for part in parts):
                found[row["key"]] = None
    return list(found)


def table() -> list[dict[str, Any]]:
    """The rows of losses.yaml: ``{"key", "part", "mark"}``."""
    rows: list[dict[str, Any]] = yaml.safe_load(
        files("kg.convert").joinpath("losses.yaml").read_text(encoding="utf-8")
    )
    return rows


def _has(package: zipfile.ZipFile, part: str, mark: str) -> bool:
    with package.open(part) as stream:
        if part.startswith("xl/worksheets/"):
            tail = b""
            while block := stream.read(1 << 20):
                tail = (tail + block)[-_TAIL:]
            return mark.encode() in tail
        return mark.encode() in stream.read()
