"""Every name of every body of Ha Noi's old and new units (committees, councils, Party committees, Fronts, mass
organisations, police, military command, departments), in full and short form, with and without accents, means the agency
of its date; names that are truly the same are answered with all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from ontology.agencies.bodies import bodies
from ontology.agencies.dated import Agency
from ontology.agencies.in_time import agencies
from ontology.agencies.meanings import meanings
from ontology.folding import fold
from ontology.model import Unit
from ontology.name_index import bare_name
from ontology.registry import load

known = agencies()
KINDS = ("ubnd", "hdnd", "dang-uy", "mttq")
OTHERS = {
    "mass organisations": ("phu-nu", "doan", "nong-dan", "cuu-chien-binh", "cong-doan"),
    "police and military command": ("cong-an", "cong-an-huyen", "quan-su"),
    "departments": tuple(body for body in bodies() if body.startswith(("p.", "x.", "s.", "vp-", "thanh-tra"))),
    "lines of their own": ("toa-an", "vien-kiem-sat", "thi-hanh-an", "thue", "chu-thap-do", "nguoi-cao-tuoi"),
}
CITY = "01@2008-08-01"


def units() -> list[Unit]:
    """526 communes and 30 districts of the eve of the reform, 126 communes of its day, the city."""
    ontology = load()
    city = ontology.units[CITY]
    of_days = [ontology.as_of(day).units(within=city) for day in ("2025-06-30", "2025-07-01")]
    assert [len(found) for found in of_days] == [556, 126]
    return [city, *of_days[0], *of_days[1]]


def some(every: int) -> list[Unit]:
    """All districts and the city, and of the communes one in so many: other bodies bear the same names of units."""
    communes = [unit for unit in units() if unit.level == "commune"]
    return [*(unit for unit in units() if unit.level != "commune"), *communes[::every]]


def written(kinds: Iterable[str] = KINDS, every: int = 1) -> Iterator[tuple[Agency, str, str, str]]:
    """Agency, the name as a page writes it, the name it was made from, its date: the last day, else one of today."""
    for unit in some(every):
        for kind in kinds:
            for agency in known.of_kind(unit, kind)[-1:]:
                day = agency.closed.day if agency.closed and agency.closed.day else "2026-06-30"
                for name in known.names(agency):
                    yield agency, name, name, day
                    yield agency, fold(name), name, day


def best(name: str, day: str, within: str | None) -> list[Agency]:
    """The agencies that fit best."""
    found = meanings(name, known, at=day, within=within)
    return [one.agency for one in found if one.score == found[0].score]


def test_all_names_of_ha_noi_mean_the_agency_of_their_date() -> None:
    assert all_mean_the_agency_of_their_date(KINDS, 0.94) > 60_000


@pytest.mark.parametrize("group", OTHERS)
def test_names_of_other_bodies_mean_the_agency_of_their_date(group: str) -> None:
    assert all_mean_the_agency_of_their_date(OTHERS[group], 0.9, every=5) > 1_000


def all_mean_the_agency_of_their_date(kinds: Iterable[str], alone: float, every: int = 1) -> int:
    """Asserts that no name of these kinds is given to another, and that more than ``alone`` of them have one answer, the
    others being names that several bodies bear that day; how many were asked."""
    asked = one = 0
    shared: dict[tuple[str, str], list[Agency]] = {}
    for agency, name, _, day in written(kinds, every):
        found = best(name, day, None if agency.unit.level == "province" else city_as_in(name))
        assert agency in found, (name, day, [other.id for other in found])
        asked, one = asked + 1, one + (len(found) == 1)
        if len(found) > 1:
            shared[name, day] = found
    assert one / asked > alone
    for (name, day), found in shared.items():
        for other in found:  # all of them bear that very name on that day
            assert other.in_force(day), (name, other.id)
            assert name.endswith(tuple(place_forms(other.unit))), (name, other.id)
    return asked


@pytest.mark.parametrize("day", ["1979-06-30", "1990-06-30", "2004-06-30", "2019-06-30"])
def test_names_of_other_years_mean_the_agencies_of_these_years(day: str) -> None:
    """Committees, councils, Party committees, police and women's unions of all units of the city on that day."""
    ontology = load()
    city = next(unit for unit in ontology.versions("01") if unit.in_force(day))
    asked = one = 0
    for unit in ontology.as_of(day).units(within=city):
        for kind in ("ubnd", "hdnd", "dang-uy", "cong-an", "phu-nu"):
            for agency in known.of_kind(unit, kind):
                if not agency.in_force(day):
                    continue
                for name in list(known.names(agency))[:2]:
                    for form in (name, fold(name)):
                        found = best(form, day, city_as_in(form))
                        assert agency in found, (form, agency.id, [other.id for other in found])
                        asked, one = asked + 1, one + (len(found) == 1)
    assert asked > 3_000
    assert one / asked > 0.9


def city_as_in(name: str) -> str:
    """The city with accents where the name has some: accents decide for all that is written."""
    return "Hà Nội" if name != fold(name) else "ha noi"


def place_forms(unit: Unit) -> list[str]:
    """A unit's name inside a body's name, and without accents."""
    forms = [f"{unit.type} {bare_name(unit)}", bare_name(unit)]
    return [*forms, *map(fold, forms)]


@pytest.mark.parametrize("kind", KINDS)
def test_with_its_district_an_old_name_is_one_agency(kind: str) -> None:
    """Accents and all; two wards of one district have no name in common."""
    for unit in units():
        if unit.level != "commune" or unit.valid_to is None:
            continue
        for agency in known.of_kind(unit, kind)[-1:]:
            assert agency.closed is not None
            assert agency.closed.day is not None
            district = load().parents(unit)[0].name
            assert best(f"{agency.name}, {district}, Hà Nội", agency.closed.day, None) == [agency]


def test_one_name_in_two_years_is_two_agencies() -> None:
    (of_2024,) = best("UBND phường Cửa Nam", "2024-05-05", "Hà Nội")
    (of_2026,) = best("UBND phường Cửa Nam", "2026-05-05", "Hà Nội")
    assert (of_2024.id, of_2026.id) == ("ubnd:00073@1981-01-03", "ubnd:00082@2025-07-01")


@pytest.mark.parametrize(
    ("name", "at", "within", "agency"),
    [
        ("UB.ND xã Dịch Vọng", "1970-01-01", None, "ubhc:00166@1978-12"),
        ("Uỷ ban nhân dân Q. Đống Đa, TP Hà Nội", "1990-01-01", None, "ubnd:006@1981-01-03"),
        ("ỦY BAN HÀNH CHÍNH HUYỆN TỪ LIÊM", "1975-05-05", None, "ubhc:019@1975"),
        ("ubnd phuong dich vong", "2010-01-01", None, "ubnd:00166@1996-11-22"),
        ("UBND thành phố", None, "Hà Nội", "ubnd:01@1975"),
        ("UBND quận", None, "Quận Đống Đa", "ubnd:006@1981-01-03"),
        ("Thành ủy HN", None, None, "dang-uy:01@1975"),
        ("BCH Đảng bộ quận Đống Đa", None, None, "dang-uy:006@1981-01-03"),
        ("Đảng bộ quận Đống Đa", None, None, "dang-uy:006@1981-01-03"),
        ("Ban Thường vụ Quận ủy Đống Đa", None, None, "dang-uy:006@1981-01-03"),
        ("CHỦ TỊCH UBND QUẬN ĐỐNG ĐA", None, None, "ubnd:006@1981-01-03"),
        ("Ban Tuyên giáo Quận ủy Đống Đa", None, None, "dang-uy:006@1981-01-03"),
        ("UBMTTQ VN phường Cửa Nam", "2024-01-01", "Hà Nội", "mttq:00073@1981-01-03"),
        ("Hội LHPN phường Cửa Nam", "2024-01-01", "Hà Nội", "phu-nu:00073@1981-01-03"),
        ("Quận đoàn Đống Đa", None, None, "doan:006@1981-01-03"),
        ("LĐLĐ quận Đống Đa", None, None, "cong-doan:006@1981-01-03"),
        ("CAP Cửa Nam", "2024-01-01", "Hà Nội", "cong-an:00073@1981-01-03"),
        ("CAP Tùng Thiện", "2026-01-01", "Hà Nội", "cong-an:09604@2025-07-01"),
        ("UBND xã Các Sơn", "2010-01-01", None, "ubnd:16591@2007-12-17"),
        ("Huyện đội Từ Liêm", None, None, "quan-su:019@1975"),
        ("Bộ Tư lệnh Thủ đô", None, None, "quan-su:01@1975"),
        ("Phòng TC-KH quận Đống Đa", None, None, "p.tckh:006@1996-11-22"),
        ("Phòng Nội vụ quận Đống Đa", "2025-04-01", None, "p.noi-vu.2025:006@1996-11-22"),
        ("Phòng Nội vụ quận Đống Đa", "2024-04-01", None, "p.noi-vu:006@1996-11-22"),
        ("Sở TN&MT TP Hà Nội", None, None, "s.tnmt:01@1991-08-12"),
        ("Sở Giáo dục và Đào tạo", None, "Hà Nội", "s.gddt:01@1975"),
    ],
)  # fmt: skip
def test_names_as_pages_write_them(name: str, at: str | None, within: str | None, agency: str) -> None:
    found = meanings(name, known, at=at, within=within)
    assert found[0].agency.id == agency


@pytest.mark.parametrize(
    "name",
    [
        "",
        "xyz",
        "UBND",
        "Nguyễn Văn A",
        "Ủy ban nhân dân các xã",
        "UBND cấp huyện",
        "UBND CÁC QUẬN",
        "a" * 600,
        "-",
        "\x00",
    ],
)
def test_what_names_no_agency_is_answered_with_none(name: str) -> None:
    assert meanings(name, known) == []


def test_accents_count_where_there_are_some() -> None:
    assert meanings("Đoạn phường Cửa Nam", known) == []
    assert meanings("doan phuong cua nam", known)
