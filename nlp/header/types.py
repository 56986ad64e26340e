"""The closed list of document types: by their heading on the page and by the abbreviation in the number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from nlp.data import table
from nlp.letters import UPPER
from nlp.repair.confusion import weighted_distance
from nlp.zones.lines import Cell, is_capital, key


@dataclass(frozen=True, slots=True)
class TypeLine:
    """A heading: the type's name, whether it was read letter for letter, and where the abstract begins that follows
    it in the same line (offset in the cell, None when nothing follows)."""

    name: str
    exact: bool
    rest: int | None

    @property
    def open(self) -> bool:
        """Whether the heading goes on in capitals with what it is about, as certificates and minutes do."""
        return family(self.name) in _OPEN


@cache
def _headings() -> dict[str, str]:
    return {
        key(heading): row["name"] for row in table("types.csv") for heading in row["headings"].split(";") if heading
    }


@cache
def _listed() -> frozenset[str]:
    return frozenset(row["name"] for row in table("types.csv"))


@cache
def _by_length() -> tuple[str, ...]:
    return tuple(sorted(_headings(), key=len, reverse=True))


@cache
def _by_symbol() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in table("types.csv"):
        for abbreviation in row["abbreviations"].split():
            found.setdefault(abbreviation.upper(), row["name"])
    return found


@cache
def family(name: str | None) -> str | None:
    """The family of a type: act, letter, minutes, contract, personal, form, civil, land, register ..., of one that
    the list does not have by the noun it opens with (Giấy ..., Phiếu ..., Sổ ...)."""
    if name is None:
        return None
    listed = next((row["family"] for row in table("types.csv") if row["name"] == name), None)
    noun = _noun(name.upper()) if listed is None else None
    return _nouns()[noun] if noun is not None else listed


@cache
def _nouns() -> dict[str, str]:
    """Nouns that headings open with → family."""
    return {row["noun"]: row["family"] for row in table("heading_nouns.csv")}


def _noun(heading: str) -> str | None:
    return next((noun for noun in _nouns() if heading.startswith(f"{noun} ")), None)


_NEAR = 78.0
_SHORT = 5
"""Headings of so few letters count only with their accents."""

_WORD = re.compile(r"\w+")
_OPEN = frozenset(
    {"personal", "form", "civil", "land", "register", "list", "minutes", "contract", "voucher", "certification"}
)
"""Families whose headings go on with what they are about in the same line of capitals (ĐƠN XIN ..., SỔ ...)."""


def type_line(cell: Cell, *, scanned: bool = False) -> TypeLine | None:
    """Read the cell as the heading of a type; None when it is not one. Only capitals count as a heading, or a heading
    alone on its line."""
    if not is_capital(cell.text):
        first = _WORD.findall(cell.text)[:3]
        if not first or not is_capital(" ".join(first[:2])):
            return _in_small_letters(cell, scanned=scanned)
    if _OFFICE.match(cell.text):
        return None
    return _spelt(cell) or _copied(cell, scanned=scanned) or _nearly(cell, scanned=scanned)


def _spelt(cell: Cell) -> TypeLine | None:
    """A heading of the list, letter for letter, perhaps with its subject behind it."""
    whole = key(cell.text)
    if whole in _headings() and (len(whole) > _SHORT or _as_printed(cell.text, whole)):
        return TypeLine(_headings()[whole], exact=True, rest=None)
    for heading in _by_length():
        if (
            whole.startswith(heading)
            and (len(heading) > _SHORT or _as_printed(cell.text, heading))
            and (rest := _behind(cell, heading)) is not None
            and _goes_on(cell, heading, rest)
        ):
            return TypeLine(_headings()[heading], exact=True, rest=_own_rest(cell, heading, rest))
    return None


def _copied(cell: Cell, *, scanned: bool) -> TypeLine | None:
    """The heading behind what says that it is a copy, an extract, or only a paper ("BẢN SAO ...", "BẢN BÁO CÁO")."""
    copied = _COPY.match(cell.text)
    named = cell.cut(copied.end(), len(cell.text)) if copied is not None else None
    found = type_line(named, scanned=scanned) if named is not None else None
    if copied is None or found is None or found.name not in _listed():
        return None
    rest = None if found.rest is None else copied.end() + found.rest
    return TypeLine(found.name, exact=found.exact and rest is None, rest=rest)


def _nearly(cell: Cell, *, scanned: bool) -> TypeLine | None:
    """A heading that the list lacks, or of a scan one that is like a listed one."""
    whole = key(cell.text)
    if not scanned or len(whole) < 5:
        return _unlisted(cell) or _with_subject(cell)
    if len(cell.text) < _DIRTY_LINE and (amid := _amid_dirt(cell)) is not None:
        return amid
    best = process.extractOne(whole, _by_length(), scorer=fuzz.ratio, score_cutoff=_NEAR)
    if best is None or weighted_distance(cell.text.upper().strip(" .:-*_"), _printed()[best[0]]) > _COST * len(
        best[0]
    ):
        return _unlisted(cell)
    return TypeLine(_headings()[best[0]], exact=False, rest=None)


def _own_rest(cell: Cell, heading: str, rest: int) -> int:
    """Where an act's subject begins: behind the type's own name (BÁO CÁO | TỔNG KẾT CÔNG TÁC NĂM 2010)."""
    name = _headings()[heading]
    if family(name) != "act" or not heading.startswith(key(name)):
        return rest
    return _behind(cell, key(name)) or rest


def _in_small_letters(cell: Cell, *, scanned: bool) -> TypeLine | None:
    """A heading written like a name ("Giấy ủy quyền"), or in capitals amid dirt of a scan."""
    whole = key(cell.text)
    if whole in _headings() and len(whole) > _SHORT and cell.text[:1].isupper():
        return TypeLine(_headings()[whole], exact=False, rest=None)
    return _amid_dirt(cell) if scanned and len(cell.text) < _DIRTY_LINE else None


_OFFICE = re.compile(r"\W*(?:SỞ|SƠ(?! YẾU| YÊU| ĐỒ| ĐÔ))\s")
"""A department's name (SỞ ĐỊA CHÍNH), perhaps typed without its tone mark, is no register (SỔ ĐỊA CHÍNH)."""
_COPY = re.compile(r"(?:BẢN(?: SAO)?|TRÍCH(?: SAO)?|TẶNG(?: THƯỞNG)?)\s+(?=[^\W\d_])")


def _with_subject(cell: Cell) -> TypeLine | None:
    """A type that goes on in capitals with its subject (BÁO CÁO KẾT QUẢ CÔNG TÁC NĂM 1985): spelt as the list has it,
    two words or more behind it."""
    whole = key(cell.text)
    for heading in _by_length():
        if len(heading) > _SHORT and whole.startswith(heading) and _as_printed(cell.text, heading):
            rest = _behind(cell, heading)
            if rest is not None and len(cell.text[rest:].split()) > 1 and not _NUMBERED.match(cell.folded[rest:]):
                return TypeLine(_headings()[heading], exact=False, rest=_own_rest(cell, heading, rest))
    return None


_NUMBERED = re.compile(r"\W*(?:so|nay)\b")
_HEADING = re.compile(rf"^[{UPPER}][{UPPER} ,\-]+$")
_MOST_WORDS = 8


def _unlisted(cell: Cell) -> TypeLine | None:
    """A heading that the list does not have, known by its noun (PHIẾU KHAI BÁO TẠM TRÚ): its own words are the type's
    name."""
    text = cell.text.strip(" .:-–*")
    if not _HEADING.match(text) or not 2 <= len(text.split()) <= _MOST_WORDS or _noun(text) is None:
        return None
    return TypeLine(text.capitalize(), exact=False, rest=None)


_COST = 0.25


@cache
def _printed() -> dict[str, str]:
    """Key of a heading → the heading as printed."""
    return {key(known): known for row in table("types.csv") for known in row["headings"].split(";") if known}


_DIRTY_LINE = 45
_CAPITAL_RUN = re.compile(rf"(?<!\w)[{UPPER}]{{2,}}(?:\s+[{UPPER}]{{1,}})*(?!\w)")


_CAPITAL_WORD = re.compile(rf"(?<!\w)[{UPPER}]{{3,}}(?!\w)")


def _amid_dirt(cell: Cell) -> TypeLine | None:
    """A heading in capitals with what OCR made of dirt around it on a short line."""
    for match in _CAPITAL_RUN.finditer(cell.text):
        run = key(match.group())
        around = cell.text[: match.start()] + cell.text[match.end() :]
        if len(run) > _SHORT and run in _headings() and not _CAPITAL_WORD.search(around):
            return TypeLine(_headings()[run], exact=False, rest=None)
    return None


def _as_printed(text: str, heading: str) -> bool:
    """Whether the first word has the accents of the heading: SỔ is not SỞ, ĐƠN is not ĐÓN."""
    return any(
        text.strip(" :.-*").upper().startswith(known)
        for row in table("types.csv")
        for known in row["headings"].split(";")
        if known and key(known) == heading
    )


def _behind(cell: Cell, heading: str) -> int | None:
    """Where the heading ends in the cell, when it ends with a word there."""
    length = 0
    for match in _WORD.finditer(cell.text):
        length += len(key(match.group()))
        if length == len(heading):
            return match.end()
        if length > len(heading):
            return None
    return None


def _goes_on(cell: Cell, heading: str, rest: int) -> bool:
    """Whether what follows the heading can be its subject: small letters, "VỀ VIỆC", a bracket, or an open heading."""
    tail = cell.text[rest:].strip(" :.-–")
    folded = cell.folded[rest:].strip(" :.-–")
    if not tail:
        return True
    if not is_capital(tail) or folded.startswith(("ve viec", "v/v", "ve ", "(", "cua ")):
        return not folded.startswith(("so ", "nay", "so:"))
    return family(_headings()[heading]) in _OPEN or heading.startswith("luat")


_BEFORE_NUMBER = re.compile(r"\W*(?P<type>[^\d:/]{4,20}?)\s+so\b")


def type_before(number: Cell) -> str | None:
    """The type that stands before the word for the number: "Bản án số: 12/2009/DSST"."""
    match = _BEFORE_NUMBER.match(number.folded)
    return _headings().get(key(match.group("type"))) if match is not None else None


def type_of_number(symbol: str) -> str | None:
    """The type that a number's symbol names: ``/QĐ-UBND``, ``-CT/TU``, ``/UB-QĐ``; "Công văn" for ORG-UNIT."""
    parts = [part.upper() for part in re.split(r"[-/&.]", symbol) if part and not part.isdigit()]
    known = _by_symbol()
    for part in ("-".join(parts[:2]), *parts[:2]):  # "CT-VKS" is an indictment, "CT" a directive
        if part in known:
            return known[part]
    if not parts or re.match(r"(UBTV)?QH\d*$|HĐBT$|CP$|TTG$", parts[0]):
        return None
    return "Công văn" if len(parts) > 1 else None
