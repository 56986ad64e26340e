"""``hoso moved``: which records concern which unit now, and who holds or must receive them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.asking import AccessOption, ask, ask_batch
from kg.cli.common import BatchOption, JsonOption, StoreOption
from kg.cli.fields import Fields, OneOf, Text, WholeNumber, check
from kg.cli.moved_display import show_moved
from kg.cli.units_options import KIND, AtOption, Kind, WithinOption

if TYPE_CHECKING:
    from kg.workspace import Workspace

_LISTED = 20
_LISTED_AS_JSON = 1000


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
        batch: BatchOption = None,
        access: AccessOption = None,
        store: StoreOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """Which records moved to which new unit; who holds them (hồ sơ nay ở đâu)."""
        request: dict[str, Any] = {"from": source, "to": target, "within": within, "at": at, "by": by.value}
        request |= {"kind": kind.value, "limit": limit if limit is not None or as_json else _LISTED}
        if batch:
            ask_batch(store, batch, _FIELDS, lambda workspace, line, _: _answer(workspace, line, access))
            return

        def question(workspace: Workspace) -> Any:
            check({key: value for key, value in request.items() if key != "limit"}, _FIELDS)
            return _answer(workspace, request, access)

        ask(store, question, as_json=as_json, show=show_moved)


def _answer(workspace: Workspace, request: dict[str, Any], access: str | None) -> dict[str, Any]:
    from kg.access import access_level
    from kg.questions.moved import moved

    given = {"from": "source", "to": "target", "kind": "matter"}
    named = {given.get(key, key): value for key, value in request.items() if value is not None}
    return moved(workspace, **{"limit": _LISTED_AS_JSON, **named}, access=access_level(access))
