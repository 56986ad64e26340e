"""Folding keeps length and takes accents off."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.folding import fold


@given(st.text())
def test_folding_keeps_the_length_of_nfc_text(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert len(fold(composed)) == len(composed)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Phường Cửa Nam", "phuong cua nam"),
        ("ĐẶNG ÐÌNH đðĐ", "dang dinh ddd"),
        ("ẤẦẨẪẬ ưừứửữự ơờ", "aaaaa uuuuuu oo"),
        ("12/QĐ-UBND", "12/qd-ubnd"),
        ("İ ẞ", "i ß"),
    ],
)
def test_vietnamese_letters_lose_their_marks(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("word", ["ỦY BAN Ð ", "abc Đ– ", "Ấ😀 ", "é\ud83d ", "Ạ\ud83d\ude00-"])
def test_a_long_text_folds_as_its_words_do(word: str) -> None:
    assert fold(word * 200) == fold(word) * 200
