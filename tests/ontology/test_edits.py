"""What it costs to read one name for another."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.edits import distance
from ontology.names import rows

names = st.text(alphabet="aăâáàảầấbcdđeêghiklmnoôơpqrstuưvxyỹ 1'", max_size=12)


@given(names, names)
def test_it_costs_the_same_both_ways(one: str, other: str) -> None:
    assert distance(one, other) == pytest.approx(distance(other, one))


@given(names, names)
def test_it_costs_nothing_to_read_what_is_written_and_only_that(one: str, other: str) -> None:
    assert (distance(one, other) == 0) == (one == other)


@given(names, names, st.floats(0, 6))
def test_a_limit_changes_no_cost_below_it(one: str, other: str, limit: float) -> None:
    cost = distance(one, other)
    found = distance(one, other, limit)
    assert found in (cost, inf)
    assert found == cost or cost > limit


@pytest.mark.parametrize(
    ("cheap", "dear"),
    [
        (("tan lập", "tân lập"), ("tấn lập", "tần lập")),  # a mark lost, a mark changed
        (("tấn lập", "tân lập"), ("tin lập", "tân lập")),
        (("tânlập", "tân lập"), ("tâ lập", "tân lập")),  # a space, a letter
        (("tarn", "tam"), ("taxw", "tam")),  # letters that touch
        (("hội", "hộl"), ("hội", "hộm")),  # look-alikes
        (("tânn", "tân"), ("tânx", "tân")),  # a letter read twice
        (("phườgn", "phường"), ("phườxy", "phường")),
        (("lậb", "lập"), ("lậz", "lập")),
        (("mĩ", "my"), ("mo", "my")),
        (("phường l", "phường 1"), ("phường 7", "phường 1")),
    ],
)
def test_a_likely_slip_costs_less_than_an_unlikely_one(cheap: tuple[str, str], dear: tuple[str, str]) -> None:
    assert distance(*cheap) < distance(*dear)


def test_a_figure_is_no_slip_for_another() -> None:
    letter = distance("tôn", "tâx")
    assert min(distance("11", "1"), distance("1", "2"), distance("cổ nhuế", "cổ nhuế 1")) > letter


def test_every_confusion_costs_less_than_the_letters_it_stands_for() -> None:
    unlike = {row["edit"]: float(row["cost"]) for row in rows("edit_costs.csv")}["letter"]
    for row in rows("letter_confusions.csv"):
        assert 0 < float(row["cost"]) < unlike
        assert len(row["read"]) in (1, 2)
        assert len(row["meant"]) <= 1
