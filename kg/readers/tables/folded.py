"""How labels and values of tables are compared: without case, accents, blanks and punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from ontology.folding import fold

_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")


@lru_cache(maxsize=8192)
def words(text: str) -> str:
    """Folded words with one blank between. Lists say the same (a creator, a term, a state) in row after row."""
    return _NOT_ALPHANUMERIC.sub(" ", fold(text)).strip()


def compact(text: str) -> str:
    """Folded, without anything between the words."""
    return words(text).replace(" ", "")


@cache
def data(name: str) -> dict[str, Any]:
    """A YAML file of this package."""
    text = files("kg.readers.tables").joinpath(name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def reversed_table(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """``{value: [written forms]}`` as ``{folded words of a form: value}``."""
    return {words(form): value for value, forms in table.items() for form in forms}
