"""Files made for the tests, as bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

TCVN3 = b"\xf1y ban nh\xa9n d\xa9n x\xb7 quy\xd5t \xae\xdenh v\xd2 vi\xd6c ph\xaa duy\xd6t k\xd5 ho\xb9ch n\xa8m nay"
VNI = "Xaõ Tam Xuaân, huyeän Nuùi Thaønh, tænh Quaûng Nam; quyeát ñònh cuûa Uûy ban nhaân daân xaõ".encode("cp1252")


def pdf(contents: Sequence[str], *, trailer: str = "", annotation: str | None = None) -> bytes:
    """A PDF of one page for each content stream (A4, font /F1 Helvetica). ``annotation``: content of a stamp that lies
    over the whole of the first page."""
    objects: list[str] = []

    def add(body: str) -> int:
        objects.append(body)
        return len(objects)

    catalog = add("<< /Type /Catalog /Pages 2 0 R >>")
    add("")
    font = add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    resources = f"<< /Font << /F1 {font} 0 R >> >>"
    kids = []
    for position, content in enumerate(contents):
        stream = add(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        annotations = ""
        if annotation is not None and position == 0:
            look = add(
                f"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources {resources}"
                f" /Length {len(annotation)} >>\nstream\n{annotation}\nendstream"
            )
            stamp = add(f"<< /Type /Annot /Subtype /Stamp /Rect [0 0 595 842] /F 4 /AP << /N {look} 0 R >> >>")
            annotations = f" /Annots [{stamp} 0 R]"
        kids.append(
            add(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {resources}"
                f" /Contents {stream} 0 R{annotations} >>"
            )
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {len(kids)} >>"
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    for offset in offsets:
        out.write(f"{offset:010d} 00000 n \n".encode())
    out.write(f"trailer\n<< /Size {len(objects) + 1} /Root {catalog} 0 R {trailer} >>\n".encode())
    out.write(f"startxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def line(text: str, x: int, y: int, size: int = 12) -> str:
    """A content stream's operators that print a line."""
    return f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET"


def picture_of(lines: Sequence[str], *, size: tuple[int, int] = (1240, 700)) -> Any:
    """A white image with lines of text."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("L", size, 255)
    pen = ImageDraw.Draw(image)
    for number, text in enumerate(lines):
        pen.text((100, 80 + 100 * number), text, fill=0, font=ImageFont.load_default(52))
    return image


def workbook(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> Path:
    """An XLSX with the rows of each sheet."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def hocr(body: str, doctype: str = "") -> str:
    """An hOCR document with one page of 1000 x 1400 pixels."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<html><head><title></title></head><body>'
        f"<div class='ocr_page' title='image \"x.png\"; bbox 0 0 1000 1400; ppageno 0'>{body}</div></body></html>"
    )


def alto(body: str, *, namespace: str = "http://www.loc.gov/standards/alto/ns-v4#", doctype: str = "") -> str:
    """An ALTO document with one page."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<alto xmlns="{namespace}"><Layout>'
        f'<Page ID="p1" WIDTH="1000" HEIGHT="1400">{body}</Page></Layout></alto>'
    )
