"""Agencies as RDF: corporate bodies of RiC-O with their units as jurisdictions, their days with rule and certainty, what
they were merged or split into. ``data/agencies.ttl`` is the vocabulary, ``data/agencies_shapes.ttl`` the shapes.

All agencies of the country are some 300,000: who writes them names the units. What became of a body is said of bodies
alone: of units ``rico:wasMergedInto`` is never said (``vocabulary.ttl``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING

from ontology.agencies.bodies import Body
from ontology.agencies.dated import Agency, AgencyLink, Bound
from ontology.agencies.heirs import predecessors, successors
from ontology.agencies.in_time import Agencies
from ontology.model import Unit
from ontology.rdf.terms import day, node, term, text, truth, value

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode, Triple

    Statements = Iterable[tuple[str, NamedNode | Literal]]
    """What is said of one thing: predicate (prefixed name) and object."""

_SOME = frozenset({"part", "part_area_only", "part_area_all_pop", "part_pop", "whole_area_only"})


def agency_triples(known: Agencies, units: Iterable[Unit], kinds: Collection[Body] | None = None) -> Iterator[Triple]:
    """The triples of all agencies of the units, of these kinds (default: all), without the vocabulary: the same units
    give the same triples in the same order. Successors are named where they are written too."""
    from pyoxigraph import Triple

    found = list(dict.fromkeys(agency for unit in units for agency in known.of(unit, kinds=kinds)))
    written = frozenset(agency.id for agency in found)
    for agency in found:
        about = node("agency", agency.id)
        for predicate, object_ in _said(agency, known, written):
            yield Triple(about, term(predicate), object_)


def agency_vocabulary() -> str:
    """The vocabulary of agencies as Turtle; it is read beside ``vocabulary()``."""
    return _read("agencies.ttl")


def agency_shapes() -> str:
    """The SHACL shapes of agencies as Turtle."""
    return _read("agencies_shapes.ttl")


def _said(agency: Agency, known: Agencies, written: Collection[str]) -> Statements:
    yield "rdf:type", term("hoso:Agency")
    yield "rdfs:label", text(agency.name, "vi")
    yield "dct:identifier", text(agency.id)
    yield "hoso:agencyKind", value("agency-kind", agency.body.kind)
    yield "hoso:bloc", text(agency.body.bloc)
    for unit in agency.units:
        yield "hoso:ofUnit", node("version", unit.id)
    for name in known.names(agency):
        if name != agency.name:
            yield "skos:altLabel", text(name, "vi")
    yield "hoso:openedExact", truth(agency.opened.exact)
    yield from _bound("opened", agency.opened)
    if agency.closed:
        yield from _bound("closed", agency.closed)
        yield from _heirs(agency, known, written)


def _bound(end: str, bound: Bound) -> Statements:
    if bound.day:
        yield f"hoso:{end}", day(bound.day)
    yield f"hoso:{end}By", text(bound.rule)
    yield f"hoso:{end}Certainty", value("certainty", bound.ground.sure)
    if bound.ground.act:
        yield (
            f"hoso:{end}Act",
            text(", ".join(part for part in (bound.ground.article, bound.ground.act) if part), "vi"),
        )
    if bound.not_before:
        yield f"hoso:{end}NotBefore", day(bound.not_before)
    if bound.latest:
        yield f"hoso:{end}Latest", day(bound.latest)


def _heirs(agency: Agency, known: Agencies, written: Collection[str]) -> Statements:
    """What became of the agency. What was set up again years later is a successor, but nothing was merged or split; in a
    unit that stayed, bodies merged where several became one, and split where one became several."""
    links = successors(agency, known)
    for link in (link for link in links if link.agency.id in written):
        heir = node("agency", link.agency.id)
        if link.extent == "possible":
            yield "hoso:mayHaveAgencySuccessor", heir
            continue
        yield "hoso:hasAgencySuccessor", heir
        if link.after_absence:
            continue
        joined, parted = _joined_and_parted(link, links, known)
        if joined:
            yield "rico:wasMergedInto", heir
        if parted:
            yield "rico:wasSplitInto", heir


def _joined_and_parted(link: AgencyLink, links: Sequence[AgencyLink], known: Agencies) -> tuple[bool, bool]:
    """Whether the link is one into a body made of several, and one of several that the agency became."""
    if link.extent is not None:
        return link.extent == "whole", link.extent in _SOME
    makers = [maker for maker in predecessors(link.agency, known) if not maker.after_absence]
    return len(makers) > 1, len(links) > 1


def _read(name: str) -> str:
    return files("ontology.rdf").joinpath("data", name).read_text(encoding="utf-8")
