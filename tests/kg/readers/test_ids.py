"""Ids are stable, safe, and never shared by two things."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kg.ids import file_id, fonds_id, inventory_id, record_id

SAFE = re.compile(r"[A-Za-z0-9._-]+")


def test_codes_of_archives_are_their_ids() -> None:
    assert fonds_id("P5") == "P5"
    assert inventory_id("P5", "01") == "P5/01"
    assert file_id("P5", "01", "H12") == "P5/01/H12"
    assert file_id("P5", None, "H12") == "P5//H12"
    assert record_id("P5.H12.0003", "P5", "P5//H12", "a.txt") == "P5.H12.0003"


def test_records_without_a_code_differ_by_place() -> None:
    one = record_id(None, "P5", "P5//H12", "P5/H12/003.txt")
    assert one == record_id(None, "P5", "P5//H12", "P5/H12/003.txt")
    assert re.fullmatch(r"003-[0-9a-f]{16}", one)
    assert one != record_id(None, "P5", "P5//H13", "P5/H13/003.txt")


def test_a_number_within_a_file_is_no_id_of_its_own() -> None:
    assert record_id("001", "P5", "P5//H1", "a.txt") != record_id("001", "P5", "P5//H2", "b.txt")


@given(st.text(min_size=1), st.text(min_size=1))
def test_any_text_gives_a_safe_id_and_different_texts_different_ones(one: str, other: str) -> None:
    assert SAFE.fullmatch(fonds_id(one))
    if one.strip() != other.strip():
        assert fonds_id(one) != fonds_id(other)


@given(st.text(min_size=1))
def test_an_id_is_its_own_id(text: str) -> None:
    assert fonds_id(fonds_id(text)) == fonds_id(text)
