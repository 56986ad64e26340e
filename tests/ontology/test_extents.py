"""Extents along a path, and where parts meet (DESIGN.md §5)."""

from __future__ import annotations

import pytest

from ontology.extents import along, counts, meeting
from ontology.model import Extent


@pytest.mark.parametrize(
    ("first", "then", "pure", "both"),
    [
        ("part", "whole", False, "part"),
        ("part", "unchanged", False, "part"),
        ("part_pop", "whole", False, "part_pop"),
        ("unchanged", "unchanged", True, "unchanged"),
        ("whole", "unchanged", False, "whole"),
        ("unchanged", "whole", True, "whole"),
        ("unchanged", "part", True, "part"),
        ("whole", "part", True, "part"),
        ("whole", "part", False, "possible"),
        ("whole", "part_area_only", True, "part_area_only"),
        ("whole", "part_area_all_pop", False, "possible"),
        ("part", "part", True, "possible"),
        ("part", "part_pop", False, "possible"),
        ("possible", "whole", False, "possible"),
    ],
)
def test_extents_add_up_along_a_path(first: Extent, then: Extent, pure: bool, both: Extent) -> None:
    assert along(first, then, "any", pure=pure) == both


def test_people_follow_a_taker_of_all_people_through_a_merger() -> None:
    assert along("whole", "part_area_all_pop", "civil", pure=False) == "part_area_all_pop"


@pytest.mark.parametrize(
    ("extent", "civil", "land"),
    [
        ("part_area_only", False, True),
        ("whole_area_only", False, True),
        ("part_pop", True, False),
        ("part", True, True),
        ("part_area_all_pop", True, True),
    ],
)
def test_land_only_takers_have_no_civil_matters_and_people_only_takers_no_land(
    extent: Extent, civil: bool, land: bool
) -> None:
    assert (counts(extent, "civil"), counts(extent, "land"), counts(extent, "any")) == (civil, land, True)


@pytest.mark.parametrize(
    ("parts", "met"),
    [
        (["part", "part"], "part"),
        (["possible", "part"], "part"),
        (["possible", "possible"], "possible"),
        (["part_area_only", "part_pop"], "part"),
        (["part_area_only", "part_area_all_pop"], "part_area_all_pop"),
    ],
)
def test_parts_that_meet_say_what_is_sure(parts: list[Extent], met: Extent) -> None:
    assert meeting(parts) == met
