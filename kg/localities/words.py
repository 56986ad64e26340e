"""The word lists of local tables (``columns.yaml``)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from kg.readers.tables.folded import words


@cache
def table() -> dict[str, Any]:
    """The file as it stands."""
    loaded: dict[str, Any] = yaml.safe_load(
        files("kg.localities").joinpath("columns.yaml").read_text(encoding="utf-8")
    )
    return loaded


@cache
def forms(name: str) -> frozenset[str]:
    """A plain list of the file, folded."""
    return frozenset(words(form) for form in table()[name])
