"""The generated evaluation set tells the truth about itself (tests/nlp/generated)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from ontology.registry import load
from tests.nlp.generated.data import document, layouts
from tests.nlp.generated.decided import sure
from tests.nlp.generated.make import Made, make, write
from tests.nlp.generated.markup import parse, plain, segments
from tests.nlp.generated.noise import LEVELS
from tests.nlp.generated.spelling import Spelling

ROOT = Path(__file__).parents[2]
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


def test_every_unit_can_be_told_from_page_or_context() -> None:
    for made in drawn():
        gold, text = made.gold, plain(made.clean)
        known, bare = gold["context"]["unit"], gold["toneless"]
        clear = sure(gold["units"], text, gold["record_date"], known=known, bare=bare)
        assert gold["units"] == clear, (made.id, [row for row in gold["units"] if row not in clear])


def test_a_namesake_is_told_by_what_contains_it_by_a_neighbour_or_by_the_fonds() -> None:
    ontology, day = load(), "2015-06-01"
    found = ontology.find("Xã Chi Lăng", at=day)
    units = [one.unit for one in found if one.unit.in_force(day) and one.unit.name == "Xã Chi Lăng"]
    assert len(units) > 1
    unit = units[0]
    district = ontology.parents(unit, day)[0]
    row = {"surface": "UBND xã Chi Lăng", "unit": unit.id}
    body = {"surface": "Công an xã", "unit": unit.id}
    assert sure([row, body], "UBND xã Chi Lăng họp.", day) == []
    assert sure([row, body], f"UBND XÃ CHI LĂNG, {district.name.upper()}", day) == [row, body]
    assert sure([row, body], "UBND xã Chi Lăng họp.", day, known=unit.id) == [row, body]
    assert sure([row], "UBND xã Chi Lăng họp.", day, known=district.id) == [row]
    assert sure([row], "UBND xã Chi Lăng họp.", day, known=units[1].id) == []
    beside = [
        one
        for one in ontology.children(district, day)
        if one.type == "xã" and sum(other.name == one.name for other in ontology.units.values()) == 1
    ]
    near = {"surface": beside[0].name, "unit": beside[0].id}
    assert sure([row, near], f"UBND xã Chi Lăng, giáp {beside[0].name}", day) == [row, near]


def test_every_place_stands_alone_somewhere() -> None:
    for made in drawn():
        alone = {
            " ".join(plain(mark.value).split()).casefold()
            for mark in made.document.marks
            if mark.name in ("place", "at")
        }
        for place in made.gold["places"]:
            assert place["surface"].casefold() in alone, (made.id, place)


def test_offices_belong_to_units_that_have_them() -> None:
    """No phòng in a commune, no Party committee of a huyện in a quận."""
    ontology = load()
    for made in drawn():
        for row in made.gold["units"]:
            unit, words = ontology.unit(row["unit"]), row["surface"].casefold()
            if unit.level == "commune" and made.gold["record_date"] < "2025-07-01":
                assert not words.startswith("phòng "), (made.id, row)
            for kind in ("huyện", "quận", "tỉnh"):
                if f"{kind} ủy" in words:
                    assert unit.type in (kind, "đặc khu"), (made.id, row)
            if words.startswith("sở "):
                assert unit.level == "province", (made.id, row)


def test_powers_are_codes() -> None:
    codes = {"TM.", "KT.", "TL.", "TUQ.", "T/M", "K/T", "T/L"}
    for made in drawn():
        for signer in made.gold["signers"]:
            assert set(signer["power"]) <= codes, (made.id, signer)


def test_covers_tell_their_term() -> None:
    covers = [made for made in drawn() if made.document.layout.kind == "bia_ho_so"]
    assert covers
    for made in covers:
        assert made.gold["retention"], made.id
        assert made.gold["retention"] in plain(made.clean).casefold(), made.id


def test_the_subject_is_that_of_the_abstract_drawn() -> None:
    kinds = {
        "phong trào thi đua": "merit",
        "tuyển quân": "military",
        "giao ban": "other",
        "cải cách hành chính": "other",
    }
    seen = set()
    for made in make(3 * len(layouts()), 5):
        for words, subject in kinds.items():
            if words in (made.gold["abstract"] or "").casefold():
                seen.add(words)
                assert made.gold["subject"] == subject, made.id
    assert len(seen) > 2


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        assert write(tmp_path / folder, 30, 5) == 30
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.*"))
    assert len(files) == 30 * 5
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_the_order_of_hashes_changes_nothing(tmp_path: Path) -> None:
    for number in ("1", "2"):
        command = [sys.executable, "-m", "tests.nlp.generated", str(tmp_path / number), "--count", "120"]
        subprocess.run(command, check=True, env=os.environ | {"PYTHONHASHSEED": number}, cwd=ROOT)
    for file in (path.relative_to(tmp_path / "1") for path in (tmp_path / "1").rglob("*.*")):
        assert (tmp_path / "1" / file).read_bytes() == (tmp_path / "2" / file).read_bytes(), file


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
