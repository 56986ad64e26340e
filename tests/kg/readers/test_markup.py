"""hOCR and ALTO: words with places, in reading order; documents that define entities are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import Unreadable
from kg.readers.model import Page, Reading
from kg.readers.reading import read_file
from tests.kg.readers.making import alto, hocr

XXE = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'

HOCR_BODY = (
    "<p class='ocr_par'><span class='ocr_line' title='bbox 10 10 500 40'>"
    "<span class='ocrx_word' title='bbox 10 12 60 38; x_wconf 96'>QUYẾT</span>"
    "<span class='ocrx_word' title='bbox 70 12 140 38; x_wconf 4'><strong><em>ĐỊNH</em></strong></span></span>"
    "<span class='ocr_line'><span class='ocrx_word' title='bbox 10 50 60 80'>A&amp;B</span>"
    "<span class='ocrx_word' title='bbox 70 50 90 80'> </span></span></p>"
    "<p class='ocr_par'><span class='ocr_line'><span class='ocrx_word' title='bbox 1 100 9 120'>hết</span></span></p>"
)

ALTO_LINE = (
    '<TextLine><String CONTENT="Hà" HPOS="10" VPOS="20" WIDTH="30" HEIGHT="40" WC="0.93"/><SP/>'
    '<String CONTENT="Nội" HPOS="50" VPOS="20" WIDTH="30" HEIGHT="40"/>{more}</TextLine>'
)


def read(tmp_path: Path, name: str, markup: str) -> Reading:
    path = tmp_path / name
    path.write_text(markup, encoding="utf-8")
    return read_file(path)


def assert_offsets(page: Page) -> None:
    assert page.words
    assert all(page.text[word.start : word.end] == word.text for word in page.words)


def test_hocr_keeps_lines_paragraphs_boxes_and_confidences(tmp_path: Path) -> None:
    reading = read(tmp_path, "a.hocr", hocr(HOCR_BODY))
    (page,) = reading.pages
    assert page.text == "QUYẾT ĐỊNH\nA&B\n\nhết"
    assert [word.box for word in page.words][:2] == [(10, 12, 60, 38), (70, 12, 140, 38)]
    assert [word.confidence for word in page.words] == [0.96, 0.04, None, None]
    assert (page.width, page.height, reading.method) == (1000, 1400, "hocr")
    assert_offsets(page)


def test_tesseracts_plain_doctype_is_passed_over(tmp_path: Path) -> None:
    doctype = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1.dtd">'
    assert read(tmp_path, "a.hocr", hocr(HOCR_BODY, doctype)).pages[0].text.startswith("QUYẾT")


def test_hocr_pages_follow_each_other(tmp_path: Path) -> None:
    two = hocr(HOCR_BODY).replace("</body>", "<div class='ocr_page' title='bbox 0 0 5 5'></div></body>")
    reading = read(tmp_path, "a.html", two)
    assert [(page.number, bool(page.text)) for page in reading.pages] == [(1, True), (2, False)]


def test_hocr_boxes_count_from_the_corner_of_the_page(tmp_path: Path) -> None:
    moved = hocr(HOCR_BODY).replace("bbox 0 0 1000 1400", "bbox 5 10 1005 1410")
    assert read(tmp_path, "a.hocr", moved).pages[0].words[0].box == (5, 2, 55, 28)


def test_hocr_lines_without_words_keep_their_text(tmp_path: Path) -> None:
    (page,) = read(tmp_path, "a.hocr", hocr("<span class='ocr_line' title='bbox 1 1 9 9'>chỉ có dòng</span>")).pages
    assert (page.text, page.words) == ("chỉ có dòng", ())


@pytest.mark.parametrize("doctype", [XXE, LAUGHS])
@pytest.mark.parametrize(("name", "build"), [("a.hocr", hocr), ("a.xml", alto)])
def test_entities_are_refused(tmp_path: Path, doctype: str, name: str, build: object) -> None:
    assert callable(build)
    with pytest.raises(Unreadable) as raised:
        read(tmp_path, name, build("<p>&secret;</p>", doctype=doctype))
    assert raised.value.reason == "unsafe_markup"
    assert "root:" not in raised.value.message


def test_a_plain_dtd_is_refused_in_alto(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as raised:
        read(tmp_path, "a.xml", alto("", doctype='<!DOCTYPE alto SYSTEM "http://example.org/alto.dtd">'))
    assert raised.value.reason == "unsafe_markup"


@pytest.mark.parametrize("version", ["ns-v2#", "ns-v3#", "ns-v4#"])
def test_alto_of_every_version_keeps_places(tmp_path: Path, version: str) -> None:
    body = f"<PrintSpace><TextBlock>{ALTO_LINE.format(more='')}</TextBlock></PrintSpace>"
    markup = alto(body, namespace=f"http://www.loc.gov/standards/alto/{version}")
    reading = read(tmp_path, "a.xml", markup)
    (page,) = reading.pages
    assert (page.text, reading.method) == ("Hà Nội", "alto")
    assert page.words[0].box == (10, 20, 40, 60)
    assert [word.confidence for word in page.words] == [0.93, None]
    assert (page.width, page.height) == (1000, 1400)
    assert_offsets(page)


def test_alto_reads_blocks_in_order_and_margins_at_their_side(tmp_path: Path) -> None:
    def block(text: str) -> str:
        return f'<TextBlock><TextLine><String CONTENT="{text}"/></TextLine></TextBlock>'

    body = (
        f"<TopMargin>{block('đầu')}</TopMargin><BottomMargin>{block('cuối')}</BottomMargin>"
        f"<PrintSpace><ComposedBlock>{block('một')}</ComposedBlock>{block('hai')}</PrintSpace>"
    )
    assert read(tmp_path, "a.xml", alto(body)).pages[0].text == "đầu\n\nmột\n\nhai\n\ncuối"


def test_alto_hyphens_belong_to_no_word(tmp_path: Path) -> None:
    line = ALTO_LINE.format(more='<HYP CONTENT="-"/>')
    (page,) = read(tmp_path, "a.xml", alto(f"<PrintSpace><TextBlock>{line}{line}</TextBlock></PrintSpace>")).pages
    assert page.text == "Hà Nội-\nHà Nội-"
    assert_offsets(page)


def test_broken_alto_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as raised:
        read(tmp_path, "a.xml", "<alto><Layout>")
    assert raised.value.reason == "broken_markup"


@pytest.mark.shared
def test_hocr_of_genuine_scans_keeps_offsets(shared: Path) -> None:
    files = sorted((shared / "corpus" / "ocr").glob("*hocr/*.hocr"))
    assert files
    for path in files:
        (page,) = read_file(path).pages
        assert_offsets(page)
        assert all(0 <= word.box[0] <= word.box[2] <= (page.width or 0) for word in page.words)
