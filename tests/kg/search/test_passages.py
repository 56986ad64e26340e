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
    long = "Đây là một đoạn văn dài hơn mức tối thiểu. " * 11
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


def test_the_grounds_are_one_passage_and_a_heading_goes_with_its_article() -> None:
    text = (
        "Căn cứ Luật Đất đai;\nCăn cứ Luật Nhà ở;\nTheo đề nghị của Giám đốc Sở;\n"
        "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi.\nĐiều 2. Đối tượng."
    )
    assert [piece.split("\n")[0] for piece in pieces(text)] == [
        "Căn cứ Luật Đất đai;",
        "Chương I",
        "Điều 2. Đối tượng.",
    ]


def test_a_table_stands_apart_and_is_cut_between_rows() -> None:
    rows = "\n".join(f"{n} | Thửa đất số {n} ở đội {n % 7} | {n * 10} m2 | ghi chú" for n in range(60))
    found = pieces(f"Danh sách thửa đất:\n{rows}\nTổng cộng có 60 thửa.")
    assert found[0] == "Danh sách thửa đất:"
    assert found[-1] == "Tổng cộng có 60 thửa."
    assert len(found) > 3
    for piece in found[1:-1]:
        assert all(row.count("|") == 3 for row in piece.split("\n"))


def test_two_columns_of_a_head_are_no_table() -> None:
    head = "UBND XÃ A          CỘNG HÒA\nSố: 1/QĐ          Độc lập\nABC          Hà Nội, ngày 1\nQUYẾT ĐỊNH"
    assert pieces(head) == [head]


def test_a_last_line_is_no_passage_of_its_own() -> None:
    long = "Đây là một đoạn văn dài hơn mức tối thiểu. " * 11
    assert len(pieces(f"{long}\n\nHết.")) == 1


def test_a_line_without_end_is_cut_at_blanks_and_without_blanks_anywhere() -> None:
    assert all(len(piece) <= LONGEST for piece in pieces("a" * 100_000))
    words = pieces("chữ " * 20_000)
    assert all(piece.split() == ["chữ"] * len(piece.split()) for piece in words)
