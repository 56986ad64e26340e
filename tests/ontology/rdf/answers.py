"""Answers of the queries, as rows of plain values."""

from __future__ import annotations

import pyoxigraph as ox

from ontology.rdf.queries import query

Row = dict[str, str | None]


def ask(store: ox.Store, name: str, /, **parameters: str) -> list[Row]:
    """The rows of a query, each value as its text."""
    return rows(store.query(query(name, **parameters)))


def rows(found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> list[Row]:
    """The rows of a result."""
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [{name: _plain(solution[name]) for name in names} for solution in found]


def _plain(term: object) -> str | None:
    assert term is None or isinstance(term, ox.Literal | ox.NamedNode)
    return term.value if term is not None else None
