"""The days to which a list of names belongs."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ontology.registry import Ontology, load
from tests.ontology.small import country, event, unit

EVE = "2013-12-26"


@pytest.fixture(scope="module")
def world() -> Ontology:
    """A huyện whose communes were merged in 2010 and 2014; "Xã Bình" lived twice."""
    return country(
        [
            unit("01", "Tỉnh An", start="1990-01-01"),
            unit("11", "Huyện Đông", "01", "1990-01-01"),
            unit("111", "Xã Bình", "11", "2000-01-01", "2009-12-31"),
            unit("112", "Xã Hòa", "11", "2000-01-01", EVE),
            unit("113", "Xã Mới", "11", "2010-01-01"),
            unit("114", "Xã Bình", "11", "2014-01-01"),
            unit("115", "Xã Xưa", "11", "2000-01-01", "2011-12-31", certain=False),
        ],
        [event("1/NQ#1", "2010-01-01")],
    )


def days(world: Ontology, names: Sequence[str], **how: str) -> list[tuple[str | None, str | None]]:
    return [(period.since, period.until) for period in world.vintage(names, **how).periods]  # type: ignore[arg-type]


def test_names_that_stood_together_date_a_list(world: Ontology) -> None:
    found = world.vintage(["Xã Hòa", "Xã Mới"])
    assert [(one.since, one.until, one.fitting) for one in found.periods] == [("2010-01-01", EVE, 2)]
    assert found.certainty == "certain"


def test_a_name_that_lived_twice_gives_both_times(world: Ontology) -> None:
    found = world.vintage(["Xã Bình"])
    assert days(world, ["Xã Bình"]) == [("2000-01-01", "2009-12-31"), ("2014-01-01", None)]
    assert found.certainty == "candidates"


def test_a_name_that_does_not_fit_is_told_with_its_own_time(world: Ontology) -> None:
    found = world.vintage(["Xã Bình", "Xã Hòa", "Xã Mới", "Huyện Đông"])
    assert found.certainty == "candidates"
    assert [(one.since, one.until) for one in found.periods] == [
        ("2000-01-01", "2009-12-31"),
        ("2010-01-01", EVE),
        ("2014-01-01", None),
    ]
    assert set(found.misfits) == {"Xã Mới"}
    assert [(stay.since, stay.until) for stay in found.misfits["Xã Mới"]] == [("2010-01-01", None)]


def test_a_beginning_before_the_first_list_is_open(world: Ontology) -> None:
    assert days(world, ["Xã Xưa"]) == [(None, "2011-12-31")]


def test_what_the_whole_lacks_counts_against_a_day(world: Ontology) -> None:
    whole = world.argument("Huyện Đông").unit
    listed = ["Xã Hòa", "Xã Mới"]
    found = world.vintage(listed, whole=whole)
    assert [(one.since, one.until, one.missing) for one in found.periods] == [("2012-01-01", EVE, 0)]
    found = world.vintage(["Xã Hòa"], whole=whole)
    assert [(one.since, one.until, one.missing) for one in found.periods] == [("2012-01-01", EVE, 1)]
    assert [one.name for one in found.missing] == ["Xã Mới"]
    assert found.certainty == "candidates"


def test_a_time_with_no_name_of_the_list_is_never_its_own() -> None:
    vietnam = load()
    whole = vietnam.argument("Huyện Từ Liêm", at="1994-01-01").unit
    found = vietnam.vintage(["Xã Dịch Vọng", "Xã Mỹ Đình", "Xã Cổ Nhuế", "Xã Xuân Đỉnh", "Nope"], whole=whole)
    assert all(period.fitting == 4 and (period.until or "9999") <= "1996-11-21" for period in found.periods)
    assert "Xã Minh Khai" in {unit.name for unit in found.missing}


def test_containing_units_are_those_of_the_day() -> None:
    vietnam = load()
    assert days(vietnam, ["Xã Phương Canh, Huyện Hoài Đức"]) == []
    assert days(vietnam, ["Huyện Đan Phượng, Tỉnh Hà Tây"]) == [
        (None, "1975-12-26"),
        ("1991-08-12", "2008-07-31"),
    ]


def test_wrong_names_date_nothing(world: Ontology) -> None:
    found = world.vintage(["Xã Hoà Bìn", "Xã Khác"])
    assert (found.certainty, found.periods, len(found.unknown)) == ("unknown", (), 2)


@pytest.mark.parametrize("day", ["2008-01-15", "2012-06-01", "2016-06-01", "2021-06-01", "2025-03-01", "2025-08-01"])
def test_the_communes_of_ha_noi_on_a_day_are_dated_to_a_time_with_that_day(day: str) -> None:
    vietnam = load()
    map_ = vietnam.as_of(day)
    hanoi = map_.unit("01")
    communes = map_.units("commune", within=hanoi)
    names = [", ".join([one.name, *(above.name for above in map_.parents(one))]) for one in communes]
    found = vietnam.vintage(names)
    assert found.unknown == ()
    assert found.misfits == {}
    assert any((one.since or "") <= day <= (one.until or "9999") for one in found.periods)
    assert all(one.fitting == len(names) for one in found.periods)
