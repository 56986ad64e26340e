"""Facts as rows of the store's log: a chunk holds each paper once and of each fact what it says."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from kg.custody.facts import Fact, Target, reference
from kg.custody.paper import Paper

_TARGET = Target.__slots__
_PAPER = Paper.__slots__
_SAID = 7
"""What a row says after its paper: giver, due, note, row, place, sheet, files."""


def encoded(name: str, start: int, facts: Sequence[Fact]) -> dict[str, Any]:
    """A chunk of the list of that name, whose first fact is its ``start``-th (from 0)."""
    papers: dict[Paper, int] = {}
    rows = []
    for fact in facts:
        number = papers.setdefault(fact.paper, len(papers))
        target = {key: value for key in _TARGET if (value := getattr(fact.target, key)) is not None}
        said = (fact.giver, fact.due, fact.note, fact.row, fact.place, fact.sheet, fact.files, fact.remarks)
        rows.append([fact.kind, target, fact.body, fact.since, number, *said])
    told = [[getattr(paper, key) for key in _PAPER] for paper in papers]
    return {"list": name, "start": start, "papers": told, "facts": rows}


def decoded(chunk: Mapping[str, Any], named: Collection[str] | None = None) -> Iterator[Fact]:
    """The facts of a chunk, with their ids. ``named``: those about another file are passed over, where a file's
    references (``kg.custody.facts.reference``) are given."""
    papers = [Paper(*told) for told in chunk["papers"]]
    for number, row in enumerate(chunk["facts"], start=chunk["start"] + 1):
        kind, target, body, since, paper, *said = row
        if named is not None and target.get("file") and reference(target["file"]) not in named:
            continue
        told = Target(**target)
        said[_SAID:] = map(tuple, said[_SAID:])  # the remarks; lists that were loaded before facts had them have none
        yield Fact(f"{chunk['list']}#{number}", kind, told, body, since, papers[paper], *said)
