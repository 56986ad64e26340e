"""Names of bodies of every level, bloc and time."""

from __future__ import annotations

import pytest

from ontology.agencies import place_at, read_at, recognise
from ontology.agencies.words import agrees, heads
from ontology.folding import fold


@pytest.mark.parametrize(
    ("name", "kind", "canonical", "level", "bloc"),
    [
        ("UBND xã Mỹ Đình", "people_committee", "Ủy ban nhân dân xã Mỹ Đình", "commune", "government"),
        ("UBND Q. Đống Đa", "people_committee", "Ủy ban nhân dân quận Đống Đa", "district", "government"),
        ("ỦY BAN NHÂN DÂN QUẬN BA ĐÌNH", "people_committee", "Ủy ban nhân dân quận Ba Đình", "district", "government"),
        ("Uỷ ban hành chính khu phố Hai Bà", "administrative_committee", "Ủy ban Hành chính khu phố Hai Bà", "district", "government"),
        ("HĐND huyện Gia Lâm", "people_council", "Hội đồng nhân dân huyện Gia Lâm", "district", "government"),
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN TỪ LIÊM", "people_committee", "Ủy ban nhân dân huyện Từ Liêm", "district", "government"),
        ("Đảng bộ quận Ba Đình", "party_organisation", "Đảng bộ quận Ba Đình", "district", "party"),
        ("Huyện ủy Từ Liêm", "party_committee", "Huyện ủy Từ Liêm", "district", "party"),
        ("Đảng ủy xã Cổ Loa", "party_committee", "Đảng ủy xã Cổ Loa", "commune", "party"),
        ("Chi bộ thôn Đoài", "party_cell", "Chi bộ thôn Đoài", None, "party"),
        ("Văn phòng Quận ủy Ba Đình", "party_body", "Văn phòng Quận ủy Ba Đình", "district", "party"),
        ("Hội LHPN phường Trúc Bạch", "women", "Hội Liên hiệp Phụ nữ Việt Nam phường Trúc Bạch", "commune", "mass_organisation"),
        ("Ủy ban MTTQ Việt Nam quận Hoàn Kiếm", "front", "Ủy ban Mặt trận Tổ quốc Việt Nam quận Hoàn Kiếm", "district", "mass_organisation"),
        ("Đoàn TNCS Hồ Chí Minh phường Cửa Nam", "youth", "Đoàn Thanh niên Cộng sản Hồ Chí Minh phường Cửa Nam", "commune", "mass_organisation"),
        ("Hội Chữ thập đỏ quận Tây Hồ", "association", "Hội Chữ thập đỏ quận Tây Hồ", "district", "other"),
        ("Phòng Giáo dục và Đào tạo quận Đống Đa", "division", "Phòng Giáo dục và Đào tạo quận Đống Đa", "district", "government"),
        ("Sở Nội vụ Hà Nội", "department", "Sở Nội vụ Hà Nội", "province", "government"),
        ("Bộ LĐTBXH", "ministry", "Bộ Lao động - Thương binh và Xã hội", "central", "government"),
        ("Công an phường Hàng Bạc", "police", "Công an phường Hàng Bạc", "commune", "government"),
        ("Tòa án nhân dân quận Ba Đình", "court", "Tòa án nhân dân quận Ba Đình", "district", "government"),
        ("Trạm Y tế xã Cổ Nhuế", "health", "Trạm Y tế xã Cổ Nhuế", "commune", "government"),
        ("Trường THCS Kim Đồng", "school", "Trường Trung học cơ sở Kim Đồng", None, "government"),
        ("HTX nông nghiệp Đại Mỗ", "cooperative", "Hợp tác xã nông nghiệp Đại Mỗ", None, "other"),
        ("Công ty TNHH một thành viên Nước sạch Hà Nội", "enterprise", "Công ty TNHH một thành viên Nước sạch Hà Nội", None, "other"),
    ],
)  # fmt: skip
def test_a_name_says_kind_level_and_bloc(name: str, kind: str, canonical: str, level: str | None, bloc: str) -> None:
    agency = recognise(name)
    assert agency is not None
    assert (agency.kind, agency.canonical, agency.level, agency.bloc) == (kind, canonical, level, bloc)


@pytest.mark.parametrize(
    "name", ["", "Nguyễn Văn A", "Căn cứ Luật", "các xã, phường", "UBND các xã", "UBND cấp tỉnh"]
)
def test_what_names_no_body_is_none(name: str) -> None:
    assert recognise(name) is None


def test_the_place_and_the_parent_are_told() -> None:
    agency = recognise("Văn phòng UBND quận Đống Đa")
    assert agency is not None
    assert (agency.parent, agency.place, agency.place_type, agency.place_name) == (
        "Ủy ban nhân dân quận Đống Đa", "quận Đống Đa", "quận", "Đống Đa",
    )  # fmt: skip


def test_a_type_alone_is_a_place_without_a_name() -> None:
    agency = recognise("UBND quận")
    assert agency is not None
    assert (agency.place_type, agency.place_name) == ("quận", None)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Sở Tài chính chịu trách nhiệm", "Sở Tài chính"),
        ("Sở Xây dựng trình Ủy ban", "Sở Xây dựng"),
        ("Sở Nội vụ và Sở Tài chính", "Sở Nội vụ"),
        ("Bộ Văn hóa, Thể thao và Du lịch, Bộ Tài chính", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("Ủy ban nhân dân tỉnh Chỉ đạo", "Ủy ban nhân dân tỉnh"),
        ("UBND TỈNH BẮC GIANG (cũ) về việc", "UBND TỈNH BẮC GIANG (cũ)"),
        ("UBND tỉnh Bắc Giang Độc lập", "UBND tỉnh Bắc Giang"),
        ("Ban Quản lý Khu kinh tế mở Chu Lai và các cơ quan", "Ban Quản lý Khu kinh tế mở Chu Lai"),
        ("Cục Kiểm tra VBQPPL - Bộ Tư pháp", "Cục Kiểm tra VBQPPL"),
        ("Trung tâm CNTT Tây Bắc.", "Trung tâm CNTT Tây Bắc"),
        ("Công an P.10, Q.5", "Công an P.10"),
        ("Phòng Công chứng số 4 chứng nhận", "Phòng Công chứng số 4"),
    ],
)
def test_a_name_ends_where_the_sentence_goes_on(text: str, surface: str) -> None:
    reading = read_at(text, fold(text), 0)
    assert reading is not None
    assert text[: reading.end] == surface


@pytest.mark.parametrize("text", ["quân sự", "các quận", "cấp huyện", "xã, phường, thị trấn"])
def test_a_group_or_another_word_is_no_place(text: str) -> None:
    shown = f" {text}"
    assert place_at(shown, fold(shown), 0, strict=True) is None


def test_accents_decide_for_one_syllable_and_the_greater_part_for_more() -> None:
    assert not agrees("số", "Sở")
    assert agrees("Uỷ ban", "Ủy ban")
    assert agrees("Uy ban nhân đân", "Ủy ban nhân dân")
    assert agrees("UY BAN NHAN DAN", "Ủy ban nhân dân")


def test_every_head_has_a_known_tail() -> None:
    from ontology.agencies.grammar import TAILS

    assert {head.tail for head in heads()} <= set(TAILS) | {"skip"}
