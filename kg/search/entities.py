"""Agencies, people, acts and projects that a query names, by any name under which the store knows them.

The index keeps the names with the records that bring them: a name that one record spells ("UBND quận Đống Đa") finds
every record of the same entity, however it spells it, on either store alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from kg.linking.identifier_names import KIND
from kg.model import Node
from kg.search.analysis import accented, words
from kg.search.model import EntityTerms
from kg.search.reading import Reader
from kg.store.names import key

LONGEST: Final = 12
"""Words of the longest name that is looked for."""
MOST: Final = 5
"""Entities of one name, above which it says nothing ("ủy ban nhân dân phường")."""
COMMON: Final = 0.3
"""Share of all records that name an entity, above which it tells none from another."""
_PART: Final = "\x1f"


def terms(entities: Iterable[Node]) -> list[str]:
    """The terms under which the entities of a record are found: folded name, accented name, id."""
    found = {
        _PART.join([key(name), " ".join(words(accented(name))), node.id])
        for node in entities
        if node.kind != KIND  # found by what they are (``kg.search.identifiers``), not by a name
        for name in (node.name, *node.aliases)
        if " " in key(name)
    }
    return sorted(found)


def named(reader: Reader, plain: Sequence[str], typed: Sequence[str], may_see: Any) -> tuple[EntityTerms, ...]:
    """What the words of a query name, the longest name at each place; only what a record brings that ``may_see`` finds:
    those whose text the reader may see (None: all). ``plain``: the folded words, ``typed``: the accented ones; where
    accents were typed they must agree."""
    size = max(1, reader.records()) if len(plain) > 1 else 1
    found: list[EntityTerms] = []
    start = 0
    while start < len(plain) - 1:
        for end in range(min(start + LONGEST, len(plain)), start + 1, -1):
            ids = set(_of_name(reader, plain[start:end], typed[start:end], may_see))
            if ids:
                rare = [ident for ident in sorted(ids) if reader.frequency("entity", ident) <= max(20, COMMON * size)]
                if rare and len(ids) <= MOST:
                    found.append(EntityTerms(tuple(plain[start:end]), tuple(rare)))
                start = end - 1
                break
        start += 1
    return tuple(found)


def _of_name(reader: Reader, plain: Sequence[str], typed: Sequence[str], may_see: Any) -> Iterator[str]:
    accents = list(plain) != list(typed)
    prefix = " ".join(plain) + _PART
    found = reader.terms("entity_name", prefix)
    if (
        found and may_see is not None
    ):  # counting in what may be seen reads the index, which most runs of words need not
        found = reader.terms("entity_name", prefix, may_see)
    for term, count in found:
        _, spelt, ident = term.split(_PART)
        if count and (not accents or spelt == " ".join(typed)):
            yield ident
