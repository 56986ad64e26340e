"""Tails that are a place, a zone or a branch, or nothing at all."""

from __future__ import annotations

import re

from ontology.agencies.parts import Site, Tail
from ontology.agencies.places import Place, cased, is_unit_name, name_at, place_at

_ZONE = re.compile(r" (?:khu vuc|so|vung)\s(?:[ivx]+|\d+)(?!\w)")
_BRANCH = re.compile(r" (?:- )?chi nhanh(?=\s)")
_JOINT = re.compile(r"(?:\s?[-–])(?=\s?(?:tp|tinh|quan|huyen|xa|phuong|thanh pho))")
_GENERIC = re.compile(r"\s?(?:va|,)?\s?truc thuoc|\s?(?:cac|,\s?(?:huyen|thi|quan|thanh) (?:uy|doan))")
_ALL_OF = re.compile(r" (?:toan )?(?=tinh|thanh pho|quan|huyen|xa|phuong)")
_CENTRAL = re.compile(r" trung uong(?!\w)")
_BARE_NUMBER = re.compile(r" \d+(?!\w)")


def fixed(site: Site) -> Tail | None:
    """Nothing: the head word is the whole name."""
    return Tail("", site.after)


def _joint(folded: str, after: int) -> int:
    """A hyphen or the words "Việt Nam" between an organisation's name and its place."""
    match = _JOINT.match(folded, after)
    return match.end() if match else after


def place_tail(site: Site) -> Tail | None:
    """A place: "UBND xã Đại Mỗ"."""
    place = place_at(site.shown, site.folded, _joint(site.folded, site.after), caps=site.caps)
    if place is None:
        return None
    return Tail(place.text, place.end, place, proper=place.name is not None)


def typed_place(site: Site) -> Tail | None:
    """A place with its type word, well written: "Đoàn xã Tu Tra"."""
    place = place_at(site.shown, site.folded, site.after, caps=site.caps, strict=True)
    if place is None or place.type is None or _OTHER_WORD.match(site.folded, place.end):
        return None
    return Tail(place.text, place.end, place, proper=place.name is not None)


_OTHER_WORD = re.compile(r" (?:hoi|vien)(?!\w)")
"""What makes another word of a type word: "xã hội", "xã viên"."""


def own_type(site: Site) -> Tail | None:
    """A place whose type the head word says itself: "Xã đội Sam Mứn", "Phường đoàn Yên Phụ"."""
    if tail := place_tail(site):
        return tail
    if site.folded[site.after : site.after + 1] != " ":
        return None
    begin = site.after + 1
    end = name_at(site.shown, site.folded, begin, caps=site.caps, known_only=True)
    if end is None or not is_unit_name(site.shown[begin:end], site.folded[begin:end]):
        return None
    place = Place(site.head.canonical.split()[0].lower(), cased(site.shown[begin:end]), end)
    return Tail(place.name or "", end, place)


def optional_place(site: Site) -> Tail | None:
    """A place or none; "các đơn vị trực thuộc" and other generic words are no name at all."""
    if _GENERIC.match(site.folded, site.after):
        return None
    return place_tail(site) or Tail("", site.after, proper=False)


def force(site: Site) -> Tail | None:
    """A place behind "toàn", "Trung ương", or a place: of police and military."""
    if match := _ALL_OF.match(site.folded, site.after):
        place = place_at(site.shown, site.folded, match.end() - 1, caps=site.caps, strict=True)
        if place:
            return Tail(place.text, place.end, place, proper=place.name is not None)
    if match := _CENTRAL.match(site.folded, site.after):
        return Tail("Trung ương", match.end())
    return place_tail(site)


def zone(site: Site) -> Tail | None:
    """A zone or a number: "khu vực 5"."""
    if match := _ZONE.match(site.folded, site.after):
        return Tail(site.shown[site.after : match.end()].strip(), match.end())
    if match := _BARE_NUMBER.match(site.folded, site.after):
        return Tail(match.group().strip(), match.end())
    return None


def optional_zone(site: Site) -> Tail | None:
    """A zone or nothing."""
    return zone(site) or Tail("", site.after)


def branch(site: Site) -> Tail | None:
    """ "chi nhánh" with its place, or nothing."""
    if match := _BRANCH.match(site.folded, site.after):
        place = place_at(site.shown, site.folded, match.end(), caps=site.caps)
        if place:
            return Tail(f"chi nhánh {place.text}", place.end, place)
    return Tail("", site.after)
