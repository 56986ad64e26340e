"""The fonds and papers of a store as RDF (``ontology.rdf.custody``): record sets with the rules that regulate them,
assignments as mandates, hand-overs and store-room lists as holdings; what speaks of a part of a fonds says so. Titles and records are not written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.custody.facts import HOLDING, Fact
from kg.custody.lists import facts_of
from kg.custody.table import checked_rules
from kg.model import Fonds
from kg.store.protocol import Store
from ontology.custody import Case, rule_for
from ontology.rdf.custody import rule_triples
from ontology.rdf.terms import day, node, term, text, value
from ontology.registry import load

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode, Triple

    Statements = Iterable[tuple[str, NamedNode | Literal]]

_LEVELS = ("province", "district", "commune")
_WHOLE = {"arrangement": "hoso:arranges"}
_CONDITIONS = {
    "file": "hoso:ofFile",
    "inventory": "hoso:ofInventory",
    "term": "hoso:ofTerm",
    "years": "hoso:ofYears",
    "box": "hoso:ofBoxes",
    "carrier": "hoso:forCarrier",
}
"""What of a paper's target narrows it, and how it is said."""
_RETENTIONS = ("permanent", "fixed")


def custody_triples(store: Store) -> Iterator[Triple]:
    """The rules in use, every fonds, every paper in use; the same store gives the same triples in the same order."""
    from pyoxigraph import Triple

    table = checked_rules()
    yield from rule_triples(table)
    fonds = store.fonds()
    known = frozenset(rule.id for rule in table)
    for row in fonds:
        for predicate, object_ in _fonds(row, known):
            yield Triple(node("fonds", row.id), term(predicate), object_)
    facts = facts_of(store, load())
    for fact in facts.all:
        about = node("paper", fact.id)
        for predicate, object_ in _paper(fact, facts.fonds_of(fact)):
            yield Triple(about, term(predicate), object_)


def _fonds(row: Fonds, known: frozenset[str]) -> Statements:
    yield "rdf:type", term("hoso:Fonds")
    yield "dct:identifier", text(row.id)
    if row.creator:
        yield "hoso:creatorName", text(row.creator)
    unit = load().units.get(row.unit or "")
    if unit:
        yield "hoso:creatorUnit", node("version", unit.id)
    if row.creator and row.level and row.bloc:
        cases = (Case(row.level, row.bloc, unit, row.creator, kind, matter="closed") for kind in _RETENTIONS)
        for rule in dict.fromkeys(rule_for(case, load()).rule for case in cases):
            if rule in known:
                yield "hoso:regulatedBy", node("rule", rule)


def _paper(fact: Fact, fonds: Iterable[str]) -> Statements:
    """A paper: of whole fonds it says that it holds or assigns them, of a part that it means a part, and which."""
    holding, target = fact.kind in HOLDING, fact.target
    yield "rdf:type", term("hoso:Holding" if holding else "hoso:Assignment")
    yield "dct:identifier", text(fact.id)
    whole = "hoso:holds" if holding else _WHOLE.get(fact.kind, "hoso:assigns")
    for name in fonds:
        yield "hoso:partOf" if target.is_part else whole, node("fonds", name)
    for key, predicate in _CONDITIONS.items():
        if told := getattr(target, key):
            yield predicate, text(told)
    if target.level in _LEVELS and target.is_of_level:
        yield "hoso:forLevel", value("level", str(target.level))
    if target.retention:
        yield "hoso:forRetention", value("retention", target.retention)
    if fact.body:
        yield "hoso:toBody", text(fact.body)
    if fact.giver:
        yield "hoso:fromBody", text(fact.giver)
    if fact.kind in ("task", "open_matter"):
        yield "hoso:forMatter", text("open")
    yield "hoso:since", day(fact.since)
    if fact.due:
        yield "hoso:dueOn", day(fact.due)
    yield "hoso:byPaper", text(fact.paper.cited())
