"""Tails that are a name of the body's own: what a school is called, a Party cell's number, what a board is for."""

from __future__ import annotations

import re

from ontology.agencies.owner_tails import any_owner, owned
from ontology.agencies.parts import Site, Tail
from ontology.agencies.places import place_at
from ontology.agencies.runs import compound_at, run_end
from ontology.agencies.words import WORD, head_at, stops
from ontology.letters import LOWER, UPPER

_LONGEST_PURPOSE = 12
_NUMBERED = re.compile(r" (?:so )?\d{1,3}(?!\w)")

_COMMITTEE = re.compile(r"(?:uy ban|hoi dong|ubnd|hdnd|ubhc)(?!\w)")
_SOME = re.compile(r"cac (?=khu|du an|cong trinh)")
_OWN_NUMBER = re.compile(r"so \d+(?!\w)")


def name_tail(site: Site) -> Tail | None:
    """A name in capitals or a number, with its place: "Trường Mầm non Hoa Sen"."""
    begin = site.after + 1
    if site.folded[site.after : site.after + 1] != " ":
        return None
    if match := _SOME.match(site.folded, begin):
        begin = match.end()
    other = head_at(site.shown, site.folded, begin) if site.head.kind == "press" else None
    if other is not None and (other.acronym or other.syllables > 1):
        return None  # "Báo UBND xã" is a request
    if site.shown[begin : begin + 2].isupper() and not site.caps and _COMMITTEE.match(site.folded, begin):
        return None  # the next line's or column's issuer: "trường mầm non / ỦY BAN NHÂN DÂN"
    if site.head.kind in ("school", "health", "notary") and (match := _OWN_NUMBER.match(site.folded, begin)):
        return _with_place(site, match.end())
    end = _small_noun(site.shown, site.folded, begin, site.caps) or run_end(site.shown, begin, site.caps, small=2)
    if end is not None:
        return _with_place(site, end)
    place = place_at(site.shown, site.folded, site.after, caps=site.caps, strict=True)
    return Tail(place.text, place.end, place) if place and place.name else None


def _small_noun(shown: str, folded: str, begin: int, caps: bool) -> int | None:
    """A name that begins with a small compound: "chợ Đồng Xuân", "nông nghiệp Đại Mỗ"."""
    first = compound_at(shown, begin, caps, 1) if shown[begin : begin + 1].islower() else None
    if first is None:
        return None
    if shown[first + 1 : first + 2].isupper():
        return run_end(shown, first + 1, caps, small=2) or first
    return first if place_at(shown, folded, first, strict=True) else None


_ORDINAL = re.compile(r" so \d{1,3}(?!\w|\s?[/–-])")


def _with_place(site: Site, end: int) -> Tail:
    if ordinal := _ORDINAL.match(site.folded, end):
        end = ordinal.end()
    place = place_at(site.shown, site.folded, end, caps=site.caps, strict=True)
    stop = place.end if place else end
    return Tail(site.shown[site.after + 1 : stop], stop, place, known=False)


_CELL = re.compile(r" (?:so )?\d{1,3}[a-z]?(?!\w)")
_CAPITALS = re.compile(rf"(?: [{UPPER}][{LOWER}]*){{1,4}}")
"""The name of a village: what small words follow it are the sentence's ("Chi bộ thôn Trung xây dựng kế hoạch")."""
_CELL_OF = re.compile(r" (?:thon|xom|ap|ban|doi|to dan pho|tdp|khu dan cu|khu pho|to|co quan|khu)(?= )")


def cell(site: Site) -> Tail | None:
    """A Party cell: by number, of a village or a residential group, of a body, or with a name."""
    if match := _CELL.match(site.folded, site.after):
        return _with_place(site, match.end())
    if match := _CELL_OF.match(site.folded, site.after):
        number = _NUMBERED.match(site.folded, match.end())
        if number is None and not site.caps:
            number = _CAPITALS.match(site.shown, match.end())
        end = number.end() if number else run_end(site.shown, match.end() + 1, site.caps, small=1)
        return _with_place(site, end) if end else None
    return owned(any_owner(site)) or name_tail(site)


def purpose(site: Site) -> Tail | None:
    """A board named by what it does, mostly in small letters: up to a function word or a comma."""
    if site.caps:
        end = run_end(site.shown, site.after + 1, site.caps, small=0)
        return _with_place(site, end) if end else None
    cursor, count = site.after, 0
    while (
        count < _LONGEST_PURPOSE
        and site.shown[cursor : cursor + 1] == " "
        and (word := WORD.match(site.shown, cursor + 1))
    ):
        if compound := compound_at(site.shown, cursor + 1, site.caps, 1):
            cursor, count = compound, count + 3
            continue
        if word.group() in stops() or place_at(site.shown, site.folded, cursor, strict=True):
            break
        cursor, count = word.end(), count + 1
    named = count >= 3 or any(char.isupper() for char in site.shown[site.after : cursor])
    return _with_place(site, cursor) if named else None
