"""PDFs: printed from a text (text layer, embedded subset of the font), and pictures of pages without text."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PIL import Image

from tests.generator import fonts
from tests.generator.page import Block, Centre, Columns, Gap, Line, Paragraph, Right, Row, Stamp

if TYPE_CHECKING:
    from fpdf import FPDF

MADE = datetime(2025, 6, 20, 8, 0, tzinfo=UTC)
TEXT, HEAD, NOTE, TABLE = 13, 12, 11, 10
STEP = 6.2  # millimetres a line


def printed(groups: list[list[Block]]) -> bytes:
    """A PDF whose text can be copied; each group of blocks begins a sheet."""
    from fpdf import FPDF

    paper = FPDF(format="A4")
    paper.set_creation_date(MADE)
    paper.set_producer("Văn phòng")
    for style, letter in (("regular", ""), ("bold", "B"), ("italic", "I")):
        paper.add_font("Termes", letter, str(fonts.path(style)))
    paper.set_margins(28, 20, 16)
    paper.set_auto_page_break(True, 18)
    for blocks in groups:
        paper.add_page()
        for block in blocks:
            _put(paper, block)
    return bytes(paper.output())


def _font(paper: FPDF, line: Line, size: float) -> None:
    paper.set_font("Termes", {"regular": "", "bold": "B", "italic": "I"}[line.style], size)


def _columns(paper: FPDF, block: Columns) -> None:
    rows = max(len(block.left), len(block.right))
    if paper.get_y() + rows * STEP > paper.h - 20:
        paper.add_page()
    for row in range(rows):
        y = paper.get_y()
        if row < len(block.left) and block.left[row].text:
            line = block.left[row]
            _font(paper, line, NOTE if block.flush else HEAD)
            paper.set_xy(22, y)
            paper.cell(80, STEP, line.text, align="L" if block.flush else "C")
        if row < len(block.right) and block.right[row].text:
            _font(paper, block.right[row], HEAD)
            paper.set_xy(100, y)
            paper.cell(96, STEP, block.right[row].text, align="C")
        paper.set_xy(paper.l_margin, y + STEP)


def _put(paper: FPDF, block: Block) -> None:
    if isinstance(block, Columns):
        _columns(paper, block)
    elif isinstance(block, Gap):
        paper.ln(4)
    elif isinstance(block, Row):
        paper.set_font("Termes", "", TABLE)
        width = paper.epw / max(len(block.cells), 1)
        for cell in block.cells:
            paper.cell(width, STEP, cell, border=1)
        paper.ln(STEP)
    elif isinstance(block, Paragraph):
        _font(paper, Line(block.text, block.style), TEXT)
        paper.multi_cell(0, STEP, block.text, align="J", new_x="LMARGIN", new_y="NEXT")
    elif isinstance(block, Centre | Right):
        _font(paper, block.line, TEXT)
        align = "C" if isinstance(block, Centre) else "R"
        paper.multi_cell(0, STEP, block.line.text, align=align, new_x="LMARGIN", new_y="NEXT")
    elif isinstance(block, Stamp):
        for text in block.lines:
            paper.set_font("Termes", "B", HEAD)
            paper.cell(0, STEP, text, new_x="LMARGIN", new_y="NEXT")


def pictures(images: list[Image.Image], dpi: int, quality: int) -> bytes:
    """A PDF of page pictures alone."""
    stream = io.BytesIO()
    clock = MADE.timetuple()
    images[0].save(
        stream, "PDF", save_all=True, append_images=images[1:], resolution=dpi, quality=quality,
        creationDate=clock, modDate=clock,
    )  # fmt: skip
    return stream.getvalue()
