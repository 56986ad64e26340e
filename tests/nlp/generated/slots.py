"""What ``{slot arguments}`` stands for: units, people, numbers, days, acts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from tests.generator import people
from tests.generator.data_files import document as sample_data
from tests.generator.dice import span
from tests.nlp.generated import bodies
from tests.nlp.generated.data import document
from tests.nlp.generated.markup import Missing
from tests.nlp.generated.scene import Scene

Arguments = tuple[str, ...]
RURAL = ("xã", "thị trấn", "huyện", "đặc khu")


def _moved(scene: Scene, argument: str) -> str:
    low, high = span(argument)
    return (date.fromisoformat(scene.day) + timedelta(days=scene.dice.randint(low, high))).isoformat()


def _shown(day: str, pattern: str) -> str:
    year, month, number = day.split("-")
    day_of_month, in_year = int(number), int(month)
    values = {
        "{dd}": number,
        "{mm}": month,
        "{m2}": f"{in_year:02d}" if in_year < 3 else str(in_year),
        "{d}": str(day_of_month),
        "{m}": str(in_year),
        "{y}": year,
    }
    for slot, value in values.items():
        pattern = pattern.replace(slot, value)
    return pattern


def _form(scene: Scene, kind: str) -> str:
    """A writer keeps to one form."""
    if kind not in scene.day_forms:
        scene.day_forms[kind] = scene.dice.one(document("forms")[f"days_{kind}"][scene.era])
    return scene.day_forms[kind]


def _day(scene: Scene, arguments: Arguments) -> str:
    """The record's own day; ``blank`` leaves the day of the month out, ``none`` day and month."""
    pattern = _form(scene, "long") if "short" not in arguments else _form(scene, "short")
    if "blank" in arguments:
        scene.date = (None, scene.day[:7])
        return f"ngày {scene.dice.one(['␣␣␣␣', '......', '…… ', '␣␣␣'])} tháng {int(scene.day[5:7]):02d} năm {scene.day[:4]}"
    if "none" in arguments:
        scene.date = (None, scene.day[:4])
        return f"ngày {scene.dice.one(['␣␣␣␣', '....'])} tháng {scene.dice.one(['␣␣␣␣', '....'])} năm {scene.day[:4]}"
    scene.date = (scene.day, None)
    scene.written_by_hand = scene.era >= "e1990" and scene.dice.chance(0.5)
    return _shown(scene.day, pattern)


def organ(scene: Scene, letters: str) -> str:
    """The letters of a body as the era writes them."""
    if letters == "UBND":
        if "letters" not in scene.drawn:
            scene.drawn["letters"] = scene.dice.one(document("forms")["committee_letters"][scene.era])
        return scene.drawn["letters"]
    return letters


def _symbol(scene: Scene, number: str, code: str, letters: str, *, day: str, form: str = "") -> str:
    forms = document("forms")["numbers"]
    style = form or ("party" if scene.layout.bloc == "party" else "letters" if code == "CV" else "government")
    known = forms[style]
    slot = f"number/{style}"
    if isinstance(known, list):
        pattern = scene.dice.one(known)
    else:
        pattern = scene.drawn.setdefault(slot, scene.dice.one(known[scene.era]))
    values = {
        "{n}": number,
        "{t}": code,
        "{o}": organ(scene, letters),
        "{y}": day[:4],
        "{u}": scene.layout.unit or "VP",
    }
    for name, value in values.items():
        pattern = pattern.replace(name, value)
    return str(pattern)


def _figure(scene: Scene, high: int = 2600) -> str:
    number = int(scene.dice.paretovariate(0.6)) + scene.dice.randrange(30)
    number = number % high + 1
    return f"{number:02d}" if scene.dice.chance(0.6) else str(number)


def _num(scene: Scene, arguments: Arguments) -> str:
    form = arguments[0] if arguments else ""
    return _symbol(scene, _figure(scene), scene.layout.code, scene.layout.organ, day=scene.day, form=form)


def _blank(scene: Scene, _arguments: Arguments) -> str:
    gap = scene.dice.one(["␣␣␣␣␣␣␣␣␣", "......", "␣␣␣␣␣␣", "……"])
    return _symbol(scene, gap, scene.layout.code, scene.layout.organ, day=scene.day)


def _cite(scene: Scene, arguments: Arguments) -> str:
    """``role code letters [days]``: a document of somebody, earlier than the record."""
    role, code, letters = arguments[:3]
    style = "party" if letters in ("TU", "HU", "QU", "ĐU", "TW", "ThU", "BTVTU") else ""
    day = _moved(scene, arguments[3] if len(arguments) > 3 else "-400..-3")
    if style and scene.era == "e1954":
        raise Missing
    form = style or ("letters" if code == "CV" else "government")
    number = _symbol(scene, _figure(scene), code, letters, day=day, form=form)
    type_ = document("forms")["types"][code]
    pattern = scene.drawn.setdefault("cite", scene.dice.one(document("forms")["cites"]))
    shown = _shown(day, _form(scene, "short"))
    if scene.dice.chance(0.4):
        shown = _shown(day, _form(scene, "long")).replace("ngày ", "").replace("ngày", "").strip()
    scene.cite({"number": number.replace(" ", ""), "type": type_, "date": day, "title": None, "role": role})
    return pattern.replace("{t}", type_).replace("{n}", scene.mark("cite", number)).replace("{d}", shown)


def _cite_list(scene: Scene, arguments: Arguments) -> str:
    """``role code letters``: several documents under one head ("Quyết định số 12, 15 và 17/QĐ-UBND")."""
    role, code, letters = arguments[:3]
    numbers = sorted(scene.dice.sample(range(2, 900), scene.dice.choice((2, 3))))
    symbol = f"/{code}-{organ(scene, letters)}"
    type_ = document("forms")["types"][code]
    for number in numbers:
        scene.cite({"number": f"{number}{symbol}", "type": type_, "date": None, "title": None, "role": role})
    shown = [str(number) for number in numbers]
    return f"{type_} số {', '.join(shown[:-1])} và {shown[-1]}{symbol} năm {int(scene.day[:4]) - 1}"


def _affect(scene: Scene, arguments: Arguments) -> str:
    """``relation scope code letters``: a document that this one changes."""
    relation, scope, code, letters = arguments[:4]
    text = _cite(scene, ("affected", code, letters, "-1500..-60"))
    last = scene.cites[-1]
    scene.affects.append({"number": last["number"], "relation": relation, "scope": scope})
    return text


def _act(scene: Scene, arguments: Arguments) -> str:
    """``topic [role]``: the state's act on that matter which was in force."""
    rows: list[dict[str, str]] = sample_data("acts")[arguments[0]]
    found = [row for row in rows if row.get("from", "") <= scene.day <= row.get("until", "9999")]
    if not found or found[0]["date"] > scene.day:
        raise Missing
    row = found[0]
    role = arguments[1] if len(arguments) > 1 else "basis"
    shown = _shown(row["date"], _form(scene, "short"))
    law = row["type"] in ("Luật", "Pháp lệnh", "Bộ luật")
    number = row.get("number")
    if law:
        title = f"{row['type']} {row['title']}"
        named: str | None = None
        day: str | None = row["date"]
        if number and scene.dice.chance(0.7):
            named, day = number, None
            text = f"{scene.mark('title', title)} số {scene.mark('cite', number)}"
        elif scene.dice.chance(0.75):
            text = f"{scene.mark('title', title)} ngày {shown}"
        else:
            text, day = scene.mark("title", title), None
        scene.cite({"number": named, "type": row["type"], "date": day, "title": title, "role": role})
        return text
    if number is None:
        raise Missing
    scene.cite({"number": number, "type": row["type"], "date": row["date"], "title": None, "role": role})
    text = f"{row['type']} số {scene.mark('cite', number)} ngày {shown}"
    if row.get("by"):
        scene.agency(row["by"], None)
        text += f" của {scene.mark('agency', row['by'])}"
    return text + (f" {row['title']}" if row["title"][0].islower() and scene.dice.chance(0.8) else "")


def _subject(scene: Scene, arguments: Arguments) -> str:
    """Prints nothing: what the variant that was drawn is about."""
    scene.subjects.append(arguments[0])
    return ""


def _fixed(scene: Scene, arguments: Arguments) -> str:
    """``role type number date``: an act that is named as it is (``_`` a space)."""
    role, kind, number, day = arguments
    if day > scene.day:
        raise Missing
    type_ = kind.replace("_", " ")
    scene.cite({"number": number, "type": type_, "date": day, "title": None, "role": role})
    return f"{type_} số {scene.mark('cite', number)} ngày {_shown(day, _form(scene, 'short'))}"


def _place(scene: Scene, arguments: Arguments) -> str:
    """``role ...``: places that stand alone, the containing ones after commas."""
    found = []
    for role in arguments:
        place = scene.world.at(role)
        scene.place(place.running, place.unit.level, role)
        found.append(scene.mark("place", place.running))
    return scene.drawn.setdefault("comma", scene.dice.one([", ", ", ", ", ", " - "])).join(found)


def _bare(scene: Scene, arguments: Arguments) -> str:
    place = scene.world.at(arguments[0])
    scene.place(place.bare, place.unit.level, arguments[0])
    return scene.mark("place", place.bare)


def _village(scene: Scene, arguments: Arguments) -> str:
    """A thôn, xóm or tổ dân phố of com."""
    slot = f"village/{arguments[0] if arguments else 'a'}"
    rural = scene.world.at("com").kind in RURAL
    if slot not in scene.drawn:
        table = document("words")["villages" if rural else "groups"]
        kind = scene.dice.one(table["kinds"])
        used = {name.rsplit(" ", 1)[-1] for other, name in scene.drawn.items() if other.startswith("village/")}
        names = [name for name in table["names"] if name.rsplit(" ", 1)[-1] not in used]
        scene.drawn[slot] = f"{kind} {scene.dice.one(names)}"
    surface = scene.drawn[slot]
    scene.place(surface, "village" if rural else "residential_group", None)
    return scene.mark("place", surface)


def _hamlet(scene: Scene, arguments: Arguments) -> str:
    """What a commune's parts are called all over the country: ấp, bản, buôn, làng, khối phố, khóm."""
    slot = f"hamlet/{arguments[0] if arguments else 'a'}"
    rural = scene.world.at("com").kind in RURAL
    if slot not in scene.drawn:
        used = {name for other, name in scene.drawn.items() if other.startswith("hamlet/")}
        names = document("words")["hamlets" if rural else "quarters"]
        scene.drawn[slot] = str(scene.dice.one([name for name in names if name not in used]))
    scene.place(scene.drawn[slot], "village" if rural else "residential_group", None)
    return scene.mark("place", scene.drawn[slot])


def _street(scene: Scene, arguments: Arguments) -> str:
    slot = f"street/{arguments[0] if arguments else 'a'}"
    if slot not in scene.drawn:
        names = document("words")["streets"]
        scene.drawn[slot] = f"{scene.dice.one(['phố', 'đường'])} {scene.dice.one(names)}"
    scene.place(scene.drawn[slot], "street", None)
    return scene.mark("place", scene.drawn[slot])


def _uncommon(scene: Scene) -> people.Person:
    """Somebody whose name has two syllables, or four or five, or is that of a minority."""
    row = scene.dice.one(document("words")["uncommon_people"])
    return people.Person(row["name"], row.get("woman") == "1")


def _someone(scene: Scene, key: str) -> people.Person:
    if key not in scene.people and key.startswith("x") and scene.dice.chance(0.5):
        who = _uncommon(scene)
        while any(who.name == other.name for other in scene.people.values()):
            who = _uncommon(scene)
        scene.people[key] = who
    if key not in scene.people:
        woman = {"f": True, "m": False}.get(key[:1])
        who = people.person(scene.dice, woman)
        while any(who.name == other.name for other in scene.people.values()):
            who = people.person(scene.dice, woman)
        scene.people[key] = who
    return scene.people[key]


def _person(scene: Scene, arguments: Arguments) -> str:
    name = _someone(scene, arguments[0]).name
    return scene.person(name.upper() if "upper" in arguments else name)


def _mr(scene: Scene, arguments: Arguments) -> str:
    return "bà" if _someone(scene, arguments[0]).woman else "ông"


def _other_day(scene: Scene, arguments: Arguments) -> str:
    return _shown(_moved(scene, arguments[0] if arguments else "-40..-2"), _form(scene, "short"))


def _other_long(scene: Scene, arguments: Arguments) -> str:
    return _shown(_moved(scene, arguments[0] if arguments else "-40..-2"), _form(scene, "long"))


def _year(scene: Scene, arguments: Arguments) -> str:
    return str(int(scene.day[:4]) + (scene.dice.randint(*span(arguments[0])) if arguments else 0))


def _integer(scene: Scene, arguments: Arguments) -> str:
    return str(scene.dice.randint(*span(arguments[0])))


def _money(scene: Scene, arguments: Arguments) -> str:
    thousands = scene.dice.randint(*span(arguments[0] if arguments else "50-900000"))
    return f"{thousands * 1000:,}".replace(",", ".")


def _area(scene: Scene, _arguments: Arguments) -> str:
    return f"{scene.dice.randint(24, 980)},{scene.dice.randrange(10)}"


def _code(scene: Scene, arguments: Arguments) -> str:
    """Figures and letters by a pattern: ``A`` a letter, ``9`` a figure; ``_`` a space."""
    signs = {"A": "ABCĐEHKLMNPQRST", "a": "abcdehklmnpqrst", "9": "0123456789", "_": " "}
    return "".join(scene.dice.one(signs[sign]) if sign in signs else sign for sign in arguments[0])


def _word(scene: Scene, arguments: Arguments) -> str:
    """A word list of ``words.yaml``; ``list key`` keeps what was drawn."""
    slot = f"word/{'/'.join(arguments)}" if len(arguments) > 1 else ""
    if slot and slot in scene.drawn:
        return scene.drawn[slot]
    found = str(scene.dice.one(document("words")[arguments[0]]))
    if slot:
        scene.drawn[slot] = found
    return found


def _fact(name: str) -> Callable[[Scene, Arguments], str]:
    return lambda scene, _arguments: scene.facts[name]


SLOTS: dict[str, Callable[[Scene, Arguments], Any]] = {
    "day": _day, "num": _num, "blanknum": _blank, "cite": _cite, "affect": _affect, "citelist": _cite_list, "act": _act,
    "u": bodies.unit, "n": bodies.name, "t": bodies.kind, "tt": bodies.level, "uy": bodies.party, "pc": bodies.committee, "youth": bodies.youth, "subject": _subject, "fixed": _fixed, "p": _place, "pn": _bare, "v": _village, "vv": _village, "hm": _hamlet, "street": _street,
    "per": _person, "mr": _mr, "d": _other_day, "dl": _other_long, "y": _year, "i": _integer, "money": _money,
    "area": _area, "code": _code, "w": _word, "ww": _word,
    "committee": _fact("committee"), "ub": _fact("ub"), "state": _fact("state"), "party": _fact("party"),
}  # fmt: skip


def fill(scene: Scene, name: str, arguments: Arguments) -> str:
    """The slot's text; a slot in capitals gives capitals (marks are no letters), one with a capital begins with one.
    Raises Missing and KeyError (no such slot)."""
    found = str(SLOTS[name.lower()](scene, arguments))
    if (name.isupper() and len(name) > 1) or name in ("U", "N", "T"):
        return found.upper()
    if name[0].isupper():
        return found[:1].upper() + found[1:]
    return found
