"""Ids of the archival backbone: stable, the same on every store and every run (DESIGN.md §5), safe in any place.

An id holds only letters and digits of ASCII, ``.``, ``-`` and ``_``, with ``/`` between the parts of an inventory's or a
file's id: what a manifest or a folder says is never taken over as it stands. A code that had to be changed for that
carries the hash of what it was, so that two codes never meet in one id.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import PurePosixPath

from ontology.folding import fold

_OUTSIDE = re.compile(r"[^A-Za-z0-9._]+")
_LONGEST = 60
_READABLE = 50
"""Characters of a slug that a hash follows."""
_NUMBER_IN_FILE = 6
"""A code shorter than this, or of digits alone, is a number within its file ("001", "000001"), no code of the archive's
own."""
_HASH = 16
"""Hexadecimal digits of a hash: 64 bits, so that among 94 million records no two are expected to meet."""


def fonds_id(code: str) -> str:
    """The fonds' code (or its name, where it has no code)."""
    return _part(code)


def inventory_id(fonds: str | None, code: str) -> str:
    """``fonds/inventory``; ``fonds`` is an id."""
    return f"{fonds or ''}/{_part(code)}"


def file_id(fonds: str | None, inventory: str | None, code: str) -> str:
    """``fonds/inventory/file``, the middle empty without an inventory; ``fonds`` is an id, the others are codes."""
    return f"{fonds or ''}/{_part(inventory) if inventory else ''}/{_part(code)}"


def record_id(code: str | None, fonds: str | None, file: str | None, source: str) -> str:
    """The archive's own code where there is one; else a readable slug of the source's name and sixteen hexadecimal
    digits of the hash of fonds, file and source. ``fonds`` and ``file`` are ids."""
    code = (code or "").strip()
    if len(code) >= _NUMBER_IN_FILE and not code.isdigit():
        return _part(code)
    name = code or PurePosixPath(source).stem
    own = code if code and (fonds or file) else source
    return f"{slug(name)[:_READABLE].strip('-.') or 'record'}-{_hash(fonds, file, own)}"


def listed_id(fonds: str | None, file: str | None, said: str) -> str:
    """The id of a document that is only listed: a hash of its place and of what its row says. Nothing of the title
    shows in it: some titles are closed."""
    return f"listed-{_hash(fonds, file, said)}"


def _part(text: str) -> str:
    text = text.strip()
    plain = slug(text)
    if plain and plain == text and len(plain) <= _LONGEST:
        return plain
    return f"{plain[:_READABLE].strip('-.') or 'x'}-{_hash(text)}"


def slug(text: str) -> str:
    """Letters without accents in their own case, digits, dots; everything else is one hyphen."""
    composed = unicodedata.normalize("NFC", text)
    plain = "".join(
        base.upper() if char.isupper() else base for char, base in zip(composed, fold(composed), strict=True)
    )
    return _OUTSIDE.sub("-", plain).strip("-.")


def _hash(*parts: str | None) -> str:
    return hashlib.sha256("|".join(part or "" for part in parts).encode("utf-8", "surrogatepass")).hexdigest()[:_HASH]
