"""Numbers that people look for, and projects, as pages write them."""

from __future__ import annotations

import pytest

from nlp import extract
from nlp.model import Identifier

IDENTIFIERS = {
    "Thửa đất số 12, tờ bản đồ số 05, xã Đại Mỗ, diện tích 250m2": [("parcel", "12", "05"), ("map_sheet", "05", None)],
    "Thửa 45-1, 46 và 47 tờ bản đồ: 7": [
        ("parcel", "45-1", "7"), ("parcel", "46", "7"), ("parcel", "47", "7"), ("map_sheet", "7", None),
    ],
    "Tờ bản đồ số 3: thửa số 15; thửa số 16": [("map_sheet", "3", None), ("parcel", "15", "3"), ("parcel", "16", "3")],
    "thửa đất\nsố 108, tờ bản đồ địa chính số 14": [("parcel", "108", "14"), ("map_sheet", "14", None)],
    "gồm 03 thửa đất, thửa 120m2, mỗi thửa 2 ha; thửa đất số: ....., 2 tờ bản đồ": [],
    "Giấy chứng nhận quyền sử dụng đất số AB 123456, số vào sổ cấp GCN: CH 01234": [
        ("certificate_serial", "AB 123456", None), ("register_number", "CH 01234", None),
    ],
    "số phát hành BA123456": [("certificate_serial", "BA 123456", None)],
    "vào sổ số 00123 QSDĐ/TL-HN": [("register_number", "00123 QSDĐ/TL-HN", None)],
    "Vào sổ cấp giấy chứng nhận   TM. ỦY BAN NHÂN DÂN\nsố 00915 QSDĐ/546/QĐ-UB   CHỦ TỊCH": [
        ("register_number", "00915 QSDĐ/546/QĐ-UB", None),
    ],
    "GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT\n\nH 313650   Hải An, ngày 2 tháng 3 năm 2009": [
        ("certificate_serial", "H 313650", None),
    ],
    "Số tờ bản đồ   Số thửa   Diện tích (m2)\n17   25   482,1\n17   26-1   90": [
        ("map_sheet", "17", None), ("parcel", "25", "17"), ("map_sheet", "17", None), ("parcel", "26-1", "17"),
    ],
    "Thửa số | Tờ bản đồ số | Loại đất\n1 | 2 | ONT\nTổng cộng | | \nNgười lập\n(ký)\n3 | 4 | x": [
        ("parcel", "1", "2"), ("map_sheet", "2", None),
    ],
    "Chuyến xe khởi hành lúc 5 giờ, xe H 313650": [],
    "Hồ sơ gốc số 1234.2003.QĐ-UB.": [("origin_file", "1234.2003.QĐ-UB", None)],
    "GIẤY KHAI SINH\nSố 45, Quyển số 01/1987": [("civil_entry", "45", "01/1987"), ("civil_book", "01/1987", None)],
    "Đăng ký khai tử: Quyển số 02, số 17": [("civil_book", "02", None), ("civil_entry", "17", "02")],
    "Số: 45   Quyển số: 01-TP/HT-2015-KS": [
        ("civil_entry", "45", "01-TP/HT-2015-KS"), ("civil_book", "01-TP/HT-2015-KS", None),
    ],
    "Số chứng thực 1234, quyển số 01-SCT/BS": [
        ("certification_entry", "1234", "01-SCT/BS"), ("certification_book", "01-SCT/BS", None),
    ],
    "truyện Kiều, quyển 2": [],
    "hộ kinh doanh số 01A8012345": [("business_household", "01A8012345", None)],
    "giấy phép xây dựng số 123/GPXD-UBND": [("building_permit", "123/GPXD-UBND", None)],
    "Tờ trình số 5/TTr-UBND về việc vào sổ công văn": [],
}  # fmt: skip

PROJECTS = {
    "thực hiện dự án xây dựng Khu đô thị mới Kim Đình - Mễ Sơn tại xã Kim Đình.": [
        "Xây dựng Khu đô thị mới Kim Đình - Mễ Sơn"
    ],
    "Dự án đầu tư xây dựng, mở rộng đường Láng Trung - Thanh Đô của Sở Giao thông công chính": [
        "Đầu tư xây dựng, mở rộng đường Láng Trung - Thanh Đô"
    ],
    "công trình: cải tạo chợ Hàng Mới, quận Tây Giang": ["Cải tạo chợ Hàng Mới"],
    "dự án “Cải thiện môi trường đô thị” được phê duyệt": ["Cải thiện môi trường đô thị"],
    "V/v GPMB dự án xây dựng trường mầm non\nHoa Mai\n\nKính gửi: Ủy ban nhân dân phường": [
        "Xây dựng trường mầm non Hoa Mai"
    ],
    "các dự án nâng cấp, cải tạo, mở rộng các hạng mục; lập danh mục dự án": [],
    "khẩu hiệu của công trình “Chỉ bàn làm không bàn lùi”": [],
}


@pytest.mark.parametrize("text", IDENTIFIERS)
def test_the_numbers_that_people_look_for(text: str) -> None:
    found = extract(text)

    assert [(one.kind, one.value, one.within) for one in found.identifiers] == IDENTIFIERS[text]
    assert all(_same(one, found.text) for one in found.identifiers)


def _same(one: Identifier, text: str) -> bool:
    return "".join(text[one.start : one.end].split()) == "".join(one.value.split())


@pytest.mark.parametrize("text", PROJECTS)
def test_projects_by_name(text: str) -> None:
    found = extract(text)

    assert [project.name for project in found.projects] == PROJECTS[text]
    assert all(found.text[project.start : project.end] == project.surface for project in found.projects)


def test_they_stand_in_the_json_and_among_the_spans() -> None:
    read = extract("thửa đất số 12, tờ bản đồ số 5, dự án cải tạo đường Quang Thắng").to_json()

    assert [(one["kind"], one["value"], one["within"]) for one in read["identifiers"]] == [
        ("parcel", "12", "5"), ("map_sheet", "5", None),
    ]  # fmt: skip
    assert read["projects"] == ["Cải tạo đường Quang Thắng"]
    assert {span["label"] for span in read["spans"]} >= {"parcel", "map_sheet", "project"}


@pytest.mark.parametrize(
    ("text", "kind", "value", "within"),
    [
        ("Thửa đất: 34. Tờ bản đồ số: 28. Địa chỉ: thôn Hạ", "parcel", "34", "28"),
        ("tờ bản đồ số 6D-IV-11, thửa đất số 12", "map_sheet", "6D-IV-11", None),
        ("thửa 38, tờ 3E-IV, xã Hợp Tiến", "parcel", "38", "3E-IV"),
        ("Số vào sổ: CS-HDO 12345", "register_number", "CS-HDO 12345", None),
        ("1. Thửa đất số: 217\n2. Tờ bản đồ số: 08\n3. Địa chỉ: xã Tam Hiệp", "parcel", "217", "08"),
        ("a) Thửa đất số: 45-1\nb) Tờ bản đồ số: 22", "parcel", "45-1", "22"),
        ("Thửa 12 - tờ 3; thửa 13 tờ 4", "parcel", "12", "3"),
        ("Thửa 12 - tờ 3; thửa 13 tờ 4", "parcel", "13", "4"),
        ("tờ 5 thửa 77 xứ đồng Cầu", "parcel", "77", "5"),
        ("vào sổ CH 07666               Hà Nội, ngày 7", "register_number", "CH 07666", None),
    ],
)
def test_sheets_and_register_numbers_of_other_forms(text: str, kind: str, value: str, within: str | None) -> None:
    assert (kind, value, within) in [(one.kind, one.value, one.within) for one in extract(text).identifiers]


def test_no_entry_in_a_sentence_about_the_book() -> None:
    found = extract("Đã ghi vào sổ chứng thực. 4. Lời chứng, quyển số 01-SCT/BS").identifiers
    assert [one.kind for one in found] == ["certification_book"]
