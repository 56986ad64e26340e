"""``hoso path A B``: how two entities are linked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.asking import AccessOption, ask
from kg.cli.common import JsonOption, StoreOption
from kg.cli.graph_display import show_path

if TYPE_CHECKING:
    from kg.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add the command to the program."""

    @app.command()
    def path(
        one: Annotated[str, typer.Argument(metavar="A", help="A name or id.")],
        other: Annotated[str, typer.Argument(metavar="B", help="A name or id.")],
        *,
        access: AccessOption = None,
        store: StoreOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """The shortest path between two entities, with the passage that proves each step (đường nối)."""

        def question(workspace: Workspace) -> Any:
            from kg.access import access_level
            from kg.questions.path import path as answer

            return answer(workspace, one, other, access=access_level(access))

        ask(store, question, as_json=as_json, show=show_path)
