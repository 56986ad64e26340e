"""``hoso fonds [ID]``: the tree of fonds, and where lists and scans differ."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.asking import AccessOption, ask
from kg.cli.common import ForceOption, JsonOption, StoreOption, refuse_existing, warn
from kg.cli.fonds_display import show_fonds
from kg.cli.printing import figure
from kg.messages import say

if TYPE_CHECKING:
    from kg.workspace import Workspace


_LISTED_AS_JSON = 10000
"""Differences and files of a fonds where ``--limit`` does not say otherwise."""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""

    @app.command()
    def fonds(
        identifier: Annotated[str | None, typer.Argument(metavar="[ID]", help="One fonds with its files.")] = None,
        *,
        out: Annotated[
            Path | None,
            typer.Option(
                "--out",
                metavar="FILE.xlsx",
                help="Also write all differences, fonds and files (XLSX; CSV: differences).",
            ),
        ] = None,
        limit: Annotated[
            int | None,
            typer.Option(
                "--limit", min=1, help="Differences and files of each fonds (60; 10000 as JSON); totals count all."
            ),
        ] = None,
        force: ForceOption = False,
        access: AccessOption = None,
        store: StoreOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """Fonds, inventories and files; listed and not scanned, scanned and not listed (phông và mục lục hồ sơ)."""

        def question(workspace: Workspace) -> Any:
            from kg.access import access_level
            from kg.questions.fonds import fonds as answer

            refuse_existing(out, force=force)
            level = access_level(access)
            if out is not None:
                from kg.export.fonds import write_fonds

                whole = answer(workspace, identifier, access=level, files=out.suffix.lower() != ".csv")
                warn(say("written", rows=figure(write_fonds(out, whole)), path=out))
            return answer(workspace, identifier, access=level, limit=limit or _LISTED_AS_JSON)

        ask(store, question, as_json=as_json, show=lambda value: show_fonds(value, limit))
