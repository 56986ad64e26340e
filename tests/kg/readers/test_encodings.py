"""The encoding of a plain text is decided by a rule, or not at all."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.readers.encodings import UndecidableEncoding, decode
from tests.kg.readers.making import TCVN3, VNI

SENTENCE = "Ủy ban nhân dân xã Dịch Vọng quyết định về việc cấp giấy chứng nhận quyền sử dụng đất"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_known_by_its_mark_or_validity(encoding: str) -> None:
    assert decode(SENTENCE.encode(encoding)).text == SENTENCE


@pytest.mark.parametrize(("mark", "codec"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_utf_16_of_either_byte_order(mark: bytes, codec: str) -> None:
    assert decode(mark + SENTENCE.encode(codec)).text == SENTENCE


def windows_1258(text: str) -> bytes:
    """As Windows writes it: letters of the code page, tones as marks behind them."""
    out = b""
    for char in text:
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", char)
            tone = next(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
            rest = unicodedata.normalize("NFC", parts.replace(tone, ""))
            out += rest.encode("cp1258") + tone.encode("cp1258")
    return out


def test_windows_1258_is_composed() -> None:
    decoded = decode(windows_1258(SENTENCE))
    assert (decoded.text, decoded.encoding) == (SENTENCE, "cp1258")


def test_tcvn3_is_known_by_its_syllables() -> None:
    decoded = decode(TCVN3)
    assert decoded.encoding == "tcvn3"
    assert decoded.text == "ủy ban nhân dân xã quyết định về việc phê duyệt kế hoạch năm nay"


def test_vni_is_known_by_its_syllables() -> None:
    decoded = decode(VNI)
    assert decoded.encoding == "vni"
    assert decoded.text.startswith("Xã Tam Xuân, huyện Núi Thành, tỉnh Quảng Nam; quyết định của")


@pytest.mark.parametrize(
    "data",
    [
        "élève français à côté, où ça, garçon naïf".encode("latin-1"),
        "Привет, мир! Это решение комитета".encode("cp1251"),
        b"\xff\xfe\x00",
        b"\x81\x82\x83\x84" * 10,
        "Quyết định".encode() + b"\xff" + " của xã Mỹ Đình".encode(),
    ],
)
def test_other_bytes_are_undecidable(data: bytes) -> None:
    with pytest.raises(UndecidableEncoding):
        decode(data)


def test_a_character_cut_off_by_the_end_is_dropped() -> None:
    data = SENTENCE.encode() + "ấ".encode()[:2]
    assert decode(data).text == SENTENCE


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_any_utf_8_text_comes_back(text: str) -> None:
    assert decode(text.encode("utf-8")).text == text.removeprefix("\ufeff")
