"""Images of pages (PNG, JPEG, TIFF with one or many pages), read by Tesseract."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import Unreadable
from kg.messages import say
from kg.readers.model import Page, Reading
from kg.readers.ocr import MAX_PIXELS, OcrSettings, OcrTimeout, recognise

if TYPE_CHECKING:
    from PIL.Image import Image

_MAX_FRAMES = 5000
_PLAUSIBLE_DPI = range(70, 1201)


def read(path: Path, ocr: OcrSettings) -> Reading:
    """Read an image. Raises Unreadable: ``broken_image``, ``too_large``, ``no_ocr``, ``ocr_timeout``."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path) as image:
                pages = _pages(image, path.name, ocr)
    except Image.DecompressionBombError as error:
        raise _too_large(path.name) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise Unreadable(say("unreadable_broken_image", name=path.name), reason="broken_image") from error
    if all(page.problem == "ocr_timeout" for page in pages):
        message = say("unreadable_ocr_timeout", name=path.name, seconds=round(ocr.seconds))
        raise Unreadable(message, reason="ocr_timeout")
    return Reading(tuple(pages), True, "ocr")


def _pages(image: Image, name: str, ocr: OcrSettings) -> list[Page]:
    frames = getattr(image, "n_frames", 1)
    if frames > _MAX_FRAMES:
        raise _too_large(name)
    pages = []
    for index in range(frames):
        image.seek(index)
        # The header tells the size before anything is unpacked.
        if image.width * image.height > MAX_PIXELS:
            raise _too_large(name)
        number = index + 1
        try:
            pages.append(recognise(_grey(image), number, ocr, name=name, dpi=_dpi(image)))
        except OcrTimeout:
            pages.append(Page(number, "", (), image.width, image.height, problem="ocr_timeout", recognised=True))
    return pages


def _too_large(name: str) -> Unreadable:
    return Unreadable(say("unreadable_too_large", name=name, millions=MAX_PIXELS // 1_000_000), reason="too_large")


def _grey(image: Image) -> Image:
    """Upright, on white paper, in eight bits."""
    from PIL import Image as images
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith("I;16"):
        return upright.point(lambda value: value / 256).convert("L")
    if "A" in upright.mode or "transparency" in upright.info:
        layered = upright.convert("RGBA")
        paper = images.new("RGBA", layered.size, "white")
        return images.alpha_composite(paper, layered).convert("L")
    return upright.convert("L")


def _dpi(image: Image) -> int | None:
    told = image.info.get("dpi")
    value = round(float(told[0])) if told else 0
    return value if value in _PLAUSIBLE_DPI else None
