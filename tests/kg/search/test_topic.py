"""What a model of meaning is told of a query that names a place."""

from __future__ import annotations

import pytest

from kg.search.query import understand
from kg.search.topic import without_places


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("giải phóng mặt bằng phường Cửa Nam", "giải phóng mặt bằng"),
        ("mở rộng Quốc lộ 32 qua phường Nghĩa Đô, Hà Nội", "mở rộng Quốc lộ 32 qua"),
        ("phường Cửa Nam đền bù khi thu hồi đất", "đền bù khi thu hồi đất"),
        ("phường Cửa Nam nhập với phường nào", "phường Cửa Nam nhập với phường nào"),
        ("đất phường Cửa Nam", "đất phường Cửa Nam"),
        ("kê khai tài sản cán bộ", "kê khai tài sản cán bộ"),
    ],
)
def test_the_place_is_left_out_where_a_topic_is_left(query: str, told: str) -> None:
    assert without_places([(query, 1.0)], understand(query)) == ((told, 1.0),)


def test_each_spelling_loses_the_words_of_the_place() -> None:
    query = "thu hoi dat phuong cua nam"
    spellings = [(query, 0.5), ("thu hồi đất phường Cửa Nam", 0.5)]
    told = without_places(spellings, understand(query))
    assert told == (("thu hoi dat", 0.5), ("thu hồi đất", 0.5))


def test_a_spelling_of_other_words_stays_as_it_is() -> None:
    query = "thu hồi đất phường Cửa Nam"
    assert without_places([("thu hồi đất phường Cửa Nam cũ", 1.0)], understand(query))[0][0].endswith("Cửa Nam cũ")
