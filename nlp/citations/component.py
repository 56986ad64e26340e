"""The component: references of the whole text to Extraction.cites and Extraction.affects, each act once in a document."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from spacy.language import Language

from nlp.citations.acts import acting_types
from nlp.citations.effects import decided, effects, in_power
from nlp.citations.finder import Reference, level_behind, references
from nlp.citations.lists import listed_effects, lists
from nlp.flat import Flat, Stretches, flat_of
from nlp.model import Citation, Effect, Extraction, Role
from ontology.folding import fold

_BASIS = re.compile(
    r"(?<!\w)(?:can cu|chieu|xet|theo de nghi|theo noi dung|thuc hien|tren co so|de thuc hien|thi hanh|nhan duoc|phuc dap"
    r"|tra loi)(?!\w)"
)
"""Words that name the grounds: of a decision what it rests on, of a letter what it answers."""
_CLAUSE = re.compile(r"[.;:,”\"\n]\s?(?:[-+*•]\s?)?$")
_ARTICLES = re.compile(
    r"(?:^|[:.\n]|(?<!cac)(?<!nhung) )(?:quyet dinh|quyet nghi|quyet dinh nhu sau|nghi quyet|ra lenh|chi thi)\s?:|(?<!\w)dieu\s?(?:1|i|l|I1)\s?[.:]"
)
_NESTED = re.compile(
    r"(?:mot so dieu|mot so noi dung|chi tiet|thi hanh|thuc hien|kem theo|thay the|bai bo|dieu \d+|theo|quy dinh tai)\s?(?:cua\s)?(?:cac\s)?$"
)
_SENTENCE = re.compile(r"\.\s(?=\S)|\n(?!\s?\S{0,3}\s?(?:va|so|luat|nghi|thong|quyet)\s)")
_QUOTED = re.compile(r"“[^”]{1,4000}”|\"[^\"\n]{1,2000}\"")
_OTHER_NUMBERS = frozenset({"number", "stamp", "incoming_stamp", "digital_signature", "page_furniture"})
_BASIS_REACH = 500
_LETTERS = frozenset({"Công văn", "Tờ trình", "Báo cáo", "Công điện", "Giấy mời", "Biên bản"})


class Citations:
    """Reads ``doc._.extraction`` (text, zones, own number, type) and fills ``cites`` and ``affects``."""

    def __call__(self, doc: Any) -> Any:
        extraction: Extraction = doc._.extraction
        if extraction.secrecy is None and extraction.text:
            if extraction.parts:
                _read_parts(extraction)
            else:
                _read(flat_of(doc), extraction)
        return doc


@Language.factory("hoso_citations")
def _create(nlp: Language, name: str) -> Citations:
    return Citations()


def _read(flat: Flat, extraction: Extraction) -> None:
    every = references(flat, scanned=extraction.scanned)
    refs = [ref for ref in every if not _is_own(flat, ref, extraction)]
    found = _effects(flat, refs, extraction)
    extraction.affects = _placed(flat, found)
    extraction.cites = _once(flat, refs, {id(ref) for ref, _ in found}, extraction)


def _read_parts(extraction: Extraction) -> None:
    """Each document of a file by itself: what it rests on stands before its own first article, and its own kind of
    paper says whether it changes others. Those of the record are those of its documents."""
    start = len(extraction.text) - sum(len(part.text) for part in extraction.parts)
    for part in extraction.parts:
        _read(Flat(part.text), part)
        extraction.cites += [replace(one, start=one.start + start, end=one.end + start) for one in part.cites]
        extraction.affects += [replace(one, start=one.start + start, end=one.end + start) for one in part.affects]
        start += len(part.text)


def _key(number: str | None) -> str:
    """Numbers compare as integers and without case."""
    return re.sub(r"\s", "", number or "").upper().lstrip("0")


def _is_own(flat: Flat, ref: Reference, extraction: Extraction) -> bool:
    """The record's own number, a stamp's, a code among the recipients. The zone of a damaged head can reach too far:
    what has its type word before it speaks of another act, also in the abstract, which stands within the head."""
    if ref.number and _key(ref.number) == _key(extraction.number) and not _of_another_day(ref, extraction):
        return True
    offset = flat.back(ref.head)
    zones = {zone.kind for zone in extraction.zones if zone.start <= offset < zone.end}
    if zones & _OTHER_NUMBERS:
        return True
    if "head" in zones and "abstract" not in zones:
        return ref.number is not None and ref.start >= ref.head
    return "recipients" in zones and ref.date is None


def _of_another_day(ref: Reference, extraction: Extraction) -> bool:
    """Whether an act of the record's own number is another year's: numbers begin again each year. A scan misreads days
    and months too often for these to tell."""
    own, other = extraction.date or extraction.date_partial, ref.date or ref.partial
    if not own or not other:
        return False
    return own[:4] != other[:4] if extraction.scanned else not own.startswith(other) and not other.startswith(own)


def _effects(flat: Flat, refs: list[Reference], extraction: Extraction) -> list[tuple[Reference, Effect]]:
    folded = flat.folded
    if extraction.type in _LETTERS or (extraction.type and extraction.type not in acting_types()):
        return []
    quoted = Stretches(match.span() for match in _QUOTED.finditer(folded))
    zones: list[tuple[int, int]] = []
    if abstract := extraction.zone("abstract"):
        zones.append((flat.forth(abstract.start), flat.forth(abstract.end)))
    begin = _ARTICLES.search(folded)
    zones.append((begin.start() if begin else (zones[-1][1] if zones else 0), len(folded)))
    in_lists = lists(flat, refs, zones[-1])
    listed = Stretches((one.start, one.end) for one in in_lists)
    found = [pair for zone in zones for pair in effects(folded, refs, zone, quoted) if not listed.hold(pair[0].start)]
    found += listed_effects(flat, refs, in_lists, quoted)
    title = zones[0] if abstract else None
    return decided([pair for pair in found if in_power(extraction.number, pair[1])], title)


def _placed(flat: Flat, found: list[tuple[Reference, Effect]]) -> list[Effect]:
    """The effects with offsets in the text; the date is that of any mention of the act."""
    placed = []
    for ref, effect in found:
        start, end = flat.span(ref.start, ref.end)
        placed.append(replace(effect, start=start, end=end))
    return placed


def _once(flat: Flat, refs: list[Reference], affected: set[int], extraction: Extraction) -> list[Citation]:
    """Each act once by number, type and date; its strongest role: affected, basis, mention."""
    kept: dict[tuple[str, str], list[Citation]] = {}
    begin = _ARTICLES.search(flat.folded)
    articles = begin.start() if begin and extraction.type not in _LETTERS else len(flat.folded)
    rank: dict[str, int] = {"affected": 0, "basis": 1, "mention": 2}
    for ref in refs:
        start, end = flat.span(ref.start, ref.end)
        role: Role = "affected" if id(ref) in affected else _role(flat, ref, articles)
        title = " ".join(ref.title.split()) if ref.title else None
        cite = Citation(ref.number, ref.type, ref.date, role, start, end, title, None, ref.partial)
        same = kept.setdefault((_key(ref.number) or (title or "").lower(), ref.type or ""), [])
        for index, known in enumerate(same):
            if _one_act(flat, known, cite):
                better = min(known.role, cite.role, key=lambda name: rank[name])
                same[index] = replace(known, role=better, date=known.date or cite.date)
                break
        else:
            same.append(cite)
    cites = sorted((cite for same in kept.values() for cite in same), key=lambda cite: cite.start)
    full = {_title_key(cite) for cite in cites if cite.title and (cite.number or cite.date)}
    return [cite for cite in cites if cite.number or cite.date or _title_key(cite) not in full]


def _one_act(flat: Flat, one: Citation, other: Citation) -> bool:
    """Whether two references to one number can mean one act: not of two days, nor of bodies of two levels."""
    if one.date and other.date and one.date != other.date:
        return False
    levels = [level_behind(flat.folded, flat.forth(cite.end - 1) + 1) for cite in (one, other)]
    return None in levels or levels[0] == levels[1]


def _title_key(cite: Citation) -> str:
    return fold(" ".join((cite.title or "").split()))


def _role(flat: Flat, ref: Reference, articles: int) -> Role:
    """Basis: named in a clause of the grounds; what those acts detail or amend is a mention, as is all behind the
    first article."""
    folded = flat.folded
    start = last = None
    for match in _BASIS.finditer(folded, max(0, ref.start - _BASIS_REACH), ref.start):
        before = folded[max(0, match.start() - 4) : match.start()]
        if match.start() == flat.line_start(match.start()) or _CLAUSE.search(before):
            start, last = match.start(), match.end()
    if last is None or start is None or start > articles:
        return "mention"
    between = folded[last : ref.start]
    return "mention" if _SENTENCE.search(between) or _NESTED.search(between) else "basis"
