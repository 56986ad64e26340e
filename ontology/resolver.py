"""From a name to the dated units that it can mean, with a score and the reasons for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal

from ontology import dates
from ontology.errors import AmbiguousUnit, UnitNotFound
from ontology.folding import fold
from ontology.model import Alias, Argument, Candidate, Unit
from ontology.names import folded_key, key, levels_of, loose, normalise, split_chain, split_run, split_type
from ontology.validity import near

if TYPE_CHECKING:
    from ontology.registry import Ontology

_NEAR_MISSES = 10
"""Candidates that are shown for a name that is not known."""

_MARK = 0.3
"""What a wrong accent counts beside a wrong letter: OCR and typists lose accents first."""

WEIGHTS = {
    "exact": 1.0,
    "within": 1.0,
    "in_force_at": 1.0,
    "context": 1.0,
    "context_near": 0.95,
    "context_province": 0.8,
    "context_other": 0.5,
    "nearby": 1.0,
    "not_nearby": 0.9,
    "near_validity": 0.95,
    "within_once": 0.9,
    "accentless": 0.9,
    "alias": 0.85,
    "type_differs": 0.8,
    "accents_differ": 0.7,
    "before_first_list": 0.7,
    "level_differs": 0.5,
    "bare_code": 0.5,
    "not_in_force_at": 0.4,
    "misspelt": 0.6,
}
"""What a reason leaves of the score: a score is the product of its reasons' weights. Their order is what counts:
spelling and type first, then the day; the figures are conventions, not probabilities."""

SILENT = frozenset({"in_force_at", "not_nearby"})
"""Reasons that weigh but need no mention."""

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


@dataclass(frozen=True, slots=True)
class _Match:
    unit: Unit
    reasons: tuple[str, ...]
    closeness: float = 1.0

    def also(self, *reasons: str) -> _Match:
        return _Match(self.unit, self.reasons + reasons, self.closeness)

    @property
    def score(self) -> float:
        score = self.closeness
        for reason in self.reasons:
            score *= WEIGHTS[reason]
        return round(score, 4)

    def candidate(self) -> Candidate:
        return Candidate(self.unit, self.score, tuple(reason for reason in self.reasons if reason not in SILENT))


class Resolver:
    """Names to units of one ontology. Indexes are built when first needed."""

    def __init__(self, ontology: Ontology, aliases: Sequence[Alias] = ()) -> None:
        self._ontology = ontology
        self._aliases = aliases
        self._spelt = lru_cache(maxsize=65536)(self._spelt_uncached)

    def bare(self, unit: Unit) -> str:
        """The unit's name without its type word."""
        return unit.name[len(unit.type) :].strip() if fold(unit.name).startswith(fold(unit.type) + " ") else unit.name

    def same_name(self, one: Unit, other: Unit) -> bool:
        """Whether both bear one name, type words apart."""
        return key(self.bare(one)) == key(self.bare(other))

    # Names of users

    def find(
        self, name: str, *, at: str | None = None, within: str | None = None, nearby: Sequence[str] = ()
    ) -> list[Candidate]:
        """See ``Ontology.find``."""
        around = split_chain(within) if within else []
        accented = _has_accents(name) or _has_accents(within or "")
        for parts in (split_chain(name), split_run(name)):
            own, containing = parts[0] if parts else "", [*parts[1:], *around]
            matches = self._contained(self._named(own, accented), containing, at, accented=accented)
            if matches:
                break
        else:
            own, *containing = [*split_chain(name), *around]
            matches = self._contained(self._misspelt(own), containing, at, accented=accented)
        if at:
            matches = [match.also(_time_reason(match.unit, at)) for match in matches]
        if nearby:
            places = frozenset(
                match.unit.id for place in nearby for match in self._spelt(split_chain(place)[0], accented)
            )
            matches = [
                match.also("nearby" if self._neighbours(match.unit, places) else "not_nearby") for match in matches
            ]
        return [match.candidate() for match in sorted(matches, key=_best_first)]

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
        if one.level != other.level or not self.same_name(one, other):
            return False
        return one.line == other.line or one.parent == other.parent

    # Names in running text

    def resolve(
        self, name: str, type_word: str | None, *, on: str | None, within_units: Sequence[str], nearby: Sequence[str]
    ) -> list[Candidate]:
        """See ``Ontology.resolve``."""
        matches = list(self._spelt(f"{type_word} {name}" if type_word else name, _has_accents(name)))
        if on:
            matches = [match.also(_time_reason(match.unit, on)) for match in matches]
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
        matches.sort(key=_best_first)
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

    # Matching

    def _named(self, name: str, accented: bool) -> list[_Match]:
        """The units of that name or code; two figures can be either ("Phường 10", 10: Lào Cai)."""
        coded = [_Match(unit, ("bare_code",)) for unit in self._by_code.get(name, ())]
        return coded if coded and len(name) > 2 else [*coded, *self._spelt(name, accented)]

    def _spelt_uncached(self, name: str, accented: bool) -> tuple[_Match, ...]:
        """All units of that name, spelling and type weighed. Exact spellings push out others, unless the writer used
        no accents: then the name recalls every name that folds alike."""
        found: dict[str, _Match] = {}
        for type_word, bare in dict.fromkeys([split_type(name), (None, normalise(name))]):
            for match in self._spelt_bare(type_word, bare, accented):
                held = found.get(match.unit.id)
                if held is None or held.score < match.score:
                    found[match.unit.id] = match
        of_level = [match for match in found.values() if "level_differs" not in match.reasons]
        return tuple(of_level or found.values())

    def _spelt_bare(self, type_word: str | None, bare: str, accented: bool) -> list[_Match]:
        written, folded = key(bare), folded_key(bare)
        alike = self._by_folded.get(folded, ())
        matches = [_Match(unit, ("exact",)) for unit in alike if key(self.bare(unit)) == written]
        matches += [_Match(self._ontology.unit(unit), ("alias",)) for unit in self._alias_keys.get(loose(bare), ())]
        if not matches or (written == folded and not accented):
            known = {match.unit.id for match in matches}
            reason = "accentless" if written == folded else "accents_differ"
            matches += [_Match(unit, (reason,)) for unit in alike if unit.id not in known]
        return [_with_type(match, type_word) for match in matches]

    def _misspelt(self, name: str) -> list[_Match]:
        """Near misses: names within one or two edits of the folded name (a third of a short one)."""
        from rapidfuzz import process
        from rapidfuzz.distance import Levenshtein

        type_word, bare = split_type(name)
        written, folded = key(bare), folded_key(bare)
        allowed = min(2, len(folded) // 3)
        if not allowed:
            return []
        near_names = process.extract(
            folded, list(self._by_folded), scorer=Levenshtein.distance, score_cutoff=allowed, limit=20
        )
        found = []
        for spelling, distance, _ in near_names:
            for unit in self._by_folded[spelling]:
                marks = Levenshtein.distance(written, key(self.bare(unit))) - distance if written != folded else 0
                closeness = 1 - (distance + marks * _MARK) / len(folded)
                found.append(_with_type(_Match(unit, ("misspelt",), max(closeness, 0.1)), type_word))
        return found

    def _contained(
        self, matches: Iterable[_Match], containing: Sequence[str], at: str | None, *, accented: bool
    ) -> list[_Match]:
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

    def _of_best_type(self, place: str, accented: bool) -> list[_Match]:
        """The units a containing name can mean: of the type written where there are such."""
        matches = self._spelt(place, accented)
        typed = [match for match in matches if not {"type_differs", "level_differs"} & set(match.reasons)]
        return typed or list(matches)

    # Indexes

    @cached_property
    def _by_folded(self) -> dict[str, tuple[Unit, ...]]:
        found: defaultdict[str, list[Unit]] = defaultdict(list)
        keys: dict[str, str] = {}
        for unit in self._ontology.units.values():
            bare = self.bare(unit)
            folded = keys.get(bare)
            if folded is None:
                folded = keys[bare] = folded_key(bare)
            found[folded].append(unit)
        return {folded: tuple(units) for folded, units in found.items()}

    @cached_property
    def _alias_keys(self) -> dict[str, tuple[str, ...]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for alias in self._aliases:
            if alias.unit in self._ontology.units:
                found[loose(split_type(alias.alias)[1])].append(alias.unit)
        return {name: tuple(dict.fromkeys(units)) for name, units in found.items()}

    @cached_property
    def _by_code(self) -> dict[str, tuple[Unit, ...]]:
        found: defaultdict[str, list[Unit]] = defaultdict(list)
        for unit in self._ontology.units.values():
            if unit.code:
                found[unit.code].append(unit)
        return {
            code: tuple(sorted(units, key=lambda unit: unit.valid_from, reverse=True))
            for code, units in found.items()
        }


def _has_accents(text: str) -> bool:
    """Whether the writer used accents at all: then they decide among names."""
    return fold(text) != text.lower()


def _with_type(match: _Match, type_word: str | None) -> _Match:
    if type_word is None or type_word == match.unit.type:
        return match
    return match.also("type_differs" if match.unit.level in levels_of(type_word) else "level_differs")


def _time_reason(unit: Unit, day: str) -> str:
    if unit.in_force(day):
        return "in_force_at"
    if day < unit.valid_from and not unit.valid_from_certain:
        return "before_first_list"
    return "near_validity" if near(unit, day) else "not_in_force_at"


def _best_first(match: _Match) -> tuple[float, bool, str, str]:
    """The better score first; then units in force, then those that ended last, then by id."""
    ended = match.unit.valid_to or "9999"
    return (-match.score, match.unit.valid_to is not None, _descending(ended), match.unit.id)


def _descending(day: str) -> str:
    return "".join(str(9 - int(char)) if char.isdigit() else char for char in day)


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
