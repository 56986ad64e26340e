"""Reading the index: what fails here is the fault of its files, what fails elsewhere is not."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, TypeVar

MOST_REMEMBERED: Final = 64

_T = TypeVar("_T")


class Damaged(Exception):
    """The index's files cannot be opened, read or written; the cause is what tantivy said."""


@contextmanager
def on_disk() -> Iterator[None]:
    """Turn what tantivy raises for files that it cannot use into Damaged. Only calls of tantivy belong inside: it
    raises ValueError for most of it, and what its Rust code does not expect arrives as a panic (an exception outside
    of Exception)."""
    try:
        yield
    except BaseException as error:
        if isinstance(error, ValueError | OSError | LookupError) or type(error).__name__ == "PanicException":
            raise Damaged(str(error)) from error
        raise


class Reader:
    """One commit of an index (a searcher of tantivy); may be shared by threads. Every method raises Damaged where the
    files are unsound."""

    def __init__(self, searcher: Any) -> None:
        with on_disk():
            self._searcher = searcher
            self.size: int = searcher.num_docs
            """Documents in all, records and passages."""
        self._remembered: dict[Hashable, Any] = {}

    def remember(self, what: Hashable, ask: Callable[[], _T]) -> _T:
        """What ``ask`` gives, asked once: of one commit it stays what it is."""
        try:
            found: _T = self._remembered[what]
        except KeyError:
            found = ask()
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[what] = found
        return found

    def search(self, query: Any, limit: int, **options: Any) -> Any:
        """The best ``limit`` documents (1 at least, all at most: tantivy makes room for as many as it is told)."""
        with on_disk():
            return self._searcher.search(query, min(max(1, limit), max(1, self.size)), **options)

    def record_id(self, address: Any) -> str:
        """The id of the record to which a document belongs."""
        with on_disk():
            return str(self._searcher.doc(address).get_first("id"))

    def ids_of(self, query: Any, limit: int) -> list[str]:
        """The record ids of the best ``limit`` documents; of one record several times where several are found."""
        found = self.search(query, limit, count=False)
        return [self.record_id(address) for _, address in found.hits]

    def frequency(self, field: str, term: str) -> int:
        """How many documents have this term."""
        with on_disk():
            return int(self._searcher.doc_freq(field, term))

    def terms(self, field: str, prefix: str, query: Any = None) -> list[tuple[str, int]]:
        """The terms that begin so, each with how many documents have it (of those that answer a query)."""
        with on_disk():
            return [(str(term), int(count)) for term, count in self._searcher.terms_with_prefix(field, prefix, query)]

    def count(self, query: Any) -> int:
        """How many documents answer."""
        return int(self.search(query, 1).count)

    def records(self) -> int:
        """How many records there are."""
        from kg.search.documents import of_kind

        return self.remember("records", lambda: self.count(of_kind("record")))

    def holds(self, field: str, term: str) -> bool:
        """Whether any document has this term."""
        with on_disk():
            return bool(self._searcher.doc_freq(field, term))

    def column(self, field: str, addresses: Sequence[Any]) -> Any:
        """A number of each document."""
        with on_disk():
            return self._searcher.fast_field_values(field, addresses)

    def aggregate(self, query: Any, asked: dict[str, Any]) -> Any:
        """Counts of values; see tantivy's aggregations."""
        with on_disk():
            return self._searcher.aggregate(query, asked)
