"""``hoso chain NUMBER``: what a decision rests on, changes, and was changed by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.asking import AccessOption, ask
from kg.cli.common import JsonOption, StoreOption
from kg.cli.graph_display import show_chain

if TYPE_CHECKING:
    from kg.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add the command to the program."""

    @app.command()
    def chain(
        number: Annotated[str, typer.Argument(metavar="NUMBER", help="59/QĐ-UBND, or the id of an act.")],
        *,
        date: Annotated[str | None, typer.Option("--date", metavar="DATE", help="The act's date.")] = None,
        issuer: Annotated[str | None, typer.Option("--issuer", metavar="NAME", help="Its issuer.")] = None,
        access: AccessOption = None,
        store: StoreOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """The chain of a decision: based on, amends, replaces, repeals (chuỗi văn bản)."""

        def question(workspace: Workspace) -> Any:
            from kg.access import access_level
            from kg.questions.chain import chain as answer

            return answer(workspace, number, date=date, issuer=issuer, access=access_level(access))

        ask(store, question, as_json=as_json, show=show_chain)
