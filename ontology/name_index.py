"""The names of all units, and which of them a written name can be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache

from ontology.edits import distance
from ontology.folding import fold
from ontology.model import Alias, Level, Unit
from ontology.names import (
    folded_key,
    folded_keys,
    key,
    levels_of,
    normalise,
    rows,
    short_names,
    split_misread_type,
    split_type,
)
from ontology.scoring import Match


class NameIndex:
    """Units by name, alias and code. Built when first needed; nothing is known here of days and places."""

    def __init__(self, units: Mapping[str, Unit], aliases: Sequence[Alias]) -> None:
        self._units = units
        self._aliases = aliases
        self.well_written = lru_cache(maxsize=65536)(self._well_written)
        self.spelt = lru_cache(maxsize=65536)(self._spelt)
        self.named = lru_cache(maxsize=65536)(self._named)

    def _named(self, name: str, accented: bool) -> tuple[Match, ...]:
        """The units of that name or code; two figures can be either ("Phường 10", 10: Lào Cai)."""
        coded = tuple(Match(unit, ("bare_code",)) for unit in self._by_code.get(name, ())) if name.isdigit() else ()
        return coded if coded and len(name) > 2 else coded + self.spelt(name, accented)

    def _spelt(self, name: str, accented: bool) -> tuple[Match, ...]:
        """All units of that name, spelling and type weighed. Exact spellings push out others, unless the writer used
        no accents (``accented``): then the name recalls every name that folds alike."""
        if found := self.well_written(name):
            return found
        found = self._read([split_type(name), (None, normalise(name))], accented)
        if not found and (misread := split_misread_type(name))[0]:
            found = tuple(match.also("type_misread") for match in self._read([misread], accented))
        return found

    def _well_written(self, name: str) -> tuple[Match, ...]:
        """The units of a name that is written as in the tables, type word and all; () where more has to be looked at."""
        kind, bare = _split_plainly(name)
        folded = self._folded.get(bare)
        if kind is None or folded is None:
            return ()
        whole = f"{_plain_types()[kind]} {folded}"
        if whole in self.spellings or whole.replace(" ", "") in self._alias_keys:
            return ()  # a name that begins like a type word: "Xá Lượng"
        return tuple(_of_level(self._exact(bare, folded, kind)))

    def _read(self, readings: Iterable[tuple[str | None, str]], accented: bool) -> tuple[Match, ...]:
        found: dict[str, Match] = {}
        for kind, bare in readings:
            for match in self._spelt_bare(kind, bare, accented):
                held = found.get(match.unit.id)
                if held is None or held.score < match.score:
                    found[match.unit.id] = match
        return tuple(_of_level(list(found.values())))

    def _spelt_bare(self, kind: str | None, bare: str, accented: bool) -> list[Match]:
        written, folded = key(bare), folded_key(bare)
        matches = self._exact(bare, folded, kind)
        if any("exact" in match.reasons for match in matches) and (written != folded or accented):
            return matches
        known = {match.unit.id for match in matches if "exact" in match.reasons}
        for spelling, units in self.spellings.get(folded, {}).items():
            if written == folded:
                reason, closeness = "accentless", 1.0
            else:
                reason, closeness = "accents_differ", 1 - distance(written, key(spelling)) / len(written)
            matches += [
                Match(unit, _reasons(reason, kind, unit), closeness) for unit in units if unit.id not in known
            ]
        return matches

    def _exact(self, bare: str, folded: str, kind: str | None) -> list[Match]:
        """The units of that very name, or known by it."""
        own = [unit for units in self._alike(bare, folded) for unit in units]
        matches = [Match(unit, _reasons("exact", kind, unit)) for unit in own]
        if others := self._alias_keys.get(folded.replace(" ", "")):
            held = {unit.id for unit in own}
            known = (self._units[unit] for unit in others if unit not in held)
            matches += [Match(unit, _reasons("alias", kind, unit)) for unit in known]
        return matches

    def _alike(self, bare: str, folded: str) -> Iterator[Sequence[Unit]]:
        """The bearers of each spelling that has the key of this one."""
        spellings = self.spellings.get(folded, {})
        if len(spellings) == 1 and bare in spellings:
            yield spellings[bare]
            return
        written = key(bare)
        for spelling, units in spellings.items():
            if spelling == bare or key(spelling) == written:
                yield units

    @cached_property
    def spellings(self) -> Mapping[str, Mapping[str, Sequence[Unit]]]:
        """Folded key → bare name as the tables spell it → its bearers."""
        bearers: defaultdict[str, list[Unit]] = defaultdict(list)
        for unit in self._units.values():
            bearers[bare_name(unit)].append(unit)
        found: defaultdict[str, dict[str, Sequence[Unit]]] = defaultdict(dict)
        for (bare, units), folded in zip(bearers.items(), folded_keys(list(bearers)), strict=True):
            found[folded][bare] = units
        return dict(found)

    @cached_property
    def _folded(self) -> dict[str, str]:
        """Bare names as the tables spell them → their folded keys."""
        return {bare: folded for folded, spellings in self.spellings.items() for bare in spellings}

    @cached_property
    def _alias_keys(self) -> dict[str, tuple[str, ...]]:
        """Loose keys of other names → ids of the units known by them."""
        known = [alias for alias in self._aliases if alias.unit in self._units]
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for alias, folded in zip(known, folded_keys([_bare(alias.alias) for alias in known]), strict=True):
            found[folded.replace(" ", "")][alias.unit] = None
        for short, names in short_names().items():
            for name in names:
                kind, bare = split_type(name)
                for unit in (unit for units in self._alike(bare, folded_key(bare)) for unit in units):
                    if unit.type == kind:
                        found[short][unit.id] = None
        return {name: tuple(units) for name, units in found.items()}

    @cached_property
    def _by_code(self) -> dict[str, list[Unit]]:
        """GSO codes → the units that bore them, the latest first."""
        found: defaultdict[str, list[Unit]] = defaultdict(list)
        for unit in self._units.values():
            if unit.code:
                found[unit.code].append(unit)
        for units in found.values():
            units.sort(key=lambda unit: unit.valid_from, reverse=True)
        return found


def bare_name(unit: Unit) -> str:
    """The unit's name without its type word."""
    words = len(unit.type)
    return unit.name[words:].strip() if unit.name[: words + 1].lower() == f"{unit.type} " else unit.name


def same_name(one: Unit, other: Unit) -> bool:
    """Whether both bear one name, type words apart."""
    return bare_name(one) == bare_name(other) or key(bare_name(one)) == key(bare_name(other))


def _split_plainly(name: str) -> tuple[str | None, str]:
    """The type word written in full in front, and the rest as it is; (None, name) for any other writing."""
    for words in (1, 2):
        *kind, bare = name.split(" ", words)
        if len(kind) == words and (written := " ".join(kind).lower()) in _plain_types():
            return written, bare
    return None, name


def _bare(name: str) -> str:
    kind, bare = _split_plainly(name)
    return bare if kind else split_type(name)[1]


@cache
def _plain_types() -> dict[str, str]:
    """Types of units → without accents."""
    return {row["type"]: fold(row["type"]) for row in rows("unit_types.csv")}


def _of_level(matches: list[Match]) -> list[Match]:
    """Those of the level named, where there are such."""
    return [match for match in matches if "level_differs" not in match.reasons] or matches


def _reasons(reason: str, kind: str | None, unit: Unit) -> tuple[str, ...]:
    """The reason, and what the type word written says of the unit's."""
    return (reason,) if kind is None or kind == unit.type else _of_other_type(reason, kind, unit.level)


@lru_cache(maxsize=1024)
def _of_other_type(reason: str, kind: str, level: Level) -> tuple[str, ...]:
    return reason, "type_differs" if level in levels_of(kind) else "level_differs"
