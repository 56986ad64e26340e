"""What the record does to the acts it names: amends, replaces, repeals; whole or part.

A cue counts where the record itself speaks: in its title and its articles, not in the grounds (Căn cứ ...), not in
quotations, and not in the title of another act ("bãi bỏ QĐ A về việc sửa đổi QĐ B" touches A only).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

from nlp.citations.finder import Reference
from nlp.data import table
from nlp.flat import Stretches
from nlp.model import Effect, Relation, Scope
from ontology.folding import fold

_SENTENCE_END = re.compile(r"(?<=[^\d])[.;]\s|(?<=\d)[.;]\s(?=[^\d])|\n")
_NESTING = re.compile(
    r"(?:sua doi|bo sung|thay the|bai bo|huong dan|thi hanh|thuc hien|quy dinh chi tiet|ban hanh kem theo|kem theo|theo|tai|cua|boi|"
    r"quy dinh|can cu|dieu \d+|dieu|va|mot so noi dung)\s?(?:mot so\s)?(?:dieu\s)?(?:cua\s)?$"
)
_PASSIVE_BEFORE = re.compile(r"(?:duoc|bi|da|chua|khong)\s?$")
_HISTORY = re.compile(r"(?:^|\s)(?:duoc|da duoc|da)\s(?:sua doi|bo sung|thay the|bai bo)")
_EXPIRED = re.compile(
    r"(?:het|cham dut|khong con)\s(?:hieu luc)|bi bai bo|bi thay the|duoc (?:bai bo|thay the boi) (?:quyet dinh|nghi quyet|thong tu|nghi dinh) nay"
)
_PART_OBJECT = re.compile(
    r"(?<!\w)(?:mot so|khoan|diem|dieu \d|dieu\s(?:khoan)|cac dieu|muc|chuong|phan|phu luc|bieu|mau|cum tu|tu ngu|tu|noi dung|cac noi dung|doan|tiet|dong|ten|gach dau dong|danh muc|quy dinh tai)(?!\w)"
)
_WORDING = re.compile(r"(?<!\w)(?:cum tu|tu ngu|tu|phu luc|bieu mau|mau so|khoan|diem|dieu \d|muc)(?!\w)")
_SPEAKS = re.compile(
    r"(?:^|[:;.,(“\"]|\n|(?<!\w)(?:\d+|[a-zđ])[.)]|[-+*])\s?$|(?:nay|ban hanh(?: kem theo)?|dong thoi|va|viec|quyet dinh|nghi quyet|thong tu|nghi dinh"
    r"|chi thi|hieu luc|ve|v/v|luat|la|toan bo|nay:)\s?$"
)
_AGAIN = re.compile(r"(?:[;:]|nay|dong thoi)\s?(?:va\s)?(?:bi\s)?$")
_AND_AGAIN = re.compile(r"(?:\s?cua\s[^,;.:()]{2,80}?)?\s?(?:,|,?\s?va|,?\s?dong thoi)\s?")
_AND_ALSO = re.compile(_AND_AGAIN.pattern + r"(?:cac\s|toan bo\s|ca\s)?")
_STAYS = re.compile(
    r"(?:\s?cua\s[^,;.:()]{2,80}?)?,?\s(?:duoc\s)?(?:giu nguyen|khong thay doi"
    r"|(?:van|con|van con|tiep tuc)\s(?:giu nguyen|nguyen|co|con)?\s?(?:hieu luc|gia tri|thuc hien|thi hanh))"
)
_ARTICLE_HEAD = re.compile(r"(?:^|[\n.;])\s?dieu \d+[a-z]?\s?[.:]")

_EXPIRY_REACH = 500
_CUE_REACH = 1500


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of change in the flat text."""

    start: int
    end: int
    relation: Relation


@cache
def _cues() -> re.Pattern[str]:
    words = sorted((row["cue"] for row in table("effect_cues.csv")), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")


@cache
def _relations() -> dict[str, Relation]:
    return {row["cue"]: cast(Relation, row["relation"]) for row in table("effect_cues.csv")}


def effects(
    folded: str, refs: list[Reference], zone: tuple[int, int], quoted: Stretches
) -> list[tuple[Reference, Effect]]:
    """The effects spoken in one zone (start, end in folded text). ``quoted`` stretches are silent."""
    found: list[tuple[Reference, Effect]] = []
    inside = [ref for ref in refs if zone[0] <= ref.start and ref.end <= zone[1] and not quoted.hold(ref.start)]
    if not inside:
        return []
    ends = [zone[0], *(match.end() for match in _SENTENCE_END.finditer(folded, *zone))]
    previous: tuple[Reference, Cue] | None = None
    for index, ref in enumerate(inside):
        start = ends[bisect_right(ends, ref.start) - 1]
        before = inside[index - 1] if index else None
        earlier = before if before and before.end <= ref.start and before.start >= start else None
        cue = None if _stays(folded, ref) else _own_cue(folded, start, ref, earlier, quoted)
        if cue is None and previous and _in_row(folded, previous[0], ref):
            cue = previous[1]
        if cue is None:
            cue = _expiry(folded, ref, zone[1])
        if cue is None:
            continue
        previous = (ref, cue)
        found.append((ref, _effect(folded, ref, cue)))
    return found


def _own_cue(folded: str, start: int, ref: Reference, earlier: Reference | None, quoted: Stretches) -> Cue | None:
    """The verb before the reference whose subject is the record: none of another act's name stands between."""
    after = earlier.end if earlier else start
    cues = [
        Cue(match.start(), match.end(), _relations()[match.group()])
        for match in _cues().finditer(folded, max(after, ref.start - _CUE_REACH), ref.start)
        if not quoted.hold(match.start())
    ]
    for cue in cues:
        before = folded[max(start, cue.start - 40) : cue.start]
        if _PASSIVE_BEFORE.search(before) or "vien dan" in before:
            continue
        if earlier and not _breaks_off(folded[after : cue.start]):
            continue  # the verb belongs to the other act's title
        return cue if _SPEAKS.search(before) or cue.start == start else None
    return None


def _breaks_off(between: str) -> bool:
    """Whether the record speaks again after another act was named: "; bãi bỏ ...", "... này thay thế", and right behind
    it "... và bãi bỏ", "..., thay thế"."""
    return _AGAIN.search(between) is not None or (
        _AND_AGAIN.fullmatch(between) is not None and _cues().search(between) is None
    )


def _stays(folded: str, ref: Reference) -> bool:
    """Whether the act is said to stay as it is: "Quyết định số A giữ nguyên hiệu lực"."""
    return _STAYS.match(folded, ref.end) is not None


def _in_row(folded: str, last: Reference, ref: Reference) -> bool:
    """Whether ``ref`` stands in a list of acts that began with ``last``: "các Quyết định số A ...; số B ..."."""
    between = folded[last.end : ref.start]
    if len(between) > 600 or _HISTORY.search(between) or _cues().search(between):
        return False
    if _ARTICLE_HEAD.search(between) or _stays(folded, ref):
        return False
    if ref.listed or _AND_ALSO.fullmatch(between):
        return True
    if _NESTING.search(between):
        return False
    return (
        re.search(r"(?:[;,]|(?<!\w)va|\d[.)]|[a-z]\)|[-+])\s?(?:cac\s|toan bo\s)?(?:so\s?[:.]?\s?)?$", between)
        is not None
    )


def _expiry(folded: str, ref: Reference, zone_end: int) -> Cue | None:
    """ "Quyết định số A hết hiệu lực kể từ ngày ..." said behind the act."""
    limit = min(zone_end, ref.end + _EXPIRY_REACH)
    stop = _SENTENCE_END.search(folded, ref.end, limit)
    end = stop.start() if stop else limit
    match = _EXPIRED.search(folded, ref.end, end)
    if match is None or re.search(r"(?:khi|neu|truong hop)\s", folded[max(0, ref.start - 30) : ref.start]):
        return None
    relation: Relation = "replaces" if "thay the" in match.group() else "repeals"
    return Cue(ref.start, ref.start, relation)


def _effect(folded: str, ref: Reference, cue: Cue) -> Effect:
    between = folded[cue.end : ref.start] if cue.end <= ref.start else ""
    relation = cue.relation
    in_part = _PART_OBJECT.search(between) is not None and not between.endswith("toan bo ")
    scope: Scope = "part" if relation == "amends" or in_part else "whole"
    if relation == "replaces" and _WORDING.search(between):
        relation, scope = "amends", "part"
    return Effect(ref.number, relation, scope, ref.start, ref.end, ref.type, ref.date, ref.title)


@cache
def _ranks() -> dict[str, int]:
    ranks = {row["symbol"]: int(row["rank"]) for row in table("act_ranks.csv")}
    ministries = (row["symbol"].upper() for row in table("symbols.csv") if fold(row["body"]).startswith("bo "))
    return {**dict.fromkeys(ministries, _MINISTRY), **ranks}


_MINISTRY = 4
_LOCAL = 5


def _rank(number: str | None) -> int:
    """How high the highest body stands that a symbol names behind its last slash ("TTLT-BTC-BTCCBCP": a joint paper of
    a ministry): the National Assembly first, provinces and below last. An act without a number is a law."""
    if number is None:
        return 0
    parts = re.split(r"[-&.]", number.upper().rpartition("/")[2])
    return min(_ranks().get(part.rstrip("0123456789"), _LOCAL) for part in parts)


def in_power(own: str | None, effect: Effect) -> bool:
    """Whether a record of number ``own`` can do that: nobody changes the act of a higher body (Law on the
    Promulgation of Legal Normative Documents, 64/2025/QH15 and its forerunners)."""
    return own is None or _rank(own) <= _rank(effect.number)


def decided(found: list[tuple[Reference, Effect]], title: tuple[int, int] | None) -> list[tuple[Reference, Effect]]:
    """One effect for each act: what the title says, else what touches the whole, else what is said first."""

    def weight(pair: tuple[Reference, Effect]) -> tuple[bool, bool]:
        in_title = title is not None and title[0] <= pair[0].start < title[1]
        return (not in_title, pair[1].scope != "whole")

    best: dict[str, tuple[Reference, Effect]] = {}
    dates: dict[str, str] = {}
    for pair in sorted(found, key=weight):
        key = (pair[1].number or pair[1].title or "").upper().lstrip("0")
        best.setdefault(key, pair)
        if pair[1].date:
            dates.setdefault(key, pair[1].date)
    return sorted(
        ((ref, replace(effect, date=effect.date or dates.get(key))) for key, (ref, effect) in best.items()),
        key=lambda pair: pair[0].start,
    )
