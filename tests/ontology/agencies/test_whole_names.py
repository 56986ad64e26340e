"""No words of a name are lost: a longer name is another body, several names are several bodies, and what only comes near
to a unit's name is none."""

from __future__ import annotations

import pytest

from ontology.agencies import recognise, recognise_whole
from ontology.agencies.in_time import agencies
from ontology.agencies.kinds import kind_without_days
from ontology.agencies.meanings import meanings
from ontology.names import rows

known = agencies()
DONG_DA, BA_DINH = "006@1981-01-03", "001@1981-01-03"


def best(name: str, at: str | None = None, within: str | None = None) -> list[str]:
    """Ids of the agencies that fit best."""
    found = meanings(name, known, at=at, within=within)
    return [one.agency.id for one in found if one.score == found[0].score]


@pytest.mark.parametrize(
    "name",
    [
        "Tòa án nhân dân khu vực 3, Hà Nội", "TAND khu vực 5 - Hà Nội", "Viện kiểm sát nhân dân tối cao, Hà Nội",
        "Tòa án nhân dân cấp cao tại Hà Nội", "Sở Y tế dự phòng Hà Nội", "Sở Thương mại và Du lịch tỉnh Hà Tây",
        "Sở Tài chính - Vật giá Hà Nội", "Phòng Tài chính - Thương nghiệp huyện Gia Lâm",
        "Đoàn Thanh niên Công an quận Đống Đa", "Hội Phụ nữ Công an, Hà Nội", "Đảng ủy Công an, quận Đống Đa",
    ],
)  # fmt: skip
def test_a_longer_name_is_not_the_body_of_the_shorter_one(name: str) -> None:
    assert meanings(name, known) == []
    assert meanings(name.lower().replace("-", " "), known) == []


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("UBND quận Đống Đa và UBND quận Ba Đình", {f"ubnd:{DONG_DA}", f"ubnd:{BA_DINH}"}),
        ("UBND quận Đống Đa / UBND quận Ba Đình", {f"ubnd:{DONG_DA}", f"ubnd:{BA_DINH}"}),
        ("UBND quận Đống Đa và quận Ba Đình", {f"ubnd:{DONG_DA}", f"ubnd:{BA_DINH}"}),
        ("UBND quận Đống Đa, UBND quận Ba Đình, UBND quận Hai Bà Trưng",
         {f"ubnd:{DONG_DA}", f"ubnd:{BA_DINH}", "ubnd:007@1981-01-03"}),
        ("HĐND và UBND quận Đống Đa", {f"hdnd:{DONG_DA}", f"ubnd:{DONG_DA}"}),
        ("HĐND-UBND quận Đống Đa", {f"hdnd:{DONG_DA}", f"ubnd:{DONG_DA}"}),
        ("Quận ủy - HĐND - UBND quận Đống Đa", {f"dang-uy:{DONG_DA}", f"hdnd:{DONG_DA}", f"ubnd:{DONG_DA}"}),
        ("MTTQ, Đoàn TN và Hội LHPN quận Đống Đa", {f"mttq:{DONG_DA}", f"doan:{DONG_DA}", f"phu-nu:{DONG_DA}"}),
        ("Hội đồng nhân dân & Ủy ban nhân dân quận Ba Đình", {f"hdnd:{BA_DINH}", f"ubnd:{BA_DINH}"}),
    ],
)  # fmt: skip
def test_a_joint_name_is_that_of_all(name: str, ids: set[str]) -> None:
    found = meanings(name, known)
    assert set(best(name)) == ids
    assert all("joint_name" in one.reasons for one in found)


def test_a_body_above_is_no_other_body_beside_the_one_named() -> None:
    found = meanings("UBND phường Cửa Nam, UBND quận Hoàn Kiếm", known)
    assert {one.agency.id for one in found} == {"ubnd:00073@1981-01-03"}


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("UBND quận Đống Đa - Phòng Tư pháp", "Phòng Tư pháp quận Đống Đa"),
        ("UBND quận Đống Đa Phòng Nội vụ", "Phòng Nội vụ quận Đống Đa"),
        ("UBND quận Đống Đa (Phòng Tài nguyên và Môi trường)", "Phòng Tài nguyên và Môi trường quận Đống Đa"),
        ("ỦY BAN NHÂN DÂN QUẬN ĐỐNG ĐA / PHÒNG TƯ PHÁP", "Phòng Tư pháp quận Đống Đa"),
        ("Phòng Nội vụ thuộc UBND quận Đống Đa", "Phòng Nội vụ quận Đống Đa"),
        ("Phòng Nội vụ của quận Đống Đa", "Phòng Nội vụ quận Đống Đa"),
        ("Trưởng phòng Nội vụ quận Đống Đa", "Phòng Nội vụ quận Đống Đa"),
        ("Chánh Thanh tra quận Đống Đa", "Thanh tra quận Đống Đa"),
        ("Sở Nông nghiệp và PTNT Hà Nội", "Sở Nông nghiệp và Phát triển nông thôn Hà Nội"),
        ("Phòng Lao động - TBXH quận Đống Đa", "Phòng Lao động - Thương binh và Xã hội quận Đống Đa"),
        ("Phòng TN và Môi trường quận Đống Đa", "Phòng Tài nguyên và Môi trường quận Đống Đa"),
        ("CATP Hà Nội", "Công an thành phố Hà Nội"),
        ("P. Nội vụ quận Đống Đa", "Phòng Nội vụ quận Đống Đa"),
        ("UBND Q.Đống Đa - P.TNMT", "Phòng Tài nguyên và Môi trường quận Đống Đa"),
    ],
)
def test_a_name_is_read_through_what_stands_around_it(name: str, plain: str) -> None:
    assert best(name) == best(plain) != []


def test_what_is_below_a_body_that_stands_first_is_told() -> None:
    (found, *_) = meanings("Công an quận Đống Đa - Đội Cảnh sát QLHC", known)
    assert (found.agency.id, found.below) == (f"cong-an-huyen:{DONG_DA}", "Đội Cảnh sát QLHC")


def test_a_unit_under_two_types_is_that_of_both() -> None:
    assert set(best("UBND xã, phường Dịch Vọng")) == {"ubnd:00166@1978-12", "ubnd:00166@1996-11-22"}


@pytest.mark.parametrize(
    "name",
    [
        "Công an Đồn 12, Hà Nội", "Công an Đồn Trần Phú, Hà Nội", "Ủy ban nhân dân cách mạng thành phố Sài Gòn", "UBND phường Kim Sơn, quận Đống Đa",
        "UBND phường Đại Học, quận Đống Đa",
    ],
)  # fmt: skip
def test_another_name_is_no_misread_unit(name: str) -> None:
    assert not any("misspelt" in one.reasons for one in meanings(name, known))


@pytest.mark.parametrize(
    ("name", "plain", "unread"),
    [
        ("Hội đồng nhân dân khóa XI quận Đống Đa", "Hội đồng nhân dân quận Đống Đa", "khóa XI"),
        ("HĐND quận Đống Đa nhiệm kỳ 2016 - 2021", "HĐND quận Đống Đa", "nhiệm kỳ 2016 - 2021"),
        ("HĐND quận Đống Đa khóa XI (nhiệm kỳ 2016-2021)", "HĐND quận Đống Đa", "khóa XI nhiệm kỳ 2016 - 2021"),
        ("UBND huyện Từ Liêm, thành phố Hà Nội năm 1985", "UBND huyện Từ Liêm", "năm 1985"),
        ("hoi dong nhan dan quan dong da khoa XI", "Hội đồng nhân dân quận Đống Đa", "khoa XI"),
    ],
)
def test_terms_and_years_beside_a_name_are_no_part_of_the_unit(name: str, plain: str, unread: str) -> None:
    found = meanings(name, known)
    assert best(name) == best(plain)
    assert {one.unread for one in found} == {unread}


def test_a_letter_misread_is_forgiven() -> None:
    assert best("UBND phường Cửa Nan, quận Hoàn Kiếm") == ["ubnd:00073@1981-01-03"]


@pytest.mark.parametrize(
    ("name", "at", "first", "reasons"),
    [
        ("HĐND phường Phú Đô", "2023-01-01", "hdnd:00632@2013-12-27", ("exact", "not_in_force_at", "body_absent")),
        ("UBND phường Phú Đô", "2010-01-01", "ubnd:00632@2013-12-27", ("exact", "not_in_force_at")),
        ("HĐND phường Cửa Nam, Hà Nội", "2023-05-01", "hdnd:00073@1981-01-03",
         ("exact", "within", "not_in_force_at", "body_absent")),
        ("HĐND phường Cửa Nam, Hà Nội", "2018-05-01", "hdnd:00073@1981-01-03", ("exact", "within")),
        ("Phòng Nội vụ quận Đống Đa", "2005-01-01", "p.noi-vu:006@1996-11-22", ("exact", "not_in_force_at")),
        ("Bộ Tư lệnh Thủ đô Hà Nội", "1980-01-01", "quan-su:01@1975", ("exact", "name_later")),
    ],
)  # fmt: skip
def test_the_type_that_is_written_and_the_day_decide(
    name: str, at: str, first: str, reasons: tuple[str, ...]
) -> None:
    found = meanings(name, known, at=at)
    assert (found[0].agency.id, found[0].reasons) == (first, reasons)


def test_a_unit_that_had_another_type_is_still_found_first_in_its_time() -> None:
    """The commune was a ward by then: one place under two types is no other place."""
    assert best("UBND xã Mỹ Đình 1", "2015-01-01", "Hà Nội") == best("UBND phường Mỹ Đình 1", "2015-01-01", "Hà Nội")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Lưu trữ lịch sử nhà nước của thành phố Hà Nội", "Lưu trữ lịch sử nhà nước"),
        ("Lưu trữ lịch sử tỉnh Thái Nguyên", "Lưu trữ lịch sử nhà nước"),
        ("Văn phòng đăng ký đất đai Hà Nội", "Văn phòng Đăng ký đất đai"),
        ("Chi nhánh Văn phòng đăng ký đất đai quận Đống Đa", "Chi nhánh Văn phòng Đăng ký đất đai"),
        ("TAND khu vực 5 - Hà Nội", "Tòa án nhân dân khu vực"), ("KHO BẠC NHÀ NƯỚC QUẬN ĐỐNG ĐA", "Kho bạc Nhà nước"),
        ("bao hiem xa hoi quan dong da", "Bảo hiểm xã hội"), ("Sở Y tế dự phòng Hà Nội", "Sở Y tế dự phòng"),
        ("UBND quận Đống Đa", None), ("UBND xã Không Có", None), ("Nguyễn Văn A", None), ("", None), ("Kho", None),
    ],
)  # fmt: skip
def test_a_kind_of_body_without_days_is_known_by_name(name: str, kind: str | None) -> None:
    assert kind_without_days(name) == kind


def test_no_listed_kind_has_days() -> None:
    for row in rows("agencies_kinds.csv"):
        assert meanings(f"{row['form']} quận Đống Đa", known) == [], row["form"]
        assert meanings(f"{row['form']} thành phố Hà Nội", known) == [], row["form"]


def test_a_name_that_is_not_read_to_its_end_can_be_refused() -> None:
    for name in ("UBND quận Đống Đa và UBND quận Ba Đình", "UBND quận Đống Đa - Phòng Tư pháp"):
        assert recognise(name) is not None
        assert recognise_whole(name) is None
    for name in ("UBND quận Đống Đa", "UBND phường Cửa Nam, quận Hoàn Kiếm, Hà Nội", "Công an quận Đống Đa (cũ)"):
        assert recognise_whole(name) == recognise(name) is not None


@pytest.mark.parametrize("name", ["UBND quận Đống Đa và ", "UBND - ", "Chi bộ ", "Phòng Nội vụ thuộc "])
def test_a_text_of_many_names_is_no_name(name: str) -> None:
    assert meanings(name * 400, known) == []
