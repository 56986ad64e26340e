"""Names as the keys of ``alias_ward.csv`` have them."""

from __future__ import annotations

from ontology.compile.ledger import Version
from ontology.names import loose

Named = tuple[Version, str, str]
"""A unit that has a name as an alias, the source that says so, and its year ('' where unknown)."""


def joined(name: str) -> str:
    """A name without accents and spaces, "thanhphophuli": without spaces nothing tells a final y from another, so every
    y counts as i."""
    return loose(name).replace("y", "i")
