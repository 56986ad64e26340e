"""Which pages OCR read: not those whose clean signs only look like dirt."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from nlp import Context, extract
from nlp.model import Extraction
from nlp.pipeline import pipeline
from nlp.repair.normalise import normalise
from nlp.zones.layout import layout_of
from nlp.zones.quality import is_scan
from tests.nlp.test_pages import COVER

HEAD = """{body:40}CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
{unit:40}Độc lập - Tự do - Hạnh phúc
Số: 12/BC-UBND{gap:26}Tân An, ngày 3 tháng 4 năm 2012

"""
PROSE = "Ủy ban nhân dân báo cáo kết quả thực hiện công tác quản lý đất đai trên địa bàn trong năm như sau.\n" * 3


def page(body: str, unit: str, text: str) -> str:
    return HEAD.format(body=body, unit=unit, gap="") + text + "\n" + PROSE


@pytest.mark.parametrize(
    "text",
    [
        page(
            "ỦY BAN NHÂN DÂN", "HUYỆN TỪ LIÊM", "BIÊN BẢN\nBÊN A: LIÊN ĐOÀN LAO ĐỘNG HUYỆN TỪ LIÊM\nBÊN B: HỢP TÁC XÃ"
        ),
        page(
            "ỦY BAN NHÂN DÂN",
            "XÃ TÂN AN",
            "| STT | Họ và tên | Xóm |\n| 1 | Trần Văn Bình | 2 |\n| 2 | Lê Thị Hà | 3 |",
        ),
        page(
            "ỦY BAN NHÂN DÂN",
            "XÃ TÂN AN",
            "STT | Họ và tên\n1 | Trần Văn Bình\n2 | Lê Thị Hà\n3 | Võ Văn Tư\n4 | Bùi Thị Na",
        ),
        page(
            "ỦY BAN NHÂN DÂN",
            "XÃ TÂN AN",
            "_ _ _ _ _ _ _ _\nĐiều 1 : Giao đất.\nĐiều 2 : Thu hồi.\nĐiều 3 : Thi hành.",
        ),
        page("ỦY BAN NHÂN DÂN", "XÃ TÂN AN", "Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;"),
        page("ỦY BAN NHÂN DÂN", "XÃ TÂN AN", "Các xã Tân An vàcác thôn, củaxã và thịtrấn được giao đất."),
        page("ỦY BAN NHÂN DÂN", "XÃ TÂN AN", "BÁO CÁO").replace("lập - Tự do -", "lập-Tự do-"),
        page("ỦY BAN NHÂN DÂN", "XÃ TÂN AN", "BÁO CÁO").replace(" VIỆT NAM", "\n" + " " * 50 + "VIỆT NAM"),
    ],
    ids=["letter Ê", "table", "two cells", "rules and colons", "title in a sentence", "run-on words", "motto", "cut"],
)
def test_a_clean_page_is_no_scan(text: str) -> None:
    assert not is_scan(text)


@pytest.mark.parametrize(
    "text",
    [
        page("ỦY BAN NHÂN DÂN", "XÃ TÂN AN", "|\nBÁO CÁO |\n| Kính gửi: Ủy ban nhân dân huyện ˆ"),
        page(
            "ỦY BAN NHÂN DẤM",
            "XÃ TÂN ÂN",
            "BÁO CÁO của Ủy ban nhần dấn xã Tân Ản về viẹc giao đắt cho cắc hộ, đã đuợc",
        ),
        "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nXÃ TÂN AN Độc lập - Tự do - Hạnh phúc\n" + PROSE,
    ],
    ids=["dirt", "no syllables", "joined columns"],
)
def test_what_ocr_leaves_shows_a_scan(text: str) -> None:
    assert is_scan(text)


MISREAD = "Ủy ban nhân dân xã căn cứ Nghị định của Chính phú báo cáo như sau."


def test_what_the_reader_says_of_the_page_reaches_repair() -> None:
    text = page("ỦY BAN NHÂN DÂN", "XÃ TÂN AN", "BÁO CÁO\n" + MISREAD)
    read = extract(text, context=Context(method="ocr"))

    assert read.scanned
    assert "Chính phủ" in read.text


@pytest.mark.parametrize("method", [None, "text", "pdf", "ocr"])
@pytest.mark.parametrize("gap", [" ", " " * 20])
@pytest.mark.parametrize("above", ["", (COVER + "\f") * 30])
def test_a_record_is_a_scan_in_all_its_layouts_or_in_none(method: str | None, gap: str, above: str) -> None:
    head = f"ỦY BAN NHÂN DÂN{gap}CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nXÃ TÂN AN{gap}Độc lập - Tự do - Hạnh phúc\n"
    doc = Doc(pipeline().vocab, words=[above + head + PROSE])
    doc._.extraction = Extraction(above + head + PROSE, context=Context(method=method))
    doc._.extraction.scanned = normalise(above + head + PROSE, method).scanned
    doc = pipeline().get_pipe("hoso_zones")(doc)

    assert doc._.extraction.scanned == layout_of(doc).scanned
    assert doc._.extraction.scanned == (method == "ocr" or (gap == " " and method != "pdf"))
