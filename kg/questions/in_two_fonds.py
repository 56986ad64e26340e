"""Files that are found in two fonds at once, each with the proofs: one paper cannot lie in both (PRACTICE.md §1.2)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.model import File
from kg.questions.holdings import Holdings, several
from kg.readers.tables.folded import compact, words

_WORDS_OF_A_TITLE = 4
"""Titles of fewer words recur by chance."""
_YEAR = re.compile(r"(?:1[89]|20)\d\d$")
_SHEETS_APART = (1.25, 2)
"""Two archivists who count one file differ by a few sheets in a hundred, hardly by a quarter and two."""
_SCHEME = 3
"""From so many rows on, two lists that have a quarter of their rows in common were written after one scheme."""

Twice = Mapping[str, Mapping[str, set[str]]]
"""Of a file that is found in two fonds: the other fonds, each with the reasons (scan, folder, code, listed, documents)."""


def in_two_fonds(files: Sequence[File], held: Holdings, sizes: Mapping[str, int] | None = None) -> Twice:
    """Files found in two fonds. Proofs: the same scan in files of both, one folder of a file whose scans went to both, one
    archive code in both, one row in the lists of both, documents of one file under both.

    A row that three fonds and more have, and rows of two lists that have much in common, are the wording of a scheme
    that many lists follow, and prove nothing; nor does a title that every office has every year ("Công văn đi năm
    2001"). That the fonds of a file is not known does not make another fonds of it. ``sizes``: how many files each fonds has, where ``files`` are not all.
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
    sizes = sizes or Counter(fonds_of.values())
    for group in several(_by_archive_code(files, sizes)):
        together(group, "code")
    for rows in _same_rows(files, sizes):
        together(rows, "listed")
    for file in files:
        for other in held.of(file.id).fonds - {file.fonds}:
            found.setdefault(file.id, {}).setdefault(other, set()).add("documents")
    return found


class Like:
    """Tells which files of other fonds may be one with a file of the fonds asked for: the rest need not be kept."""

    def __init__(self, files: Sequence[File]) -> None:
        self._codes = {compact(file.code or "") for file in files}
        self._sheets = {file.sheets for file in files if file.sheets}
        self._titles = {words(file.title) for file in files if file.title}
        self._made = {_made(file) for file in files if file.code}
        self._told = {text for file in files for text in _told(file)}

    def may_be_one(self, file: File) -> bool:
        """Whether the two may be one."""
        code = compact(file.code or "")
        if file.title and (code in self._codes or file.sheets in self._sheets) and words(file.title) in self._titles:
            return True
        known = self._made | self._told if file.extra.get("archive_code") or not code.isalnum() else self._made
        return any(text in known for text in _told(file)) or _made(file) in self._told


def _made(file: File) -> str:
    return compact(f"{file.fonds or ''} {file.code or ''}")


def _told(file: File) -> list[str]:
    """The archive's codes of a file ("P01.H012"): as a column gives it, or as its number where that may be one."""
    texts = (file.extra.get("archive_code"), file.code if file.code and not file.code.isalnum() else None)
    return [compact(str(text)) for text in texts if text]


def _by_archive_code(files: Sequence[File], known: Iterable[str]) -> dict[str, set[str]]:
    """Files by the archive's code of them, which names fonds and file: what a column of such codes gives, unless the titles
    speak against it (many archives number the files of every fonds alike); and a number that begins with the code of a
    fonds ("P01.H012" in the list of P02)."""
    told: defaultdict[str, set[str]] = defaultdict(set)
    named: defaultdict[str, set[str]] = defaultdict(set)
    fonds = {code for code in map(compact, known) if not code.isdigit()}  # "01.01" is a number among others
    for file in files:
        for text in _told(file):
            if _begins_with(text, fonds):
                told[text].add(file.id)
        if code := file.extra.get("archive_code"):
            text = compact(str(code))
            told[text].add(file.id)
            named[text].add(words(file.title or ""))
    if not told:
        return told
    for file in files:
        if file.fonds and file.code and (made := _made(file)) in told:
            told[made].add(file.id)
    return {text: group for text, group in told.items() if len(named[text] - {""}) < 2 or _begins_with(text, fonds)}


def _begins_with(text: str, fonds: set[str]) -> bool:
    """Whether a code begins with that of a fonds and goes on."""
    return any(text[:length] in fonds for length in range(1, len(text)))


def _same_rows(files: Sequence[File], sizes: Mapping[str, int]) -> list[list[str]]:
    """Listed files of two fonds that are one by their rows: number and title, with nothing that speaks against it; or
    title, period and sheets, all told."""
    by_title: dict[str, list[File]] = defaultdict(list)
    for file in files:
        if file.title:
            by_title[words(file.title)].append(file)
    rows: dict[tuple[object, ...], list[File]] = defaultdict(list)
    for title, alike in by_title.items():
        if len({file.fonds for file in alike}) < 2 or len(title.split()) < _WORDS_OF_A_TITLE:
            continue
        for file in alike:
            if file.code and _is_of_its_own(title):
                rows["code", compact(file.code), title].append(file)
            if file.since and file.until and file.sheets:
                rows["period", title, file.since, file.until, file.sheets].append(file)
    found = [alike for alike in rows.values() if len({file.fonds for file in alike}) == 2 and _may_be_one(alike)]
    schemes = _schemes(found, sizes)
    return [[file.id for file in alike] for alike in found if _pair(alike) not in schemes]


def _is_of_its_own(title: str) -> bool:
    """Whether a title says more than what every office has every year."""
    told = title.split()
    return len([word for word in told if not word.isdigit()]) >= _WORDS_OF_A_TITLE and not any(
        _YEAR.match(word) for word in told
    )


def _may_be_one(alike: Sequence[File]) -> bool:
    """Whether neither period, nor term, nor sheets speak against rows being of one file."""
    if len({(file.since, file.until) for file in alike if file.since or file.until}) > 1:
        return False
    if len({file.retention for file in alike if file.retention}) > 1:
        return False
    for counts in ([file.sheets for file in alike if file.sheets], [file.pages for file in alike if file.pages]):
        if counts and max(counts) > min(counts) * _SHEETS_APART[0] + _SHEETS_APART[1]:
            return False
    return True


def _pair(alike: Sequence[File]) -> frozenset[str]:
    return frozenset(str(file.fonds) for file in alike)


def _schemes(found: Sequence[Sequence[File]], sizes: Mapping[str, int]) -> set[frozenset[str]]:
    """The pairs of fonds whose lists have so many rows in common that they follow one scheme."""
    common: defaultdict[frozenset[str], set[str]] = defaultdict(set)
    for alike in found:
        common[_pair(alike)].update(file.id for file in alike)
    return {
        pair
        for pair, shared in common.items()
        if len(shared) >= 2 * _SCHEME and len(shared) / 2 * 4 > min(sizes[fonds] for fonds in pair)
    }
