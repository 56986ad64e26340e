"""The closed vocabulary that scanned pages are read again with: names of bodies, units of the upper levels, types.

A phrase is two words or more; a single word has too many neighbours to be read again from itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from nlp.data import column
from ontology.agencies.words import domains_by_first, heads
from ontology.folding import fold
from ontology.name_index import bare_name
from ontology.names import normalise, rows
from ontology.registry import load


@dataclass(slots=True, eq=False)
class Node:
    """A place in the tree of phrases: the words that can follow, each with what joins it to the one before (``" "``,
    ``","``, ``"-"``), and the same by their letters without marks (``alike``), by their letters less
    one (``near``). ``ends``: a phrase ends here; ``firm``: its two words alone are no other words with other marks;
    ``tail``: its last word is a type of unit, which may be the first word of something else."""

    next: dict[tuple[str, str], Node] = field(default_factory=dict)
    alike: dict[str, list[tuple[str, str, Node]]] = field(default_factory=dict)
    near: dict[str, list[tuple[str, str, Node]]] = field(default_factory=dict)
    ends: bool = False
    firm: bool = False
    tail: bool = False


@cache
def tree() -> Node:
    """Every phrase of the vocabulary as a tree of its words (small letters, tones as in "hòa")."""
    root = Node()
    types = {unit.type for unit in load().units.values() if unit.type}
    for phrase, firm in _phrases(types):
        words = list(_words(phrase))
        node = root
        for joint, word in words:
            if (joint, word) not in node.next:
                _grow(node, joint, word)
            node = node.next[joint, word]
        node.ends = len(words) > 1
        node.firm = node.firm or firm
        node.tail = node.tail or words[-1][1] in types
    return root


def _grow(node: Node, joint: str, word: str) -> None:
    after = node.next[joint, word] = Node()
    step, folded = (joint, word, after), fold(word)
    node.alike.setdefault(folded, []).append(step)
    for form in less_one(folded):
        node.near.setdefault(form, []).append(step)


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


def _words(phrase: str) -> Iterator[tuple[str, str]]:
    """The words of a phrase, each behind what joins it to the one before."""
    joint = " "
    for part in normalise(phrase).lower().split():
        if part in "-–&":
            joint = "-"
            continue
        yield joint, part.rstrip(",")
        joint = "," if part.endswith(",") else " "


def _phrases(types: set[str]) -> Iterator[tuple[str, bool]]:
    """Names of bodies with their field or type of unit; units of the upper levels; types of acts; positions; and whether
    the phrase is firm."""
    yield from ((type_, True) for type_ in types)
    domains = {domain.name: domain.heads for group in domains_by_first().values() for domain in group}
    for head in heads():
        yield head.form, True
        if head.tail in ("place", "place?", "force", "owner"):
            yield from ((f"{head.form} {type_}", False) for type_ in types)
        if head.tail == "domain":
            yield from (
                (f"{head.form} {name}", False) for name, allowed in domains.items() if head.canonical in allowed
            )
    for unit in load().units.values():
        if unit.level != "commune":
            yield unit.name, False
            if unit.level == "province":
                yield bare_name(unit), False
    for phrase in (
        *column("act_types.csv", "name"),
        *column("positions.csv", "title"),
        *column("phrases.csv", "phrase"),
    ):
        yield phrase, False
    yield from ((row["title"], False) for row in rows("office_titles.csv"))
