"""``hoso bench PATH...``: how fast this machine reads a delivery."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.common import JsonOption, answering
from kg.messages import say


def register(app: typer.Typer) -> None:
    """Add the command to the program."""

    @app.command()
    def bench(
        paths: Annotated[
            list[str], typer.Argument(metavar="PATH...", help="Deliveries to read into a throw-away store.")
        ],
        workers: Annotated[int | None, typer.Option("--workers", min=1, max=64, help="Processes that read.")] = None,
        as_json: JsonOption = False,
    ) -> None:
        """Measure reading speed, beside a yardstick of the same run (đo tốc độ)."""
        answering(lambda: _bench([Path(path) for path in paths], workers), as_json=as_json, show=_show)


def _bench(paths: list[Path], workers: int | None) -> dict[str, Any]:
    from kg.bench import bench

    return bench(paths, workers=workers)


def _show(value: dict[str, Any]) -> None:
    typer.echo(say("bench_result", **value))
