"""Which computer file a document of the tables is: by the path that its row names, else by its code."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from kg.errors import HosoError
from kg.messages import say
from kg.readers.model import RecordMetadata, RowProblem
from kg.readers.tables.folded import compact
from kg.readers.walk import Found

_DRIVE = re.compile(r"[A-Za-z]:")
_LINK = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_NUMBERED = re.compile(r"(.+?)[._-]0*(\d+)$")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands: its folder as a path inside a root (None for a table from elsewhere)."""

    root: Path | None = None
    folder: str = ""


class Joiner:
    """Finds the computer files of documents; each file is given once. ``whole``: the roots that are taken in entirely,
    not one file of them."""

    def __init__(self, files: Sequence[Found], roots: Sequence[Path], whole: Collection[Path]) -> None:
        self._roots = roots
        self._whole = frozenset(whole)
        self._by_place = {(file.root, _key(file.inside)): file for file in files}
        self._by_name: dict[str, list[Found]] = defaultdict(list)
        self._by_stem: dict[str, list[Found]] = defaultdict(list)
        self._by_number: dict[tuple[str, int], list[Found]] = defaultdict(list)
        for file in files:
            name = PurePosixPath(file.inside)
            self._by_name[_key(name.name)].append(file)
            self._by_stem[compact(name.stem)].append(file)
            if match := _NUMBERED.match(name.stem):
                self._by_number[compact(match.group(1)), int(match.group(2))].append(file)
        self._outermost = {file.folders[:1] for file in files if file.folders}
        self._taken: dict[str, str] = {}
        self.problems: list[RowProblem] = []

    def join(self, document: RecordMetadata, place: Place, order: str | None) -> tuple[Found | None, bool]:
        """The document's file, and whether the document stands (False: its row is a second one for a file, or speaks
        of a file that is no part of this run).

        Raises HosoError(bad_input) for a path that leaves the batch.
        """
        if document.path and not _LINK.match(document.path):
            file, stands = self._by_path(document, document.path, place)
        else:
            file, stands = self._by_code(document, order), True
        if file is None:
            return None, stands
        if first := self._taken.get(file.source):
            self._problem(document, "two_rows", source=file.source, first=first)
            return None, False
        self._taken[file.source] = document.row
        return file, True

    def folders(self, document: RecordMetadata, place: Place) -> tuple[str, ...]:
        """The folders that a row's path names inside a root, where no computer file is there: those under a folder that
        was delivered before others; none where the row has no path, or its path is a link or leaves the roots."""
        if not document.path or _LINK.match(document.path):
            return ()
        found = [PurePosixPath(inside).parts[:-1] for _, inside in self._spots(document.path, place)]
        return next((parts for parts in found if parts[:1] in self._outermost), found[0] if found else ())

    def _by_path(self, document: RecordMetadata, path: str, place: Place) -> tuple[Found | None, bool]:
        spots = list(self._spots(path, place))
        if not spots:
            raise HosoError(say("path_leaves_batch", row=document.row, path=path[:120]))
        for spot in spots:
            if file := self._by_place.get((spot[0], _key(spot[1]))):
                return file, True
        written = path.replace("\\", "/").strip()
        if "/" not in written and (file := self._one(self._by_name.get(_key(written), []), document, place)):
            return file, True
        # A delivery may be taken in by parts: a file that is there and not asked for is another run's.
        if any(root not in self._whole and (root / inside).is_file() for root, inside in spots):
            return None, False
        self._problem(document, "no_such_file", path=path[:120])
        return None, True

    def _spots(self, path: str, place: Place) -> Iterable[tuple[Path, str]]:
        """Where a path can lead inside the roots: from the table's folder, from each root, or with the root's name."""
        written = path.replace("\\", "/").strip()
        if _DRIVE.match(written):
            return
        if written.startswith("/"):
            for root in self._roots:
                normal = Path(posixpath.normpath(written))
                if normal.is_relative_to(root.resolve()):
                    yield root, normal.relative_to(root.resolve()).as_posix()
            return
        if place.root is not None and (inside := _inside(posixpath.join(place.folder, written))):
            yield place.root, inside
        for root in self._roots:
            if inside := _inside(written):
                yield root, inside
                first, _, rest = inside.partition("/")
                if rest and first == root.resolve().name:
                    yield root, rest

    def _by_code(self, document: RecordMetadata, order: str | None) -> Found | None:
        if document.code and (file := self._one(self._by_stem.get(compact(document.code), []), document, None)):
            return file
        if document.file and order and order.isdigit():
            return self._one(self._by_number.get((compact(document.file), int(order)), []), document, None)
        return None

    def _one(self, found: Sequence[Found], document: RecordMetadata, place: Place | None) -> Found | None:
        """The one file meant among several of a name: the one in the table's folder, or in the document's file."""
        for narrow in (
            [file for file in found if place and place.root == file.root and _below(file, place.folder)],
            [file for file in found if document.file and document.file in file.folders],
            list(found),
        ):
            if len(narrow) == 1:
                return narrow[0]
        if found:
            self._problem(document, "several_files", name=PurePosixPath(found[0].inside).name, n=len(found))
        return None

    def _problem(self, document: RecordMetadata, reason: str, **details: Any) -> None:
        message = say(f"row_{reason}", row=document.row, **details)
        self.problems.append(RowProblem(document.row, reason, message))


def _below(file: Found, folder: str) -> bool:
    return not folder or file.inside.startswith(folder + "/")


def _inside(path: str) -> str | None:
    """The path without ``.`` and ``..``, None where it leaves what it counts from."""
    normal = posixpath.normpath(path)
    return None if normal in ("..", ".") or normal.startswith(("../", "/")) else normal


def _key(path: str) -> str:
    """Paths are compared in composed Unicode and without case: tables come from Windows."""
    return unicodedata.normalize("NFC", path).casefold()
