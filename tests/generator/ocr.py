"""Tesseract on pictures of pages: text, hOCR and ALTO as it writes them."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

LIMIT = 120  # seconds a document
FORMATS = {"text": ("txt", "txt"), "hocr": ("hocr", "hocr"), "alto": ("alto", "xml")}


def read(images: list[Image.Image], form: str, stem: str) -> bytes:
    """What Tesseract (``vie``, one column of varied sizes) makes of the pages. ``form``: text, hocr or alto;
    ``stem`` names the pictures in its output. Raises SystemExit where it is not installed."""
    configuration, extension = FORMATS[form]
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for number, image in enumerate(images, start=1):
            names.append(f"{stem}_{number:02d}.png")
            image.save(Path(folder) / names[-1], dpi=(200, 200))
        (Path(folder) / "pages.txt").write_text("\n".join(names) + "\n")
        command = ["tesseract", "pages.txt", "out", "-l", "vie", "--psm", "4", configuration]
        try:
            subprocess.run(
                command, cwd=folder, check=True, capture_output=True, timeout=LIMIT,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )  # fmt: skip
        except FileNotFoundError:
            raise SystemExit("tesseract is missing: apt-get install tesseract-ocr tesseract-ocr-vie") from None
        return (Path(folder) / f"out.{extension}").read_bytes()
