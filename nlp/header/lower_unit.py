"""A committee under its superior in one heading: ``UBND QUẬN HAI BÀ TRƯNG`` / ``PHƯỜNG TRƯƠNG ĐỊNH``.

Letterheads of the 1980s and 1990s print the word of the body once, for the superior, and the lower unit alone below.
"""

from __future__ import annotations

from collections.abc import Sequence

from nlp.header.heads import head_word
from ontology.folding import fold
from ontology.names import levels_of, split_type

_DEPTH = {"province": 0, "district": 1, "commune": 2}


def lower_unit(lines: Sequence[str]) -> tuple[int, str] | None:
    """Where in the lines of one body the unit begins that lies below the one above it, and the body's word before the
    first unit; None where the lines name one unit, or the wider one last (``XÃ TÂN LẬP`` / ``HUYỆN TỪ LIÊM``)."""
    found = head_word(fold(" ".join(lines)))
    if found is None:
        return None
    length = len(found[0])
    for index in range(len(lines) - 1, 0, -1):
        above = " ".join(lines[:index])
        upper = _depths(above[length:].strip())
        lower = _depths(" ".join(lines[index:]))
        if upper and lower and max(lower) > min(upper):
            return index, above[:length].strip()
    return None


def _depths(text: str) -> set[int]:
    """The depths at which the unit stands that the text opens with; empty without a type word and a name."""
    kind, _ = split_type(text)
    return {_DEPTH[level] for level in levels_of(kind)} if kind else set()
