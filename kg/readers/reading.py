"""One computer file as pages of text: the content says which reader takes it, one module a format."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Protocol, cast

from kg.errors import Unreadable
from kg.messages import say
from kg.readers.kinds import head_of, kind_of
from kg.readers.model import Reading
from kg.readers.ocr import OcrSettings

_READERS = {
    "text": "kg.readers.text",
    "pdf": "kg.readers.pdf",
    "hocr": "kg.readers.hocr",
    "alto": "kg.readers.alto",
    "image": "kg.readers.image",
}
"""Kind of content and the module that reads it; imported when first needed (PDFs and images bring libraries)."""


class Reader(Protocol):
    """What a module of a format offers."""

    def read(self, path: Path, ocr: OcrSettings) -> Reading:
        """The file's pages. Raises Unreadable."""


def read_file(path: Path, *, ocr: OcrSettings | None = None) -> Reading:
    """Read a computer file: plain text, PDF, hOCR, ALTO or an image, whatever its name says.

    Raises Unreadable with one line for the user and a ``reason`` for the quarantine report (``empty``, ``encoding``,
    ``wrong_kind``, ``broken_pdf``, ``encrypted``, ``no_ocr`` ...; the catalogue has ``unreadable_<reason>``). Pages
    without any text are no error.
    """
    kind = kind_of(head_of(path), path)
    reader = cast(Reader, importlib.import_module(_READERS[kind]))
    try:
        return reader.read(path, ocr or OcrSettings())
    except Unreadable:
        raise
    except OSError as error:
        message = say("unreadable_no_access", name=path.name, why=error.strerror or type(error).__name__)
        raise Unreadable(message, reason="no_access") from error
    except Exception as error:  # foreign bytes in foreign libraries: one file must not end the batch
        message = say("unreadable_unexpected", name=path.name, kind=type(error).__name__)
        raise Unreadable(message, reason="unexpected") from error
