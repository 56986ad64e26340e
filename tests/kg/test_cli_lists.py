"""``hoso units`` and ``hoso vintage`` as a user types them."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.kg.typed import error, hoso, value


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_LANG", "en")


def test_the_units_of_a_day_below_a_unit() -> None:
    found = value("units", "--on", "01/06/1985", "--within", "Huyện Từ Liêm, Hà Nội")
    assert "00166@1982-10-13" in [unit["id"] for unit in found]
    assert {unit["level"] for unit in found} == {"commune"}


def test_a_day_without_such_units_is_an_empty_list() -> None:
    assert value("units", "--on", "2026-01-01", "--level", "district") == []


def test_a_list_of_a_day_goes_into_a_workbook(tmp_path: Path) -> None:
    out = tmp_path / "danh muc.xlsx"
    result = hoso("units", "--on", "2025-06-30", "--within", "Quận Đống Đa", "--out", str(out))
    assert result.exit_code == 0
    rows = list(load_workbook(out).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert len(rows) == 1 + 17
    assert ("00181", "Phường Khâm Thiên") not in [row[:2] for row in rows]


def test_what_was_written_is_dated_again(tmp_path: Path) -> None:
    out = tmp_path / "danh muc.csv"
    hoso("units", "--on", "2024-06-01", "--within", "Hà Nội", "--level", "commune", "--out", str(out))
    answer = value("vintage", str(out), "--column", "Name", "--column", "In")
    assert (answer["certainty"], answer["names"], answer["fitting"]) == ("certain", 579, 579)
    assert [(one["since"], one["until"]) for one in answer["periods"]] == [("2020-03-01", "2024-12-31")]


def test_names_come_one_a_line_and_misfits_are_told(tmp_path: Path) -> None:
    listed = tmp_path / "ten.txt"
    listed.write_text("Thị trấn Cầu Giấy\nXã Mai Dịch\nQuận Cầu Giấy\nXã Không Có\n", encoding="utf-8")
    answer = value("vintage", str(listed), "--within", "Hà Nội")
    assert answer["unknown"] == ["Xã Không Có"]
    assert answer["periods"][0]["until"] < "1997"
    shown = hoso("vintage", str(listed), "--within", "Hà Nội")
    assert "Quận Cầu Giấy: in force 22/11/1996 – 30/06/2025" in shown.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["vintage", "khong-co.txt"], "khong-co.txt"),
        (["units", "--on", "31/02/2025"], "31/02/2025"),
        (["units", "--level", "thon"], "commune"),
        (["units", "--within", "Huyện Không Có"], "Không Có"),
    ],
)
def test_bad_input_is_one_line(words: list[str], told: str) -> None:
    assert told in error(*words)["message"]


def test_a_table_of_several_columns_needs_one_named(tmp_path: Path) -> None:
    table = tmp_path / "bang.csv"
    table.write_text("TT;Tên xã;Huyện\n1;Dịch Vọng;Từ Liêm\n", encoding="utf-8")
    assert "Tên xã" in error("vintage", str(table))["message"]
    assert "Tên xã" in error("vintage", str(table), "--column", "Xóm")["message"]
    answer = value("vintage", str(table), "--column", "tên xã", "--column", "HUYỆN")
    assert answer["names"] == answer["fitting"] == 1


def test_an_empty_list_says_what_to_give(tmp_path: Path) -> None:
    empty = tmp_path / "ten.txt"
    empty.write_text("\n \n", encoding="utf-8")
    assert error("vintage", str(empty))["code"] == "bad_input"


def test_a_file_that_is_there_is_kept_unless_said(tmp_path: Path) -> None:
    out = tmp_path / "danh muc.xlsx"
    out.write_bytes(b"mine")
    words = ["units", "--on", "2025-06-30", "--within", "Quận Đống Đa", "--out", str(out)]
    assert "--force" in error(*words)["message"]
    assert out.read_bytes() == b"mine"
    assert hoso(*words, "--force").exit_code == 0
    assert out.read_bytes() != b"mine"


def test_levels_may_be_named_in_vietnamese() -> None:
    assert len(value("units", "--on", "2025-07-01", "--level", "Tỉnh")) == 34
