"""A folder of annotated documents: ``gold/<id>.json`` beside the texts, and noisy texts in ``ocr/<level>/<id>.txt``.

Annotations of real documents know neither era nor level of administration: the era is that of the date, the level that
of the index of the texts (``real/INDEX.csv``).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from nlp.model import Context

CLEAN: Final = "clean"
LEVELS: Final = (CLEAN, "light", "medium", "heavy", "realscan")
"""Noise bands: the digital text, three strengths of simulated scanning, genuine scans."""
UNKNOWN: Final = "unknown"
_ERAS: Final = ((1976, "before 1976"), (2005, "1976-2004"), (2011, "2005-2010"), (2020, "2011-2019"))
_LAST_ERA: Final = "2020-"
"""First year after an era, by the rules on the form of documents that were in force (RECORDS.md §1)."""
_CONTEXT: Final = frozenset(field.name for field in fields(Context))


class BadGold(ValueError):
    """The folder or a file in it cannot be read as annotations; the message names it."""


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated document. ``values`` is the annotation as it stands; ``kind`` the type of document."""

    id: str
    root: Path
    values: Mapping[str, Any]
    era: str
    kind: str
    level: str
    layout: str
    split: str | None

    def text_path(self, band: str) -> Path:
        """Where its text of that noise band lies, if there is one."""
        return self.root / (self.values["text_file"] if band == CLEAN else f"ocr/{band}/{self.id}.txt")

    def context(self, band: str) -> Context:
        """What is known before the page is read: of the annotation, and the name of the computer file."""
        known = {key: value for key, value in (self.values.get("context") or {}).items() if key in _CONTEXT}
        return Context(**{"file_name": self.text_path(band).name, "method": "text", **known})

    @property
    def secret(self) -> bool:
        """Whether it bears a secrecy stamp: nothing else of it may be read."""
        return bool(self.values.get("secrecy"))


def load(root: Path, split: str | None = None) -> list[Gold]:
    """The annotations in order of their files' names; ``split``: only the documents of that part of a generated set.

    Raises BadGold.
    """
    folder = root / "gold"
    if not folder.is_dir():
        raise BadGold(f"{root}: no folder gold/ with annotations in it")
    index = _index(root)
    found = [_gold(root, path, index) for path in sorted(folder.glob("*.json"))]
    if split is not None:
        found = [gold for gold in found if gold.split == split]
    if not found:
        raise BadGold(f"{folder}: no annotation" + (f" of the part {split}" if split else ""))
    return found


def texts(golds: Sequence[Gold], band: str) -> list[tuple[Gold, str]]:
    """The documents that have a text of that noise band, with it. Raises BadGold where none has, or where a digital
    text that an annotation names is not there."""
    found = []
    for gold in golds:
        path = gold.text_path(band)
        if not path.is_file():
            if band == CLEAN:
                raise BadGold(f"{path}: the text of the annotation {gold.id} is not there")
            continue
        try:
            found.append((gold, path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            raise BadGold(f"{path}: not UTF-8") from None
    if not found:
        raise BadGold(f"{golds[0].root}: no text of {band}")
    return found


def era_of(date: str | None) -> str:
    """The era of an ISO date or the beginning of one."""
    year = (date or "")[:4]
    if not year.isdecimal():
        return UNKNOWN
    return next((name for end, name in _ERAS if int(year) < end), _LAST_ERA)


def _gold(root: Path, path: Path, index: Mapping[str, str]) -> Gold:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadGold(f"{path}: {error}") from None
    if not isinstance(values, dict) or not isinstance(values.get("text_file"), str):
        raise BadGold(f"{path}: an annotation is an object with a text_file")
    for row in values.get("units") or ():
        if not ({"surface", "unit"} <= set(row) and row.get("what") in {"place", "agency"}):
            raise BadGold(f"{path}: a row of units has surface, what (place or agency) and unit")
    generated = "era" in values
    return Gold(
        id=str(values.get("id") or path.stem),
        root=root,
        values=values,
        era=values["era"] if generated else era_of(values.get("date") or values.get("date_partial")),
        # In annotations of real documents ``kind`` says what the file is (a scan, a digital text).
        kind=(values.get("kind") if generated else values.get("type")) or UNKNOWN,
        level=values.get("level") or index.get(str(values.get("id")), UNKNOWN),
        layout=values.get("layout") or UNKNOWN,
        split=values.get("split"),
    )


def _index(root: Path) -> dict[str, str]:
    path = root / "real" / "INDEX.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["level"] for row in csv.DictReader(file) if row.get("id") and row.get("level")}
