"""Stamps of secrecy: a zone of the page, not a word; what is secret gives nothing out."""

from __future__ import annotations

import json

import pytest

from nlp import extract

HEAD = """ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
  XÃ TÂN LẬP                   Độc lập - Tự do - Hạnh phúc
Số: 12/KH-UBND             Tân Lập, ngày 03 tháng 5 năm 2017
{stamp}
                         KẾ HOẠCH
              Bảo đảm an ninh trật tự năm 2017

Căn cứ Kế hoạch số 45/KH-UBND ngày 10/4/2017 của UBND huyện;
1. Mục đích, yêu cầu.
"""


@pytest.mark.parametrize(
    ("stamp", "level"),
    [
        ("MẬT", "mat"),
        ("   MẬT   ", "mat"),
        ("TỐI MẬT", "toi_mat"),
        ("TUYỆT MẬT", "tuyet_mat"),
        ("TỐl MẬT", "toi_mat"),
        ("TUYÊT MÂT", "tuyet_mat"),
        ("| MẠT |", "mat"),
        ("Độ mật: Mật", "mat"),
        ("Độ mật: Tối mật", "toi_mat"),
        ("Mức độ mật: TUYỆT MẬT", "tuyet_mat"),
        ("T U Y Ệ T M Ậ T", "tuyet_mat"),
        ("TÔI MAT", "toi_mat"),
        ("MẬ~", "mat"),
        ("TỐIõMẬ~", "toi_mat"),
        ("PUYỆT .ẬT", "tuyet_mat"),
        ("TUYỆT NMẬT", "tuyet_mat"),
        ("V/v bảo đảm an ninh          MẬT", "mat"),
    ],
)
def test_a_stamp_in_the_head_is_known(stamp: str, level: str) -> None:
    assert extract(HEAD.format(stamp=stamp)).secrecy == level


@pytest.mark.parametrize(
    "stamp",
    [
        "",
        "HỎA TỐC",
        "TÀI LIỆU THU HỒI",
        "LƯU HÀNH NỘI BỘ",
        "MẶT TRẬN TỔ QUỐC",
        "MẮT",
        "V/v bảo vệ bí mật nhà nước",
        "MẪU",
        "VẬT",
        "Độ mật: Thường",
        'Dấu "TỐI\nMẬT", "MẬT"',
        "Mật độ xây dựng: 40 %",
    ],
)
def test_other_words_in_the_head_are_no_stamp(stamp: str) -> None:
    assert extract(HEAD.format(stamp=stamp)).secrecy is None


JOINED = """{first}ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
HUYỆN TRUNG GIANG Độc lập - Tự do - Hạnh phúc
Số: 12/KH-UBND{number}
{line}Trung Giang, ngày 03 tháng 5 năm 2017
KẾ HOẠCH
Bảo đảm an ninh trật tự năm 2017
Căn cứ Kế hoạch số 45/KH-UBND ngày 10/4/2017 của UBND tỉnh;
"""


@pytest.mark.parametrize(
    ("stamped", "level"),
    [
        ({"first": "TỐI MẬT "}, "toi_mat"),
        ({"first": "TƯYỆT MẬT "}, "tuyet_mat"),
        ({"first": "'UỆT ẬT\n"}, "tuyet_mat"),
        ({"first": "Ỉ MẬT ...\n"}, "mat"),
        ({"first": ".ẬT\n"}, "mat"),
        ({"number": " TUYỆT MẬT"}, "tuyet_mat"),
        ({"number": "\nTUỆT MẬP sÃ 7 Tư"}, "tuyet_mat"),
        ({"number": "\nTỐI\nẬT"}, "toi_mat"),
        ({"line": "MẬT "}, "mat"),
        ({"line": "ĐÐộ mật: MẬT "}, "mat"),
        ({"line": "Độ mật: MẬS "}, "mat"),
        ({"line": "Độ mậ.: .ẬÝ "}, "mat"),
        ({"line": "TỐI MẬT Bản số: 3 "}, "toi_mat"),
        ({"number": " --- MẬT Bản số 1"}, "mat"),
        ({"first": "TUYỆT MẬTBản số 1\n"}, "tuyet_mat"),
        ({"number": "\nTỔI Ậ¬ số 4"}, "toi_mat"),
        ({"number": "\nTRUNG GIANG, TỐI MẬT Đỗ Động"}, "toi_mat"),
    ],
)
def test_a_stamp_that_was_joined_with_the_head_is_known(stamped: dict[str, str], level: str) -> None:
    page = JOINED.format(**{"first": "", "number": "", "line": ""} | stamped)

    assert extract(page).secrecy == level


@pytest.mark.parametrize(
    "other",
    [
        {"first": "BỘ TƯ LỆNH KỸ THUẬT MẬT MÃ "},
        {"first": "BAN MẶT TRẬN "},
        {"number": "\nV/v BẢO VỆ BÍ MẬT NHÀ NƯỚC"},
        {"line": "HỒ TUYẾT MAI "},
        {"first": "DUYỆT\n"},
        {"number": "\nNIÊM YẾT DANH MỤC TÀI LIỆU MẬT ĐƯỢC GIẢI MẬT"},
        {"number": "\nBAN HÀNH DANH MỤC BÍ\nMẬT NHÀ NƯỚC ĐỘ TỐI MẬT"},
        {"first": "TUYẾT MẬN\n"},
        {"first": "BÍMẬT NHÀ NƯỚC\n"},
    ],
)
def test_other_words_joined_with_the_head_are_no_stamp(other: dict[str, str]) -> None:
    assert extract(JOINED.format(**{"first": "", "number": "", "line": ""} | other)).secrecy is None


def test_a_rule_about_stamps_is_not_secret() -> None:
    body = 'Điều 5. Dấu "TUYỆT MẬT", "TỐI MẬT" hoặc "MẬT" đóng ở góc trái.\nMẬT\nTỐI MẬT\nTUYỆT MẬT\n'

    assert extract(HEAD.format(stamp="") + body * 3).secrecy is None


def test_a_place_named_like_a_chapter_ends_no_head() -> None:
    page = HEAD.format(stamp="MẬT")
    page = page.replace("Số: 12/KH-UBND             Tân Lập,", "-------\nSố: 12/KH-UBND\nChương Mỹ,")

    assert extract(page).secrecy == "mat"


def test_a_stamp_joined_with_the_motto_is_known() -> None:
    text = HEAD.format(stamp="").replace("ỦY BAN NHÂN DÂN          CỘNG", "MẬT CỘNG")

    assert extract(text).secrecy == "mat"


def test_a_rule_that_lists_the_degrees_is_not_secret() -> None:
    body = "Tài liệu có độ Mật, Tối mật, Tuyệt mật được đóng dấu.\n"

    assert extract(HEAD.format(stamp="").replace("Căn cứ", body + "Căn cứ")).secrecy is None


def test_a_stamp_on_a_later_document_closes_the_file() -> None:
    assert extract(HEAD.format(stamp="") + "\f" + HEAD.format(stamp="MẬT")).secrecy == "mat"


_SIGNED = """
Nơi nhận:                                        TM. ỦY BAN NHÂN DÂN
- Lưu: VT.                                            CHỦ TỊCH

                                                  Nguyễn Văn Thử
"""


@pytest.mark.parametrize("between", ["\f", "\n", "\n\n\n"])
@pytest.mark.parametrize("signed", [_SIGNED, ""])
@pytest.mark.parametrize(
    "later",
    [HEAD.format(stamp="MẬT"), HEAD.format(stamp="          TỐI MẬT"), "TUYỆT MẬT\n" + HEAD.format(stamp="")],
)
def test_a_stamp_on_any_document_of_a_file_closes_it(later: str, signed: str, between: str) -> None:
    plain = HEAD.format(stamp="") + signed
    assert extract(between.join([plain] * 4)).secrecy is None
    for place in (1, 2, 3):
        documents = [plain] * 4
        documents[place] = later + signed
        assert extract(between.join(documents)).secrecy is not None


def test_a_secret_record_gives_no_text_and_no_field() -> None:
    record = extract(HEAD.format(stamp="MẬT"), id="r1", source="a/b.txt")

    value = record.to_json()

    assert set(value) == {"id", "source", "secrecy", "error"}
    assert value["error"]["code"] == "secret"
    assert "an ninh" not in json.dumps(value, ensure_ascii=False)
    assert (record.text, record.number, record.abstract, record.cites) == ("", None, None, [])


@pytest.mark.parametrize(
    ("line", "term"),
    [
        ("Thời hạn bảo quản: Vĩnh viễn", "vĩnh viễn"),
        ("THBQ: 20 năm", "20 năm"),
        ("Thời hạn lưu trữ: lâu dài", "lâu dài"),
        ("THỜI HẠN BẢO QUẢN: năm mươi năm", "50 năm"),
        ("Thời hạn bảo quản ............ 10 năm ......", "10 năm"),
        ("BÌA HỒ SƠ        Thời hạn BQ: VV", "vĩnh viễn"),
        ("Bảo quản cẩn thận", None),
        ("Hồ sơ nguyên tắc có thời hạn bảo quản vĩnh viễn; hồ sơ khác 10 năm", None),
        ("Thời hạn bảo quản vĩnh viễn đối với hồ sơ nguyên tắc", None),
    ],
)
def test_the_stamp_of_retention(line: str, term: str | None) -> None:
    assert extract(line + "\n" + HEAD.format(stamp="")).retention == term


def test_a_rule_about_retention_states_no_term_for_itself() -> None:
    body = "\nĐiều 1. Danh mục hồ sơ\nThời hạn bảo quản: 10 năm\nThời hạn lưu trữ hồ sơ: Vĩnh viễn\n"
    assert extract(HEAD.format(stamp="") + body).retention is None
    assert extract("QUY ĐỊNH\nVề lưu trữ hồ sơ" + body).retention is None


PLAIN = """{above}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/BC                    Ba Vì, ngày 3 tháng 4 năm 1989
{beside}
BÁO CÁO
Tổng kết sản xuất năm 1988
Năm 1988 hợp tác xã đạt 3 tấn.
"""


@pytest.mark.parametrize(
    ("stamp", "level"),
    [
        ("Tuyệt mật", "tuyet_mat"), ("(Mật)", "mat"), ("Tài liệu tối mật", "toi_mat"), ("VĂN BẢN MẬT", "mat"),
        ("BẢN MẬT SỐ 3", "mat"), ("Độ: Tối mật", "toi_mat"), ("Mức độ: MẬT", "mat"), ("Đóng dấu: MẬT", "mat"),
        ("T U Y Ệ T   M Ậ T", "tuyet_mat"), ("HỎA TỐC - MẬT", "mat"), ("T.MẬT", "mat"), ("MẬT/A", "mat"),
    ],
)  # fmt: skip
def test_a_level_alone_above_the_title_is_known_in_every_form(stamp: str, level: str) -> None:
    assert extract(PLAIN.format(above="HỢP TÁC XÃ BA VÌ", beside=stamp)).secrecy == level
    assert extract(PLAIN.format(above=stamp, beside="")).secrecy == level


@pytest.mark.parametrize(
    "above",
    [
        "HỢP TÁC XÃ NUÔI ONG LẤY MẬT", "CÔNG TY ONG MẬT\nXÍ NGHIỆP 3", "KHOA GAN MẬT", "BỘ MÔN GAN - MẬT - TỤY",
        "CÔNG TY MÍA ĐƯỜNG\nPHÂN XƯỞNG NẤU MẬT", "PHÒNG MẬT MÃ", "TRUNG TÂM BẢO MẬT", "PHƯỜNG MẬT SƠN", "GIẢI MẬT",
        "TÀI LIỆU ĐÃ GIẢI MẬT",
    ],
)  # fmt: skip
def test_honey_gall_and_ciphers_are_no_stamp(above: str) -> None:
    assert extract(PLAIN.format(above=above, beside="")).secrecy is None


@pytest.mark.parametrize("top", ["MẤT\nRÁCH", "Mục tiêu\nMẤT", "GAN MẬT", "STT\nMẬT ĐỘ", "ĐƯỜNG, SỮA, MẬT"])
def test_words_at_the_top_of_a_later_page_are_no_stamp(top: str) -> None:
    assert extract(PLAIN.format(above="UBND XÃ A", beside="") + "\f" + top).secrecy is None


LETTER = """BỘ CHỈ HUY QUÂN SỰ TỈNH TÂY NINH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
BAN CHỈ HUY QUÂN SỰ HUYỆN TÂN BIÊN Độc lập - Tự do - Hạnh phúc
Số: 26/CV-BCH Tân Biên, ngày 26 tháng 5 năm 2023
V/v {subject}
Kính gửi: UBND xã Tân Bình
Từ 2 giờ ngày 29/01/2014, lực lượng đi qua xã.
"""


@pytest.mark.parametrize(
    ("subject", "level"),
    [
        ("chuẩn bị diễn tập khu vực phòng MẬT\nthủ", "mat"),
        ("báo cáo quân số dự bị MẬT", "mat"),
        ("di chuyển khí tài qua xã Phú TỐI MẬT\nThuận A", "toi_mat"),
        ("quản lý tài liệu MẬT", None),
        ("xác định độ TỐI MẬT", None),
        ("khắc các con dấu TUYỆT MẬT, TỐI MẬT, MẬT", None),
        ("chuyển đơn của bà Nguyễn Thị Mật", None),
    ],
)
def test_a_stamp_that_ocr_joined_to_the_subject_of_a_letter(subject: str, level: str | None) -> None:
    assert extract(LETTER.format(subject=subject)).secrecy == level


def test_land_typed_without_tones_is_no_stamp() -> None:
    page = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n-----o0o-----\nVĂN TƯ ĐÔI ĐÂT\nTôi là Lê Xuân An\n"
    assert extract(page).secrecy is None
