"""``hoso fonds [ID]``: the tree of fonds, and where lists and scans differ."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.asking import AccessOption, ask
from kg.cli.common import ForceOption, JsonOption, StoreOption, refuse_existing, warn
from kg.cli.printing import figure
from kg.cli.records_display import show_fonds
from kg.messages import say

if TYPE_CHECKING:
    from kg.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add the command to the program."""

    @app.command()
    def fonds(
        identifier: Annotated[str | None, typer.Argument(metavar="[ID]", help="One fonds with its files.")] = None,
        *,
        out: Annotated[
            Path | None, typer.Option("--out", metavar="FILE.xlsx", help="Also write the differences (XLSX or CSV).")
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
            value = answer(workspace, identifier, access=access_level(access))
            if out is not None:
                from kg.export.fonds import write_fonds

                warn(say("written", rows=figure(write_fonds(out, value)), path=out))
            return value

        ask(store, question, as_json=as_json, show=show_fonds)
