"""The generated evaluation set tells the truth about itself (tests/nlp/generated)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from ontology.registry import load
from tests.nlp.generated.data import document, layouts
from tests.nlp.generated.make import Made, make, write
from tests.nlp.generated.markup import parse, plain, segments
from tests.nlp.generated.noise import LEVELS
from tests.nlp.generated.spelling import Spelling

BANDS = {"light": (0.012, 0.032), "medium": (0.038, 0.070), "heavy": (0.15, 0.25)}
"""Micro character error rate of each level: about 2, 5 and 20 %."""
FLAGS = ("", "secret", "about_secrecy")


@cache
def drawn() -> tuple[Made, ...]:
    """Every layout once or more."""
    found = list(make(sum(one.weight for one in layouts()), 3))
    return (*found, *make(12, 3, "secret"), *make(12, 3, "about_secrecy"))


def flat(text: str) -> str:
    return " ".join(plain(text).replace("¶", " ").split())


def squeezed(text: str) -> str:
    return "".join(plain(text).split())


def test_every_layout_is_drawn() -> None:
    assert {made.document.layout.name for made in drawn()} == {one.name for one in layouts()}


def test_a_third_of_the_layouts_is_held_and_covers_every_family() -> None:
    held = [one for one in layouts() if one.split == "held"]
    assert 3 * len(held) >= len(layouts())
    assert {one.family for one in held} == {one.family for one in layouts()}


def test_truth_stands_in_the_text() -> None:
    for made in drawn():
        pieces = segments(made.clean, len(made.document.marks))
        for mark, piece in zip(made.document.marks, pieces, strict=True):
            assert squeezed(piece) == squeezed(flat(mark.value)), (made.id, mark)


def _values(gold: dict[str, object]) -> Iterator[str]:
    for name in ("issuer", "issuer_parent", "authority", "number_raw", "place", "abstract", "author"):
        if gold[name]:
            yield str(gold[name])
    for name in ("agencies", "people"):
        yield from gold[name]  # type: ignore[misc]
    for place in gold["places"]:  # type: ignore[attr-defined]
        yield place["surface"]


def folded(text: str) -> str:
    """The words in capitals without their tone marks."""
    return Spelling("none", toneless=True)(text)


def test_every_value_of_the_truth_is_marked_text() -> None:
    for made in drawn():
        printed = {" ".join(piece.split()) for piece in segments(made.clean, len(made.document.marks))}
        text = squeezed(made.clean)
        for value in _values(made.gold):
            seen = folded(value) if made.gold["toneless"] else value
            assert seen in printed or squeezed(seen) in text, (made.id, value)


def test_units_were_in_force() -> None:
    ontology = load()
    for made in drawn():
        day = made.gold["record_date"]
        for row in made.gold["units"]:
            unit = ontology.unit(row["unit"])
            if row.get("former"):
                assert (unit.valid_to or "9999") < day, (made.id, row)
            elif row.get("by_name"):
                assert ontology.stood(unit, day), (made.id, row)
                assert not unit.in_force(day), (made.id, row)
            else:
                assert unit.in_force(day), (made.id, row)


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        assert write(tmp_path / folder, 30, 5) == 30
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.*"))
    assert len(files) == 30 * 5
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_gold_is_json_and_its_span_is_the_text(tmp_path: Path) -> None:
    write(tmp_path, 8, 2)
    for path in (tmp_path / "gold").iterdir():
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (tmp_path / gold["text_file"]).read_text(encoding="utf-8")
        assert gold["annotated_spans"] == [[0, len(text)]]
        assert not any("\ue000" <= sign <= "\uf8ff" for sign in text)


@pytest.mark.parametrize("level", LEVELS)
def test_error_rate_lies_in_its_band(level: str) -> None:
    errors = length = 0
    for made in drawn():
        truth, read = flat(made.paper), flat(made.read[level])
        errors += Levenshtein.distance(truth, read)
        length += len(truth)
    low, high = BANDS[level]
    assert low <= errors / length <= high


def test_legible_values_are_what_was_read() -> None:
    for made in drawn():
        number = made.gold["number"]
        for level in LEVELS:
            if number and made.gold["legible"][level]["number"]:
                folded = "".join(made.read[level].split()).casefold()
                assert "".join(sign for sign in number if sign.isalnum()).casefold() in "".join(
                    sign for sign in folded if sign.isalnum()
                ), (made.id, level)


def test_markup_refuses_open_brackets() -> None:
    for text in ("{u com", "{a|x", "<<a//b"):
        with pytest.raises(ValueError, match="no end"):
            parse(text)


def test_eras_levels_and_families_are_covered() -> None:
    named = set(document("eras"))
    for split in ("build", "held"):
        state = [one for one in layouts() if one.split == split and one.family in ("state", "party", "minutes")]
        assert {era for one in state for era in one.eras} == named
        assert {level for one in state for level in one.levels} == {"commune", "district", "province"}
    for family in {one.family for one in layouts()}:
        eras = {era for one in layouts() if one.family == family for era in one.eras}
        assert len(eras) >= 3, family


def test_archive_pages_and_middle_pages_have_no_head() -> None:
    for made in drawn():
        if made.gold["archive_page"] or made.gold["family"] == "middle":
            assert not any(made.gold[name] for name in ("issuer", "number", "date", "signer", "abstract")), made.id


def test_secret_pages_bear_a_stamp_and_the_others_none() -> None:
    for made in drawn():
        assert bool(made.gold["secrecy"]) == ("secret" in made.document.layout.flags), made.id


def test_half_of_the_documents_have_no_context() -> None:
    told = [made.gold["context"]["date"] is not None for made in drawn()]
    assert 0.3 < sum(told) / len(told) < 0.7


def test_no_markup_is_left_in_the_text() -> None:
    for made in drawn():
        assert not any(
            sign in plain(made.clean) for sign in ("{", "}", "<<", ">>", "//", "¶", "␣", "|", "%c", "%r")
        ), made.id
