"""Places below the commune, and people of forms and lists of recipients."""

from __future__ import annotations

import pytest

from nlp import extract


@pytest.mark.parametrize(
    ("line", "places"),
    [
        ("Ông An trú tại khu Hạ, xã Tri Trung.", [("khu Hạ", "village"), ("xã Tri Trung", "commune")]),
        ("Họp tại tổ 15, phường Láng Hạ.", [("tổ 15", "residential_group"), ("phường Láng Hạ", "commune")]),
        ("Các khu A và B; phân khu Đông; liên tổ 5 họp.", []),
        ("Khu công nghiệp của tổ chức.", []),
    ],
)
def test_places_below_the_commune(line: str, places: list[tuple[str, str]]) -> None:
    assert [(place.surface, place.type) for place in extract(line).places] == places


@pytest.mark.parametrize(
    ("line", "places"),
    [
        ("Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh.", []),
        ("Chủ tịch Hồ Chí Minh; kỷ niệm ngày sinh Hồ Chí Minh 19/5.", []),
        ("Huân chương Hồ Chí Minh; bia Hà Nội; Ngân hàng Hà Nội.", []),
        ("Đoàn công tác vào Hồ Chí Minh họp với TP Hồ Chí Minh.", ["Hồ Chí Minh", "TP Hồ Chí Minh"]),
        ("Các đội Hà Nội, Hồ Chí Minh, Đà Nẵng tham gia.", ["Hà Nội", "Hồ Chí Minh", "Đà Nẵng"]),
        ("Dạo quanh Hồ Tây và hồ Thủ Lệ.", ["Hồ Tây", "hồ Thủ Lệ"]),
    ],
)
def test_who_gave_a_place_its_name_is_no_place(line: str, places: list[str]) -> None:
    assert [place.surface for place in extract(line).places] == places


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Họ và tên: PHÙNG MINH TUẤN   Giới tính: Nam", ["PHÙNG MINH TUẤN"]),
        ("Họ và tên mẹ: Trần Kim Nhung\nNgười đi khai sinh: Trần Văn Tuấn", ["Trần Kim Nhung", "Trần Văn Tuấn"]),
        ("Người khai: Vũ Minh Hòa\nVĩnh Thanh, ngày 3 tháng 4 năm 2012", ["Vũ Minh Hòa"]),
        ("của bà Nguyễn Thị Kim\nHằng về việc", ["Nguyễn Thị Kim\nHằng"]),
        ("tin báo của ông Đào Đình Khải\nKính gửi: Công an xã", ["Đào Đình Khải"]),
        ("Hội viên Nghiêm Xuân Chính phát biểu.", ["Nghiêm Xuân Chính"]),
        ("Nơi nhận:\n- Như trên;\n- Lưu: VT. Tạ Ngọc Long", ["Tạ Ngọc Long"]),
        ("Nơi nhận:\n- UBND xã Văn Nhân;\n- Lưu: VT.", []),
    ],
)
def test_people_of_forms_and_beside_recipients(text: str, people: list[str]) -> None:
    assert [person.surface for person in extract(text).people] == people
