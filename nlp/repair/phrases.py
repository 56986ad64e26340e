"""The closed vocabulary that scanned pages are read again with: names of bodies, units of the upper levels, types.

A phrase is two words or more; a single word has too many neighbours to be read again from itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain

from nlp.data import column
from ontology.agencies.words import domains_by_first, heads
from ontology.folding import fold
from ontology.name_index import bare_name
from ontology.names import normalise, rows
from ontology.registry import load

Step = tuple[str, str, "Node"]
"""What joins a word to the one before (``" "``, ``","``, ``"-"``), the word, and the place that it leads to."""


class Node:
    """A place in the tree of phrases: the words that can follow (``next``). ``ends``: a phrase ends here; ``firm``: its
    two words alone are no other words with other marks; ``tail``: its last word is a type of unit, which may be the
    first word of something else."""

    __slots__ = ("_alike", "_near", "ends", "firm", "next", "tail")

    def __init__(self) -> None:
        self.next: dict[tuple[str, str], Node] = {}
        self.ends = self.firm = self.tail = False
        self._alike: dict[str, list[Step]] | None = None
        self._near: dict[str, list[Step]] | None = None

    def alike(self, folded: str) -> list[Step]:
        """The words that can follow and have these letters, marks aside."""
        if self._alike is None:
            self._alike = {}
            for (joint, word), after in self.next.items():
                self._alike.setdefault(fold(word), []).append((joint, word, after))
        return self._alike.get(folded, [])

    def near(self, folded: str) -> list[Step]:
        """The words that can follow and are one edit from these letters; of few words all."""
        if len(self.next) <= _FEW:
            return [(joint, word, after) for (joint, word), after in self.next.items()]
        if self._near is None:
            self._near = {}
            for (joint, word), after in self.next.items():
                for form in less_one(fold(word)):
                    self._near.setdefault(form, []).append((joint, word, after))
        return list(dict.fromkeys(step for form in less_one(folded) for step in self._near.get(form, ())))


_FEW = 30


@cache
def tree() -> Node:
    """Every phrase of the vocabulary as a tree of its words (small letters, tones as in "hòa")."""
    root = Node()
    types = {unit.type: tuple(_words(unit.type)) for unit in load().units.values() if unit.type}
    for words, firm in _phrases(types):
        node = root
        for step in words:
            after = node.next.get(step)
            if after is None:
                after = node.next[step] = Node()
            node = after
        node.ends = len(words) > 1
        node.firm = node.firm or firm
        node.tail = node.tail or words[-1][1] in types
    return root


@cache
def less_one(word: str) -> tuple[str, ...]:
    """A word, and the same without each of its letters: two words that one edit parts share one of these."""
    return tuple(dict.fromkeys((word, *(word[:i] + word[i + 1 :] for i in range(len(word))))))


@cache
def spellings() -> frozenset[str]:
    """The phrases as written on one line (small letters, tones as in "hòa", a space where a hyphen joins)."""
    found: set[str] = set()
    waiting = [(tree(), "")]
    while waiting:
        node, text = waiting.pop()
        if node.ends:
            found.add(text)
        for (joint, word), after in node.next.items():
            waiting.append((after, f"{text}{',' if joint == ',' else ''} {word}" if text else word))
    return frozenset(found)


@cache
def words() -> frozenset[str]:
    """Every word of the phrases."""
    return frozenset(word for phrase in spellings() for word in phrase.replace(",", "").split())


Words = tuple[tuple[str, str], ...]


@cache
def _words(phrase: str) -> Words:
    """The words of a phrase, each behind what joins it to the one before."""
    found: list[tuple[str, str]] = []
    joint = " "
    for part in normalise(phrase).lower().split():
        if part in "-–&":
            joint = "-"
            continue
        found.append((joint, part.rstrip(",")))
        joint = "," if part.endswith(",") else " "
    return tuple(found)


def _phrases(types: Mapping[str, Words]) -> Iterator[tuple[Words, bool]]:
    """Names of bodies with their field or type of unit; units of the upper levels; types of acts; positions; and whether
    the phrase is firm."""
    yield from ((words, True) for words in types.values())
    domains = {domain.name: domain.heads for group in domains_by_first().values() for domain in group}
    for head in heads():
        own = _words(head.form)
        yield own, True
        if head.tail in ("place", "place?", "force", "owner"):
            yield from ((own + words, False) for words in types.values())
        if head.tail == "domain":
            yield from ((own + _words(name), False) for name, to in domains.items() if head.canonical in to)
    for unit in load().units.values():
        if unit.level != "commune" and unit.type:
            bare = _words(bare_name(unit))
            yield types[unit.type] + bare, False
            if unit.level == "province":
                yield bare, False
    tables = (column("act_types.csv", "name"), column("positions.csv", "title"), column("phrases.csv", "phrase"))
    for phrase in (*chain(*tables), *(row["title"] for row in rows("office_titles.csv"))):
        yield _words(phrase), False
