"""Names to dated units, in a country of a few communes."""

from __future__ import annotations

import pytest

from ontology.errors import AmbiguousUnit, UnitNotFound
from ontology.model import Alias, Candidate
from ontology.registry import Ontology
from tests.ontology.small import country, unit

EVE, DAY = "2025-06-30", "2025-07-01"


@pytest.fixture
def world() -> Ontology:
    return country(
        [
            unit("01", "Thành phố Hà Nội"),
            unit("002", "Quận Hoàn Kiếm", "01", end=EVE),
            unit("003", "Quận Cầu Giấy", "01", "1997-09-01", EVE),
            unit("004", "Huyện Từ Liêm", "01", end="2013-12-26"),
            unit("005", "Huyện Hoài Đức", "01", end=EVE),
            unit("73", "Phường Cửa Nam", "002", "2007-12-17", EVE, certain=False),
            unit("82", "Phường Cửa Nam", "01", DAY),
            unit("70", "Phường Hoàn Kiếm", "01", DAY),
            unit("90", "Xã Dịch Vọng", "004", "1978-12", "1997-08-31"),
            unit("90", "Phường Dịch Vọng", "003", "1997-09-01", EVE),
            unit("31", "Xã Sơn Đồng", "005", end=EVE),
            unit("32", "Xã Sơn Đông", "005", end=EVE),
            unit("40", "Phường 1", "003", end=EVE),
            unit("41", "Phường Quang Trung", "002", end=EVE),
            unit("42", "Phường Quang Trung", "003", end="2019-12-31"),
            unit("42", "Phường Quang Trung", "003", "2020-01-01", EVE),
        ],
        aliases=[Alias("41@2000-01-01", "Phường Đồn Thủy", "a local history")],
    )


def ids(candidates: list[Candidate]) -> list[str]:
    return [candidate.unit.id for candidate in candidates]


def test_a_name_finds_every_unit_of_that_name_in_force_first(world: Ontology) -> None:
    assert ids(world.find("Cửa Nam")) == ["82@2025-07-01", "73@2007-12-17"]


@pytest.mark.parametrize(
    "name",
    [
        "Phường Cửa Nam, Quận Hoàn Kiếm",
        "P. Cửa Nam, Q. Hoàn Kiếm, TP. Hà Nội",
        "phuong cua nam, quan hoan kiem",
        "UBND phường Cửa Nam; quận Hoàn Kiếm",
        "CỬA NAM, HOÀN KIẾM",
        "Phường Cửa Nam (quận Hoàn Kiếm)",
        "phường Cửa Nam thuộc quận Hoàn Kiếm, thành phố Hà Nội",
        "Phường Cửa Nam - Quận Hoàn Kiếm - TP Hà Nội",
    ],
)
def test_containing_units_decide(world: Ontology, name: str) -> None:
    assert ids(world.find(name)) == ["73@2007-12-17"]


def test_within_does_as_a_comma(world: Ontology) -> None:
    assert ids(world.find("Cửa Nam", within="Quận Hoàn Kiếm, Hà Nội")) == ["73@2007-12-17"]
    assert world.find("Cửa Nam", within="Quận Cầu Giấy") == []


def test_the_day_ranks_and_never_excludes(world: Ontology) -> None:
    assert ids(world.find("Cửa Nam", at="2020-01-01")) == ["73@2007-12-17", "82@2025-07-01"]
    first, second = world.find("Dịch Vọng", at="1994-05-01")
    assert (first.unit.name, second.unit.name) == ("Xã Dịch Vọng", "Phường Dịch Vọng")
    assert first.score > second.score
    assert "not_in_force_at" in second.reasons


def test_a_day_up_to_twelve_months_beside_is_near(world: Ontology) -> None:
    (district,) = world.find("Quận Cầu Giấy", at="1997-01-10")
    assert "near_validity" in district.reasons
    (district,) = world.find("Quận Cầu Giấy", at="1995-01-10")
    assert "not_in_force_at" in district.reasons


def test_before_the_first_list_a_name_is_matched_by_name_alone(world: Ontology) -> None:
    (ward,) = world.find("Phường Cửa Nam, Quận Hoàn Kiếm", at="2003-01-01")
    assert "before_first_list" in ward.reasons
    assert ward.score < 1


def test_a_wrong_type_word_lowers_the_score_and_is_said(world: Ontology) -> None:
    ward = next(one for one in world.find("Phường Dịch Vọng", at="1994-01-01") if one.unit.type == "xã")
    assert "type_differs" in ward.reasons
    assert ward.score < world.find("Xã Dịch Vọng", at="1994-01-01")[0].score


def test_another_level_counts_only_where_there_is_no_unit_of_the_level_named(world: Ontology) -> None:
    assert {one.unit.level for one in world.find("Quận Hoàn Kiếm")} == {"district"}
    assert {one.unit.level for one in world.find("Hoàn Kiếm")} == {"district", "commune"}
    assert all("level_differs" in one.reasons for one in world.find("Huyện Cửa Nam"))


def test_accents_decide(world: Ontology) -> None:
    assert ids(world.find("Xã Sơn Đông")) == ["32@2000-01-01"]
    assert ids(world.find("Xã Sơn Đồng")) == ["31@2000-01-01"]


def test_without_accents_both_are_recalled_and_it_is_said(world: Ontology) -> None:
    found = world.find("xa son dong")
    assert set(ids(found)) == {"31@2000-01-01", "32@2000-01-01"}
    assert all("accentless" in candidate.reasons for candidate in found)


def test_a_name_without_marks_is_exact_where_the_writer_uses_accents() -> None:
    world = country(
        [unit("271", "Huyện Nga Sơn"), unit("1", "Xã Nga Thanh", "271"), unit("2", "Xã Nga Thạnh", "271")]
    )
    assert ids(world.find("Xã Nga Thanh")) == ["1@2000-01-01"]
    assert ids(world.find("Nga Thanh, Nga Sơn")) == ["1@2000-01-01"]
    assert set(ids(world.find("xa nga thanh"))) == {"1@2000-01-01", "2@2000-01-01"}


def test_wrong_accents_find_what_folds_alike_and_it_is_said(world: Ontology) -> None:
    found = world.find("Xã Sơn Động")
    assert set(ids(found)) == {"31@2000-01-01", "32@2000-01-01"}
    assert all("accents_differ" in candidate.reasons for candidate in found)


@pytest.mark.parametrize("name", ["Phường 01", "P1", "P.1", "phường I", "Phường 1"])
def test_numbers_are_read_in_every_writing(world: Ontology, name: str) -> None:
    assert ids(world.find(name)) == ["40@2000-01-01"]


def test_an_alias_finds_its_unit(world: Ontology) -> None:
    (candidate,) = world.find("Đồn Thủy")
    assert (candidate.unit.id, "alias" in candidate.reasons) == ("41@2000-01-01", True)


def test_a_misspelt_name_gives_near_misses_with_a_low_score(world: Ontology) -> None:
    found = world.find("Phường Dịch Vong1")
    assert {candidate.unit.line for candidate in found} == {"90"}
    assert all("misspelt" in candidate.reasons and candidate.score < 0.6 for candidate in found)
    assert world.find("Phường Zzzzzzzz") == []


def test_misread_names_are_looked_for_in_the_unit_that_is_named(world: Ontology) -> None:
    (found,) = world.find("Phường Cừa Narn, Quận Hoàn Kiếm")
    assert (found.unit.id, found.reasons) == ("73@2007-12-17", ("misspelt", "within"))
    found, elsewhere = world.find("Phường Cửa Nam, Quận Hoàm Kiêm")
    assert (found.unit.id, found.reasons) == ("73@2007-12-17", ("exact", "within", "within_misread"))
    assert (elsewhere.unit.id, elsewhere.reasons) == ("82@2025-07-01", ("exact", "not_within"))
    with pytest.raises(UnitNotFound):
        world.argument("Phường Cửa Nam, Quận Hoàm Kiêm")


def test_the_nearer_misreading_comes_first(world: Ontology) -> None:
    """A mark, a look-alike and another letter: the first costs least."""
    country_ = country(
        [unit("1", "Huyện A"), *(unit(f"2{n}", f"Xã {name}", "1") for n, name in enumerate(["Tân Hội", "Tân Kội"]))]
    )
    assert [one.unit.name for one in country_.find("Xã Tân Hộl, Huyện A")] == ["Xã Tân Hội", "Xã Tân Kội"]


def test_an_exact_name_elsewhere_stands_beside_the_near_miss_in_the_unit_named() -> None:
    """Either the name or the containing unit is wrong; the containing unit is one witness more for the near miss."""
    world = country(
        [
            unit("01", "Tỉnh Một"),
            unit("02", "Tỉnh Hai"),
            unit("11", "Huyện Đông", "01"),
            unit("12", "Huyện Tây", "01"),
            unit("13", "Huyện Nam", "02"),
            unit("111", "Xã Tân Lộp", "11"),
            unit("121", "Xã Tân Lập", "12"),
            unit("131", "Xã Tân Lập", "13"),
            unit("132", "Xã Xa Lạ", "13"),
        ]
    )
    found = world.find("Xã Tân Lập, Huyện Đông, Tỉnh Một")
    assert [one.unit.line for one in found] == ["111", "121", "131"]
    assert ["not_within" in one.reasons for one in found] == [False, True, True]
    assert found[1].score > found[2].score
    assert world.find("Xã Xa Lạ, Huyện Đông") == []
    with pytest.raises(UnitNotFound) as raised:
        world.argument("Xã Tân Lập, Huyện Đông")
    assert {one.unit.line for one in raised.value.candidates} == {"111", "121", "131"}


def test_a_number_is_no_slip_for_another(world: Ontology) -> None:
    assert world.find("Phường 7, Quận Cầu Giấy") == []
    assert ids(world.find("Phường l, Quận Cầu Giấy")) == ["40@2000-01-01"]


def test_spaces_are_read_anyhow_and_it_is_said(world: Ontology) -> None:
    (found,) = world.find("Phường CửaNam, Quận Hoàn Kiếm")
    assert found.reasons == ("spaces_differ", "within")


@pytest.mark.parametrize("written", ["Phưòng Cửa Nam", "phuờng Cửa Nam", "Phương Cửa Nam"])
def test_a_type_word_with_wrong_accents_is_read_and_it_is_said(world: Ontology, written: str) -> None:
    found = world.find(written)
    assert len(found) == 2
    assert all(one.reasons == ("exact", "type_misread") for one in found)


def test_partly_accented_names_recall_and_it_is_said(world: Ontology) -> None:
    assert {one.reasons for one in world.find("Phường Cua Nam")} == {("accentless",)}
    found = world.find("Xã Sơn Dông")
    assert set(ids(found)) == {"31@2000-01-01", "32@2000-01-01"}
    assert all("accents_differ" in one.reasons for one in found)
    with pytest.raises(AmbiguousUnit):
        world.argument("Xã Sơn Dông", at="2020-01-01")


def test_units_named_nearby_rank(world: Ontology) -> None:
    best = world.find("Quang Trung", nearby=["Phường Dịch Vọng"])[0]
    assert (best.unit.line, "nearby" in best.reasons) == ("42", True)


def test_more_and_nearer_neighbours_rank_higher() -> None:
    world = country(
        [
            unit("01", "Tỉnh Một"),
            unit("02", "Tỉnh Hai"),
            unit("11", "Huyện Đông", "01"),
            unit("12", "Huyện Tây", "01"),
            unit("21", "Huyện Nam", "02"),
            unit("111", "Xã Bình", "11"),
            unit("112", "Xã Chi", "11"),
            unit("113", "Xã Dung", "11"),
            unit("121", "Xã Bình", "12"),
            unit("122", "Xã Chi", "12"),
            unit("211", "Xã Bình", "21"),
        ]
    )
    found = world.find("Xã Bình", nearby=["Xã Chi", "Xã Dung"])
    assert [one.unit.line for one in found] == ["111", "121", "211"]
    assert found[0].score > found[1].score > found[2].score
    assert [one.reasons[1:] for one in found] == [("nearby",), ("nearby",), ()]
    found = world.find("Xã Bình", nearby=["Xã Dung", "Xã Không Có"])
    assert [(one.unit.line, one.reasons[1:]) for one in found] == [
        ("111", ("nearby",)),
        ("121", ("nearby_province",)),
        ("211", ()),
    ]


# Arguments


def test_an_id_is_taken_as_it_is(world: Ontology) -> None:
    assert world.argument("73@2007-12-17").unit.id == "73@2007-12-17"
    with pytest.raises(UnitNotFound):
        world.argument("73@1999-01-01")


def test_a_bare_code_is_ambiguous(world: Ontology) -> None:
    with pytest.raises(AmbiguousUnit) as raised:
        world.argument("90")
    assert len(raised.value.candidates) == 2


def test_a_name_in_the_wrong_district_is_not_found_and_the_right_one_is_named(world: Ontology) -> None:
    with pytest.raises(UnitNotFound) as raised:
        world.argument("Phường Cửa Nam, Quận Cầu Giấy")
    assert "73@2007-12-17" in ids(list(raised.value.candidates))


def test_without_a_day_the_question_prefers(world: Ontology) -> None:
    assert world.argument("Phường Cửa Nam", prefer="ended").unit.id == "73@2007-12-17"
    assert world.argument("Phường Cửa Nam", prefer="in_force").unit.id == "82@2025-07-01"
    with pytest.raises(AmbiguousUnit):
        world.argument("Phường Cửa Nam")


def test_versions_of_one_name_under_the_same_parents_count_as_one(world: Ontology) -> None:
    argument = world.argument("Phường Quang Trung, Cầu Giấy", prefer="ended")
    assert argument.unit.id == "42@2020-01-01"
    assert [other.id for other in argument.also] == ["42@2000-01-01"]


def test_different_units_of_one_name_are_ambiguous(world: Ontology) -> None:
    with pytest.raises(AmbiguousUnit) as raised:
        world.argument("Phường Quang Trung", prefer="ended")
    assert {candidate.unit.parent for candidate in raised.value.candidates} == {"002", "003"}


def test_with_a_day_the_unit_of_that_day_is_meant(world: Ontology) -> None:
    assert world.argument("Dịch Vọng", at="1994-01-01").unit.name == "Xã Dịch Vọng"
    argument = world.argument("Phường Dịch Vọng", at="1994-01-01")
    assert (argument.unit.name, "type_differs" in argument.reasons) == ("Xã Dịch Vọng", True)
    assert world.argument("Phường Dịch Vọng", at="1997-03-01").unit.name == "Phường Dịch Vọng"
    assert world.argument("Phường Quang Trung, Cầu Giấy", at="2010-01-01").unit.id == "42@2000-01-01"


def test_a_type_word_decides_between_levels(world: Ontology) -> None:
    assert world.argument("Quận Hoàn Kiếm").unit.level == "district"
    assert world.argument("Phường Hoàn Kiếm").unit.level == "commune"


@pytest.mark.parametrize("name", ["Phường Dịch Vong1", "Phường Không Có", "Huyện Cửa Nam", "", ",", "99999"])
def test_an_unknown_name_is_not_found_though_near_misses_are_given(world: Ontology, name: str) -> None:
    with pytest.raises(UnitNotFound):
        world.argument(name)


# Mentions


def test_the_date_of_a_record_decides_the_version(world: Ontology) -> None:
    assert ids(world.resolve("Cửa Nam", "phường", on="2019-03-01")) == ["73@2007-12-17"]
    assert ids(world.resolve("Cửa Nam", "phường", on="2025-10-01")) == ["82@2025-07-01"]


def test_the_record_s_own_unit_decides_among_namesakes(world: Ontology) -> None:
    found = world.resolve("Quang Trung", "phường", on="2015-01-01", within_units=["002@2000-01-01"])
    assert ids(found) == ["41@2000-01-01"]
    neighbour = world.resolve("Quang Trung", "phường", on="2015-01-01", within_units=["90@1997-09-01"])
    assert ids(neighbour) == ["42@2000-01-01"]


def test_what_cannot_be_told_apart_stays_open(world: Ontology) -> None:
    assert len(world.resolve("Quang Trung", "phường", on="2015-01-01")) == 2
    assert world.resolve("Không Có", "phường") == []
