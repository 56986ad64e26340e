"""Addresses as sheets have them: what is below a commune, and the chain of units (cases in addresses.csv)."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.addresses import Address, forget, parse

_CASES = list(csv.DictReader((Path(__file__).parent / "addresses.csv").open(encoding="utf-8")))


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(" | ") if part)


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["written"])
def test_an_address_is_taken_apart(case: dict[str, str]) -> None:
    found = parse(case["written"])
    assert (found.details, found.chain) == (_listed(case["details"]), _listed(case["chain"]))


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["written"])
def test_decomposed_letters_make_no_difference(case: dict[str, str]) -> None:
    assert parse(unicodedata.normalize("NFD", case["written"])) == parse(case["written"])


def test_who_says_that_a_unit_is_a_former_one_is_heard() -> None:
    assert parse("Phường Cửa Nam (cũ), Hà Nội") == Address((), ("Phường Cửa Nam", "Hà Nội"), former=True)
    assert parse("xã Mỹ Đình cũ, Từ Liêm").former
    assert not parse("xã Pa Cu, Hà Nội").former


def test_nothing_gives_nothing() -> None:
    assert parse("") == parse(" , ;") == Address((), ())


@given(st.text(max_size=60))
def test_no_text_makes_it_fail(text: str) -> None:
    assert isinstance(parse(text), Address)


def test_a_text_longer_than_any_address_is_not_read() -> None:
    found = parse("- " * 16_000)
    assert (found.details, len(found.chain)) == ((), 1)
    assert len(found.chain[0]) < 100


def test_what_was_read_can_be_forgotten() -> None:
    parse("12 Khâm Thiên, Đống Đa, Hà Nội")
    forget()
    assert parse.cache_info().currsize == 0
