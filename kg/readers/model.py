"""What the readers hand on: pages of text (with positions where the source has them) and what a manifest says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.model import File, Fonds, Inventory


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place: offsets in the page's text, box (left, top, right, bottom) in pixels of the page,
    confidence of the OCR in 0..1 (None: not given)."""

    text: str
    start: int
    end: int
    box: tuple[int, int, int, int]
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read, before any repair; ``number`` counts from 1, sizes are in the units of the words' boxes.
    ``problem`` says why a page gave nothing (ocr_timeout, broken_page); ``recognised``: read by OCR here."""

    number: int
    text: str
    words: tuple[Word, ...] = ()
    width: int | None = None
    height: int | None = None
    problem: str | None = None
    recognised: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A computer file as text. ``pages_counted`` is False where the file has no page limits (plain text without form
    feeds): pages are then estimated at 1,800 characters each (DESIGN.md §5). ``method``: text, pdf, hocr, alto, ocr.
    ``encoding`` of plain text. An empty reading (no text on any page) is a failed page, not an error."""

    pages: tuple[Page, ...]
    pages_counted: bool
    method: str
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class ComputerFile:
    """A computer file of the batch. ``source`` is the path relative to the batch's root, with ``/``; unique."""

    path: Path
    source: str


@dataclass(frozen=True, slots=True)
class Register:
    """A register (sổ): one record of many entries (PRACTICE.md §1.10). ``opened`` and ``closed``: ISO, most often years;
    ``cases``: how many entries it has."""

    kind: str | None
    number: str | None = None
    opened: str | None = None
    closed: str | None = None
    cases: int | None = None


@dataclass(frozen=True, slots=True)
class RecordMetadata:
    """What manifest or finding aid say of one document; None where they are silent. ``values`` holds every column as
    read, unknown ones too. ``fonds`` is the id of a fonds of the catalogue, ``inventory`` and ``file`` are codes, such
    that ``kg.ids.file_id`` of the three is the id of a file of the catalogue. Of a secret document only code, path and
    place are given, with ``values["secrecy"]`` its level (mat, toi_mat, tuyet_mat). Dates ISO (partial allowed), access open|conditional|secret, retention as written
    normalised to ``vĩnh viễn`` or ``N năm`` or as it stands; ``row`` is "file.csv:12" for messages, empty where only
    folders place the record. ``table``: the key of the table file that the row stands in. ``register``: what a row of a
    list of registers says of the book."""

    row: str
    code: str | None = None
    path: str | None = None
    fonds: str | None = None
    inventory: str | None = None
    file: str | None = None
    number: str | None = None
    type: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    pages: int | None = None
    sheets: int | None = None
    retention: str | None = None
    access: str | None = None
    note: str | None = None
    handwritten: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)
    register: Register | None = None
    table: str | None = None


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row of a table that cannot be used: where it stands and what is wrong, in one line."""

    row: str
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A computer file that is not read. ``reason``: ``other_kind``, ``not_ocr_markup`` (HTML or XML that is neither hOCR
    nor ALTO), ``other_table`` (a table without the headings of a manifest or finding aid), ``outside`` (a link that leads
    out of the delivery)."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Told:
    """What one table file of the batch says, by id. ``key`` tells the file from every other (a digest of its whole
    path), ``folders`` are digests of the folders that it lies in, from the nearest; ``manifest``: it names computer
    files, and so is about the folder that they lie in."""

    key: str
    name: str
    folders: tuple[str, ...] = ()
    manifest: bool = False
    fonds: dict[str, Fonds] = field(default_factory=dict)
    inventories: dict[str, Inventory] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)


@dataclass(slots=True)
class Catalogue:
    """All that the batch's tables and folders say, by id; ``documents`` in the tables' order. ``rows`` counts those of
    finding aids (tables that name no computer files). A file's ``extra`` may have ``access``, ``handwritten``,
    ``bundle``, ``group`` (of the classification scheme), ``archive_code``, ``note``, ``listed_in`` (the finding aid),
    ``repeated_in`` (rows that bear its number again), and columns not known, by label. A fonds' has the fields of
    ``kg.readers.tables.described.FONDS_FIELDS``. ``told``: what each table file says, by its key."""

    fonds: dict[str, Fonds] = field(default_factory=dict)
    inventories: dict[str, Inventory] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    documents: list[RecordMetadata] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    rows: int = 0
    told: dict[str, Told] = field(default_factory=dict)


@dataclass(slots=True)
class Batch:
    """A delivery before reading: computer files in order of source, what the tables say of each (by source), the
    documents that are only listed, and the files that are not read (``skipped``, in order of source). ``roots``: digests
    of the folders that were taken in whole and are not empty; ``there``: the keys of all table files found, those that
    could not be used too."""

    files: list[ComputerFile]
    catalogue: Catalogue
    metadata: dict[str, RecordMetadata]
    only_listed: list[RecordMetadata]
    skipped: list[Skipped]
    problems: list[RowProblem] = field(default_factory=list)
    roots: frozenset[str] = frozenset()
    there: frozenset[str] = frozenset()
