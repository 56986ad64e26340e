"""PDF: the text layer where a page has one, else the page rendered and read by Tesseract.

Words have their boxes in pixels at the resolution at which pages are rendered (``OcrSettings.dpi``), so that pages with
and without a text layer are measured alike.
"""

from __future__ import annotations

import ctypes
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import Unreadable
from kg.messages import say
from kg.readers.layout import PageBuilder
from kg.readers.model import Page, Reading
from kg.readers.ocr import MAX_PIXELS, OcrSettings, OcrTimeout, recognise

if TYPE_CHECKING:
    from PIL.Image import Image

_POINTS_PER_INCH = 72
_SCANTY = 100
"""Characters below which a text layer over a picture of the page is no more than a signature's stamp."""
_PICTURE_SHARE = 0.5
_LOST_SHARE = 0.02
"""Share of characters without a meaning from which on a text layer has lost its letters."""
_HYPHEN = "\x02"
"""What pdfium gives for a hyphen at the end of a line."""


def read(path: Path, ocr: OcrSettings) -> Reading:
    """Read a PDF. Raises Unreadable: ``broken_pdf``, ``encrypted``, ``no_ocr``, ``ocr_timeout`` (no page in time)."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        reason = "encrypted" if "password" in str(error).lower() else "broken_pdf"
        raise Unreadable(say(f"unreadable_{reason}", name=path.name), reason=reason) from error
    with document:
        count = len(document)
        if not count:
            raise Unreadable(say("unreadable_broken_pdf", name=path.name), reason="broken_pdf")
        pages = [_page(document, index, path.name, ocr) for index in range(count)]
    if all(page.problem == "ocr_timeout" for page in pages):
        message = say("unreadable_ocr_timeout", name=path.name, seconds=round(ocr.seconds))
        raise Unreadable(message, reason="ocr_timeout")
    recognised = any(page.recognised for page in pages)
    return Reading(tuple(pages), True, "ocr" if recognised else "pdf")


def _page(document: Any, index: int, name: str, ocr: OcrSettings) -> Page:
    """One page (``index`` from 0); a page that pdfium cannot open, or Tesseract not in time, is empty with its
    problem noted."""
    import pypdfium2

    number = index + 1
    try:
        page = document[index]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return Page(number, "", problem="broken_page")
    layer = _text_layer(page, text_page, number, ocr.dpi)
    if not _needs_ocr(page, layer):
        return layer
    image = _render(page, ocr.dpi)
    try:
        return recognise(image, number, ocr, name=name)
    except OcrTimeout:
        return Page(number, "", (), image.width, image.height, problem="ocr_timeout", recognised=True)


def _text_layer(page: Any, text_page: Any, number: int, dpi: int) -> Page:
    from pypdfium2 import raw

    scale = dpi / _POINTS_PER_INCH
    width, height = page.get_size()
    builder = PageBuilder()
    letters: list[str] = []
    corners: list[float] = []
    # pdfium's own offsets count UTF-16 units and generated characters: characters are asked for one by one.
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))

    def finish_word() -> None:
        if letters:
            x0, y0, x1, y1 = (round(value) for value in corners)
            builder.word("".join(letters), (x0, y0, x1, y1))
            letters.clear()

    for position in range(raw.FPDFText_CountChars(text_page)):
        char = _character(raw.FPDFText_GetUnicode(text_page, position))
        if char.isspace():
            finish_word()
            if char == "\n":
                builder.end_line()
            continue
        raw.FPDFText_GetCharBox(text_page, position, left, right, bottom, top)
        box = (left.value * scale, (height - top.value) * scale, right.value * scale, (height - bottom.value) * scale)
        if letters:
            box = (min(box[0], corners[0]), min(box[1], corners[1]), max(box[2], corners[2]), max(box[3], corners[3]))
        corners[:] = box
        letters.append(char)
    finish_word()
    return builder.page(number, round(width * scale), round(height * scale))


def _character(code: int) -> str:
    char = chr(code) if code <= 0x10FFFF else "\ufffd"
    if char == _HYPHEN:
        return "-"
    if char in "\r\n":
        return char
    return "\ufffd" if unicodedata.category(char) in ("Cc", "Cs", "Cn") and not char.isspace() else char


def _needs_ocr(page: Any, layer: Page) -> bool:
    """No text over anything drawn, hardly any over a picture of the page, or a layer that lost its letters."""
    text = layer.text
    if not text:
        return any(True for _ in page.get_objects(max_depth=1))
    if sum(unicodedata.category(char) == "Co" or char == "\ufffd" for char in text) > _LOST_SHARE * len(text):
        return True
    return len(text) < _SCANTY and _picture_share(page) >= _PICTURE_SHARE


def _picture_share(page: Any) -> float:
    """The share of the page that its largest picture covers, 0..1."""
    from pypdfium2 import raw

    width, height = page.get_size()
    areas = [0.0]
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        areas.append(abs(right - left) * abs(top - bottom))
    return min(max(areas) / (width * height), 1.0) if width and height else 0.0


def _render(page: Any, dpi: int) -> Image:
    """The page as a grey image, at a lower resolution where it would be larger than the limit."""
    width, height = page.get_size()
    scale = min(dpi / _POINTS_PER_INCH, (MAX_PIXELS / max(width * height, 1)) ** 0.5)
    image: Image = page.render(scale=scale, grayscale=True).to_pil()
    return image
