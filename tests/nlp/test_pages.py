"""Whole files: the archive's own pages, several documents in one file, pages that cannot be read, odd input."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import Context, extract
from nlp.zones.archive import is_archive_page

COVER = """CHI CỤC VĂN THƯ VÀ LƯU TRỮ
PHÔNG: ỦY BAN NHÂN DÂN XÃ TÂN LẬP
HỘP SỐ: 12
HỒ SƠ SỐ: 145
TIÊU ĐỀ: Hồ sơ về việc giải quyết khiếu nại đất đai năm 1998
Từ ngày 12/3/1998 đến ngày 20/11/1998
Gồm: 45 tờ
THỜI HẠN BẢO QUẢN: Vĩnh viễn
"""
LIST = """MỤC LỤC VĂN BẢN
STT   Số, ký hiệu   Ngày tháng   Trích yếu   Tác giả   Tờ số   Ghi chú
1   12/QĐ-UB   12/3/1998   Về việc thu hồi đất   UBND xã   1
"""
CLOSING = """CHỨNG TỪ KẾT THÚC
Đơn vị bảo quản này gồm có 45 tờ, được đánh số liên tục từ 01 đến 45.
Người biên mục
"""
DOCUMENT = """ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
   XÃ TÂN LẬP                  Độc lập - Tự do - Hạnh phúc
Số: {number}/QĐ-UB             Tân Lập, ngày 12 tháng 3 năm 1998

                      QUYẾT ĐỊNH
             Về việc thu hồi đất công ích

Điều 1. Thu hồi 200 m2 đất.

                      TM. ỦY BAN NHÂN DÂN
                           CHỦ TỊCH
                         Trần Văn Giáp
"""
FORM = """Mẫu số 02
TÊN CƠ QUAN              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
                               Độc lập - Tự do - Hạnh phúc
Số: ....../GP-....             ........, ngày ... tháng ... năm .....
                        GIẤY PHÉP
"""


@pytest.mark.parametrize("page", [COVER, LIST, CLOSING])
def test_the_archives_own_pages_are_known(page: str) -> None:
    assert is_archive_page(page)


@pytest.mark.parametrize(
    "page", [DOCUMENT.format(number=1), FORM, "Phòng Nội vụ gồm các tổ chuyên môn. Hồ sơ gồm có đơn."]
)
def test_documents_are_none(page: str) -> None:
    assert not is_archive_page(page)


def test_a_file_of_archive_pages_alone_is_no_document() -> None:
    record = extract(COVER + "\f" + LIST + "\f" + CLOSING)

    assert [zone.kind for zone in record.zones] == ["archive_page"] * 3
    assert (record.number, record.type, record.issuer, record.date, record.signers) == (None, None, None, None, [])
    assert record.retention == "vĩnh viễn"


def test_the_document_behind_the_cover_gives_the_fields() -> None:
    record = extract(COVER + "\f" + DOCUMENT.format(number=37))

    assert record.zone("archive_page") is not None
    assert record.number == "37/QĐ-UB"
    assert record.signers[0].name == "Trần Văn Giáp"


def test_several_documents_in_one_file_are_parts() -> None:
    record = extract(DOCUMENT.format(number=37) + "\f" + DOCUMENT.format(number=38))

    assert record.number == "37/QĐ-UB"
    assert [part.number for part in record.parts] == ["37/QĐ-UB", "38/QĐ-UB"]
    assert [part["signer"]["name"] for part in record.to_json()["parts"]] == ["Trần Văn Giáp"] * 2


def test_a_blank_form_behind_a_document_is_no_part() -> None:
    assert extract(DOCUMENT.format(number=37) + "\f" + FORM).parts == []


LETTER = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

ĐƠN ĐỀ NGHỊ
Kính gửi: UBND xã Tân Lập
Tôi tên là {name}, trú tại thôn Hạ.
Tôi đề nghị được thuê lại ki-ốt chợ.
Người làm đơn
{name}
"""


def test_documents_that_follow_each_other_on_a_page_are_parts() -> None:
    record = extract(DOCUMENT.format(number=37) + "\n" + DOCUMENT.format(number=38))
    assert [part.number for part in record.parts] == ["37/QĐ-UB", "38/QĐ-UB"]
    record = extract(DOCUMENT.format(number=37) + "\n" + LETTER.format(name="Hà Văn Bốn"))
    assert [(part.type, part.author) for part in record.parts] == [
        ("Quyết định", None),
        ("Đơn đề nghị", "Hà Văn Bốn"),
    ]


@pytest.mark.parametrize(
    "between",
    ["\nPHỤ LỤC\n", "\nMẫu số 01\n", "\nnhư sau:\n", '\n"'],
    ids=["appendix", "form", "quoted behind a colon", "quoted"],
)
def test_heads_that_a_document_quotes_or_annexes_are_no_parts(between: str) -> None:
    assert extract(DOCUMENT.format(number=37) + between + DOCUMENT.format(number=38)).parts == []


def test_a_head_without_a_signature_above_it_is_no_part() -> None:
    body = DOCUMENT.format(number=37)
    unsigned = body[: body.index("Điều 1")] + "Điều 1. Mẫu quyết định có đầu đề như dưới đây.\n"
    assert extract(unsigned + "\n" + DOCUMENT.format(number=38)).parts == []


def test_a_letter_to_be_filled_in_below_a_document_is_no_part() -> None:
    assert extract(DOCUMENT.format(number=37) + "\n" + LETTER.format(name="..................")).parts == []


def test_pages_of_one_document_are_no_parts() -> None:
    assert extract(DOCUMENT.format(number=37) + "\fĐiều 2. Giao ông Trần Văn Giáp thi hành.\n").parts == []


@pytest.mark.parametrize("text", ["", "\f\f", " \n \n", "~ . ˆ ' |\n"])
def test_a_page_that_gave_nothing_is_not_readable(text: str) -> None:
    record = extract(text)

    assert not record.readable
    assert record.to_json()["number"] is None


def test_a_second_witness_raises_the_confidence_and_keeps_the_pages_value() -> None:
    alone = extract(DOCUMENT.format(number=37), context=Context(method="ocr"))
    named = extract(
        DOCUMENT.format(number=37), context=Context(method="ocr", file_name="37_QD-UB.pdf", date="1998-03-12")
    )
    other = extract(DOCUMENT.format(number=37), context=Context(number="39/QĐ-UB"))

    assert alone.confidence["number"] < 0.5
    assert named.confidence["number"] >= 0.8
    assert alone.confidence["date"] < 0.8 <= named.confidence["date"]
    assert other.number == "37/QĐ-UB"
    assert other.confidence["number"] < 0.8


def test_digits_that_a_scan_lost_leave_the_symbol_and_no_confidence() -> None:
    text = DOCUMENT.format(number="  ").replace("DÂN          CỘNG", "DÂN CỘNG")

    record = extract(text)

    assert record.number == "/QĐ-UB"
    assert record.confidence["number"] < 0.2


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_no_text_is_too_odd(text: str) -> None:
    record = extract(text)

    assert all(0.0 <= value <= 1.0 for value in record.confidence.values())
    record.to_json()


WORDS = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: ", "12/QĐ-UBND", "ngày", "tháng", "năm 2012", "QUYẾT ĐỊNH", "\n", "\f", "TM.", "KT. CHỦ TỊCH",
         "Nơi nhận:", "MẬT", "ỦY BAN NHÂN DÂN", "XÃ", "   ", "ĐẾN", "V/v", "CHỦ TỌA THƯ KÝ", "Nguyễn Văn A", "BIÊN BẢN", "/", "-"]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_no_order_of_markers_is_too_odd(words: list[str]) -> None:
    record = extract(" ".join(words))

    assert all(0 <= zone.start <= zone.end <= max(len(record.text), 1) for zone in record.zones)
    record.to_json()


def test_grounds_and_body_are_zones() -> None:
    text = DOCUMENT.format(number=37).replace("Điều 1.", "Căn cứ Luật Đất đai;\nXét đề nghị của thôn;\nĐiều 1.")

    record = extract(text)
    basis, body = record.zone("basis"), record.zone("body")

    assert basis is not None
    assert body is not None
    assert record.text[basis.start : basis.end] == "Căn cứ Luật Đất đai;\nXét đề nghị của thôn;"
    assert record.text[body.start :].startswith("Căn cứ")


def test_a_part_has_what_is_known_of_the_record_where_it_speaks_of_it() -> None:
    known = Context(number="37/QĐ-UB", file_name="37_QD-UB.pdf")
    first, second = extract(DOCUMENT.format(number=37) + "\f" + DOCUMENT.format(number=38), context=known).parts

    assert first.confidence["number"] > extract(DOCUMENT.format(number=37)).confidence["number"]
    assert second.confidence["number"] == extract(DOCUMENT.format(number=38)).confidence["number"]
