"""From a name to the dated units that it can mean, with a score and the reasons for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from ontology import dates
from ontology.errors import AmbiguousUnit, UnitNotFound
from ontology.folding import fold
from ontology.model import Alias, Argument, Candidate, Unit
from ontology.name_index import NameIndex, same_name
from ontology.names import split_chain, split_run
from ontology.scoring import WEIGHTS, Match, best_first, time_reason

if TYPE_CHECKING:
    from ontology.registry import Ontology

_NEAR_MISSES = 10
"""Candidates that are shown for a name that is not known."""

_NO_MATCH = frozenset({"misspelt", "level_differs"})
"""Reasons for which a candidate is shown and never taken for what a user meant."""

DOUBTS = (
    "misspelt",
    "accents_differ",
    "alias",
    "before_first_list",
    "not_in_force_at",
    "type_differs",
)
"""Reasons that make the reading of a name less than sure."""


class Resolver:
    """Names to units of one ontology. Indexes are built when first needed."""

    def __init__(self, ontology: Ontology, aliases: Sequence[Alias] = ()) -> None:
        self._ontology = ontology
        self.names = NameIndex(ontology.units, aliases)

    # Names of users

    def find(
        self, name: str, *, at: str | None = None, within: str | None = None, nearby: Sequence[str] = ()
    ) -> list[Candidate]:
        """See ``Ontology.find``."""
        around = split_chain(within) if within else []
        accented = _has_accents(name) or _has_accents(within or "")
        for parts in (split_chain(name), split_run(name)):
            own, containing = parts[0] if parts else "", [*parts[1:], *around]
            matches = self._contained(self.names.named(own, accented), containing, at, accented=accented)
            if matches:
                break
        else:
            own, *containing = [*split_chain(name), *around]
            matches = self._contained(self.names.misspelt(own), containing, at, accented=accented)
        if at:
            matches = [match.also(time_reason(match.unit, at)) for match in matches]
        if nearby:
            places = frozenset(
                match.unit.id for place in nearby for match in self.names.spelt(split_chain(place)[0], accented)
            )
            matches = [
                match.also("nearby" if self._neighbours(match.unit, places) else "not_nearby") for match in matches
            ]
        matches = sorted(matches, key=best_first)
        if matches and "misspelt" in matches[0].reasons:
            matches = matches[:_NEAR_MISSES]
        return [match.candidate() for match in matches]

    def argument(
        self, text: str, *, within: str | None, at: str | None, prefer: Literal["ended", "in_force"] | None
    ) -> Argument:
        """See ``Ontology.argument``."""
        text = text.strip()
        if unit := self._ontology.units.get(text):
            return Argument(unit)
        found = self.find(text, at=at, within=within)
        if coded := tuple(candidate for candidate in found if "bare_code" in candidate.reasons):
            raise AmbiguousUnit(text, coded)
        meant = [candidate for candidate in found if not _NO_MATCH.intersection(candidate.reasons)]
        if not meant:
            near_misses = found or self.find(split_chain(text)[0], at=at)
            raise UnitNotFound(text if not within else f"{text}, {within}", tuple(near_misses[:_NEAR_MISSES]))
        return self._one(text, _narrowed(meant, at, prefer))

    def _one(self, text: str, candidates: list[Candidate]) -> Argument:
        """The unit that the candidates agree on: versions of one name under the same parents, or of one line under
        one name, count as one, the latest first."""
        groups: list[list[Candidate]] = []
        for candidate in candidates:
            home = next((group for group in groups if self._counts_as_one(group[0].unit, candidate.unit)), None)
            if home is None:
                groups.append([candidate])
            else:
                home.append(candidate)
        if len(groups) > 1:
            raise AmbiguousUnit(text, tuple(candidate for group in groups for candidate in group[:1]))
        first, *others = groups[0]
        return Argument(first.unit, tuple(other.unit for other in others), first.reasons)

    def _counts_as_one(self, one: Unit, other: Unit) -> bool:
        if one.level != other.level or not same_name(one, other):
            return False
        return one.line == other.line or one.parent == other.parent

    # Names in running text

    def resolve(
        self, name: str, type_word: str | None, *, on: str | None, within_units: Sequence[str], nearby: Sequence[str]
    ) -> list[Candidate]:
        """See ``Ontology.resolve``."""
        matches = list(self.names.spelt(f"{type_word} {name}" if type_word else name, _has_accents(name)))
        if on:
            matches = [match.also(time_reason(match.unit, on)) for match in matches]
        context = [self._ontology.unit(unit) for unit in within_units if unit in self._ontology.units]
        if context:
            matches = [match.also(self._context_reason(match.unit, context)) for match in matches]
        if nearby:
            places = frozenset(nearby)
            matches = [
                match.also("nearby" if self._neighbours(match.unit, places) else "not_nearby") for match in matches
            ]
        if not matches:
            return []
        matches.sort(key=best_first)
        best = matches[0]
        return self._told_apart([match.candidate() for match in matches if match.score == best.score])

    def _told_apart(self, tied: list[Candidate]) -> list[Candidate]:
        """Versions of one unit that tie (no date is known) as the latest of them."""
        kept: list[Candidate] = []
        for candidate in tied:
            if not any(self._counts_as_one(one.unit, candidate.unit) for one in kept):
                kept.append(candidate)
        return kept

    def _context_reason(self, unit: Unit, context: Sequence[Unit]) -> str:
        """How the unit stands to the record's own units: in or around one, beside one, in its province, elsewhere."""
        above = self._ontology.ancestors(unit)
        reasons = ["context_other"]
        for place in context:
            around = self._ontology.ancestors(place)
            if place.id in above or unit.id in around or unit.line == place.line:
                reasons.append("context")
            elif unit.parent is not None and unit.parent == place.parent and unit.level != "district":
                reasons.append("context_near")
            elif above & around:
                shared = {self._ontology.units[identifier].level for identifier in above & around}
                reasons.append("context_near" if "district" in shared else "context_province")
        return max(reasons, key=lambda reason: WEIGHTS[reason])

    def _neighbours(self, unit: Unit, places: Collection[str]) -> bool:
        """Whether a unit named nearby contains the unit, lies in it, or shares its direct parent."""
        above = self._ontology.ancestors(unit)
        for identifier in places:
            place = self._ontology.units.get(identifier)
            if place is None or place.id == unit.id:
                continue
            if place.id in above or unit.id in self._ontology.ancestors(place):
                return True
            if unit.parent and unit.parent == place.parent:
                return True
        return False

    # Containing units

    def _contained(
        self, matches: Iterable[Match], containing: Sequence[str], at: str | None, *, accented: bool
    ) -> list[Match]:
        """The matches that lie, or once lay, in every one of the containing units named; those that do on the day
        asked come first."""
        kept = list(matches)
        if not containing:
            return kept
        around = [frozenset(match.unit.id for match in self._of_best_type(place, accented)) for place in containing]
        return [
            match.also("within" if self._lies_in(match.unit, around, at) else "within_once")
            for match in kept
            if all(not place.isdisjoint(self._ontology.ancestors(match.unit)) for place in around)
        ]

    def _lies_in(self, unit: Unit, around: Sequence[frozenset[str]], at: str | None) -> bool:
        if at is None:
            return True
        parents = {parent.id for parent in self._ontology.parents(unit, at)}
        return all(not place.isdisjoint(parents) for place in around)

    def _of_best_type(self, place: str, accented: bool) -> list[Match]:
        """The units a containing name can mean: of the type written where there are such."""
        matches = self.names.spelt(place, accented)
        typed = [match for match in matches if not {"type_differs", "level_differs"} & set(match.reasons)]
        return typed or list(matches)

    # Indexes


def _has_accents(text: str) -> bool:
    """Whether the writer used accents at all: then they decide among names."""
    return fold(text) != text.lower()


def _narrowed(
    candidates: list[Candidate], at: str | None, prefer: Literal["ended", "in_force"] | None
) -> list[Candidate]:
    """The candidates that a user's words leave. With a day those that fit best; without, those of the type written
    where there are such, and ended or in force as the question prefers, the latest first."""
    if at:
        return [one for one in candidates if one.score == candidates[0].score]
    for doubt in ("type_differs", "alias", "within_once"):
        candidates = [one for one in candidates if doubt not in one.reasons] or candidates
    today = dates.today()
    if prefer == "ended":
        candidates = [one for one in candidates if not one.unit.in_force(today)] or candidates
    elif prefer == "in_force":
        candidates = [one for one in candidates if one.unit.in_force(today)] or candidates
    return sorted(candidates, key=lambda one: one.unit.valid_from, reverse=True)
