"""A model for tests of vectors: words are drawn by their hash, a text is the mean of its words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np

DIMENSIONS = 48


class Words:
    """An Embedder whose texts are near when they share words; counts what it is asked."""

    def __init__(self, model: str = "words", version: str = "1") -> None:
        self.model = model
        self.version = version
        self.dimensions = DIMENSIONS
        self.asked: list[str] = []

    def passages(self, texts: Sequence[str]) -> Any:
        """float32 (n, dimensions)."""
        assert all(text.strip() for text in texts)
        self.asked += texts
        return self.queries(texts)

    def queries(self, texts: Sequence[str]) -> Any:
        """float32 (n, dimensions)."""
        return np.stack([self._one(text) for text in texts])

    def _one(self, text: str) -> Any:
        total = sum((self._word(word) for word in text.lower().split()), np.zeros(DIMENSIONS))
        return (total / np.linalg.norm(total)).astype(np.float32)

    def _word(self, word: str) -> Any:
        seed = int.from_bytes(hashlib.blake2b(f"{self.version} {word}".encode(), digest_size=8).digest(), "big")
        return np.random.default_rng(seed).normal(size=DIMENSIONS)


def near(embedder: Words, query: str) -> Any:
    """The vector of a query."""
    return embedder.queries([query])[0]
