"""Custody of all files of one fonds at once, for the fonds' own page: the answer, the term proposed, the papers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from kg.custody.custodian import Custodian
from kg.model import File, Fonds, Record
from kg.questions.forms import is_document
from kg.store.protocol import Store
from ontology.registry import load


def files_custody(store: Store, fonds: Fonds, files: Sequence[File]) -> dict[str, dict[str, Any]]:
    """For each file's id (``fonds`` with the id "": of the files without one) ``{"custody", "retention_proposed", "papers"}``: the ``custody`` value, the proposal again (None
    where a term is known), and what the loaded papers say of the file in order of time
    (``{"kind", "at", "what", "from", "to", "fact"}``)."""
    custodian = Custodian.of_store(store, load(), {fonds.id: fonds})
    records = store.iter_records(fonds=fonds.id) if fonds.id else _homeless(store)
    documents = _by_file(records, {file.id for file in files})
    found = {}
    for file in files:
        own = documents.get(file.id, [])
        answer = custodian.of(fonds.id, file=file, records=own).to_json(custodian.proposed(fonds.id, file, own))
        papers = [
            {
                "kind": fact.kind,
                "at": fact.since,
                "what": fact.paper.cited(),
                "from": fact.giver,
                "to": fact.body,
                "fact": fact.id,
            }
            for fact in sorted(custodian.facts_about(fonds.id, file, own), key=lambda fact: (fact.since, fact.id))
        ]
        found[file.id] = {"custody": answer, "retention_proposed": answer["retention_proposed"], "papers": papers}
    return found


def _homeless(store: Store) -> Iterator[Record]:
    """The records that lie in no fonds."""
    return (record for record in store.iter_records() if not record.fonds)


def _by_file(records: Iterable[Record], files: Collection[str]) -> dict[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        if record.file in files and is_document(record):
            found[str(record.file)].append(record)
    return found
