"""Files that cannot be read, as every delivery has some (``data/broken.yaml``)."""

from __future__ import annotations

import io
import zipfile

from tests.generator.data_files import document
from tests.generator.dice import Dice


def _truncated_pdf(dice: Dice) -> bytes:
    """The beginning of a PDF whose copying broke off."""
    return b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n" + dice.randbytes(700)


def _zip(dice: Dice) -> bytes:
    """A ZIP file under another name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo("scan_001.tif", (2024, 3, 5, 9, 0, 0)), dice.randbytes(900))
    return stream.getvalue()


def _undecidable(dice: Dice) -> bytes:
    """Bytes that are text in no encoding."""
    return dice.randbytes(2048)


def _empty(_dice: Dice) -> bytes:
    return b""


_MAKERS = {"truncated_pdf": _truncated_pdf, "zip": _zip, "undecidable": _undecidable, "empty": _empty}


def files(seed: int) -> dict[str, bytes]:
    """Path below the batch → bytes."""
    return {
        entry["path"]: _MAKERS[entry["damage"]](Dice(seed, f"broken/{entry['path']}")) for entry in document("broken")
    }


def reasons() -> dict[str, str]:
    """Path → what is wrong with it."""
    return {entry["path"]: entry["damage"] for entry in document("broken")}
