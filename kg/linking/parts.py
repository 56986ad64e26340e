"""The documents inside one computer file (``parts``): each is linked as a document of its own, under the record that
holds it. The record's header, place and custody stay those of its own document (DESIGN.md §5).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from kg.linking.draft import Draft
from kg.linking.identity import number_key
from kg.model import Edge
from kg.readers.model import RecordMetadata
from nlp.model import AgencyMention, Citation, Effect, Extraction, PersonMention
from ontology import dates
from ontology.registry import Ontology

_SHOWN: Final = ("number", "type", "date", "date_partial", "issuer", "place", "abstract", "author", "signer", "signers",
                 "confidence")  # fmt: skip
"""What is kept of a part's reading; its text stays in the record's."""
_OF_A_DOCUMENT: Final = frozenset({"ISSUED_BY", "SIGNED_BY", "AUTHORED_BY"})
"""Links that say who made a document."""
_TOLD_OF_IT: Final = _OF_A_DOCUMENT | {"IS_ACT", "BASED_ON", "CITES", "AMENDS", "REPLACES", "REPEALS"}

_Spanned = TypeVar("_Spanned", Citation, Effect, AgencyMention, PersonMention)


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a file: ``number`` from 1 in the order of the file; ``read`` as it was read, its offsets in its
    own text; ``start`` and ``end`` in the record's text; ``own``: the one that the record's header is of."""

    number: int
    read: Extraction
    start: int
    end: int
    own: bool

    def view(self, whole: Extraction, sorted_in: Extraction) -> Extraction:
        """The part as a record of its own, offsets in the record's text. ``sorted_in``: what of the record's mentions
        stands in it. The first document is what the record itself was read as, but for who signed: the last lines of
        the file are another document's."""
        read = whole if self.number == 1 else self.read
        signers = [
            replace(signer, start=_moved(signer.start, self.start), end=_moved(signer.end, self.start))
            for signer in self.read.signers
        ]
        zones = [replace(zone, start=zone.start + self.start, end=zone.end + self.start) for zone in self.read.zones]
        return replace(
            read,
            text=whole.text,
            signers=signers,
            zones=whole.zones if self.number == 1 else zones,
            cites=sorted_in.cites,
            affects=sorted_in.affects,
            agencies=sorted_in.agencies,
            people=sorted_in.people,
            parts=[],
        )


def parts_of(extraction: Extraction, metadata: RecordMetadata | None) -> tuple[Part, ...]:
    """The documents of a file that holds several, in order; none for a file that is one document. The record's own is
    the one that bears the number of the manifest, else the first."""
    reads = extraction.parts
    listed = number_key(metadata.number) if metadata and metadata.number else None
    bearing = (place for place, read in enumerate(reads) if read.number and number_key(read.number) == listed)
    own = next(bearing, 0)
    start = len(extraction.text) - sum(len(read.text) for read in reads)  # they follow each other up to the end
    found = []
    for place, read in enumerate(reads):
        found.append(Part(place + 1, read, start, start + len(read.text), place == own))
        start += len(read.text)
    return tuple(found)


def header(extraction: Extraction, parts: Sequence[Part]) -> Extraction:
    """What the record's header fields are read from; its signers are those of that document alone."""
    own = next((part for part in parts if part.own), None)
    if own is None:
        return extraction
    return own.read if own.number > 1 else replace(extraction, signers=own.read.signers)


def link_parts(
    draft: Draft, parts: Sequence[Part], link: Callable[[Draft, Ontology], str | None], ontology: Ontology
) -> list[dict[str, Any]]:
    """Link each part by ``link``, which gives the id of the act that a draft's document carries, and put what it
    brings into the record's draft. Gives what is told of the parts, in order: header fields, ``part``, ``own``,
    ``start``, ``end``, ``page`` and ``act``."""
    told = []
    for part, sorted_in in zip(parts, _sorted(draft.extraction, parts), strict=True):
        view = part.view(draft.extraction, sorted_in)
        delivered = draft.delivered
        if not part.own:
            view.agencies = _of_its_day(view, ontology)
            delivered = replace(delivered, metadata=None)
        inside = Draft(delivered, view, draft.text, draft.nodes)
        act = link(inside, ontology)
        _put(draft, inside, act, part)
        told.append(_told(draft, part, act))
    return told


def _moved(offset: int | None, by: int) -> int | None:
    return None if offset is None else offset + by


def _sorted(whole: Extraction, parts: Sequence[Part]) -> list[Extraction]:
    """What of the record's citations and mentions stands in each part. What stands above the first (the archive's own
    pages) goes with the record's own document."""
    starts = [part.start for part in parts]
    own = next(place for place, part in enumerate(parts) if part.own)
    found = [Extraction("") for _ in parts]

    def deal(mentions: Iterable[_Spanned], into: Callable[[Extraction], list[_Spanned]]) -> None:
        for mention in mentions:
            place = bisect_right(starts, mention.start) - 1
            into(found[place if place >= 0 else own]).append(mention)

    deal(whole.cites, lambda part: part.cites)
    deal(whole.affects, lambda part: part.affects)
    deal(whole.agencies, lambda part: part.agencies)
    deal(whole.people, lambda part: part.people)
    return found


def _of_its_day(view: Extraction, ontology: Ontology) -> list[AgencyMention]:
    """The bodies named in a part, with the version of their unit that stood on the part's day: the record was read
    with the day of its first document."""
    day = view.date
    if not dates.is_full(day):
        return view.agencies
    known: dict[str, str] = {}
    found = []
    for mention in view.agencies:
        if mention.unit and mention.unit not in known:
            known[mention.unit] = _version(mention.unit, str(day), ontology)
        found.append(replace(mention, unit=known[mention.unit]) if mention.unit else mention)
    return found


def _version(identifier: str, day: str, ontology: Ontology) -> str:
    """The version of the unit on a day: of its own line, else what it became or was made of under its name; itself
    where there is none (a paper may be dated after the end of its issuer)."""
    unit = ontology.unit(identifier)
    if ontology.stood(unit, day):
        return identifier
    line = [version.id for version in ontology.same(unit) if ontology.stood(version, day)]
    if line:
        return line[0]
    lineage = ontology.successors(unit, day) if day > unit.valid_from else ontology.predecessors(unit, day)
    named = [step.unit.id for step in lineage.steps if step.unit.name == unit.name]
    return named[0] if len(named) == 1 else identifier


def _put(draft: Draft, inside: Draft, act: str | None, part: Part) -> None:
    """Put what a part brings into the record's draft. Who made it is told of its act; of a part that carries no act
    (minutes, a letter) who signed and wrote is told of the record, as it is of the record's own document. The record
    names them in either case."""
    record = draft.delivered.id
    named = {edge.target for edge in inside.edges.values() if edge.type == "MENTIONS"}
    for edge in inside.edges.values():
        placed = edge
        if edge.source == record and not part.own:
            placed = _placed(draft, edge, part)
            if edge.type in _OF_A_DOCUMENT:
                if edge.target not in named:
                    _add(draft, replace(placed, type="MENTIONS", props={}))
                if act is None and edge.type == "ISSUED_BY":
                    continue
                placed = replace(placed, source=act or record)
        if edge.type in _TOLD_OF_IT:
            placed = replace(placed, props={**placed.props, "part": part.number})
        _add(draft, placed)


def _placed(draft: Draft, edge: Edge, part: Part) -> Edge:
    """The link with a passage: where none was found, the head of the part says it."""
    if edge.start is not None:
        return edge
    start, end = _head(draft, part)
    text = draft.extraction.text[start:end]
    return replace(edge, start=start, end=end, page=draft.text.page_of(start), text=text)


def _head(draft: Draft, part: Part) -> tuple[int, int]:
    """The first line of a part."""
    text = draft.extraction.text
    start = part.start
    while start < part.end and text[start].isspace():
        start += 1
    end = text.find("\n", start, part.end)
    return start, part.end if end < 0 else end


def _add(draft: Draft, edge: Edge) -> None:
    key = (edge.source, edge.type, edge.target, -1 if edge.start is None else edge.start)
    draft.edges.setdefault(key, edge)


def _told(draft: Draft, part: Part, act: str | None) -> dict[str, Any]:
    read = part.read.to_json()
    start, _ = _head(draft, part)
    return {
        "part": part.number,
        "own": part.own,
        **{name: read.get(name) for name in _SHOWN},
        "start": start,
        "end": part.end,
        "page": draft.text.page_of(start),
        "act": act,
    }
