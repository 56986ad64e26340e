"""How well secrecy stamps are known: ``python -m tests.nlp.stamps FOLDER...`` counts a level of noise, of the pages that
bear a stamp how many are taken for secret and at which level, and of the others how many are too, and names each that
went wrong (``--show``: with the lines of its head).

A folder has the form of ``python -m tests.nlp.generated OUT --secret`` (gold/, texts, ocr/<band>/); texts without an
annotation, in whatever folder, are taken to bear no stamp.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nlp import extract

_HEAD = 12
"""Lines of a page that are shown."""


@dataclass(frozen=True, slots=True)
class Page:
    """A text with the level of noise and of secrecy that it has (None: no stamp)."""

    name: str
    band: str
    text: str
    level: str | None


def pages(folder: Path) -> Iterator[Page]:
    """The texts of a folder."""
    levels = {}
    for path in sorted(folder.glob("gold/*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        levels[Path(gold.get("text_file") or gold["id"]).stem] = gold.get("secrecy")
    for path in sorted(folder.rglob("*.txt")):
        band = path.parent.name if "ocr" in path.parts else "clean"
        yield Page(str(path), band, path.read_text(encoding="utf-8", errors="replace"), levels.get(path.stem))


def outcome(page: Page) -> str:
    """``known``, ``other level``, ``missed``; of a page without a stamp ``open`` or ``false``."""
    read = extract(page.text).secrecy
    if page.level is None:
        return "open" if read is None else "false"
    return "missed" if read is None else "known" if read == page.level else "other level"


def main() -> None:
    """Print what was counted."""
    parser = argparse.ArgumentParser(prog="python -m tests.nlp.stamps", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="+")
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    counted: Counter[tuple[str, str]] = Counter()
    for page in (page for folder in asked.folder for page in pages(folder)):
        found = outcome(page)
        counted[page.band, found] += 1
        if found in ("missed", "false"):
            print(found, page.name)
            if asked.show:
                print("\n".join("    " + line for line in page.text.splitlines()[:_HEAD]))
    for band in dict.fromkeys(band for band, _ in counted):
        told = ("known", "other level", "missed", "open", "false")
        print(f"{band:<12}" + ", ".join(f"{found} {counted[band, found]}" for found in told if counted[band, found]))


if __name__ == "__main__":
    main()
