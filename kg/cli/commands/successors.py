"""``hoso successors UNIT``: what became of a unit."""

from __future__ import annotations

import typer

from kg.cli.units_options import register_lineage


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    register_lineage(
        app, "successors", "What became of a unit: where it lies now or on a day (đơn vị cũ nay thuộc đâu)."
    )
