"""Reads the generator's own tables, once each."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``data/NAME.csv`` as dictionaries."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


@cache
def document(name: str) -> Any:
    """The value of ``data/NAME.yaml``; dates stay text."""
    return yaml.load((DATA / f"{name}.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@cache
def kinds() -> dict[str, dict[str, Any]]:
    """Every kind of document of ``data/kinds``, by its key. Raises ValueError for a key that stands twice."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((DATA / "kinds").glob("*.yaml")):
        for key, kind in document(f"kinds/{path.stem}").items():
            if key in found:
                raise ValueError(f"{path.name}: {key} stands twice")
            found[key] = kind
    return found
