"""``hoso stats``: figures of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from kg.cli.asking import ask
from kg.cli.common import JsonOption, StoreOption
from kg.cli.graph_display import show_stats

if TYPE_CHECKING:
    from kg.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add the command to the program."""

    @app.command()
    def stats(*, store: StoreOption = None, as_json: JsonOption = False) -> None:
        """How many records, files, entities and links the store holds (số liệu của kho)."""

        def question(workspace: Workspace) -> Any:
            from kg.questions.stats import stats as answer

            return answer(workspace)

        ask(store, question, as_json=as_json, show=show_stats)
