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


def read_issuer(cells: Sequence[Cell], *, scanned: bool) -> Issuer | None:
    """Join the lines to bodies: the last one is the issuer, the one above its parent; None without a line."""
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
    name = _joined(last)
    parent = _joined(bodies[-2]) if len(bodies) > 1 else None
    known = all(line.known for line in last)
    return Issuer(name, parent, last[0].cell.start, last[-1].cell.end, known, any(line.repaired for line in last))


@dataclass(slots=True)
class _Line:
    cell: Cell
    text: str
    known: bool
    repaired: bool

    @property
    def folded(self) -> str:
        return fold(self.text)


def _is_organ(folded: str) -> bool:
    return folded.endswith((" uy", " dang bo"))


def _joined(body: list[_Line]) -> str:
    return re.sub(r"\s+", " ", " ".join(line.text for line in body)).strip()


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


def _clean(cell: Cell, *, scanned: bool) -> tuple[str, bool, bool]:
    """The line's text without stray signs at its ends, whether it is known, and whether it was repaired."""
    text = re.sub(r"\s+", " ", cell.text).strip(" .,:;*_-–—~'\"`ˆ|·•°“”‘’=+<>/\\^")
    if not scanned:
        return text, True, False
    repaired = repair_body(text)
    if repaired is None:
        return text, False, False
    return repaired, True, repaired != text


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


_NEAR = 80.0


@cache
def _choices() -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(_phrases()), tuple(_places())


def repair_body(text: str) -> str | None:
    """A line of a scanned head as the body or place that it can only be, in capitals; None where it is not known.

    A line may hold a body and its place. Tone placement (ỦY, UỶ) stays as read where all else is as it should be.
    """
    this = key(text)
    if not this:
        return None
    for known in (_phrases(), _places()):
        if this in known:
            return _keep_placement(text, known[this])
    for phrase, spelling in sorted(_phrases().items(), key=lambda item: -len(item[0])):
        if this.startswith(phrase) and len(phrase) > 8:
            rest = repair_body(_behind(text, len(phrase)))
            if rest is not None:
                return f"{_keep_placement(text, spelling)} {rest}"
    bodies, places = _choices()
    best = process.extractOne(this, bodies + places, scorer=fuzz.ratio, score_cutoff=_NEAR)
    if best is None:
        return None
    spelling = _phrases().get(best[0]) or _places()[best[0]]
    allowed = 0.16 * len(spelling)
    return spelling if weighted_distance(text.upper(), spelling) <= allowed else None


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


def province_name(upper: str) -> str | None:
    """The usual spelling of a province's name written in capitals."""
    return _provinces().get(upper)
