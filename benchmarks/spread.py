"""Vectors made with the spread of real ones, for benchmarks at a scale at which nobody embeds."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from kg.search.embedding.loading import load
from kg.search.passages import cut

ROOT = Path(__file__).resolve().parent.parent
NEAR = 0.9
"""How much of a made vector is a real one: pairs at random are as far apart as real ones, and the nearest about as near."""
CHUNK = 500


class Spread:
    """The mean and covariance of real vectors, and the vectors."""

    def __init__(self, real: Any) -> None:
        self.real = real
        self.mean = real.mean(axis=0)
        values, axes = np.linalg.eigh(np.cov(real.T))
        self.spreading = (axes * np.sqrt(np.clip(values, 0, None))).astype(np.float32)

    def told(self, vectors: Any) -> dict[str, float]:
        """Cosines of pairs at random (mean, standard deviation), and with the nearest and the tenth nearest (median)."""
        dice = np.random.default_rng(1)
        first, second = dice.integers(0, len(vectors), (2, 20_000))
        pairs = (vectors[first] * vectors[second]).sum(axis=1)
        some = np.sort(vectors[dice.choice(len(vectors), min(500, len(vectors)), replace=False)] @ vectors.T, axis=1)
        figures = {"pairs": pairs.mean(), "deviation": pairs.std()}
        figures |= {"nearest": np.median(some[:, -2]), "tenth": np.median(some[:, -11])}
        return {name: round(float(figure), 3) for name, figure in figures.items()}


class Made:
    """Vectors of unit length with a spread's mean and covariance, in clusters around the real ones."""

    def __init__(self, spread: Spread, seed: int = 0) -> None:
        self._spread = spread
        self._dice = np.random.default_rng(seed)

    def draw(self, count: int) -> Any:
        """float32 (count, dimensions)."""
        spread = self._spread
        around = spread.real[self._dice.integers(0, len(spread.real), count)] - spread.mean
        apart = self._dice.standard_normal((count, len(spread.mean)), np.float32) @ spread.spreading.T
        drawn = spread.mean + NEAR * around + np.sqrt(1 - NEAR**2).astype(np.float32) * apart
        return (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)


def sample_passages() -> list[str]:
    """The passages of the sample batch's texts."""
    return _passages(ROOT / "tests" / "sample")


def real_vectors(folder: Path, most: int | None, told: Callable[..., None]) -> Any:
    """Vectors of real passages by the model that search uses: the sample batch, then the corpus beside the checkout;
    float32 (n, dimensions). They are kept in ``folder`` as they come, so that a run that was stopped goes on."""
    passages = sample_passages()
    shared = Path(os.environ.get("HOSO_SHARED") or ROOT.parent / "shared") / "corpus" / "real"
    if most is None or most > len(passages):
        passages += _passages(shared)
    passages = list(dict.fromkeys(passages))[:most]
    model = load()
    parts = []
    for first in range(0, len(passages), CHUNK):
        path = folder / f"real-{model.version}-{first:06}.npy"
        chunk = passages[first : first + CHUNK]
        if not path.exists() or len(np.load(path)) < len(chunk):
            np.save(path, model.passages(chunk))
            told(real_passages_embedded=first + len(chunk), of=len(passages))
        parts.append(np.load(path)[: len(chunk)])
    return np.concatenate(parts)


def _passages(folder: Path) -> list[str]:
    found = []
    for path in sorted(folder.rglob("*.txt")):
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [text[passage.start : passage.end] for passage in cut(text)]
    return found
