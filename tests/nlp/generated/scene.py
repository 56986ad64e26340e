"""A document in the making: fills slots, notes labels as truth."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from ontology.registry import load
from tests.generator.dice import Dice
from tests.generator.people import Person
from tests.nlp.generated.data import Layout, document
from tests.nlp.generated.markup import CLOSE, GAP, OPEN, Choice, Label, Missing, Node, Slot, parse, plain
from tests.nlp.generated.world import World

HEAD_LABELS = {"issuer", "parent", "authority", "number", "type", "at", "date", "abstract", "author"}
_LOOSE = re.compile(r" +((?:[\ue000-\uf8ff])*[.,;](?:\s|$))")
POWERS = re.compile(r"^\s*(TM|KT|TL|TUQ|Q|T/M|K/T|T/L|TUN|T\.M|K\.T)\b\.?")


def power_code(letters: str) -> str:
    """The code of a power: of "T.M" it is "TM.", of "T/M" itself."""
    return letters if "/" in letters else letters.replace(".", "") + "."


@dataclass(frozen=True, slots=True)
class Marked:
    """A label of the page: its name, its arguments, its content as one line."""

    name: str
    arguments: tuple[str, ...]
    value: str


def key(surface: str) -> str:
    """What makes two surfaces the same: letters without case and spaces."""
    return " ".join(unicodedata.normalize("NFC", surface).casefold().split())


@dataclass(slots=True)
class Scene:
    """One document: its world, and what has been printed so far."""

    dice: Dice
    layout: Layout
    era: str
    world: World
    people: dict[str, Person] = field(default_factory=dict)
    drawn: dict[str, str] = field(default_factory=dict)
    marks: list[Marked] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    optional: list[str] = field(default_factory=list)
    persons: list[str] = field(default_factory=list)
    places: list[dict[str, str]] = field(default_factory=list)
    units: list[dict[str, Any]] = field(default_factory=list)
    cites: list[dict[str, Any]] = field(default_factory=list)
    affects: list[dict[str, Any]] = field(default_factory=list)
    date: tuple[str | None, str | None] = (None, None)
    written_by_hand: bool = False
    refs: list[str] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    inside: int = 0
    day_forms: dict[str, str] = field(default_factory=dict)

    @property
    def day(self) -> str:
        """The record's day (ISO)."""
        return self.world.day

    @property
    def facts(self) -> dict[str, str]:
        """What the era calls things."""
        found: dict[str, str] = document("eras")[self.era]
        return found

    def render(self, text: str) -> str:
        """The template line, filled and marked. Raises Missing; what the line had noted is then taken back."""
        return _LOOSE.sub(r"\1", self._nodes(parse(text)))

    def _nodes(self, nodes: tuple[Node, ...]) -> str:
        return "".join(self._node(node) for node in nodes)

    def _node(self, node: Node) -> str:
        if isinstance(node, str):
            return node
        if isinstance(node, Slot):
            from tests.nlp.generated.slots import fill

            return fill(self, node.name, node.arguments)
        if isinstance(node, Choice):
            return self._choice(node)
        return self._label(node)

    def _choice(self, node: Choice) -> str:
        if node.maybe and self.dice.chance(0.5):
            return ""
        options = list(node.options)
        self.dice.shuffle(options)
        for option in options:
            before = self.state()
            try:
                return self._nodes(option)
            except Missing:
                self.restore(before)
        if node.maybe:
            return ""
        raise Missing

    def state(self) -> tuple[int, ...]:
        """How much has been noted."""
        lists = (
            self.marks,
            self.agencies,
            self.optional,
            self.persons,
            self.places,
            self.units,
            self.cites,
            self.affects,
            self.refs,
            self.subjects,
        )
        return tuple(len(one) for one in lists)

    def restore(self, before: tuple[int, ...]) -> None:
        """Forgets what has been noted since."""
        lists: tuple[list[Any], ...] = (
            self.marks, self.agencies, self.optional, self.persons, self.places, self.units, self.cites, self.affects, self.refs,
            self.subjects,
        )  # fmt: skip
        for one, length in zip(lists, before, strict=True):
            del one[length:]

    def _label(self, node: Label) -> str:
        start = len(self.refs)
        index = len(self.marks)
        self.marks.append(Marked(node.name, node.arguments, ""))
        named = node.name in ("a", "o", "issuer", "parent")
        self.inside += named
        try:
            content = self._nodes(node.content)
        finally:
            self.inside -= named
        value = self._value(content)
        self.marks[index] = Marked(node.name, node.arguments, value)
        role = next((argument for argument in node.arguments if not argument.isdigit()), None)
        if role is None and len(self.refs) > start:
            role = self.refs[start]
        if node.name in ("a", "issuer", "parent") and role != "joint":
            self.agency(value, None if role == "-" else role)
        elif node.name == "o":
            self.optional.append(value)
        elif node.name == "at" and role:
            self.place(value, self.world.at(role).unit.level, role)
        elif node.name == "power":
            body = POWERS.sub("", value).strip()
            if body and value.startswith(("TM", "T/M", "T.M")):
                self.optional.append(body)
        return self._between(index, content)

    @staticmethod
    def _value(content: str) -> str:
        return " ".join(plain(content).replace("¶", " ").replace(GAP, " ").split())

    @staticmethod
    def _between(index: int, content: str) -> str:
        return f"{chr(OPEN + index)}{content}{chr(CLOSE + index)}"

    def mark(self, name: str, text: str) -> str:
        """The text between marks of a label of its own; within a body's name it is no mention."""
        if self.inside:
            return text
        self.marks.append(Marked(name, (), self._value(text)))
        return self._between(len(self.marks) - 1, text)

    def agency(self, surface: str, role: str | None) -> None:
        """Notes a named body, and the unit it belongs to."""
        self.agencies.append(surface)
        if role:
            self.unit_row(surface, "agency", role)

    def place(self, surface: str, kind: str, role: str | None) -> None:
        """Notes a place that stands alone (not within a body's name)."""
        if self.inside:
            return
        self.places.append({"surface": surface, "type": kind})
        if role:
            self.unit_row(surface, "place", role)

    def person(self, surface: str) -> str:
        """Notes a person; gives the name marked."""
        if self.inside:
            return surface
        self.persons.append(surface)
        return self.mark("person", surface)

    def unit_row(self, surface: str, what: str, role: str) -> None:
        """The dated unit of a surface, where the ontology knows it on the record's day."""
        place = self.world.at(role)
        if not place.former and not load().stood(place.unit, self.day):
            return
        row: dict[str, Any] = {"surface": surface, "what": what, "unit": place.unit.id}
        if place.former:
            row["former"] = True
        elif not place.unit.in_force(self.day):
            row["by_name"] = True
        self.units.append(row)

    def cite(self, entry: dict[str, Any]) -> None:
        """Notes an act that the text names, once."""
        same = ("number", "type", "date", "title")
        if not any(all(old[name] == entry[name] for name in same) for old in self.cites):
            self.cites.append(entry)
