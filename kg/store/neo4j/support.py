"""What lies where: the holdings (``Store.iter_held``), and what of the backbone nothing supports (``Store.unsupported``)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from kg.store.held import Held
from kg.store.merging import TOLD_BY
from kg.store.neo4j import queries
from kg.store.neo4j.connection import Row


def held(row: Row) -> Held:
    """A row of ``queries.HELD``."""
    *fields, extra = row
    told = json.loads(extra or "{}")
    return Held._make([*fields, told.get("root"), "manifest" in told])


def unsupported(read: Callable[..., list[Row]]) -> Mapping[str, Sequence[str]]:
    """Fonds, inventories and files that no record and no list supports; ``read`` runs a text on the server."""
    places = read(queries.OUTCOME_PLACES)
    files = read(queries.UNSUPPORTED_FILES, held=[file for _, file in places if file])
    empty = Counter(fonds for _, fonds in files)
    held = [fonds for fonds, _ in places if fonds]
    fonds = [
        ident
        for ident, creator, extra, n in read(queries.FONDS_WITHOUT_RECORDS, held=held)
        if n == empty[ident] and not json.loads(extra or "{}").get(TOLD_BY, creator)
    ]
    inventories = [row[0] for row in read(queries.UNSUPPORTED_INVENTORIES)]
    return {"fonds": fonds, "inventory": inventories, "file": [row[0] for row in files]}
