"""The head of a document: which lines are the issuer's, the number's, the date's, the type's and the abstract's.

One reading serves every layout (2020, 2011, 2005, 1976-2004, before; Party, mass organisations, councils, letters):
the two columns stand one below the other, side by side, on one line, or swapped, as text layers and OCR give them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nlp.header.number import DocNumber, find_number, number_mark, parse_number
from nlp.header.types import TypeLine, type_before, type_line
from nlp.header.when import When, find_date
from nlp.letters import UPPER
from nlp.zones.furniture import goes_on_stamp, is_incoming_stamp, signature_blocks
from nlp.zones.head_lines import shortened, whole_lines
from nlp.zones.lines import Cell, Line, has_words, is_capital
from nlp.zones.motto import find_motto, shares_line
from nlp.zones.places import place_before
from nlp.zones.prose import FIGURE, OPEN

_DEPTH = 60
"""Lines that a head can take, stamps and signature blocks before it included."""

_BODY = re.compile(
    r"(?:can cu|kinh gui|xet |theo de nghi|chuong i|dieu 1\b|hom nay|noi nhan|toi ten la|ten toi la|kinh thua"
    r"|i\. |1\. |phan thu nhat|ho va ten|ho, chu dem)"
)
_ABOUT = re.compile(r"^\W{0,3}(?:(?:v/v|v\.v|v[ềêe] vi[ệêe]c)\b|(?P<label>tr[íi]ch y[ếêe]u)\s?:)", re.IGNORECASE)


@dataclass(slots=True)
class Head:
    """What was found. Cells keep offsets in the text. ``joined``: both columns stood on one line with a single space
    between, as OCR reads them. ``body``: the offset where the text behind type and abstract begins."""

    issuer: list[Cell] = field(default_factory=list)
    motto: list[Cell] = field(default_factory=list)
    number: DocNumber | None = None
    number_cell: Cell | None = None
    when: When | None = None
    date_cell: Cell | None = None
    place: Cell | None = None
    before_date: Cell | None = None
    type: TypeLine | None = None
    type_cell: Cell | None = None
    about: list[Cell] = field(default_factory=list)
    authority: Cell | None = None
    joined: bool = False
    start: int | None = None
    body: int | None = None
    lines_used: int = 0


class HeadReader:
    """Reads the lines of a page's beginning once, top to bottom."""

    def __init__(self, lines: list[Line], *, scanned: bool, rows: bool) -> None:
        self.lines = [shortened(line) for line in whole_lines(lines[:_DEPTH])]
        self.scanned = scanned
        self.rows = rows
        self.head = Head()
        self._before: list[tuple[Cell, int]] = []
        self._motto_line: int | None = None
        self._about_open = False
        self._in_stamp = False
        self._signed = signature_blocks(self.lines)

    def read(self) -> Head:
        """The head of these lines."""
        self._look_for_joined()
        for position, line in enumerate(self.lines):
            if self._ends(line, position):
                break
            self._line(line, position)
            if self.head.type is not None:
                break
        self._settle_issuer()
        if self.head.type is None and self.head.body is None and self._begun():
            self._end_behind_last()
        if self.head.type is not None:
            self._longer_heading()
            self._number_below(beside=True)
            self._abstract(self.head.lines_used)
        return self.head

    def _end_behind_last(self) -> None:
        """A page without a heading whose body no word opens: the head ends with the last of its parts."""
        head = self.head
        parts = (*head.issuer, *head.motto, *head.about, head.number_cell, head.date_cell)
        last = max(part.start for part in parts if part is not None)
        head.lines_used = sum(line.start <= last for line in self.lines)

    def _look_for_joined(self) -> None:
        """A motto that shares its line over a single space says that OCR read the page (``rows``: or a reader of
        text layers, which gives rows as well)."""
        for line in self.lines[:30]:
            if any(map(shares_line, line.cells())):
                self.head.joined = True
                self.scanned = self.scanned or not self.rows
                return

    def _ends(self, line: Line, position: int) -> bool:
        """Whether the body begins: the head is over even where no type was found."""
        cell = Cell(line.start, line.text, line.index)
        if _BODY.match(cell.folded.lstrip(" -*.:;'\"")) and (self._begun() or position > 12):
            self.head.body = line.start
            self.head.lines_used = position
            return True
        long_prose = len(line.text) > 110 and not is_capital(line.text) and not _ABOUT.match(line.text)
        long_prose = long_prose and find_motto(cell) is None
        if long_prose and self._begun() and self.head.number is not None:
            self.head.body = line.start
            self.head.lines_used = position
            return True
        return False

    def _begun(self) -> bool:
        return self._motto_line is not None or self.head.number_cell is not None

    def _line(self, line: Line, position: int) -> None:
        head = self.head
        if (signed := self._signed.get(line.index)) is not None:
            if signed:
                self._before.clear()
            return
        self._in_stamp = is_incoming_stamp(line.text) or (self._in_stamp and goes_on_stamp(line.text))
        if self._in_stamp:
            if self._motto_line is None:
                self._before.clear()
            return
        for cell in line.cells():
            for part in self._without_motto(cell, position):
                self._cell(part, line, position)
        head.lines_used = position + 1

    def _without_motto(self, cell: Cell, position: int) -> list[Cell]:
        motto = find_motto(cell)
        head = self.head
        if motto is None:
            return self._without_country(cell, position)
        whole = cell.cut(motto.start, motto.end)
        if whole is not None:
            head.motto.append(whole)
        left, right = cell.cut(0, motto.start), cell.cut(motto.end, len(cell.text))
        left = left if left and has_words(left.text) else None
        right = right if right and has_words(right.text) else None
        if self._motto_line is None:
            self._motto_line = position
            if left is not None and is_capital(left.text):
                # What stands above the head's first line is a stamp or a signature block.
                self._before.clear()
        return [part for part in (left, right) if part is not None]

    def _without_country(self, cell: Cell, position: int) -> list[Cell]:
        """The cell without the last words of a national title that a narrow column broke ("... CHỦ NGHĨA" / "VIỆT NAM")."""
        motto = self.head.motto
        if self._motto_line is None or position != self._motto_line + 1 or not motto[-1].folded.endswith("chu nghia"):
            return [cell]
        match = _COUNTRY.search(cell.folded)
        if match is None:
            return [cell]
        whole = cell.cut(match.start(), match.end())
        if whole is not None:
            motto.append(whole)
        parts = (cell.cut(0, match.start()), cell.cut(match.end(), len(cell.text)))
        return [part for part in parts if part is not None and has_words(part.text)]

    def _cell(self, cell: Cell, line: Line, position: int) -> None:
        head = self.head
        if self._about_open and head.about and FIGURE.match(cell.text) and OPEN.search(head.about[-1].text):
            head.about.append(cell)
            return
        if (len(cell.text) > _LONGEST_CELL and not _ABOUT.match(cell.text)) or (
            not has_words(cell.text) and number_mark(cell.folded) is None
        ):
            return
        rest: Cell | None = cell
        if (
            head.when is None
            and (when := find_date(cell.text, cell.folded)) is not None
            and self._dates_head(cell, when)
        ):
            rest = self._take_date(cell, when)
        if rest is None:
            return
        in_sentence = rest.text[:1].islower() and not (self.scanned or self._begun())
        if head.number_cell is None and not in_sentence and (at := number_mark(rest.folded)) is not None:
            rest = self._take_number(rest, at)
            if rest is None:
                return
        if (
            head.number_cell is None
            and self._motto_line is not None
            and (self.scanned or _BARE_NUMBER.match(rest.text))
        ):
            rest = self._take_unmarked(rest)
            if rest is None:
                return
        if self._about_open and is_capital(rest.text) and len(rest.text.split()) > 1:
            # A heading in capitals below the subject of a letter, or the other column's line, ends it.
            self._about_open = bool(head.about) and is_capital(head.about[-1].text)
        if self._about_open and not is_capital(rest.text) and not rest.folded.startswith("kinh gui"):
            head.about.append(rest)
            self._about_open = not self._bracket_closed()
            return
        about = _ABOUT.match(rest.text)
        if about is not None and head.number_cell is not None:
            head.about.append((rest.cut(about.end(), len(rest.text)) if about.group("label") else None) or rest)
            self._about_open = not self._bracket_closed()
            return
        typed = type_line(rest, scanned=self.scanned)
        if typed is not None and self._types(rest, typed) and not self._goes_on_issuer():
            head.type, head.type_cell = typed, rest
            return
        if (
            head.number_cell is None
            and is_capital(rest.text)
            and not _is_rule(rest)
            and not _FIELD.match(rest.folded)
        ):
            self._before.append((rest, position))
        elif head.number_cell is None and self._motto_line is None and not self._may_stand_amid(rest):
            self._before.clear()

    def _may_stand_amid(self, cell: Cell) -> bool:
        """Whether the line in small letters belongs to the body above it: a part of the body ("Tổ bầu cử số 4"), a
        field of its register ("Số hồ sơ: 123")."""
        named = cell.text[:1].isupper() and _SMALL_BODY.match(cell.folded) is not None
        return bool(self._before) and (
            named or (_FIELD.match(cell.folded) is not None and len(cell.text) < _SHORT_FIELD)
        )

    def _bracket_closed(self) -> bool:
        """Whether the subject stands in brackets, and they are closed."""
        about = self.head.about
        return about[0].text[:1] == "(" and about[-1].text.rstrip()[-1:] == ")"

    def _goes_on_issuer(self) -> bool:
        """Whether the issuer's last line is open: "PHÒNG TÀI CHÍNH -" / "KẾ HOẠCH" is a body, no plan."""
        if self.head.number_cell is not None or not self._before:
            return False
        return (
            self._before[-1][0].text.rstrip().endswith(("-", "–", ",", "&"))
            or _OPEN_BODY.search(self._before[-1][0].folded) is not None
        )

    def _types(self, cell: Cell, typed: TypeLine) -> bool:
        """Whether a heading that fits is this document's type: an inexact one only behind motto or number; none where
        the number's line has named another ("Bản án số ...": QUYẾT ĐỊNH is then a part of it)."""
        named = type_before(self.head.number_cell) if self.head.number_cell is not None else None
        if named is not None and named != typed.name:
            return False
        if typed.exact:
            return True
        if typed.rest is not None:
            return self.head.number_cell is not None or self.head.when is not None
        return self._begun() and len(cell.text) < 40

    def _dates_head(self, cell: Cell, when: When) -> bool:
        """Whether the date is that of the head: behind a place, or opening the cell; not inside a sentence."""
        before = cell.folded[: when.start].rstrip()
        behind = cell.text[when.end :].strip(" .,;*_-~'`\"")
        if (len(behind) > 25 and not is_capital(behind)) or (behind[:1].islower() and not self.scanned):
            return False
        if cell.folded.startswith(("thoi gian ky", "ky ngay", "ngay ky")):
            return False
        if not before.strip(" '\"*.:-_"):
            return (self._begun() and when.partial is not None) or when.date is not None
        return before.endswith((",", ".", ";")) or self._begun()

    def _take_date(self, cell: Cell, when: When) -> Cell | None:
        head = self.head
        head.when, head.date_cell = when, cell.cut(when.start, when.end)
        before = cell.cut(0, when.start)
        behind = cell.cut(when.end, len(cell.text))
        if behind is not None and head.number_cell is None and (at := number_mark(behind.folded)) is not None:
            self._take_number(behind, at)
            behind = None
        if before is None:
            return behind if behind and is_capital(behind.text) and has_words(behind.text) else None
        at = number_mark(before.folded)
        if at is not None:
            self._take_number(before, at)
            number = head.number
            rest = before.cut(number.end if number else at, len(before.text))
        elif head.number_cell is None and self.scanned and (found := find_number(before.text)) is not None:
            head.number_cell, head.number, at = before, found, 0
            rest = before.cut(found.end, len(before.text))
        else:
            rest = before
        head.before_date, head.place = rest, place_before(rest)
        if at is None and rest is not None and head.place is not None and head.place.start > rest.start:
            return rest.cut(0, head.place.start - rest.start)
        return None

    def _take_number(self, cell: Cell, at: int) -> Cell | None:
        head = self.head
        number = parse_number(cell.text, at, repair=self.scanned)
        if number is None and len(cell.text) - at > 60:
            return cell
        head.number_cell, head.number = cell, number
        if number is None:
            return None
        rest = cell.cut(number.end, len(cell.text))
        if rest is not None and _ABOUT.match(rest.text):
            return rest
        if rest is not None and is_capital(rest.text) and has_words(rest.text) and len(rest.text) > 5:
            return rest
        return None

    def _take_unmarked(self, cell: Cell) -> Cell | None:
        """A number whose word Số OCR lost; the cell where it has none."""
        number = find_number(cell.text) if "/" in cell.text else None
        if number is None:
            return cell
        self.head.number_cell, self.head.number = cell, number
        return None

    def _longer_heading(self) -> None:
        """A heading over two lines ("GIẤY CHỨNG NHẬN" / "KẾT HÔN") that the closed list has as one."""
        head = self.head
        below = self.lines[head.lines_used] if head.lines_used < len(self.lines) else None
        if below is None or head.type is None or head.type_cell is None or head.type.rest is not None:
            return
        cells = below.cells()
        whole = f"{head.type_cell.text} {cells[0].text}" if len(cells) == 1 else ""
        named = type_line(Cell(head.type_cell.start, whole, head.type_cell.line)) if is_capital(whole) else None
        if named is not None and named.exact and named.rest is None and named.name != head.type.name:
            head.type = named
            head.lines_used += 1

    def _number_below(self, *, beside: bool = False) -> None:
        from nlp.zones.below import BelowHeading

        below = BelowHeading(self.head, self.lines, scanned=self.scanned)
        if beside:
            below.number_beside()
        below.number_below()

    def _abstract(self, position: int) -> None:
        from nlp.zones.abstract import abstract_lines

        head = self.head
        cells, head.authority, used = abstract_lines(self.lines, position, head)
        if cells or not head.about:
            head.about = cells
        head.lines_used = used
        if head.number_cell is None and head.type is not None and head.type.open:
            self._number_below()
            used = head.lines_used
        head.body = self.lines[used].start if used < len(self.lines) else None

    def _settle_issuer(self) -> None:
        """The issuer's lines: those of the left column, without the type and what follows the number."""
        head = self.head
        cells = [cell for cell, _ in self._before]
        youth = [cell for cell in head.motto if "doan t" in cell.folded]
        if len(youth) > 1:
            # The Youth Union's name stands on the right as the title, and on the left above its unit's.
            head.motto.remove(youth[0])
            cells = sorted([*cells, youth[0]], key=lambda cell: cell.start)
        head.issuer = cells
        starts = [cell.start for cell in (*cells, *head.motto)]
        if head.number_cell is not None:
            starts.append(head.number_cell.start)
        head.start = min(starts, default=None)


_LONGEST_CELL = 300
_SHORT_FIELD = 40
_BARE_NUMBER = re.compile(rf"\d{{1,5}}/(?:(?:19|20)\d\d/)?[{UPPER}]{{2,8}}[-/][{UPPER}]{{2,8}}$")
"""A number that stands in its place without the word for it."""
_SMALL_BODY = re.compile(r"(?:to|ban|phong|tieu ban|khu vuc|doi|hoi dong)\b[^.:;,]{0,25}(?:so \d{1,3}|\d{1,3})$")
_OPEN_BODY = re.compile(r"\b(?:va|cua|cac)$")
_COUNTRY = re.compile(r"(?<!\w)viet nam(?!\w)")
_FIELD = re.compile(r"(?:so|ma|mau|ky hieu)\s[^:]{0,12}:")
"""Fields of forms beside the letterhead, in capitals and figures alone: "Số TĐV: 12.345678", "Mã ĐVQHNS: 1038072"."""


def _is_rule(cell: Cell) -> bool:
    return not has_words(cell.text)


def read_head(lines: list[Line], *, scanned: bool, rows: bool = False) -> Head:
    """The head of the document that begins with ``lines``; ``rows``: a reader gave whole rows of the page, so that
    joined columns do not prove OCR."""
    return HeadReader(lines, scanned=scanned, rows=rows).read()
