"""Custody as RDF: the rules of the table as rules of RiC-O, fonds as record sets, papers as mandates and holdings.
``data/custody.ttl`` is the vocabulary, ``data/custody_shapes.ttl`` the shapes; both are read beside the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import TYPE_CHECKING

from ontology.custody import Rule
from ontology.rdf.terms import day, node, term, text, truth, value

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode, Triple

    Statements = Iterable[tuple[str, NamedNode | Literal]]
    """What is said of one thing: predicate (prefixed name) and object."""

_LEVELS = ("province", "district", "commune")
_DAYS = {
    "changed_from": "hoso:changedFrom",
    "changed_to": "hoso:changedTo",
    "file_from": "hoso:fileFrom",
    "file_to": "hoso:fileTo",
    "valid_from": "hoso:lawFrom",
    "valid_to": "hoso:lawTo",
}
_TEXTS = {
    "body": "hoso:forBody",
    "bloc": "hoso:forBloc",
    "special": "hoso:forRecords",
    "carrier": "hoso:forCarrier",
    "matter": "hoso:forMatter",
    "arranged": "hoso:forArranged",
}


def rule_triples(rules: Iterable[Rule]) -> Iterator[Triple]:
    """The triples of a table of rules, in its order."""
    from pyoxigraph import Triple

    for number, rule in enumerate(rules, start=1):
        about = node("rule", rule.id)
        for predicate, object_ in _said(rule, number):
            yield Triple(about, term(predicate), object_)


def custody_vocabulary() -> str:
    """The vocabulary of custody as Turtle."""
    return _read("custody.ttl")


def custody_shapes() -> str:
    """The SHACL shapes of custody as Turtle."""
    return _read("custody_shapes.ttl")


def _said(rule: Rule, number: int) -> Statements:
    from pyoxigraph import Literal

    yield "rdf:type", term("hoso:CustodyRule")
    yield "dct:identifier", text(rule.id)
    yield "hoso:order", Literal(str(number), datatype=term("xsd:integer"))
    for level in _told(rule.level):
        if level in _LEVELS:
            yield "hoso:forLevel", value("level", level)
        elif level == "central":
            yield "hoso:forCentralLevel", truth(True)
    for change in _told(rule.change):
        yield "hoso:forChange", value("change", change)
    for kind in _told(rule.retention):
        yield "hoso:forRetention", value("retention", kind)
    for column, predicate in _TEXTS.items():
        for word in _told(getattr(rule, column)):
            yield predicate, text(word)
    for column, predicate in _DAYS.items():
        if written := getattr(rule, column):
            yield predicate, day(written)
    yield "hoso:custodyCertainty", value("custody", rule.certainty)
    for predicate, words in (("destination", rule.name), ("via", rule.via), ("due", rule.due)):
        if words:
            yield f"hoso:{predicate}", text(words)
    if basis := ", ".join(part for part in (rule.act, rule.article) if part):
        yield "hoso:basisText", text(basis)
    if rule.law_sure:
        yield "hoso:lawSure", value("certainty", rule.law_sure)
    if rule.note:
        yield "skos:note", text(rule.note, "vi")


def _told(cell: str) -> list[str]:
    """The values of a key column; none where any will do."""
    return [] if cell == "any" else cell.split("|")


def _read(name: str) -> str:
    return files("ontology.rdf").joinpath("data", name).read_text(encoding="utf-8")
