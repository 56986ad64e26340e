"""``hoso embed``: the vectors by which records are found by meaning; only what is missing is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.common import JsonOption, StoreOption, answering
from kg.cli.printing import figure, plain, put
from kg.messages import say

if TYPE_CHECKING:
    from kg.workspace import Workspace

ModelOption = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME", help="The model of meaning: a name or a folder (or HOSO_MODEL)."),
]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""

    @app.command()
    def embed(
        model: ModelOption = None,
        drop_others: Annotated[
            bool, typer.Option("--drop-others", help="Remove the vectors of all other models and versions after it.")
        ] = False,
        store: StoreOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """Make the vectors that are missing, for search by meaning; stopped, it goes on (lập vectơ)."""
        answering(lambda: _embed(model, drop_others, store), as_json=as_json, show=show)


def _embed(model: str | None, drop_others: bool, store: str | None) -> dict[str, Any]:
    from kg.workspace import open_workspace

    with open_workspace(store) as workspace:
        value = embedded(workspace, model)
        if drop_others:
            value["dropped"] = _dropped(workspace, model)
        return value


def embedded(workspace: Workspace, model: str | None = None) -> dict[str, Any]:
    """Make the missing vectors with a progress bar; the value of ``hoso embed --json``. Raises as ``embed`` and
    ``load`` do."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from kg.search.embedding.loading import load
    from kg.search.vectors.embedding import embed

    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=Console(stderr=True),
    )  # fmt: skip
    embedder = load(model)
    with bar:
        making = bar.add_task(say("embed_progress"), total=None)
        graph = bar.add_task(say("embed_progress_graph"), total=None, visible=False)
        told = embed(
            workspace,
            embedder,
            lambda done, total: bar.update(making, completed=done, total=total),
            lambda done, total: bar.update(graph, completed=done, total=total, visible=True),
        )
        bar.update(making, visible=bool(told.new))
    return told.to_json()


def _dropped(workspace: Workspace, model: str | None) -> int:
    from kg.search.embedding.loading import load
    from kg.search.vectors import folders

    data = workspace.location.data
    return folders.drop_others(data, folders.of_embedder(data, load(model)))


def show(value: dict[str, Any]) -> None:
    """What was made, in a line."""
    figures = {name: figure(value[name]) for name in ("passages", "new", "kept", "removed")}
    put(say("embed_done", model=plain(value["model"]), seconds=figure(value["seconds"], 1), **figures))
    if value.get("dropped"):
        put(say("embed_dropped", n=figure(value["dropped"])))
