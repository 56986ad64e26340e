"""A record is cut by its own structure."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.search.passages import LONGEST, cut

DECISION = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
QUYẾT ĐỊNH
Về việc thu hồi đất
Căn cứ Luật Đất đai ngày 26 tháng 11 năm 2003;
Điều 1. Thu hồi 120 m2 đất của hộ ông A.
Điều 2. Quyết định có hiệu lực từ ngày ký.
Nơi nhận: như Điều 2."""


def pieces(text: str) -> list[str]:
    return [text[passage.start : passage.end] for passage in cut(text)]


def test_head_basis_articles_and_recipients_stand_apart() -> None:
    found = pieces(DECISION)
    assert [piece.split("\n")[0][:10] for piece in found] == [
        "CỘNG HÒA X",
        "Căn cứ Luậ",
        "Điều 1. Th",
        "Điều 2. Qu",
        "Nơi nhận: ",
    ]
    assert found[0].endswith("Về việc thu hồi đất")


def test_short_paragraphs_stay_together_and_long_ones_part() -> None:
    short = "Một dòng.\n\nHai dòng.\n\nBa dòng."
    assert pieces(short) == [short]
    long = "Đây là một đoạn văn dài hơn mức tối thiểu. " * 6
    assert len(pieces(f"{long}\n\n{long}\n\n{long}")) == 3


def test_a_paragraph_that_is_too_long_ends_at_a_sentence() -> None:
    found = pieces("Câu này có tám từ rất là bình thường. " * 100)
    assert len(found) > 2
    assert all(piece.endswith(".") for piece in found)


def test_nothing_to_cut() -> None:
    assert cut("") == cut(" \n\f\n ") == []


@given(st.text(alphabet="Điều 12.\n\fađ Căncứ-;I", max_size=3000) | st.text(max_size=500))
def test_passages_are_ordered_bounded_and_lose_only_white_space(text: str) -> None:
    passages = cut(text)
    covered = 0
    for passage in passages:
        assert not text[covered : passage.start].strip()
        assert 0 < passage.end - passage.start <= LONGEST
        assert text[passage.start : passage.end] == text[passage.start : passage.end].strip()
        covered = passage.end
    assert not text[covered:].strip()
