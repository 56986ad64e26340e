"""``hoso agency NAME``: the dated agencies that a name can mean, and who an ended one is today."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kg.cli.agency_display import show_agencies
from kg.cli.asking import LimitOption
from kg.cli.batch import run_batch
from kg.cli.common import BatchOption, JsonOption, answering
from kg.cli.fields import Fields, Text, check
from kg.cli.units_options import AtOption, WithinOption, one_of
from kg.messages import say

_FIELDS: Fields = {"name": Text(), "id": Text(), "within": Text(), "at": Text()}


def register(app: typer.Typer) -> None:
    """Add the command to the program."""

    @app.command()
    def agency(
        name: Annotated[
            str | None, typer.Argument(metavar="NAME", help='A body with its unit: "UBND quận Đống Đa", or an id.')
        ] = None,
        *,
        within: WithinOption = None,
        at: AtOption = None,
        limit: LimitOption = 20,
        batch: BatchOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """The agencies that a name can mean on a day, best first, and what became of them (cơ quan theo thời kỳ)."""
        if batch:
            run_batch(batch, _FIELDS, lambda request, _: _answer(request, limit))
            return
        one_of(name, "NAME")
        answering(
            lambda: _answer({"name": name, "within": within, "at": at}, limit),
            as_json=as_json,
            show=lambda value: (
                show_agencies(value)
                if value
                else typer.echo(say("no_agency_of_that_name", name=", ".join(filter(None, (name, within)))))
            ),
        )


def _answer(request: dict[str, Any], limit: int) -> list[dict[str, Any]]:
    from kg.questions.agency import agency

    check(request, _FIELDS)
    return agency(**request, limit=limit)
