"""What the index takes of a record from the store: its fields, text, places and names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from kg.model import File, Record
from kg.search.documents import of_record
from kg.search.model import ENTITIES
from kg.store.protocol import Store
from kg.store.texts import Texts

_NAMING: Final = ("MENTIONS", "ISSUED_BY", "SIGNED_BY", "AUTHORED_BY", "IS_ACT")
"""Links by which a record names an entity."""


def gather(store: Store, texts: Texts, ids: Sequence[str]) -> Iterator[Any]:
    """The documents of records; of the archive's own pages (PRACTICE.md §1.12) and of secret ones there are none."""
    records = store.records(ids)
    shown = [record for record in records.values() if record.kind != "archive_page" and record.access != "secret"]
    bodies = texts.get_many([record.id for record in shown])
    ids = [record.id for record in shown]
    about = _targets(store, ids, "ABOUT_PLACE")
    mentioned = _targets(store, ids, *_NAMING)
    nodes = store.nodes(set().union(*mentioned.values()))
    files = {file.id: file for file in store.files({record.file for record in shown if record.file})}
    for record in shown:
        named = [nodes[ident] for ident in mentioned[record.id] if ident in nodes]
        places = {node.id for node in named if node.kind == "unit"}
        # "UBND xã Tứ Hiệp" names the commune too
        places |= {str(node.props["unit"]) for node in named if node.kind == "agency" and node.props.get("unit")}
        entities = [node for node in named if node.kind in ENTITIES]
        whole = _inheriting(record, files.get(record.file or ""))
        units = about[record.id]
        yield from of_record(whole, bodies.get(record.id), units, places, entities=entities, above=_above(units))


def _above(units: Collection[str]) -> set[str]:
    """The units in which these lay, up to the province."""
    from ontology.registry import load

    ontology = load()
    known = [ontology.units[ident] for ident in units if ident in ontology.units]
    return {parent.id for unit in known for parent in ontology.parents(unit)}


def _inheriting(record: Record, file: File | None) -> Record:
    """A document takes the retention of its file where it has none of its own (PRACTICE.md §1.1)."""
    if file is None or record.retention is not None:
        return record
    return replace(record, retention=file.retention)


def _targets(store: Store, ids: Sequence[str], *kinds: str) -> dict[str, set[str]]:
    found = store.neighbours(ids, types=kinds)
    return {ident: {other for _, other, outgoing in links if outgoing} for ident, links in found.items()}
