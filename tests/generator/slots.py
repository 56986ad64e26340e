"""What a template's slots stand for: people, places, bodies, figures, days, acts and earlier documents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from tests.generator import bodies, people, places
from tests.generator.bodies import Body
from tests.generator.data_files import document
from tests.generator.dice import span
from tests.generator.scene import Drop, Known, Scene


def _later(scene: Scene, argument: str, default: str) -> str:
    low, high = span(argument or default)
    moved = date.fromisoformat(scene.day) + timedelta(days=scene.dice.randint(low, high))
    return moved.isoformat()


def _date(scene: Scene, argument: str) -> str:
    return scene.shown(_later(scene, argument, "-30..-2"))


def _day(scene: Scene, argument: str) -> str:
    year, month, number = _later(scene, argument, "0").split("-")
    return f"ngày {number if scene.zero_padded else int(number)} tháng {int(month)} năm {year}"


def _year(scene: Scene, argument: str) -> str:
    return str(int(scene.day[:4]) + (scene.dice.randint(*span(argument)) if argument else 0))


def _number(scene: Scene, argument: str) -> str:
    return str(scene.dice.randint(*span(argument)))


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _money(scene: Scene, argument: str) -> str:
    """So many thousand đồng."""
    return _dotted(scene.dice.randint(*span(argument or "5-900")) * 1000)


def _total(scene: Scene, argument: str) -> str:
    """The sum of parts that are named later by ``sum``: ``land=90-500,house=9-90``."""
    whole = 0
    for part in argument.split(","):
        name, _, limits = part.partition("=")
        scene.bound[f"sum/{name}"] = scene.dice.randint(*span(limits))
        whole += scene.bound[f"sum/{name}"]
    return _dotted(whole)


def _sum(scene: Scene, argument: str) -> str:
    return _dotted(scene.bound[f"sum/{argument}"])


def _month(scene: Scene, _argument: str) -> str:
    return str(int(scene.day[5:7]))


def _quarter(scene: Scene, _argument: str) -> str:
    """The quarter that a report of that day looks back on."""
    return ("IV", "I", "II", "III")[(int(scene.day[5:7]) - 1) // 3]


def _half(scene: Scene, _argument: str) -> str:
    return "năm" if scene.day[5:] >= "10" else "6 tháng đầu năm"


def _area(scene: Scene, argument: str) -> str:
    low, high = span(argument or "30-240")
    tenths = scene.dice.randint(low * 10, high * 10)
    whole = f"{tenths // 10:,}".replace(",", ".")
    return whole if tenths % 10 == 0 else f"{whole},{tenths % 10}"


def _person(scene: Scene, argument: str) -> str:
    key = f"person/{argument}" if argument else f"person/{len(scene.bound)}"
    woman = {"f": True, "m": False}.get(argument[:1]) if argument else None
    who = scene.bound.setdefault(key, people.person(scene.dice, woman))
    if who.name not in scene.found_people:
        scene.found_people.append(who.name)
    return str(who.name)


def _mr(scene: Scene, argument: str) -> str:
    name = _person(scene, argument or f"_{len(scene.bound)}")
    key = f"person/{argument}" if argument else list(scene.bound)[-1]
    return f"{'bà' if scene.bound[key].woman else 'ông'} {name}"


def _kin(scene: Scene, argument: str) -> str:
    """A relative with the surname of another person: ``name:of``."""
    key, of = argument.split(":")
    _person(scene, of)
    family = scene.bound[f"person/{of}"].name.split(" ")[0]
    woman = {"f": True, "m": False}.get(key[:1])
    scene.bound.setdefault(f"person/{key}", people.person(scene.dice, woman, family))
    return _person(scene, key)


def _spouse(scene: Scene, argument: str) -> str:
    key, of = argument.split(":")
    _person(scene, of)
    scene.bound.setdefault(f"person/{key}", people.person(scene.dice, not scene.bound[f"person/{of}"].woman))
    return _person(scene, key)


def _sex(scene: Scene, argument: str) -> str:
    return "Nữ" if scene.bound[f"person/{argument}"].woman else "Nam"


def _home(scene: Scene, argument: str) -> str:
    """The address of a person, the same wherever it is named."""
    if scene.bound.get(f"home/{argument}") is None:
        scene.bound[f"home/{argument}"] = _house(scene, "")
    return str(scene.bound[f"home/{argument}"])


def _peer(scene: Scene, argument: str) -> str:
    """Another body of the issuer's own unit."""
    return Body(argument, scene.issuer.place).name(scene.day, short=scene.dice.chance(0.4))


def _holder(scene: Scene, argument: str) -> str:
    role, post = argument.split(":")
    body = scene.issuer if role == "issuer" else bodies.of(role, scene.place, scene.day)
    name = body.signer(scene.seed, post, scene.day).name
    if name not in scene.found_people:
        scene.found_people.append(name)
    return name


def _place(scene: Scene, argument: str) -> str:
    return scene.at_place(places.at(argument or scene.place, scene.day).running, argument or scene.place)


def _place_full(scene: Scene, argument: str) -> str:
    key = argument or scene.place
    units = places.chain(key, scene.day)
    depth = 2 if len(units) > 2 and scene.dice.chance(0.75) else len(units)
    for unit in units[1:depth]:
        scene.at_place(unit.running, unit.key)
    scene.at_place(units[0].running, key)
    return ", ".join(unit.running for unit in units[:depth])


def _district_key(scene: Scene) -> str:
    units = places.chain(scene.place, scene.day)
    return units[1].key if len(units) > 2 else units[0].key


def _district(scene: Scene, argument: str) -> str:
    return _place(scene, argument or _district_key(scene))


def _other(scene: Scene, argument: str) -> str:
    key = f"other/{argument}"
    if key not in scene.bound:
        taken = {scene.place, *(value for name, value in scene.bound.items() if name.startswith("other/"))}
        options = [unit.key for unit in places.within(_district_key(scene), scene.day) if unit.key not in taken]
        if not options:
            raise Drop
        scene.bound[key] = scene.dice.one(options)
    return _place(scene, scene.bound[key])


def _unit(scene: Scene, argument: str) -> str:
    return places.at(argument or scene.issuer.place, scene.day).running


def _unit_name(scene: Scene, _argument: str) -> str:
    """The subject place inside the name of a body: no place of its own."""
    return places.at(scene.place, scene.day).running


def _bare(scene: Scene, _argument: str) -> str:
    return places.at(scene.place, scene.day).name


def _above(scene: Scene, _argument: str) -> str:
    unit = places.at(scene.issuer.place, scene.day)
    return (places.above(unit, scene.day) or unit).running


def _city(scene: Scene, _argument: str) -> str:
    return places.chain(scene.place, scene.day)[-1].running


def _issuer(scene: Scene, argument: str) -> str:
    return scene.issuer.name(scene.day, short=argument == "short" or (not argument and scene.dice.chance(0.4)))


def _body(scene: Scene, argument: str) -> str:
    short = scene.dice.chance(0.4)
    return bodies.of(argument, scene.place, scene.day).name(scene.day, short=short)


def _above_body(scene: Scene, argument: str) -> str:
    """The body of the same role one level up."""
    unit = places.at(scene.issuer.place, scene.day)
    upper = places.above(unit, scene.day) or unit
    return Body(argument or scene.issuer.role, upper.key).name(scene.day, short=scene.dice.chance(0.3))


def _street(scene: Scene, _argument: str) -> str:
    streets = document("names")["streets"]
    for unit in places.chain(scene.place, scene.day):
        if unit.key in streets:
            return str(scene.dice.one(streets[unit.key]))
    raise Drop


def _house(scene: Scene, argument: str) -> str:
    """An address without its commune."""
    if places.at(scene.place, scene.day).type == "Xã":
        return f"thôn {_village(scene, argument)}"
    lane = f"ngõ {scene.dice.randint(2, 240)} " if scene.dice.chance(0.35) else ""
    comma = "" if lane else "phố "
    return f"số {scene.dice.randint(2, 190)} {lane}{comma}{_street(scene, '')}"


def _village(scene: Scene, _argument: str) -> str:
    villages = document("names")["villages"]
    return str(scene.dice.one(villages.get(scene.place, villages["other"])))


def _group(scene: Scene, _argument: str) -> str:
    if places.at(scene.place, scene.day).type == "Xã":
        return f"thôn {_village(scene, '')}"
    return f"tổ dân phố số {scene.dice.randint(1, 48)}" if scene.day >= "1992" else f"tổ {scene.dice.randint(1, 60)}"


def _project(scene: Scene, argument: str) -> str:
    projects = document("projects")
    return str(projects[argument or scene.project or scene.dice.one(["drain", "school"])]["text"])


def _law(scene: Scene, argument: str) -> str:
    for act in document("acts")[argument]:
        if scene.day < act.get("from", ""):
            raise Drop
        if scene.day <= act.get("until", "9999"):
            scene.cite(act.get("number"), act["type"], act["date"], act.get("title"))
            shown = scene.shown(act["date"])
            if "number" in act and "by" in act:
                return f"{act['type']} số {act['number']} ngày {shown} của {act['by']} {act['title']}"
            if "number" in act:
                return f"{act['type']} {act['title']} số {act['number']}"
            return f"{act['type']} {act['title']} ngày {shown}"
    raise Drop


def _named(scene: Scene, known: Known, relation: str = "", scope: str = "whole") -> str:
    if known.number is None:
        raise Drop
    role = scene.role
    if relation:
        scene.role = "affected"
        scene.affects.append({"number": known.number, "relation": relation, "scope": scope})
    scene.cite(known.number, known.type, known.day, None)
    scene.role = role
    issuer = known.issuer.name(known.day, short=scene.dice.chance(0.5))
    about = f" {known.abstract[:1].lower()}{known.abstract[1:]}" if known.abstract else ""
    return f"{known.type} số {known.number} ngày {scene.shown(known.day)} của {issuer}{about}"


def _ref(scene: Scene, argument: str) -> str:
    """An earlier document: ``N``, ``N:replaces``, ``N:repeals:part`` of the plan's list."""
    index, _, rest = (argument or "1").partition(":")
    relation, _, scope = rest.partition(":")
    if int(index) > len(scene.of):
        raise Drop
    return _named(scene, scene.of[int(index) - 1], relation, scope or "whole")


def _number_of(scene: Scene, argument: str) -> str:
    return str(scene.of[int(argument or "1") - 1].number)


def _prior(scene: Scene, argument: str) -> str:
    """The latest earlier document of one of the kinds, of the same place, within four years."""
    limit = str(int(scene.day[:4]) - 4) + scene.day[4:]
    wanted = argument.split("/")
    units = {unit.key for unit in places.chain(scene.place, scene.day)}
    for known in reversed(scene.earlier):
        if known.day < limit:
            break
        if known.kind in wanted and known.number and known.issuer.place in units and known.day < scene.day:
            return _named(scene, known)
    raise Drop


def _doc(scene: Scene, argument: str) -> str:
    """A paper that is not in the delivery: ``type:abbreviation:role:days``, ``:bare`` without its author."""
    type_, abbreviation, role, days, *bare = argument.split(":")
    body = scene.issuer if role == "issuer" else bodies.of(role, scene.place, scene.day)
    day = _later(scene, days, "-40..-3")
    number = str(scene.dice.randint(3, 480))
    symbol = body.symbol(day, number, abbreviation, scene.dice.one(["NV", "TNMT", "VP"]), scene.dice)
    scene.cite(symbol.replace(" ", ""), type_, day, None)
    named = f"{type_} số {symbol} ngày {scene.shown(day)}"
    return named if bare else f"{named} của {body.name(day, short=scene.dice.chance(0.5))}"


def _pick(scene: Scene, argument: str) -> str:
    """One of several, the same for one name: ``name=a/b/c``."""
    name, equals, options = argument.partition("=")
    if f"pick/{name}" in scene.bound:
        return str(scene.bound[f"pick/{name}"])
    if not equals:
        return scene.dice.one(argument.split("/"))
    return str(scene.bound.setdefault(f"pick/{name}", scene.dice.one(options.split("/"))))


def _keep(scene: Scene, argument: str) -> str:
    """A number that is named again: ``name=low-high``."""
    name, equals, limits = argument.partition("=")
    if equals and f"keep/{name}" not in scene.bound:
        scene.bound[f"keep/{name}"] = scene.dice.randint(*span(limits))
    return str(scene.bound[f"keep/{name}"])


def _tag(scene: Scene, argument: str) -> str:
    """A serial number: ``A`` any letter, ``N`` any digit."""
    shown = ""
    for sign in argument:
        if sign == "A":
            shown += scene.dice.choice("ABCDEGHKLMNPQSTVX")
        elif sign == "N":
            shown += str(scene.dice.randrange(10))
        else:
            shown += sign
    return shown


def _about_file(scene: Scene, argument: str) -> str:
    return scene.file[argument]


SLOTS: dict[str, Callable[[Scene, str], str]] = {
    "date": _date, "day": _day, "year": _year, "n": _number, "money": _money, "area": _area, "person": _person,
    "mr": _mr, "holder": _holder, "place": _place, "subject": _place_full, "district": _district, "other": _other,
    "unit": _unit, "unit_name": _unit_name, "bare": _bare, "above": _above, "city": _city, "issuer": _issuer, "body": _body,
    "upper": _above_body, "street": _street, "house": _house, "village": _village, "group": _group,
    "project": _project, "law": _law, "ref": _ref, "number_of": _number_of, "prior": _prior, "doc": _doc,
    "pick": _pick, "keep": _keep, "tag": _tag, "kin": _kin, "spouse": _spouse, "sex": _sex, "home": _home,
    "peer": _peer, "total": _total, "sum": _sum, "month": _month, "quarter": _quarter, "half": _half, "file_of": _about_file,
}  # fmt: skip
