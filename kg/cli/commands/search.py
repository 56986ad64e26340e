"""``hoso search QUERY``: records by words, numbers, places and facets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.asking import AccessOption, ask, ask_batch
from kg.cli.common import BatchOption, ForceOption, JsonOption, StoreOption, refuse_existing, warn
from kg.cli.fields import BLOCS, LEVELS, SEARCH, SEARCHED_BY, check
from kg.cli.printing import figure
from kg.cli.search_display import show_search
from kg.cli.units_options import WithinOption, one_of
from kg.messages import say

if TYPE_CHECKING:
    from kg.workspace import Workspace

LISTED = 10
_IN_A_FILE = 10_000
"""Rows of a written list where ``--limit`` does not say otherwise."""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""

    @app.command()
    def search(
        query: Annotated[str | None, typer.Argument(metavar="QUERY", help="Words, a number, a place.")] = None,
        *,
        place: Annotated[
            str | None, typer.Option("--place", metavar="UNIT", help="Old or new, with its line.")
        ] = None,
        within: WithinOption = None,
        since: Annotated[str | None, typer.Option("--since", metavar="DATE")] = None,
        until: Annotated[str | None, typer.Option("--until", metavar="DATE")] = None,
        type_: Annotated[str | None, typer.Option("--type", metavar="T", help="Quyết định, Báo cáo ...")] = None,
        issuer: Annotated[str | None, typer.Option("--issuer", metavar="NAME")] = None,
        bloc: Annotated[str | None, typer.Option("--bloc", help=", ".join(BLOCS))] = None,
        level: Annotated[str | None, typer.Option("--level", help=", ".join(LEVELS))] = None,
        subject: Annotated[
            str | None, typer.Option("--subject", metavar="S", help="land, finance, complaint ...")
        ] = None,
        retention: Annotated[str | None, typer.Option("--retention", metavar="R")] = None,
        fonds: Annotated[str | None, typer.Option("--fonds", metavar="ID")] = None,
        limit: Annotated[int | None, typer.Option("--limit", min=1, help="Hits shown (10) or written.")] = None,
        out: Annotated[Path | None, typer.Option("--out", metavar="FILE.xlsx", help="Write the list.")] = None,
        force: ForceOption = False,
        batch: BatchOption = None,
        access: AccessOption = None,
        store: StoreOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """Find the record about ... (tra cứu)."""
        if batch:
            _ask_many(store, batch, access, out, force=force)
            return
        if query is None:
            one_of(None, "QUERY")
        values = (place, within, since, until, type_, issuer, bloc, level, subject, retention, fonds)
        listed = limit if limit is not None else (_IN_A_FILE if out else LISTED)
        request = {"query": query, **dict(zip(SEARCHED_BY, values, strict=True))}

        def question(workspace: Workspace) -> Any:
            check(request, SEARCH)
            refuse_existing(out, force=force)
            return _written(_answer(workspace, {**request, "limit": listed}, access), request, out)

        ask(store, question, as_json=as_json, show=show_search)


def _answer(workspace: Workspace, request: dict[str, Any], access: str | None) -> dict[str, Any]:
    from kg.access import access_level
    from kg.errors import HosoError
    from kg.questions.search import search

    named = {key: value for key, value in request.items() if value is not None}
    if "query" not in named:
        raise HosoError(say("missing_argument", name="query"))
    return search(workspace, **named, access=access_level(access))


def _ask_many(store: str | None, batch: str, access: str | None, out: Path | None, *, force: bool) -> None:
    """Answer a batch; with ``--out`` its hits go into one workbook too."""
    from kg.cli.common import fail
    from kg.errors import HosoError

    try:
        refuse_existing(out, force=force)
        if out is not None and out.suffix.lower() != ".xlsx":
            raise HosoError(say("batch_out_xlsx", path=out))
    except HosoError as error:
        fail(error, as_json=True)
    from kg.export.lists import BatchList

    listed = BatchList()

    def answer(workspace: Workspace, line: dict[str, Any], number: int) -> dict[str, Any]:
        value = _answer(workspace, line, access)
        if out is not None:
            listed.add(number, line, value)
        return value

    ask_batch(store, batch, SEARCH, answer)
    if out is not None:
        try:
            listed.write(out)
        except HosoError as error:
            fail(error, as_json=False)
        warn(say("written", rows=figure(len(listed)), path=out))


def _written(value: dict[str, Any], request: dict[str, Any], out: Path | None) -> dict[str, Any]:
    if out is not None:
        from kg.export.lists import write_hits

        write_hits(out, value, request)
        warn(say("written", rows=figure(len(value["hits"])), path=out))
    return value
