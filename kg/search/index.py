"""The index of words beside the store (DESIGN.md §4.13): derived, catches up by the store's journal, rebuilt at will."""

from __future__ import annotations

import fcntl
import shutil
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import Unavailable
from kg.messages import say
from kg.search.model import Filters, Hit, Meaning, PlaceTerms, Results
from kg.search.reading import Damaged, Reader, on_disk
from kg.search.vectors.model import PassageMatch
from kg.store.protocol import Store
from kg.store.texts import Texts

if TYPE_CHECKING:
    from kg.search.similar import Source

FORMAT: Final = "9"
"""Of the folder: another one is rebuilt. Raise it with every change of fields or analysis."""

BATCH: Final = 1000
"""Records a commit: after a crash at most so many are indexed again."""

LOCK_SECONDS: Final = 5.0
HEAP: Final = 64_000_000
"""Bytes that the one indexing thread gathers before it writes a segment."""

_TRIES: Final = 3
_PAUSE: Final = 0.02
"""Seconds between two tries to open an index whose files are there."""

Progress = Callable[[int, int], None]


class Index:
    """The search index in ``folder``.

    Opening is cheap and makes nothing; a folder that is damaged, of another format or of another store is emptied
    by the next ``sync``. Readers may search while another process syncs: they see its last commit.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._opened: Any = None
        self._reader: tuple[Any, tuple[int, int] | None, Reader] | None = None

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
        done = self._sync(store, texts, progress, LOCK_SECONDS)
        self._learn(store, texts)
        return done

    def refresh(self, store: Store, texts: Texts) -> bool:
        """Catch up before a search where that can be done at once; whether the index is current now.

        Where another process is indexing, or nothing may be written here, the search goes on with what there is.
        """
        try:
            self._sync(store, texts, None, 0.0)
        except Unavailable:
            return False
        return True

    def rebuild(self, store: Store, texts: Texts, progress: Progress | None = None) -> int:
        """Empty the index and make it anew from store and texts; how many records."""
        with self._alone(LOCK_SECONDS):
            self._empty()
            done = self._made_whole(store, texts, progress)
        self._learn(store, texts)
        return done

    def some_records(self, count: int) -> list[str]:
        """The ids of ``count`` records here and there, always the same ones while they are in the index."""
        from kg.search import documents

        with self._telling_damage():
            index = self._open()
            with on_disk():
                return documents.some_records(index, count) if index else []

    def record_ids(self) -> set[str]:
        """Every record in the index (for ``hoso doctor``)."""
        from kg.search import documents

        with self._telling_damage():
            index = self._open()
            with on_disk():
                return documents.record_ids(index) if index else set()

    # -- searching
    def search(
        self,
        query: str,
        *,
        filters: Filters | None = None,
        places: Sequence[PlaceTerms] = (),
        also: Mapping[str, tuple[str, ...]] | None = None,
        short: Mapping[str, tuple[str, ...]] | None = None,
        meaning: Meaning | None = None,
        texts: Collection[str] | None = None,
        limit: int = 10,
        offset: int = 0,
    ) -> Results:
        """Records that answer ``query``, best first, ties by record id; never raises for what a user types.

        A record matches when it holds most of the words that decide (all of up to three), accents aside; where no
        record does, half of them, and where none is near in meaning either, one. Words that every third record holds
        decide only where all of the query's are so. What was typed with accents ranks higher where the accents agree,
        words one after another higher; a part in quotation marks must stand as it is typed, accents aside; a record
        whose own number is typed comes first. An empty query finds every record that passes the filters, by id.

        ``also``: for a folded word others that it may be a slip for; ``short``: short forms of the name of which it is
        part, as good as the word.

        ``places``: parts of the query that name places (``kg.search.query.understand``); a record about one of
        their units, or that mentions one, matches without holding the place's words.

        ``limit`` and ``offset`` may be of any size; 0 or less only counts.

        ``texts``: access levels of the records whose text is asked and shown (None: all); of the others the title and
        the number alone are asked.

        Raises Unavailable for a damaged index, which the next ``sync`` makes anew.
        """
        from kg.search.asked import Question
        from kg.search.ranking import run

        with self._telling_damage():
            reader = self._reading()
            if reader is None:
                return Results(0, ())
            seen = None if texts is None else tuple(sorted(texts))
            asked = Question(query, filters or Filters(), tuple(places), also or {}, short or {}, seen)
            return run(reader, asked, meaning, limit=limit, offset=offset)

    def count(self, filters: Filters) -> int:
        """How many records pass the filters. Raises Unavailable as ``search``."""
        from kg.search.filtering import clauses, records

        with self._telling_damage():
            reader = self._reading()
            if reader is None:
                return 0
            return reader.remember(("count", filters), lambda: reader.count(records(clauses(filters))))

    def similar(
        self,
        source: Source,
        near: Sequence[PassageMatch] = (),
        *,
        filters: Filters | None = None,
        texts: Collection[str] | None = None,
        limit: int = 10,
    ) -> list[Hit]:
        """The records most like one, best first; see ``kg.search.similar.like``. Raises Unavailable as ``search``."""
        from kg.search.similar import like

        with self._telling_damage():
            reader = self._reading()
            return like(reader, source, near, filters or Filters(), texts=texts, limit=limit) if reader else []

    def shared_words(self, text: str, others: Mapping[str, str]) -> dict[str, list[str]]:
        """Words that a text has in common with others; see ``kg.search.similar.shared_words``."""
        from kg.search.similar import shared_words

        with self._telling_damage():
            reader = self._reading()
            return shared_words(reader, text, others) if reader else {}

    def passing(self, ids: Collection[str], filters: Filters, texts: Collection[str] | None) -> set[str]:
        """Those of the records that pass the filters and have one of these access levels."""
        from kg.search.filtering import clauses, passing

        with self._telling_damage():
            reader = self._reading()
            return passing(reader, ids, clauses(filters), texts) if reader else set()

    # -- parts
    def _learn(self, store: Store, texts: Texts) -> None:
        from kg.search.learning import learn_if_due

        learn_if_due(self, store, texts)

    def _state(self) -> tuple[str, int]:
        """(id of the store, journal number) of the last commit; ("", 0) for none."""
        from kg.search import documents

        index = self._open()
        try:
            with on_disk():
                return documents.state(index.searcher()) if index else ("", 0)
        except Damaged:
            return "", 0

    def _reading(self) -> Reader | None:
        """The last commit; the same reader, with what it remembers, for as long as there is no other."""
        written = self._written()  # before the files are read: what is written meanwhile is seen the next time
        index = self._open()
        if index is None:
            self._reader = None
            return None
        known = self._reader
        if known is None or known[0] is not index or known[1] != written:
            with on_disk():
                known = self._reader = (index, written, Reader(index.searcher()))
        return known[2]

    def _written(self) -> tuple[int, int] | None:
        """Changes whenever anybody writes: tantivy replaces this file with each commit."""
        try:
            found = (self.folder / "meta.json").stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def _open(self) -> Any:
        """The index as it is on disk now; None when there is none that can be used."""
        opened = self._opened  # another thread may drop it meanwhile
        if opened is not None:
            with suppress(Damaged), on_disk():  # emptied or damaged meanwhile
                opened.reload()
                return opened
        for again in range(_TRIES):
            if self._format() != FORMAT:
                break
            if (opened := self._load()) is not None:
                self._opened = opened
                return opened
            if again < _TRIES - 1:
                time.sleep(_PAUSE)  # whoever writes may be changing files just now
        self._opened = None
        return None

    def _load(self) -> Any:
        from kg.search import documents

        try:
            with on_disk():
                index = documents.open_index(str(self.folder), create=False)
                documents.state(index.searcher())
        except Damaged:
            return None
        return index

    def _format(self) -> str | None:
        try:
            return self._marker.read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            return None

    @property
    def _marker(self) -> Path:
        return self.folder / "hoso-format"

    @contextmanager
    def _alone(self, wait: float) -> Iterator[None]:
        """Hold the lock of those who write, after ``wait`` seconds at most; it ends with the process."""
        try:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            stream = self.folder.with_name(self.folder.name + ".lock").open("w")
        except OSError as error:
            raise Unavailable(say("index_not_writable", path=self.folder)) from error
        with stream:
            until = time.monotonic() + wait
            while True:
                try:
                    fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except OSError:
                    if time.monotonic() >= until:
                        raise Unavailable(say("index_locked", path=self.folder)) from None
                    time.sleep(0.05)
            yield

    @contextmanager
    def _telling_damage(self) -> Iterator[None]:
        try:
            yield
        except Damaged as error:
            self._condemn()
            raise Unavailable(say("index_damaged", path=self.folder)) from error

    def _condemn(self) -> None:
        """Let the next catching up make the index anew, unless someone is at work on it now."""
        self._opened = None
        with suppress(Unavailable, OSError), self._alone(0):
            self._marker.unlink(missing_ok=True)

    def _usable(self) -> Any:
        """The index, made anew where there is none that can be used. Only under the lock."""
        from kg.search import documents

        index = self._open()
        if index is None:
            self._empty()
            with on_disk():
                self.folder.mkdir(parents=True, exist_ok=True)
                index = self._opened = documents.open_index(str(self.folder), create=True)
                self._marker.write_text(FORMAT, encoding="utf-8")
        return index

    def _empty(self) -> None:
        self._opened = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def _sync(self, store: Store, texts: Texts, progress: Progress | None, wait: float) -> int:
        if self.is_current(store):
            return 0
        with self._alone(wait):
            return self._made_whole(store, texts, progress)

    def _made_whole(self, store: Store, texts: Texts, progress: Progress | None) -> int:
        """Catch up; an index that turns out damaged on the way is made anew, once."""
        for again in (True, False):
            try:
                return self._catch_up(self._usable(), store, texts, progress)
            except Damaged as error:
                if isinstance(error.__cause__, OSError) or "os error" in str(error) or not again:
                    raise Unavailable(say("index_not_writable", path=self.folder)) from error
                self._empty()
        raise AssertionError("unreachable")

    def _catch_up(self, index: Any, store: Store, texts: Texts, progress: Progress | None) -> int:
        from kg.search import documents, gathering, learning

        store_id, last = store.meta("store_id") or "", store.change_seq()
        with on_disk():
            owner, seq = documents.state(index.searcher())
            writer = index.writer(HEAP, 1)
        try:
            if owner != store_id or seq > last:
                with on_disk():
                    writer.delete_all_documents()
                seq = 0
            first, done = seq, 0
            while changes := store.changes_since(seq, BATCH):
                learning.forget_hidden(self.folder.parent, index, store, changes)
                with on_disk():
                    for change in changes:
                        writer.delete_documents_by_term("id", change.record)
                present = [change.record for change in changes if not change.removed]
                for document in gathering.gather(
                    store, texts, present
                ):  # what fails in the store is no damage of the index
                    with on_disk():
                        writer.add_document(document)
                seq = changes[-1].seq
                with on_disk():
                    documents.set_state(writer, store_id, seq)
                    writer.commit()
                done += len(changes)
                if progress is not None:
                    progress(seq - first, max(last, seq) - first)
            if done == 0:
                with on_disk():
                    documents.set_state(writer, store_id, seq)
                    writer.commit()
            return done
        finally:
            with on_disk():
                writer.wait_merging_threads()
                index.reload()
