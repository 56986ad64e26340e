"""Issuer and parent from the lines of the head's left column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from nlp.data import column, table
from nlp.repair.confusion import weighted_distance
from nlp.zones.lines import Cell, key
from ontology.folding import fold

_NOT_HEAD = re.compile(r"^(?:phong (?:chong|chay|thu|ngua|benh)|thue (?:dat|thu nhap)|quy (?:che|dinh)|doan ket|bo may|bao ve|bo doi|ban dan)\b")
_UNIT = re.compile(r"^(?:tinh|thanh pho|tp\.?|quan|huyen|thi xa|thi tran|phuong|xa|khu|dac khu|thon|ap|lien khu|khu tu tri) ")
_OPEN_END = re.compile(r"(?:\bva|,|-|–|\bcua|\bcac|\bve|\btp\.?|\bthanh pho|\btinh|\bhuyen|\bquan)$")


@dataclass(frozen=True, slots=True)
class Issuer:
    """The issuing body as printed (lines joined), its parent, the offsets of the issuer, and whether every word of
    it is known (``known``) or was repaired (``repaired``)."""

    name: str
    parent: str | None
    start: int
    end: int
    known: bool
    repaired: bool


@cache
def _heads() -> tuple[tuple[str, str], ...]:
    rows = [(fold(row["head"]), row["needs"]) for row in table("issuer_heads.csv")]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def head_word(folded: str) -> tuple[str, str] | None:
    """The head word of a body that the folded line opens with, and what it needs behind it ("place", "any", "")."""
    if _NOT_HEAD.match(folded):
        return None
    for head, needs in _heads():
        if folded.startswith(head) and not folded[len(head) : len(head) + 1].isalnum():
            return head, needs
    return None


def read_issuer(cells: Sequence[Cell], *, scanned: bool, text: str = "") -> Issuer | None:
    """Join the lines to bodies: the last one is the issuer, the one above its parent; None without a line.

    ``text`` of a scanned document is a second witness for a name that lost its head word.
    """
    lines = [_Line(cell, *_clean(cell, scanned=scanned)) for cell in cells]
    lines = [line for line in lines if line.text]
    bodies: list[list[_Line]] = []
    for line in lines:
        if bodies and not _begins(line, bodies[-1]):
            bodies[-1].append(line)
        else:
            bodies.append([line])
    named = [body for body in bodies if head_word(body[0].folded) or _is_organ(body[0].folded)]
    if scanned and named:
        bodies = named
    if not bodies:
        return None
    last = bodies[-1]
    name, known, repaired = _joined(last, scanned=scanned)
    if scanned and not known and (whole := _completed(name, text)) is not None:
        name, known, repaired = whole, True, True
    parent = _joined(bodies[-2], scanned=scanned)[0] if len(bodies) > 1 else None
    return Issuer(name, parent, last[0].cell.start, last[-1].cell.end, known, repaired)


@dataclass(slots=True)
class _Line:
    cell: Cell
    plain: str
    text: str
    known: bool
    repaired: bool

    @property
    def folded(self) -> str:
        return fold(self.text)


def _is_organ(folded: str) -> bool:
    return folded.endswith((" uy", " dang bo"))


def _joined(body: list[_Line], *, scanned: bool) -> tuple[str, bool, bool]:
    """The body's name, whether all of it is known, and whether it was repaired. A name over several lines is looked
    up whole first: its lines alone may look like another body's."""
    whole = " ".join(line.plain for line in body)
    if scanned and len(body) > 1 and (repaired := repair_body(whole)) is not None:
        return repaired, True, repaired != whole
    name = re.sub(r"\s+", " ", " ".join(line.text for line in body)).strip()
    return name, all(line.known for line in body), any(line.repaired for line in body)


def _completed(name: str, text: str) -> str | None:
    """The known body that ends with what is left of a name and that the document's own text names most often."""
    this = key(name)
    if len(this) < 8 or head_word(fold(name)) is not None:
        return None
    folded = fold(text)
    counted = [(folded.count(fold(spelling)), spelling) for phrase, spelling in _phrases().items() if phrase.endswith(this)]
    best = max(counted, default=(0, ""))
    return best[1] if best[0] else None


def _begins(line: _Line, body: list[_Line]) -> bool:
    """Whether the line begins a body of its own, below the lines of the body above."""
    folded = line.folded
    above = " ".join(part.folded for part in body)
    if _OPEN_END.search(above):
        return False
    found = head_word(folded)
    if found is None:
        return False
    upper = head_word(above)
    if upper is None:
        return True
    head, needs = upper
    complete = above != head
    if not complete:
        # "ỦY BAN THƯỜNG VỤ / QUỐC HỘI", "VĂN PHÒNG / ỦY BAN NHÂN DÂN": the first line is no name yet.
        return needs == ""
    if needs == "place" and not _has_place(above, head):
        return False
    return True


def _has_place(above: str, head: str) -> bool:
    return bool(_UNIT.search(above[len(head) :].strip() + " ")) or len(above) > len(head) + 2


def _clean(cell: Cell, *, scanned: bool) -> tuple[str, str, bool, bool]:
    """The line's text without stray signs at its ends, the same repaired, whether it is known, whether it changed."""
    text = re.sub(r"\s+", " ", cell.text).strip(" .,:;*_-–—~'\"`ˆ|·•°“”‘’=+<>/\\^#")
    if not scanned:
        return text, text, True, False
    repaired = repair_body(text)
    if repaired is None:
        return text, text, False, False
    return text, repaired, True, repaired != text


@cache
def _phrases() -> dict[str, str]:
    """Keys of whole names that a head can show, with their spelling in capitals."""
    known = {key(row["head"]): row["head"] for row in table("issuer_heads.csv") if len(row["head"]) > 5}
    known |= {key(name): name for name in column("bodies.csv", "name")}
    return known


@cache
def _places() -> dict[str, str]:
    names: dict[str, str] = {}
    for name in column("provinces.csv", "name"):
        for kind in ("TỈNH", "THÀNH PHỐ"):
            whole = f"{kind} {name.upper()}"
            names[key(whole)] = whole
    return names


@cache
def _names() -> dict[str, str]:
    """Names of provinces without a type word: behind a Party committee's head."""
    return {key(name): name.upper() for name in column("provinces.csv", "name")}


_NEAR = 82.0
_ALLOWED = 0.12
"""Cost of repair that a name may take, for each of its characters."""


@cache
def _choices() -> tuple[str, ...]:
    return tuple(_phrases()) + tuple(_places())


def repair_body(text: str, *, bare: bool = False) -> str | None:
    """A line of a scanned head as the body or place that it can only be, in capitals; None where it is not known.

    A line may hold a body and its place. ``bare``: a province's name alone is taken too. Tone placement (ỦY, UỶ)
    stays as read where all else is as it should be.
    """
    this = key(text)
    if not this:
        return None
    for known in (_phrases(), _places(), _names() if bare else {}):
        if this in known:
            return _keep_placement(text, known[this])
    for phrase, spelling in _by_length():
        if this.startswith(phrase):
            rest = repair_body(_behind(text, len(phrase)), bare=True)
            if rest is not None:
                return f"{_keep_placement(text, spelling)} {rest}"
    best = process.extractOne(this, _choices(), scorer=fuzz.ratio, score_cutoff=_NEAR)
    if best is None:
        return None
    spelling = _phrases().get(best[0]) or _places()[best[0]]
    same_head = weighted_distance(text.upper().split()[0], spelling.split()[0]) < 1.0
    return spelling if same_head and weighted_distance(text.upper(), spelling) <= _ALLOWED * len(spelling) else None


@cache
def _by_length() -> tuple[tuple[str, str], ...]:
    long_enough = [(phrase, spelling) for phrase, spelling in _phrases().items() if len(phrase) > 5]
    return tuple(sorted(long_enough, key=lambda item: -len(item[0])))


def _behind(text: str, letters: int) -> str:
    count = 0
    for index, char in enumerate(text):
        count += char.isalnum()
        if count == letters:
            return text[index + 1 :].strip()
    return ""


def _keep_placement(text: str, spelling: str) -> str:
    upper = text.upper()
    return spelling.replace("ỦY", "UỶ") if upper.startswith("UỶ") and spelling.startswith("ỦY") else spelling


@cache
def _provinces() -> dict[str, str]:
    return {name.upper(): name for name in column("provinces.csv", "name")}


def repair_place(place: str, before: str) -> str:
    """The place of a scan's date line: the province whose name closes what stands before the date (``before``), or
    the one that the place is near to; as it stands else. The type words in front (Thành phố) stay."""
    lead = _LEAD.search(place) or _LEAD.search(before)
    front = lead.group(1) + " " if lead else ""
    words = before.split()
    for count in range(min(6, len(words)), 0, -1):
        known = _names().get(key(" ".join(words[-count:])))
        if known is not None:
            return front + _provinces()[known]
    found = repair_body(f"TỈNH {place.upper().removeprefix(front.upper())}") if place else None
    spelled = _provinces().get(found.removeprefix("TỈNH ")) if found else None
    return front + spelled if spelled else place


_LEAD = re.compile(r"\b(Thành phố|Thị xã|Thị trấn|TP\.)\s+[^\W\d_]")
