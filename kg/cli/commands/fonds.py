"""``hoso fonds [ID]``: the tree of fonds, and where lists and scans differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.asking import AccessOption, ask
from kg.cli.common import JsonOption, StoreOption
from kg.cli.records_display import show_fonds

if TYPE_CHECKING:
    from kg.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add the command to the program."""

    @app.command()
    def fonds(
        identifier: Annotated[str | None, typer.Argument(metavar="[ID]", help="One fonds with its files.")] = None,
        *,
        access: AccessOption = None,
        store: StoreOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """Fonds, inventories and files; listed and not scanned, scanned and not listed (phông và mục lục hồ sơ)."""

        def question(workspace: Workspace) -> Any:
            from kg.access import access_level
            from kg.questions.fonds import fonds as answer

            return answer(workspace, identifier, access=access_level(access))

        ask(store, question, as_json=as_json, show=show_fonds)
