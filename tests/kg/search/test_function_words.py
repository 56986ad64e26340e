"""Words that say nothing of what a query asks about."""

from __future__ import annotations

import pytest

from kg.search.analysis import accented, words
from kg.search.function_words import question_words, small_words


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("phường Chánh Hưng sáp nhập từ những phường nào", "phường chánh hưng sáp nhập phường"),
        ("vốn làm nhà lấy ở đâu", "vốn làm nhà lấy"),
        ("von lam nha lay o dau", "von lam nha lay"),
        ("dầu ăn giả", "dầu ăn giả"),
        ("bao nhiêu hộ được cấp giấy", "hộ được cấp giấy"),
        ("đầu tư thế nào", "đầu tư"),
    ],
)
def test_question_words_are_told_from_what_is_asked(query: str, left: str) -> None:
    typed = words(accented(query))
    asking = question_words(typed)
    assert " ".join(word for index, word in enumerate(typed) if index not in asking) == left


def test_words_that_join_others_are_small_but_do_not_ask() -> None:
    typed = words("đơn của dân ở phường nào")
    assert question_words(typed) == {5}
    assert small_words(typed) == {1, 3, 5}
