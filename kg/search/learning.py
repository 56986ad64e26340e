"""The language of the store's own texts, learned when the index has caught up (``kg.search.language``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.model import Change
from kg.search.language.kept import forget, is_due, learn, learned
from kg.store.protocol import Store
from kg.store.texts import Texts

if TYPE_CHECKING:
    from kg.search.index import Index

RECORDS: Final = 20_000
"""Records whose texts are read at most: the same ones each time, in the order of a hash of their ids, so that every
fonds has its part."""
FEWEST: Final = 50
"""Changes of the store below which there is nothing to learn that is worth the seconds."""
_BATCH: Final = 200


def learn_if_due(index: Index, store: Store, texts: Texts) -> None:
    """Learn the language of the texts that every reader may read, where the store has grown enough since the last
    time. What cannot be written stays as it was: a query is read by the language known before."""
    store_id, seq = store.meta("store_id") or "", store.change_seq()
    if seq >= FEWEST and is_due(index.folder.parent, store_id, seq):
        with suppress(OSError):
            learn(index.folder.parent, _texts(index, store, texts), store_id=store_id, seq=seq)


def forget_hidden(folder: Path, index: Any, store: Store, changes: Sequence[Change]) -> None:
    """Forget what was learned where one of these records, which the index (of tantivy) still knows, is gone or may not
    be read by everyone any more: its words could be felt out by queries. It is learned anew with the next ``sync``."""
    from kg.access import readable
    from kg.search import documents

    if not learned(folder):
        return
    found = store.records([change.record for change in changes])
    hidden = [
        change.record
        for change in changes
        if (record := found.get(change.record)) is None or not readable(record, "open")
    ]
    if hidden and documents.holds_any(index, hidden):
        forget(folder)


def _texts(index: Index, store: Store, texts: Texts) -> Iterator[str]:
    from kg.access import readable

    ids = index.some_records(RECORDS)
    for first in range(0, len(ids), _BATCH):
        found = store.records(ids[first : first + _BATCH])
        open_ones = [record.id for record in found.values() if readable(record, "open")]
        bodies = texts.get_many(open_ones)
        yield from (bodies[ident].text for ident in open_ones if ident in bodies)
