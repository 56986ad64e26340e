"""The key under which a store finds an entity's name: one rule for every store, so that they find alike."""

from __future__ import annotations

import re

from ontology.folding import fold

_WORD = re.compile(r"[^\W_]+")


def words(name: str) -> list[str]:
    """The words of a name, lower case, without accents and punctuation."""
    return _WORD.findall(fold(name))


def key(name: str) -> str:
    """The words of a name joined by single spaces; '' when it has none."""
    return " ".join(words(name))
