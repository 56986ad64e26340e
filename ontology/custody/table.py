"""The table of rules, read and checked: the bundled one, or the archive's own (README.md describes the columns)."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import get_args

from ontology import dates
from ontology.custody.bodies import body_kinds
from ontology.custody.due import is_due
from ontology.custody.model import BadCustodyTable, Change, CustodyCertainty, Rule
from ontology.custody.special import special_kinds
from ontology.errors import BadDate

VARIABLE = "HOSO_CUSTODY_RULES"
BUNDLED = "custody_rules.csv"

COLUMNS: tuple[str, ...] = tuple(Rule.__slots__)
KEYS = ("level", "change", "body", "bloc", "special", "retention", "carrier", "matter", "arranged")
RANGES = ("changed_from", "changed_to", "file_from", "file_to", "valid_from", "valid_to")
NAMES = frozenset({"province", "party_committee", "unit", "creator", "successor", "successor_body"})
"""What may stand in braces in ``name`` and ``via``."""
CERTAINTIES: tuple[CustodyCertainty, ...] = ("by_rule_sure", "by_rule_likely", "not_assigned")
"""A rule is never a fact or an assignment: those take a paper (``hoso custody load``)."""
LAW_SURE = ("", "sure", "likely", "check")
_NEEDED = ("id", "name", "certainty")
_DELIMITERS = (",", ";", "\t")


def rules() -> tuple[Rule, ...]:
    """The table in use. Raises BadCustodyTable when the archive's own cannot be used."""
    own = os.environ.get(VARIABLE)
    if not own:
        return _bundled()
    path = Path(own)
    try:
        stat = path.stat()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadCustodyTable("unreadable", own, value=reason) from error
    return _own(path, stat.st_mtime_ns, stat.st_size)


def bundled_text() -> str:
    """The bundled table as it stands, to be copied and edited."""
    return files("ontology").joinpath("data", BUNDLED).read_text(encoding="utf-8")


def read(text: str, path: str) -> tuple[Rule, ...]:
    """The rules of a CSV text (comma, semicolon or tab); ``path`` is what errors call it. Raises BadCustodyTable."""
    first = text.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=first.count))
    header = [(name or "").strip() for name in reader.fieldnames or ()]
    _check_header(header, path)
    reader.fieldnames = header
    found: dict[str, Rule] = {}
    try:
        for row in reader:
            number = reader.line_num
            if not any(isinstance(value, str) and value.strip() for value in row.values()):
                continue
            rule = _rule(row, number, path)
            if rule.id in found:
                raise BadCustodyTable("same_id", path, row=number, column="id", value=rule.id)
            found[rule.id] = rule
    except csv.Error as error:
        raise BadCustodyTable("unreadable", path, value=str(error)) from error
    if not found:
        raise BadCustodyTable("no_rows", path)
    return tuple(found.values())


@lru_cache(maxsize=1)
def _bundled() -> tuple[Rule, ...]:
    return read(bundled_text(), BUNDLED)


@lru_cache(maxsize=4)
def _own(path: Path, _changed: int, _size: int) -> tuple[Rule, ...]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadCustodyTable("unreadable", str(path), value="UTF-8") from error
    except OSError as error:
        raise BadCustodyTable("unreadable", str(path), value=error.strerror or str(error)) from error
    return read(text, str(path))


def _check_header(header: list[str], path: str) -> None:
    missing = next((name for name in _NEEDED if name not in header), None)
    if missing:
        raise BadCustodyTable("no_column", path, row=1, column=missing)
    unknown = next((name for name in header if name and name not in COLUMNS), None)
    if unknown or len(set(header)) < len(header):
        raise BadCustodyTable("unknown_column", path, row=1, column=unknown or "")


def _rule(row: Mapping[str | None, object], number: int, path: str) -> Rule:
    values = {name: _cell(row, name) for name in COLUMNS}
    for name in KEYS:
        values[name] = _alternatives(values[name])
    if None in row:
        raise BadCustodyTable("unknown_column", path, row=number, column="", value=str(row[None]))
    for problem, column in _problems(values):
        raise BadCustodyTable(problem, path, row=number, column=column, value=values[column])
    given = values.pop("certainty")
    return Rule(certainty=next(word for word in CERTAINTIES if word == given), **values)


def _cell(row: Mapping[str | None, object], name: str) -> str:
    value = row.get(name)
    return value.strip() if isinstance(value, str) else ""


def _alternatives(cell: str) -> str:
    """The values of a key column, ``any`` where it holds nothing or ``any`` among others."""
    words = [word.strip() for word in cell.split("|")]
    return "any" if not cell or "any" in words else "|".join(words)


def _problems(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """(what is wrong, column)."""
    if not values["id"]:
        yield "no_id", "id"
    for key in KEYS:
        if values[key] != "any" and not set(values[key].split("|")) <= _allowed(key):
            yield "bad_value", key
    for column in RANGES:
        if values[column] and not _is_day(values[column]):
            yield "bad_date", column
    for start, end in zip(RANGES[::2], RANGES[1::2], strict=True):
        if values[start] and values[end] and values[start] > values[end]:
            yield "bad_range", end
    if values["certainty"] not in CERTAINTIES:
        yield "bad_value", "certainty"
    if values["law_sure"] not in LAW_SURE:
        yield "bad_value", "law_sure"
    if not is_due(values["due"]):
        yield "bad_value", "due"
    for column in ("name", "via"):
        if not _is_wording(values[column]):
            yield "bad_name", column
    yield from _unfounded(values)


def _unfounded(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What the certainty asks for: nobody is named without an act, nobody is sure without one that was read."""
    named = values["certainty"] != "not_assigned"
    if bool(values["name"]) != named:
        yield ("no_name" if named else "name_not_assigned"), "name"
    if values["certainty"] == "by_rule_sure" and not (values["act"] and values["law_sure"] == "sure"):
        yield "sure_without_act", "certainty"
    if values["certainty"] == "by_rule_likely" and not values["act"]:
        yield "bad_value", "act"


@cache
def _allowed(key: str) -> frozenset[str]:
    """The words that a key column may hold."""
    return {
        "level": frozenset({"central", "province", "district", "commune", "unknown"}),
        "change": frozenset(get_args(Change)),
        "body": body_kinds(),
        "bloc": frozenset({"party", "government", "mass_organisation", "other", "unknown"}),
        "special": special_kinds(),
        "retention": frozenset({"permanent", "fixed", "unknown"}),
        "carrier": frozenset({"paper", "digital"}),
        "matter": frozenset({"open", "closed"}),
        "arranged": frozenset({"yes", "no", "unknown"}),
    }[key]


def _is_day(text: str) -> bool:
    try:
        return dates.parse(text) == text
    except BadDate:
        return False


def _is_wording(text: str) -> bool:
    """Whether the text has names alone in its braces: no format ("{unit:>9}") and no conversion ("{unit!r}")."""
    try:
        parts = [part for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        return False
    return all(name in NAMES and not form and not conversion for _, name, form, conversion in parts)
