"""``hoso bench [PATH...]``: how fast this machine answers about units, or reads a delivery."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.common import JsonOption, answering
from kg.cli.printing import figure
from kg.messages import say


def register(app: typer.Typer) -> None:
    """Add the command to the program."""

    @app.command()
    def bench(
        paths: Annotated[
            list[str] | None,
            typer.Argument(
                metavar="[PATH...]", help="Deliveries to read into a throw-away store; none: names of units."
            ),
        ] = None,
        *,
        workers: Annotated[int | None, typer.Option("--workers", min=1, max=64, help="Processes that read.")] = None,
        as_json: JsonOption = False,
    ) -> None:
        """Measure the speed of reading, or of units, beside a yardstick of the same run (đo tốc độ)."""
        if paths:
            answering(lambda: _bench([Path(path) for path in paths], workers), as_json=as_json, show=_show)
        else:
            answering(_bench_units, as_json=as_json, show=_show_units)


def _bench(paths: list[Path], workers: int | None) -> dict[str, Any]:
    from kg.bench import bench

    return bench(paths, workers=workers)


def _show(value: dict[str, Any]) -> None:
    typer.echo(say("bench_result", **value))


def _bench_units() -> dict[str, Any]:
    from kg.bench_units import bench_units

    return bench_units()


def _show_units(value: dict[str, Any]) -> None:
    rates = {key: value[f"{key}_a_second"] for key in ("names", "successors", "predecessors")}
    flat = {f"{key}_{when}": figure(rate) for key, rates_ in rates.items() for when, rate in rates_.items()}
    typer.echo(say("bench_units_result", **(value | flat)))
