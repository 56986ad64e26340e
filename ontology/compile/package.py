"""The data files of the package ``vietnamadminunits`` (MIT): codes, names and which commune went to which on 2025-07-01.

Only its data is read, never its code: its converter asks a geocoder on the network.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

_OLD = (
    "SELECT wardCode, ward, districtCode, district, provinceCode, province, wardKey, districtKey, provinceKey"
    " FROM admin_units_legacy"
)
_NEW = "SELECT wardCode, ward, provinceCode, province, wardKey, provinceKey FROM admin_units"


@dataclass(frozen=True, slots=True)
class OldCommune:
    """A commune of 30 June 2025; ``code`` is None for a district that had none below it."""

    code: str | None
    name: str
    district: str
    district_name: str
    province: str
    province_name: str


@dataclass(frozen=True, slots=True)
class NewCommune:
    """A commune of 1 July 2025."""

    code: str
    name: str
    province: str
    province_name: str


@dataclass(slots=True)
class Package:
    """What the package's tables say. ``went_to``: old commune code (a district's, where it has no communes) → new
    commune codes, without extents. ``divided``: those that it divides; the others go whole to where they go.
    ``likeliest``: of a divided commune, the new one that the package takes where nothing decides.

    ``merged``: new province code → the codes of the provinces of 30 June 2025 in it.
    """

    old: list[OldCommune]
    new: list[NewCommune]
    went_to: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    divided: set[str] = field(default_factory=set)
    likeliest: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    merged: dict[str, tuple[str, ...]] = field(default_factory=dict)


def read_package(folder: Path | None = None) -> Package:
    """The tables of the installed package (or of a folder of its data files).

    Raises ModuleNotFoundError when the package is not installed.
    """
    data = folder or _installed()
    with sqlite3.connect(f"file:{data / 'dataset.db'}?mode=ro", uri=True) as database:
        old_rows, new_rows = database.execute(_OLD).fetchall(), database.execute(_NEW).fetchall()
    package = Package(
        old=[OldCommune(row[0], row[1] or row[3], *row[2:6]) for row in old_rows],
        new=[NewCommune(*row[:4]) for row in new_rows],
    )
    old_codes = {f"{row[8]}_{row[7]}_{row[6] or ''}": row[0] or row[2] for row in old_rows}
    new_codes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in new_rows:
        new_codes[row[5], row[4]].append(row[0])
    old_provinces, new_provinces = {row[8]: row[4] for row in old_rows}, {row[5]: row[2] for row in new_rows}
    table = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))
    for new, olds in table["DICT_PROVINCE"].items():
        package.merged[new_provinces[new]] = tuple(sorted(old_provinces[old] for old in olds))
    for province, wards in table["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            for old in olds:
                _join(package, old_codes.get(old), new_codes[province, ward])
    for province, divided in table["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, targets in divided.items():
            code = old_codes.get(old)
            for target in targets:
                new = new_codes[province, target["newWardKey"]]
                _join(package, code, new)
                if code is not None and target["isDefaultNewWard"]:
                    package.likeliest[code].update(new)
            if code is not None:
                package.divided.add(code)
    return package


def _join(package: Package, old: str | None, new: list[str]) -> None:
    if old is not None:
        package.went_to[old].update(new)


def _installed() -> Path:
    spec = find_spec("vietnamadminunits")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("vietnamadminunits is not installed: pip install 'hoso[dev]'")
    return Path(spec.origin).parent / "data"
