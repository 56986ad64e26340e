"""Names of real units as people and offices write them (``written_names.csv``)."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest

from ontology.registry import Ontology, load

with Path(__file__).with_name("written_names.csv").open(encoding="utf-8") as stream:
    ROWS = [(row["written"], row["unit"], row["reason"]) for row in csv.DictReader(stream)]

PLAIN = {"exact", "within", "within_once", "type_differs"}
"""Reasons that say nothing of the spelling."""


@pytest.fixture(scope="module")
def vietnam() -> Ontology:
    return load()


@pytest.mark.parametrize(("written", "line", "reason"), ROWS, ids=[written for written, _, _ in ROWS])
def test_a_name_as_it_is_written_finds_its_unit_and_says_what_is_odd(
    vietnam: Ontology, written: str, line: str, reason: str
) -> None:
    """``reason``: what the spelling is found odd for, empty where nothing is."""
    found = vietnam.find(written)
    assert line in {one.unit.line for one in found if one.score == found[0].score}
    said = {reason for one in found if one.unit.line == line for reason in one.reasons}
    assert (reason in said) if reason else said <= PLAIN


@pytest.mark.parametrize("written", [written for written, _, _ in ROWS])
def test_decomposed_text_is_read_alike(vietnam: Ontology, written: str) -> None:
    assert vietnam.find(unicodedata.normalize("NFD", written)) == vietnam.find(written)
