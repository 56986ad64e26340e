"""The tables of the package, each read once."""

from __future__ import annotations

import csv
import io
from functools import cache
from importlib.resources import files


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV file of this folder (UTF-8, with a heading), in order. Raises FileNotFoundError."""
    text = files("nlp.data").joinpath(name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(io.StringIO(text)))


@cache
def column(name: str, key: str) -> tuple[str, ...]:
    """One column of a table, empty cells left out."""
    return tuple(row[key] for row in table(name) if row[key])
