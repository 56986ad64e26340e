"""What is read from a page: the Extraction of the contract, as plain values.

All offsets count in the normalised text of the record, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Relation = Literal["amends", "replaces", "repeals"]
Scope = Literal["whole", "part"]
Role = Literal["basis", "mention", "affected"]
Secrecy = Literal["mat", "toi_mat", "tuyet_mat"]
Subject = Literal[
    "civil_status", "certification", "land", "construction", "clearance", "business", "personnel", "merit",
    "finance", "elections", "military", "education", "complaint", "denunciation", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a record before its page is read.

    ``unit`` is the id of the unit version of the fonds' creator; ``date`` is ISO, from the manifest;
    ``file_name`` may carry the number (a second witness for a handwritten one); ``method`` is how the text was read
    (text, pdf, hocr, alto, ocr; None: seen from the text).
    """

    date: str | None = None
    unit: str | None = None
    issuer: str | None = None
    number: str | None = None
    title: str | None = None
    file_name: str | None = None
    method: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled stretch of the normalised text. ``text`` is the surface there."""

    start: int
    end: int
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the page. Kinds: head, number, place_date, type, abstract, basis, body, signature,
    recipients, stamp, incoming_stamp, digital_signature, page_furniture, archive_page."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed: name as printed, last title line, powers in order (``TM.``, ``KT.``, ``T/M``). Offsets count in the
    text of its document: of a part of a record, in the part's."""

    name: str
    position: str | None
    power: tuple[str, ...] = ()
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A legal act referred to; laws without a number have title and date. ``issuer`` as the text names it."""

    number: str | None
    type: str | None
    date: str | None
    role: Role
    start: int
    end: int
    title: str | None = None
    issuer: str | None = None
    date_partial: str | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """What this record does to another act."""

    number: str | None
    relation: Relation
    scope: Scope
    start: int
    end: int
    type: str | None = None
    date: str | None = None
    title: str | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class AgencyMention:
    """A named body as written. ``name`` is its full, well-cased form; ``unit`` the unit version of its place;
    ``kind`` a key of the agency table (people_committee, party_committee, department ...)."""

    surface: str
    start: int
    end: int
    name: str
    kind: str
    unit: str | None = None
    level: str | None = None
    bloc: str | None = None


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person named. ``role``: signer, addressee, author, subject or mention."""

    surface: str
    start: int
    end: int
    name: str
    role: str = "mention"
    position: str | None = None
    agency: str | None = None


IdentifierKind = Literal[
    "parcel", "map_sheet", "certificate_serial", "register_number", "origin_file", "civil_book", "civil_entry",
    "certification_book", "certification_entry", "business_household", "building_permit", "book",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number that people look for, as written, spaces collapsed. ``within``: the map sheet of a parcel, the book of
    an entry."""

    kind: IdentifierKind
    value: str
    start: int
    end: int
    within: str | None = None


@dataclass(frozen=True, slots=True)
class ProjectMention:
    """A project or public work named: ``name`` without the word "dự án"."""

    surface: str
    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place that stands alone (not inside an agency's name).

    ``unit`` is the dated unit meant, None when several are possible (``candidates`` lists their ids) or none is
    known; ``where`` is the zone: title, body, issuer.
    """

    surface: str
    start: int
    end: int
    type: str | None
    unit: str | None
    certainty: str
    candidates: tuple[str, ...] = ()
    where: str = "body"


@dataclass(slots=True)
class Extraction:
    """One record as read (DESIGN.md §6). Mutable while the pipeline's components fill it."""

    text: str
    id: str = ""
    source: str | None = None
    issuer: str | None = None
    issuer_parent: str | None = None
    issuer_unit: str | None = None
    number: str | None = None
    type: str | None = None
    place: str | None = None
    date: str | None = None
    date_partial: str | None = None
    abstract: str | None = None
    signers: list[Signer] = field(default_factory=list)
    author: str | None = None
    cites: list[Citation] = field(default_factory=list)
    affects: list[Effect] = field(default_factory=list)
    agencies: list[AgencyMention] = field(default_factory=list)
    people: list[PersonMention] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    projects: list[ProjectMention] = field(default_factory=list)
    subject: Subject = "other"
    retention: str | None = None
    secrecy: Secrecy | None = None
    zones: list[Zone] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    confidence: dict[str, float] = field(default_factory=dict)
    parts: list[Extraction] = field(default_factory=list)
    context: Context = field(default_factory=Context)
    readable: bool = True
    scanned: bool = False
    """OCR read the text, as was seen before its known phrases were read again."""

    def zone(self, kind: str) -> Zone | None:
        """The first zone of that kind."""
        return next((zone for zone in self.zones if zone.kind == kind), None)

    def to_json(self) -> dict[str, Any]:
        """The JSON form of DESIGN.md §6. A record with a secrecy stamp gives no text and no fields."""
        from nlp.output import extraction_json

        return extraction_json(self)
