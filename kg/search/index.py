"""The index of words beside the store (DESIGN.md §4.13): derived, catches up by the store's journal, rebuilt at will."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import Unavailable
from kg.messages import say
from kg.model import Record
from kg.search.model import Filters, Results
from kg.store.protocol import Store
from kg.store.texts import Texts

if TYPE_CHECKING:
    import tantivy

FORMAT: Final = "1"
"""Of the folder: another one is rebuilt. Raise it with every change of fields or analysis."""

BATCH: Final = 500
"""Records a commit: after a crash at most so many are indexed again."""

LOCK_SECONDS: Final = 5.0
Progress = Callable[[int, int], None]


class Index:
    """The search index in ``folder``.

    Opening is cheap and makes nothing; a folder that is damaged, of another format or of another store is emptied
    by the next ``sync``. Readers may search while another process syncs: they see its last commit.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._opened: tantivy.Index | None = None

    # -- catching up
    @property
    def seq(self) -> int:
        """The number of the store's journal up to which the index has come; 0 for none."""
        return self._state()[1]

    def is_current(self, store: Store) -> bool:
        """Whether the index belongs to this store and has come as far as its journal."""
        return self._state() == (store.meta("store_id") or "", store.change_seq())

    def sync(self, store: Store, texts: Texts, progress: Progress | None = None) -> int:
        """Index what the journal says has changed; how many records. Crash-safe: the journal's number is part of
        each commit.

        ``progress(done, total)`` is called after each commit. Raises Unavailable when another process is indexing
        for longer than some seconds.
        """
        if self.is_current(store):
            return 0
        writer = self._writer()
        try:
            self._refresh()
            owner, seq = self._state()
            if owner != (store.meta("store_id") or "") or seq > store.change_seq():
                writer.delete_all_documents()
                seq = 0
            return self._catch_up(writer, store, texts, seq, progress)
        finally:
            with suppress(ValueError):
                writer.wait_merging_threads()
            self._refresh()

    def refresh(self, store: Store, texts: Texts) -> bool:
        """Catch up before a search where that can be done at once; whether the index is current now.

        Where another process is indexing, or nothing may be written here, the search goes on with what there is.
        """
        try:
            self.sync(store, texts)
        except Unavailable:
            return False
        return True

    def rebuild(self, store: Store, texts: Texts, progress: Progress | None = None) -> int:
        """Empty the index and make it anew from store and texts; how many records."""
        self._empty()
        return self.sync(store, texts, progress)

    def record_ids(self) -> set[str]:
        """Every record in the index (for ``hoso doctor``)."""
        from kg.search import documents

        index = self._open()
        return documents.record_ids(index) if index else set()

    # -- searching
    def search(
        self,
        query: str,
        *,
        filters: Filters | None = None,
        boost_units: Collection[str] = (),
        number: str | None = None,
        limit: int = 10,
        offset: int = 0,
    ) -> Results:
        """Records that answer ``query``, best first, ties by record id; never raises for what a user types.

        All words count; a record matches when it holds most of them (all of up to two), accents aside; what was
        typed with accents ranks higher where the accents agree, words one after another higher, a record whose own
        number is typed first. An empty query finds every record that passes the filters. Records about
        ``boost_units`` (unit ids: a place of the query with its predecessors and successors) match without holding
        the place's words and rank higher.
        """
        from kg.search.ranking import run

        index = self._open()
        if index is None:
            return Results(0, ())
        return run(index, query, filters or Filters(), boost_units, number, limit, offset)

    # -- parts
    def _state(self) -> tuple[str, int]:
        """(id of the store, journal number) of the last commit; ("", 0) for none."""
        from kg.search import documents

        index = self._open()
        return documents.state(index) if index else ("", 0)

    def _open(self) -> tantivy.Index | None:
        """The index as it is on disk now; None when there is none that can be used."""
        if self._opened is None and self._format() == FORMAT:
            self._opened = _guarded(self._load)
        elif self._opened is not None:
            _guarded(self._opened.reload)
        return self._opened
