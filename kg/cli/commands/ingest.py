"""``hoso ingest PATH...``: a delivery goes in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.common import JsonOption, StoreOption, answering, warn
from kg.messages import say

_SHOWN = 10
"""Rows to be checked, and files skipped, that the screen names; the JSON value has all."""
_BESIDE = ("problems", "embedded", "skipped_files", "withdrawn", "no_text")


def register(app: typer.Typer) -> None:
    """Add the command to the program."""

    @app.command()
    def ingest(
        paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Folders or files of the delivery.")],
        *,
        manifest: Annotated[
            list[str] | None, typer.Option("--manifest", metavar="FILE", help="A manifest or finding aid.")
        ] = None,
        workers: Annotated[int | None, typer.Option("--workers", min=1, max=64, help="Processes that read.")] = None,
        embed: Annotated[
            bool, typer.Option("--embed", help="Make the missing vectors after it, as 'hoso embed' does.")
        ] = False,
        store: StoreOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """Read, extract, link and store records (nhập tài liệu)."""
        answering(
            lambda: _ingest(
                [Path(path) for path in paths], [Path(name) for name in manifest or []], workers, store, embed=embed
            ),
            as_json=as_json,
            show=lambda value: _show(value, store),
        )


def _ingest(
    paths: list[Path], manifests: list[Path], workers: int | None, store: str | None, *, embed: bool
) -> dict[str, Any]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from kg.ingest.run import ingest
    from kg.readers.batch import discover
    from kg.workspace import open_workspace

    batch = discover(paths, manifests)  # before the store is opened: a wrong path makes no store
    if embed:
        from kg.search.embedding.loading import describe

        describe()  # a model that is not there is told now

    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=Console(stderr=True),
    )  # fmt: skip
    with open_workspace(store, create=True) as workspace, bar:
        task = bar.add_task(say("ingest_progress"), total=None)
        report = ingest(
            workspace,
            batch,
            workers=workers,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    value = report.to_json()
    if embed:
        from kg.cli.commands.embed import embedded

        with open_workspace(store) as workspace:
            value["embedded"] = embedded(workspace)
    return value


def _show(value: dict[str, Any], store: str | None) -> None:
    from kg.workspace import locate

    typer.echo(say("ingest_done", **{key: value[key] for key in value if key not in _BESIDE}))
    if "embedded" in value:
        from kg.cli.commands.embed import show

        show(value["embedded"])
    if any(value["withdrawn"].values()):
        typer.echo(say("ingest_withdrawn", **value["withdrawn"]))
    if value["no_text"]:
        typer.echo(say("ingest_no_text", n=value["no_text"]))
    for row in value["problems"][:_SHOWN]:
        warn(say("ingest_row_problem", message=row["message"]))
    if len(value["problems"]) > _SHOWN:
        warn(say("ingest_more_problems", n=len(value["problems"]) - _SHOWN))
    for row in value["skipped_files"][:_SHOWN]:
        warn(say("ingest_skipped", message=row["message"]))
    if len(value["skipped_files"]) > _SHOWN:
        warn(say("ingest_more_skipped", n=len(value["skipped_files"]) - _SHOWN))
    if value["quarantined"]:
        typer.echo(say("ingest_see_quarantine", url=locate(store).url))
