"""Questions to a store from the command line: opened once, answered, closed; errors in the contract's forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.batch import run_batch
from kg.cli.common import answering, fail
from kg.cli.fields import Fields
from kg.questions.failures import translated

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
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="How many are listed; totals count all.")]


def ask(
    store: str | None, question: Callable[[Workspace], Any], *, as_json: bool, show: Callable[[Any], None]
) -> None:
    """Open the store, answer one question, print it."""

    def action() -> Any:
        from kg.workspace import open_workspace

        with open_workspace(store) as workspace:
            try:
                return question(workspace)
            except Exception as error:  # the translation re-raises what is no error of ours
                problem = translated(error)
                if not as_json:
                    show_candidates(problem.candidates)
                raise problem from None

    answering(action, as_json=as_json, show=show)


def ask_batch(
    store: str | None, batch: str, fields: Fields, question: Callable[[Workspace, dict[str, Any], int], Any]
) -> None:
    """Answer JSON lines from one store. A store that cannot be opened is one error, not one a line."""
    from kg.workspace import open_workspace

    try:
        workspace = open_workspace(store)
    except Exception as error:  # the translation re-raises what is no error of ours
        fail(translated(error), as_json=True)
    with workspace:
        run_batch(batch, fields, lambda request, number: question(workspace, request, number))


def show_candidates(candidates: list[Any]) -> None:
    """What an ambiguous or unknown name could mean: id, name, date and who or where it belongs to."""
    from kg.cli.printing import day, plain, put, table

    rows = [candidate for candidate in candidates if isinstance(candidate, dict) and candidate.get("id")]
    if not rows:
        return
    shown = table("id", "name", "date", "of")
    for row in rows:
        name = row.get("number") or row.get("name") or row.get("title") or row.get("creator")
        parents = ", ".join(parent["name"] for parent in row.get("parents", []))
        shown.add_row(
            plain(row["id"]), plain(name), day(row.get("date")), plain(row.get("issuer") or row.get("of") or parents)
        )
    put(shown)
