"""Units through time: what stood above and below on a day, and which versions are one unit."""

from __future__ import annotations

import pytest

from ontology.errors import UnitNotFound
from ontology.registry import Ontology
from tests.ontology.small import country, event, unit

DAY = "2025-07-01"


@pytest.fixture
def world() -> Ontology:
    return country(
        [
            unit("28", "Tỉnh Hà Tây", end="2008-07-31"),
            unit("01", "Thành phố Hà Nội", end="2008-07-31"),
            unit("01", "Thành phố Hà Nội", start="2008-08-01"),
            unit("271", "Huyện Ba Vì", "28", end="2008-07-31"),
            unit("271", "Huyện Ba Vì", "01", "2008-08-01", "2025-06-30"),
            unit("96", "Xã Tản Hồng", "271", end="2025-06-30"),
            unit("96", "Xã Quảng Oai", "01", DAY),
            unit("97", "Xã Vật Lại", "271", end="2025-06-30"),
            unit("97", "Xã Vật Lại", "01", DAY),
            unit("98", "Xã Minh Châu", "271", end="2025-06-30"),
            unit("98", "Xã Minh Châu", "01", DAY),
        ],
        [event("1/NQ#1", DAY), event("1/NQ#2", DAY)],
        [
            ("1/NQ#1", "96@2000-01-01", f"96@{DAY}", "whole"),
            ("1/NQ#2", "97@2000-01-01", f"97@{DAY}", "whole"),
            ("1/NQ#2", "98@2000-01-01", f"98@{DAY}", "unchanged"),
        ],
    )


def test_parents_are_those_of_the_day(world: Ontology) -> None:
    commune = world.unit("96@2000-01-01")
    assert [one.name for one in world.parents(commune, "2005-01-01")] == ["Huyện Ba Vì", "Tỉnh Hà Tây"]
    assert [one.name for one in world.parents(commune, "2010-01-01")] == ["Huyện Ba Vì", "Thành phố Hà Nội"]
    assert [one.id for one in world.parents(commune)] == ["271@2008-08-01", "01@2008-08-01"]


def test_children_are_those_of_the_day(world: Ontology) -> None:
    district = world.unit("271@2008-08-01")
    assert [one.id for one in world.children(district)] == ["96@2000-01-01", "97@2000-01-01", "98@2000-01-01"]
    assert [one.code for one in world.children(world.unit("01@2008-08-01"), DAY)] == ["96", "97", "98"]


def test_a_code_given_to_another_unit_ends_the_row_of_versions(world: Ontology) -> None:
    """97 keeps its name on 1 July 2025 but not its territory; 98 goes on unchanged."""
    assert [one.id for one in world.same(world.unit(f"97@{DAY}"))] == [f"97@{DAY}"]
    assert len(world.same(world.unit(f"98@{DAY}"))) == 2
    assert len(world.same(world.unit("271@2000-01-01"))) == 2


def test_under_a_unit_lies_what_ever_lay_in_it(world: Ontology) -> None:
    province = world.under(world.unit("28@2000-01-01"))
    assert {"271@2000-01-01", "96@2000-01-01"} <= province
    assert f"96@{DAY}" not in province
    district = world.under(world.unit("271@2008-08-01"))
    assert district == {"271@2000-01-01", "271@2008-08-01", "96@2000-01-01", "97@2000-01-01", "98@2000-01-01"}


def test_a_unit_is_found_by_both_its_provinces(world: Ontology) -> None:
    for province in ("Hà Tây", "Hà Nội"):
        assert [one.unit.code for one in world.find(f"Tản Hồng, Ba Vì, {province}")] == ["96"]


def test_an_unknown_id_is_not_found(world: Ontology) -> None:
    with pytest.raises(UnitNotFound):
        world.unit("0@2000-01-01")


def test_a_unit_value_names_its_parents_of_the_day(world: Ontology) -> None:
    value = world.unit_json(world.unit("96@2000-01-01"), "2005-01-01")
    assert value["parents"] == [
        {"id": "271@2000-01-01", "name": "Huyện Ba Vì"},
        {"id": "28@2000-01-01", "name": "Tỉnh Hà Tây"},
    ]
    assert (value["id"], value["valid_from"], value["valid_to"]) == ("96@2000-01-01", "2000-01-01", "2025-06-30")
