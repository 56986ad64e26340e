"""``python -m tests.nlp.generated.fit_noise [--pages 40]``: counts how Tesseract misreads pages of this set.

Pages are drawn, scanned at three levels and read; reading and print are aligned, and what became of each letter is
written to ``noise.csv`` (level, truth, read, count; both the same: read right). Errors longer than five letters are
structure (columns, stamps) and are left out: ``noise.yaml`` has those.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image
from rapidfuzz.distance import Levenshtein

from tests.generator import draw, ocr
from tests.generator import noise as scanner
from tests.generator.dice import Dice
from tests.generator.page import Block as Drawn
from tests.generator.page import Centre, Columns, Gap, Line, Paragraph, Right, Row
from tests.nlp.generated.data import layouts
from tests.nlp.generated.make import make
from tests.nlp.generated.markup import plain
from tests.nlp.generated.noise import LEVELS, LONGEST, TABLE
from tests.nlp.generated.typeset import Block, Design, page_text

ROWS = Design(columns="joined", foot="joined", left=34, right=42)
WORSE = {
    "light": ("light", 1.0, 0.0, 4, 0.95),
    "medium": ("medium", 0.92, 0.015, 10, 0.84),
    "heavy": ("medium", 0.7, 0.055, 9, 0.7),
}
"""Level: the sample batch's scanner, then a copy: scale, print of the other side, grain, contrast."""


def _lines(texts: list[str], bold: bool = True) -> tuple[Line, ...]:
    pieces = [piece.strip() for text in texts for piece in plain(text).split("¶")]
    return tuple(Line(piece, "bold" if bold and piece.isupper() else "regular") for piece in pieces)


def drawn(blocks: list[Block]) -> list[Drawn]:
    """The blocks as the painter of the sample batch takes them."""
    found: list[Drawn] = []
    for block in blocks:
        if block.kind == "columns":
            found.append(Columns(_lines(block.lines), _lines(block.right)))
        elif block.kind == "foot":
            found.append(Columns(_lines(block.lines), _lines(block.right), flush=True, signature=2))
        elif block.kind == "centre":
            found += [Centre(line) for line in _lines(block.lines)]
        elif block.kind == "right":
            found += [Right(line) for line in _lines(block.lines)]
        elif block.kind == "row":
            found.append(Row(tuple(plain(cell).strip() for cell in block.lines)))
        elif block.kind in ("gap", "page"):
            found.append(Gap())
        else:
            found += [Paragraph(line.text) for line in _lines(block.lines)]
    return found


def worse(image: Image.Image, level: str, dice: Dice) -> Image.Image:
    """The scan copied once more: smaller, paler, the other side shining through, scratched."""
    _, scale, through, grain, contrast = WORSE[level]
    small = image.resize((int(image.width * scale), int(image.height * scale)), Image.Resampling.BILINEAR)
    values = np.asarray(small).astype(np.float32)
    values = 245 - (245 - values) * contrast
    values -= (255 - np.asarray(small.transpose(Image.Transpose.FLIP_LEFT_RIGHT)).astype(np.float32)) * through
    values += np.random.default_rng(dice.getrandbits(32)).normal(0, grain, values.shape)
    if level == "heavy":
        for _ in range(6):
            row, start = dice.randrange(values.shape[0] - 4), dice.randrange(values.shape[1] - 300)
            values[row : row + 2, start : start + dice.randint(80, 300)] -= 60
    return Image.fromarray(np.clip(values, 0, 255).astype("uint8"))


def flat(text: str) -> str:
    """One line."""
    return " ".join(plain(text).split())


def counted(truth: str, read: str, counts: Counter[tuple[str, str]]) -> None:
    """Adds what became of each letter; an insertion is an error of the letter before it."""
    for step in Levenshtein.opcodes(truth, read):
        before, after = truth[step.src_start : step.src_end], read[step.dest_start : step.dest_end]
        if step.tag == "equal":
            counts.update((sign, sign) for sign in before)
        elif not before and step.src_start and len(after) < LONGEST:
            sign = truth[step.src_start - 1]
            counts[sign, sign + after] += 1
        elif before and len(before) <= LONGEST and len(after) <= LONGEST:
            counts[before, after] += 1


def main() -> None:
    """Reads the command line, draws, reads and counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--table", type=Path, default=TABLE)
    options = parser.parse_args()
    pages = [one for one in make(3 * len(layouts()), 7) if one.document.layout.split == "build"][: options.pages]

    def scanned(task: tuple[int, str]) -> tuple[str, str, str]:
        number, level = task
        made = pages[number]
        dice = Dice(7, f"fit/{made.id}/{level}")
        images = [
            worse(scanner.scanned(image, WORSE[level][0], dice), level, dice)
            for image in draw.pages([drawn(made.document.blocks)], dice)
        ]
        return (
            level,
            flat(page_text(made.document.blocks, ROWS)),
            flat(ocr.read(images, "text", "page").decode("utf-8")),
        )

    counts: dict[str, Counter[tuple[str, str]]] = {level: Counter() for level in LEVELS}
    with ThreadPoolExecutor(max_workers=2) as pool:
        tasks = [(number, level) for number in range(len(pages)) for level in LEVELS]
        for level, truth, read in pool.map(scanned, tasks):
            counted(truth, read, counts[level])
    for level in LEVELS:
        wrong = sum(count for (truth, read), count in counts[level].items() if truth != read)
        print(f"{level}: {wrong / max(counts[level].total(), 1):.4f} of the letters counted were misread")
    with options.table.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(("level", "truth", "read", "count"))
        for level in LEVELS:
            for (truth, read), count in sorted(counts[level].items()):
                table.writerow((level, truth, read, count))


if __name__ == "__main__":
    main()
