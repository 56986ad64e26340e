"""Figures worked out by hand."""

from __future__ import annotations

import pytest

from nlp.evaluation.fields import Judgement
from nlp.evaluation.measures import Prf, field_scores, list_scores, overconfident, reliability, unit_scores
from nlp.evaluation.mentions import UnitFound, compare


def _judgement(field: str, expected: str | None, found: str | None, confidence: float | None = None) -> Judgement:
    right = (expected or "") == (found or "")
    return Judgement(field, expected, found, expected is not None, right, right, confidence)


def test_precision_recall_and_f1() -> None:
    scores = Prf(right=3, spurious=1, missing=2)

    assert scores.precision == 3 / 4
    assert scores.recall == 3 / 5
    assert scores.f1 == pytest.approx(2 / 3)
    assert (Prf(0, 0, 0).precision, Prf(0, 0, 0).recall, Prf(0, 0, 0).f1) == (None, None, None)


def test_a_wrong_value_of_a_field_is_spurious_and_missing() -> None:
    (score,) = field_scores(
        [
            _judgement("number", "1/QĐ", "1/QĐ"),
            _judgement("number", "2/QĐ", "3/QĐ"),
            _judgement("number", "4/QĐ", None),
            _judgement("number", None, "5/QĐ"),
            _judgement("number", None, None),
        ]
    )

    assert (score.counted, score.share) == (3, 1 / 3)
    assert score.strict == Prf(right=1, spurious=2, missing=2)


def test_lists_add_up_and_types_follow_their_list() -> None:
    scores = list_scores(
        [
            compare("places", ["Hà Nội", "Huế"], ["Hà Nội", "Vinh"]),
            compare("places: province", ["Hà Nội"], []),
            compare("agencies", [], []),
            compare("places", ["Quảng Ngãi"], ["Quảng Ngai"]),
        ]
    )

    assert [one.name for one in scores] == ["places", "places: province", "agencies"]
    assert scores[0].expected == 3
    assert scores[0].strict == Prf(right=1, spurious=2, missing=2)
    assert scores[0].fuzzy == Prf(right=2, spurious=1, missing=1)


def test_units_of_all_and_of_those_found() -> None:
    rows = [
        UnitFound("xã A", "place", "1@2008", ("1@2008",), True),
        UnitFound("xã B", "place", "2@2008", ("3@2008",), False),
        UnitFound("xã C", "place", "3@2008", (), False, listed=False),
        UnitFound("UBND xã A", "agency", "1@2008", ("1@2008",), True),
    ]

    places, agencies, both, listed = unit_scores(rows)

    assert (places.share, places.share_of_found) == (1 / 3, 1 / 2)
    assert (agencies.share, agencies.share_of_found) == (1, 1)
    assert (both.expected, both.share, both.share_of_found) == (4, 1 / 2, 2 / 3)
    assert (listed.expected, listed.share, listed.share_of_found) == (3, 2 / 3, 2 / 3)
    assert unit_scores([]) == []


def test_wrong_values_that_are_sure_are_counted_of_five_fields() -> None:
    judgements = [
        _judgement("type", "Quyết định", "Công văn", 0.9),
        _judgement("issuer", "Bộ Y tế", "Bộ Nội vụ", 0.5),
        _judgement("number", "1/QĐ", "1/QĐ", 0.9),
        _judgement("date", "2020-01-01", None),
        _judgement("place", "Huế", "Vinh", 0.95),
    ]

    assert overconfident(judgements) == 1 / 4
    assert overconfident([]) is None


def test_reliability_is_the_distance_of_confidence_and_share_right() -> None:
    found = reliability(
        [
            _judgement("type", "a", "a", 0.95),
            _judgement("type", "a", "b", 0.95),
            _judgement("type", "a", "a", 0.3),
            _judgement("type", None, "a", 1.0),
            _judgement("type", "a", None, 0.9),
            _judgement("type", "a", "a", None),
        ]
    )

    assert [(one.low, one.values, one.right) for one in found.bins] == [(0.3, 1, 1.0), (0.9, 3, pytest.approx(1 / 3))]
    assert found.bins[1].confidence == pytest.approx((0.95 + 0.95 + 1) / 3)
    assert found.error == pytest.approx((0.7 + (2.9 - 1)) / 4)
    assert (found.values, found.sure, found.sure_wrong) == (4, 3, 2)


def test_reliability_of_nothing() -> None:
    assert reliability([]).error is None
