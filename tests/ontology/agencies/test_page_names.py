"""Names of mass organisations, police, military command and departments as pages abbreviate them (``page_names.csv``,
written from practice), for Ha Noi's districts and one in six of its communes, old and new."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ontology.agencies.dated import Agency
from ontology.agencies.in_time import agencies
from ontology.agencies.meanings import meanings
from ontology.folding import fold
from ontology.model import Unit
from ontology.name_index import bare_name
from tests.ontology.agencies.test_names_of_hanoi import some

known = agencies()
SHORT = {"thành phố": "TP", "quận": "Q.", "huyện": "H.", "thị xã": "TX", "phường": "P.", "xã": "X.", "thị trấn": "TT"}
JOINED = {
    "quận": "Quận ",
    "huyện": "Huyện ",
    "thị xã": "Thị ",
    "phường": "Phường ",
    "xã": "Xã ",
    "thành phố": "Thành ",
}


def page_names() -> list[tuple[str, frozenset[str], str]]:
    """Kind of body, levels of units (empty: all) and form."""
    with (Path(__file__).parent / "page_names.csv").open(encoding="utf-8", newline="") as file:
        return [
            (row["body"], frozenset(row["levels"].split("|")) - {""}, row["form"]) for row in csv.DictReader(file)
        ]


def written(form: str, unit: Unit) -> str | None:
    """The name by that form; None where the unit's type has no such form ("Thị trấn đoàn")."""
    if "{Type}" in form and unit.type not in JOINED:
        return None
    bare = bare_name(unit)
    whole = f"{unit.type} {bare}"
    return form.format(
        unit=whole,
        UNIT=whole.upper(),
        abbr=f"{SHORT[unit.type]} {bare}",
        name=bare,
        Type=JOINED.get(unit.type, ""),
    )


def asked() -> Iterator[tuple[str, Agency, str, str]]:
    """Form, agency, name, date."""
    rows = page_names()
    for unit in some(6):
        for body, levels, form in rows:
            if levels and unit.level not in levels:
                continue
            for agency in known.of_kind(unit, body)[-1:]:
                name = written(form, unit)
                if name:
                    yield form, agency, name, (agency.closed.day if agency.closed else None) or "2026-06-30"


def test_names_as_pages_abbreviate_them_mean_the_agency_of_their_date() -> None:
    """All with accents, and without (an abbreviation of one letter or in two words may then be another's)."""
    told: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for form, agency, name, day in asked():
        for spelt, within in ((name, "Hà Nội"), (fold(name), "ha noi")):
            found = meanings(spelt, known, at=day, within=None if agency.unit.level == "province" else within)
            best = [one for one in found if one.score == found[0].score]
            right = [one for one in best if one.agency is agency and not one.below and not one.unread]
            told["right" if right and len(best) == 1 else "shared" if right else "wrong"] += 1
            if not right:
                wrong[form] += 1
                examples.setdefault(form, f"{spelt} -> {[one.agency.id for one in found[:2]]} not {agency.id}")
    assert not wrong, (told, [f"{form} {number}: {examples[form]}" for form, number in wrong.most_common()])
    assert told["right"] / sum(told.values()) > 0.9
