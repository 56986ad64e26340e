"""The part of the delivery that went through printer, scanner or OCR."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from tests.generator import draw, noise, ocr, pdf, typed
from tests.generator.dice import Dice
from tests.generator.page import Block, Centre, Columns, Line, Paragraph, Right, Row, sheets

if TYPE_CHECKING:
    from tests.generator.batch import Delivered

KEPT_DPI = 150  # of pictures that stay in the batch
QUALITY = 42
LEVELS = ("light", "light", "medium", "medium", "heavy")


def write(out: Path, found: list[Delivered], seed: int) -> None:
    """Every computer file that is not plain typing, below ``out``."""
    wanted = [one for one in found if not one.by_typing]
    with ThreadPoolExecutor(max_workers=2) as pool:  # Tesseract is a process of its own
        for one, content in zip(wanted, pool.map(lambda one: make(one, seed), wanted), strict=True):
            (out / one.source).parent.mkdir(parents=True, exist_ok=True)
            (out / one.source).write_bytes(content)


def make(one: Delivered, seed: int) -> bytes:
    """The bytes of one computer file."""
    groups = [_spelt(sheet, one, seed) for part in one.parts for sheet in sheets(part.blocks)]
    if one.medium == "pdf":
        return pdf.printed(groups)
    dice = Dice(seed, f"scan/{one.source}")
    images = _pictures(one, groups, dice)
    stem = one.source.rsplit("/", 1)[-1].split(".")[0]
    if one.medium == "ocr":
        return ocr.read(images, "text", stem)
    if one.medium in ("hocr", "alto"):
        return ocr.read(images, one.medium, stem)
    small = [image.resize((1240, 1754), Image.Resampling.LANCZOS) for image in images]
    if one.medium == "scan":
        return pdf.pictures(small, KEPT_DPI, QUALITY)
    stream = io.BytesIO()
    if one.medium == "png":
        small[0].quantize(16).save(stream, "PNG", optimize=True, dpi=(KEPT_DPI, KEPT_DPI))
    else:
        small[0].save(stream, "JPEG", quality=QUALITY, dpi=(KEPT_DPI, KEPT_DPI))
    return stream.getvalue()


def _pictures(one: Delivered, groups: list[list[Block]], dice: Dice) -> list[Image.Image]:
    flags = one.parts[0].planned.flags
    if "blank_page" in flags:
        return [noise.scanned(Image.new("RGB", (draw.WIDTH, draw.HEIGHT), "white"), "light", dice)]
    if "handwritten" in flags:
        return [noise.scanned(draw.handwriting(dice), "medium", dice)]
    level = one.parts[0].planned.options.get("noise") or dice.one(LEVELS)
    if one.medium in ("jpg", "png", "scan"):
        level = "light"  # small enough to stay in the repository
    images = draw.pages(groups, dice)
    kept = images[:1] if one.medium in ("jpg", "png") else images
    return [noise.scanned(image, level, dice) for image in kept]


def _spelt(sheet: list[Block], one: Delivered, seed: int) -> list[Block]:
    """The blocks in the spelling of the machine that typed them."""
    planned = one.parts[0].planned
    how = typed.habit(Dice(seed, f"typing/{planned.key}"), planned.day)

    def line(old: Line) -> Line:
        return Line(typed.spelt(old.text, how), old.style)

    found: list[Block] = []
    for block in sheet:
        if isinstance(block, Columns):
            left, right = tuple(map(line, block.left)), tuple(map(line, block.right))
            found.append(Columns(left, right, block.flush, block.signature))
        elif isinstance(block, Centre):
            found.append(Centre(line(block.line)))
        elif isinstance(block, Right):
            found.append(Right(line(block.line)))
        elif isinstance(block, Paragraph):
            found.append(Paragraph(typed.spelt(block.text, how), block.style))
        elif isinstance(block, Row):
            found.append(Row(tuple(typed.spelt(cell, how) for cell in block.cells)))
        else:
            found.append(block)
    return found
