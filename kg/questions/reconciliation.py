"""Where lists and scans differ: listed and not scanned, scanned and not listed, counted otherwise, in two fonds at once.

Two kinds of lists speak: the finding aid of its files, the manifest (a list of documents) of the documents in each. A
difference says which of them it is with (``list``: ``finding_aid``, ``manifest``): a file that no finding aid has may well
have a row in a manifest whose scan is missing, and these are two differences with two lists.

Reconciliation is the archive's first job of the day (PRACTICE.md §2). A difference is told where it can be known: an
estimated number of pages speaks against a list only where the two are far apart, and then the difference says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.model import File, Record
from kg.questions.forms import Json
from kg.questions.holdings import FileCount, Holdings, several
from kg.readers.tables.folded import compact, words

_ESTIMATE = 2
"""How many times as many pages as were estimated there may well be: a page has 900 to 3,600 characters."""
_WORDS_OF_A_TITLE = 4
"""Titles of fewer words recur by chance."""

Twice = Mapping[str, Mapping[str, set[str]]]
"""Of a file that is found in two fonds: the other fonds, each with the reasons (scan, folder, code, listed, documents)."""


def differences(files: Sequence[File], held: Holdings, twice: Twice, shown: Mapping[str, str | None]) -> list[Json]:
    """The differences of one fonds' files, in the order of the files. ``shown``: titles as this reader sees them.
    ``listed`` and ``found`` count what the list has and what of it is scanned (``not_listed``: all that is scanned), in
    files of a finding aid or documents of a manifest; ``documents``: ids of the first ones."""
    has_list = any(file.listed for file in files)
    found: list[Json] = []
    for file in files:
        count = held.of(file.id)
        for kind, listed, there, more in _of_file(file, count, twice.get(file.id, {}), has_list=has_list):
            row = {"kind": kind, "file": file.id, "code": file.code, "title": shown.get(file.id), "listed": listed}
            found.append({**row, "found": there, **more})
    return found


def _of_file(
    file: File, count: FileCount, twice: Mapping[str, set[str]], *, has_list: bool
) -> Iterable[tuple[str, object, object, Json]]:
    delivered = count.scanned + count.unread
    lacking = count.documents - count.scanned
    if delivered == 0 and (file.listed or lacking):
        by = "finding_aid" if file.listed else "manifest"
        yield "not_scanned", lacking or None, 0, {"list": by, "documents": count.missing}
    elif lacking > count.unread:
        yield "not_scanned", count.rows, count.rows - lacking, {"list": "manifest", "documents": count.missing}
    if has_list and not file.listed and count.scanned:
        yield "not_listed", None, count.scanned, {"list": "finding_aid"}
    elif 0 < count.rowless < count.documents:
        yield "not_listed", count.rows, count.scanned, {"list": "manifest", "documents": count.unlisted}
    if (odd := _sheets_disagree(file, count)) is not None:
        yield "sheets", odd[0], count.pages_scanned, {"unit": odd[1], "estimated": not count.pages_exact}
    if twice:
        why = sorted(set().union(*twice.values()))
        yield "in_two_fonds", file.fonds, sorted(twice), {"why": why}


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


def in_two_fonds(files: Sequence[File], held: Holdings) -> Twice:
    """Files found in two fonds. Proofs: the same scan in files of both, one folder of a file whose scans went to both, one
    archive code in both, one row in the lists of both, documents of one file under both.

    A row that three fonds and more have is the wording of a scheme that many lists follow, and proves nothing. That the
    fonds of a file is not known does not make another fonds of it: such a file proves nothing either.
    """
    files = [file for file in files if file.fonds]
    fonds_of = {file.id: str(file.fonds) for file in files}
    codes = {file.id: file.code or "" for file in files}
    found: dict[str, dict[str, set[str]]] = {}

    def together(group: Iterable[str], why: str) -> None:
        members = [(ident, fonds_of[ident]) for ident in group if ident in fonds_of]
        for ident, own in members:
            for other in {fonds for _, fonds in members} - {own}:
                found.setdefault(ident, {}).setdefault(other, set()).add(why)

    for group in several(held.scans):
        together(group, "scan")
    for folder, holders in held.folders.items():
        if len(holders) > 1 and (name := compact(folder.rpartition("/")[2])):
            together([ident for ident in holders if compact(codes.get(ident, "")) == name], "folder")
    for group in several(_by_archive_code(files)):
        together(group, "code")
    for rows in _same_rows(files):
        together(rows, "listed")
    for file in files:
        for other in held.of(file.id).fonds - {file.fonds}:
            found.setdefault(file.id, {}).setdefault(other, set()).add("documents")
    return found


def _by_archive_code(files: Sequence[File]) -> dict[str, set[str]]:
    """Files by the archive's code of them ("P01.H012"), which names fonds and file: as a table gives it, or as fonds and
    number make it where a file elsewhere bears such a code."""
    told: dict[str, set[str]] = defaultdict(set)
    for file in files:
        code = file.extra.get("archive_code")
        for text in (code, file.code if file.code and not file.code.isalnum() else None):
            if text:
                told[compact(str(text))].add(file.id)
    if not told:
        return told
    for file in files:
        made = compact(f"{file.fonds or ''} {file.code or ''}")
        if made in told and file.fonds and file.code:
            told[made].add(file.id)
    return told


def _same_rows(files: Sequence[File]) -> list[list[str]]:
    """Listed files of two fonds that are one by their rows: number and title, with no period that speaks against it; or
    title, period and sheets, all told."""
    by_title: dict[str, list[File]] = defaultdict(list)
    for file in files:
        if file.title:
            by_title[words(file.title)].append(file)
    rows: dict[tuple[object, ...], list[File]] = defaultdict(list)
    for title, alike in by_title.items():
        if len({file.fonds for file in alike}) < 2:
            continue
        for file in alike:
            if file.code:
                rows["code", compact(file.code), title].append(file)
            if file.since and file.until and file.sheets and title.count(" ") + 1 >= _WORDS_OF_A_TITLE:
                rows["period", title, file.since, file.until, file.sheets].append(file)
    found = []
    for alike in rows.values():
        if len(alike) > 1 and len({file.fonds for file in alike}) == 2:
            periods = {(file.since, file.until) for file in alike if file.since or file.until}
            if len(periods) <= 1:
                found.append([file.id for file in alike])
    return found


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
