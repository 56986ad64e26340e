"""Heads as practice has them: departments like registers, copies, acts without a heading, subjects behind the body."""

from __future__ import annotations

import pytest

from nlp import extract

_HEAD = "{issuer}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: {number}\nTân Lập, ngày 5 tháng 6 năm 1998\n"
_FOOT = "\nCăn cứ Luật Ngân sách;\nĐiều 1. Giao thực hiện.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nNguyễn Văn Nam\n"


def _page(heading: str, issuer: str = "UBND XÃ TÂN LẬP", number: str = "12/UB") -> str:
    return _HEAD.format(issuer=issuer, number=number) + heading + _FOOT


def test_a_department_is_no_register() -> None:
    read = extract(_page("QUYẾT ĐỊNH\nVề việc giao đất", "UBND TỈNH HÀ TÂY\nSỞ ĐỊA CHÍNH"))
    assert (read.issuer_parent, read.issuer, read.type) == ("UBND TỈNH HÀ TÂY", "SỞ ĐỊA CHÍNH", "Quyết định")


@pytest.mark.parametrize(
    ("heading", "name", "about"),
    [
        ("TRÍCH BIÊN BẢN\nHọp Ủy ban", "Biên bản", "Họp Ủy ban"),
        ("BẢN BÁO CÁO\nTình hình sản xuất vụ chiêm", "Báo cáo", "Tình hình sản xuất vụ chiêm"),
        ("BẢN TỔNG HỢP\nÝ kiến cử tri", "Bản tổng hợp", "Ý kiến cử tri"),
        ("NGHỊ ĐỊNH\nCỦA HỘI ĐỒNG BỘ TRƯỞNG VỀ VIỆC LẬP QUỸ", "Nghị định", "VỀ VIỆC LẬP QUỸ"),
        ("NGHỊ QUYẾT\nVề dự toán\n(Kỳ họp thứ 5, khóa 19)", "Nghị quyết", "Về dự toán"),
        ("QUYẾT ĐỊNH\nVề giá đất\nChủ tịch UBND xã Tân Lập", "Quyết định", "Về giá đất"),
    ],
)
def test_type_and_subject(heading: str, name: str, about: str) -> None:
    read = extract(_page(heading))
    assert (read.type, read.abstract) == (name, about)


@pytest.mark.parametrize(
    ("printed", "number"), [("123A/QĐ-UB", "123A/QĐ-UB"), ("12 TT", "12TT"), ("5/TB-CCT", "5/TB-CCT")]
)
def test_numbers(printed: str, number: str) -> None:
    assert extract(_page("QUYẾT ĐỊNH\nVề giá đất", number=printed)).number == number


def test_a_page_without_heading_keeps_its_signature() -> None:
    text = (
        _HEAD.format(issuer="UBND XÃ TÂN LẬP", number="12/GK")
        + "Ông Trần Văn Hải\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn Nam\n"
    )
    assert [(one.name, one.position) for one in extract(text).signers] == [("Nguyễn Văn Nam", "CHỦ TỊCH")]


def test_the_serial_below_a_certificate_s_title_is_none_of_it() -> None:
    page = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nGIẤY CHỨNG NHẬN\nQUYỀN SỬ DỤNG ĐẤT\nAB 684215\n\n"
        "I. Tên người sử dụng đất: Ông Nguyễn Văn An\n"
    )
    found = extract(page)
    assert found.abstract == "QUYỀN SỬ DỤNG ĐẤT"
    assert ("certificate_serial", "AB 684215") in [(one.kind, one.value) for one in found.identifiers]
