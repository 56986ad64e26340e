"""The computer files under the paths of a delivery, each with its source, in a fixed order."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kg.errors import HosoError
from kg.messages import say

_JUNK = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db"})
_JUNK_PREFIXES = (".", "~$")
"""Hidden files, and the lock files that Office leaves beside open documents."""


@dataclass(frozen=True, slots=True)
class Found:
    """A computer file. ``root`` is the folder that its path in the delivery counts from, ``inside`` that path with
    ``/``, ``source`` the same made unique among several roots."""

    path: Path
    root: Path
    inside: str
    source: str

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders between root and file."""
        return PurePosixPath(self.inside).parts[:-1]


@dataclass(frozen=True, slots=True)
class Delivery:
    """All files of a delivery, and the links that lead out of it (sources)."""

    roots: tuple[Path, ...]
    files: tuple[Found, ...]
    outside: tuple[str, ...]


def walk(paths: Sequence[Path]) -> Delivery:
    """Every file under the paths, ordered by source. Hidden files and what systems leave behind are passed over, links
    that lead out of their root are named and not followed. Raises HosoError(bad_input) for a path that is not there."""
    roots: list[Path] = []
    met: dict[str, tuple[Path, Path, str]] = {}
    outside: list[str] = []
    for path in paths:
        if not path.exists():
            raise HosoError(say("no_such_path", path=path))
        root = path if path.is_dir() else path.parent
        if root not in roots:
            roots.append(root)
        for file in _under(path):
            inside = _readable(file.relative_to(root))
            real = os.path.realpath(file)
            if not Path(real).is_relative_to(os.path.realpath(root)):
                outside.append(inside)
            else:
                met.setdefault(real, (file, root, inside))
    found = _with_sources(list(met.values()))
    return Delivery(
        tuple(roots), tuple(sorted(found, key=lambda file: file.source.split("/"))), tuple(sorted(outside))
    )


def digest(path: str) -> str:
    """Tells a whole path from every other without naming it; a folder's path ends in a slash."""
    return hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def folder_digest(folder: Path) -> str:
    """The digest of a folder: the same as that of the root which its files count from."""
    return digest(f"{str(folder.resolve()).rstrip('/')}/")


def _under(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not _is_junk(name))
        for name in sorted(names):
            file = Path(folder, name)
            if not _is_junk(name) and file.is_file():
                yield file


def _is_junk(name: str) -> bool:
    return name.startswith(_JUNK_PREFIXES) or name.lower() in _JUNK


def _readable(path: Path) -> str:
    """The path with ``/`` in composed Unicode; bytes that are no UTF-8 and control characters as ``\\xNN``, so that
    the source can be stored, printed and found again."""
    text = os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")
    text = unicodedata.normalize("NFC", text)
    return "".join(char if char.isprintable() or char == " " else f"\\x{ord(char):02x}" for char in text)


def _with_sources(files: list[tuple[Path, Path, str]]) -> Iterator[Found]:
    """The source is the path inside the root; the root's name (and its parents', as needed) stands in front of those
    that several roots share."""
    depth = 0
    rest = files
    while rest:
        named = [(file, _source(file, depth)) for file in rest]
        counts = Counter(source for _, source in named)
        rest = []
        for (path, root, inside), source in named:
            if counts[source] == 1 or depth > len(root.resolve().parts):
                yield Found(path, root, inside, source)
            else:
                rest.append((path, root, inside))
        depth += 1


def _source(file: tuple[Path, Path, str], depth: int) -> str:
    _, root, inside = file
    front = [part for part in root.resolve().parts if part != root.resolve().anchor][-depth:] if depth else []
    return "/".join([*(_readable(Path(part)) for part in front), inside])
