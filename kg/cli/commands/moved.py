"""``hoso moved``: which records concern which unit now, and who holds or must receive them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.asking import AccessOption, ask, ask_batch
from kg.cli.common import BatchOption, ForceOption, JsonOption, StoreOption, refuse_existing, warn
from kg.cli.fields import Fields, OneOf, Text, WholeNumber, check
from kg.cli.moved_display import show_moved
from kg.cli.printing import figure
from kg.cli.units_options import KIND, AtOption, Kind, WithinOption
from kg.messages import say

if TYPE_CHECKING:
    from kg.workspace import Workspace

_LISTED = 20
_LISTED_AS_JSON = 1000
_IN_A_FILE = 100_000
"""Rows of a written list where ``--limit`` does not say otherwise."""


class By(StrEnum):
    """Which of the two questions: where the subject place lies, or who holds the file."""

    PLACE = "place"
    CUSTODY = "custody"


_FIELDS: Fields = {
    **{key: Text() for key in ("from", "to", "within", "at")},
    "by": OneOf(tuple(by.value for by in By)),
    "kind": KIND,
    "limit": WholeNumber(),
}


def register(app: typer.Typer) -> None:
    """Add the command to the program."""

    @app.command()
    def moved(
        source: Annotated[
            str | None, typer.Option("--from", metavar="UNIT", help="An old unit, all below it too.")
        ] = None,
        target: Annotated[str | None, typer.Option("--to", metavar="UNIT", help="A unit of today.")] = None,
        *,
        within: WithinOption = None,
        at: AtOption = None,
        by: Annotated[By, typer.Option("--by", help="Subject place, or custody.")] = By.PLACE,
        kind: Annotated[Kind, typer.Option("--kind", help="Any matter, civil status, or land.")] = Kind.ANY,
        limit: Annotated[
            int | None, typer.Option("--limit", min=1, help="Records listed (20; 1000 as JSON); totals count all.")
        ] = None,
        out: Annotated[
            Path | None,
            typer.Option("--out", metavar="FILE.xlsx", help="Also write the list: files by custody (XLSX or CSV)."),
        ] = None,
        force: ForceOption = False,
        batch: BatchOption = None,
        access: AccessOption = None,
        store: StoreOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """Which records moved to which new unit; who holds them (hồ sơ nay ở đâu)."""
        request: dict[str, Any] = {"from": source, "to": target, "within": within, "at": at, "by": by.value}
        listed = limit if limit is not None or as_json else _LISTED
        request |= {"kind": kind.value, "limit": listed if out is None or limit is not None else _IN_A_FILE}
        if batch:
            ask_batch(store, batch, _FIELDS, lambda workspace, line, _: _answer(workspace, line, access))
            return

        def question(workspace: Workspace) -> Any:
            check({key: value for key, value in request.items() if key != "limit"}, _FIELDS)
            refuse_existing(out, force=force)
            value = _answer(workspace, request, access)
            return _shown(_written(value, out), listed if out else None)

        ask(store, question, as_json=as_json, show=show_moved)


def _written(value: dict[str, Any], out: Path | None) -> dict[str, Any]:
    if out is not None:
        from kg.export.moved import write_moved

        warn(say("written", rows=figure(write_moved(out, value)), path=out))
    return value


def _shown(value: dict[str, Any], limit: int | None) -> dict[str, Any]:
    """The answer with no more rows than are asked for on the screen."""
    if limit is None:
        return value
    cut = {key: value[key][:limit] for key in ("records", "files") if key in value}
    counts = {"listed": len(cut["records"])} | ({"files_listed": len(cut["files"])} if "files" in cut else {})
    return value | cut | counts


def _answer(workspace: Workspace, request: dict[str, Any], access: str | None) -> dict[str, Any]:
    from kg.access import access_level
    from kg.questions.moved import moved

    given = {"from": "source", "to": "target", "kind": "matter"}
    named = {given.get(key, key): value for key, value in request.items() if value is not None}
    return moved(workspace, **{"limit": _LISTED_AS_JSON, **named}, access=access_level(access))
