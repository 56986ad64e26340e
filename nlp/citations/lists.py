"""Acts that a record repeals or replaces in a list: "Bãi bỏ các văn bản sau đây: 1. Quyết định số ...; 2. Chỉ thị ...",
the same as a table, or in an annex ("danh mục kèm theo").

The sentence that opens the list names no act; each entry's first act is meant, what its title names besides is not.
A list ends with the next article.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise

from nlp.citations.finder import Reference
from nlp.flat import Flat, Stretches
from nlp.model import Effect, Relation, Scope

_KINDS = r"(?:van ban|quyet dinh|nghi quyet|chi thi|thong tu|nghi dinh|quy dinh|quy che)"
_MANY = rf"(?:(?:cac|nhung|mot so|toan bo|mot phan|hieu luc)(?:\s\w+){{0,5}}?|\d{{1,3}}(?:\s?\([^)]{{1,40}}\))?)\s{_KINDS}"
_ACTIVE = re.compile(
    rf"(?<!duoc )(?<!bi )(?<!da )(?<!\w)(?P<cue>bai bo|huy bo|thay the|cham dut hieu luc)\s(?P<what>{_MANY}[^:;.\n]{{0,160}})"
    r"(?:[:.\n]|(?<=sau)\s|(?<=day)\s)"
)
_PASSIVE = re.compile(
    rf"(?<!\w)(?P<what>(?:cac|nhung|\d{{1,3}})\s{_KINDS}\s(?:sau|duoi)(?: day)?[^:;.\n]{{0,60}}?\s?"
    r"(?P<cue>het hieu luc|bi bai bo|duoc bai bo|bi thay the|duoc thay the|khong con hieu luc)[^:;.\n]{0,100}):"
)
_LISTED = re.compile(r"(?<!\w)(?:sau|sau day|duoi day|co ten|gom|bao gom)(?!\w)|:$")
_ANNEX = re.compile(r"(?<!\w)(?:danh muc|phu luc)(?!\w)")
_ARTICLE = re.compile(r"(?<!\w)dieu\s?\d{1,2}\s?[.:]")
_CLAUSE = re.compile(r"\s?(\d{1,2})[.)]\s")
_CLAUSE_MARK = re.compile(r"(?<!\S)(\d{1,2})[.)] ?")
_SO_BEFORE = re.compile(r"(?<!\w)so\s?[:.]?\s?$")
_SO_REACH = 8
_SPEAKS_AGAIN = re.compile(
    r"(?:quyet dinh|nghi quyet|chi thi|quy dinh|thong tu|van ban|nghi dinh) nay |(?<=[.)] )(?:bai bo|thay the|huy bo|sua doi|bo sung|dinh chinh) "
)
_MARK = re.compile(r"(?<!\S)(?P<mark>\d{1,3}(?:\.\d{1,2})?[.)/]|[a-zđ]\)|[-–+*•]|\d{1,3}(?=\s))\s?")
_PIECE = re.compile(
    r"(?<!\w)(?:khoan|diem|dieu \d|cac dieu|muc \w+|chuong|phu luc|noi dung|mot phan|mot so|doan|cum tu|gach dau dong)(?!\w)"
)
_OWN_PIECE = re.compile(
    r"(?:tai|trong|ban hanh) (?:kem theo )?(?:danh muc|phu luc)|mot so (?:van ban|quyet dinh|nghi quyet|chi thi)"
)
_MARK_WIDTH = 5
_ROW_REACH = 60
_OPENING_REACH = 400


@dataclass(frozen=True, slots=True)
class List:
    """A stretch of the flat text in which acts are listed, what happens to them and whether only to parts."""

    start: int
    end: int
    relation: Relation
    part: bool


def lists(flat: Flat, refs: list[Reference], zone: tuple[int, int]) -> list[List]:
    """The lists of affected acts in a zone of the flat text."""
    folded = flat.folded
    found: list[List] = []
    heads = [ref.start for ref in refs]
    breaks = _Breaks(flat)
    for pattern in (_ACTIVE, _PASSIVE):
        for match in pattern.finditer(folded, *zone):
            if bisect_right(heads, match.end("what")) != bisect_right(heads, match.start()):
                continue  # the sentence names the act itself
            what = match.group("what") + folded[match.end("what") : match.end("what") + 1]
            opening = List(
                match.end(), zone[1], "replaces" if "thay" in match.group("cue") else "repeals", "mot phan" in what
            )
            if _LISTED.search(what):
                found.append(replace(opening, end=breaks.end(match.start(), match.end(), zone[1])))
            elif (annex := _annex(flat, breaks, match.start(), zone[1])) is not None:
                found.append(replace(opening, start=annex))
    return _one_behind_the_other(found)


def _one_behind_the_other(found: list[List]) -> list[List]:
    """The lists in order, each ending where the next begins; of two that begin together the first."""
    first: dict[int, List] = {}
    for one in found:
        first.setdefault(one.start, one)
    ordered = [first[start] for start in sorted(first)]
    return [replace(one, end=min(one.end, following.start)) for one, following in pairwise(ordered)] + ordered[-1:]


class _Breaks:
    """Where lists can end: articles, lines in which the record speaks of itself or acts again, numbered clauses; and
    where annexes begin. Found once a text, so that many lists cost no more than one."""

    def __init__(self, flat: Flat) -> None:
        folded = flat.folded
        self._flat = flat
        self._articles = [
            match.start()
            for match in _ARTICLE.finditer(folded)
            if flat.line_start(match.start()) == match.start()
            or folded[match.start() - 2 : match.start()] in (". ", "; ")
        ]
        self._speaks = [
            (match.start(), line)
            for match in _SPEAKS_AGAIN.finditer(folded)
            if match.start() - (line := flat.line_start(match.start())) < _MARK_WIDTH
        ]
        self._clauses: dict[int, list[int]] = {}
        for match in _CLAUSE_MARK.finditer(folded):
            if flat.line_start(match.start()) == match.start():
                self._clauses.setdefault(int(match.group(1)), []).append(match.start())
        self.annexes = [
            match.span()
            for match in _ANNEX.finditer(folded)
            if flat.shown[match.start() : match.end()].isupper() and flat.line_start(match.start()) == match.start()
        ]

    def end(self, opening: int, start: int, limit: int) -> int:
        """Where a list ends that a sentence at ``opening`` opens and that begins at ``start``: the next article, the
        clause behind the one that opened it, or a line in which the record speaks of itself or acts again."""
        limit = _next(self._articles, start, limit)
        index = bisect_left(self._speaks, (start, 0))
        if index < len(self._speaks) and self._speaks[index][0] < limit:
            limit = self._speaks[index][1]
        if clause := _CLAUSE.match(self._flat.folded, self._flat.line_start(opening), opening):
            limit = _next(self._clauses.get(int(clause.group(1)) + 1, []), start, limit)
        return limit


def _next(places: list[int], start: int, limit: int) -> int:
    """The first of sorted places from ``start`` on, ``limit`` where none lies before it."""
    index = bisect_left(places, start)
    return min(limit, places[index]) if index < len(places) else limit


def _annex(flat: Flat, breaks: _Breaks, start: int, limit: int) -> int | None:
    """Where the annex begins that an article names as its list ("có danh mục kèm theo"): its heading in capitals."""
    sentence = re.search(r"[.;]\s|\n", flat.folded[start : start + _OPENING_REACH])
    stop = start + (sentence.start() if sentence else _OPENING_REACH)
    if not _ANNEX.search(flat.folded, start, stop):
        return None
    index = bisect_left(breaks.annexes, (stop, 0))
    if index < len(breaks.annexes) and breaks.annexes[index][1] <= limit:
        return breaks.annexes[index][1]
    return None


def listed_effects(
    flat: Flat, refs: list[Reference], found: list[List], quoted: Stretches
) -> list[tuple[Reference, Effect]]:
    """The effects on the acts of the lists: the first act of each entry."""
    effects: list[tuple[Reference, Effect]] = []
    heads = [ref.start for ref in refs]
    for one in found:
        within = refs[bisect_left(heads, one.start) : bisect_left(heads, one.end)]
        inside = [ref for ref in within if not quoted.hold(ref.start)]
        marks = _marks(flat, one, inside)
        seen: set[int] = set()
        for ref in inside:
            entry = marks[bisect_right(marks, ref.start) - 1] if marks and marks[0] <= ref.start else None
            if entry is None or entry in seen:
                continue
            seen.add(entry)
            before = _OWN_PIECE.sub("", flat.folded[entry : ref.start])
            scope: Scope = "part" if one.part or _PIECE.search(before) else "whole"
            effects.append((ref, Effect(ref.number, one.relation, scope, ref.start, ref.end, ref.type, ref.date, ref.title)))  # fmt: skip
    return effects


def _marks(flat: Flat, one: List, refs: list[Reference]) -> list[int]:
    """Where the entries begin: numbered, lettered, dashed, rows of a table, or acts that begin a line, follow ";" or
    continue a row of numbers ("các Quyết định: số A ngày ..., số B ngày ...")."""
    folded = flat.folded
    starts = [ref.start for ref in refs]
    marks: set[int] = set()
    for match in _MARK.finditer(folded, one.start, one.end):
        begins = flat.line_start(match.start()) == match.start() or folded[match.start() - 1] == "\n"
        if match.group("mark").isdigit():
            index = bisect_right(starts, match.end() - 1)
            if begins and index < len(starts) and starts[index] - match.end() <= _ROW_REACH:
                marks.add(match.start())
        elif begins or folded[match.start() - 2 : match.start() - 1] in (":", ";", "."):
            marks.add(match.start())
    numbered = bool(marks)
    rows: set[int] = set()
    for before, ref in zip([None, *refs], refs, strict=False):
        start = ref.start
        so = _SO_BEFORE.search(folded, max(0, start - _SO_REACH), start)
        lead = so.start() if so else start
        line = flat.line_start(lead) == lead and not numbered
        opens = folded[max(0, lead - 2) : lead] in ("; ", ";\n", ": ") or (not marks and start == starts[0])
        if line or opens or (ref.listed and before is not None and before.start in rows):
            marks.add(start)
            rows.add(start)
    return sorted(marks)
