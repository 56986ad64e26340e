"""The judged queries: tables of queries and judgements, their accentless variants, and halves that share no document."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

from ontology.folding import fold

KINDS: Final = ("meaning", "words", "number", "name", "old_place", "new_place", "misspelt", "ocr")
"""``meaning``: in words of today, none of the record's own · ``words``: the record's own · ``number``: as officials type
them · ``name``: people and bodies · ``old_place``: a unit that is gone · ``new_place``: a commune of 2025, the record
names the one it took · ``misspelt`` · ``ocr``: the record that answers was read with errors."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query with its judgements: ``grades`` by the record's source in its collection (2: answers, 1: also about it)."""

    id: str
    kind: str
    collection: str
    text: str
    grades: Mapping[str, int]


def load(queries: Path | None = None, judgements: Path | None = None) -> list[Query]:
    """The judged queries in order of the table; the package's own unless both tables are given.

    ``queries``: columns id, kind, collection, query. ``judgements``: columns query, record, grade.
    Raises ValueError, naming table and line, for a row that cannot be meant.
    """
    with _table(queries, "judged_queries.csv") as asked, _table(judgements, "judged_records.csv") as judged:
        grades = _grades(judged)
        found = [
            Query(row["id"], row["kind"], row["collection"], row["query"], grades.pop(row["id"], {}))
            for row in _rows(asked, ("id", "kind", "collection", "query"))
        ]
    if grades:
        raise ValueError(f"{judged.name}: judgements of queries that are not there: {', '.join(sorted(grades)[:5])}")
    if twice := sorted({query.id for query in found if sum(other.id == query.id for other in found) > 1}):
        raise ValueError(f"{asked.name}: more than one query is called {twice[0]}")
    return found


def accentless(queries: Iterable[Query]) -> list[Query]:
    """The same queries as typed without accents."""
    return [replace(query, text=fold(query.text)) for query in queries]


def folds(queries: Sequence[Query], count: int = 2) -> list[list[Query]]:
    """The queries in ``count`` parts of about equal size, so that no judged record is in two of them: tune with some,
    measure with the others. The same on every run."""
    parts: list[list[Query]] = [[] for _ in range(count)]
    for together in sorted(_connected(queries), key=lambda part: (-len(part), part[0].id)):
        min(parts, key=len).extend(together)
    order = {query.id: place for place, query in enumerate(queries)}
    return [sorted(part, key=lambda query: order[query.id]) for part in parts]


def _connected(queries: Sequence[Query]) -> list[list[Query]]:
    """Queries that share a judged record, directly or through others, together."""
    owner: dict[tuple[str, str], int] = {}
    parts: dict[int, list[Query]] = {}
    for number, query in enumerate(queries):
        records = [(query.collection, record) for record in query.grades]
        joined = {owner[record] for record in records if record in owner}
        merged = [member for part in sorted(joined) for member in parts.pop(part)]
        parts[number] = [*merged, query]
        for member in parts[number]:
            owner.update(((member.collection, record), number) for record in member.grades)
    return list(parts.values())


@contextmanager
def _table(path: Path | None, name: str) -> Iterator[Path]:
    if path is not None:
        yield path
        return
    with as_file(files("kg.search").joinpath("data", name)) as own:
        yield own


def _rows(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        if missing := [name for name in columns if name not in (reader.fieldnames or ())]:
            raise ValueError(f"{path.name}: no column {missing[0]}")
        rows = [dict(row) for row in reader]
    for line, row in enumerate(rows, start=2):
        if empty := [name for name in columns if not row[name]]:
            raise ValueError(f"{path.name}, line {line}: no {empty[0]}")
    return rows


def _grades(path: Path) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for line, row in enumerate(_rows(path, ("query", "record", "grade")), start=2):
        if row["grade"] not in {"1", "2"}:
            raise ValueError(f"{path.name}, line {line}: the grade is 2 (answers) or 1 (also about it)")
        grades = found.setdefault(row["query"], {})
        if row["record"] in grades:
            raise ValueError(f"{path.name}, line {line}: {row['record']} is judged twice for {row['query']}")
        grades[row["record"]] = int(row["grade"])
    return found
