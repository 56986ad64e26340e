"""``hoso unit NAME``: the dated units that a name can mean."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kg.cli.batch import run_batch
from kg.cli.common import BatchOption, JsonOption, StoreOption, answering
from kg.cli.fields import Fields, Text, check
from kg.cli.local_display import show_rows
from kg.cli.printing import plain, put
from kg.cli.units_display import show_units
from kg.cli.units_options import AtOption, Names, NearbyOption, WithinOption, names, one_of
from kg.messages import say

_FIELDS: Fields = {"name": Text(), "id": Text(), "within": Text(), "at": Text(), "nearby": Names()}


def register(app: typer.Typer) -> None:
    """Add the command to the program."""

    @app.command()
    def unit(
        name: Annotated[
            str | None, typer.Argument(metavar="NAME", help="A name with its district or province, or an address.")
        ] = None,
        *,
        within: WithinOption = None,
        at: AtOption = None,
        nearby: NearbyOption = None,
        batch: BatchOption = None,
        store: StoreOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """The dated units that a name can mean, best first (đơn vị hành chính theo tên)."""
        if batch:
            run_batch(batch, _FIELDS, lambda request, _: _answer(request, store))
            return
        one_of(name, "NAME")
        answering(
            lambda: _answer({"name": name, "within": within, "at": at, "nearby": nearby}, store),
            as_json=as_json,
            show=lambda value: (
                _show(value)
                if value
                else typer.echo(say("no_unit_of_that_name", name=", ".join(filter(None, (name, within)))))
            ),
        )


def _show(value: list[dict[str, Any]]) -> None:
    show_units(value)
    for name in value[0].get("unknown", ()):
        put(say("local_unknown_containing", name=plain(name)))
    show_rows(value)


def _answer(request: dict[str, Any], store: str | None) -> list[dict[str, Any]]:
    from kg.questions.units import unit

    check(request, _FIELDS)
    return unit(**request | {"nearby": names(request.get("nearby")), "store": store})
