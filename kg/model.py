"""The graph's plain values: the archival backbone, entities, and edges with their evidence.

Fonds → inventory → file → record is the backbone (PRACTICE.md §1); entities are agencies, people, legal acts, dated
units, change events. Every edge that a record proves names the record and the offsets of the passage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

NodeKind = Literal[
    "fonds",
    "inventory",
    "file",
    "record",
    "agency",
    "person",
    "legal_act",
    "unit",
    "event",
    "project",
    "identifier",
]
EdgeType = Literal[
    "MENTIONS",  # record -> agency | person | unit | legal_act | project | identifier, one an occurrence
    "ISSUED_BY",  # record -> agency; legal_act -> agency where the act is one of several in a file
    "SIGNED_BY",  # record -> person, legal_act -> person likewise; props: position, power
    "AUTHORED_BY",  # record -> person (letters)
    "ABOUT_PLACE",  # record -> unit; props: where (title|body|issuer), certainty, rank (0: main place)
    "IS_ACT",  # record -> legal_act: an act that the record carries; props: part, which of the documents in it, from 1
    "BASED_ON",  # legal_act -> legal_act
    "CITES",  # legal_act -> legal_act
    "AMENDS",  # legal_act -> legal_act; props: scope
    "REPLACES",
    "REPEALS",
    "SIGNS_FOR",  # person -> agency; props: position
    "SUBORDINATE_TO",  # agency -> agency
    "OF_UNIT",  # agency -> unit: the place it is the agency of
    "CREATED_BY",  # fonds -> agency: its creator
    "IN_FILE",  # record -> file
    "IN_INVENTORY",  # file -> inventory
    "IN_FONDS",  # inventory | file -> fonds
    "SUCCEEDED_BY",  # unit -> unit; props: extent, act, clause, event
    "TOOK",  # event -> unit (old); props: extent
    "GAVE",  # event -> unit (new)
]


@dataclass(frozen=True, slots=True)
class Fonds:
    """All records of one creator (đơn vị hình thành phông). ``unit`` is the creator's unit version id."""

    id: str
    creator: str | None = None
    level: str | None = None
    bloc: str | None = None
    unit: str | None = None
    status: str | None = None
    opened: str | None = None
    closed: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Inventory:
    """A list (mục lục) of a fonds' files."""

    id: str
    fonds: str
    code: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """The archivist's file (hồ sơ, đơn vị bảo quản): the unit of custody.

    ``sheets`` are tờ, ``pages`` trang, ``metres`` metres of shelf with how they were had in ``metres_basis``
    (measured, boxes, coefficient); ``listed``: a finding aid lists it; ``medium``: paper or digital.
    """

    id: str
    fonds: str | None
    inventory: str | None = None
    code: str | None = None
    title: str | None = None
    since: str | None = None
    until: str | None = None
    retention: str | None = None
    sheets: int | None = None
    pages: int | None = None
    metres: float | None = None
    metres_basis: str | None = None
    box: str | None = None
    arranged: bool | None = None
    listed: bool = False
    medium: str | None = None
    held_by: str | None = None
    held_since: str | None = None
    held_paper: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """A document (văn bản): one computer file as delivered, or one that is only listed (``source`` None).

    ``issuer`` is the name as read or as the manifest says; ``sha256`` of the bytes; ``kind``: document,
    archive_page (cover, list, closing note: not a document) or register; ``readable`` is False for a handwritten or
    empty page that stands on its title alone; ``confidence`` of the header fields, 0..1.
    """

    id: str
    source: str | None
    fonds: str | None = None
    file: str | None = None
    number: str | None = None
    type: str | None = None
    date: str | None = None
    date_partial: str | None = None
    issuer: str | None = None
    title: str | None = None
    pages: int | None = None
    pages_estimated: bool = False
    level: str | None = None
    bloc: str | None = None
    retention: str | None = None
    access: str = "open"
    subject: str = "other"
    sha256: str | None = None
    kind: str = "document"
    readable: bool = True
    signers: tuple[Mapping[str, Any], ...] = ()
    confidence: Mapping[str, float] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Node:
    """An entity; it is found by its name and by its aliases."""

    id: str
    kind: NodeKind
    name: str
    aliases: tuple[str, ...] = ()
    props: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """A typed link. ``record`` with ``start``, ``end`` (offsets in its normalised text) and ``page`` (from 1) is the
    evidence, ``text`` the surface; edges of the ontology have none of them and name act and clause in ``props``."""

    source: str
    type: EdgeType
    target: str
    record: str | None = None
    start: int | None = None
    end: int | None = None
    page: int | None = None
    text: str | None = None
    props: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RecordGraph:
    """All that one record brings to the graph; written, replaced and removed as one.

    ``text`` is the normalised text, ``page_starts`` the offset at which each page begins in it.
    """

    record: Record
    text: str
    page_starts: tuple[int, ...] = (0,)
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A computer file that could not be read: ``reason`` is a code of the catalogue, ``message`` one clear line."""

    source: str
    reason: str
    message: str
    fonds: str | None = None
    file: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Secret:
    """A record with a secrecy stamp: counted; nothing of its text is kept (DESIGN.md §4.11), its place and the hash of its
    bytes are, so that a file read again is known again."""

    id: str
    source: str
    level: str
    fonds: str | None = None
    file: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a record came: path in its delivery, a digest of the delivery's root (None: only listed), hash of bytes."""

    record: str
    source: str | None
    root: str | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """The store's journal: ``seq`` grows by one a change; the search index catches up by it."""

    seq: int
    record: str
    removed: bool
