"""The rows of an archive's table of exceptions, read and checked one by one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final, cast, get_args

from ontology import dates
from ontology.agencies.bodies import Body, Form, Scope, Sure, bundled_bodies, cell, ground_of, scope_of
from ontology.agencies.exceptions import BodyException, Effect
from ontology.agencies.own import BadAgencyTable, OwnTable
from ontology.agencies.spans import span_of
from ontology.errors import AmbiguousUnit, BadDate, UnitNotFound
from ontology.model import Unit
from ontology.names import levels_of
from ontology.registry import load

COLUMNS: Final = (
    "id", "bodies", "levels", "types", "provinces", "units", "effect", "since", "until", "name", "like", "heirs", "sure",
    "act", "article", "law_sure", "note",
)  # fmt: skip
NEEDED: Final = ("id", "effect", "sure")
EFFECTS: Final = get_args(Effect)
LEVELS: Final = frozenset({"province", "district", "commune"})
_DELIMITERS = (",", ";", "\t")
_MARKS = ("{unit}", "{name}")


def read(text: str, path: str) -> OwnTable:
    """The table of a CSV text (comma, semicolon or tab); ``path`` is what errors call it. Raises BadAgencyTable for the
    first row that cannot be used."""
    first = text.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=first.count))
    header = [(name or "").strip() for name in reader.fieldnames or ()]
    _check_header(header, path)
    reader.fieldnames = header
    table = _Table(path)
    try:
        for row in reader:
            if any(isinstance(value, str) and value.strip() for value in row.values()):
                table.add(row, reader.line_num)
    except csv.Error as error:
        raise BadAgencyTable("unreadable", path, value=str(error)) from error
    if not table.exceptions:
        raise BadAgencyTable("no_rows", path)
    table.check_heirs()
    forms = {body: tuple(found) for body, found in table.forms.items()}
    return OwnTable(tuple(table.exceptions.values()), table.bodies, forms, table.rows, path)


def _check_header(header: list[str], path: str) -> None:
    missing = next((name for name in NEEDED if name not in header), None)
    if missing:
        raise BadAgencyTable("no_column", path, row=1, column=missing)
    odd = next((name for name in header if name and name not in COLUMNS), None)
    odd = odd or next((name for name in header if header.count(name) > 1), None)
    if odd is not None:
        raise BadAgencyTable("unknown_column", path, row=1, column=odd)


class _Table:
    """The rows taken over so far."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.exceptions: dict[str, BodyException] = {}
        self.bodies: dict[str, Body] = {}
        self.forms: dict[str, list[Form]] = {}
        self.rows: dict[str, int] = {}

    def add(self, row: Mapping[str | None, object], number: int) -> None:
        """Take a row over. Raises BadAgencyTable, which says what is wrong with it."""
        if None in row:
            raise BadAgencyTable("too_many_cells", self.path, row=number, value=str(row[None]))
        values = {name: _cell(row, name) for name in COLUMNS}
        if values["id"] in self.exceptions:
            raise BadAgencyTable("same_id", self.path, row=number, column="id", value=values["id"])
        for code, column in self._problems(values):
            raise BadAgencyTable(code, self.path, row=number, column=column, value=values[column])
        scope = replace(scope_of(values), units=self._units(values["units"], number))
        effect = cast(Effect, values["effect"])
        self.rows[values["id"]] = number
        self.exceptions[values["id"]] = BodyException(
            values["id"],
            frozenset(cell(values["bodies"])),
            scope,
            effect,
            values["since"],
            values["until"],
            ground_of(values),
            tuple(cell(values["heirs"])),
            f"{Path(self.path).name}:{number}",
            values["note"] or None,
            values["name"] or None,
        )
        if effect == "founded":
            self._found(values, scope)
        if effect in ("founded", "renamed"):
            for body in cell(values["bodies"]):
                form = Form(body, scope, values["since"], values["until"], "full", values["name"])
                self.forms.setdefault(body, []).insert(0, form)

    def _found(self, values: Mapping[str, str], scope: Scope) -> None:
        """A kind of body that the package's tables lack, of the kind and bloc of the one it is like."""
        like, ground = bundled_bodies()[values["like"]], ground_of(values)
        for body in cell(values["bodies"]):
            self.bodies[body] = Body(
                body,
                like.kind,
                like.bloc,
                Scope(scope.levels or like.scope.levels, scope.types, scope.provinces, scope.units),
                values["since"],
                values["until"],
                ground.sure,
                ground,
                ground,
                tuple(cell(values["heirs"])),
                "",
                like.special,
            )

    def _problems(self, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """(what is wrong, column)."""
        effect = values["effect"]
        if not values["id"]:
            yield "no_id", "id"
        if effect not in EFFECTS:
            yield "bad_effect", "effect"
        if effect != "none":
            yield from self._bad_ground(values)
            yield from self._bad_scope(values)
        for column in ("since", "until"):
            if values[column] and not _is_day(values[column]):
                yield "bad_date", column
        if values["since"] and values["until"] and values["since"] > values["until"]:
            yield "bad_range", "until"
        for column in {"absent": ("since",), "opens": ("since",), "closes": ("until",), "renamed": ("since",)}.get(
            effect, ()
        ):
            if not values[column]:
                yield "no_day", column
        if effect in ("renamed", "founded"):
            yield from self._bad_name(values)
        if values["heirs"] and effect not in ("closes", "founded"):
            yield "heirs_of_none", "heirs"

    def _bad_ground(self, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        if values["sure"] not in get_args(Sure):
            yield "bad_sure", "sure"
        if values["law_sure"] and values["law_sure"] not in get_args(Sure):
            yield "bad_sure", "law_sure"
        if values["sure"] == "sure" and not values["act"]:
            yield "sure_without_act", "act"

    def _bad_scope(self, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        new = values["effect"] == "founded"
        for body in cell(values["bodies"]):
            known = body in bundled_bodies()
            if new and (known or ":" in body or "+" in body):
                yield "known_body", "bodies"
            if not new and not known and body not in self.bodies:
                yield "unknown_body", "bodies"
        if not values["bodies"] and values["effect"] in ("renamed", "founded"):
            yield "no_body", "bodies"
        if not values["units"] and not values["provinces"]:
            yield "no_units", "units"
        if not set(cell(values["levels"])) <= LEVELS:
            yield "bad_level", "levels"
        if not all(levels_of(kind.partition("@")[0]) for kind in cell(values["types"])):
            yield "bad_type", "types"
        provinces = {unit.line for unit in load().units.values() if unit.level == "province"}
        if not set(cell(values["provinces"])) <= provinces:
            yield "unknown_province", "provinces"

    def _bad_name(self, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        name = values["name"]
        ends = [mark for mark in _MARKS if name.endswith(f" {mark}")]
        if not name or len(ends) != 1 or "{" in name.removesuffix(ends[0]) or "}" in name.removesuffix(ends[0]):
            yield "bad_name", "name"
        if values["effect"] == "founded" and values["like"] not in bundled_bodies():
            yield "unknown_body", "like"

    def _units(self, text: str, number: int) -> frozenset[str]:
        """The ids of the versions of the units named, through which their bodies live on."""
        found: set[str] = set()
        for name in cell(text):
            found.update(unit.id for unit in self._versions(name.strip(), number))
        return frozenset(found)

    def _versions(self, name: str, number: int) -> tuple[Unit, ...]:
        ontology = load()
        if name in ontology.units:
            return span_of(ontology.units[name], ontology)
        if versions := ontology.versions(name):
            return versions
        try:
            meant = ontology.argument(name)
        except UnitNotFound as error:
            raise BadAgencyTable("unknown_unit", self.path, row=number, column="units", value=name) from error
        except AmbiguousUnit as error:
            several = "; ".join(f"{one.unit.name} [{one.unit.id}]" for one in error.candidates[:4])
            raise BadAgencyTable(
                "several_units", self.path, row=number, column="units", value=f"{name}: {several}"
            ) from error
        return span_of(meant.unit, ontology)

    def check_heirs(self) -> None:
        """Heirs may be bodies of rows further down: looked at when all are read. Whether there is an agency of an id is
        known only with the table in use (``in_time``)."""
        for exception in self.exceptions.values():
            for heir in exception.heirs:
                kind, of_other_unit, _ = heir.partition(":")
                known = kind in bundled_bodies() or kind in self.bodies
                if not known or (of_other_unit and not exception.scope.units):
                    row = self.rows[exception.id]
                    raise BadAgencyTable("unknown_heir", self.path, row=row, column="heirs", value=heir)


def _cell(row: Mapping[str | None, object], name: str) -> str:
    value = row.get(name)
    return value.strip() if isinstance(value, str) else ""


def _is_day(text: str) -> bool:
    try:
        return dates.parse(text) == text
    except BadDate:
        return False
