"""Header fields: right, near, given, sure."""

from __future__ import annotations

from typing import Any

import pytest

from nlp.evaluation.fields import Judgement, judge
from tests.nlp.evaluation.conftest import gold


def _judged(expected: dict[str, Any], found: dict[str, Any]) -> dict[str, Judgement]:
    return {one.field: one for one in judge(gold(**expected), found)}


def test_fields_that_the_annotation_does_not_speak_of_are_not_judged() -> None:
    assert set(_judged({"issuer": "Bộ Y tế"}, {"issuer": "Bộ Y tế", "type": "Công văn"})) == {"issuer"}


def test_that_there_is_no_value_is_right_for_an_issuer_and_does_not_count_for_a_date() -> None:
    judged = _judged({"issuer": None, "date": None}, {"issuer": None, "date": None})

    assert judged["issuer"].right
    assert judged["issuer"].counted
    assert not judged["date"].counted


def test_an_annotation_without_subject_says_nothing_of_it() -> None:
    assert not _judged({"subject": None}, {"subject": "land"})
    assert not _judged({"subject": "other"}, {"subject": "land"})["subject"].right


def test_a_missing_value_is_wrong_and_not_given() -> None:
    judged = _judged({"number": "12/QĐ-UBND"}, {"number": None})["number"]

    assert (judged.right, judged.near, judged.given, judged.counted) == (False, False, False, True)


def test_a_number_without_its_digits_is_a_symbol() -> None:
    judged = _judged({"number": "1/QĐ-UBND"}, {"number": "/QĐ-UBND", "confidence": {"number": 0.2}})

    assert not judged["number"].given
    assert not judged["number"].near
    assert judged["symbol"].right


def test_a_similar_value_is_near_but_a_similar_date_is_not() -> None:
    judged = _judged(
        {"place": "Thành phố Hồ Chí Minh", "date": "2020-03-04"},
        {"place": "Thành phố Hồ Chi Minh", "date": "2020-03-05"},
    )

    assert (judged["place"].right, judged["place"].near) == (False, True)
    assert (judged["date"].right, judged["date"].near) == (False, False)


def test_an_abstract_is_right_when_it_is_nearly_whole() -> None:
    text = "Về việc ban hành quy chế làm việc của tổ công tác"

    assert _judged({"abstract": text}, {"abstract": text.replace("quy", "qui")})["abstract"].right
    assert not _judged({"abstract": text}, {"abstract": text[:40]})["abstract"].right


@pytest.mark.parametrize(("power", "right"), [(["TM.", "KT."], True), (["KT.", "TM."], False), ([], False)])
def test_powers_stand_in_their_order(power: list[str], right: bool) -> None:
    signer = {"name": "Lê Văn An", "position": "Chủ tịch"}
    judged = _judged(
        {"signer": {**signer, "power": ["TM.", "KT."]}},
        {"signer": {**signer, "position": "CHỦ TỊCH", "power": power}},
    )

    assert judged["power"].right is right
    assert judged["signer"].right
    assert judged["position"].right


def test_a_wrong_value_that_is_sure_is_overconfident() -> None:
    def sure(confidence: dict[str, float]) -> bool:
        return _judged({"type": "Quyết định"}, {"type": "Công văn", "confidence": confidence})["type"].overconfident

    assert sure({"type": 0.8})
    assert not sure({"type": 0.79})
    assert sure({})


def test_a_right_value_or_none_is_never_overconfident() -> None:
    right = _judged({"type": "Quyết định"}, {"type": "Quyết định", "confidence": {"type": 0.97}})["type"]
    none = _judged({"type": "Quyết định"}, {"type": None})["type"]

    assert not right.overconfident
    assert not none.overconfident


def test_of_a_record_with_a_secrecy_stamp_only_the_stamp_is_judged() -> None:
    judged = _judged({"secrecy": "mat", "issuer": "Bộ Y tế"}, {"secrecy": None, "issuer": "Bộ Y tế"})

    assert set(judged) == {"secrecy"}
    assert not judged["secrecy"].right
