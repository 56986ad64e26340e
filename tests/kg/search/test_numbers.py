"""Document numbers as officials type them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.search.analysis import number_key
from kg.search.numbers import number_forms, numbers_asked

with (Path(__file__).parent / "data" / "numbers_typed.csv").open(encoding="utf-8") as file:
    TYPED = list(csv.DictReader(file))


@pytest.mark.parametrize("row", TYPED, ids=[row["query"] for row in TYPED])
def test_a_number_is_read_in_whatever_form_it_is_typed(row: dict[str, str]) -> None:
    (asked,) = numbers_asked(row["query"])
    read = {"digits": asked.digits, "year": asked.year or "", "symbols": " ".join(asked.symbols), "type": asked.type}
    assert read == {**{key: row[key] for key in ("digits", "year", "symbols")}, "type": row["type"] or None}


@pytest.mark.parametrize(
    "query",
    [
        "",
        "ngày 12/3/2009",
        "phường 12 quận 5",
        "điều 12 Luật Đất đai 2013",
        "thửa 12 tờ 5",
        "số 15 phố Hàng Bạc",
        "mùng 5 Tết năm 1985",
        "kế hoạch 2005",
        "tháng 7 năm 2005",
    ],
)
def test_what_is_no_document_number_is_not_taken_for_one(query: str) -> None:
    assert numbers_asked(query) == []


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("123/QĐ-UBND", "123/QĐ-UBND"),
        ("123 QD UBND", "0123/QĐ-UBND"),
        ("123/QĐ-UBND", "123/2003/QĐ-UB"),
        ("quyết định 123 năm 2003", "123/2003/QĐ-UB"),
        ("qd 123", "l23/QĐ-UBND"),
        ("nghị quyết 1685 UBTVQH15", "1685/NQ-UBTVQH15"),
        ("QĐ 15/2010 UBND", "15/2010/QĐ-UBND"),
        ("nghị quyết 60", "60-NQ/TW"),
    ],
)
def test_what_is_asked_meets_the_number_of_the_record(query: str, number: str) -> None:
    (asked,) = numbers_asked(query)
    met = [key for key in asked.forms() if key in number_forms(number)]
    assert met
    assert met[0] != asked.digits  # more than the digits alone


def test_the_most_telling_key_comes_first() -> None:
    forms = numbers_asked("123/2003/QĐ-UB")[0].forms()
    assert forms[0] == "123 2003 qd ub"
    assert forms[-1] == "123"


def test_a_number_is_found_by_its_beginnings_with_and_without_the_year() -> None:
    forms = number_forms("05/2009/NQ-HĐND")
    assert forms[0] == number_key("05/2009/NQ-HĐND") == "5 2009 nq hdnd"
    assert {"5 nq hdnd", "5 nq", "5 2009", "5"} <= set(forms)


def test_zeros_inside_of_a_number_stay() -> None:
    assert number_key("0405/2005/QĐ-UB") == "405 2005 qd ub"


@settings(deadline=None, max_examples=200)
@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from(["123", "QĐ", "-", "/", ".", "UBND", "số", "2003", "l2", "năm", "nghị", "quyết"])).map(
        " ".join
    )
)
def test_any_text_can_be_read(query: str) -> None:
    for asked in numbers_asked(query):
        assert 0 <= asked.start < asked.end
        assert asked.forms()[-1] == asked.digits
    number_forms(query)
