"""The typefaces of the pages: TeX Gyre Termes (GUST Font License, embedding allowed; Debian: fonts-texgyre)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PIL import ImageFont

FOLDER = Path("/usr/share/texmf/fonts/opentype/public/tex-gyre")
FILES = {
    "regular": "texgyretermes-regular.otf",
    "bold": "texgyretermes-bold.otf",
    "italic": "texgyretermes-italic.otf",
}


def path(style: str) -> Path:
    """The font file of a style. Raises SystemExit with what to install where it is missing."""
    found = FOLDER / FILES[style]
    if not found.is_file():
        raise SystemExit("TeX Gyre Termes is missing: apt-get install fonts-texgyre")
    return found


@cache
def face(style: str, points: float, dpi: int) -> ImageFont.FreeTypeFont:
    """A face for drawing at that resolution."""
    return ImageFont.truetype(str(path(style)), int(points * dpi / 72))
