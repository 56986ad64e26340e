"""Heads, titles and signatures of state papers whose design differs from the forms of the decrees."""

from __future__ import annotations

import pytest

from nlp import extract

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
HEAD = f"UBND XÃ TÂN LẬP\nSố: 12/TB-UBND\n{MOTTO}Tân Lập, ngày 05 tháng 7 năm 2010\n"


@pytest.mark.parametrize(
    ("below", "abstract"),
    [
        ("Về việc nghỉ lễ\nHiện nay trụ sở được sửa chữa. Nhân dân liên hệ nhà văn hóa.", "Về việc nghỉ lễ"),
        ("V/v nộp thuế\nSáng ngày 2/7/2010, tại trụ sở, Chủ tịch đã họp.", "V/v nộp thuế"),
        (
            "Quản lý chợ\n(Ban hành kèm theo Quyết định số 9/QĐ-UBND\nngày 1/7/2010 của UBND xã)\nChương 1\nQUY ĐỊNH CHUNG",
            "Quản lý chợ",
        ),
        ("BỒI THƯỜNG\nkhi Nhà nước thu hồi đất\nI. CĂN CỨ", "BỒI THƯỜNG khi Nhà nước thu hồi đất"),
        (
            "Chi tiết đối với hộ ông Lê Văn Ba\n- Họ tên: Lê Văn Ba\n- Địa chỉ: xóm 3;",
            "Chi tiết đối với hộ ông Lê Văn Ba",
        ),
        ("(Lần thứ 2)\nTheo giấy hẹn, yêu cầu ông Lê Văn Ba có mặt.", None),
    ],
)
def test_a_title_ends_where_the_body_begins(below: str, abstract: str | None) -> None:
    assert extract(f"{HEAD}THÔNG BÁO\n{below}\n").abstract == abstract


def test_number_and_day_stand_in_the_heading() -> None:
    text = "NGHỊ ĐỊNH\nCỦA CHÍNH PHỦ SỐ 64-CP NGÀY 27-9-1993\nVỀ VIỆC GIAO ĐẤT NÔNG NGHIỆP\nCHÍNH PHỦ\nCăn cứ Luật Đất đai;\n"
    found = extract(text)
    assert (found.number, found.date, found.issuer) == ("64-CP", "1993-09-27", "CHÍNH PHỦ")
    assert found.abstract == "VỀ VIỆC GIAO ĐẤT NÔNG NGHIỆP"


def test_a_number_stands_beside_the_heading_of_a_permit() -> None:
    text = f"UBND QUẬN BA ĐÌNH\nPHÒNG QUẢN LÝ ĐÔ THỊ\n{MOTTO}GIẤY PHÉP XÂY DỰNG SỐ: 251/GPXD\n1. Cấp cho: bà Lê Thị Ba.\n"
    assert extract(text).number == "251/GPXD"


def test_the_type_stands_before_the_number() -> None:
    text = f"TÒA ÁN NHÂN DÂN\nHUYỆN GIA LÂM\nBản án số: 12/2009/DSST\nNgày 3/6/2009\n{MOTTO}NHÂN DANH\nQUYẾT ĐỊNH:\n"
    assert extract(text).type == "Bản án"


@pytest.mark.parametrize(
    ("lines", "issuer", "parent"),
    [
        ("UBND HUYỆN BA VÌ\nPHÒNG TÀI CHÍNH -\nKẾ HOẠCH", "PHÒNG TÀI CHÍNH - KẾ HOẠCH", "UBND HUYỆN BA VÌ"),
        ("UBND HUYỆN BA VÌ\nTRUNG TÂM PHÁT TRIỂN\nQUỸ ĐẤT", "TRUNG TÂM PHÁT TRIỂN QUỸ ĐẤT", "UBND HUYỆN BA VÌ"),
        ("HĐND HUYỆN BA VÌ\nKHÓA 17 - KỲ HỌP THỨ 3", "HĐND HUYỆN BA VÌ", None),
        ("BỘ TÀI CHÍNH -\nBỘ NỘI VỤ", "BỘ TÀI CHÍNH - BỘ NỘI VỤ", None),
    ],
)
def test_an_issuer_goes_over_lines(lines: str, issuer: str, parent: str | None) -> None:
    text = f"{lines}\nSố: 12/TTr-TC\n{MOTTO}Ba Vì, ngày 05 tháng 7 năm 2010\nTỜ TRÌNH\nVề việc cấp kinh phí\nCăn cứ Luật;\n"
    found = extract(text)
    assert (found.issuer, found.issuer_parent, found.type) == (issuer, parent, "Tờ trình")


def test_a_national_title_in_a_narrow_column_is_no_part_of_the_issuer() -> None:
    text = (
        "UBND XÃ TÂN LẬP   CỘNG HÒA XÃ HỘI CHỦ NGHĨA\nSố: 12/TB-UBND   VIỆT NAM\n   Độc lập - Tự do - Hạnh phúc\n"
        "THÔNG BÁO\nVề việc nghỉ lễ\nCăn cứ Luật;\n"
    )
    assert extract(text).issuer == "UBND XÃ TÂN LẬP"


@pytest.mark.parametrize(
    ("lines", "power", "position", "name"),
    [
        ("T.M ỦY BAN NHÂN DÂN\nK.T Chủ tịch\nPhó chủ tịch\nLê Văn Ba", ("TM.", "KT."), "Phó chủ tịch", "Lê Văn Ba"),
        ("KT. CHÁNH VĂN PHÒNG\nPHÓ VĂN PHÒNG\nLê Văn Ba", ("KT.",), "PHÓ VĂN PHÒNG", "Lê Văn Ba"),
        ("BỆNH VIỆN TRƯỞNG\nBSCKI. Lê Văn Ba", (), "BỆNH VIỆN TRƯỞNG", "Lê Văn Ba"),
        ("T. PHÒNG\nLê Văn Ba", (), "T. PHÒNG", "Lê Văn Ba"),
        ("THƯ KÝ KỲ HỌP   CHỦ TỌA KỲ HỌP\n\nVũ Thị Tư   Lê Văn Ba", (), "CHỦ TỌA KỲ HỌP", "Lê Văn Ba"),
    ],
)
def test_who_signs_for_the_body(lines: str, power: tuple[str, ...], position: str, name: str) -> None:
    text = f"{HEAD}THÔNG BÁO\nVề việc nghỉ lễ\nCăn cứ Luật;\nĐiều 1. Nghỉ.\n{lines}\n"
    signer = extract(text).signers[0]
    assert (signer.power, signer.position, signer.name) == (power, position, name)


def test_a_page_number_is_no_part_of_a_name() -> None:
    line = "Đề nghị các phòng, ban và các ngành có liên quan phối hợp với UBND thị trấn Yên"
    found = extract(f"{HEAD}THÔNG BÁO\nVề việc nghỉ lễ\nCăn cứ Luật;\n{line}\n2\nViên tổ chức thực hiện.\n")
    assert "UBND thị trấn Yên Viên" in [one.surface for one in found.agencies]
