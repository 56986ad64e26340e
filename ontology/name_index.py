"""The names of all units, and which of them a written name can be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property, lru_cache

from ontology.edits import distance
from ontology.folding import fold
from ontology.model import Alias, Level, Unit
from ontology.names import (
    LONGEST_NAME,
    folded_key,
    folded_keys,
    is_lone_numeral,
    key,
    levels_of,
    loose,
    normalise,
    rows,
    short_names,
    split_misread_type,
    split_type,
)
from ontology.scoring import Match

_EXACT = ("exact",)


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
        no accents (``accented``): then the name recalls every name that folds alike. () for what is no name: a text
        longer than ``LONGEST_NAME``, a lone "x"."""
        if len(name) > LONGEST_NAME or is_lone_numeral(name):
            return ()
        if found := self.well_written(name):
            return found
        found = self._read([split_type(name), (None, normalise(name))], accented)
        if not found and (misread := split_misread_type(name))[0]:
            found = tuple(match.also("type_misread") for match in self._read([misread], accented))
        return found

    def _well_written(self, name: str) -> tuple[Match, ...]:
        """The units of a name that is written as in the tables, type word and all; () where more has to be looked at."""
        kind, bare = _split_plainly(name)
        tight = self._tight.get(bare)
        if kind is None or tight is None:
            return ()
        whole = _plain_types()[kind] + tight
        if whole in self.spellings or whole in self._aliased:
            return ()  # a name that begins like a type word: "Xá Lượng"
        return tuple(_of_level(self._exact(bare, tight, kind)))

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
        tight = folded.replace(" ", "")
        matches = self._exact(bare, tight, kind)
        if any(match.reasons[0] == "exact" for match in matches) and (written != folded or accented):
            return matches
        known = {match.unit.id for match in matches if match.reasons[0] == "exact"}
        found: list[Match] = []
        for spelling, units in self._folding_alike(folded, tight):
            reason, closeness = _how_spelt(written, folded, key(spelling))
            found += [
                Match(unit, _reasons((reason,), kind, unit), closeness) for unit in units if unit.id not in known
            ]
        respaced = [match for match in found if match.reasons[0] == "spaces_differ"]
        return matches + (respaced or found)

    def _exact(self, bare: str, tight: str, kind: str | None) -> list[Match]:
        """The units of that very name, or known by it."""
        own = self._alike(bare, tight)
        matches = [Match(unit, _reasons(_EXACT, kind, unit)) for unit in own]
        if aliases := self._aliased.get(tight):
            held = {unit.id for unit in own}
            written = key(bare)
            for identifier, alias in aliases.items():
                if identifier not in held:
                    unit = self._units[identifier]
                    matches.append(Match(unit, _reasons(_as_alias(written, alias), kind, unit)))
        return matches

    def _alike(self, bare: str, tight: str) -> Sequence[Unit]:
        """The bearers of every spelling that has the key of this one."""
        spellings = self.spellings.get(tight, {})
        if len(spellings) == 1 and bare in spellings:
            return spellings[bare]
        written = key(bare)
        alike = (units for spelling, units in spellings.items() if spelling == bare or key(spelling) == written)
        return [unit for units in alike for unit in units]

    def _folding_alike(self, folded: str, tight: str) -> list[tuple[str, Sequence[Unit]]]:
        """The spellings that are the same without accents, with the same spaces where there are such."""
        alike = list(self.spellings.get(tight, {}).items())
        return [(spelling, units) for spelling, units in alike if folded_key(spelling) == folded] or alike

    @cached_property
    def spellings(self) -> Mapping[str, Mapping[str, Sequence[Unit]]]:
        """Loose key → bare name as the tables spell it → its bearers."""
        bearers: defaultdict[str, list[Unit]] = defaultdict(list)
        for unit in self._units.values():
            bearers[bare_name(unit)].append(unit)
        found: defaultdict[str, dict[str, Sequence[Unit]]] = defaultdict(dict)
        for (bare, units), folded in zip(bearers.items(), folded_keys(list(bearers)), strict=True):
            found[folded.replace(" ", "")][bare] = units
        return dict(found)

    @cached_property
    def _tight(self) -> dict[str, str]:
        """Bare names as the tables spell them → their loose keys."""
        return {bare: tight for tight, spellings in self.spellings.items() for bare in spellings}

    @cached_property
    def _aliased(self) -> dict[str, dict[str, str]]:
        """Loose keys of other names → ids of the units known by them, with the name's key."""
        bare = [_bare(alias.alias) for alias in self._aliases]
        found: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for alias, name, folded in zip(self._aliases, bare, folded_keys(bare), strict=True):
            if alias.unit in self._units:
                found[folded.replace(" ", "")].setdefault(alias.unit, name)
        for short, names in short_names().items():
            for name in names:
                kind, meant = split_type(name)
                for unit in self._alike(meant, loose(meant)):
                    if unit.type == kind:
                        found[short][unit.id] = short
        return dict(found)

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
    types = _plain_types()
    first, _, bare = name.partition(" ")
    if (kind := first.lower()) in types:
        return kind, bare
    second, _, bare = bare.partition(" ")
    if (kind := f"{kind} {second.lower()}") in types and bare:
        return kind, bare
    return None, name


def _bare(name: str) -> str:
    kind, bare = _split_plainly(name)
    return bare if kind or name.isalpha() else split_type(name)[1]


@cache
def _plain_types() -> dict[str, str]:
    """Types of units → without accents."""
    return {row["type"]: fold(row["type"]) for row in rows("unit_types.csv")}


def _of_level(matches: list[Match]) -> list[Match]:
    """Those of the level named, where there are such."""
    if len(matches) == 1:
        return matches
    return [match for match in matches if "level_differs" not in match.reasons] or matches


def _how_spelt(written: str, folded: str, known: str) -> tuple[str, float]:
    """What parts a written key from a known one that is the same without accents and spaces, and how near it comes."""
    if written == folded:
        return "accentless", 1.0
    if written.replace(" ", "") == known.replace(" ", ""):
        return "spaces_differ", 1.0
    return "accents_differ", 1 - distance(written, known) / len(written)


def _as_alias(written: str, alias: str) -> tuple[str, ...]:
    """As another name; where the source has it with accents they count."""
    known = key(alias)
    folded = fold(known)
    if known == folded or written in (known, folded) or written.replace(" ", "") == known.replace(" ", ""):
        return ("alias",)
    return ("alias", "accents_differ")


def _reasons(spelt: tuple[str, ...], kind: str | None, unit: Unit) -> tuple[str, ...]:
    """The reasons so far, and what the type word written says of the unit's."""
    return spelt if kind is None or kind == unit.type else _of_other_type(spelt, kind, unit.level)


@lru_cache(maxsize=1024)
def _of_other_type(spelt: tuple[str, ...], kind: str, level: Level) -> tuple[str, ...]:
    return (*spelt, "type_differs" if level in levels_of(kind) else "level_differs")
