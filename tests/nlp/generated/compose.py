"""From a layout to a document: blocks with marks, and what is true of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ontology.registry import load
from tests.generator.dice import Dice
from tests.nlp.generated import world as worlds
from tests.nlp.generated.data import Layout, document, parts
from tests.nlp.generated.markup import Missing, plain
from tests.nlp.generated.scene import POWERS, Marked, Scene, key, power_code
from tests.nlp.generated.spelling import Spelling
from tests.nlp.generated.typeset import Block

PREFIXES = {"%c ": "centre", "%r ": "right", "%raw ": "raw", "%row ": "row", "%note ": "note"}
TRIES = 40
SECRECY = {"MẬT": "mat", "TỐI MẬT": "toi_mat", "TUYỆT MẬT": "tuyet_mat"}


@dataclass(frozen=True, slots=True)
class Document:
    """A document before it is set: its blocks, the labels its marks stand for, its truth."""

    layout: Layout
    era: str
    level: str
    blocks: list[Block]
    marks: list[Marked]
    truth: dict[str, Any]
    hand: bool


def _included(layout: Layout, era: str, level: str, dice: Dice) -> list[str]:
    """The template's lines, parts put in (``%>name``; a part may have parts)."""
    waiting, found = layout.page.splitlines()[::-1], []
    while waiting:
        line = waiting.pop()
        if not line.startswith("%>"):
            found.append(line)
            continue
        options = [
            one
            for one in parts(layout.pieces)[line[2:].strip()]
            if era in one.get("eras", (era,))
            and level in one.get("levels", (level,))
            and layout.bloc in one.get("blocs", (layout.bloc,))
        ]
        if options:
            weights = [int(one.get("weight", 1)) for one in options]
            chosen = dice.choices(options, weights)[0]
            waiting += chosen["text"].splitlines()[::-1]
    return found


def _blocks(lines: list[str], scene: Scene) -> list[Block]:
    found: list[Block] = []
    columns: Block | None = None
    side: list[str] = []
    for line in lines:
        text = line.strip()
        if text in ("%cols", "%foot"):
            columns = Block("columns" if text == "%cols" else "foot")
            side = columns.lines
            found.append(columns)
        elif text == "||" and columns is not None:
            side = columns.right
        elif text == "%end":
            columns = None
        elif text == "%page":
            found.append(Block("page"))
        elif not text:
            if columns is None:
                found.append(Block("gap"))
            else:
                side.append("")
        else:
            _line(line, scene, found, None if columns is None else side)
    return found


def _line(line: str, scene: Scene, found: list[Block], side: list[str] | None) -> None:
    prefix = next((one for one in PREFIXES if line.startswith(one)), "")
    before = scene.state()
    try:
        text = scene.render(line[len(prefix) :] if prefix else line.strip())
    except Missing:
        scene.restore(before)
        return
    if side is not None:
        side.append(text)
    elif prefix == "%row ":
        found.append(Block("row", text.split("¦")))
    elif plain(text).strip():
        found.append(Block(PREFIXES.get(prefix, "paragraph"), [text]))  # type: ignore[arg-type]


def _spelling(dice: Dice, era: str) -> Spelling:
    old = dice.one(["none", "none", "none", "none", "small", "all"])
    return Spelling(old, document("eras")[era].get("typed") == "1" and dice.chance(0.25))


def _spelt(value: Any, spell: Spelling) -> Any:
    if isinstance(value, str):
        return spell(value)
    if isinstance(value, list):
        return [_spelt(one, spell) for one in value]
    if isinstance(value, dict):
        kept = ("unit", "what", "role", "date", "relation", "scope")
        return {name: one if name in kept else _spelt(one, spell) for name, one in value.items()}
    return value


def compose(layout: Layout, era: str, level: str, dice: Dice) -> Document:
    """A document of the layout. Raises RuntimeError where no unit of the era fits it."""
    for _ in range(TRIES):
        facts = document("eras")[era]
        day = worlds.day_of(dice, facts["from"], facts["until"])
        try:
            scene = Scene(dice, layout, era, worlds.draw(dice, day, level))
        except Missing:
            continue
        lines = _included(layout, era, level, dice)
        blocks = _blocks(lines, scene)
        spell = _spelling(dice, era)
        for block in blocks:
            block.lines = [spell(line) for line in block.lines]
            block.right = [spell(line) for line in block.right]
        marks = [Marked(mark.name, mark.arguments, spell(mark.value)) for mark in scene.marks]
        truth = _spelt(_truth(scene, spell), Spelling(spell.old, toneless=False))
        truth["date"], truth["date_partial"] = scene.date
        truth["record_date"] = day
        truth["toneless"] = spell.toneless
        truth["creator"] = _creator(scene)
        hand = scene.written_by_hand and era >= "e1990"
        return Document(layout, era, level, blocks, marks, truth, hand)
    raise RuntimeError(f"{layout.name}: nothing fits {era}, {level}")


def _distinct(surfaces: list[str]) -> list[str]:
    found: dict[str, str] = {}
    for surface in surfaces:
        found.setdefault(key(surface), surface)
    return list(found.values())


def _units(scene: Scene, spell: Spelling) -> list[dict[str, Any]]:
    """One row a surface, as printed; a surface that stands for two units has none."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in _spelt(scene.units, spell):
        found.setdefault((row["what"], key(row["surface"])), []).append(row)
    return [rows[0] for rows in found.values() if len({row["unit"] for row in rows}) == 1]


def _creator(scene: Scene) -> str | None:
    """The unit whose fonds the paper lies in: the issuer's own, or one to which it came."""
    role = scene.dice.one(["own", "own", "com"]) if "com" in scene.world.units else "own"
    unit = scene.world.at(role).unit
    return unit.id if load().stood(unit, scene.day) else None


def _signers(scene: Scene) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for mark in scene.marks:
        if mark.name not in ("power", "position", "name"):
            continue
        number = next((argument for argument in mark.arguments if argument.isdigit()), "1")
        one = found.setdefault(number, {"name": None, "position": None, "power": [], "power_lines": []})
        if mark.name == "power":
            one["power_lines"].append(mark.value)
            match = POWERS.match(mark.value)
            if match:
                one["power"].append(power_code(match.group(1)))
        else:
            one[mark.name] = mark.value
    return [one for one in found.values() if one["name"]]


def _truth(scene: Scene, spell: Spelling) -> dict[str, Any]:
    layout = scene.layout
    first: dict[str, str] = {}
    for mark in scene.marks:
        first.setdefault(mark.name, mark.value)
    number = first.get("number")
    signers = _signers(scene)
    agencies = _distinct(_spelt(scene.agencies, spell))
    known = {key(surface) for surface in agencies}
    seen: dict[str, dict[str, str]] = {}
    for place in _spelt(scene.places, spell):
        seen.setdefault(key(place["surface"]), place)
    letters = "letter" in layout.flags
    printed = layout.type if layout.type else first.get("type", "").capitalize() or None
    return {
        "issuer": first.get("issuer"),
        "issuer_parent": first.get("parent"),
        "authority": first.get("authority"),
        "number": "".join(number.split()) if number else None,
        "number_raw": number,
        "type": printed,
        "place": first.get("at"),
        "date": None,
        "date_partial": None,
        "abstract": first.get("abstract"),
        "signer": signers[0] if signers and not letters else None,
        "signers": [] if letters else signers,
        "author": first.get("author"),
        "cites": scene.cites,
        "affects": scene.affects,
        "agencies": agencies,
        "agencies_optional": [one for one in _distinct(_spelt(scene.optional, spell)) if key(one) not in known],
        "people": _distinct(_spelt(scene.persons, spell)),
        "places": list(seen.values()),
        "subject": scene.subjects[-1] if scene.subjects else layout.subject,
        "retention": first["retention"].lower() if "retention" in first else None,
        "secrecy": SECRECY.get(first.get("secrecy_level", "")),
        "numbers": [{"what": m.name, "surface": m.value} for m in scene.marks if m.name in ("serial", "register")],
        "units": _units(scene, spell),
    }
