"""The grammar of a body's name on one-line text: head word, then domain, owner or place, as the head demands.

Text comes twice, as written and folded (the same length); positions count in both.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ontology.agencies.places import Place, place_at
from ontology.agencies.runs import compound_at, run_end, running
from ontology.agencies.words import WORD, Head, agrees, domains_by_first, head_at, same_spelling, stops
from ontology.letters import LOWER, UPPER
from ontology.names import levels_of

_LONGEST_PURPOSE = 12
_ZONE = re.compile(r" (?:khu vuc|so|vung)\s(?:[ivx]+|\d+)(?!\w)")
_FORMER = re.compile(r" \(cu\)")
_BRANCH = re.compile(r" (?:- )?chi nhanh(?=\s)")
_JOINT = re.compile(r"(?:\s?[-–])(?=\s?(?:tp|tinh|quan|huyen|xa|phuong|thanh pho))")
_GENERIC = re.compile(r"\s?(?:va|,)?\s?truc thuoc|\s?(?:cac|,\s?(?:huyen|thi|quan|thanh) (?:uy|doan))")
_ALL_OF = re.compile(r" (?:toan )?(?=tinh|thanh pho|quan|huyen|xa|phuong)")
_CENTRAL = re.compile(r" trung uong(?!\w)")
_BARE_NUMBER = re.compile(r" \d+(?!\w)")
_BODY_ALONE = re.compile(r" (?P<body>so|bo|cuc|tong cuc|chi cuc|vien|trung uong)(?=\s?[,;.:)/]|\s[a-z]|\n|$)")
_PARTY_LETTERS = re.compile(r" (?:tu|tw)(?!\w)")
_NUMBERED = re.compile(r" (?:so )?\d{1,3}(?!\w)")
_PARTY = frozenset({"party_committee", "party_organisation", "party_cell"})
_COUNCILS = frozenset({"people_council", "people_committee", "deputies"}) | _PARTY
_BODIES = _COUNCILS | {"front", "women", "farmers", "veterans", "youth", "trade_union", "association"}


@dataclass(frozen=True, slots=True)
class AgencyName:
    """A body by its name. ``canonical`` is the full form, with the place as far as the name says it; ``place`` its
    place ("quận Đống Đa", or the type alone), ``parent`` the body it belongs to where the name says so."""

    kind: str
    canonical: str
    level: str | None
    bloc: str | None
    place: str | None = None
    place_type: str | None = None
    place_name: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """An agency's name found at ``start``..``end``; ``proper``: the tail names something of its own; ``known``: a
    closed list or the gazetteer has it."""

    agency: AgencyName
    start: int
    end: int
    proper: bool
    known: bool


@dataclass(frozen=True, slots=True)
class Site:
    """Where a tail is read: the text behind the head word, ``caps`` whether the head stands in capitals, ``depth``
    how many bodies' names it is already inside of."""

    shown: str
    folded: str
    after: int
    head: Head
    caps: bool
    depth: int = 0


@dataclass(frozen=True, slots=True)
class _Tail:
    text: str
    end: int
    place: Place | None = None
    owner: AgencyName | None = None
    proper: bool = True
    known: bool = True


_DEEPEST = 4
"""Bodies within bodies: "Văn phòng Ban Thường vụ Đảng ủy UBND tỉnh"."""


def read_at(shown: str, folded: str, position: int, head: Head | None = None, depth: int = 0) -> Reading | None:
    """The body whose name begins at ``position``; None where the head's demands are not met."""
    head = head or head_at(shown, folded, position)
    if head is None or head.tail == "skip":
        return None
    after = position + len(head.folded)
    caps = not head.acronym and shown[position:after].isupper()
    tail = TAILS[head.tail](Site(shown, folded, after, head, caps, depth))
    if tail is None:
        return None
    if (shown[position].islower() or (caps and head.syllables == 1)) and not _sure(head, tail, caps):
        return None
    former = _FORMER.match(folded, tail.end)
    return Reading(_name(head, tail, caps), position, former.end() if former else tail.end, tail.proper, tail.known)


SMALL_HEADS = frozenset({"Phòng"})
"""Heads of one syllable that pages write small before a field of the closed list; the others ("sở", "bộ", "hội",
"trường") are then part of another word ("cơ sở", "cán bộ", "xã hội", "môi trường")."""


def _sure(head: Head, tail: _Tail, caps: bool) -> bool:
    """Whether a head in small letters, or a lone syllable among capitals, is meant as a name."""
    if caps:
        return tail.known
    return tail.proper and (head.syllables > 1 or (head.canonical in SMALL_HEADS and tail.known))


def _name(head: Head, tail: _Tail, caps: bool) -> AgencyName:
    place = tail.place
    owner = tail.owner
    kind, bloc = head.kind, head.bloc or (owner.bloc if owner else "government")
    level = head.level or _level(place) or (owner.level if owner else None)
    if kind == "office" and owner and owner.bloc == "party":
        kind = "party_body"
    if kind == "party_committee" and owner and owner.kind not in _PARTY and head.bloc is None:
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


# tails


def _fixed(site: Site) -> _Tail | None:
    return _Tail("", site.after)


def _joint(folded: str, after: int) -> int:
    """A hyphen or the words "Việt Nam" between an organisation's name and its place."""
    match = _JOINT.match(folded, after)
    return match.end() if match else after


def _place(site: Site) -> _Tail | None:
    place = place_at(site.shown, site.folded, _joint(site.folded, site.after), caps=site.caps)
    if place is None:
        return None
    return _Tail(place.text, place.end, place, proper=place.name is not None)


def _optional_place(site: Site) -> _Tail | None:
    if _GENERIC.match(site.folded, site.after):
        return None
    return _place(site) or _Tail("", site.after, proper=False)


def _force(site: Site) -> _Tail | None:
    if match := _ALL_OF.match(site.folded, site.after):
        place = place_at(site.shown, site.folded, match.end() - 1, caps=site.caps, strict=True)
        if place:
            return _Tail(place.text, place.end, place, proper=place.name is not None)
    if match := _CENTRAL.match(site.folded, site.after):
        return _Tail("Trung ương", match.end())
    return _place(site)


def _zone(site: Site) -> _Tail | None:
    if match := _ZONE.match(site.folded, site.after):
        return _Tail(site.shown[site.after : match.end()].strip(), match.end())
    if match := _BARE_NUMBER.match(site.folded, site.after):
        return _Tail(match.group().strip(), match.end())
    return None


def _optional_zone(site: Site) -> _Tail | None:
    return _zone(site) or _Tail("", site.after)


def _branch(site: Site) -> _Tail | None:
    if match := _BRANCH.match(site.folded, site.after):
        place = place_at(site.shown, site.folded, match.end(), caps=site.caps)
        if place:
            return _Tail(f"chi nhánh {place.text}", place.end, place)
    return _Tail("", site.after)


_GAP = re.compile(r" |\.(?=\w)")
_GAP_OF = re.compile(r" (?:cua )?")


def _owner_of(kinds: frozenset[str] | None) -> Callable[[Site], Reading | None]:
    def read(site: Site) -> Reading | None:
        gap = (_GAP_OF if site.head.kind == "portal" else _GAP).match(site.folded, site.after)
        if gap is None or site.depth >= _DEEPEST:
            return None
        owner = read_at(site.shown, site.folded, gap.end(), depth=site.depth + 1)
        return owner if owner and (kinds is None or owner.agency.kind in kinds) else None

    return read


_any_owner = _owner_of(None)
_party_owner = _owner_of(_PARTY)
_council_owner = _owner_of(_COUNCILS)
_body_owner = _owner_of(_BODIES)


def _owned(owner: Reading | None) -> _Tail | None:
    if owner is None:
        return None
    return _Tail(owner.agency.canonical, owner.end, None, owner.agency, known=owner.known)


def _owner(site: Site) -> _Tail | None:
    if owner := _owned(_any_owner(site)):
        return owner
    if tail := _place(site):
        return tail
    match = _BODY_ALONE.match(site.folded, site.after)
    if (
        match
        and site.shown[match.start("body")].isupper()
        and _is_body(site.shown[match.start("body") : match.end()])
    ):
        return _Tail(site.shown[match.start("body") : match.end()], match.end(), known=False)
    return None


_BODIES_ALONE = ("sở", "bộ", "cục", "tổng cục", "chi cục", "viện", "trung ương")


def _is_body(written: str) -> bool:
    """Whether the accents are those of a body's word: "Ban Thường trực Số: 5" names no "Sở"."""
    return any(same_spelling(written, word) for word in _BODIES_ALONE)


def _optional_owner(site: Site) -> _Tail | None:
    return _owner(site) or _Tail("", site.after, proper=False)


def _party(site: Site) -> _Tail | None:
    if tail := _owned(_party_owner(site)):
        return tail
    if match := _PARTY_LETTERS.match(site.folded, site.after):
        return _Tail("Tỉnh ủy" if "tu" in match.group() else "Trung ương", match.end())
    return None


def _optional_party(site: Site) -> _Tail | None:
    return _party(site) or _place(site) or _Tail("", site.after, proper=False)


def _committee(site: Site) -> _Tail | None:
    return _owned(_council_owner(site))


def _body(site: Site) -> _Tail | None:
    return _owned(_body_owner(site))


def _domain(site: Site) -> _Tail | None:
    if site.folded[site.after : site.after + 1] not in (" ", "."):
        return None
    begin = site.after + 1
    known = _known_domain(site.shown, site.folded, begin, site.head)
    if known is not None:
        text, end = known
    else:
        end = _domain_run(site.shown, site.folded, begin, site.caps) or 0
        text = site.shown[begin:end]
        if not end or (site.head.kind in ("ministry", "department") and not _abbreviation(text)):
            return None
    place = place_at(site.shown, site.folded, end, caps=site.caps, strict=True)
    if (
        place is None
        and site.head.kind in ("centre", "institute")
        and (match := _PROPER.match(site.shown, end))
        and not site.caps
    ):
        return _Tail(f"{text}{match.group()}", match.end(), known=False)
    if place is None:
        return _Tail(text, end, known=known is not None)
    return _Tail(f"{text} {place.text}", place.end, place, known=known is not None)


_PROPER = re.compile(rf"(?: [{UPPER}][{LOWER}]*){{2,4}}(?=[,;.:)\n]|$| [{LOWER}(-])")
"""A name of its own behind the field: "Trung tâm CNTT Tây Bắc"."""


def _known_domain(shown: str, folded: str, begin: int, head: Head) -> tuple[str, int] | None:
    """The longest field of the closed list, and what is joined to it by a hyphen or "và"."""
    word = WORD.match(folded, begin)
    if word is None:
        return None
    for domain in domains_by_first().get(word.group(), ()):
        end = begin + len(domain.folded)
        if not folded.startswith(domain.folded, begin) or folded[end : end + 1].isalnum():
            dashed = domain.folded.replace(" - ", " – ")
            if not folded.startswith(dashed, begin) or folded[end : end + 1].isalnum():
                continue
        written = shown[begin:end]
        capital = (
            written[0].isupper() or domain.name[0].islower() or (head.canonical in domain.heads and " " in written)
        )
        if capital and (
            written.isupper()
            or agrees(written, domain.name)
            or agrees(written, domain.form)
            or fold_is(written, domain.folded)
        ):
            return domain.name, end
    return None


def fold_is(written: str, folded: str) -> bool:
    """Whether a written abbreviation has capitals only where it has letters."""
    return sum(char.isupper() for char in written) >= 2 and len(written) == len(folded)


def _abbreviation(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return (
        2 <= len(letters) <= 24
        and sum(char.isupper() for char in letters) >= 2
        and not any(word.islower() and word not in ("và",) for word in text.split())
        and all(sum(c.isupper() for c in word) >= 2 or word == "và" for word in re.findall(r"\w+", text))
    )


def _domain_run(shown: str, folded: str, begin: int, caps: bool) -> int | None:
    """Where an unlisted field ends: capitals with at most one small syllable each, joined by "-", "và", "&"."""
    return run_end(shown, begin, caps, small=1)


_SOME = re.compile(r"cac (?=khu|du an|cong trinh)")
_OWN_NUMBER = re.compile(r"so \d+(?!\w)")


def _name_tail(site: Site) -> _Tail | None:
    begin = site.after + 1
    if site.folded[site.after : site.after + 1] != " ":
        return None
    if match := _SOME.match(site.folded, begin):
        begin = match.end()
    other = head_at(site.shown, site.folded, begin) if site.head.kind == "press" else None
    if other is not None and (other.acronym or other.syllables > 1):
        return None  # "Báo UBND xã" is a request
    if site.head.kind in ("school", "health", "notary") and (match := _OWN_NUMBER.match(site.folded, begin)):
        return _with_place(site, match.end())
    end = _small_noun(site.shown, site.folded, begin, site.caps) or run_end(site.shown, begin, site.caps, small=2)
    if end is not None:
        return _with_place(site, end)
    place = place_at(site.shown, site.folded, site.after, caps=site.caps, strict=True)
    return _Tail(place.text, place.end, place) if place and place.name else None


def _small_noun(shown: str, folded: str, begin: int, caps: bool) -> int | None:
    """A name that begins with a small compound: "chợ Đồng Xuân", "nông nghiệp Đại Mỗ"."""
    first = compound_at(shown, begin, caps, 1) if shown[begin : begin + 1].islower() else None
    if first is None:
        return None
    if shown[first + 1 : first + 2].isupper():
        return run_end(shown, first + 1, caps, small=2) or first
    return first if place_at(shown, folded, first, strict=True) else None


_ORDINAL = re.compile(r" so \d{1,3}(?!\w|\s?[/–-])")


def _with_place(site: Site, end: int) -> _Tail:
    if ordinal := _ORDINAL.match(site.folded, end):
        end = ordinal.end()
    place = place_at(site.shown, site.folded, end, caps=site.caps, strict=True)
    stop = place.end if place else end
    return _Tail(site.shown[site.after + 1 : stop], stop, place, known=False)


_CELL = re.compile(r" (?:so )?\d{1,3}[a-z]?(?!\w)")
_CAPITALS = re.compile(rf"(?: [{UPPER}][{LOWER}]*){{1,4}}")
"""The name of a village: what small words follow it are the sentence's ("Chi bộ thôn Trung xây dựng kế hoạch")."""
_CELL_OF = re.compile(r" (?:thon|xom|ap|ban|doi|to dan pho|tdp|khu dan cu|khu pho|to|co quan|khu)(?= )")


def _cell(site: Site) -> _Tail | None:
    """A Party cell: by number, of a village or a residential group, of a body, or with a name."""
    if match := _CELL.match(site.folded, site.after):
        return _with_place(site, match.end())
    if match := _CELL_OF.match(site.folded, site.after):
        number = _NUMBERED.match(site.folded, match.end())
        if number is None and not site.caps:
            number = _CAPITALS.match(site.shown, match.end())
        end = number.end() if number else run_end(site.shown, match.end() + 1, site.caps, small=1)
        return _with_place(site, end) if end else None
    return _owned(_any_owner(site)) or _name_tail(site)


def _purpose(site: Site) -> _Tail | None:
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


TAILS: dict[str, Callable[[Site], _Tail | None]] = {
    "fixed": _fixed,
    "place": _place,
    "place?": _optional_place,
    "force": _force,
    "zone": _zone,
    "zone?": _optional_zone,
    "branch?": _branch,
    "owner": _owner,
    "owner?": _optional_owner,
    "party": _party,
    "party?": _optional_party,
    "committee": _committee,
    "body": _body,
    "domain": _domain,
    "name": _name_tail,
    "cell": _cell,
    "purpose": _purpose,
}
