"""``hoso entity NAME_OR_ID``: an agency, person, act or place, and its links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.asking import AccessOption, LimitOption, ask
from kg.cli.common import JsonOption, StoreOption
from kg.cli.graph_display import show_entity

if TYPE_CHECKING:
    from kg.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add the command to the program."""

    @app.command()
    def entity(
        name: Annotated[
            str,
            typer.Argument(
                metavar="NAME_OR_ID", help="A name, an id, the number of an act, a parcel with its place."
            ),
        ],
        *,
        kind: Annotated[str | None, typer.Option("--kind", help="agency, person, legal_act, unit ...")] = None,
        limit: LimitOption = 30,
        access: AccessOption = None,
        store: StoreOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """An entity, its names and its links with evidence (cơ quan, người, địa danh)."""

        def question(workspace: Workspace) -> Any:
            from kg.access import access_level
            from kg.questions.entity import entity as answer

            return answer(workspace, name, kind=kind, limit=limit, access=access_level(access))

        ask(store, question, as_json=as_json, show=show_entity)
