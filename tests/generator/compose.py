"""Writes every planned document, in order of day, so that later ones can speak of earlier ones."""

from __future__ import annotations

from tests.generator import bodies, places, plan
from tests.generator.data_files import kinds
from tests.generator.dice import Dice
from tests.generator.forms import Form, Written
from tests.generator.plan import Planned
from tests.generator.scene import Known, Scene

YEARLY = {"city": 6000, "district": 2600, "commune": 170, "party": 120}


class Counters:
    """Numbers given out by each body in each year: they rise with the day and never meet."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._last: dict[tuple[str, str, str], int] = {}

    def take(self, body: bodies.Body, abbreviation: str, day: str, level: str) -> int:
        """The next number for that kind of paper."""
        key = (body.key, abbreviation, day[:4])
        through = (int(day[5:7]) - 1 + int(day[8:10]) / 31) / 12
        dice = Dice(self._seed, f"number/{'/'.join(key)}/{day}")
        wanted = 1 + int(through * (body.yearly or YEARLY[level]) * dice.uniform(0.7, 1.0))
        self._last[key] = max(self._last.get(key, 0) + 1, wanted)
        return self._last[key]


def _level(body: bodies.Body, day: str) -> str:
    if body.bloc != "government":
        return "party"
    return {1: "city", 2: "district"}.get(len(places.chain(body.place, day)), "commune")


def issuer_of(planned: Planned, creator: str) -> bodies.Body:
    """Who issues: the role of the kind (or of the plan), of the fonds' own unit or of the place spoken of."""
    role = planned.options.get("issuer") or kinds()[planned.kind]["issuer"]
    unit = planned.options.get("by") or creator
    return bodies.of(role, unit, planned.day)


def compose(seed: int) -> list[Written]:
    """All documents, by day."""
    creators = {box.code: box.place for box in plan.fonds()}
    files = {
        (box.code, item.code): {"fonds": box.code, "code": item.code, "title": item.title}
        for box in plan.fonds()
        for item in box.files
    }
    counters = Counters(seed)
    known: dict[str, Known] = {}
    earlier: list[Known] = []
    found: list[Written] = []
    for planned in plan.documents(seed):
        kind = kinds()[planned.kind]
        dice = Dice(seed, f"text/{planned.key}")
        body = issuer_of(planned, creators[planned.fonds])
        place = planned.place
        scene = Scene(
            seed=seed, day=planned.day, issuer=body, creator=creators[planned.fonds], place=place, project=planned.project, dice=dice,
            of=tuple(known[key] for key in planned.of), earlier=earlier,
            file=files[planned.fonds, planned.file], zero_padded=dice.chance(0.6),
        )  # fmt: skip
        writers = [fact.person for fact in scene.of if fact.person]
        if writers:
            scene.bound["person/a"] = writers[0]
            scene.bound["home/a"] = next(fact.home for fact in scene.of if fact.person)
        sequence = counters.take(body, kind.get("t", planned.kind), planned.day, _level(body, planned.day))
        written = Form(kind, planned, scene, sequence).write()
        fact = Known(
            planned.kind,
            kind["type"],
            written.number,
            planned.day,
            body,
            written.abstract or "",
            scene.bound.get("person/a"),
            scene.bound.get("home/a"),
        )
        known[planned.key] = fact
        if written.number and written.issuer:
            earlier.append(fact)
        found.append(written)
    return found
