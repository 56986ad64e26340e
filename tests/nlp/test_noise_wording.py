"""Phrases of the closed vocabulary on scanned pages: what is read again, and what is left as it stands."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import normalise
from nlp.repair.offsets import Edited
from nlp.repair.wording import repairs


def reread(text: str) -> str:
    edited = Edited(text)
    edited.replace(repairs(text))
    return edited.text


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("của Chính phú quy định", "của Chính phủ quy định"),
        ("giao Uỷ bạn nhân đân các xã", "giao Uỷ ban nhân dân các xã"),
        ("địa bàn thành phô Hà Nội", "địa bàn thành phố Hà Nội"),
        ("Hội đồng nhân dân tính, Sở", "Hội đồng nhân dân tỉnh, Sở"),
        ("Bộ Văn hóa, Thẻ thảo\nvà Du lịch", "Bộ Văn hóa, Thể thao\nvà Du lịch"),
        ("Bộ Tài chírh", "Bộ Tài chính"),
        ("HĐND và ƯBND tỉnh", "HĐND và UBND tỉnh"),
        ("Hà Nội, ngày 2 tháng 3\nỦY BẠN NHÂN DÂN TỈNH", "Hà Nội, ngày 2 tháng 3\nỦY BAN NHÂN DÂN TỈNH"),
        ("Phòng Tài chính ~ Kế hoạch", "Phòng Tài chính - Kế hoạch"),
        ('Mặt trận Tổ quốc "Việt Nam', "Mặt trận Tổ quốc Việt Nam"),
        ("Bộ Quốc -\nphòng", "Bộ Quốc\nphòng"),
    ],
)
def test_the_words_that_were_read_right_vouch_for_the_others(read: str, meant: str) -> None:
    assert reread(read) == meant


@pytest.mark.parametrize(
    "text",
    [
        "trở thành phó chủ tịch",  # small letters: no name
        "hồ sơ địa chính, cơ sở dữ liệu số nông nghiệp",  # no Sở
        "công bố thông tin về địa bàn quản lý",  # no Bộ, no Ban
        "các Phó Thủ tướng Chính phủ",
        "Quân ủy Trung ương",
        "Ban Thường vụ Thành ủy quản lý",  # no Thành ủy of a quận
        "các Bộ: Quốc phòng, Công an",  # a list
        "theo Nghị quyết của Chính. Phủ",
        "Bộ Ngoại giao và Bộ Công an",
        "bà Phạm Thị Thanh Trà",  # no Thanh tra
        "xã Thanh Hòa và xã Mỹ Thọ",  # names of communes
        "UỶ BẠN NHÂN DÂN\nSố: 12/QĐ-UBND",  # the letterhead weighs its names itself
        "thay cụm từ “Ủy ban tỉnh” thành “Ủy ban nhân dân tỉnh”",  # no Thành ủy
        "Trung tâm Khuyến công và Tư vấn",  # no Khuyến nông
    ],
)
def test_what_may_be_meant_stays(text: str) -> None:
    assert reread(text) == text


@given(st.text(alphabet="Chínhpủúyb ạnUỷâ.\n'ĐBT", max_size=60))
def test_edits_come_in_order_and_inside_the_text(text: str) -> None:
    found = repairs(text)

    assert all(0 <= start < end <= len(text) for start, end, _ in found)
    assert all(first[1] <= second[0] for first, second in pairwise(found))


def test_only_scans_are_read_again_and_offsets_lead_back() -> None:
    typed = "UY BAN NHAN DAN HUYÊN GIA LÂM\nSố: 12/QĐ-UB\nCăn cứ Luật Tổ chức Hội đông nhân dân"
    scan = "Căn cứ Nghị định của Chính -\nphú quy định chi tiết về tổ chức."

    assert (normalise(typed).text, normalise(typed).scanned) == (typed, False)  # a typewriter loses marks
    done = normalise(scan)
    assert done.scanned
    start = done.text.index("Chính\nphủ")
    assert scan[slice(*done.span_to_source(start, start + len("Chính\nphủ")))] == "Chính -\nphú"
