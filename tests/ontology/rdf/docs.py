"""The queries of docs/rdf.md with their answers: ``python -m tests.ontology.rdf.docs`` writes them anew, a test compares."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox

from ontology.rdf import queries
from ontology.rdf.facts import of_package
from tests.ontology.rdf.answers import Row, rows
from tests.ontology.rdf.conftest import written

PAGE = Path(__file__).resolve().parents[3] / "docs" / "rdf.md"
SHOWN = 5
_LONGEST = 70
_PLACE = re.compile(r"<!-- query (?P<name>\w+) -->\n.*?<!-- end -->", re.DOTALL)


def filled(page: str, store: ox.Store) -> str:
    """The page with each query and its first answers in its place."""
    return _PLACE.sub(lambda place: _block(place["name"], store), page)


def shown(page: str) -> list[str]:
    """The names of the queries on the page, in order."""
    return [place["name"] for place in _PLACE.finditer(page)]


def _block(name: str, store: ox.Store) -> str:
    text = queries.text(name)
    body = "\n".join(line for line in text.splitlines() if not line.startswith("PREFIX") and line)
    found = rows(store.query(text))
    return f"<!-- query {name} -->\n```sparql\n{body}\n```\n\n{_table(found)}\n<!-- end -->"


def _table(found: list[Row]) -> str:
    names = list(found[0])
    lines = [f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]
    lines += [f"| {' | '.join(_cell(row[name]) for name in names)} |" for row in found[:SHOWN]]
    rest = f"\n\n{len(found)} rows, the first {SHOWN}." if len(found) > SHOWN else ""
    return "\n".join(lines) + rest


def _cell(value: str | None) -> str:
    text = (value or "").replace("|", "\\|").replace("<", "&lt;")
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def main() -> None:
    """Write the page anew from the package's tables."""
    store = ox.Store()
    store.bulk_load(written(of_package()), format=ox.RdfFormat.N_TRIPLES)
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), store), encoding="utf-8")


if __name__ == "__main__":
    main()
