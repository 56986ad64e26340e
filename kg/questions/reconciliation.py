"""Where lists and scans differ: listed and not scanned, scanned and not listed, counted otherwise, in two fonds at once.

Two kinds of lists speak: the finding aid of its files, the manifest (a list of documents) of the documents in each. A
difference says which of them it is with (``list``: ``finding_aid``, ``manifest``): a file that no finding aid has may well
have a row in a manifest whose scan is missing, and these are two differences with two lists.

Reconciliation is the archive's first job of the day (PRACTICE.md §2). A difference is told where it can be known: an
estimated number of pages speaks against a list only where the two are far apart, and then the difference says so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg import wording
from kg.model import File, Record
from kg.questions.difference_words import kind_of
from kg.questions.forms import Json
from kg.questions.holdings import EMPTY, FileCount, Holdings
from kg.questions.in_two_fonds import Twice
from kg.readers.tables.folded import words
from kg.store.protocol import Store

_ESTIMATE = 2
"""How many times as many pages as were estimated there may well be: a page has 900 to 3,600 characters."""


@dataclass(frozen=True, slots=True)
class Differences:
    """The differences of one fonds: the first ones as rows, all of them counted by kind, and by kind and list
    (``difference_words.kind_of``)."""

    rows: list[Json]
    by_kind: Mapping[str, int]
    by_list: Mapping[str, int]


def differences(
    fonds: str,
    files: Sequence[File],
    held: Holdings,
    twice: Twice,
    *,
    title: Callable[[File], str | None],
    limit: int | None = None,
) -> Differences:
    """The differences of one fonds' files, in the order of the files, the scans that lie in no file last. ``title``: as
    this reader sees it; ``limit``: rows that are made, None for all.

    A row: ``{"kind", "file" (null for loose scans), "code", "title", "listed", "found"}``, where there are some
    ``list`` (finding_aid, manifest: the list that it is with; ``listed`` and ``found`` count what the list has and what
    of it is scanned, ``not_listed``: all that is scanned, in files of a finding aid or documents of a manifest),
    ``documents`` (ids of the first ones; ``name_documents`` says what they are), ``why`` and, of sheets, ``unit`` and ``estimated``.
    """
    has_list = any(file.listed for file in files)
    rows: list[Json] = []
    kinds: Counter[str] = Counter()
    lists: Counter[str] = Counter()

    def tell(file: File | None, kind: str, listed: object, there: object, more: Json) -> None:
        if limit is None or len(rows) < limit:
            row = {"kind": kind, "file": None, "code": None, "title": None, "listed": listed, "found": there}
            known = {"file": file.id, "code": file.code, "title": title(file)} if file else {}
            rows.append({**row, **known, **more})
        kinds[kind] += 1
        lists[kind_of({"kind": kind, **more})] += 1

    for file in files:
        for kind, listed, there, more in _of_file(file, held, twice.get(file.id, {}), has_list=has_list):
            doubt = {"why": [*more.get("why", ()), "same_number"]} if file.extra.get("same_number") else {}
            tell(file, kind, listed, there, {**more, **doubt})
    loose = held.loose.get(fonds, EMPTY)
    if has_list and loose.rowless:
        tell(
            None,
            "not_listed",
            None,
            loose.rowless,
            {"list": "finding_aid", "documents": loose.unlisted, "why": ["loose"]},
        )
    return Differences(rows, dict(sorted(kinds.items())), dict(sorted(lists.items())))


def _of_file(
    file: File, held: Holdings, twice: Mapping[str, set[str]], *, has_list: bool
) -> Iterable[tuple[str, object, object, Json]]:
    count = held.of(file.id)
    delivered = count.scanned + count.unread
    lacking = count.documents - count.scanned
    if file.listed and not count.scanned and not count.secret:
        why = {"why": ["unreadable"]} if count.unread else {}
        yield "not_scanned", lacking or None, 0, {"list": "finding_aid", "documents": count.missing, **why}
    elif delivered == 0 and lacking:
        yield "not_scanned", lacking, 0, {"list": "manifest", "documents": count.missing}
    elif lacking:
        yield "not_scanned", count.rows, count.rows - lacking, {"list": "manifest", "documents": count.missing}
    if has_list and not file.listed and delivered:
        yield "not_listed", None, delivered, {"list": "finding_aid"}
    elif 0 < count.rowless < count.documents:
        yield "not_listed", count.rows, count.scanned, {"list": "manifest", "documents": count.unlisted}
    if (odd := _sheets_disagree(file, count)) is not None:
        yield "sheets", odd[0], count.pages_scanned, {"unit": odd[1], "estimated": not count.pages_exact}
    if twice:
        why_twice = sorted(set().union(*twice.values()))
        yield "in_two_fonds", file.fonds, sorted(twice), {"why": why_twice}


def name_documents(rows: Sequence[Json], store: Store) -> None:
    """Say beside the ids of a difference's ``documents`` what they are (``named``): scans by their path, listed documents by
    number, else kind and day, else title."""
    known = store.records({ident for row in rows for ident in row.get("documents", ())})
    for row in rows:
        if row.get("documents"):
            found = [known[ident] for ident in row["documents"] if ident in known]
            row["named"] = [(row["kind"] == "not_listed" and one.source) or _words_of(one) for one in found]


def _words_of(record: Record) -> str:
    day = record.date or record.date_partial
    dated = " ".join(filter(None, (record.type, wording.day(day))))
    return record.number or (dated if day else record.title or dated) or record.id


def _sheets_disagree(file: File, count: FileCount) -> tuple[int, str] | None:
    """What the list says (sheets, else pages) where the pages scanned do not fit it: a sheet has one or two pages. None
    where they fit, and where part of the file is not scanned, set aside, secret or written by hand."""
    if not count.scanned or count.unread or count.scanned < count.documents:
        return None
    if not count.pages_exact and not count.readable:
        return None
    most = _ESTIMATE if not count.pages_exact else 1
    pages = count.pages_scanned
    if file.sheets is not None:
        fits = file.sheets <= pages * most and pages <= 2 * file.sheets * most
        return None if fits else (file.sheets, "sheets")
    if file.pages is not None and file.listed:
        fits = file.pages <= pages * most and pages <= file.pages * most
        return None if fits else (file.pages, "pages")
    return None


def duplicates(files: Sequence[File], same_bytes: Mapping[str, Sequence[Record]], shown: Iterable[str]) -> list[Json]:
    """What stands twice in one fonds: scans of the same bytes (of records that may be shown), and listed files of one
    title, period and number of sheets."""
    visible = set(shown)
    found: list[Json] = []
    for records in same_bytes.values():
        named = [record for record in records if record.id in visible]
        if len(named) > 1:
            holders = sorted({record.file for record in named if record.file})
            found.append({"kind": "scan", "records": sorted(record.id for record in named), "files": holders})
    rows: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for file in files:
        if file.title and file.since and file.until and file.sheets:
            rows[words(file.title), file.since, file.until, file.sheets].append(file.id)
    found += [{"kind": "file", "records": [], "files": alike} for alike in rows.values() if len(alike) > 1]
    return sorted(found, key=lambda row: (row["kind"], row["files"], row["records"]))
