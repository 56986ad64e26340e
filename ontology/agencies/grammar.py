"""The grammar of a body's name on one-line text: head word, then domain, owner or place, as the head demands.

Text comes twice, as written and folded (the same length); positions count in both.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from ontology.agencies.words import (
    Head,
    agrees,
    domains_by_first,
    hard_stops,
    heads_by_first,
    phrases_by_first,
    place_abbreviations,
    stops,
)
from ontology.folding import fold
from ontology.gazetteer import names as gazetteer
from ontology.names import levels_of, rows, split_type
from ontology.registry import load

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_LONGEST_PLACE = 6
_LONGEST_NAME = 14
_LONGEST_PURPOSE = 12
_ZONE = re.compile(r" (?:khu vuc|so|vung)\s(?:[ivx]+|\d+)(?!\w)")
_FORMER = re.compile(r" \(cu\)")
_BRANCH = re.compile(r" (?:- )?chi nhanh(?=\s)")
_PLURAL = re.compile(r"\s(?:cac|tung|moi|cap|nhung|dia phuong|noi)(?!\w)")
_LISTED_TYPES = re.compile(r"\s?[,/]\s?(?:va\s)?(?:tinh|thanh pho|quan|huyen|thi xa|xa|phuong|thi tran|dac khu|tp)(?=\s?[,;/.:)]|\s(?:va|thuoc|truc thuoc|co|tren|trong)\s|$|\n)")
_UNDER_CENTRE = re.compile(r"\s(?:truc thuoc|thuoc)\s(?:trung uong|tw|tinh|thanh pho)")
_PARTY = frozenset({"party_committee", "party_organisation", "party_cell"})
_COUNCILS = frozenset({"people_council", "people_committee", "deputies"}) | _PARTY
_BODIES = _COUNCILS | {"front", "women", "farmers", "veterans", "youth", "trade_union", "association"}


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a name: type word in full ("quận", None where there is none), bare name as written (None for the
    type alone, "UBND tỉnh"), and where it ends."""

    type: str | None
    name: str | None
    end: int

    @property
    def text(self) -> str:
        """Type and name."""
        return " ".join(part for part in (self.type, self.name) if part)


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
class _Tail:
    text: str
    end: int
    place: Place | None = None
    owner: AgencyName | None = None
    proper: bool = True
    known: bool = True


def head_at(shown: str, folded: str, position: int) -> Head | None:
    """The longest head word that begins at ``position``."""
    word = _WORD.match(folded, position)
    if word is None:
        return None
    for head in heads_by_first().get(word.group(), ()):
        end = position + len(head.folded)
        if folded.startswith(head.folded, position) and not folded[end : end + 1].isalnum() and fits(head, shown[position:end]):
            return head
    return None


def fits(head: Head, written: str) -> bool:
    """Whether the written letters are this head: capitals for an abbreviation, accents for a word."""
    if head.acronym:
        return written.isupper() or written == head.form
    return agrees(written, head.form)


def read_at(shown: str, folded: str, position: int, head: Head | None = None) -> Reading | None:
    """The body whose name begins at ``position``; None where the head's demands are not met."""
    head = head or head_at(shown, folded, position)
    if head is None or head.tail == "skip":
        return None
    after = position + len(head.folded)
    caps = not head.acronym and shown[position:after].isupper()
    tail = _TAILS[head.tail](shown, folded, after, head, caps)
    if tail is None:
        return None
    if (shown[position].islower() or (caps and head.syllables == 1)) and not _sure(head, tail, caps):
        return None
    former = _FORMER.match(folded, tail.end)
    return Reading(_name(head, tail), position, former.end() if former else tail.end, tail.proper, tail.known)


_SMALL_HEADS = frozenset({"Phòng", "Trường", "Trung tâm", "Trạm"})
"""Heads of one word or two that pages write small before a name of its own; the others ("sở", "bộ", "hội") are then
part of another word ("cơ sở", "cán bộ", "xã hội")."""


def _sure(head: Head, tail: _Tail, caps: bool) -> bool:
    """Whether a head in small letters, or a lone syllable among capitals, is meant as a name."""
    if caps:
        return tail.known
    return tail.proper and (head.syllables > 1 or (head.canonical in _SMALL_HEADS))


def _name(head: Head, tail: _Tail) -> AgencyName:
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
        " ".join(f"{head.canonical} {tail.text}".split()),
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
    return next(iter(levels)) if len(levels) == 1 else ("province" if "province" in levels and place.name is None else None)


# places


@cache
def _place_type() -> re.Pattern[str]:
    words = sorted((row["form"] for row in rows("type_words.csv") if row["form"] == row["type"]), key=len, reverse=True)
    spelt = "|".join(re.escape(fold(word)) for word in words)
    return re.compile(rf" ?(?:(?P<word>{spelt})(?!\w)|(?P<short>tp|tx|tt|[qhxpft])(?P<dot>\.\s?|\s|(?=[\d,;:)])|$))")


@cache
def _types() -> dict[str, str]:
    return {fold(row["form"]): row["type"] for row in rows("type_words.csv")}


@cache
def _type_forms() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in rows("type_words.csv"):
        found.setdefault(fold(row["form"]), []).append(row["form"])
    return {key: tuple(forms) for key, forms in found.items()}


def place_at(shown: str, folded: str, position: int, *, caps: bool = False, strict: bool = False) -> Place | None:
    """The place that begins at ``position`` (after a space): type and name, type alone, or a known bare name.

    ``strict``: the type word's accents must be right ("quận" is not "quân"); a generic group ("các xã, phường",
    "cấp tỉnh") is no place.
    """
    if _PLURAL.match(folded, position):
        return None
    if abbreviated := _abbreviated(folded, position):
        return abbreviated
    match = _place_type().match(folded, position)
    if match is None:
        return _bare_place(shown, folded, position, caps)
    form = match.group("word") or match.group("short")
    written = shown[match.start("word") : match.end("word")] if match.group("word") else ""
    if written and strict and not any(agrees(written, known) for known in _type_forms()[form]):
        return None
    if not written and not _short_type(shown, folded, match):
        return _bare_place(shown, folded, position, caps)
    kind = _types()[form]
    begin = match.end() + (1 if written and folded[match.end() : match.end() + 1] == " " else 0)
    named = name_at(shown, folded, begin, caps=caps)
    if named is not None:
        return Place(kind, " ".join(cased(shown[begin:named]).split()), named)
    if match.group("short") and match.group("short") != "tp":
        return None
    end = match.end("word") if written else match.end("short")
    if _LISTED_TYPES.match(folded, end) or _UNDER_CENTRE.match(folded, end):
        return None
    return Place(kind, None, end)


def _short_type(shown: str, folded: str, match: re.Match[str]) -> bool:
    """"Q.", "P.", "TP": capitals, and a dot or a name behind (a lone letter before a word is no type)."""
    short = shown[match.start("short") : match.end("short")]
    if not short.isupper() and not short[:1].isupper():
        return False
    return len(short) > 1 or match.group("dot").strip() == "." or folded[match.end() : match.end() + 1].isdigit()


def _abbreviated(folded: str, position: int) -> Place | None:
    begin = position + (1 if folded[position : position + 1] == " " else 0)
    dash = 2 if folded.startswith("- ", begin) else 0
    for form, name in place_abbreviations().items():
        if folded.startswith(form, begin + dash) and not folded[begin + dash + len(form) :][:1].isalnum():
            kind, _, bare = name.rpartition(" phố ")
            return Place((kind + " phố").lower(), bare, begin + dash + len(form))
    return None


def _bare_place(shown: str, folded: str, position: int, caps: bool) -> Place | None:
    if folded[position : position + 1] != " ":
        return None
    end = name_at(shown, folded, position + 1, caps=caps, known_only=True)
    if end is None or not is_great(shown[position + 1 : end], folded[position + 1 : end]):
        return None
    return Place(None, cased(shown[position + 1 : end]), end)


@cache
def _great_names() -> dict[str, tuple[str, ...]]:
    units = load().units
    found: dict[str, tuple[str, ...]] = {}
    for name, ids in gazetteer().items():
        great = {split_type(units[i].name)[1] for i in ids if units[i].level != "commune"}
        if great and not name.isdigit():
            found[name] = tuple(great)
    return found


def is_great(written: str, folded: str) -> bool:
    """Whether a bare name is that of a province or district, accents and all: communes need their type word."""
    return any(agrees(written, name) for name in _great_names().get(folded, ()))


def cased(name: str) -> str:
    """A name in capitals as it is written in running text."""
    if not name.isupper() or len(name) <= 3:
        return name
    return " ".join(word.capitalize() for word in name.split(" "))


def name_at(shown: str, folded: str, position: int, *, caps: bool = False, known_only: bool = False) -> int | None:
    """Where a proper place name that begins at ``position`` ends: the longest known name, else a run of capitals."""
    ends: list[int] = []
    cursor = position
    while len(ends) < _LONGEST_PLACE and (word := _WORD.match(shown, cursor)):
        text = word.group()
        if not (text.isupper() if caps and not text.isdigit() else text[0].isupper() or text.isdigit()):
            break
        ends.append(word.end())
        cursor = word.end()
        if shown.startswith(" - ", cursor) and not caps:
            cursor += 3
        elif shown[cursor : cursor + 1] in (" ", "-"):
            cursor += 1
        else:
            break
    known = gazetteer()
    for end in reversed(ends):
        if folded[position:end] in known:
            return end
    if known_only or not ends:
        return None
    return _unknown_name(shown, position, ends, caps)


def _unknown_name(shown: str, position: int, ends: list[int], caps: bool) -> int | None:
    first = shown[position : ends[0]]
    if first.isdigit():
        return ends[0] if len(first) <= 2 else None
    if first.isupper() and len(first) > 1 and not caps:
        return ends[0] if len(first) <= 4 else None
    if len(ends) < 2 or (caps and len(ends) > 3):
        return None  # "Công an tỉnh Chỉ đạo ..."; capitals that run on are a heading
    return ends[min(len(ends), 4) - 1]


# tails


def _fixed(shown: str, folded: str, after: int, head: Head, caps: bool) -> _Tail | None:
    return _Tail("", after)


def _joint(folded: str, after: int) -> int:
    """A hyphen or the words "Việt Nam" between an organisation's name and its place."""
    match = re.compile(r"(?:\s?[-–])(?=\s?(?:tp|tinh|quan|huyen|xa|phuong|thanh pho))").match(folded, after)
    return match.end() if match else after


def _place(shown: str, folded: str, after: int, head: Head, caps: bool) -> _Tail | None:
    place = place_at(shown, folded, _joint(folded, after), caps=caps)
    if place is None:
        return None
    return _Tail(place.text, place.end, place, proper=place.name is not None)


def _optional_place(shown: str, folded: str, after: int, head: Head, caps: bool) -> _Tail | None:
    if re.compile(r"\s?(?:va|,)?\s?truc thuoc|\s?(?:cac|,\s?(?:huyen|thi|quan|thanh) (?:uy|doan))").match(folded, after):
        return None
    return _place(shown, folded, after, head, caps) or _Tail("", after, proper=False)


def _force(shown: str, folded: str, after: int, head: Head, caps: bool) -> _Tail | None:
    if match := re.compile(r" (?:toan )?(?=tinh|thanh pho|quan|huyen|xa|phuong)").match(folded, after):
        place = place_at(shown, folded, match.end() - 1, caps=caps, strict=True)
        if place:
            return _Tail(place.text, place.end, place, proper=place.name is not None)
    if match := re.compile(r"\strung uong(?!\w)").match(folded, after):
        return _Tail("Trung ương", match.end())
    return _place(shown, folded, after, head, caps)


def _zone(shown: str, folded: str, after: int, head: Head, caps: bool) -> _Tail | None:
    if match := _ZONE.match(folded, after):
        return _Tail(shown[after : match.end()].strip(), match.end())
    if match := re.compile(r"\s\d+(?!\w)").match(folded, after):
        return _Tail(match.group().strip(), match.end())
    return None


def _optional_zone(shown: str, folded: str, after: int, head: Head, caps: bool) -> _Tail | None:
    return _zone(shown, folded, after, head, caps) or _Tail("", after)


def _branch(shown: str, folded: str, after: int, head: Head, caps: bool) -> _Tail | None:
    if match := _BRANCH.match(folded, after):
        place = place_at(shown, folded, match.end(), caps=caps)
        if place:
            return _Tail(f"chi nhánh {place.text}", place.end, place)
    return _Tail("", after)


def _owner_of(kinds: frozenset[str] | None) -> Callable[[str, str, int], Reading | None]:
    def read(shown: str, folded: str, after: int) -> Reading | None:
        gap = re.compile(r" (?:cua )?|\.(?=\w)").match(folded, after)
        if gap is None:
            return None
        owner = read_at(shown, folded, gap.end())
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


def _owner(shown: str, folded: str, after: int, head: Head, caps: bool) -> _Tail | None:
    if owner := _owned(_any_owner(shown, folded, after)):
        return owner
    if tail := _place(shown, folded, after, head, caps):
        return tail
    match = re.compile(r" (?P<body>so|bo|cuc|tong cuc|chi cuc|vien|trung uong)(?=\s?[,;.:)/]|\s[a-z]|\n|$)").match(folded, after)
    if match and shown[match.start("body")].isupper():
        return _Tail(shown[match.start("body") : match.end()], match.end(), known=False)
    return None


def _optional_owner(shown: str, folded: str, after: int, head: Head, caps: bool) -> _Tail | None:
    return _owner(shown, folded, after, head, caps) or _Tail("", after, proper=False)


def _party(shown: str, folded: str, after: int, head: Head, caps: bool) -> _Tail | None:
    if tail := _owned(_party_owner(shown, folded, after)):
        return tail
    if match := re.compile(r"\s(?:tu|tw)(?!\w)").match(folded, after):
        return _Tail("Tỉnh ủy" if "tu" in match.group() else "Trung ương", match.end())
    return None


def _optional_party(shown: str, folded: str, after: int, head: Head, caps: bool) -> _Tail | None:
    return _party(shown, folded, after, head, caps) or _place(shown, folded, after, head, caps) or _Tail("", after, proper=False)


def _committee(shown: str, folded: str, after: int, head: Head, caps: bool) -> _Tail | None:
    return _owned(_council_owner(shown, folded, after))


def _body(shown: str, folded: str, after: int, head: Head, caps: bool) -> _Tail | None:
    return _owned(_body_owner(shown, folded, after))


def _domain(shown: str, folded: str, after: int, head: Head, caps: bool) -> _Tail | None:
    if folded[after : after + 1] not in (" ", "."):
        return None
    begin = after + 1
    known = _known_domain(shown, folded, begin, head)
    if known is not None:
        text, end = known
    else:
        end = _domain_run(shown, folded, begin, caps) or 0
        text = shown[begin:end]
        if not end or (head.kind in ("ministry", "department") and not _abbreviation(text)):
            return None
    place = place_at(shown, folded, end, caps=caps, strict=True)
    if place is None and head.kind in ("centre", "institute") and (match := _PROPER.match(shown, end)) and not caps:
        return _Tail(f"{text}{match.group()}", match.end(), known=False)
    if place is None:
        return _Tail(text, end, known=known is not None)
    return _Tail(f"{text} {place.text}", place.end, place, known=known is not None)


_PROPER = re.compile(r"(?: [^\W\d_a-zà-ỹ][^\W\d_A-Z]*){2,4}(?=[,;.:)\n]|$| [a-zà-ỹ(-])")
"""A name of its own behind the field: "Trung tâm CNTT Tây Bắc"."""


def _known_domain(shown: str, folded: str, begin: int, head: Head) -> tuple[str, int] | None:
    """The longest field of the closed list, and what is joined to it by a hyphen or "và"."""
    word = _WORD.match(folded, begin)
    if word is None:
        return None
    for domain in domains_by_first().get(word.group(), ()):
        end = begin + len(domain.folded)
        if not folded.startswith(domain.folded, begin) or folded[end : end + 1].isalnum():
            dashed = domain.folded.replace(" - ", " – ")
            if not folded.startswith(dashed, begin) or folded[end : end + 1].isalnum():
                continue
        written = shown[begin:end]
        capital = written[0].isupper() or domain.name[0].islower() or (head.canonical in domain.heads and " " in written)
        if capital and (written.isupper() or agrees(written, domain.name) or fold_is(written, domain.folded)):
            return domain.name, end
    return None


def fold_is(written: str, folded: str) -> bool:
    """Whether a written abbreviation has capitals only where it has letters."""
    return sum(char.isupper() for char in written) >= 2 and len(written) == len(folded)


def _abbreviation(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return 2 <= len(letters) <= 24 and sum(char.isupper() for char in letters) >= 2 and not any(
        word.islower() and word not in ("và",) for word in text.split()
    ) and all(sum(c.isupper() for c in word) >= 2 or word == "và" for word in re.findall(r"\w+", text))


def _domain_run(shown: str, folded: str, begin: int, caps: bool) -> int | None:
    """Where an unlisted field ends: capitals with at most one small syllable each, joined by "-", "và", "&"."""
    return _run(shown, begin, caps, small=1)


def _name_tail(shown: str, folded: str, after: int, head: Head, caps: bool) -> _Tail | None:
    begin = after + 1
    if folded[after : after + 1] != " ":
        return None
    if match := re.compile(r"cac\s(?=khu|du an|cong trinh)").match(folded, begin):
        begin = match.end()
    if head.kind in ("school", "health", "notary") and (match := re.compile(r"so \d+(?!\w)").match(folded, begin)):
        return _with_place(shown, folded, after, match.end(), caps)
    first = _compound(shown, begin, caps, 1)
    if first and shown[begin].islower() and (shown[first + 1 : first + 2].isupper() or place_at(shown, folded, first, strict=True)):
        end = _run(shown, first + 1, caps, small=2) or first
    else:
        end = _run(shown, begin, caps, small=2)
    if end is None:
        place = place_at(shown, folded, after, caps=caps, strict=True)
        return _Tail(place.text, place.end, place, proper=place.name is not None) if place and place.name else None
    return _with_place(shown, folded, after, end, caps)


def _with_place(shown: str, folded: str, after: int, end: int, caps: bool) -> _Tail:
    place = place_at(shown, folded, end, caps=caps, strict=True)
    stop = place.end if place else end
    return _Tail(shown[after + 1 : stop], stop, place, known=False)


_CELL = re.compile(r" (?:so )?\d{1,3}[a-z]?(?!\w)")
_CELL_OF = re.compile(r" (?:thon|xom|to dan pho|tdp|khu dan cu|khu pho|to|co quan|khu)(?= )")


def _cell(shown: str, folded: str, after: int, head: Head, caps: bool) -> _Tail | None:
    """A Party cell: by number, of a village or a residential group, of a body, or with a name."""
    if match := _CELL.match(folded, after):
        return _with_place(shown, folded, after, match.end(), caps)
    if match := _CELL_OF.match(folded, after):
        number = re.compile(r" (?:so )?\d{1,3}(?!\w)").match(folded, match.end())
        end = number.end() if number else _run(shown, match.end() + 1, caps, small=1)
        return _with_place(shown, folded, after, end, caps) if end else None
    return _owned(_any_owner(shown, folded, after)) or _name_tail(shown, folded, after, head, caps)


def _purpose(shown: str, folded: str, after: int, head: Head, caps: bool) -> _Tail | None:
    """A board named by what it does, mostly in small letters: up to a function word or a comma."""
    if caps:
        end = _run(shown, after + 1, caps, small=0)
        return _with_place(shown, folded, after, end, caps) if end else None
    cursor, count = after, 0
    while count < _LONGEST_PURPOSE and shown[cursor : cursor + 1] == " " and (word := _WORD.match(shown, cursor + 1)):
        if compound := _compound(shown, cursor + 1, caps, 1):
            cursor, count = compound, count + 2
            continue
        if word.group().lower() in hard_stops() or place_at(shown, folded, cursor, strict=True):
            break
        cursor, count = word.end(), count + 1
    return _with_place(shown, folded, after, cursor, caps) if count >= 2 else None


def _run(shown: str, begin: int, caps: bool, small: int) -> int | None:
    """Where a run of name words ends. ``small``: small syllables allowed in a row before the next capital."""
    cursor, end, count, lower = begin, None, 0, 0
    while count < _LONGEST_NAME and (word := _WORD.match(shown, cursor)):
        text = word.group()
        if compound := _compound(shown, cursor, caps, count):
            end, lower, count = compound, 0, count + 1
            step = _step(shown, compound, caps)
            if step is None:
                break
            cursor = step
            continue
        if caps:
            if not text.isupper() and not text.isdigit():
                break
            if _begins_another(shown, word.start(), count):
                break
            end = word.end()
        elif text[0].isupper() or text[0].isdigit():
            if count == 0 and text[0].isdigit():
                break
            if _begins_another(shown, word.start(), count):
                break
            end, lower = word.end(), 0
        elif count == 0:
            break
        else:
            lower += 1
            if _begins_another(shown, word.start(), count):
                break
            if text in hard_stops() or lower > max(small, 1):
                break
            if lower == 1 and text not in stops():
                end = word.end()
            elif lower == 1:
                end = word.end() if not _sure_verb(shown, word.start()) else end
                if end != word.end():
                    break
            elif text in stops():
                break
        count += 1
        cursor = word.end()
        step = _step(shown, cursor, caps)
        if step is None:
            break
        cursor = step
    return end


def _compound(shown: str, position: int, caps: bool, count: int) -> int | None:
    """Where a compound of the closed list ends that begins here; the first word of a name needs its capital."""
    if count == 0 and not shown[position].isupper():
        return None
    folded = fold(shown[position : position + 40])
    word = _WORD.match(folded)
    for phrase in phrases_by_first().get(word.group(), ()) if word else ():
        if folded.startswith(phrase) and not folded[len(phrase) : len(phrase) + 1].isalnum():
            written = shown[position : position + len(phrase)]
            if not caps or written.isupper():
                return position + len(phrase)
    return None


def _sure_verb(shown: str, position: int) -> bool:
    """A stop word right behind a capital syllable: a verb where another small word follows it ("Mai trình Sở")."""
    return re.compile(r"\w+\s[^\W\dA-ZÀ-Ỹ]+").match(shown, position) is not None


def _begins_another(shown: str, position: int, count: int) -> bool:
    if count == 0:
        return False
    stretch = shown[position : position + 60]
    folded = fold(stretch)
    if len(folded) != len(stretch):
        return False
    if (kind := _place_type().match(folded)) and kind.group("word") and name_at(stretch, folded, kind.end() + 1, caps=stretch[:4].isupper()):
        return True
    head = head_at(stretch, folded, 0)
    return head is not None and (head.syllables > 1 or head.acronym or head.kind in ("ministry", "department"))


_STEP = re.compile(r" và (?:các )?(?=[kK]hu|[cC]ụm|KHU)| - (?=[^\W\d_a-zà-ỹ])| – (?=[^\W\d_a-zà-ỹ])| ?& ?| và (?=[^\W\d_a-zà-ỹ])|-(?=\w)| ")


def _step(shown: str, cursor: int, caps: bool) -> int | None:
    match = _STEP.match(shown, cursor)
    if match is None:
        return None
    if "khu" in shown[match.end() : match.end() + 3].lower():
        return match.end()
    if "và" in match.group() or "-" in match.group() or "–" in match.group():
        follower = _WORD.match(shown, match.end())
        if follower is None or not follower.group()[0].isupper() or _begins_another(shown, match.end(), 1):
            return None
        if "và" in match.group() and follower.group() in _TITLES:
            return None
    return match.end()


_TITLES = frozenset({"Thủ", "Giám", "Chủ", "Trưởng", "Phó", "Cục", "Chánh", "Bộ", "Các", "Những", "Tổng", "Hiệu", "Viện"})

_TAILS: dict[str, Callable[[str, str, int, Head, bool], _Tail | None]] = {
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
