"""ALTO 2 to 4 (Library of Congress): pages of blocks, lines and strings with their places.

Parsed by defusedxml: a document type definition, entities and references outwards are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from kg.errors import Unreadable
from kg.messages import say
from kg.readers.layout import Box, PageBuilder
from kg.readers.model import Page, Reading
from kg.readers.ocr import OcrSettings

_NAMESPACE = "http://www.loc.gov/standards/alto/"
_REGIONS = ("TopMargin", "LeftMargin", "PrintSpace", "RightMargin", "BottomMargin")
"""Reading order; the schema lists the margins before the print space."""


def read(path: Path, ocr: OcrSettings) -> Reading:
    """Read an ALTO file. Raises Unreadable: ``unsafe_markup``, ``broken_markup``, ``not_ocr_markup``."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(path.read_bytes(), forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise Unreadable(say("unreadable_unsafe_markup", name=path.name), reason="unsafe_markup") from error
    except (ParseError, ValueError, LookupError) as error:
        raise Unreadable(say("unreadable_broken_markup", name=path.name), reason="broken_markup") from error
    namespace, _, name = root.tag.rpartition("}")
    if name != "alto" or not (namespace or "{" + _NAMESPACE).startswith("{" + _NAMESPACE):
        raise Unreadable(say("unreadable_not_ocr_markup", name=path.name), reason="not_ocr_markup")
    found = [element for element in root.iter() if _local(element) == "Page"]
    pages = tuple(_page(element, number) for number, element in enumerate(found, start=1))
    return Reading(pages or (Page(1, ""),), True, "alto")


def _page(element: Element, number: int) -> Page:
    builder = PageBuilder()
    for block in _blocks(element):
        for line in _children(block, "TextLine"):
            _line(line, builder)
            builder.end_line()
        builder.end_paragraph()
    return builder.page(number, _number(element, "WIDTH"), _number(element, "HEIGHT"))


def _blocks(page: Element) -> Iterator[Element]:
    """Text blocks in reading order, those inside composed blocks too."""
    regions = {_local(child): child for child in page}
    for name in _REGIONS:
        region = regions.get(name)
        if region is not None:
            yield from (element for element in region.iter() if _local(element) == "TextBlock")


def _line(line: Element, builder: PageBuilder) -> None:
    for element in line:
        name = _local(element)
        if name == "String":
            builder.word(element.get("CONTENT") or "", _box(element), _confidence(element))
        elif name == "HYP":
            builder.hyphen(element.get("CONTENT") or "-")


def _children(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element if _local(child) == name)


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _number(element: Element, name: str) -> int | None:
    try:
        return round(float(element.get(name) or ""))
    except (ValueError, OverflowError):
        return None


def _box(element: Element) -> Box | None:
    """HPOS, VPOS, WIDTH, HEIGHT in the document's measurement unit, the one in which its pages are measured."""
    left, top = _number(element, "HPOS"), _number(element, "VPOS")
    width, height = _number(element, "WIDTH"), _number(element, "HEIGHT")
    if left is None or top is None or width is None or height is None:
        return None
    return (left, top, left + width, top + height)


def _confidence(element: Element) -> float | None:
    try:
        return min(max(float(element.get("WC") or ""), 0.0), 1.0)
    except ValueError:
        return None
