"""Tails that are the body to which the named one belongs."""

from __future__ import annotations

import re
from collections.abc import Callable

from ontology.agencies.parts import PARTY, Reading, Site, Tail
from ontology.agencies.place_tails import place_tail
from ontology.agencies.words import same_spelling
from ontology.folding import fold

_BODIES_ALONE = ("sở", "bộ", "cục", "tổng cục", "chi cục", "viện", "trung ương")
_BODY_ALONE = re.compile(rf" (?P<body>{'|'.join(map(fold, _BODIES_ALONE))})(?=\s?[,;.:)/]|\s[a-z]|\n|$)")
_PARTY_LETTERS = re.compile(r" (?:tu|tw)(?!\w)")
_COMMITTEE_ALONE = re.compile(r" dang uy(?!\w)")
"""The Party's committee of the record's own commune: "UBKT Đảng ủy"."""
_COUNCILS = frozenset({"people_council", "people_committee", "administrative_committee", "deputies"}) | PARTY
_BODIES = _COUNCILS | {"front", "women", "farmers", "veterans", "youth", "trade_union", "association"}

_DEEPEST = 4
"""Bodies within bodies: "Văn phòng Ban Thường vụ Đảng ủy UBND tỉnh"."""

_GAP = re.compile(r" |\.(?=\w)")
_GAP_OF = re.compile(r" (?:cua )?")


def _owner_of(kinds: frozenset[str] | None) -> Callable[[Site], Reading | None]:
    def read(site: Site) -> Reading | None:
        gap = (_GAP_OF if site.head.kind == "portal" else _GAP).match(site.folded, site.after)
        if gap is None or site.depth >= _DEEPEST:
            return None
        owner = site.read(site.shown, site.folded, gap.end(), None, site.depth + 1)
        return owner if owner and (kinds is None or owner.agency.kind in kinds) else None

    return read


any_owner = _owner_of(None)
_party_owner = _owner_of(PARTY)
_council_owner = _owner_of(_COUNCILS)
_body_owner = _owner_of(_BODIES)


def owned(owner: Reading | None) -> Tail | None:
    """The tail that an owner makes."""
    if owner is None:
        return None
    return Tail(owner.agency.canonical, owner.end, None, owner.agency, known=owner.known)


def owner_tail(site: Site) -> Tail | None:
    """A body, a place, or a word for a body alone: "Văn phòng Sở"."""
    if owner := owned(any_owner(site)):
        return owner
    if tail := place_tail(site):
        return tail
    match = _BODY_ALONE.match(site.folded, site.after)
    if (
        match
        and site.shown[match.start("body")].isupper()
        and _is_body(site.shown[match.start("body") : match.end()])
    ):
        return Tail(site.shown[match.start("body") : match.end()], match.end(), known=False)
    return None


def _is_body(written: str) -> bool:
    """Whether the accents are those of a body's word: "Ban Thường trực Số: 5" names no "Sở"."""
    return any(same_spelling(written, word) for word in _BODIES_ALONE)


def optional_owner(site: Site) -> Tail | None:
    """An owner or nothing."""
    return owner_tail(site) or Tail("", site.after, proper=False)


def party(site: Site) -> Tail | None:
    """A committee of the Party, in words or letters (TU, TW)."""
    if tail := owned(_party_owner(site)):
        return tail
    if match := _PARTY_LETTERS.match(site.folded, site.after):
        return Tail("Tỉnh ủy" if "tu" in match.group() else "Trung ương", match.end())
    match = _COMMITTEE_ALONE.match(site.folded, site.after)
    if match and same_spelling(site.shown[match.start() + 1 : match.end()], "Đảng ủy"):
        return Tail("Đảng ủy", match.end())
    return None


def optional_party(site: Site) -> Tail | None:
    """A committee of the Party, a place or nothing."""
    return party(site) or place_tail(site) or Tail("", site.after, proper=False)


def committee(site: Site) -> Tail | None:
    """A council, people's committee or committee of the Party."""
    return owned(_council_owner(site))


def body(site: Site) -> Tail | None:
    """One of these or a mass organisation."""
    return owned(_body_owner(site))
