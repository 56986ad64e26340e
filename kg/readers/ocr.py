"""Tesseract: an image of a page becomes a page of words with their places and confidences."""

from __future__ import annotations

import io
import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import Unreadable
from kg.messages import say
from kg.readers.model import Page

if TYPE_CHECKING:
    from PIL.Image import Image

PACKAGES = "tesseract-ocr tesseract-ocr-vie"
"""Debian's packages of the program and of its Vietnamese data."""

MAX_PIXELS = 150_000_000
"""An A0 drawing at 300 dpi has 139 million; what is larger is no page (decompression bombs)."""


@dataclass(frozen=True, slots=True)
class OcrSettings:
    """How images are read. ``psm`` 4: one column of text of varying sizes; ``dpi`` is that of rendered PDF pages and
    of images that do not tell theirs; ``seconds`` is the time limit a page."""

    language: str = "vie"
    psm: int = 4
    dpi: int = 300
    seconds: float = 120.0
    command: str = "tesseract"


class OcrTimeout(Exception):
    """A page took longer than the limit."""


def recognise(image: Image, number: int, settings: OcrSettings, *, name: str, dpi: int | None = None) -> Page:
    """The page of text in an image (grey or colour), boxes in its pixels.

    Raises OcrTimeout, and Unreadable with reason ``no_ocr`` (program or language missing) or ``ocr_failed``.
    """
    from kg.readers.hocr import parse

    grey = image if image.mode == "L" else image.convert("L")
    buffer = io.BytesIO()
    grey.save(buffer, "PPM")
    markup = _run(buffer.getvalue(), settings, name=name, dpi=dpi or settings.dpi)
    pages = parse(markup)
    words = pages[0] if pages else Page(1, "")
    return Page(number, words.text, words.words, grey.width, grey.height, recognised=True)


def _run(data: bytes, settings: OcrSettings, *, name: str, dpi: int) -> str:
    command = [
        settings.command, "stdin", "stdout", "-l", settings.language,
        "--psm", str(settings.psm), "--dpi", str(dpi), "hocr",
    ]  # fmt: skip
    # One thread a process: pages are spread over workers, and Tesseract's own threads only fight for the cores.
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=settings.seconds, env=environment, check=False
        )
    except FileNotFoundError:
        raise Unreadable(say("unreadable_no_ocr", name=name, packages=PACKAGES), reason="no_ocr") from None
    except subprocess.TimeoutExpired:
        raise OcrTimeout from None
    if done.returncode == 0:
        return done.stdout.decode("utf-8", "replace")
    if b"traineddata" in done.stderr or b"load any languages" in done.stderr:
        raise Unreadable(say("unreadable_no_ocr", name=name, packages=PACKAGES), reason="no_ocr")
    raise Unreadable(say("unreadable_ocr_failed", name=name), reason="ocr_failed")
