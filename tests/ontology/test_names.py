"""One name written in many ways has one key; different names keep theirs."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.folding import fold
from ontology.names import (
    folded_key,
    folded_keys,
    is_lone_numeral,
    key,
    normalise,
    split_chain,
    split_misread_type,
    split_run,
    split_type,
    without_remarks,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa Bình", "Hoà Bình"),
        ("Thủy Xuân", "Thuỷ Xuân"),
        ("Mỹ Đức", "Mĩ Đức"),
        ("Quý Sơn", "Quí Sơn"),
        ("Lý Thái Tổ", "Lí Thái Tổ"),
        ("Ðồng Nai", "Đồng Nai"),
        ("M'Drắk", "M’Drắk"),
        ("N' Thôn Hạ", "N'Thôn Hạ"),
        ("Văn Miếu - Quốc Tử Giám", "Văn Miếu–Quốc Tử Giám"),
        ("Phan Rang-Tháp Chàm", "PHAN RANG  THÁP CHÀM"),
        ("1", "01"),
        ("IV", "4"),
        ("iv", "04"),
        ("Tam Xuân II", "Tam Xuân 2"),
        (unicodedata.normalize("NFD", "Cửa Nam"), "Cửa Nam"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sơn Đông", "Sơn Đồng"),
        ("1", "11"),
        ("Tam Xuân I", "Tam Xuân II"),
        ("Thúy", "Thúi"),
        ("Vĩnh Tuy", "Vĩnh Tui"),
    ],
)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_without_accents_names_meet() -> None:
    assert folded_key("Sơn Đông") == folded_key("SƠN ĐỒNG") == "son dong"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Phường Cửa Nam", ("phường", "Cửa Nam")),
        ("P. Cửa Nam", ("phường", "Cửa Nam")),
        ("P.10", ("phường", "10")),
        ("Phường10", ("phường", "10")),
        ("Q1", ("quận", "1")),
        ("TP. Hồ Chí Minh", ("thành phố", "Hồ Chí Minh")),
        ("Tp Hà Nội", ("thành phố", "Hà Nội")),
        ("TT Trâu Quỳ", ("thị trấn", "Trâu Quỳ")),
        ("TX. Sơn Tây", ("thị xã", "Sơn Tây")),
        ("thi tran phung", ("thị trấn", "phung")),
        ("Đặc khu Phú Quốc", ("đặc khu", "Phú Quốc")),
        ("UBND quận Hoàn Kiếm", ("quận", "Hoàn Kiếm")),
        ("Uỷ ban nhân dân P. Hàng Bạc", ("phường", "Hàng Bạc")),
        ("Tiểu khu Quang Trung", ("tiểu khu", "Quang Trung")),
        ("Xã Đào Xá", ("xã", "Đào Xá")),
        ("Huyện đảo Lý Sơn", ("huyện", "Lý Sơn")),
        ("T/P Hà Nội", ("thành phố", "Hà Nội")),
        ("Phường số 1", ("phường", "1")),
        ("Huyện ủy Từ Liêm", ("huyện", "Từ Liêm")),
        ("Thành ủy Hà Nội", ("thành phố", "Hà Nội")),
        ("Đảng bộ huyện Từ Liêm", ("huyện", "Từ Liêm")),
        ("Công an P. Hàng Bạc", ("phường", "Hàng Bạc")),
        ("MTTQ phường Hàng Bạc", ("phường", "Hàng Bạc")),
        ("Phưòng Cửa Nam", (None, "Phưòng Cửa Nam")),
        ("Cửa Nam", (None, "Cửa Nam")),
        ("Xá Lượng", (None, "Xá Lượng")),
        ("Xã", (None, "Xã")),
    ],
)
def test_type_words_are_split_off(name: str, parts: tuple[str | None, str]) -> None:
    assert split_type(name) == parts


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Phưòng Cửa Nam", ("phường", "Cửa Nam")),
        ("Thi trấn Phùng", ("thị trấn", "Phùng")),
        ("Huỵện Từ Liêm", ("huyện", "Từ Liêm")),
        ("Xả Mễ Trì", ("xã", "Mễ Trì")),
        ("Cửa Nam", (None, "Cửa Nam")),
    ],
)
def test_type_words_with_wrong_accents_can_be_read(name: str, parts: tuple[str | None, str]) -> None:
    assert split_misread_type(name) == parts


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tỉnh Hà Tây cũ", "Tỉnh Hà Tây"),
        ("TỈNH HÀ TÂY (CŨ)", "TỈNH HÀ TÂY"),
        ("Huyện Từ Liêm (trước đây)", "Huyện Từ Liêm"),
        ("huyen Tu Liem truoc day", "huyen Tu Liem"),
        ("xã Dịch Vọng (nay là phường Dịch Vọng, quận Cầu Giấy)", "xã Dịch Vọng"),
        ("xã Dịch Vọng, nay thuộc quận Cầu Giấy", "xã Dịch Vọng"),
        ("xã Dịch Vọng (nay là phường Dịch Vọng), huyện Từ Liêm", "xã Dịch Vọng, huyện Từ Liêm"),
        ("Lũng Cú", "Lũng Cú"),
        ("Xã Định Cư", "Xã Định Cư"),
        ("xa lung cu", "xa lung cu"),
        ("Chợ Mới", "Chợ Mới"),
        ("nay là", "nay là"),
    ],
)
def test_remarks_on_a_name_are_left_out(text: str, name: str) -> None:
    assert without_remarks(text) == name


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("P. Cửa Nam, Q. Hoàn Kiếm, TP.HCM", ["P. Cửa Nam", "Q. Hoàn Kiếm", "Thành phố Hồ Chí Minh"]),
        ("Xã Dịch Vọng (huyện Từ Liêm)", ["Xã Dịch Vọng", "huyện Từ Liêm"]),
        (" , ", [""]),
    ],
)
def test_containing_units_stand_behind_commas_or_in_brackets(text: str, parts: list[str]) -> None:
    assert split_chain(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Phường Cửa Nam quận Hoàn Kiếm TP Hà Nội", ["Phường Cửa Nam", "quận Hoàn Kiếm", "TP Hà Nội"]),
        ("Phường Cửa Nam thuộc quận Hoàn Kiếm", ["Phường Cửa Nam", "quận Hoàn Kiếm"]),
        ("Phường Cửa Nam - Q. Hoàn Kiếm", ["Phường Cửa Nam", "Q. Hoàn Kiếm"]),
        ("Văn Miếu - Quốc Tử Giám", ["Văn Miếu - Quốc Tử Giám"]),
        ("Quận Hoàn Kiếm", ["Quận Hoàn Kiếm"]),
    ],
)
def test_without_commas_type_words_of_greater_units_part_a_name(text: str, parts: list[str]) -> None:
    assert split_run(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Xã Yên Phúc. Huyện Văn Quan. Tỉnh Lạng Sơn", ["Xã Yên Phúc", "Huyện Văn Quan", "Tỉnh Lạng Sơn"]),
        ("Xã Long Hà..Tỉnh Đồng Nai", ["Xã Long Hà", "Tỉnh Đồng Nai"]),
        ("P. 4 Q. 3 TP. Hồ Chí Minh", ["P. 4", "Q. 3", "TP. Hồ Chí Minh"]),
        ("T.T Phùng huyện Đan Phượng", ["T.T Phùng", "huyện Đan Phượng"]),
        ("xa yen phuc huyen van quan", ["xa yen phuc", "huyen van quan"]),
    ],
)
def test_strictly_accents_make_a_type_word_and_full_stops_are_commas(text: str, parts: list[str]) -> None:
    assert split_run(text, strict=True) == parts


@pytest.mark.parametrize(
    ("name", "lone"),
    [
        ("x", True),
        ("iv", True),
        ("X", True),
        ("I", True),
        ("IV", False),
        ("10", False),
        ("Phường iv", False),
        ("", False),
    ],
)
def test_small_letters_and_one_letter_are_no_numeral_of_their_own(name: str, lone: bool) -> None:
    assert is_lone_numeral(name) is lone


def test_a_remark_begins_where_the_run_of_what_joins_it_begins() -> None:
    assert without_remarks("Huyện Từ Liêm, ( - trước đây)") == "Huyện Từ Liêm"
    assert without_remarks("Tỉnh Hà Tây cũ, nay là Hà Nội") == "Tỉnh Hà Tây"


def test_a_name_is_written_well() -> None:
    assert normalise("  Phường  Văn Miếu–Quốc Tử Giám , ") == "Phường Văn Miếu - Quốc Tử Giám"


@given(st.text(alphabet="aàáâyỳýiuqhlmđĐ'- 1IVXvx"))
def test_the_folded_key_is_the_key_folded(name: str) -> None:
    assert folded_key(name) == fold(key(name))


@given(st.lists(st.text(alphabet="aàáâyỳýiuqhlmđĐ'- 1IVXvx")))
def test_many_keys_at_once_are_those_of_each(written: list[str]) -> None:
    assert folded_keys(written) == [folded_key(name) for name in written]


@given(st.text(alphabet="aàáảãạâấyỳýoòóuùúqhklmđĐÐ'’-– 01IVX"))
def test_writing_well_twice_changes_nothing(name: str) -> None:
    assert normalise(normalise(name)) == normalise(name)
