"""All communes of 30 June 2025 as a sheet: what is called certain is right, and nothing is guessed."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from kg.convert.report import Request
from kg.convert.run import convert
from kg.convert.wording import COLUMNS
from ontology.localities import Localities

pytestmark = pytest.mark.shared

_DIGITS = 5
"""Digits of the code of a commune; the islands without communes and the mudflat have other codes in the file."""

Edges = dict[str, list[dict[str, str]]]


def _gold(shared: Path) -> Edges:
    """The edges of each old commune by its code; the units without communes and the mudflat, which are none, left out."""
    found: Edges = defaultdict(list)
    with (shared / "admin" / "gold_mapping.csv").open(encoding="utf-8-sig") as stream:
        for row in csv.DictReader(stream):
            if len(row["old_code"]) == _DIGITS:
                found[row["old_code"]].append(row)
    return dict(found)


def test_every_old_commune_of_a_sheet(shared: Path, tmp_path: Path) -> None:
    gold = _gold(shared)
    assert len(gold) == 10_035
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Mã", "Xã/Phường", "Quận/Huyện", "Tỉnh/TP"])
    for code, edges in gold.items():
        sheet.append([code, *(edges[0][column] for column in ("old_name", "old_district", "old_province"))])
    book.save(tmp_path / "in.xlsx")

    report = convert(tmp_path / "in.xlsx", tmp_path / "out.xlsx", Request(on="2025-07-01"), Localities())
    rows = list(load_workbook(tmp_path / "out.xlsx").worksheets[0].iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(gold)
    wrong, missing = [], []
    for edges, row in zip(gold.values(), rows, strict=True):
        _, code, _, _, _, word, act, clause, _ = row[4 : 4 + len(COLUMNS)]
        if word in ("certain", "by_population"):
            meant = [edge for edge in edges if edge["new_code"] == code and edge["resolution"] == (act or "")]
            meant = [edge for edge in meant if edge["clause"] in ("", clause or "")]
            is_one = len(edges) == 1 if word == "certain" else code == edges[0]["population_successor"]
            if not meant or not is_one:
                wrong.append((row, edges))
        else:
            assert code is None
            missing.append((row, edges))
    assert wrong == []
    # What is not decided is divided, or written in another way than the list of that day has it (gold's spelling).
    spelt_otherwise = [row for row, edges in missing if len(edges) == 1]
    assert len(spelt_otherwise) <= 12
    assert report.counts["unknown"] == 0
