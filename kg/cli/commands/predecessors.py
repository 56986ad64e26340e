"""``hoso predecessors UNIT``: what a unit was made of."""

from __future__ import annotations

import typer

from kg.cli.units_options import register_lineage


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    register_lineage(
        app, "predecessors", "What a unit was made of, the day before it began or on a day (đơn vị này trước là gì)."
    )
