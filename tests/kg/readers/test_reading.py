"""One computer file to pages: the content decides, and what cannot be read says so in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import Unreadable
from kg.messages import knows
from kg.readers.ocr import OcrSettings
from kg.readers.reading import read_file
from tests.kg.readers.making import hocr, line, pdf


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("rong.txt", b"", "empty"),
        ("rong.pdf", b"", "empty"),
        ("bom.txt", b"\xef\xbb\xbf", "empty"),
        ("zip.pdf", b"PK\x03\x04" + b"\x00" * 50, "wrong_kind"),
        ("zip.txt", b"PK\x03\x04" + b"\x00" * 50, "wrong_kind"),
        ("word.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 50, "wrong_kind"),
        ("hong.pdf", b"day khong phai pdf", "broken_pdf"),
        ("cut.pdf", b"%PDF-1.4\n1 0 obj\n<<", "broken_pdf"),
        ("nul.txt", b"Quy\x00t dinh", "encoding"),
        ("nhi-phan.txt", bytes(range(1, 256)) * 20, "encoding"),
        ("hong.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "broken_image"),
        ("chu.png", b"day la chu", "broken_image"),
        ("trang.hocr", b"<html><body>khong co trang nao</body></html>", "not_ocr_markup"),
        ("khac.xml", b"<?xml version='1.0'?><a/>", "not_ocr_markup"),
    ],
)
def test_what_cannot_be_read_gives_its_reason_and_one_line(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    with pytest.raises(Unreadable) as raised:
        read_file(put(tmp_path, name, data))
    assert raised.value.reason == reason
    assert name in raised.value.message
    assert "\n" not in raised.value.message
    assert knows(f"unreadable_{reason}")


def test_a_zip_under_the_name_of_a_pdf_is_called_a_zip(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="ZIP"):
        read_file(put(tmp_path, "a.pdf", b"PK\x03\x04rest"))


def test_an_encrypted_pdf_is_no_broken_pdf(tmp_path: Path) -> None:
    keys = "<" + "41" * 32 + ">"
    encrypt = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O {keys} /U {keys} /P -4 >> /ID [<41> <41>]"
    with pytest.raises(Unreadable) as raised:
        read_file(put(tmp_path, "khoa.pdf", pdf([line("A", 50, 700)], trailer=encrypt)))
    assert raised.value.reason == "encrypted"


def test_the_content_counts_not_the_name(tmp_path: Path) -> None:
    assert read_file(put(tmp_path, "a.txt", pdf([line("Hello", 50, 700)]))).method == "pdf"
    page = hocr("<span class='ocr_line'><span class='ocrx_word' title='bbox 1 2 3 4'>a</span></span>")
    assert read_file(put(tmp_path, "b.txt", page.encode())).method == "hocr"


def test_a_text_that_begins_with_a_bracket_is_a_text(tmp_path: Path) -> None:
    reading = read_file(put(tmp_path, "a.txt", b"<Mau so 01> Giay khai sinh"))
    assert (reading.method, reading.pages[0].text) == ("text", "<Mau so 01> Giay khai sinh")


def test_form_feeds_are_page_limits_and_newlines_are_one_kind(tmp_path: Path) -> None:
    reading = read_file(put(tmp_path, "a.txt", "trang một\r\ndòng hai\fTrang hai\n\f".encode()))
    assert [page.text for page in reading.pages] == ["trang một\ndòng hai", "Trang hai\n"]
    assert [page.number for page in reading.pages] == [1, 2]
    assert reading.pages_counted


def test_a_text_without_form_feeds_has_no_counted_pages(tmp_path: Path) -> None:
    assert not read_file(put(tmp_path, "a.txt", "một trang".encode())).pages_counted


def test_blank_text_is_a_failed_page_and_no_error(tmp_path: Path) -> None:
    assert read_file(put(tmp_path, "a.txt", b" \n\n")).pages[0].text.strip() == ""


def test_a_missing_tesseract_names_the_packages(tmp_path: Path) -> None:
    from tests.kg.readers.making import picture_of

    picture_of(["A"]).save(tmp_path / "a.png")
    with pytest.raises(Unreadable, match="tesseract-ocr-vie") as raised:
        read_file(tmp_path / "a.png", ocr=OcrSettings(command="no-such-tesseract"))
    assert raised.value.reason == "no_ocr"


def test_a_file_that_the_system_withholds_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as raised:
        read_file(tmp_path / "khong-co.txt")
    assert raised.value.reason == "no_access"


@pytest.mark.shared
def test_all_real_texts_are_read(shared: Path) -> None:
    texts = sorted((shared / "corpus" / "real").glob("*.txt"))
    readings = [read_file(path) for path in texts]
    assert len(readings) == 340
    assert all(reading.pages[0].text.strip() for reading in readings)
