"""A province through its time."""

from __future__ import annotations

import pytest

from kg.search.query import understand
from ontology.registry import load


def line(name: str) -> set[str]:
    (place,) = understand(name).places
    units = load().units
    return {units[ident].name for ident in place.widened if units[ident].level == "province"}


@pytest.mark.parametrize(
    ("name", "names"),
    [
        # Mê Linh lay in Vĩnh Phú and Vĩnh Phúc, four communes of Lương Sơn in Hòa Bình: neither is Hà Nội
        ("thành phố Hà Nội", {"Thành phố Hà Nội", "Tỉnh Hà Tây"}),
        ("tỉnh Thừa Thiên Huế", {"Thành phố Huế", "Tỉnh Thừa Thiên Huế", "Tỉnh Bình Trị Thiên"}),
        ("tỉnh Vĩnh Phúc", {"Tỉnh Vĩnh Phúc", "Tỉnh Vĩnh Phú", "Tỉnh Phú Thọ"}),
        ("thành phố Hải Phòng", {"Thành phố Hải Phòng", "Tỉnh Hải Dương"}),
        (
            "tỉnh Hà Nam Ninh",
            {"Tỉnh Hà Nam Ninh", "Tỉnh Nam Hà", "Tỉnh Ninh Bình", "Tỉnh Hà Nam", "Tỉnh Nam Định"},
        ),
    ],
)
def test_a_province_is_what_it_was_made_of_and_went_into(name: str, names: set[str]) -> None:
    assert line(name) == names


def test_of_what_it_went_into_only_the_time_since_then_is_meant() -> None:
    (place,) = understand("tỉnh Vĩnh Phúc").places
    units = load().units
    assert {units[i].valid_from for i in place.widened if units[i].name == "Tỉnh Phú Thọ"} == {"2025-07-01"}
