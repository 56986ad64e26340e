"""One computer file from bytes to its part of the graph: what a worker process does, with no store in sight."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from kg.errors import HosoError, Unreadable
from kg.ids import listed_id, record_id
from kg.linking.draft import Delivered
from kg.linking.places import place_edges
from kg.linking.record import link_record
from kg.messages import say
from kg.model import Edge, Fonds, Quarantined, RecordGraph, Secret
from kg.readers.model import Reading, RecordMetadata
from kg.store.merging import TOLD_BY

READING_VERSION = "4"
"""Raised when extraction or linking changes what a record brings: stored readings are then made again."""

NO_TEXT = "no_text"
"""The reason why a computer file is set aside of which nothing can be read and which no table describes."""

PAGE_BREAK = "\f"
_INCOMPLETE = ":incomplete"
"""Marks the reading of a record of which a page failed: it is read again next time."""


@dataclass(frozen=True, slots=True)
class Task:
    """A computer file to read, with what the batch's tables say of it. ``known`` is the fingerprint the store has."""

    path: Path | None
    source: str | None
    fonds: Fonds | None
    file: str | None
    metadata: RecordMetadata | None
    listed_as: str = ""
    known: tuple[str | None, str] | None = None

    @property
    def id(self) -> str:
        """The record's id: the archive's own code, else from fonds, file and source; for a document that is only
        listed, what its row says of it stands for the source (a row's number changes when one is put in above)."""
        code = self.metadata.code if self.metadata else None
        fonds = self.fonds.id if self.fonds else None
        if self.source is None and not code:
            return listed_id(fonds, self.file, self.listed_as)
        return record_id(code, fonds, self.file, self.source or self.listed_as)

    @property
    def root(self) -> str | None:
        """A digest of the folder that the source counts from: tells one delivery's ``001.txt`` from another's."""
        if self.path is None or self.source is None:
            return None
        folder = str(self.path.resolve()).removesuffix(self.source)
        return hashlib.sha256(folder.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def folder(self) -> str | None:
        """The name of that folder."""
        if self.path is None or self.source is None:
            return None
        return Path(str(self.path.resolve()).removesuffix(self.source)).name

    def reading(self) -> str:
        """The version of the reading: the program's, and a digest of all that the tables say; not of where they say it,
        since a row put in above changes nothing of the others."""
        # A document that is only listed goes with its table.
        table = self.metadata.table if self.metadata and self.path is None else None
        row = replace(self.metadata, row="", path=None, table=table) if self.metadata else None
        told_of = sorted(item for item in self.fonds.extra.items() if item[0] != TOLD_BY) if self.fonds else []
        fonds = replace(self.fonds, extra=dict(told_of)) if self.fonds else None
        told = repr((fonds, self.file, asdict(row) if row else None))
        return f"{READING_VERSION}:{hashlib.sha256(told.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The store has this very reading of these very bytes."""

    id: str


@dataclass(frozen=True, slots=True)
class ListedTitle:
    """A file that a finding aid lists and of which nothing is scanned: its title alone says what it is about. ``day``:
    the last that its period has."""

    file: str
    title: str
    day: str | None


@dataclass(frozen=True, slots=True)
class TitlesTask:
    """Some listed files of one fonds, whose titles are read together. ``unit``: that of the fonds' creator."""

    titles: tuple[ListedTitle, ...]
    unit: str | None
    path: None = None
    source: None = None
    known: None = None

    @property
    def id(self) -> str:
        """The first file's id."""
        return self.titles[0].file


@dataclass(frozen=True, slots=True)
class FilePlaces:
    """What listed files are about."""

    edges: tuple[Edge, ...]


Job = Task | TitlesTask
Outcome = RecordGraph | Quarantined | Secret | Unchanged | FilePlaces


def perform(task: Job) -> Outcome:
    """Read, extract and link one record. What cannot be read comes back as Quarantined; nothing is raised for it."""
    if isinstance(task, TitlesTask):
        return _file_places(task)
    try:
        return _listed(task) if task.path is None else _scanned(task, task.path)
    except HosoError as error:
        reason = getattr(error, "reason", error.code)
        return _quarantined(task, reason, error.message)
    except (OSError, MemoryError) as error:
        return _quarantined(task, "unreadable", f"{task.source}: {error}")
    except Exception as error:  # a fault of the program: one record waits, the delivery goes on
        # By its kind alone: what an exception says may quote the page, and the page may be secret.
        return _quarantined(task, "unreadable", say("read_fault", source=task.source, kind=type(error).__name__))


def _file_places(task: TitlesTask) -> FilePlaces:
    from nlp.model import Context
    from nlp.titles import title_places
    from ontology.registry import load

    asked = ((listed.title, Context(date=listed.day, unit=task.unit)) for listed in task.titles)
    found = zip(task.titles, title_places(asked), strict=True)
    return FilePlaces(
        tuple(edge for listed, places in found for edge in place_edges(listed.file, places, task.unit, load()))
    )


def _quarantined(task: Task, reason: str, message: str) -> Quarantined:
    return Quarantined(task.source or task.id, reason, message, task.fonds.id if task.fonds else None, task.file)


def _scanned(task: Task, path: Path) -> Outcome:
    from kg.readers.reading import read_file

    sha256 = _sha256(path)
    if task.known == (sha256, task.reading()):
        return Unchanged(task.id)
    reading = read_file(path)
    failed = {page.number: page.problem for page in reading.pages if page.problem}
    if 1 in failed:
        # The first page may bear a secrecy stamp: what it says must be known before the rest is shown.
        raise Unreadable(say("first_page_failed", source=task.source, problem=failed[1]), reason=str(failed[1]))
    text = PAGE_BREAK.join(page.text for page in reading.pages)
    return _linked(task, text, sha256=sha256, method=reading.method, pages=_pages(reading), failed=failed)


def _listed(task: Task) -> Outcome:
    """A document that is only listed: its title is all there is. Where another delivery brought its scan under the same
    code, the scan stands."""
    if task.known is not None and (task.known[0] is not None or task.known[1] == task.reading()):
        return Unchanged(task.id)
    return _linked(task, "", sha256=None, method="listed", pages=None)


def _pages(reading: Reading) -> int | None:
    return len(reading.pages) if reading.pages_counted else None


def _linked(
    task: Task,
    text: str,
    *,
    sha256: str | None,
    method: str,
    pages: int | None,
    failed: Mapping[int, str | None] | None = None,
) -> Outcome:
    from nlp import extract
    from nlp.model import Context
    from nlp.subject import subject_of_title
    from ontology.registry import load

    metadata, fonds = task.metadata, task.fonds
    if metadata and metadata.access == "secret":
        level = str(metadata.values.get("secrecy") or "mat")
        return Secret(task.id, task.source or "", level, fonds.id if fonds else None, task.file, sha256)
    context = Context(
        date=metadata.date if metadata else None,
        unit=fonds.unit if fonds else None,
        issuer=metadata.issuer if metadata else None,
        number=metadata.number if metadata else None,
        title=metadata.title if metadata else None,
        file_name=Path(task.source).name if task.source else None,
        method=method if task.source else None,
    )
    extraction = extract(text, id=task.id, source=task.source, context=context)
    if extraction.secrecy:
        return Secret(task.id, task.source or "", extraction.secrecy, fonds.id if fonds else None, task.file, sha256)
    if task.path is not None and not extraction.readable and not _is_described(metadata):
        # Nobody can find it: no word on the page, none in a list (PRACTICE.md §1.11: without a title it waits).
        raise Unreadable(say("no_text_read", source=task.source), reason=NO_TEXT)
    title = metadata.title if metadata else None
    by_title = extract(title, id=task.id, context=context) if title else None
    title_places = tuple(by_title.places) if by_title else ()
    by_words = subject_of_title(title) if title else "other"
    if extraction.subject == "other" or by_words == "denunciation":  # closed by its title, whatever the page is about
        extraction.subject = by_words
    delivered = Delivered(
        id=task.id,
        source=task.source,
        fonds=fonds,
        file=task.file,
        sha256=sha256,
        reading=task.reading() + (_INCOMPLETE if failed else ""),
        method=method,
        root=task.root,
        failed_pages=tuple(sorted(failed or ())),
        metadata=metadata,
        pages=pages,
        page_starts=_page_starts(extraction.text),
        title_places=title_places,
    )
    return _as_register(link_record(extraction, delivered, load()), metadata)


def _is_described(metadata: RecordMetadata | None) -> bool:
    """Whether a row of a table says what the record is."""
    return metadata is not None and bool(metadata.title or metadata.number or metadata.register)


def _as_register(graph: RecordGraph, metadata: RecordMetadata | None) -> RecordGraph:
    """A record that a list of registers describes is a register, with what the list says of the book."""
    if metadata is None or metadata.register is None:
        return graph
    told = {key: value for key, value in asdict(metadata.register).items() if value is not None}
    record = replace(graph.record, kind="register", extra={**graph.record.extra, "register": told})
    return replace(graph, record=record)


def _page_starts(text: str) -> tuple[int, ...]:
    starts = [0]
    position = text.find(PAGE_BREAK)
    while position >= 0:
        starts.append(position + 1)
        position = text.find(PAGE_BREAK, position + 1)
    return tuple(starts)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
