"""The archive's own pages among the scans: cover, list of documents, closing note, information slip (PRACTICE.md §1.12)."""

from __future__ import annotations

import re

from ontology.folding import fold

_TITLES = re.compile(
    r"^\W*(?:chung tu ket thuc|muc luc van ban(?: trong ho so)?|muc luc van ban,? tai lieu|muc luc tai lieu|phieu tin"
    r"|to ket thuc|bia ho so|danh muc (?:van ban|tai lieu) trong ho so|ho so)\W*$",
    re.MULTILINE,
)
_COVER = (
    re.compile(r"^\W*(?:ten )?phong(?: so| luu tru)?\s*:?|^\W*phong luu tru\b|^\W*phong\s*:", re.MULTILINE),
    re.compile(r"\bmuc luc so\b|\bmuc luc ho so\b|\bml so\b"),
    re.compile(r"\bho so so\b|\bdon vi bao quan so\b|\bdvbq so\b|\bhs so\b|\bho so\s*:"),
    re.compile(r"\bhop so\b|\bcap so\b|\bcap/hop\b|\bhop\s*:"),
    re.compile(r"\bthoi han bao quan\b|\bthbq\b|\bthoi han luu tru\b"),
    re.compile(r"\bso to\b|\bgom\b.{0,20}\bto\b|\bso luong to\b|\btong so to\b"),
    re.compile(r"\btu ngay\b.{0,40}\bden ngay\b", re.DOTALL),
)
_LIST = re.compile(r"so,? (?:va )?ky hieu|tac gia|trich yeu|to so|trang so")
_CLOSING = re.compile(
    r"(?:ho so|don vi bao quan) (?:nay )?(?:gom|co)\b|danh so (?:lien tuc )?tu|nguoi bien muc|so to (?:muc luc|trung)"
)
_TAIL = 2500


def archive_pages(text: str) -> list[tuple[int, int]]:
    """The stretches of the pages that the archive added, in order (limits at form feeds)."""
    found: list[tuple[int, int]] = []
    start = 0
    for page in text.split("\f"):
        end = start + len(page)
        if page.strip() and is_archive_page(page):
            found.append((start, min(end + 1, len(text))))
        start = end + 1
    return found


def is_archive_page(page: str) -> bool:
    """Whether one page is a cover, a list of documents, a closing note or a slip, and no document."""
    if len(page) > 6000:
        return False
    folded = fold(page[:_TAIL])
    titles = _TITLES.findall(folded[:900])
    if titles:
        title = titles[0].strip(" .:-*_")
        if title.startswith(("muc luc", "danh muc")):
            return len(set(_LIST.findall(folded))) >= 2
        if title.startswith(("chung tu ket thuc", "to ket thuc")):
            return len(_CLOSING.findall(folded)) > 0
        if title.startswith("phieu tin"):
            return True
    return sum(pattern.search(folded) is not None for pattern in _COVER) >= 4
