"""What the delivery holds: fonds, files and documents, from ``data/delivery.yaml``, with day and medium of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.generator.data_files import document
from tests.generator.dice import Dice

MEDIA = ("txt", "pdf", "ocr", "hocr", "alto", "jpg", "png", "scan", "tcvn3")
EXTENSIONS = {"ocr": "txt", "hocr": "hocr", "alto": "xml", "scan": "pdf", "tcvn3": "txt"}


@dataclass(frozen=True, slots=True)
class FileItem:
    """A file (hồ sơ) as its finding aid lists it; ``place`` and ``project`` are what its documents speak of."""

    code: str
    title: str
    retention: str
    place: str
    project: str
    docs: tuple[str, ...]
    years: str
    note: str
    listed: bool


@dataclass(frozen=True, slots=True)
class Fonds:
    """A fonds as delivered. ``place`` is its creator's unit; ``facts`` are the columns of the table of fonds."""

    code: str
    folder: str
    place: str
    role: str
    table: str
    files: tuple[FileItem, ...]
    facts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Planned:
    """A document to be written. ``of`` are keys of earlier documents that it speaks of."""

    key: str
    kind: str
    fonds: str
    file: str
    order: int
    day: str
    place: str
    project: str
    medium: str
    flags: tuple[str, ...]
    of: tuple[str, ...]
    options: dict[str, str] = field(default_factory=dict)


def _file(entry: dict[str, Any], fonds: dict[str, Any]) -> FileItem:
    return FileItem(
        code=entry["code"],
        title=entry["title"],
        retention=entry.get("retention", "Vĩnh viễn"),
        place=entry.get("place", fonds["place"]),
        project=entry.get("project", ""),
        docs=tuple(entry.get("docs", ())),
        years=entry.get("years", ""),
        note=entry.get("note", ""),
        listed=entry.get("listed", "yes") == "yes",
    )


def fonds() -> list[Fonds]:
    """All fonds of the delivery, those without scans too."""
    found = []
    for entry in document("delivery"):
        files = tuple(_file(item, entry) for item in entry["files"])
        facts = {key: str(value) for key, value in entry.get("facts", {}).items()}
        found.append(
            Fonds(entry["code"], entry["folder"], entry["place"], entry["role"], entry.get("table", ""), files, facts)
        )
    return found


def _day(text: str, dice: Dice) -> str:
    """An ISO day: as given, or a working day (Saturdays were) within the month or the year."""
    if len(text) == len("YYYY-MM-DD"):
        return text
    year, _, month = text.partition("-")
    start, end = date(int(year), int(month or 1), 4), date(int(year), int(month or 12), 27)
    chosen = start + timedelta(days=dice.randrange((end - start).days))
    return (chosen - timedelta(days=1 if chosen.weekday() == 6 else 0)).isoformat()


def _documents(seed: int, box: Fonds, item: FileItem) -> list[Planned]:
    found: list[Planned] = []
    for text in item.docs:
        words = text.split()
        kind, when, rest = words[0], words[1], words[2:]
        options = dict(word.split("=", 1) for word in rest if "=" in word)
        flags = tuple(word for word in rest if "=" not in word and not word.startswith("x"))
        count = next((int(word[1:]) for word in rest if word.startswith("x") and word[1:].isdigit()), 1)
        for _ in range(count):
            order = len(found) + 1
            key = options.get("key") or f"{box.code}/{item.code}/{order:03d}"
            found.append(
                Planned(
                    key=key,
                    kind=kind,
                    fonds=box.code,
                    file=item.code,
                    order=order,
                    day=_day(when, Dice(seed, f"day/{key}")),
                    place=options.get("place", item.place),
                    project=options.get("project", item.project),
                    medium=options.get("as", "txt"),
                    flags=flags,
                    of=tuple(part for part in options.get("of", "").split(",") if part),
                    options=options,
                )
            )
    return found


def documents(seed: int) -> list[Planned]:
    """Every document, by day (a text may speak of earlier ones only)."""
    found = [planned for box in fonds() for item in box.files for planned in _documents(seed, box, item)]
    return sorted(found, key=lambda planned: (planned.day, planned.key))
