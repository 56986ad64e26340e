"""Who wrote a letter, a declaration or a paper between people.

In this order: who says "Tôi tên là ..."; of several who write together ("Chúng tôi gồm ...") the first; whom a label
names ("Người khiếu nại: ...", "Bên ủy quyền: ..."), of several the one who signs; who signs; whom a form names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from nlp.data import column, table
from nlp.flat import Flat
from nlp.letters import LOWER
from nlp.person_names import is_surname, name_at, within_line
from nlp.subject_cues import spelt
from nlp.zones.lines import Line
from nlp.zones.names import person_name
from ontology.folding import fold

_GAP = re.compile(
    r"[\s:.,\-–]{1,4}(?:\([^)\n]{2,40}\)[\s:.,]{0,3})?(?:(?:ong|ba|anh|chi|cu|ong \(ba\)|ong/ba|cac ong|cac ba|cong dan|dong chi)[\s:.]{1,3})?"
)
"""What may stand between a cue and the name: a colon, "(viết chữ in hoa)", a title."""
_AMONG = re.compile(r"(?:(?<=\n)|(?<=[\s.)/:-]))(?=[^\W\d_])")
_KIN = re.compile(rf"[{LOWER}]\s$")
"""A small word before "tôi là" makes it somebody else's: "con trai tôi là ..."."""
_OF_SEVERAL = 320
"""How far behind "Chúng tôi gồm" the first name may stand."""
_LONG_CUE = 2
_TITLED = re.compile(r"(?:Ông|Bà|Anh|Chị|Cụ) (\w+)(?= \w)")
_FOOT = 32
"""Lines at the end among which the signature stands."""
_BELOW = 6
_SURE, _SIGNED, _NAMED = 0.9, 0.8, 0.7
_SCANNED = 0.3
_TRIMMED = " .,;:_-–—*~'`\"|"


@dataclass(frozen=True, slots=True)
class Author:
    """The author's name and how sure it is (0 to 1)."""

    name: str
    confidence: float


def author_of(text: str, lines: list[Line], signed: Iterable[str], *, scanned: bool) -> Author | None:
    """The author of the paper; ``lines`` of its text, ``signed``: names below it as its signatures were read."""
    flat = Flat(text)
    said: dict[str, list[str]] = {"self": [], "group": [], "label": [], "field": []}
    for kind, name in _named(flat):
        said[kind].append(name)
    foot = {fold(name) for name in _at_foot(lines)}
    below = [name for name in (*signed, *_below_closing(lines)) if name]
    lost = _SCANNED if scanned else 0.0
    for kind in ("self", "group"):
        if said[kind]:
            return Author(said[kind][0], _SURE - lost)
    named = said["label"] + said["field"]
    repeated = next((name for name in named if fold(name) in foot), None)
    if repeated is not None:
        return Author(repeated, _SURE - lost)
    if said["label"]:
        return Author(said["label"][0], _SIGNED - lost)
    if below:
        return Author(below[0], _SIGNED - lost)
    return Author(said["field"][0], _NAMED - lost) if said["field"] else None


def in_first_person(text: str) -> bool:
    """Whether a paper speaks for one person: it names who writes ("tôi là ..."), or says "tôi" in a letter's words."""
    flat = Flat(text)
    if any(kind == "self" for kind, _ in _named(flat)):
        return True
    return len(_I.findall(flat.shown)) > 1 and "kinh gui" in flat.folded


_I = re.compile(r"(?<!húng )(?<!\w)[Tt]ôi(?!\w)")


@cache
def _cues() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    known = {fold(row["cue"]): (row["cue"], row["kind"]) for row in table("author_cues.csv")}
    words = "|".join(re.escape(cue) for cue in sorted(known, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)"), known


def _named(flat: Flat) -> Iterator[tuple[str, str]]:
    """Kind of cue and name, in the order of the text."""
    pattern, known = _cues()
    for match in pattern.finditer(flat.folded):
        cue, kind = known[match.group()]
        if not spelt(flat.shown[match.start() : match.end()], cue):
            continue
        if kind == "self" and flat.shown[match.start()].islower() and _KIN.search(flat.shown, 0, match.start()):
            continue
        if kind == "group":
            name = _first_of_several(flat, match.end())
        else:
            gap = _GAP.match(flat.folded, match.end())
            plain = len(cue.split()) < _LONG_CUE and gap is not None and "\n" in gap.group()
            name = None if gap is None or plain else _name(flat, gap.end(), in_form=":" in gap.group())
        if name is not None:
            yield kind, name


def _name(flat: Flat, position: int, *, in_form: bool) -> str | None:
    if (title := _TITLED.match(flat.shown, position)) is not None and is_surname(title.group(1)):
        position = title.start(1)
    end = name_at(flat.shown, flat.folded, position, strong=True, capitals=True, in_form=in_form, behind_body=in_form)
    if end is None:
        return None
    words = flat.shown[position : within_line(flat, position, end)].split()
    shown = " ".join(words)
    return " ".join(word.capitalize() for word in words) if shown.isupper() else shown


def _first_of_several(flat: Flat, position: int) -> str | None:
    """The first name behind "Chúng tôi gồm"; a name alone, not a body's or a place's."""
    stop = min(position + _OF_SEVERAL, len(flat.shown))
    for match in _AMONG.finditer(flat.shown, position, stop):
        if flat.shown[match.start()].isupper() and (name := _name(flat, match.start(), in_form=False)) is not None:
            return name
    return None


@cache
def _closing() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in column("closings.csv", "pattern")))


def _at_foot(lines: list[Line]) -> Iterator[str]:
    """Names that stand alone in their cells, or close a line, among the last lines."""
    for line in lines[-_FOOT:]:
        for cell in line.cells():
            if (name := person_name(cell.text.strip(_TRIMMED))) is not None:
                yield name
            else:
                words = cell.text.strip(_TRIMMED).split()
                for count in (2, 3, 4, 5):
                    if len(words) > count and (name := person_name(" ".join(words[-count:]))) is not None:
                        yield name


def _below_closing(lines: list[Line]) -> Iterator[str]:
    """The name below what closes a letter ("Kính đơn", "Người làm đơn", "T/M các hộ")."""
    last = lines[-_FOOT:]
    for index in range(len(last) - 1, -1, -1):
        if not _closing().search(fold(last[index].text).strip(" -.*:_")):
            continue
        for line in last[index + 1 : index + 1 + _BELOW]:
            for cell in line.cells():
                name = person_name(cell.text.strip(_TRIMMED))
                if name is not None:
                    yield name
                    return
