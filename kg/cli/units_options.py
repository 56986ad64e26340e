"""The options that ``unit``, ``successors`` and ``predecessors`` share, and the two commands that differ in direction
alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

import typer

from kg.cli.batch import run_batch
from kg.cli.common import BatchOption, JsonOption, StoreOption, answering
from kg.cli.fields import Fields, OneOf, Text, check
from kg.cli.units_display import show_lineage, showing_candidates
from kg.messages import say

WithinOption = Annotated[
    str | None, typer.Option("--within", metavar="NAME", help='Containing units: "Quận Hoàn Kiếm, Hà Nội".')
]
AtOption = Annotated[
    str | None, typer.Option("--at", metavar="DATE", help="The day on which the name is meant: 30/06/2025, 1994.")
]
OnOption = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day whose map answers: 01/07/2025.")]


NearbyOption = Annotated[
    list[str] | None,
    typer.Option("--nearby", metavar="NAME", help="A unit named close by; may be repeated."),
]


@dataclass(frozen=True, slots=True)
class Names(Text):
    """Names in a line of a batch: a list of strings, or one string with semicolons between."""

    def check(self, key: str, value: object) -> None:
        """Raise HosoError(bad_input) for any other value."""
        for one in value if isinstance(value, list) else [value]:
            Text.check(self, key, one)


def names(value: list[str] | str | None) -> list[str]:
    """The names of such a value, none of them empty."""
    given = value.split(";") if isinstance(value, str) else value or []
    return [name.strip() for name in given if name.strip()]


class Kind(StrEnum):
    """What the question is about: civil-status matters follow the people, land matters the territory."""

    ANY = "any"
    CIVIL = "civil"
    LAND = "land"


KIND = OneOf(tuple(kind.value for kind in Kind))
_FIELDS: Fields = {"name": Text(), "id": Text(), "within": Text(), "at": Text(), "on": Text(), "kind": KIND}


def one_of(name: str | None, shown: str) -> None:
    """Wrong usage, as typer reports it, where neither the argument nor ``--batch`` is given."""
    if not name:
        raise typer.BadParameter(say("usage_missing_or_batch", name=shown))


def register_lineage(app: typer.Typer, direction: str, summary: str) -> None:
    """Add ``successors`` or ``predecessors`` to the program."""

    @app.command(name=direction, help=summary)
    def lineage(
        unit: Annotated[
            str | None, typer.Argument(metavar="UNIT", help="A name, an address or an id (code@date).")
        ] = None,
        *,
        within: WithinOption = None,
        at: AtOption = None,
        on: OnOption = None,
        kind: Annotated[Kind, typer.Option("--kind", help="Any matter, civil status, or land.")] = Kind.ANY,
        batch: BatchOption = None,
        store: StoreOption = None,
        as_json: JsonOption = False,
    ) -> None:
        if batch:
            run_batch(batch, _FIELDS, lambda request, _: _answer(direction, request, store))
            return
        one_of(unit, "UNIT")
        request = {"name": unit, "within": within, "at": at, "on": on, "kind": kind.value}
        answering(
            showing_candidates(lambda: _answer(direction, request, store), as_json=as_json),
            as_json=as_json,
            show=lambda value: show_lineage(value, direction),
        )


def _answer(direction: str, request: dict[str, Any], store: str | None) -> dict[str, Any]:
    from kg.questions import units

    ask = units.successors if direction == "successors" else units.predecessors
    check(request, _FIELDS)
    return ask(**request, store=store)
