"""``hoso agency NAME``: the dated agencies that a name can mean, and who an ended one is today."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.agency_display import TOLD, show_agencies
from kg.cli.asking import LimitOption
from kg.cli.batch import run_batch
from kg.cli.common import BatchOption, JsonOption, StoreOption, answering
from kg.cli.fields import Fields, Text, WholeNumber, check
from kg.cli.units_options import AtOption, WithinOption, one_of
from kg.messages import say

if TYPE_CHECKING:
    from kg.store.protocol import Store

_FIELDS: Fields = {"name": Text(), "id": Text(), "within": Text(), "at": Text(), "limit": WholeNumber()}


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
        store: StoreOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """The agencies that a name can mean on a day, best first, and what became of them (cơ quan theo thời kỳ)."""
        if batch:
            if name or within or at:
                raise typer.BadParameter(say("usage_agency_or_batch", name="NAME, --within, --at"))
            with _papers(store) as graph:
                run_batch(batch, _FIELDS, lambda request, _: _answer(request, graph, limit))
            return
        one_of(name, "NAME")
        request = {"name": name, "within": within, "at": at}

        def action() -> list[dict[str, Any]]:
            with _papers(store) as graph:
                return _answer(request, graph, limit) if as_json else _told(request, graph, limit)

        answering(
            action,
            as_json=as_json,
            show=lambda value: show_agencies(value) if value else _none(name or "", within),
        )


def _none(name: str, within: str | None) -> None:
    """Say that the name means no agency, and what it lacks."""
    from kg.questions.agency import kind_alone, lacks_unit

    asked = ", ".join(filter(None, (name, within)))
    if kind := kind_alone(name):
        typer.echo(say("agency_kind_without_days", name=asked, kind=kind))
        return
    said = "agency_without_unit" if lacks_unit(name, within) else "no_agency_of_that_name"
    typer.echo(say(said, name=asked))


@contextmanager
def _papers(store: str | None) -> Iterator[Store | None]:
    """The store whose papers are asked; none where there is none and none was named."""
    from kg.workspace import open_if_any

    workspace = open_if_any(store)
    if workspace is None:
        yield None
        return
    with workspace:
        yield workspace.store


def _answer(request: dict[str, Any], store: Store | None, limit: int) -> list[dict[str, Any]]:
    from kg.questions.agency import agency

    check(request, _FIELDS)
    return agency(**{**request, "limit": request.get("limit") or limit}, store=store)


def _told(request: dict[str, Any], store: Store | None, limit: int) -> list[dict[str, Any]]:
    """The same for people: whole where it is told in full, else what the table shows."""
    from kg.questions.agency import agency_brief, agency_json, meant, papers_of

    check(request, _FIELDS)
    found = meant(request["name"], at=request["at"], within=request["within"])
    papers = papers_of(store)
    told = [one for one in found if one.score == found[0].score][:TOLD]
    return [
        (agency_json(one, papers) if one in told else agency_brief(one)) | {"total": len(found)}
        for one in found[:limit]
    ]
