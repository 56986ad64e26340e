"""Units named by their type word: "xã Mỹ Đình", "các phường A, B và C", "TP. Hà Nội"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from nlp.flat import Flat
from nlp.letters import LOWER, UPPER
from nlp.placing import ROW_JOINT, Spot
from ontology.agencies.places import CLOSED_TYPES, is_unit_name, name_at
from ontology.agencies.words import agrees
from ontology.folding import fold
from ontology.names import rows

PLURAL = re.compile(r"(?<!\w)cac $")
_ONE_SYLLABLE = re.compile(rf"[{UPPER}][{LOWER}]+(?=[,;.)\n]| [{LOWER}(]|$)")
_NEVER_NUMBERED = frozenset({"h", "x", "tx", "t.x"})


@dataclass(frozen=True, slots=True)
class _Type:
    """A type word of units with its spelling."""

    form: str
    type: str
    short: bool


@cache
def types() -> dict[str, tuple[_Type, ...]]:
    """Folded type words and their abbreviations → what they mean."""
    found: dict[str, list[_Type]] = {}
    for row in rows("type_words.csv"):
        form = row["form"]
        found.setdefault(fold(form), []).append(_Type(form, row["type"], form != row["type"] and len(form) <= 3))
    return {form: tuple(group) for form, group in found.items()}


@cache
def type_word() -> re.Pattern[str]:
    """A type word or its abbreviation, with what parts it from the name."""
    full = sorted((form for form, group in types().items() if not group[0].short), key=len, reverse=True)
    short = sorted((form for form, group in types().items() if group[0].short), key=len, reverse=True)
    return re.compile(
        rf"(?<![\w.])(?:(?P<form>{'|'.join(map(re.escape, full))})(?:: ?| )|(?P<short>{'|'.join(map(re.escape, short))})(?:\. ?|(?= ?\d)| ))"
    )


def typed(flat: Flat) -> list[Spot]:
    """Units by their type word, found once a text."""
    known: list[Spot] | None = flat.memo.get("typed_places")
    if known is None:
        known = flat.memo["typed_places"] = _typed(flat)
    return known


def _typed(flat: Flat) -> list[Spot]:
    """Units by their type word, and rows of them ("các xã A, B và C")."""
    shown, folded = flat.shown, flat.folded
    found: list[Spot] = []
    until = 0
    for match in type_word().finditer(folded):
        if match.start() < until:
            continue
        kind = _type_of(shown, match)
        if kind is None:
            continue
        caps = shown[match.start() : match.end()].strip().isupper() and match.group("form") is not None
        colon = ":" in match.group()
        plural = PLURAL.search(folded[max(0, match.start() - 6) : match.start()]) is not None
        if colon and not plural:
            continue
        end = _unit_name(flat, match.end(), caps, kind)
        if end is None or (not caps and end - match.end() > 1 and shown[match.end() : end].isupper()):
            continue
        if match.group("form") is None and not _short_stands(flat, match, end):
            continue
        start = match.end() if plural else match.start()
        found.append(Spot(start, end, shown[match.end() : end], kind))
        if plural:
            row = _row(flat, end, kind, caps)
            found.extend(row)
            end = row[-1].end if row else end
        until = end
    return found


def _short_stands(flat: Flat, match: re.Match[str], end: int) -> bool:
    """Whether an abbreviation ("TT", "P.", "Q") is a type word: no head of a table's column (alone before a column or
    at the line's beginning), and before a name that is spelt as some unit's."""
    name = flat.shown[match.end() : end]
    if name[:1].isdigit():
        return name[0] != "0" and match.group("short") not in _NEVER_NUMBERED
    if "\t" in flat.text[flat.back(match.start()) : flat.back(match.end())]:
        return False
    return is_unit_name(name, flat.folded[match.end() : end])


def _type_of(shown: str, match: re.Match[str]) -> str | None:
    """The type a form means, its accents and capitals being right."""
    group = "form" if match.group("form") else "short"
    written = shown[match.start(group) : match.end(group)]
    for known in types()[match.group(group)]:
        if group == "short":
            if written.isupper() or (len(written) > 1 and written[0].isupper()):
                return known.type
        elif agrees(written, known.form):
            return known.type
    return None


def _unit_name(flat: Flat, position: int, caps: bool, kind: str) -> int | None:
    """Where the name behind a type word ends. Provinces, cities and urban districts are a closed list, and so is
    what stands in capitals."""
    closed = caps or kind in CLOSED_TYPES
    if flat.shown[position : position + 1].isdigit() and flat.broken(position - 1, position):
        return None  # the number of the next clause
    end = name_at(flat.shown, flat.folded, position, caps=caps, known_only=closed)
    if end is None and not closed:  # one capital syllable is a name where the word behind it goes on small
        match = _ONE_SYLLABLE.match(flat.shown, position)
        if match and not flat.broken(position - 1, position):
            return match.end()
    return end


def _row(flat: Flat, end: int, kind: str, caps: bool) -> list[Spot]:
    found: list[Spot] = []
    while (joint := ROW_JOINT.match(flat.shown, end)) is not None:
        start = joint.end()
        word = type_word().match(flat.folded, start)
        if word and _type_of(flat.shown, word):
            break
        stop = name_at(flat.shown, flat.folded, start, caps=caps, known_only=kind in CLOSED_TYPES)
        if stop is None:
            break
        found.append(Spot(start, stop, flat.shown[start:stop], kind))
        end = stop
    return found
