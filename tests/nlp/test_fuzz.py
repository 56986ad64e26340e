"""What no page should be is read without an exception, and what is found in it lies in its text."""

from __future__ import annotations

import pytest

from tests.nlp import fuzzing

COUNT = 60
"""Inputs of each kind; ``python -m tests.nlp.fuzzing`` reads 100,000."""


@pytest.mark.parametrize("kind", fuzzing.KINDS, ids=lambda kind: kind.__name__)
def test_any_input_is_read(kind: fuzzing.Kind) -> None:
    for number in range(COUNT):
        fuzzing.read(kind(fuzzing.dice(f"test/{number}")))


def test_the_same_seed_gives_the_same_inputs() -> None:
    assert list(fuzzing.inputs(3, 22)) == list(fuzzing.inputs(3, 22))
    assert list(fuzzing.inputs(3, 22)) != list(fuzzing.inputs(4, 22))
