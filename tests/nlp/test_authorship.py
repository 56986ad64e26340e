"""Who wrote a letter, a declaration or a paper between people (nlp/authorship.py)."""

from __future__ import annotations

import pytest

from nlp import extract

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"


def author(body: str) -> str | None:
    return extract(MOTTO + body).author


@pytest.mark.parametrize(
    "said",
    [
        "Tên tôi là: Lê Thị Bưởi, 52 tuổi, trú tại thôn Hạ.",
        "Tôi Lê Thị Bưởi, sinh năm 1960, trú tại thôn Hạ.",
        "Tôi ký tên dưới đây: Lê Thị Bưởi\nCư trú tại thôn Hạ",
        "Người viết đơn: Lê Thị Bưởi    Nam, nữ: nữ\nTrú tại thôn Hạ",
        "Họ, chữ đệm, tên người yêu cầu: LÊ THỊ BƯỞI\nNơi cư trú: thôn Hạ",
        "Chúng tôi gồm các hộ dân:\n1. Bà Lê Thị Bưởi\n2. Ông Đỗ Văn Cối\ncùng trú tại thôn Hạ.",
    ],
)
def test_who_writes_is_said_in_many_ways(said: str) -> None:
    assert author(f"ĐƠN ĐỀ NGHỊ\nKính gửi: UBND xã Tân Lập\n{said}\nTôi đề nghị xem xét.\n") == "Lê Thị Bưởi"


@pytest.mark.parametrize("closing", ["Kính đơn", "Nay kính đơn", "T/M các hộ dân", "Người đứng đơn ký tên"])
def test_a_letter_that_names_nobody_has_the_author_at_its_foot(closing: str) -> None:
    body = f"ĐƠN PHẢN ÁNH\nKính gửi: UBND xã Tân Lập\nGia đình tôi ở cạnh nhà ông Đỗ Văn Cối.\n{closing}\n\nLê Thị Bưởi\n"
    assert author(body) == "Lê Thị Bưởi"


def test_kin_are_no_authors() -> None:
    body = "ĐƠN XIN CẤP ĐẤT\nCon trai tôi là Đỗ Văn Cối mới lập gia đình.\nNgười làm đơn\nLê Thị Bưởi\n"
    assert author(body) == "Lê Thị Bưởi"


def test_of_those_a_form_names_the_author_signs() -> None:
    body = (
        "BẢN KHAI\nVề người có công: Họ và tên: Đỗ Văn Cối. Đã chết năm 1972\n"
        "Phần khai của thân nhân: Họ và tên: Lê Thị Bưởi\nTrú quán: thôn Hạ\nNGƯỜI KHAI\nLê Thị Bưởi\n"
    )
    assert author(body) == "Lê Thị Bưởi"


def test_the_author_does_not_confirm_his_own_paper() -> None:
    body = (
        "ĐƠN XIN XÁC NHẬN NHÀ Ở\nTôi là: Lê Thị Bưởi\nTrú tại thôn Hạ\n"
        "XÁC NHẬN CỦA UBND XÃ                         Người làm đơn\n"
        "TM. UBND XÃ TÂN LẬP\nCHỦ TỊCH                                     Lê Thị Bưởi\n\nĐỗ Văn Cối\n"
    )
    record = extract(MOTTO + body)
    assert record.author == "Lê Thị Bưởi"
    assert [signer.name for signer in record.signers] == ["Đỗ Văn Cối"]


def test_titles_in_small_letters_stand_above_the_names_of_minutes() -> None:
    body = (
        "BẢN MÔ TẢ RANH GIỚI THỬA ĐẤT\nHôm nay, ngày 4 tháng 5 năm 2010, đo đạc thửa đất tại thôn Hạ.\n"
        "Người dẫn đạc                              Cán bộ đo đạc\n\nLê Thị Bưởi                                Đỗ Văn Cối\n"
    )
    record = extract(MOTTO + body)
    assert [(one.name, one.position) for one in record.signers] == [
        ("Lê Thị Bưởi", "Người dẫn đạc"),
        ("Đỗ Văn Cối", "Cán bộ đo đạc"),
    ]
    assert record.date == "2010-05-04"
