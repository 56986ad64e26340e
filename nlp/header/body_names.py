"""Names of bodies and places of a letterhead, read again from the closed lists: what a typewriter lost, what OCR misread."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz, process

from nlp.data import column, table
from nlp.header.heads import head_word
from nlp.header.placenames import bare_unit, near_province, provinces, repair_unit
from nlp.repair.confusion import lost_marks, weighted_distance
from nlp.zones.lines import key
from ontology.folding import fold

DASHES = ("-", "–")


@cache
def name_ends() -> frozenset[str]:
    """Lines with which a name that began above goes on: no body's name by themselves."""
    return frozenset(column("body_ends.csv", "name"))


@cache
def phrases() -> dict[str, str]:
    """Keys of whole names that a head can show, with their spelling in capitals."""
    known = {
        key(row["head"]): row["head"]
        for row in table("issuer_heads.csv")
        if len(row["head"]) > 5 or row["needs"] == "place"
    }
    known |= {key(name): name for name in (*column("bodies.csv", "name"), *name_ends())}
    return known


NEAR = 82.0
"""Likeness from which a name is looked at closer."""
_ALLOWED = 0.12
"""Cost of repair that a name may take, for each of its characters."""


def repair_body(text: str, *, bare: bool = False, near: bool = True) -> str | None:
    """A line of a head as the body or unit that it can only be, in capitals; None where it is not known.

    A line may hold a body and its unit. ``bare``: a unit's name without its type is taken too. ``near``: what is like a
    known name too, as scans need; without it only what has the same letters. Tone placement (ỦY, UỶ) stays.
    """
    this = key(text)
    if not this:
        return None
    if this in phrases():
        return _keep_placement(text, phrases()[this])
    unit = repair_unit(text, near=near)
    if unit is not None:
        return unit
    if bare and (named := bare_unit(text)) is not None:
        return named
    for phrase, spelling in _by_length():
        if this.startswith(phrase):
            tail = _behind(text, len(phrase))
            rest = repair_body(tail, bare=True, near=near)
            if rest is not None:
                joint = tail[:1] in DASHES and head_word(fold(rest)) is not None
                return f"{_keep_placement(text, spelling)} {'- ' if joint else ''}{rest}"
    return _near_body(text, this) if near else None


def _near_body(text: str, this: str) -> str | None:
    """The body that the text is like; perhaps with a unit behind it."""
    best = process.extractOne(this, tuple(phrases()), scorer=fuzz.ratio, score_cutoff=NEAR)
    if best is not None:
        spelling = phrases()[best[0]]
        same_head = weighted_distance(text.upper().split()[0], spelling.split()[0]) < 1.0
        if same_head and weighted_distance(text.upper(), spelling) <= _ALLOWED * len(spelling):
            return spelling
    words = text.split()
    found: list[tuple[float, str]] = []
    for count in range(2, min(len(words) - 1, _LONGEST_BODY + 1)):
        front = " ".join(words[:count])
        body = process.extractOne(key(front), tuple(phrases()), scorer=fuzz.ratio, score_cutoff=NEAR)
        if body is None:
            continue
        spelling = phrases()[body[0]]
        cost = weighted_distance(front.upper(), spelling)
        if cost > _ALLOWED * len(spelling) + _SLIP:
            continue
        rest = repair_unit(" ".join(words[count:]), near=True)
        if rest is not None:
            found.append((cost, f"{spelling} {rest}"))
    return min(found)[1] if found else None


_LONGEST_BODY = 9
_SLIP = 0.4
"""What a short name may cost more."""


@cache
def _by_length() -> tuple[tuple[str, str], ...]:
    long_enough = [
        (phrase, spelling)
        for phrase, spelling in phrases().items()
        if (len(phrase) >= 4 and " " in spelling) or phrase in {"ubnd", "hdnd", "ubhc"}
    ]
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


def typed_front(text: str) -> str:
    """The line with the known body's words it begins with in their own spelling, where only marks are lost or wrong
    ("BAN CHI ĐẠO PHÒNG CHỐNG DỊCH")."""
    words = text.split()
    for count in range(min(len(words) - 1, _LONGEST_BODY), 1, -1):
        front = " ".join(words[:count])
        spelling = phrases().get(key(front))
        if spelling is not None:
            return " ".join([_keep_placement(front, spelling), *words[count:]])
    return text


def typed_place(place: str) -> str:
    """The place of a typed date line: a province whose marks the typewriter lost (HA BĂC) in its own spelling; as it
    stands else."""
    known = provinces().get(key(place))
    if known is None:
        return place
    known = known.upper() if place.isupper() else known
    return known if lost_marks(place, known) else place


def repair_place(place: str, before: str) -> str:
    """The place of a scan's date line: the province whose name closes what stands before the date (``before``), or
    is near to it; as it stands else. The type words in front (Thành phố) stay."""
    words = re.findall(r"[^\W_]+", before)
    for find in (provinces().get, near_province):
        for count in range(min(4, len(words)), 1, -1):
            known = find(key(" ".join(words[-count:])))
            if known is not None:
                lead = fold(" ".join(words[-count - 2 : -count]))
                return _LEADS.get(lead, "") + known
    return place


_LEADS = {"thanh pho": "Thành phố "}
