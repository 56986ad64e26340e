"""From the tables to triples. ``docs/rdf.md`` shows what comes out; ``shapes.ttl`` says what must hold of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from ontology.model import Alias, Disagreement, Edge, Event, EventUnit, Unit
from ontology.names import loose, split_type
from ontology.rdf.bodies import bodies, issuer
from ontology.rdf.facts import Facts
from ontology.rdf.terms import day, node, term, text, truth, value

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode, Triple

    Statements = Iterable[tuple[str, NamedNode | Literal]]
    """What is said of one thing: predicate (prefixed name) and object."""

Row = TypeVar("Row")


def triples(facts: Facts) -> Iterator[Triple]:
    """All triples of the facts, without the vocabulary: the same facts give the same triples in the same order, those
    of one thing together."""
    yield from _bodies()
    yield from _acts(facts.events.values())
    for line in dict.fromkeys(unit.line for unit in facts.units.values()):
        yield from _said(node("line", line), _line(line))
    for unit in facts.units.values():
        if facts.first_version(unit) is unit:
            yield from _said(node("unit", unit.id), _unit(facts, unit))
    names = _grouped(facts.aliases, lambda alias: alias.unit)
    for unit in facts.units.values():
        yield from _said(node("version", unit.id), _version(facts, unit, names.get(unit.id, ())))
    for about, aliases in _grouped(facts.aliases, _name_id).items():
        yield from _said(node("name", about), _name(aliases))
    parts = _grouped(facts.event_units, lambda part: part.event)
    for event in facts.events.values():
        if event.id in parts:  # a list's row that an act overrides touches no unit
            yield from _said(node("event", event.id), _event(event, parts[event.id], facts))
    for unit in facts.units.values():
        for edge in facts.ontology.changes.leaving(unit.id):
            yield from _said(_transfer_node(edge), _transfer(edge, inferred=edge not in facts.named_by_sources))
    for each in facts.disagreements:
        yield from _said(node("disagreement", each.id), _disagreement(each))


def _said(about: NamedNode, statements: Statements) -> Iterator[Triple]:
    from pyoxigraph import Triple

    for predicate, object_ in statements:
        yield Triple(about, term(predicate), object_)


def _grouped(rows: Iterable[Row], by: Callable[[Row], str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(by(row), []).append(row)
    return found


# Acts and who issued them


def _bodies() -> Iterator[Triple]:
    for body in bodies():
        yield from _said(
            node("body", body.id),
            [
                ("rdf:type", term("hoso:IssuingBody")),
                ("rdfs:label", text(body.name_vi, "vi")),
                ("rdfs:label", text(body.name_en, "en")),
            ],
        )


def _acts(events: Iterable[Event]) -> Iterator[Triple]:
    for act, of_act in _grouped((event for event in events if event.act), lambda event: event.act or "").items():
        yield from _said(node("act", act), _act(act, min(event.date for event in of_act)))


def _act(act: str, first: str) -> Statements:
    yield "rdf:type", term("hoso:Act")
    yield "rdfs:label", text(act, "vi")
    yield "dct:identifier", text(act)
    if body := issuer(act, first):
        yield "hoso:issuedBy", node("body", body.id)


# Units


def _line(line: str) -> Statements:
    yield "rdf:type", term("hoso:Line")
    yield "hoso:text", text(line)


def _unit(facts: Facts, first: Unit) -> Statements:
    yield "rdf:type", term("hoso:Unit")
    yield "rdfs:label", text(facts.ontology.same(first)[-1].name, "vi")


def _version(facts: Facts, unit: Unit, aliases: Iterable[Alias]) -> Statements:
    yield "rdf:type", term("hoso:UnitVersion")
    yield "rdfs:label", text(unit.name, "vi")
    yield "dct:identifier", text(unit.id)
    yield "hoso:versionOf", node("unit", facts.first_version(unit).id)
    yield "hoso:line", node("line", unit.line)
    if unit.code:
        yield "hoso:code", text(unit.code)
    yield "hoso:level", value("level", unit.level)
    if unit.type:
        yield "hoso:unitType", value("type", unit.type)
    yield from _time(unit)
    if unit.parent:
        yield "hoso:parentLine", node("line", unit.parent)
    for parent in facts.parents(unit):
        yield "hoso:within", node("version", parent.id)
    yield from _names(unit, list(aliases))
    for edge in facts.ontology.changes.leaving(unit.id):
        sure = edge.extent != "possible"
        yield "hoso:succeededBy" if sure else "hoso:mayBeSucceededBy", node("version", edge.target)


def _time(unit: Unit) -> Statements:
    yield "hoso:validFrom", day(unit.valid_from)
    yield "hoso:validFromCertain", truth(unit.valid_from_certain)
    if unit.valid_to:
        yield "hoso:validTo", day(unit.valid_to)
    if unit.began_by:
        yield "hoso:beganBy", node("event", unit.began_by)
    if unit.ended_by:
        yield "hoso:endedBy", node("event", unit.ended_by)


def _names(unit: Unit, aliases: list[Alias]) -> Statements:
    written = [alias.alias for alias in aliases]
    for key in dict.fromkeys(loose(split_type(name)[1]) for name in [unit.name, *written]):
        yield "hoso:searchKey", text(key)
    for other in dict.fromkeys(written):
        yield "skos:altLabel", text(other)
    for about in dict.fromkeys(_name_id(alias) for alias in aliases):
        yield "hoso:otherName", node("name", about)


def _name_id(alias: Alias) -> str:
    return f"{alias.unit}/{alias.alias}"


def _name(aliases: list[Alias]) -> Statements:
    yield "rdf:type", term("hoso:OtherName")
    yield "hoso:text", text(aliases[0].alias)
    for source in dict.fromkeys(alias.source for alias in aliases if alias.source):
        yield "hoso:source", text(source)
    for year in dict.fromkeys(alias.year for alias in aliases if alias.year):
        yield "hoso:sourceYear", day(year)


# Changes


def _event(event: Event, parts: Iterable[EventUnit], facts: Facts) -> Statements:
    yield "rdf:type", term("hoso:ChangeEvent")
    yield "dct:identifier", text(event.id)
    yield "hoso:date", day(event.date)
    if event.act:
        yield "hoso:byAct", node("act", event.act)
    if event.clause:
        yield "hoso:clause", text(event.clause)
    yield "hoso:eventKind", value("kind", event.kind)
    yield "hoso:basis", value("basis", event.basis)
    if event.certainty:
        yield "hoso:sourceCertainty", value("certainty", event.certainty)
    if event.source:
        yield "hoso:source", text(event.source)
    if event.note:
        yield "skos:note", text(event.note)
    for part in parts:
        yield _role(event, part, facts.units[part.unit]), node("version", part.unit)


def _role(event: Event, part: EventUnit, unit: Unit) -> str:
    """A list also gives units that were there before: they did not result from it."""
    if part.role == "took":
        return "hoso:took"
    return "hoso:gave" if unit.valid_from == event.date else "hoso:mayHaveGivenTo"


def _transfer_node(edge: Edge) -> NamedNode:
    return node("transfer", f"{edge.event}/{edge.source}/{edge.target}")


def _transfer(edge: Edge, *, inferred: bool) -> Statements:
    yield "rdf:type", term("hoso:Transfer")
    yield "hoso:giver", node("version", edge.source)
    yield "hoso:taker", node("version", edge.target)
    yield "hoso:byEvent", node("event", edge.event)
    yield "hoso:extent", value("extent", edge.extent)
    yield "hoso:inferred", truth(inferred)


def _disagreement(each: Disagreement) -> Statements:
    yield "rdf:type", term("hoso:Disagreement")
    yield "dct:identifier", text(each.id)
    yield "hoso:disagreementKind", value("dispute", each.kind)
    yield "hoso:about", _version_or_line(each.unit)
    if each.other:
        yield "hoso:aboutOther", _version_or_line(each.other)
    if each.date:
        yield "hoso:date", day(each.date)
    for predicate, said in (
        ("hoso:source", each.source),
        ("hoso:says", each.says),
        ("hoso:against", each.against),
        ("hoso:againstSays", each.against_says),
        ("hoso:held", each.held),
        ("hoso:reason", each.reason),
    ):
        if said:
            yield predicate, text(said)


def _version_or_line(unit: str) -> NamedNode:
    return node("version" if "@" in unit else "line", unit)
