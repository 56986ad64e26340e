"""PDF: text layers with positions, stamps over the page, and pages that need Tesseract."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from kg.readers.model import Reading
from kg.readers.ocr import OcrSettings
from kg.readers.reading import read_file
from tests.kg.readers.making import line, pdf, picture_of

HEAD = [line("UBND XA DICH VONG", 60, 780), line("So:      /QD-UBND", 60, 750), line("Dieu 1.", 60, 700)]


def read(tmp_path: Path, data: bytes, ocr: OcrSettings | None = None) -> Reading:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    return read_file(path, ocr=ocr)


def scanned(tmp_path: Path, lines: list[str], pages: int = 1) -> Path:
    path = tmp_path / "scan.pdf"
    images = [picture_of(lines) for _ in range(pages)]
    images[0].save(path, "PDF", save_all=True, append_images=images[1:], resolution=150)
    return path


def test_each_page_has_its_text_and_places(tmp_path: Path) -> None:
    reading = read(tmp_path, pdf(["\n".join(HEAD), line("Trang hai", 60, 780)]))
    assert [page.text for page in reading.pages] == ["UBND XA DICH VONG\nSo: /QD-UBND\nDieu 1.", "Trang hai"]
    assert (reading.method, reading.pages_counted) == ("pdf", True)
    page = reading.pages[0]
    assert all(page.text[word.start : word.end] == word.text for word in page.words)
    first = page.words[0]
    assert (page.width, page.height) == (round(595 * 300 / 72), round(842 * 300 / 72))
    assert first.box[0] == pytest.approx(60 * 300 / 72, abs=8)
    assert first.box[3] == pytest.approx((842 - 780) * 300 / 72, abs=8)


def test_a_stamped_number_goes_into_its_blank(tmp_path: Path) -> None:
    reading = read(tmp_path, pdf(["\n".join(HEAD)], annotation=line("507", 80, 750, 9)))
    page = reading.pages[0]
    assert "So: 507 /QD-UBND" in page.text
    assert all(page.text[word.start : word.end] == word.text for word in page.words)


def test_a_signature_block_stands_before_the_text(tmp_path: Path) -> None:
    reading = read(tmp_path, pdf(["\n".join(HEAD)], annotation=line("Ky boi: UBND", 300, 820, 8)))
    assert reading.pages[0].text.startswith("Ky boi: UBND\n\nUBND XA DICH VONG")


def test_a_page_with_nothing_but_a_stamp_has_its_text(tmp_path: Path) -> None:
    reading = read(tmp_path, pdf([""], annotation=line("507", 80, 750, 9)))
    assert reading.pages[0].text == "507"


def test_an_empty_page_needs_no_tesseract(tmp_path: Path) -> None:
    reading = read(tmp_path, pdf([""]), OcrSettings(command="no-such-tesseract"))
    assert [page.text for page in reading.pages] == [""]


@pytest.mark.ocr
def test_a_scanned_page_is_recognised(tmp_path: Path, tesseract: str) -> None:
    reading = read_file(scanned(tmp_path, ["BIEN BAN HOP", "Dieu 1. Hieu luc"], pages=2))
    assert reading.method == "ocr"
    assert len(reading.pages) == 2
    page = reading.pages[1]
    assert "BIEN BAN HOP" in page.text
    assert page.number == 2
    assert page.recognised
    assert all(page.text[word.start : word.end] == word.text for word in page.words)


@pytest.mark.ocr
def test_a_page_that_takes_too_long_is_named(tmp_path: Path, tesseract: str) -> None:
    from kg.errors import Unreadable

    with pytest.raises(Unreadable) as raised:
        read_file(scanned(tmp_path, ["A"]), ocr=OcrSettings(seconds=0.001))
    assert raised.value.reason == "ocr_timeout"


@pytest.mark.ocr
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_images_are_recognised(tmp_path: Path, tesseract: str, kind: str) -> None:
    path = tmp_path / f"a.{kind.lower()}"
    picture_of(["BIEN BAN HOP"]).save(path, kind)
    reading = read_file(path)
    assert "BIEN BAN HOP" in reading.pages[0].text
    assert reading.pages[0].words[0].confidence is not None


@pytest.mark.ocr
def test_a_tiff_has_as_many_pages_as_frames(tmp_path: Path, tesseract: str) -> None:
    path = tmp_path / "a.tif"
    pages = [picture_of([f"TRANG {name}"]) for name in ("MOT", "HAI")]
    pages[0].save(path, "TIFF", save_all=True, append_images=pages[1:])
    texts = [page.text for page in read_file(path).pages]
    assert "MOT" in texts[0]
    assert "HAI" in texts[1]


@pytest.mark.ocr
def test_transparent_images_lie_on_white_paper(tmp_path: Path, tesseract: str) -> None:
    from PIL import Image

    ink = Image.new("RGBA", (1240, 700), (0, 0, 0, 0))
    letters = picture_of(["GIAY MOI"])
    ink.putalpha(letters.point(lambda value: 255 - value))
    ink.save(tmp_path / "a.png")
    assert "GIAY MOI" in read_file(tmp_path / "a.png").pages[0].text


def test_decompression_bombs_are_refused_by_their_header(tmp_path: Path) -> None:
    import struct
    import zlib

    from kg.errors import Unreadable

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    for side in (13_000, 60_000):
        out = io.BytesIO(b"\x89PNG\r\n\x1a\n")
        out.seek(0, io.SEEK_END)
        out.write(chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)))
        out.write(chunk(b"IDAT", zlib.compress(b"\x00")) + chunk(b"IEND", b""))
        (tmp_path / "bom.png").write_bytes(out.getvalue())
        with pytest.raises(Unreadable) as raised:
            read_file(tmp_path / "bom.png")
        assert raised.value.reason == "too_large"


@pytest.mark.shared
def test_the_number_that_only_a_signature_field_shows_is_read(shared: Path) -> None:
    text = read_file(shared / "corpus" / "scans" / "Dd4ba225f.pdf").pages[0].text
    assert "Số: 507 /UBND-KGVX" in text
    assert "ngày 24 tháng 01 năm 2025" in text
