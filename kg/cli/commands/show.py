"""``hoso show ID``: one record whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.asking import AccessOption, ask
from kg.cli.common import JsonOption, StoreOption
from kg.cli.records_display import show_record

if TYPE_CHECKING:
    from kg.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add the command to the program."""

    @app.command()
    def show(
        record: Annotated[str, typer.Argument(metavar="ID", help="The id of a record.")],
        *,
        access: AccessOption = None,
        store: StoreOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """One record: metadata, text, mentions, links, place and custody (xem văn bản)."""

        def question(workspace: Workspace) -> Any:
            from kg.access import access_level
            from kg.questions.show import show as answer

            return answer(workspace, record, access=access_level(access))

        ask(store, question, as_json=as_json, show=show_record)
