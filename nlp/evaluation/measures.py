"""What the comparisons of many documents add up to: precision, recall, F1, shares right, reliability of confidences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from nlp.evaluation.fields import CONFIDENT, FIELDS, Judgement
from nlp.evaluation.mentions import Compared, UnitFound

BINS = 10


@dataclass(frozen=True, slots=True)
class Prf:
    """Counts of right, spurious and missing, and what they come to."""

    right: int
    spurious: int
    missing: int

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; None where nothing was found."""
        return _share(self.right, self.right + self.spurious)

    @property
    def recall(self) -> float | None:
        """Share of what is there that was found; None where nothing is there."""
        return _share(self.right, self.right + self.missing)

    @property
    def f1(self) -> float | None:
        """Their harmonic mean; None where nothing is there and nothing was found."""
        return _share(2 * self.right, 2 * self.right + self.spurious + self.missing)


@dataclass(frozen=True, slots=True)
class FieldScore:
    """A header field. ``share``: right of the ``counted`` documents, as the corpus' score counts."""

    name: str
    counted: int
    share: float | None
    strict: Prf
    fuzzy: Prf


@dataclass(frozen=True, slots=True)
class ListScore:
    """A list or one type of it; ``expected``: how many strings are there."""

    name: str
    expected: int
    strict: Prf
    fuzzy: Prf


@dataclass(frozen=True, slots=True)
class UnitScore:
    """Mentions with a dated unit: share right of all (one not found is wrong) and of those found."""

    name: str
    expected: int
    found: int
    right: int

    @property
    def share(self) -> float | None:
        """Of all."""
        return _share(self.right, self.expected)

    @property
    def share_of_found(self) -> float | None:
        """Of those found."""
        return _share(self.right, self.found)


@dataclass(frozen=True, slots=True)
class Bin:
    """Values given with a confidence from ``low`` up to ``high``: how many, mean confidence, share right."""

    low: float
    high: float
    values: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """``bins`` without the empty ones; ``error``: expected calibration error, the mean distance between confidence and
    share right, weighed by values (Guo et al. 2017); ``sure``: values given with .8 or more, ``sure_wrong`` of them wrong."""

    values: int
    bins: tuple[Bin, ...]
    error: float | None
    sure: int
    sure_wrong: int


def field_scores(judgements: Sequence[Judgement]) -> list[FieldScore]:
    """The scores of the fields that were judged, in the order of the page."""
    named = {field.name: [one for one in judgements if one.field == field.name] for field in FIELDS}
    return [_field_score(name, ones) for name, ones in named.items() if ones]


def list_scores(compared: Iterable[Compared]) -> list[ListScore]:
    """The scores by kind of list, in the order the kinds come, the parts by type after their list."""
    kinds: dict[str, list[Compared]] = {}
    for one in compared:
        kinds.setdefault(one.kind, []).append(one)
    order = {kind: number for number, kind in enumerate(kinds)}
    return [
        _list_score(kind, kinds[kind]) for kind in sorted(kinds, key=lambda kind: (order[kind.split(": ")[0]], kind))
    ]


def unit_scores(units: Sequence[UnitFound]) -> list[UnitScore]:
    """The scores of places, agencies and both, and of both where the unit was in force by a list; empty where the
    annotations name no units."""
    parts = {what: [one for one in units if one.what == what] for what in ("place", "agency")}
    parts |= {"both": list(units), "both, by a list": [one for one in units if one.listed]}
    return [
        UnitScore(name, len(ones), sum(bool(one.found) for one in ones), sum(one.right for one in ones))
        for name, ones in (parts if units else {}).items()
    ]


def overconfident(judgements: Iterable[Judgement]) -> float | None:
    """Share of the header values that are wrong and were given with .8 or more (the fields of CONFIDENT)."""
    asked = [one for one in judgements if one.field in CONFIDENT]
    return _share(sum(one.overconfident for one in asked), len(asked))


def reliability(judgements: Iterable[Judgement]) -> Reliability:
    """Over the values that were given with a confidence."""
    rated = [(one.confidence, one.right) for one in judgements if one.given and one.confidence is not None]
    bins = []
    for number in range(BINS):
        inside = [(sure, right) for sure, right in rated if min(int(sure * BINS + 1e-9), BINS - 1) == number]
        if inside:
            mean, right = fmean(sure for sure, _ in inside), fmean(right for _, right in inside)
            bins.append(Bin(number / BINS, (number + 1) / BINS, len(inside), mean, right))
    sure = [right for confidence, right in rated if confidence >= 0.8]
    return Reliability(
        values=len(rated),
        bins=tuple(bins),
        error=sum(one.values * abs(one.confidence - one.right) for one in bins) / len(rated) if rated else None,
        sure=len(sure),
        sure_wrong=len(sure) - sum(sure),
    )


def _field_score(name: str, judgements: Sequence[Judgement]) -> FieldScore:
    counted = [one.right for one in judgements if one.counted]
    given = sum(one.given for one in judgements)
    there = sum(bool(one.expected) for one in judgements)
    right = sum(one.right and bool(one.expected) for one in judgements)
    near = sum(one.near and bool(one.expected) for one in judgements)
    return FieldScore(
        name=name,
        counted=len(counted),
        share=_share(sum(counted), len(counted)),
        strict=Prf(right, given - right, there - right),
        fuzzy=Prf(near, given - near, there - near),
    )


def _list_score(kind: str, compared: Sequence[Compared]) -> ListScore:
    strict = Prf(
        sum(one.right for one in compared),
        sum(len(one.spurious) for one in compared),
        sum(len(one.missing) for one in compared),
    )
    fuzzy = Prf(
        sum(one.near for one in compared),
        sum(one.near_spurious for one in compared),
        sum(one.near_missing for one in compared),
    )
    return ListScore(kind, strict.right + strict.missing, strict, fuzzy)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
