"""The names of all units, and which of them a written name can be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

from ontology.folding import fold
from ontology.model import Alias, Unit
from ontology.names import folded_key, key, levels_of, loose, normalise, split_type
from ontology.scoring import Match

_MARK = 0.3
"""What a wrong accent counts beside a wrong letter: OCR and typists lose accents first."""
_LONG = 9
_SHORTEST = 4
"""Letters of a folded name from which one edit is a slip: with fewer, most names are one edit apart."""


class NameIndex:
    """Units by name, alias and code. Built when first needed; nothing is known here of days and places."""

    def __init__(self, units: Mapping[str, Unit], aliases: Sequence[Alias]) -> None:
        self._units = units
        self._aliases = aliases
        self._remembered = lru_cache(maxsize=65536)(self._spelt)

    def named(self, name: str, accented: bool) -> list[Match]:
        """The units of that name or code; two figures can be either ("Phường 10", 10: Lào Cai)."""
        coded = [Match(unit, ("bare_code",)) for unit in self._by_code.get(name, ())]
        return coded if coded and len(name) > 2 else [*coded, *self.spelt(name, accented)]

    def spelt(self, name: str, accented: bool) -> tuple[Match, ...]:
        """All units of that name, spelling and type weighed. Exact spellings push out others, unless the writer used
        no accents (``accented``): then the name recalls every name that folds alike."""
        return self._remembered(name, accented)

    def _spelt(self, name: str, accented: bool) -> tuple[Match, ...]:
        found: dict[str, Match] = {}
        for type_word, bare in dict.fromkeys([split_type(name), (None, normalise(name))]):
            for match in self._spelt_bare(type_word, bare, accented):
                held = found.get(match.unit.id)
                if held is None or held.score < match.score:
                    found[match.unit.id] = match
        of_level = [match for match in found.values() if "level_differs" not in match.reasons]
        return tuple(of_level or found.values())

    def _spelt_bare(self, type_word: str | None, bare: str, accented: bool) -> list[Match]:
        written, folded = key(bare), folded_key(bare)
        alike = self._by_folded.get(folded, ())
        matches = [Match(unit, ("exact",)) for unit in alike if key(bare_name(unit)) == written]
        matches += [Match(self._units[unit], ("alias",)) for unit in self._alias_keys.get(loose(bare), ())]
        if not any("exact" in match.reasons for match in matches) or (written == folded and not accented):
            known = {match.unit.id for match in matches}
            reason = "accentless" if written == folded else "accents_differ"
            matches += [Match(unit, (reason,)) for unit in alike if unit.id not in known]
        return [_with_type(match, type_word) for match in matches]

    def misspelt(self, name: str) -> list[Match]:
        """Near misses: names within two edits of a folded name of nine letters or more, within one of a shorter one;
        more edits than that make another name, not a slip."""
        from rapidfuzz import process
        from rapidfuzz.distance import Levenshtein

        type_word, bare = split_type(name)
        written, folded = key(bare), folded_key(bare)
        allowed = 2 if len(folded) >= _LONG else 1
        if len(folded) < _SHORTEST:
            return []
        near_names = process.extract(
            folded, list(self._by_folded), scorer=Levenshtein.distance, score_cutoff=allowed, limit=None
        )
        found = []
        for spelling, distance, _ in near_names:
            for unit in self._by_folded[spelling]:
                marks = Levenshtein.distance(written, key(bare_name(unit))) - distance if written != folded else 0
                closeness = 1 - (distance + marks * _MARK) / len(folded)
                found.append(_with_type(Match(unit, ("misspelt",), max(closeness, 0.1)), type_word))
        return found

    @cached_property
    def _by_folded(self) -> dict[str, tuple[Unit, ...]]:
        found: defaultdict[str, list[Unit]] = defaultdict(list)
        keys: dict[str, str] = {}
        for unit in self._units.values():
            bare = bare_name(unit)
            folded = keys.get(bare)
            if folded is None:
                folded = keys[bare] = folded_key(bare)
            found[folded].append(unit)
        return {folded: tuple(units) for folded, units in found.items()}

    @cached_property
    def _alias_keys(self) -> dict[str, tuple[str, ...]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for alias in self._aliases:
            if alias.unit in self._units:
                found[loose(split_type(alias.alias)[1])].append(alias.unit)
        return {name: tuple(dict.fromkeys(units)) for name, units in found.items()}

    @cached_property
    def _by_code(self) -> dict[str, tuple[Unit, ...]]:
        found: defaultdict[str, list[Unit]] = defaultdict(list)
        for unit in self._units.values():
            if unit.code:
                found[unit.code].append(unit)
        return {
            code: tuple(sorted(units, key=lambda unit: unit.valid_from, reverse=True))
            for code, units in found.items()
        }


def bare_name(unit: Unit) -> str:
    """The unit's name without its type word."""
    return unit.name[len(unit.type) :].strip() if fold(unit.name).startswith(fold(unit.type) + " ") else unit.name


def same_name(one: Unit, other: Unit) -> bool:
    """Whether both bear one name, type words apart."""
    return key(bare_name(one)) == key(bare_name(other))


def _with_type(match: Match, type_word: str | None) -> Match:
    if type_word is None or type_word == match.unit.type:
        return match
    return match.also("type_differs" if match.unit.level in levels_of(type_word) else "level_differs")
