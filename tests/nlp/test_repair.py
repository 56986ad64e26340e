"""From the text as read to the normalised text, and back by offsets."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import extract, normalise
from nlp.repair.confusion import as_digits, weighted_distance
from nlp.repair.syllables import is_syllable
from nlp.repair.symbols import repair_symbol, with_issuer

TCVN3 = "§¶ng uû x· b¸o c¸o t×nh h×nh s¶n xuÊt n«ng nghiÖp, thu mua l­¬ng thùc vµ c«ng t¸c thuû lîi cña hîp t¸c x·."
VNI = "Uyû ban nhaân daân xaõ baùo caùo tình hình saûn xuaát noâng nghieäp vaø coâng taùc thuûy lôïi; hieän nay coù baûy ñoäi saün saøng."
VIQR = "U?y ban nha^n da^n xa~ ba'o ca'o ti`nh hi`nh sa?n xua^'t no^ng nghie^.p va` co^ng ta'c thu?y lo+.i cu?a hu+o+ng ddu+o+`ng."


@settings(deadline=None)  # the first text loads the tables
@given(st.text(max_size=300))
def test_any_text_is_normalised_and_offsets_lead_back_in_order(text: str) -> None:
    done = normalise(text)

    back = [done.to_source(offset) for offset in range(len(done.text) + 1)]

    assert unicodedata.is_normalized("NFC", done.text)
    assert back == sorted(back)
    assert all(0 <= offset <= len(text) for offset in back)


@given(st.text(alphabet="aệ\u0301\u0323đÐ\u00a0\r\n\u200b /-QĐUBND12", max_size=80))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text).text

    assert normalise(once).text == once


def test_marks_without_a_letter_come_in_their_order() -> None:
    assert normalise("\u0300\u0316 a").text == "\u0316\u0300 a"


def test_untouched_characters_lead_back_to_themselves() -> None:
    text = "Số:\u00a012/QÐ- UBND\r\nỦy ban".replace("Ủ", "U\u0309")

    done = normalise(text)

    assert done.text == "Số: 12/QĐ-UBND\nỦy ban"
    start = done.text.index("UBND")
    begin, end = done.span_to_source(start, start + 4)
    assert text[begin:end] == "UBND"
    assert text[slice(*done.span_to_source(done.text.index("ban"), len(done.text)))] == "ban"


def test_spans_of_an_extraction_lead_back_to_the_text_as_read() -> None:
    printed = (
        "ỦY BAN NHÂN DÂN\r\nXÃ TÂN LẬP\r\nSố:\u00a012/QÐ- UBND\r\nCăn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020;"
    )
    text = unicodedata.normalize("NFD", printed)

    spans = extract(text).spans
    back = {span.label: text[slice(*normalise(text).span_to_source(span.start, span.end))] for span in spans}

    assert back["number"] == unicodedata.normalize("NFD", "Số:\u00a012/QÐ- UBND")
    assert "30/2020/NĐ-CP" in unicodedata.normalize("NFC", back["cite"])


@pytest.mark.parametrize(
    ("read", "encoding", "words"),
    [(TCVN3, "tcvn3", "lương thực"), (VNI, "vni", "nông nghiệp"), (VIQR, "viqr", "nông nghiệp")],
)
def test_legacy_codes_are_decided_for_the_whole_document(read: str, encoding: str, words: str) -> None:
    done = normalise(read)

    assert done.encoding == encoding
    assert words in done.text


def test_vni_has_every_vowel() -> None:
    assert "bẳng" in normalise(VNI.replace("baûy", "baúng")).text


@pytest.mark.parametrize(
    "text",
    [
        "Ủy ban nhân dân thành phố Hà Nội báo cáo tình hình thực hiện kế hoạch.",
        "Le conseil municipal a été réuni à la préfecture; les procès-verbaux ont été signés très tôt.",
        "UY BAN NHAN DAN HUYEN GIA LAM BAO CAO TINH HINH SAN XUAT",
    ],
)
def test_other_texts_are_left_alone(text: str) -> None:
    done = normalise(text)

    assert (done.encoding, done.text) == (None, text)


def test_tone_placement_stays_as_printed() -> None:
    assert normalise("Uỷ ban, Ủy ban, hoà, hòa").text == "Uỷ ban, Ủy ban, hoà, hòa"


def test_a_symbol_cut_at_a_line_end_is_joined() -> None:
    assert normalise("Quyết định số 52/2024/QĐ-\nUBND ngày 30").text == "Quyết định số 52/2024/QĐ-UBND ngày 30"


def test_form_feeds_and_lines_stay() -> None:
    assert normalise("trang một\n\ftrang hai\n").text == "trang một\n\ftrang hai\n"


@pytest.mark.parametrize(("read", "known"), [("QUYÉT ĐỊNH", "QUYẾT ĐỊNH"), ("CHÍ THỊ", "CHỈ THỊ"), ("K1NH", "KINH")])
def test_lost_marks_and_lookalikes_are_cheaper_than_other_letters(read: str, known: str) -> None:
    assert weighted_distance(read, known) < 0.5 < weighted_distance("X" + read[1:], known)


@pytest.mark.parametrize(("read", "digits"), [("1O", "10"), ("I2", "12"), ("2]", "21"), ("†", None), ("", None)])
def test_digits_are_read_through_their_lookalikes(read: str, digits: str | None) -> None:
    assert as_digits(read) == digits


@pytest.mark.parametrize(
    ("read", "known"),
    [("QĐĐ-UBND", "QĐ-UBND"), ("0Đ-UBND", "QĐ-UBND"), ("TTr - SXD", "TTr-SXD"), ("QTR-KTr2", "QTR-KTr2")],
)
def test_symbols_are_repaired_only_where_one_known_part_is_near(read: str, known: str) -> None:
    assert repair_symbol(read) == known


def test_the_issuer_is_a_witness_for_its_symbol() -> None:
    assert with_issuer("223/CĐ-TT", "THỦ TƯỚNG CHÍNH PHỦ") == "223/CĐ-TTg"
    assert with_issuer("12/TB-VP", "THỦ TƯỚNG CHÍNH PHỦ") == "12/TB-VP"


@pytest.mark.parametrize("word", ["nghiêng", "gì", "quyết", "Đắk", "oanh", "thuở"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["quyêt", "nøgãi", "thmg", "ngđ", "bạc̀"])
def test_what_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)
