"""Whose number it is: the commune of a parcel, the keeper of a register, who gave a permit; None where the record leaves
it open. Nothing is guessed: a number without its place is no entity (DESIGN.md §1).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.linking.draft import Draft
from kg.linking.identity import number_key
from kg.linking.places import meant
from nlp.model import Identifier
from ontology.folding import fold
from ontology.model import Unit
from ontology.registry import Ontology

_REACH: Final = 160
"""Characters to each side of a number within which its place or keeper stands."""
_END: Final = re.compile(r"[.;]\s+(?=[^\Wa-zà-ỹ\d_]|\d+[.)]|-)|\n\s*\n|\n\s*(?=(?:\d+[.)]|[-+•]|Điều)\s)|\f")
"""Where what is said of a number ends: a sentence, a point of a list, a paragraph."""
_CELLS: Final = re.compile(r"\t|\s\|\s|[^\S\n]{3,}")
_LIVES: Final = re.compile(
    r"thuong tru|tam tru|cu tru|tru tai|noi o|cho o|ho khau|que quan|nguyen quan|que o|sinh tai|noi sinh|tru quan"
)
"""Behind these stands where somebody lives, not where the land lies."""
_NO_MORE: Final = re.compile(r"[.;]|\n\s*\n|\bthua\b|\bdat\b|\bto ban do\b")
"""Where that ends at the latest."""
_ELSEWHERE: Final = re.compile(
    r"\b(?:ong|ba|anh|chi|cu|ho gia dinh|ho ong|ho ba|ben [ab]|giap|tai dinh cu|chuyen den|doi lay|bo tri)\b"
)
"""Between a number and a place these say that the place is another's: somebody's, a neighbour's, where he moves."""
_NOTARY: Final = re.compile(r"cong chung|\bcc\b|\bscc\b")
_DAY: Final = re.compile(r"(?:[/.-] ?|nam )((?:19[4-9]|20[0-4])\d)\b")
_CUE: Final = re.compile(r"\b(?:thua|to|tbd|bd)\b[^\n\t]{0,24}$")
_COMMUNES: Final = ("xã", "phường", "thị trấn")
_UNKNOWN: Final = ""


@dataclass(frozen=True, slots=True)
class _Named:
    """A commune, or the unit of a body, named at ``start``..``end``: the ids it can be (none: not known which)."""

    start: int
    end: int
    units: frozenset[str]
    level: str


@dataclass(slots=True)
class Places:
    """The communes and bodies that one record names."""

    draft: Draft
    ontology: Ontology
    communes: list[_Named] = field(default_factory=list)
    bodies: list[_Named] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    """Where people are named, ascending."""
    title: set[str] = field(default_factory=set)
    folded: str = ""
    every: dict[str, set[str]] = field(default_factory=dict)
    """By level, the units of all bodies that the record names."""
    alone: Unit | None = None
    """The only commune that the record names, its issuer's among them."""

    @classmethod
    def of(cls, draft: Draft, ontology: Ontology) -> Places:
        """Gather them; those that only say where somebody lives are left out."""
        found = cls(draft, ontology, folded=fold(draft.extraction.text))
        if len(found.folded) != len(draft.extraction.text):
            found.folded = draft.extraction.text.lower()
        last = 0
        for mention in [*sorted(draft.extraction.places, key=lambda one: one.start), *draft.delivered.title_places]:
            units = frozenset(meant(mention))
            level = found._level(units) or ("commune" if (mention.type or "").lower() in _COMMUNES else "")
            if level != "commune":
                continue
            if mention.where == "title" or mention in draft.delivered.title_places:
                found.title |= units or {_UNKNOWN}
            else:
                if not found._lives(max(last, mention.start - _REACH), mention.start):
                    found.communes.append(_Named(mention.start, mention.end, units, level))
                last = mention.end
        for body in draft.extraction.agencies:
            if body.unit:
                level = ontology.unit(body.unit).level
                found.bodies.append(_Named(body.start, body.end, frozenset({body.unit}), level))
                found.every.setdefault(level, set()).add(body.unit)
        found.communes.sort(key=_start)
        found.bodies.sort(key=_start)
        found.people = sorted(person.start for person in draft.extraction.people)
        found.alone = found._alone()
        return found

    def _alone(self) -> Unit | None:
        issuer = self.issuer
        own = {issuer} if issuer and self.ontology.unit(issuer).level == "commune" else set()
        named = (place.units or {_UNKNOWN} for place in self.communes)
        return self._one(own.union(self.every.get("commune", ()), *named))

    @property
    def issuer(self) -> str | None:
        """The unit of the issuer, else of the fonds' creator (a letter has no issuer)."""
        fonds = self.draft.delivered.fonds
        return self.draft.extraction.issuer_unit or (fonds.unit if fonds else None)

    def _lives(self, start: int, end: int) -> bool:
        """Whether a place behind a stretch of the text is somebody's home."""
        cues = list(_LIVES.finditer(self.folded, start, end))
        return bool(cues) and _NO_MORE.search(self.folded, cues[-1].end(), end) is None

    def _level(self, units: Iterable[str]) -> str:
        levels = {self.ontology.unit(unit).level for unit in units}
        return levels.pop() if len(levels) == 1 else ""

    # -- what is said around a number
    def around(self, one: Identifier) -> tuple[int, int]:
        """The sentence, line of a table or point of a list in which a number stands."""
        text = self.draft.extraction.text
        first, last = max(0, one.start - _REACH), min(len(text), one.end + _REACH)
        line = text.rfind("\n", 0, one.start) + 1, text.find("\n", one.end)
        end_of_line = len(text) if line[1] < 0 else line[1]
        if one.kind in ("parcel", "map_sheet") and not _CUE.search(self.folded, max(0, one.start - 40), one.start):
            return max(first, line[0]), min(last, end_of_line)
        if _CELLS.search(text, line[0], end_of_line):
            first, last = max(first, line[0]), min(last, end_of_line)
        before = [match.end() for match in _END.finditer(text, first, one.start)]
        after = _END.search(text, one.end, last)
        return (before[-1] if before else first), (after.start() if after else last)

    def year(self, one: Identifier) -> str | None:
        """The year of the one date that stands with a number; of a certification paper that names no day beside it, the
        paper's own: it is certified when it is made."""
        first, last = self.around(one)
        years = set(_DAY.findall(self.folded, first, last))
        extraction = self.draft.extraction
        if not years and one.kind.startswith("certification") and extraction.subject == "certification":
            years = {extraction.date[:4]} if extraction.date else set()
        return years.pop() if len(years) == 1 else None

    # -- whose it is
    def of_land(self, one: Identifier) -> Unit | None:
        """The commune in which a parcel lies: the one said with it; else the one of the title; else the only one that
        the record names, its issuer's among them."""
        first, last = self.around(one)
        near = _between(self.communes, first, last)
        behind = next((place for place in near if place.start >= one.end and self._free(one.end, place.start)), None)
        before = [place for place in near if place.end <= one.start and self._free(place.end, one.start)]
        if said := behind or (before[-1] if before else None):
            return self._one(said.units)
        if near:
            return None
        if self.title:
            return self._one(self.title)
        return self.alone

    def of_register(self, one: Identifier, kind: str) -> Unit | None:
        """Who keeps the register of a civil or certification entry: the commune or district that is said with it; else,
        in a paper of that subject, the commune that issued it, where no other is named."""
        first, last = self.around(one)
        if kind == "certification" and _NOTARY.search(self.folded, max(0, one.start - 30), one.end + 40):
            return None  # a notary's office keeps its own
        near = self._bodies(first, last, ("commune", "district"))
        if near:
            return self._one(near)
        if places := _between(self.communes, first, last):
            return self._one(set().union(*(place.units or {_UNKNOWN} for place in places)))
        wanted = "certification" if kind == "certification" else "civil_status"
        issuer = self.draft.extraction.issuer_unit
        if self.draft.extraction.subject != wanted or (issuer and self.ontology.unit(issuer).level != "commune"):
            return None
        own = {issuer} if issuer else set()
        return self._one(own.union(self.every.get("commune", ())))

    def of_district(self, one: Identifier) -> Unit | None:
        """The district that gave a number: the one said with it, else the issuer's, where no other is named."""
        near = self._bodies(*self.around(one), ("district",))
        if near:
            return self._one(near)
        every = self.every.get("district", set())
        issuer = self.draft.extraction.issuer_unit
        if issuer is None:
            return self._one(every)
        unit = self.ontology.unit(issuer)
        above = [unit, *self.ontology.parents(unit, self.draft.extraction.date or unit.valid_from)]
        own = {parent.id for parent in above if parent.level == "district"}
        if unit.level == "province" or not own:
            return None
        return self._one(own | every)

    def of_permit(self, one: Identifier) -> tuple[Unit | None, str | None]:
        """Who gave a permit, and in which year: of the record's own number its issuer, of another the one body that is
        said with it."""
        extraction = self.draft.extraction
        if extraction.number and number_key(extraction.number) == number_key(one.value):
            issuer = extraction.issuer_unit
            date = extraction.date or extraction.date_partial
            return (self.ontology.unit(issuer) if issuer else None), (date[:4] if date else None)
        near = self._bodies(*self.around(one), ("commune", "district", "province"))
        return (self._one(near) if near else None), self.year(one)

    def _bodies(self, first: int, last: int, levels: Sequence[str]) -> set[str]:
        return {unit for body in _between(self.bodies, first, last) if body.level in levels for unit in body.units}

    def _free(self, start: int, end: int) -> bool:
        """Whether nobody is named between a place and a number: else it may be where he lives."""
        named = bisect_left(self.people, start) < bisect_left(self.people, end)
        return not named and not _ELSEWHERE.search(self.folded, start, end)

    def _one(self, units: Iterable[str]) -> Unit | None:
        """The unit, where all these are versions of one."""
        found = set(units)
        if not found or _UNKNOWN in found:
            return None
        latest = max((self.ontology.unit(unit) for unit in found), key=lambda unit: unit.valid_from)
        same = {version.id for version in self.ontology.same(latest)}
        return latest if found <= same else None


def _start(named: _Named) -> int:
    return named.start


def _between(ordered: Sequence[_Named], first: int, last: int) -> list[_Named]:
    """Those that stand wholly between two offsets."""
    start, end = bisect_left(ordered, first, key=_start), bisect_left(ordered, last, key=_start)
    return [named for named in ordered[start:end] if named.end <= last]
