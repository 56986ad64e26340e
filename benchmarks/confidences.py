"""Confidences of header fields replaced by the shares right among made documents, and what that does elsewhere.

A map a field, increasing (isotonic regression), from the reader's confidence to the share right. ``cautious`` keeps what
the reader knows and noise that is simulated does not show: what it calls doubtful is not made sure (.8 and more), and the
number of a scan stays below a half without a second witness (handwritten numbers were right in 1 of 26 reference scans,
DESIGN.md §6).
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from nlp.evaluation.fields import CONFIDENT, Judgement
from nlp.evaluation.gold import LEVELS, BadGold, load
from nlp.evaluation.measures import overconfident, reliability
from nlp.evaluation.reading import read_all
from tests.nlp.generated import noise
from tests.nlp.generated.make import write

SURE: Final = 0.8
BELOW: Final = 0.79
SCANNED: Final = 0.45
"""The most that the reader gives the number of a scan without a second witness."""
FEWEST: Final = 40
"""Values of a field that a map is fitted to."""
Maps = Mapping[str, Callable[[float], float]]


def judgements(root: Path, split: str | None, bands: Sequence[str]) -> Iterator[tuple[str, Judgement]]:
    """Band and judgement of every field of the documents."""
    golds = load(root, split)
    for band in bands:
        try:
            for read in read_all(golds, band):
                yield from ((band, one) for one in read.fields)
        except BadGold:
            continue


def fitted(seed: int, count: int) -> Maps:
    """The maps by field, from documents of the layouts for building."""
    from sklearn.isotonic import IsotonicRegression

    found: dict[str, list[tuple[float, bool]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), count, seed)
        for _, one in judgements(Path(folder), "build", ("clean", *noise.LEVELS)):
            if one.given and one.confidence is not None:
                found.setdefault(one.field, []).append((one.confidence, one.right))
    maps: dict[str, Callable[[float], float]] = {}
    for field, pairs in found.items():
        if len(pairs) >= FEWEST:
            given, right = zip(*pairs, strict=True)
            maps[field] = _function(IsotonicRegression(out_of_bounds="clip").fit(given, right))
    return maps


def _function(model: Any) -> Callable[[float], float]:
    return lambda value: float(model.predict([value])[0])


def mapped(one: Judgement, maps: Maps, *, cautious: bool) -> Judgement:
    """The judgement with the fitted confidence."""
    fit = maps.get(one.field)
    if fit is None or one.confidence is None:
        return one
    value = fit(one.confidence)
    if cautious and one.confidence < SURE:
        value = min(value, SCANNED if one.field == "number" and one.confidence <= SCANNED else BELOW)
    return replace(one, confidence=value)


def compare(root: Path, split: str | None, seed: int, count: int) -> None:
    """Print calibration error, wrong values among the sure ones, and sure ones, without and with the maps."""
    maps = fitted(seed, count)
    every = list(judgements(root, split, LEVELS))
    for band in LEVELS:
        own = [one for where, one in every if where == band]
        if not own:
            continue
        ways = {
            "reader's": own,
            "fitted": [mapped(one, maps, cautious=False) for one in own],
            "fitted, cautious": [mapped(one, maps, cautious=True) for one in own],
        }
        print(band)
        for name, some in ways.items():
            one = reliability(some)
            fields = ", ".join(_told(field, some) for field in CONFIDENT)
            wrong = overconfident(some) or 0
            print(
                f"  {name:<17} error {one.error or 0:.3f} ({fields}); wrong and sure {wrong:.4f}; sure {one.sure} of {one.values}"
            )


def _told(field: str, some: Sequence[Judgement]) -> str:
    return f"{field} {reliability(one for one in some if one.field == field).error or 0:.2f}"
