"""From a name to the dated units that it can mean, with a score and the reasons for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from ontology import dates
from ontology.containment import Area, Containment
from ontology.errors import AmbiguousUnit, UnitNotFound
from ontology.folding import fold
from ontology.misspelt import NearMisses
from ontology.model import Alias, Argument, Candidate, Unit
from ontology.name_index import NameIndex
from ontology.names import LONGEST_NAME, cut_short, split_chain, split_run
from ontology.neighbours import Place, ranked
from ontology.running_text import RunningText, counts_as_one
from ontology.scoring import NO_MATCH, OTHER_TYPE, Match, best_first, time_reason

if TYPE_CHECKING:
    from ontology.registry import Ontology

_NEAR_MISSES = 10
"""Candidates that are shown for a name that is not known."""

_Reading = tuple[str, tuple[str, ...]]
"""A name and the containing units beside it."""

_NEAR_READINGS = 3
"""Ways to cut a name that are tried for near misses: at commas and type words, not at hyphens."""


class Resolver:
    """Names to units of one ontology. Indexes are built when first needed."""

    def __init__(self, ontology: Ontology, aliases: Sequence[Alias] = ()) -> None:
        self._ontology = ontology
        self.names = NameIndex(ontology.units, aliases)
        self._at_commas = lru_cache(maxsize=65536)(_at_commas)
        self._otherwise = lru_cache(maxsize=65536)(self._otherwise_anew)
        self._within = lru_cache(maxsize=65536)(self._within_anew)
        self._place = lru_cache(maxsize=4096)(self._place_anew)
        self._area = lru_cache(maxsize=65536)(self._area_anew)
        self._containment = Containment(ontology)
        self._misspelt = NearMisses(ontology, self.names, self._containment, self._area)
        self.text = RunningText(ontology, self.names)

    # Names of users

    def find(
        self, name: str, *, at: str | None = None, within: str | None = None, nearby: Sequence[str] = ()
    ) -> list[Candidate]:
        """See ``Ontology.find``."""
        if _too_long(name, within):
            return []
        matches = self._matches(name, at, within)
        if nearby:
            matches = ranked(
                matches, [place for name in nearby if not _too_long(name) and (place := self._place(name, at)).ids]
            )
        if len(matches) > 1:
            matches.sort(key=best_first)
            if not NO_MATCH.isdisjoint(matches[0].reasons):
                del matches[_NEAR_MISSES:]
        return [match.candidate() for match in matches]

    def _matches(self, name: str, at: str | None, within: str | None) -> list[Match]:
        """What the name can mean in its containing units, and how that stands to the day: as it is written, else near
        misses."""
        well_written = self.names.well_written(name)
        if well_written and (matches := _standing(well_written, self._within(within) if within else None, at)):
            return matches
        accented = _has_accents(name) or _has_accents(within or "")
        around = tuple(split_chain(within)) if within else ()
        tried: list[_Reading] = []
        for cut in (self._at_commas, self._otherwise):
            for own, containing in cut(name):
                places = tuple(dict.fromkeys(containing + around))
                tried.append((own, places))
                area = self._area(places, accented) if places else None
                if matches := _standing(self.names.named(own, accented), area, at):
                    return matches
        near = self._near_misses(tried[:_NEAR_READINGS], at, accented)
        return _standing(near, None, at)

    def _near_misses(self, readings: Sequence[_Reading], at: str | None, accented: bool) -> list[Match]:
        """What a name that is no unit's, or none's in its containing units, may have been meant for; beside these the
        units that bear it elsewhere, since either the name or the containing unit is wrong."""
        found: dict[str, Match] = {}
        for own, containing in readings:
            for match in self._misspelt.of(own, containing, at, accented=accented):
                held = found.get(match.unit.id)
                if held is None or held.score < match.score:
                    found[match.unit.id] = match
        if found:
            for own, containing in readings[:1]:
                for match in self.names.spelt(own, accented) if containing else ():
                    if match.unit.id not in found:
                        found[match.unit.id] = match.also("not_within", closeness=self._share(match.unit, containing))
        return list(found.values())

    def _share(self, unit: Unit, containing: tuple[str, ...]) -> float:
        """Nearer to 1 the more of the containing units named hold the unit."""
        held = sum(bool(self._area((place,), True).holds(unit, None)) for place in containing)
        return 0.7 + 0.3 * held / len(containing)

    def _place_anew(self, name: str, at: str | None) -> Place:
        """A unit named close by: of the type written, and of the day, where there are such."""
        meant = self._matches(name, at, None)
        meant = [match for match in meant if NO_MATCH.isdisjoint(match.reasons)]
        meant = [match for match in meant if "type_differs" not in match.reasons] or meant
        if at:
            meant = [match for match in meant if match.unit.in_force(at)] or meant
        return Place(self._ontology, (match.unit for match in meant))

    def argument(
        self, text: str, *, within: str | None, at: str | None, prefer: Literal["ended", "in_force"] | None
    ) -> Argument:
        """See ``Ontology.argument``."""
        text = text.strip()
        if _too_long(text, within):
            raise UnitNotFound(", ".join(cut_short(part) for part in (text, within) if part))
        if unit := self._ontology.units.get(text):
            return Argument(unit)
        found = self.find(text, at=at, within=within)
        if coded := tuple(candidate for candidate in found if "bare_code" in candidate.reasons):
            raise AmbiguousUnit(text, coded)
        meant = [candidate for candidate in found if not NO_MATCH.intersection(candidate.reasons)]
        if not meant:
            near_misses = found or self.find(split_chain(text)[0], at=at)
            raise UnitNotFound(text if not within else f"{text}, {within}", tuple(near_misses[:_NEAR_MISSES]))
        return self._one(text, _narrowed(meant, at, prefer))

    def _one(self, text: str, candidates: list[Candidate]) -> Argument:
        """The unit that the candidates agree on: versions of one name under the same parents, or of one line under
        one name, count as one, the latest first."""
        groups: list[list[Candidate]] = []
        for candidate in candidates:
            home = next((group for group in groups if counts_as_one(group[0].unit, candidate.unit)), None)
            if home is None:
                groups.append([candidate])
            else:
                home.append(candidate)
        if len(groups) > 1:
            raise AmbiguousUnit(text, tuple(candidate for group in groups for candidate in group[:1]))
        first, *others = groups[0]
        return Argument(first.unit, tuple(other.unit for other in others), first.reasons)

    # Names in running text

    def resolve(
        self,
        name: str,
        type_word: str | None,
        *,
        on: str | None,
        within_units: Sequence[str],
        inside: Sequence[str],
        nearby: Sequence[str],
        levels: Collection[str],
        former: bool,
    ) -> list[Candidate]:
        """See ``Ontology.resolve``."""
        return self.text.meanings(
            name, type_word, on=on, home=within_units, inside=inside, nearby=nearby, levels=levels, former=former
        )

    # Words to units

    def _otherwise_anew(self, name: str) -> list[_Reading]:
        """The name with its containing units cut at full stops and type words, and at hyphens too, where these cut
        otherwise than commas."""
        chain = split_chain(name)
        strict = [piece for part in chain for piece in split_run(part, strict=True)] or [""]
        run = [piece for part in chain for piece in split_run(part)] or [""]
        cuts = (strict, run, [piece for part in run for piece in part.split(" - ")])
        found = dict.fromkeys((own, tuple(containing)) for own, *containing in cuts)
        found.pop((chain[0], tuple(chain[1:])), None)
        return list(found)

    def _within_anew(self, within: str) -> Area:
        """The containing units named beside a name that has its accents."""
        return self._area(tuple(split_chain(within)), True)

    def _area_anew(self, containing: tuple[str, ...], accented: bool) -> Area:
        """The containing units that these names mean: each of the type written where there are such."""
        return Area(
            self._containment,
            tuple(frozenset(match.unit.id for match in self._of_best_type(place, accented)) for place in containing),
        )

    def _of_best_type(self, place: str, accented: bool) -> Sequence[Match]:
        matches = self.names.spelt(place, accented)
        return [match for match in matches if OTHER_TYPE.isdisjoint(match.reasons)] or matches


def _too_long(*texts: str | None) -> bool:
    """Whether one of the texts is longer than any name."""
    return any(text is not None and len(text) > LONGEST_NAME for text in texts)


def _at_commas(name: str) -> list[_Reading]:
    own, *containing = split_chain(name)
    return [(own, tuple(containing))]


def _standing(matches: Iterable[Match], area: Area | None, at: str | None) -> list[Match]:
    """Those of the matches that lie in the area, with how they do, and how they stand to the day."""
    if area is None:
        return [match.also(time_reason(match.unit, at)) for match in matches] if at else list(matches)
    found = []
    for unit, reasons, closeness in matches:
        if unit.parent in area.parents and (how := area.holds(unit, at)):
            said = (*reasons, how, time_reason(unit, at)) if at else (*reasons, how)
            found.append(Match(unit, said, closeness))
    return found


def _has_accents(text: str) -> bool:
    """Whether the writer used accents at all: then they decide among names."""
    return fold(text) != text.lower()


def _narrowed(
    candidates: list[Candidate], at: str | None, prefer: Literal["ended", "in_force"] | None
) -> list[Candidate]:
    """The candidates that a user's words leave. With a day those that fit best; without, those of the type written
    where there are such, and ended or in force as the question prefers, the latest first."""
    if at:
        best = candidates[0]
        return [one for one in candidates if one.score == best.score or one.reasons == best.reasons]
    for doubt in ("type_differs", "alias", "within_once"):
        candidates = [one for one in candidates if doubt not in one.reasons] or candidates
    today = dates.today()
    if prefer == "ended":
        candidates = [one for one in candidates if not one.unit.in_force(today)] or candidates
    elif prefer == "in_force":
        candidates = [one for one in candidates if one.unit.in_force(today)] or candidates
    return sorted(candidates, key=lambda one: one.unit.valid_from, reverse=True)
