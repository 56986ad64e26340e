"""Real units of a day: where a document comes from and what it speaks of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from ontology.model import Unit
from ontology.registry import Ontology, load
from tests.generator.dice import Dice
from tests.nlp.generated.markup import Missing

HA_NOI = "01"
COUNTRY_FROM = "2008-01-01"
"""From then on the lists cover the whole country."""
NAMESAKES = 0.2
OTHER_PROVINCES = (0.22, 0.45)
"""How many documents come from elsewhere, before the country's lists begin and after."""


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as texts call it. ``former``: it had ended before the record's day."""

    unit: Unit
    former: bool = False

    @property
    def kind(self) -> str:
        """ "xã"; of tiểu khu and khu phố too."""
        return self.unit.type

    @property
    def bare(self) -> str:
        """The name without its type ("Tân Lập"); of numbered units with it ("Phường 3")."""
        name = self.unit.name
        rest = name[len(self.kind) :].strip() if name.lower().startswith(self.kind.lower()) else name
        return name if not rest or rest.isdigit() else rest

    @property
    def running(self) -> str:
        """As in the middle of a sentence: "xã Tân Lập"."""
        return self.kind.lower() + self.unit.name[len(self.kind) :]


def _sure(place: Unit | None) -> Unit:
    if place is None:
        raise Missing
    return place


@dataclass(slots=True)
class World:
    """The units of one document by role: own (of the issuer), up (above it), com, dis, pro, com2, com3 (neighbours of com), dis2,
    nam (another of com's name), far and fardis (elsewhere), old and olddis (what com was made of)."""

    day: str
    level: str
    units: dict[str, Place] = field(default_factory=dict)

    def at(self, role: str) -> Place:
        """The unit in that role. Raises Missing where there is none."""
        if role not in self.units:
            raise Missing
        return self.units[role]


@cache
def _below(identifier: str, month: str) -> tuple[Unit, ...]:
    ontology = load()
    found = ontology.children(ontology.unit(identifier), month)
    return tuple(child for child in found if ontology.stood(child, month) and "?" not in child.name)


@cache
def _provinces(month: str) -> tuple[Unit, ...]:
    units = [unit for unit in load().units.values() if unit.level == "province" and unit.in_force(month)]
    return tuple(sorted(units, key=lambda unit: unit.id))


def _below_on(unit: Unit, day: str) -> tuple[Unit, ...]:
    stable = f"{day[:7]}-01"
    found = _below(unit.id, stable if unit.in_force(stable) else day)
    ontology = load()
    return tuple(child for child in found if ontology.stood(child, day))


def _pick(dice: Dice, units: tuple[Unit, ...] | list[Unit]) -> Unit:
    if not units:
        raise Missing
    return dice.one(units)


def day_of(dice: Dice, since: str, until: str) -> str:
    """A weekday between two days."""
    start, end = date.fromisoformat(since), date.fromisoformat(until)
    found = start + timedelta(days=dice.randrange((end - start).days + 1))
    return (found - timedelta(days=max(found.weekday() - 4, 0))).isoformat()


def draw(dice: Dice, day: str, level: str) -> World:
    """A province (mostly Ha Noi), a district and communes of the day; before 1976 the units of the first lists, which
    are not in the truth. Raises Missing where the day has no such unit."""
    known = max(day, "1976-01-15")
    ontology = load()
    others = [unit for unit in _provinces(known) if unit.line != HA_NOI]
    outside = level != "central" and dice.chance(OTHER_PROVINCES[day >= COUNTRY_FROM])
    province = dice.one(others) if outside else _sure(ontology.version_on(HA_NOI, known))
    units = _below_on(province, known)
    districts = [unit for unit in units if unit.level == "district" and len(_below_on(unit, known)) > 2]
    world = World(day, level, {"pro": Place(province)})
    if districts:
        district = dice.one(districts)
        communes = [unit for unit in _below_on(district, known) if unit.level == "commune"]
        world.units["dis"] = Place(district)
        second = [unit for unit in districts if unit is not district]
        if second:
            world.units["dis2"] = Place(dice.one(second))
            world.units["far"] = Place(_pick(dice, _below_on(world.units["dis2"].unit, known)))
            world.units["fardis"] = world.units["dis2"]
    else:
        communes = [unit for unit in units if unit.level == "commune"]
    if communes:
        _communes(world, dice, communes, known, ontology)
    elif level in ("commune", "district"):
        raise Missing
    if level == "district" and not districts:
        raise Missing
    own = {"commune": "com", "district": "dis", "province": "pro"}[level] if level != "central" else "pro"
    world.units["own"] = world.units[own]
    above = {"commune": ("dis", "pro"), "district": ("pro",)}.get(level, ())
    for role in above:
        if role in world.units:
            world.units["up"] = world.units[role]
            break
    return world


def _communes(world: World, dice: Dice, communes: list[Unit], day: str, ontology: Ontology) -> None:
    province = world.units["pro"].unit
    commune = dice.one(communes)
    if dice.chance(NAMESAKES) and "dis" in world.units:
        named: dict[str, list[Unit]] = {}
        for district in _below_on(province, day):
            for unit in _below_on(district, day):
                named.setdefault(Place(unit).bare, []).append(unit)
        twins = sorted(name for name, units in named.items() if len(units) > 1 and not name[-1].isdigit())
        if twins:
            pair = dice.sample(named[dice.one(twins)], 2)
            commune, other = pair
            world.units["nam"] = Place(other)
            for role, unit in (("dis", commune), ("namdis", other)):
                world.units[role] = Place(ontology.parents(unit, day)[0])
            communes = list(_below_on(world.units["dis"].unit, day))
            if world.units.get("dis2") == world.units["dis"]:
                for role in ("dis2", "far", "fardis"):
                    world.units.pop(role, None)
    world.units["com"] = Place(commune)
    near = [unit for unit in communes if Place(unit).bare != Place(commune).bare]
    for role, unit in zip(("com2", "com3"), dice.sample(near, min(2, len(near))), strict=False):
        world.units[role] = Place(unit)
    if day >= "2008-09-01" and commune.valid_from_certain and commune.valid_from > "1980":
        steps = ontology.predecessors(commune).steps
        gone = [step.unit for step in steps if step.unit.level == "commune" and (step.unit.valid_to or "9999") < day]
        gone = [unit for unit in gone if Place(unit).bare != Place(commune).bare]
        if gone:
            old = dice.one(sorted(gone, key=lambda unit: unit.id))
            world.units["old"] = Place(old, former=True)
            last = ontology.parents(old, old.valid_to)
            if last and last[0].level == "district" and not last[0].in_force(day):
                world.units["olddis"] = Place(last[0], former=True)
