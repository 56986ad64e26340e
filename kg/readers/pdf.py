"""PDF: the text layer where a page has one, else the page rendered and read by Tesseract.

Words have their boxes in pixels at the resolution at which pages are rendered (``OcrSettings.dpi``), so that pages with
and without a text layer are measured alike.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import Unreadable
from kg.messages import say
from kg.readers.layout import page_of, with_stamps
from kg.readers.model import Page, Reading
from kg.readers.ocr import MAX_PIXELS, OcrSettings, OcrTimeout, recognise
from kg.readers.pdf_text import LOST, POINTS_PER_INCH, TextLayer, stamped_lines

if TYPE_CHECKING:
    from PIL.Image import Image

_SCANTY = 100
"""Characters below which a text layer over a picture of the page is no more than a signature's stamp."""
_PICTURE_SHARE = 0.5
_LOST_SHARE = 0.02
"""Share of characters without a meaning from which on a text layer has lost its letters."""


def read(path: Path, ocr: OcrSettings) -> Reading:
    """Read a PDF. Raises Unreadable: ``broken_pdf``, ``encrypted``, ``no_ocr``, ``ocr_timeout`` (no page in time)."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        reason = "encrypted" if "password" in str(error).lower() else "broken_pdf"
        raise Unreadable(say(f"unreadable_{reason}", name=path.name), reason=reason) from error
    with document:
        pages = [_page(document, index, path.name, ocr) for index in range(len(document))]
    if not pages or all(page.problem == "broken_page" for page in pages):
        raise Unreadable(say("unreadable_broken_pdf", name=path.name), reason="broken_pdf")
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
        layer = TextLayer(document[index], ocr.dpi)
    except pypdfium2.PdfiumError:
        return Page(number, "", problem="broken_page")
    page = page_of(layer.lines(), number, *layer.size)
    if _needs_ocr(layer.page, page):
        page = _recognised(layer.page, number, name, ocr)
    # Only now: what was stamped over a scan would hide the print from Tesseract.
    stamps = stamped_lines(document, index, layer, ocr.dpi)
    return with_stamps(page, stamps) if stamps else page


def _recognised(page: Any, number: int, name: str, ocr: OcrSettings) -> Page:
    image = _render(page, ocr.dpi)
    try:
        return recognise(image, number, ocr, name=name)
    except OcrTimeout:
        return Page(number, "", (), image.width, image.height, problem="ocr_timeout", recognised=True)


def _needs_ocr(page: Any, layer: Page) -> bool:
    """No text over anything drawn, hardly any over a picture of the page, or a layer that lost its letters."""
    text = layer.text
    if not text:
        return any(True for _ in page.get_objects(max_depth=1))
    if sum(unicodedata.category(char) == "Co" or char == LOST for char in text) > _LOST_SHARE * len(text):
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
    scale = min(dpi / POINTS_PER_INCH, (MAX_PIXELS / max(width * height, 1)) ** 0.5)
    image: Image = page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False).to_pil()
    return image
