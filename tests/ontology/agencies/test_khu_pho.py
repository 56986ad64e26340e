"""The urban quarters (khu phố) of Ha Noi before 1981, by the names that papers write: khu phố Hai Bà, khu Hoàn Kiếm."""

from __future__ import annotations

import pytest

from ontology.agencies.in_time import agencies
from ontology.agencies.meanings import meanings
from ontology.folding import fold
from ontology.registry import load

known = agencies()
QUARTERS = {"Ba Đình": "001", "Hoàn Kiếm": "002", "Đống Đa": "006", "Hai Bà Trưng": "007", "Hai Bà": "007"}


@pytest.mark.parametrize("name", QUARTERS)
@pytest.mark.parametrize("word", ["khu phố", "khu"])
@pytest.mark.parametrize("body", ["Ủy ban hành chính", "UBHC", "UBND", "Công an", "Hội Phụ nữ"])
def test_bodies_of_a_quarter_are_found(body: str, word: str, name: str) -> None:
    written = f"{body} {word} {name}"
    for form in (written, fold(written)):
        for within in (None, "Hà Nội" if form == written else "ha noi"):
            (first, *_) = meanings(form, known, at="1976-03-01", within=within)
            assert first.agency.units[0].id == f"{QUARTERS[name]}@1978-12", (form, first.agency.id)
            assert (first.below, first.unread) == (None, None)


@pytest.mark.parametrize("body", ["Khu ủy", "Khu đoàn", "Khu đội"])
def test_bodies_whose_name_says_the_type(body: str) -> None:
    (first, *_) = meanings(f"{body} Hai Bà", known)
    assert first.agency.units[0].id == "007@1978-12"


def test_a_short_name_is_said_to_be_one_and_gives_way_to_a_units_own() -> None:
    (first, *_) = meanings("Ủy ban hành chính khu phố Hai Bà", known, at="1975-05-01")
    assert "alias" in first.reasons
    ontology = load()
    assert ontology.find("khu phố Hai Bà")[0].unit.id == "007@1978-12"
    assert ontology.find("quận Hai Bà")[0].unit.line == "007"
    assert {one.unit.id for one in ontology.find("Phường Hai Bà Trưng, Hà Nội") if "alias" not in one.reasons} == {
        "00256@2025-07-01"
    }
    assert ontology.find("xã Hải Ba")[0].reasons == ("exact",)
    assert ontology.find("Quận Đống Đa, Hà Nội")[0].reasons == ("exact", "within")
