"""Questions to a store from the command line: opened once, answered, closed; errors in the contract's forms."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.common import answering, fail, run_batch, translated

if TYPE_CHECKING:
    from kg.workspace import Workspace

AccessOption = Annotated[
    str | None,
    typer.Option(
        "--access",
        metavar="LEVEL",
        help="What may be shown: open, conditional, closed (or HOSO_ACCESS; default open).",
    ),
]
LimitOption = Annotated[int, typer.Option("--limit", min=0, help="How many are listed; totals count all.")]


def ask(
    store: str | None, question: Callable[[Workspace], Any], *, as_json: bool, show: Callable[[Any], None]
) -> None:
    """Open the store, answer one question, print it."""

    def action() -> Any:
        from kg.workspace import open_workspace

        with open_workspace(store) as workspace:
            return question(workspace)

    answering(action, as_json=as_json, show=show)


def ask_batch(
    store: str | None, batch: str, keys: Collection[str], question: Callable[[Workspace, dict[str, Any]], Any]
) -> None:
    """Answer JSON lines from one store. A store that cannot be opened is one error, not one a line."""
    from kg.workspace import open_workspace

    try:
        workspace = open_workspace(store)
    except Exception as error:  # the translation re-raises what is no error of ours
        fail(translated(error), as_json=True)
    with workspace:
        run_batch(batch, keys, lambda request: question(workspace, request))
