"""Pages as pictures: an A4 sheet as a typist left it, with red stamp and signature, before the scanner."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests.generator.dice import Dice
from tests.generator.fonts import face
from tests.generator.page import Block, Centre, Columns, Gap, Line, Paragraph, Right, Row, Stamp

DPI = 200
WIDTH, HEIGHT = 1654, 2339  # A4 at 200 dpi
LEFT, RIGHT, TOP, BOTTOM = 230, WIDTH - 120, 150, HEIGHT - 150
SIZE, LEADING = 13.0, 50
INK, RED, BLUE = (18, 18, 24), (200, 30, 40), (28, 38, 120)


class Sheets:
    """Sheets that fill from the top; a full one is followed by another."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.images: list[Image.Image] = []
        self.new()

    def new(self) -> None:
        """The next sheet."""
        self.image = Image.new("RGB", (WIDTH, HEIGHT), "white")
        self.pen = ImageDraw.Draw(self.image)
        self.images.append(self.image)
        self.y = TOP

    def room(self, height: int) -> None:
        """Makes sure that so many pixels are left on the sheet."""
        if self.y + height > BOTTOM:
            self.new()

    def words(self, x: float, text: str, font: ImageFont.FreeTypeFont, width: float | None = None) -> None:
        """A line of text; ``width`` spreads its words to the right margin."""
        parts = text.split(" ")
        if width is None or len(parts) < 3:
            self.pen.text((x, self.y), text, font=font, fill=INK)
            return
        gap = (width - sum(font.getlength(part) for part in parts)) / (len(parts) - 1)
        for part in parts:
            self.pen.text((x, self.y), part, font=font, fill=INK)
            x += font.getlength(part) + gap

    def centred(self, middle: float, line: Line, size: float = SIZE) -> None:
        """A line around a middle, smaller where it would not fit."""
        font = face(line.style, size, DPI)
        length = font.getlength(line.text)
        limit = 2 * min(middle - 40, WIDTH - 40 - middle)
        if length > limit:
            font = face(line.style, size * limit / length, DPI)
            length = font.getlength(line.text)
        self.pen.text((middle - length / 2, self.y), line.text, font=font, fill=INK)

    def paragraph(self, text: str, style: str) -> None:
        """Broken into lines, first line set in, both margins straight."""
        font, indent = face(style, SIZE, DPI), 90
        lines = wrapped(text, font, RIGHT - LEFT, indent)
        for number, line in enumerate(lines):
            self.room(LEADING)
            x = LEFT + (indent if number == 0 else 0)
            self.words(x, line, font, None if number == len(lines) - 1 else RIGHT - x)
            self.y += LEADING
        self.y += 8

    def columns(self, block: Columns) -> None:
        """Both columns, then stamp and signature over the right one."""
        rows = max(len(block.left), len(block.right))
        self.room(rows * 44 + (150 if block.signature else 0))
        start, middle_left, middle_right = self.y, 470, 1180
        for row in range(rows):
            if row < len(block.left):
                line = block.left[row]
                if block.flush:
                    self.pen.text((LEFT - 60, self.y), line.text, font=face(line.style, 11, DPI), fill=INK)
                else:
                    self.centred(middle_left, line, 12.5)
            if row < len(block.right):
                self.centred(middle_right, block.right[row], 12.5)
            self.y += 44
        if block.signature is not None:
            spot = start + block.signature * 44 + 60
            if block.flush:
                seal(self.image, middle_right - 90, spot, self.dice)
            signature(self.pen, middle_right - 40, spot, self.dice)
        self.y += 10

    def row(self, block: Row) -> None:
        """Cells in columns of the same width."""
        self.room(LEADING)
        step = (RIGHT - LEFT) / max(len(block.cells), 1)
        for number, cell in enumerate(block.cells):
            x = LEFT + number * step if number else LEFT
            font = face("regular", 10.5, DPI)
            while font.getlength(cell) > step - 6 and len(cell) > 4:
                font = face("regular", font.size * 72 / DPI - 0.7, DPI)
            self.pen.text((x, self.y), cell, font=font, fill=INK)
        self.y += 44

    def stamp(self, block: Stamp) -> None:
        """A boxed stamp at the top left."""
        font = face("bold", 13, DPI)
        width = max(font.getlength(text) for text in block.lines) + 40
        self.pen.rectangle((70, 40, 70 + width, 60 + 50 * len(block.lines)), outline=RED, width=4)
        for number, text in enumerate(block.lines):
            self.pen.text((90, 48 + 50 * number), text, font=font, fill=RED)
        self.y = max(self.y, 90 + 50 * len(block.lines))


def wrapped(text: str, font: ImageFont.FreeTypeFont, width: float, indent: float = 0) -> list[str]:
    """The text in lines of at most that many pixels."""
    lines: list[str] = []
    current = ""
    for word in text.split():
        longer = f"{current} {word}" if current else word
        if font.getlength(longer) <= width - (indent if not lines else 0) or not current:
            current = longer
        else:
            lines.append(current)
            current = word
    return [*lines, current] if current else lines


def pages(groups: list[list[Block]], dice: Dice) -> list[Image.Image]:
    """Each group of blocks from the top of a sheet of its own."""
    sheets = Sheets(dice)
    for number, blocks in enumerate(groups):
        if number:
            sheets.new()
        for block in blocks:
            _put(sheets, block)
    return sheets.images


def _put(sheets: Sheets, block: Block) -> None:
    if isinstance(block, Columns):
        sheets.columns(block)
    elif isinstance(block, Paragraph):
        sheets.paragraph(block.text, block.style)
    elif isinstance(block, Row):
        sheets.row(block)
    elif isinstance(block, Stamp):
        sheets.stamp(block)
    elif isinstance(block, Gap):
        sheets.y += 24
    elif isinstance(block, Centre):
        for text in wrapped(block.line.text, face(block.line.style, SIZE, DPI), RIGHT - LEFT):
            sheets.room(LEADING)
            sheets.centred((LEFT + RIGHT) / 2, Line(text, block.line.style))
            sheets.y += LEADING
    elif isinstance(block, Right):
        font = face(block.line.style, SIZE, DPI)
        sheets.room(LEADING)
        sheets.words(RIGHT - font.getlength(block.line.text), block.line.text, font)
        sheets.y += LEADING


def seal(image: Image.Image, x: float, y: float, dice: Dice) -> None:
    """A round red seal; its ink multiplies, so that black print shows through."""
    radius = 130
    size = 2 * radius + 20
    layer = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    pen, centre, red = ImageDraw.Draw(layer), size / 2, (*RED, 205)
    for inset, width in ((10, 6), (24, 2), (66, 3)):
        pen.ellipse((inset, inset, size - inset, size - inset), outline=red, width=width)
    points = []
    for corner in range(10):
        angle, length = -math.pi / 2 + corner * math.pi / 5, (40 if corner % 2 == 0 else 16)
        points.append((centre + length * math.cos(angle), centre + length * math.sin(angle)))
    pen.polygon(points, fill=red)
    layer = layer.rotate(dice.uniform(-25, 25), resample=Image.Resampling.BICUBIC)
    ink = np.asarray(layer).astype(float)
    left = int(max(0, min(x - centre, image.width - size)))
    top = int(max(0, min(y - centre, image.height - size)))
    paper = np.asarray(image).astype(float).copy()
    region = paper[top : top + size, left : left + size]
    strength = ink[..., 3:4] / 255
    paper[top : top + size, left : left + size] = (
        region * (1 - strength) + np.minimum(region, ink[..., :3]) * strength
    )
    image.paste(Image.fromarray(paper.astype("uint8")))


def signature(pen: ImageDraw.ImageDraw, x: float, y: float, dice: Dice) -> None:
    """A quick line in blue ink."""
    points = [(x, y)]
    for step in range(22):
        x += dice.uniform(4, 15)
        y += dice.uniform(-30, 30) * (1 - step / 26)
        points.append((x, y))
    points.append((x + dice.uniform(50, 120), y - dice.uniform(10, 50)))
    pen.line(points, fill=BLUE, width=4, joint="curve")


def handwriting(dice: Dice) -> Image.Image:
    """A sheet full of a hand that no machine reads."""
    image = Image.new("RGB", (WIDTH, HEIGHT), (250, 247, 238))
    pen = ImageDraw.Draw(image)
    for y in range(260, HEIGHT - 260, 74):
        pen.line((150, y + 22, WIDTH - 110, y + 22), fill=(190, 200, 215), width=2)
        x: float = 190 + dice.uniform(0, 50)
        while x < WIDTH - 320:
            points = []
            for _ in range(dice.randint(7, 22)):
                points.append((x, y + dice.gauss(0, 13)))
                x += dice.uniform(3, 9)
            pen.line(points, fill=(40, 44, 110), width=3, joint="curve")
            x += dice.uniform(16, 34)
    return image
