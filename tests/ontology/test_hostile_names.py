"""Names that are no names: too long, with very many containing units, one letter alone."""

from __future__ import annotations

import pytest

from ontology import misspelt
from ontology.containment import Area
from ontology.errors import UnitNotFound
from ontology.names import LONGEST_NAME, cut_short
from ontology.registry import Ontology, load
from ontology.scoring import DOUBTS, NEAR_MISS, REASONS, weakest_link


@pytest.fixture(scope="module")
def vietnam() -> Ontology:
    return load()


class Counted(Area):
    """Areas, counted as they are made."""

    made = 0

    def __init__(self, *given: object) -> None:
        type(self).made += 1
        super().__init__(*given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "around",
    [
        [f"Hà Nộ{letter}" for letter in "abcdefghklmnopqrstu"]
        + [f"Hoàn Kjế{letter}" for letter in "abcdefghklmnopqrstu"],
        ["Hà Nộj", "Hoàn Kjếm"] * 19,
        ["Hà Nội"] * 40,
    ],
)
def test_many_containing_units_make_no_more_areas_than_three(
    vietnam: Ontology, monkeypatch: pytest.MonkeyPatch, around: list[str]
) -> None:
    """For each way to cut the name at most 30 readings of the three greatest, and of each two of them."""
    monkeypatch.setattr(misspelt, "Area", Counted)
    monkeypatch.setattr(Counted, "made", 0)
    vietnam.find(", ".join(["Xã Abcdefgh", *around]))
    assert Counted.made <= 3 * 4 * 30


def test_near_misses_are_those_of_the_greatest_containing_units(vietnam: Ontology) -> None:
    found = vietnam.find("Phường Hàng Bạk, ngõ Abc, ngách Def, Quận Hoàn Kiếm, Thành phố Hà Nội", at="2020-01-01")
    assert found[0].unit.name == "Phường Hàng Bạc"
    assert "misspelt" in found[0].reasons


def test_a_containing_unit_named_again_counts_once(vietnam: Ontology) -> None:
    once = vietnam.find("Phường Hàng Bạk, Quận Hoàn Kiếm, Hà Nội")
    assert once
    assert vietnam.find("Phường Hàng Bạk, Quận Hoàn Kiếm, " + "Hà Nội, " * 30) == once


@pytest.mark.parametrize("mess", [",", " ", ".", "-", "(", "1", "x", "\u0301", "cũ ", "nay là ", "Hà Nội, "])
def test_a_text_longer_than_a_name_is_no_unit(vietnam: Ontology, mess: str) -> None:
    text = f"Hà Nội{mess * 10_000}b"
    assert vietnam.find(text) == []
    assert vietnam.find("Phường Hàng Bạc", within=text) == []
    assert vietnam.resolve(text) == []
    assert vietnam.resolver.names.spelt(text, True) == ()
    for name, within in ((text, None), ("Phường Hàng Bạc", text)):
        with pytest.raises(UnitNotFound) as error:
            vietnam.argument(name, within=within)
        assert len(error.value.name) <= 100
        assert error.value.candidates == ()


def test_a_name_nearby_that_is_no_name_changes_nothing(vietnam: Ontology) -> None:
    assert vietnam.find("Hàng Bạc", nearby=["Hà Nội, " * 200]) == vietnam.find("Hàng Bạc", nearby=["Abcdefgh"])


def test_as_long_as_a_name_can_be_it_is_read(vietnam: Ontology) -> None:
    name = "Phường Hàng Bạc,".ljust(LONGEST_NAME)
    assert vietnam.find(name) == vietnam.find("Phường Hàng Bạc") != []
    assert cut_short(name) == name
    assert cut_short(name + " ") == "Phường Hàng Bạc,…"


@pytest.mark.parametrize("name", ["x", "X", "v", "i", "iv", "x, Hà Nội", " V. "])
def test_a_lone_roman_numeral_is_no_unit(vietnam: Ontology, name: str) -> None:
    assert [one for one in vietnam.find(name) if not NEAR_MISS.intersection(one.reasons)] == []
    with pytest.raises(UnitNotFound):
        vietnam.argument(name)


@pytest.mark.parametrize(
    ("name", "unit"), [("phường iv", "Phường 4"), ("P. X", "Phường 10"), ("quận i", "Quận 1"), ("10", "Phường 10")]
)
def test_behind_a_type_word_it_is(vietnam: Ontology, name: str, unit: str) -> None:
    assert unit in {one.unit.name for one in vietnam.find(name)}


def test_the_weakest_link_is_that_of_the_heaviest_reason() -> None:
    assert weakest_link(("exact", "type_differs", "type_misread", "within")) is None
    assert weakest_link(("accents_differ", "within")) == "reading"
    assert weakest_link(("accents_differ", "not_in_force_at")) == "place"


def test_whatever_makes_a_link_weak_is_a_doubt() -> None:
    assert {name for name, reason in REASONS.items() if reason.weakest} | NEAR_MISS <= DOUBTS
