"""The whole set: which layouts, eras and designs are drawn, and what is written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ontology.registry import load
from tests.generator.dice import Dice, span
from tests.nlp.generated import noise
from tests.nlp.generated.compose import Document, compose
from tests.nlp.generated.data import Layout, designs, layouts
from tests.nlp.generated.decided import sure
from tests.nlp.generated.markup import plain
from tests.nlp.generated.typeset import Design, page_text
from tests.nlp.generated.world import Place

COUNT = 1776
"""Four rounds: each layout four times, one of weight two eight times."""
BUILD, HELD = "build", "held"


@dataclass(frozen=True, slots=True)
class Made:
    """A document of the set with its texts: ``clean`` and ``paper`` (as a reader of the scan sets it)
    with marks, ``read`` by level."""

    id: str
    document: Document
    design: str
    clean: str
    paper: str
    read: dict[str, str]
    gold: dict[str, Any]


def _design(raw: dict[str, Any], dice: Dice) -> Design:
    """A design; numbers may be spans (``70-90``)."""
    values: dict[str, Any] = {}
    for name, value in raw.items():
        if name in ("eras", "weight"):
            continue
        if name == "running":
            values[name] = tuple(value)
        elif name == "centre":
            values[name] = value == "yes"
        elif name in ("columns", "foot", "cell"):
            values[name] = value
        else:
            values[name] = dice.randint(*span(value))
    return Design(**values)


def _drawn_design(layout: Layout, era: str, dice: Dice) -> tuple[str, Design]:
    all_designs = designs(layout.pieces)
    names = [
        name
        for name, raw in all_designs.items()
        if era in raw.get("eras", (era,)) and (name in layout.designs or not layout.designs)
    ]
    weights = [int(all_designs[name].get("weight", 1)) for name in names]
    name = dice.choices(names, weights)[0]
    return name, _design(all_designs[name], dice)


def _rounds(count: int, seed: int, flag: str) -> Iterator[tuple[Layout, str, str, Dice, str]]:
    """So many draws: every layout first with each of its eras in turn, levels by chance."""
    wanted = [
        one for one in layouts() if (flag in one.flags if flag else not {"secret", "about_secrecy"} & one.flags)
    ]
    if not wanted:
        raise ValueError(f"no layout bears {flag!r}")
    made = 0
    number = 0
    while made < count:
        for layout in wanted:
            for copy in range(layout.weight):
                if made == count:
                    return
                identifier = f"{layout.name}-{number * layout.weight + copy:02d}"
                dice = Dice(seed, identifier)
                eras, levels = layout.eras, layout.levels
                turn = number * layout.weight + copy
                era = eras[(turn + Dice(seed, layout.name).randrange(len(eras))) % len(eras)]
                level = levels[(turn + turn // len(eras)) % len(levels)]
                if era == "e2025" and level == "district":
                    level = "commune" if "commune" in levels else "district"
                    if level == "district":
                        era = next(one for one in eras if one != "e2025")
                yield layout, era, level, dice, identifier
                made += 1
        number += 1


def make_one(layout: Layout, era: str, level: str, dice: Dice, identifier: str) -> Made:
    """One document with its texts and truth."""
    document = compose(layout, era, level, dice)
    name, design = _drawn_design(layout, era, dice)
    clean = page_text(document.blocks, design)
    reading = Design(
        columns=dice.one(["joined", "joined", "joined", "joined", "apart", "apart_gap"]),
        foot=dice.one(["joined", "joined", "joined", "apart"]),
        wrap=dice.randint(72, 90),
        cell=" ",
        sheet=design.sheet or dice.one([0, 34, 40]),
        running=replace(design).running or ("{page}",),
        blank=dice.one([0, 0, 1]),
    )
    paper = page_text(document.blocks, reading)
    read, legible = noise.read_all(paper, document, dice)
    text = plain(clean)
    truth = dict(document.truth)
    own = truth.pop("creator", None)
    context = _context(document, own, dice)
    day, bare = truth["record_date"], truth["toneless"]
    if own and context["unit"] is None and not sure(_own(own), text, day, bare=bare):
        context = {"date": day, "unit": own}
    truth["units"] = sure(truth["units"], text, day, known=context["unit"], bare=bare)
    gold = {
        "id": identifier,
        "text_file": f"texts/{identifier}.txt",
        "kind": layout.kind,
        "family": layout.family,
        "era": era,
        "level": level,
        "bloc": layout.bloc,
        "layout": layout.name,
        "design": name,
        "split": layout.split,
        "annotated_spans": [[0, len(text)]],
        **truth,
        "context": context,
        "legible": legible,
        "archive_page": "archive_page" in layout.flags,
        "parts": next((int(flag[6:]) for flag in layout.flags if flag.startswith("parts=")), 1),
    }
    return Made(identifier, document, name, clean, paper, read, gold)


def _own(identifier: str) -> list[dict[str, Any]]:
    return [{"surface": Place(load().unit(identifier)).running, "unit": identifier}]


def _context(document: Document, own: str | None, dice: Dice) -> dict[str, str | None]:
    told = dice.chance(0.5)
    return {"date": document.truth["record_date"] if told else None, "unit": own if told else None}


def make(count: int, seed: int, flag: str = "") -> Iterator[Made]:
    """``count`` documents; ``flag``: only layouts that bear it."""
    for layout, era, level, dice, identifier in _rounds(count, seed, flag):
        yield make_one(layout, era, level, dice, identifier)


def write(out: Path, count: int, seed: int, flag: str = "") -> int:
    """Gold, texts and the three noisy readings below ``out``; how many documents."""
    folders = {"gold": out / "gold", "texts": out / "texts"} | {level: out / "ocr" / level for level in noise.LEVELS}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    total = 0
    for made in make(count, seed, flag):
        gold = json.dumps(made.gold, ensure_ascii=False, indent=1) + "\n"
        (folders["gold"] / f"{made.id}.json").write_text(gold, encoding="utf-8")
        (folders["texts"] / f"{made.id}.txt").write_text(plain(made.clean), encoding="utf-8")
        for level, text in made.read.items():
            (folders[level] / f"{made.id}.txt").write_text(text, encoding="utf-8")
        total += 1
    return total
