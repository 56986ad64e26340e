"""Heads of scans: units and bodies that lost letters, two columns on one line, capitals without accents."""

from __future__ import annotations

import pytest

from nlp import Context, extract
from nlp.header.body_names import repair_body
from nlp.header.placenames import repair_unit, units_of
from ontology.registry import load

BODY = "QUYẾT ĐỊNH\nVề việc nâng bậc lương\nCăn cứ Luật Tổ chức chính quyền địa phương;\nĐiều 1. Nâng bậc lương.\n"


@pytest.mark.parametrize(
    ("read", "unit"),
    [
        ("TÀNH PHÔ HÀ NỘI", "THÀNH PHỐ HÀ NỘI"),
        ("H.YỆN HOÀI ĐỨC", "HUYỆN HOÀI ĐỨC"),
        (".Ã TRUNG MẦU", "XÃ TRUNG MẦU"),
        ("HUYỆN GA LẦM", "HUYỆN GIA LÂM"),
        ("XA DICH VONG", "XÃ DỊCH VỌNG"),
        ("QUẬN QUẢNG BÁ", None),
        ("HÔM NAY TRỜI ĐẸP", None),
    ],
)
def test_a_unit_that_lost_letters_is_the_only_one_near(read: str, unit: str | None) -> None:
    assert repair_unit(read, near=True) == unit


def test_without_a_scan_letters_stay() -> None:
    assert repair_unit("TÀNH PHÔ HÀ NỘI", near=False) is None


@pytest.mark.parametrize(
    ("read", "body"),
    [
        ("ỦY BAN NHẦN D.ẦN TÀNH PHỐ HÀ NỘI", "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI"),
        ("HỘI CỰU CHẾN BINH HUYỆN GIA LÂM", "HỘI CỰU CHIẾN BINH HUYỆN GIA LÂM"),
    ],
)
def test_a_body_that_lost_letters_before_its_unit(read: str, body: str) -> None:
    assert repair_body(read) == body


def test_the_last_line_of_the_left_column_before_the_place() -> None:
    page = (
        "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "LIÊN ĐOÀN LAO ĐỘNG Độc lập - Tự do - Hạnh phúc\n"
        "HUYỆN GIA LÂM Gia Lâm, ngày 05 tháng 01 năm 2017\n"
        f"Số: 24/QĐ-LĐLĐ\n{BODY}"
    )

    read = extract(page)

    assert (read.issuer, read.place) == ("LIÊN ĐOÀN LAO ĐỘNG HUYỆN GIA LÂM", "Gia Lâm")


def test_columns_without_a_space_between() -> None:
    page = (
        "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "QUẬN HOÀN KIẾM Độc lập - Tự do - Hạnh phúc\n"
        "PHÒNG TÀI NGUYÊN VÀ MÔI TRƯỜNGHoàn Kiếm, ngày 07 tháng 10 năm 2019\n"
        f"Số: 24/QĐ-TNMT\n{BODY}"
    )

    read = extract(page)

    assert (read.issuer, read.place) == ("PHÒNG TÀI NGUYÊN VÀ MÔI TRƯỜNG", "Hoàn Kiếm")


@pytest.mark.parametrize("head", ["XÃ DỊCH VỌNG - HUYỆN TỪ LIÊM", "XA DICH VONG - HUYÊN TƯ LIÊM"])
def test_a_register_belongs_to_the_unit_at_its_head(head: str) -> None:
    page = f"{head}\n\nSỔ MỤC KÊ RUỘNG ĐẤT\n\nQuyển số 2. Mở ngày 22/6/1985. Tổng số 323 thửa.\n"

    unit = extract(page, context=Context(date="1986-10-27", method="alto")).issuer_unit

    assert unit is not None
    assert load().units[unit].name == "Xã Dịch Vọng"


def test_units_of_a_heading_are_all_units_or_none() -> None:
    assert units_of("XA DICH VONG - HUYÊN TƯ LIÊM") == [("DỊCH VỌNG", "xã"), ("TỪ LIÊM", "huyện")]
    assert units_of("XÃ DỊCH VỌNG - ĐỘI 5") == []
