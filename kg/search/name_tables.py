"""Tables by which a name in a query is told from everyday words and from people: what is common, what a province is
called, what a surname is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from kg.search.analysis import accented
from nlp.data import column, table
from ontology.folding import fold
from ontology.gazetteer import names
from ontology.names import key
from ontology.registry import load


@cache
def _common() -> frozenset[tuple[str, ...]]:
    text = files("kg.search").joinpath("data", "common_words.txt").read_text(encoding="utf-8")
    rows = [tuple(line.split(" ")) for line in text.splitlines() if line and not line.startswith("#")]
    return frozenset(rows) | {tuple(map(fold, row)) for row in rows}


def is_common(one: str, other: str) -> bool:
    """Whether two words (accented, or folded) are one everyday word."""
    return (one, other) in _common()


@cache
def provinces() -> frozenset[str]:
    """The folded names of provinces of two words and more."""
    return frozenset(name for name, ids in names().items() if " " in name and _has_province(ids))


@cache
def single_names() -> dict[str, frozenset[str]]:
    """Folded one-word names of provinces (Huế) → as written, and folded."""
    units = load().units
    found = {name: ids for name, ids in names().items() if name.isalpha() and len(name) > 2 and _has_province(ids)}
    return {
        name: frozenset({name, *(key(units[unit].name).rpartition(" ")[2] for unit in ids)})
        for name, ids in found.items()
    }


def _has_province(ids: Sequence[str]) -> bool:
    units = load().units
    return any(units[unit].level == "province" for unit in ids)


def is_village(before: Sequence[str]) -> bool:
    """Whether the words before a name (accented, or folded) make it that of a village: it lies in a commune of another name ("thôn
    Nhân Mỹ xã Mỹ Đình")."""
    not_after = _villages().get(before[-1]) if before else None
    return not_after is not None and (len(before) < 2 or fold(before[-2]) not in not_after)


@cache
def _villages() -> dict[str, frozenset[str]]:
    """Words for villages → folded words behind which they are none ("văn bản")."""
    rows = [row for row in table("place_words.csv") if row["type"] == "village"]
    return {
        spelling: frozenset(row["not_after"].split()) for row in rows for spelling in (row["form"], fold(row["form"]))
    }


@cache
def unit_words() -> frozenset[str]:
    """One-word types of units (phường, xã, quận), accented and folded."""
    types = {unit.name.split(" ")[0].lower() for unit in load().units.values()}
    return frozenset(types) | {fold(word) for word in types}


@cache
def sure_surnames() -> frozenset[str]:
    """Accented surnames that are no part of an everyday word: nguyễn, but not hồ."""
    everyday = {word for row in _common() for word in row}
    return frozenset(surname for surname in surnames() if surname != fold(surname)) - everyday


@cache
def surnames() -> frozenset[str]:
    """Surnames, accented and folded."""
    found = [accented(surname) for surname in column("surnames.csv", "surname")]
    return frozenset(found) | {fold(surname) for surname in found}
