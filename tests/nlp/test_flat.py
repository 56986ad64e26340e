"""One line of text, and the way back to the page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nlp.flat import Flat
from ontology.folding import fold

PAGES = st.text(alphabet="aÂ đỦ1.,-\n\t ", max_size=120)


@given(PAGES)
def test_both_forms_have_one_length_and_every_character_leads_back(text: str) -> None:
    flat = Flat(text)
    assert len(flat.shown) == len(flat.folded)
    for position, char in enumerate(flat.shown):
        if not char.isspace():
            assert text[flat.back(position)] == char


@given(PAGES)
def test_a_word_goes_forth_and_back(text: str) -> None:
    flat = Flat(text)
    for offset, char in enumerate(text):
        if not char.isspace():
            assert flat.back(flat.forth(offset)) == offset


def test_a_name_cut_at_a_line_end_is_whole_and_columns_stay_apart() -> None:
    flat = Flat("ỦY BAN\n  NHÂN DÂN      CỘNG HÒA\n\nSố 5")
    assert flat.shown == "ỦY BAN NHÂN DÂN\nCỘNG HÒA\nSố 5"
    assert flat.folded == fold(flat.shown)
    assert flat.span(0, 15) == (0, 17)
    assert flat.line_start(flat.forth(20)) == flat.forth(9)


def test_a_mask_knows_what_is_taken() -> None:
    flat = Flat("một hai ba")
    mask = flat.mask()
    mask.take(4, 7)
    assert mask.free(0, 4)
    assert not mask.free(3, 5)
    assert mask.free(7, 10)
