"""Lists and dated units."""

from __future__ import annotations

from typing import Any

from nlp.evaluation.mentions import Compared, UnitFound, lists, units
from nlp.model import AgencyMention, Extraction, PlaceMention
from tests.nlp.evaluation.conftest import gold


def _lists(expected: dict[str, Any], found: dict[str, Any]) -> dict[str, Compared]:
    return {one.kind: one for one in lists(gold(**expected), found)}


def _place(surface: str, unit: str | None) -> PlaceMention:
    return PlaceMention(surface, 0, len(surface), "commune", unit, "sure")


def _units(
    rows: list[dict[str, Any]], *found: PlaceMention, agencies: tuple[AgencyMention, ...] = ()
) -> list[UnitFound]:
    return list(units(gold(units=rows), Extraction("", places=list(found), agencies=list(agencies))))


def test_acts_are_compared_by_number_and_by_role() -> None:
    found = _lists(
        {"cites": [{"number": "09/2020/NĐ-CP", "role": "basis"}, {"number": "7/QĐ-TTg", "role": "affected"}]},
        {"cites": [{"number": "9/2020/NĐ-CP", "role": "mention"}, {"number": "7/QĐ-TTg", "role": "affected"}]},
    )

    assert (found["cites"].right, found["cites"].missing, found["cites"].spurious) == (2, (), ())
    assert found["cites: basis"].missing == ("9/2020/NĐ-CP",)
    assert found["cites: affected"].right == 1


def test_laws_without_number_are_compared_by_title() -> None:
    found = _lists(
        {"cites": [{"number": None, "title": "Luật Đất đai"}]}, {"cites": [{"number": None, "title": "Luật đất dai"}]}
    )["cites without number"]

    assert (found.right, found.near) == (0, 1)
    assert found.damaged == (("Luật Đất đai", "Luật đất dai"),)


def test_an_effect_is_right_with_its_relation_and_extent() -> None:
    expected = {"number": "7/QĐ-TTg", "relation": "repeals", "scope": "whole"}

    assert _lists({"affects": [expected]}, {"affects": [expected]})["affects"].right == 1
    assert _lists({"affects": [expected]}, {"affects": [{**expected, "scope": "part"}]})["affects"].right == 0


def test_names_count_only_where_one_stretch_was_annotated() -> None:
    found = {"agencies": ["Bộ Y tế"], "cites": []}

    assert "agencies" not in _lists({"agencies": [], "cites": [], "annotated_spans": [[0, 9], [20, 29]]}, found)
    assert _lists({"agencies": []}, found)["agencies"].spurious == ("Bộ Y tế",)


def test_places_have_types() -> None:
    found = _lists(
        {"places": [{"surface": "Hà Nội", "type": "province"}, "sông Ba"]},
        {"places": [{"surface": "HÀ NỘI", "type": "city"}, {"surface": "sông Ba", "type": "river"}]},
    )

    assert found["places"].right == 2
    assert found["places: province"].missing == ("Hà Nội",)


def test_a_mention_has_the_right_unit_when_all_its_occurrences_do() -> None:
    row = {"surface": "xã Tân Lập", "what": "place", "unit": "00001@2008"}

    assert _units([row], _place("xã Tân Lập", "00001@2008"), _place("Xã Tân Lập", "00001@2008"))[0].right
    assert not _units([row], _place("xã Tân Lập", "00001@2008"), _place("xã Tân Lập", None))[0].right
    assert not _units([row], _place("xã Tân Lập", "00002@2008"))[0].right


def test_a_surface_may_mean_two_units() -> None:
    rows = [{"surface": "xã Tân Lập", "what": "place", "unit": unit} for unit in ("00001@2008", "00002@2008")]

    both = _units(rows, _place("xã Tân Lập", "00001@2008"), _place("xã Tân Lập", "00002@2008"))
    one = _units(rows, _place("xã Tân Lập", "00001@2008"))

    assert [unit.right for unit in both] == [True, True]
    assert [unit.right for unit in one] == [True, False]


def test_a_mention_that_was_not_found_is_wrong_and_a_damaged_one_is_found() -> None:
    rows = [
        {"surface": "xã Tân Lập", "what": "place", "unit": "00001@2008"},
        {"surface": "UBND xã Tân Lập", "what": "agency", "unit": "00001@2008"},
    ]
    body = AgencyMention("UBND xă Tân Lập", 0, 15, "Ủy ban nhân dân xã Tân Lập", "people_committee", "00001@2008")

    place, agency = _units(rows, agencies=(body,))

    assert (place.found, place.right) == ((), False)
    assert (agency.found, agency.right) == (("00001@2008",), True)


def test_nothing_is_compared_of_a_record_with_a_secrecy_stamp() -> None:
    row = {"surface": "xã Tân Lập", "what": "place", "unit": "00001@2008"}
    secret = gold(secrecy="mat", agencies=["Bộ Y tế"], cites=[], units=[row])

    assert not list(lists(secret, {"agencies": []}))
    assert not list(units(secret, Extraction("")))
