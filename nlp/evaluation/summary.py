"""The figures of a set of documents, whole and by era, type of document, level, layout; as JSON too."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from nlp.evaluation.gold import Gold
from nlp.evaluation.measures import (
    FieldScore,
    ListScore,
    Prf,
    Reliability,
    UnitScore,
    field_scores,
    list_scores,
    overconfident,
    reliability,
    unit_scores,
)
from nlp.evaluation.reading import CHARACTERS_A_PAGE, Read

GROUPS: Final[Mapping[str, Callable[[Gold], str]]] = {
    "era": lambda gold: gold.era,
    "kind": lambda gold: gold.kind,
    "level": lambda gold: gold.level,
    "layout": lambda gold: gold.layout,
}


@dataclass(frozen=True, slots=True)
class Speed:
    """Pages of 1,800 characters a second of CPU time, ours and underthesea's (None: not asked)."""

    pages: float
    ours: float | None
    other: float | None

    @property
    def ratio(self) -> float | None:
        """How many times faster ours is."""
        return self.ours / self.other if self.ours and self.other else None


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of some documents. ``other``: the lists of names as underthesea finds them."""

    documents: int
    fields: Sequence[FieldScore]
    lists: Sequence[ListScore]
    units: Sequence[UnitScore]
    overconfident: float | None
    reliability: Reliability
    by_field: Mapping[str, Reliability]
    other: Sequence[ListScore]
    speed: Speed


def summarise(reads: Sequence[Read]) -> Summary:
    """The figures of these documents together."""
    judgements = [one for read in reads for one in read.fields]
    fields = field_scores(judgements)
    rated = {field.name: reliability(one for one in judgements if one.field == field.name) for field in fields}
    return Summary(
        documents=len(reads),
        fields=fields,
        lists=list_scores(one for read in reads for one in read.lists),
        units=unit_scores([one for read in reads for one in read.units]),
        overconfident=overconfident(judgements),
        reliability=reliability(judgements),
        by_field={name: one for name, one in rated.items() if one.values},
        other=list_scores(one for read in reads if read.other for one in read.other.lists),
        speed=_speed(reads),
    )


def grouped(reads: Sequence[Read], by: str) -> dict[str, Summary]:
    """The figures of each group of documents, by its name."""
    groups: dict[str, list[Read]] = {}
    for read in reads:
        groups.setdefault(GROUPS[by](read.gold), []).append(read)
    return {name: summarise(groups[name]) for name in sorted(groups)}


def summary_json(summary: Summary, *, groups: Mapping[str, Mapping[str, Summary]] | None = None) -> dict[str, Any]:
    """The figures rounded to three places; ``groups`` by what they are grouped by."""
    value: dict[str, Any] = {
        "documents": summary.documents,
        "fields": {
            one.name: {"documents": one.counted, "right": _round(one.share)} | _both(one) for one in summary.fields
        },
        "lists": {one.name: {"expected": one.expected} | _both(one) for one in summary.lists},
        "units": {
            one.name: {
                "expected": one.expected,
                "found": one.found,
                "right": _round(one.share),
                "right_of_found": _round(one.share_of_found),
            }
            for one in summary.units
        },
        "overconfident": _round(summary.overconfident),
        "calibration": {"all": _reliability(summary.reliability)}
        | {name: _reliability(one) for name, one in summary.by_field.items()},
        "speed": {
            "pages": round(summary.speed.pages, 1),
            "pages_a_second": _round(summary.speed.ours),
            "underthesea_pages_a_second": _round(summary.speed.other),
            "ratio": _round(summary.speed.ratio),
        },
    }
    if summary.other:
        value["underthesea"] = {one.name: {"expected": one.expected} | _both(one) for one in summary.other}
    for by, found in (groups or {}).items():
        value[f"by_{by}"] = {name: summary_json(one) for name, one in found.items()}
    return value


def _speed(reads: Sequence[Read]) -> Speed:
    pages = sum(len(read.text) for read in reads) / CHARACTERS_A_PAGE
    ours = sum(read.seconds for read in reads)
    other = sum(read.other.seconds for read in reads if read.other)
    return Speed(pages, pages / ours if ours else None, pages / other if other else None)


def _both(score: FieldScore | ListScore) -> dict[str, Any]:
    return {"strict": _prf(score.strict), "fuzzy": _prf(score.fuzzy)}


def _prf(score: Prf) -> dict[str, Any]:
    return {
        "precision": _round(score.precision),
        "recall": _round(score.recall),
        "f1": _round(score.f1),
        "right": score.right,
        "spurious": score.spurious,
        "missing": score.missing,
    }


def _reliability(one: Reliability) -> dict[str, Any]:
    return {
        "values": one.values,
        "expected_calibration_error": _round(one.error),
        "sure": one.sure,
        "sure_wrong": one.sure_wrong,
        "bins": [
            {
                "from": bin_.low,
                "to": bin_.high,
                "values": bin_.values,
                "confidence": _round(bin_.confidence),
                "right": _round(bin_.right),
            }
            for bin_ in one.bins
        ],
    }


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
