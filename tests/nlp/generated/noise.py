"""A channel from print to what a reader makes of its scan: letters by a table that was counted (``noise.csv``), lines,
stamps and handwriting by ``noise.yaml``. Marks of labels pass through, so that it is known what each value became."""

from __future__ import annotations

import csv
import math
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from tests.generator.dice import Dice
from tests.nlp.generated.data import HERE, document
from tests.nlp.generated.markup import CLOSE, OPEN, plain, segments

if TYPE_CHECKING:
    from tests.nlp.generated.compose import Document

LEVELS = ("light", "medium", "heavy")
TABLE = HERE / "noise.csv"
LONGEST = 5
_MARKS = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Channel:
    """Of a level: chance of an error by letter, the errors that begin with it (truth, read) and their weights."""

    chance: dict[str, float]
    errors: dict[str, tuple[tuple[tuple[str, str], ...], tuple[int, ...]]]
    mean: float


@cache
def channel(level: str) -> Channel:
    """The counted table of a level; a row whose two texts agree counts letters read right."""
    right: dict[str, int] = defaultdict(int)
    wrong: dict[str, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    with TABLE.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["level"] != level:
                continue
            truth, read, count = row["truth"], row["read"], int(row["count"])
            if truth == read:
                right[truth] += count
            else:
                wrong[truth[0]][truth, read] += count
    errors = {sign: (tuple(found), tuple(found.values())) for sign, found in wrong.items()}
    chance = {sign: sum(found.values()) / (sum(found.values()) + right[sign] + 4) for sign, found in wrong.items()}
    total = sum(sum(found.values()) for found in wrong.values())
    return Channel(chance, errors, total / (total + sum(right.values())))


def _fallback(sign: str, dice: Dice) -> str:
    """An error for a letter that the table does not have: its tone lost, or itself."""
    bare = unicodedata.normalize("NFD", sign)
    return unicodedata.normalize("NFC", bare[:-1]) if len(bare) > 1 else dice.one(["", ".", sign])


def _letters(line: str, level: str, factor: float, dice: Dice) -> str:
    """The line with the letters' errors: from one to the next by the gaps between rare events."""
    table = channel(level)
    high = min(max(table.chance.values()) * factor, 0.95)
    if high <= 0:
        return line
    found: list[str] = []
    done = at = 0
    scale = 1 / math.log(1 - high)
    length = len(line)
    while True:
        at += int(math.log(1 - dice.random()) * scale)
        if at >= length:
            break
        sign = line[at]
        if "\ue000" <= sign <= "\uf8ff" or dice.random() >= table.chance.get(sign, table.mean) * factor / high:
            at += 1
            continue
        found.append(line[done:at])
        errors = table.errors.get(sign)
        truth, read = sign, None
        if errors is not None:
            for _ in range(4):
                truth, read = dice.choices(errors[0], errors[1])[0]
                if line.startswith(truth, at):
                    break
            else:
                truth, read = sign, None
        found.append(_fallback(sign, dice) if read is None else read)
        at += len(truth)
        done = at
    found.append(line[done:])
    return "".join(found)


def _inside(line: str, index: int) -> tuple[int, int] | None:
    start = line.find(chr(OPEN + index))
    end = line.find(chr(CLOSE + index))
    return (start + 1, end) if 0 <= start < end else None


def _garbled(text: str, level: str, dice: Dice, whole: float) -> str:
    """What is left of print under a stamp: often nothing, else few letters."""
    visible = plain(text)
    marks = "".join(_MARKS.findall(text))
    if dice.chance(whole):
        return str(marks + dice.one(["", "", dice.one(document("noise")["dirt"])]))
    kept = _letters(visible, "heavy", 2.5 + 2 * dice.random(), dice)
    if kept == visible and len(kept) > 3:
        spot = dice.randrange(1, len(kept) - 1)
        kept = kept[:spot] + dice.one(["", "?", ".", "ˆ"]) + kept[spot + 1 :]
    return marks[: len(marks) // 2] + kept + marks[len(marks) // 2 :]


def _misread(text: str, dice: Dice) -> str:
    """A figure written by hand: other figures, signs, or nothing."""
    if dice.chance(0.2):
        return re.sub(r"\d", "", text)
    changed = re.sub(r"\d", lambda match: dice.one(document("noise")["digits"][match.group()]), text)
    if changed == text:
        changed = re.sub(r"\d", lambda match: dice.one("0123456789"), text, count=1)
    return changed


def _zones(line: str, zones: dict[int, str], setting: dict[str, str], level: str, dice: Dice) -> str:
    for mark in set(_MARKS.findall(line)):
        zone = zones.get(ord(mark) - OPEN)
        span = _inside(line, ord(mark) - OPEN) if zone else None
        if span is None:
            continue
        start, end = span
        inner = line[start:end]
        if zone in ("number", "day") and dice.chance(float(setting["hand"])):
            match = re.search(r"\d+", inner)
            if match:
                inner = inner[: match.start()] + _misread(match.group(), dice) + inner[match.end() :]
        elif zone == "name" and dice.chance(float(setting["stamp"])):
            inner = _garbled(inner, level, dice, float(setting["garbage"]))
        elif zone == "position" and dice.chance(float(setting["post"])):
            inner = _letters(inner, "heavy", 1.5, dice)
        line = line[:start] + inner + line[end:]
    return line


def _lost(line: str, dice: Dice) -> str:
    """A line of which nothing, or only the beginning, was found on the page (its marks stay)."""
    kept = dice.choice((0, 0, 0, dice.randrange(len(line) + 1)))
    return line[:kept] + "".join(_MARKS.findall(line[kept:]))


def noisy(text: str, level: str, zones: dict[int, str], dice: Dice) -> str:
    """The text as read at that level (marks kept)."""
    setting: dict[str, Any] = document("noise")[level]
    numbers = {name: float(value) for name, value in setting.items()}
    found: list[str] = []
    pending = ""
    for printed in text.split("\n"):
        line = " ".join(printed.split())
        if not line.strip():
            if dice.chance(0.5):
                found.append("")
            continue
        if zones and _MARKS.search(line):
            line = _zones(line, zones, setting, level, dice)
        factor = numbers["scale"] * dice.gammavariate(numbers["burst"], 1 / numbers["burst"])
        line = pending + _letters(line, level, factor, dice)
        pending = ""
        if dice.chance(numbers["join"]):
            pending = line + " "
            continue
        if dice.chance(numbers["split"]) and " " in line:
            spot = dice.one([number for number, sign in enumerate(line) if sign == " "])
            found += [line[:spot], line[spot + 1 :]]
        else:
            found.append(line)
        if dice.chance(numbers["lost"]):
            found[-1] = _lost(found[-1], dice)
        while dice.chance(numbers["specks"]):
            dirt = dice.one(document("noise")["dirt"])
            where = dice.randrange(3)
            if where == 0:
                found.append(dirt)
            else:
                found[-1] = f"{found[-1]} {dirt}" if where == 1 else f"{dirt} {found[-1]}"
    if pending:
        found.append(pending)
    return "\n".join(found) + "\n"


def _fold(text: str) -> str:
    return re.sub(r"[\s.,;:]+", "", unicodedata.normalize("NFC", text).casefold())


def _like(one: str, two: str, least: float) -> bool:
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.normalized_similarity(_fold(one), _fold(two)) >= least


_RULES = {
    "issuer": ("issuer", 0.75), "parent": ("issuer_parent", 0.75), "authority": ("authority", 0.75),
    "type": ("type", 0.6), "at": ("place", 0.8), "abstract": ("abstract", 0.95), "name": ("signer", 1.0),
    "position": ("position", 0.75), "author": ("author", 1.0), "number": ("number", 1.0), "secrecy_level": ("secrecy", 0.66),
}  # fmt: skip


def legibility(text: str, made: Document) -> dict[str, bool]:
    """For each header field that is printed: whether what was read still holds the value. Of words that a closed list
    can restore it is enough that most letters are there; figures and names must be whole."""
    pieces = segments(text, len(made.marks))
    found: dict[str, bool] = {}
    for mark, piece in zip(made.marks, pieces, strict=True):
        if mark.name == "date" and "date" not in found:
            found["date"] = re.findall(r"\d+", piece) == re.findall(r"\d+", mark.value)
        if mark.name == "number" and "symbol" not in found:
            letters = [re.sub(r"^[\d\s]+", "", value) for value in (mark.value, piece)]
            found["symbol"] = _like(letters[0], letters[1], 0.7)
        rule = _RULES.get(mark.name)
        if rule and rule[0] not in found:
            found[rule[0]] = _like(mark.value, piece, rule[1])
    return found


def read_all(paper: str, made: Document, dice: Dice) -> tuple[dict[str, str], dict[str, dict[str, bool]]]:
    """The page as read at every level, without marks, and what is still legible there."""
    signed = {"name": "name", "position": "position"}
    zones = {index: signed[mark.name] for index, mark in enumerate(made.marks) if mark.name in signed}
    if made.hand:
        zones |= {
            index: {"number": "number", "date": "day"}[mark.name]
            for index, mark in enumerate(made.marks)
            if mark.name in ("number", "date")
        }
    read, legible = {}, {}
    for level in LEVELS:
        text = noisy(paper, level, zones, dice)
        legible[level] = legibility(text, made)
        read[level] = plain(text)
    return read, legible
