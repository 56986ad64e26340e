"""The grammar of a body's name on one-line text: head word, then domain, owner or place, as the head demands.

Text comes twice, as written and folded (the same length); positions count in both.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ontology.agencies import field_tails, name_tails, owner_tails, place_tails
from ontology.agencies.parts import PARTY, AgencyName, Reading, Site, Tail
from ontology.agencies.places import Place
from ontology.agencies.runs import running
from ontology.agencies.words import Head, head_at
from ontology.names import levels_of

_FORMER = re.compile(r" \(cu\)")


def read_at(shown: str, folded: str, position: int, head: Head | None = None, depth: int = 0) -> Reading | None:
    """The body whose name begins at ``position``; None where the head's demands are not met."""
    head = head or head_at(shown, folded, position)
    if head is None or head.tail == "skip":
        return None
    after = position + len(head.folded)
    caps = not head.acronym and shown[position:after].isupper()
    tail = TAILS[head.tail](Site(shown, folded, after, head, caps, read_at, depth))
    if tail is None:
        return None
    if (shown[position].islower() or (caps and head.syllables == 1)) and not _sure(head, tail, caps):
        return None
    former = _FORMER.match(folded, tail.end)
    return Reading(_name(head, tail, caps), position, former.end() if former else tail.end, tail.proper, tail.known)


SMALL_HEADS = frozenset({"Phòng"})
"""Heads of one syllable that pages write small before a field of the closed list; the others ("sở", "bộ", "hội",
"trường") are then part of another word ("cơ sở", "cán bộ", "xã hội", "môi trường")."""


def _sure(head: Head, tail: Tail, caps: bool) -> bool:
    """Whether a head in small letters, or a lone syllable among capitals, is meant as a name."""
    if caps:
        return tail.known
    return tail.proper and (head.syllables > 1 or (head.canonical in SMALL_HEADS and tail.known))


def _name(head: Head, tail: Tail, caps: bool) -> AgencyName:
    place = tail.place
    owner = tail.owner
    kind, bloc = head.kind, head.bloc or (owner.bloc if owner else "government")
    level = head.level or _level(place) or (owner.level if owner else None)
    if kind == "office" and owner and owner.bloc == "party":
        kind = "party_body"
    if kind == "party_committee" and owner and owner.kind not in PARTY and head.bloc is None:
        kind = owner.kind
    return AgencyName(
        kind,
        " ".join(f"{head.canonical} {running(tail.text) if caps else tail.text}".split()),
        level,
        bloc,
        place.text if place else (owner.place if owner else None),
        place.type if place else (owner.place_type if owner else None),
        place.name if place else (owner.place_name if owner else None),
        owner.canonical if owner else None,
    )


def _level(place: Place | None) -> str | None:
    if place is None or place.type is None:
        return None
    levels = levels_of(place.type)
    return (
        next(iter(levels))
        if len(levels) == 1
        else ("province" if "province" in levels and place.name is None else None)
    )


TAILS: dict[str, Callable[[Site], Tail | None]] = {
    "fixed": place_tails.fixed,
    "place": place_tails.place_tail,
    "place?": place_tails.optional_place,
    "typed": place_tails.typed_place,
    "own": place_tails.own_type,
    "force": place_tails.force,
    "zone": place_tails.zone,
    "zone?": place_tails.optional_zone,
    "branch?": place_tails.branch,
    "owner": owner_tails.owner_tail,
    "owner?": owner_tails.optional_owner,
    "party": owner_tails.party,
    "party?": owner_tails.optional_party,
    "committee": owner_tails.committee,
    "body": owner_tails.body,
    "domain": field_tails.domain_tail,
    "name": name_tails.name_tail,
    "cell": name_tails.cell,
    "purpose": name_tails.purpose,
}
