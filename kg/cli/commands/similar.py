"""``hoso similar ID``: more like this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.asking import AccessOption, LimitOption, ask
from kg.cli.common import JsonOption, StoreOption
from kg.cli.search_display import show_similar

if TYPE_CHECKING:
    from kg.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add the command to the program."""

    @app.command()
    def similar(
        record: Annotated[str, typer.Argument(metavar="ID", help="The id of a record.")],
        *,
        limit: LimitOption = 10,
        access: AccessOption = None,
        store: StoreOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """The records most like one, and what they have in common (văn bản tương tự)."""

        def question(workspace: Workspace) -> Any:
            from kg.access import access_level
            from kg.questions.similar import similar as answer

            return answer(workspace, record, limit=limit, access=access_level(access))

        ask(store, question, as_json=as_json, show=show_similar)
