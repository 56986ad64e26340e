"""Whose fonds it is: level, bloc and unit from the creator's name, the fonds' history and its neighbours."""

from __future__ import annotations

import pytest

from kg.linking.creators import describe_creators
from kg.model import Fonds
from ontology.registry import load


def described(*rows: Fonds) -> dict[str, Fonds]:
    return {key: creator.fonds for key, creator in describe_creators({row.id: row for row in rows}, load()).items()}


def unit_name(fonds: Fonds) -> str | None:
    if fonds.unit is None:
        return None
    unit = load().unit(fonds.unit)
    return ", ".join([unit.name, *(parent.name for parent in load().parents(unit))])


@pytest.mark.parametrize(
    ("creator", "level", "bloc", "unit"),
    [
        ("UBND quận Đống Đa", "district", "government", "Quận Đống Đa, Thành phố Hà Nội"),
        ("Quận ủy Ba Đình", "district", "party", "Quận Ba Đình, Thành phố Hà Nội"),
        (
            "Hội Liên hiệp Phụ nữ huyện Thanh Trì",
            "district",
            "mass_organisation",
            "Huyện Thanh Trì, Thành phố Hà Nội",
        ),
        ("Tủ sách gia đình", None, None, None),
    ],
)
def test_the_name_tells_level_bloc_and_unit(
    creator: str, level: str | None, bloc: str | None, unit: str | None
) -> None:
    fonds = described(Fonds("P1", creator, extra={"period": "1981 - 2010"}))["P1"]
    assert (fonds.level, fonds.bloc, unit_name(fonds)) == (level, bloc, unit)


def test_a_name_that_many_communes_bear_stays_open() -> None:
    assert described(Fonds("P1", "UBND xã Kim Chung"))["P1"].unit is None


def test_the_history_of_the_fonds_decides() -> None:
    fonds = described(
        Fonds("P1", "UBND xã Kim Chung", extra={"history": "Xã thuộc huyện Hoài Đức", "period": "1977 - 2025"})
    )
    assert unit_name(fonds["P1"]) == "Xã Kim Chung, Huyện Hoài Đức, Thành phố Hà Nội"


def test_the_other_fonds_of_the_delivery_decide_the_province_and_no_more() -> None:
    neighbour = Fonds("P1", "UBND quận Hoàn Kiếm", extra={"period": "1981 - 2025"})
    fonds = described(neighbour, Fonds("P2", "UBND phường Hàng Bạc"), Fonds("P3", "UBND xã Kim Chung"))
    assert unit_name(fonds["P2"]) == "Phường Hàng Bạc, Quận Hoàn Kiếm, Thành phố Hà Nội"
    assert fonds["P3"].unit is None, "two communes of Ha Noi are called Kim Chung"


def test_one_body_under_two_types_has_the_last() -> None:
    fonds = described(Fonds("P1", "Ủy ban nhân dân xã, phường Dịch Vọng", extra={"period": "1985 - 2025"}))
    assert unit_name(fonds["P1"]) == "Phường Dịch Vọng, Quận Cầu Giấy, Thành phố Hà Nội"


def test_what_the_table_says_is_kept() -> None:
    fonds = described(Fonds("P1", "UBND quận Đống Đa", level="district", bloc="other", unit="006@1981-01-03"))["P1"]
    assert (fonds.bloc, fonds.unit) == ("other", "006@1981-01-03")


OLD, NEW = "03061@2007-12-17", "03061@2025-07-01"


@pytest.mark.parametrize(
    ("creator", "day", "unit"),
    [
        ("UBND xã Võ Lao, huyện Văn Bàn, tỉnh Lào Cai", None, OLD),
        ("UBND xã Võ Lao, huyện Văn Bàn, tỉnh Lào Cai", "2025-09-30", OLD),
        ("UBND xã Võ Lao, huyện Văn Bàn, tỉnh Lào Cai", "1994", OLD),
    ],
)
def test_a_name_with_its_district_is_the_unit_that_lay_in_it(creator: str, day: str | None, unit: str) -> None:
    """The commune of 2025 has the old one's name and code."""
    days = {"P1": day} if day else None
    assert describe_creators({"P1": Fonds("P1", creator)}, load(), days)["P1"].fonds.unit == unit


@pytest.mark.parametrize(("day", "unit"), [(None, OLD), ("1994", OLD), ("2025-12", NEW), ("2026-02-11", NEW)])
def test_the_days_of_the_files_tell_an_old_from_a_new_unit(day: str | None, unit: str) -> None:
    neighbour = Fonds("P2", "UBND huyện Văn Bàn", extra={"period": "1981 - 2025"})
    rows = {"P1": Fonds("P1", "UBND xã Võ Lao"), "P2": neighbour}
    assert describe_creators(rows, load(), {"P1": day} if day else None)["P1"].fonds.unit == unit


@pytest.mark.parametrize(
    ("creator", "unit"),
    [
        ("UBND phường Từ Liêm", "Phường Từ Liêm, Thành phố Hà Nội"),
        ("UBND phường Văn Miếu - Quốc Tử Giám", "Phường Văn Miếu - Quốc Tử Giám, Quận Đống Đa, Thành phố Hà Nội"),
    ],
)
def test_without_a_day_the_old_unit_is_meant_else_that_of_today(creator: str, unit: str) -> None:
    assert unit_name(described(Fonds("P1", creator))["P1"]) == unit


@pytest.mark.parametrize(
    ("creator", "level", "bloc", "unit"),
    [
        ("UBND thành phố Hà Nội", "province", "government", "Thành phố Hà Nội"),
        ("Phòng TC-KH quận Đống Đa", "district", "government", "Quận Đống Đa, Thành phố Hà Nội"),
        ("CA quận Đống Đa", "district", "government", "Quận Đống Đa, Thành phố Hà Nội"),
        ("Ủy ban quận Đống Đa", "district", "government", "Quận Đống Đa, Thành phố Hà Nội"),
        ("UBND quận Đống Đa - Phòng Tư pháp", "district", "government", "Quận Đống Đa, Thành phố Hà Nội"),
    ],
)
def test_short_names_are_read_as_the_agencies_in_time_have_them(
    creator: str, level: str, bloc: str, unit: str
) -> None:
    fonds = described(Fonds("P1", creator, extra={"period": "1997 - 2024"}))["P1"]
    assert (fonds.level, fonds.bloc, unit_name(fonds)) == (level, bloc, unit)


def test_a_name_of_two_bodies_is_of_neither_unit() -> None:
    """Their files may have gone different ways."""
    fonds = described(Fonds("P1", "UBND phường Phú Đô và UBND phường Mễ Trì"))["P1"]
    assert (fonds.level, fonds.bloc, fonds.unit) == ("commune", "government", None)


def test_a_city_of_a_province_is_a_district() -> None:
    fonds = described(Fonds("P1", "UBND thành phố Sơn Tây", extra={"period": "2007 - 2009"}))["P1"]
    assert (fonds.level, unit_name(fonds)) == ("district", "Thành phố Sơn Tây, Thành phố Hà Nội")


def test_a_department_behind_its_committee_is_the_creator() -> None:
    fonds = Fonds("P1", "UBND quận Đống Đa - Phòng Tư pháp", extra={"period": "1997 - 2024"})
    (node,) = describe_creators({"P1": fonds}, load())["P1"].nodes
    assert node.name == "Phòng Tư pháp quận Đống Đa"
