"""The lines of the abstract below the heading, and the line of the authority that may follow or precede them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from nlp.data import column, table
from nlp.header.heads import head_word
from nlp.header.number import number_mark
from nlp.header.types import family
from nlp.header.when import find_date
from nlp.zones.authority import body_in, subject_behind
from nlp.zones.lines import Cell, Line, has_words, is_capital, key
from nlp.zones.positions import opens_with_position, positions
from nlp.zones.powers import opens_with_power
from nlp.zones.prose import CONTINUES, FIGURE, OPEN, begins_prose
from ontology.folding import fold

if TYPE_CHECKING:
    from nlp.zones.head import Head

_MOST = 14
_AUTHORITY = 25
"""Letters that a title adds to the issuer's name in the line of the authority (CHỦ TỊCH ..., BỘ TRƯỞNG ...)."""


def _openers(*, firm: bool) -> re.Pattern[str]:
    """What begins the body, over folded text; ``firm``: also where the line is in capitals."""
    rows = (row for row in table("body_openers.csv") if not firm or row["even_in_capitals"] == "yes")
    return re.compile("(?:" + "|".join(row["pattern"] for row in rows) + ")")


_BODY = _openers(firm=False)
_FIRM = _openers(firm=True)
_SITS = re.compile(r"(?:khoa |ky hop|tong )")
_DATE_REST = re.compile(r"^\W*\S{0,4}\s?thang\s?\S{1,3}\s?nam\s?\d{4}\W*$")
"""The rest of the head's date line, which a scan may put below the heading."""
_ANNEXED = re.compile(
    r"^\W*\((?:(?:ban hanh |duoc ban hanh |dinh |co .{0,40})?kem theo\b|dinh kem\b|kem (?:quyet|nghi|cong|to|bao|ke)"
    r"|(?:ban hanh|phe duyet|thuc hien) (?:theo|tai|kem) |(?:da )?duoc .{3,60} thong qua\b|(?:bao cao |trinh )?(?:tai|trinh) (?:ky hop|hoi nghi|dai hoi))"
)
_TURN = re.compile(r"^\W*\(lan (?:thu )?\w+\)\W*$")
"""How often the paper was sent: "(Lần thứ 2)"."""
"""What the paper is annexed to, in brackets below its title."""
_RULE = re.compile(r"^[\W_]+$")
_SERIAL = re.compile(r"(?:Số\s?:?\s)?[A-ZĐ]{1,2}\s?(?:\d{6}|\d{8})")
"""The serial of a certificate, alone on its line below the title."""
_SESSION = re.compile(r"^\W*(?:khoa|ky hop|nhiem ky|\(?khoa)\b")


def abstract_lines(lines: list[Line], position: int, head: Head) -> tuple[list[Cell], Cell | None, int]:
    """The cells of the abstract, the authority's line, and the position of the first line behind both."""
    found: list[Cell] = []
    authority: Cell | None = None
    if head.type is not None and head.type.rest is not None and head.type_cell is not None:
        rest = head.type_cell.cut(head.type.rest, len(head.type_cell.text))
        if rest is not None and has_words(rest.text) and not is_copy_mark(rest.text):
            parted = subject_behind(rest)
            authority, found = parted if parted is not None else (None, [rest])
    while position < len(lines) and len(found) < _MOST:
        line = lines[position]
        cells = line.cells()
        cell = cells[0] if len(cells) == 1 else Cell(line.start, line.text, line.index)
        if found and FIGURE.match(cell.text) and OPEN.search(found[-1].text):
            found.append(cell)
            position += 1
            continue
        if _RULE.match(line.text) or not has_words(line.text):
            if found and len(line.text) > 4 and not has_words(line.text) and set(line.text) <= set("-_*=. —–\\"):
                return found, *_skip_authority(lines, position + 1, authority)
            position += 1
            continue
        if _ANNEXED.match(cell.folded):
            position = _behind_bracket(lines, position)
            continue
        if (
            _is_dirt(cell.text)
            or _DATE_REST.match(cell.folded)
            or (found and _SITTING.match(cell.folded))
            or (not found and (is_copy_mark(cell.text) or _TURN.match(cell.folded)))
            or (found and _SERIAL.fullmatch(cell.text.strip()))
        ):
            position += 1
            continue
        folded = cell.folded.lstrip(" -–*.:;'\"“`_~ˆ")
        if not found and (parted := subject_behind(cell, goes_on=_is_open(authority))) is not None:
            authority, found = parted
            position += 1
            continue
        if _is_table(line) or _stops(line, cell, folded, found, head):
            break
        if not is_capital(cell.text) and begins_prose(lines, position, cell, found):
            break
        found.append(cell)
        position += 1
    return found, *_skip_authority(lines, position, authority)


def _is_open(authority: Cell | None) -> bool:
    return authority is not None and CONTINUES.search(authority.text) is not None


_DIRTY = 25


def _is_dirt(text: str) -> bool:
    """Whether a short line is what a reader makes of dirt: less than half of it words of two letters or more."""
    parts = text.split()
    words = sum(len(part.strip(".,;:()")) > 1 and part.strip(".,;:()").isalpha() for part in parts)
    return len(text) < _DIRTY and len(parts) > 2 and 2 * words < len(parts) and not any(map(_LONG_WORD.search, parts))


_LONG_WORD = re.compile(r"[^\W\d_]{3}|\d{2}")


_SITTING = re.compile(r"^\W*\((?:tai |trinh )?(?:khoa|ky hop|nhiem ky)\b[^)]*\)\W*$")
"""The council's session in brackets below the subject."""
_BRACKET = 4
"""Lines that a bracket below the title can have."""


def _behind_bracket(lines: list[Line], position: int) -> int:
    """The position behind a bracket that opens at ``position``; behind its line where it is never closed."""
    for count, line in enumerate(lines[position : position + _BRACKET], 1):
        if ")" in line.text[-4:]:
            return position + count
    return position + 1


@cache
def _copy_marks() -> frozenset[str]:
    """Keys of what says below the heading which copy the paper is: "(Bản chính)", "(BẢN SAO)"."""
    return frozenset(key(mark) for mark in column("copy_marks.csv", "mark"))


def is_copy_mark(text: str) -> bool:
    """Whether the line only says which copy it is."""
    return key(text) in _copy_marks()


def _is_table(line: Line) -> bool:
    """Whether the line is a row of a table: three columns or more."""
    return sum(has_words(cell.text) for cell in line.cells()) > 2


def _states(cell: Cell, folded: str, head: Head) -> bool:
    """Whether the line of a certificate is its statement, not its title: sentences, or somebody who certifies.
    Certificates often have no title, and no word opens their body."""
    if head.type is None or _SUBJECT.match(folded):
        return False
    if family(head.type.name) in _FORMS and _LABEL.match(cell.text):
        return True
    certifies = family(head.type.name) in _CERTIFYING
    if (certifies or head.type.name.startswith(("Giấy ", "Bằng "))) and _STATEMENT.search(folded):
        return True
    return certifies and (len(cell.text) > _LONG_TITLE or cell.text.rstrip()[-1:] in ".;:")


def _certified_by(folded: str, head: Head) -> bool:
    """Whether the line of a certificate without a left column is the body that certifies."""
    found = head_word(folded)
    return found is not None and found[1] == "place" and _family(head) in _CERTIFYING


def _is_field(cell: Cell, head: Head) -> bool:
    """Whether a line in capitals is a field of a register or form ("XÃ: TÂY MỖ")."""
    return _family(head) in _FORMS and _LABEL.match(cell.text) is not None


_CERTIFYING = frozenset({"form", "civil", "certification"})
_FORMS = frozenset({"form", "civil", "certification", "personal", "register", "voucher", "minutes", "contract"})
_LABEL = re.compile(r"[^:.;]{2,45}:\s*(?=[^\W_a-zđ]|\.{3}|$)")
"""A field of a form: what is asked, a colon, what was filled in."""
_LONG_TITLE = 110
_SUBJECT = re.compile(r"^\W*(?:v/v|ve (?:viec )?|\(?v\.v)\b")
_STATEMENT = re.compile(r"(?:" + "|".join(column("statements.csv", "pattern")) + ")")


def _signs(cell: Cell) -> bool:
    """Whether the line belongs to the signature: a power, or the place and the day above it."""
    if opens_with_power(cell.text):
        return True
    when = find_date(cell.text, cell.folded) if len(cell.text) < _DATE_LINE else None
    return when is not None and when.date is not None and cell.text[: when.start].rstrip().endswith(",")


_DATE_LINE = 60


def _stops(line: Line, cell: Cell, folded: str, found: list[Cell], head: Head) -> bool:
    """Whether the abstract ends above the line."""
    capital = is_capital(cell.text)
    if _signs(cell) or (_states(cell, folded, head) if not capital else _is_field(cell, head)):
        return True
    if _BODY.match(folded) and not (capital and (not found or is_capital(found[0].text)) and not _FIRM.match(folded)):
        # No sentence of the body begins in small letters: this one is the title's, cut by a line end.
        small = found and cell.text[:1].islower() and not line.blank_before and not _FIRM.match(folded)
        small = small and not _ON_THE_DAY.match(folded)
        ends = line.text.rstrip()[-1:] in ":;./"
        opens = not found and folded.startswith(_ALSO_TITLES) and (len(line.text) < 110 or not ends)
        return not (small or (opens and _family(head) not in _CERTIFYING))
    if not capital and cell.text.endswith(":") and len(cell.text) > 12:
        return True
    if found and _ITEM.match(cell.text):
        return True
    return _decides(cell, folded, found, head) or _another(line, cell, found)


_ON_THE_DAY = re.compile(r"ngay\s?\d{1,2}\s?thang\s?\d{1,2}\s?nam\s?\d{4}, (?:tai|chung|hoi|luc)\b")
"""How minutes, contracts and decisions of assemblies begin, in small letters where a form has blanks: of the day on
which an act was issued titles say whose it is."""
_ITEM = re.compile(r"[-–+•]\s+\S.*[.;,]\s*$|[-–+•]\s+[^:]{3,40}:\s")
"""An item of a list: titles have none."""


def _decides(cell: Cell, folded: str, found: list[Cell], head: Head) -> bool:
    """Whether the line is the authority's, or the body's that certifies."""
    capital = is_capital(cell.text)
    if capital and not head.issuer and _certified_by(folded, head):
        return True
    goes_on = bool(found) and CONTINUES.search(found[-1].text) is not None
    if goes_on:
        return False
    if capital and opens_with_position(cell.text) and any(head_word(part) for part in _tails(folded)):
        return True
    whole = bool(found) and key(cell.text) == key(" ".join(part.text for part in head.issuer))
    titled = whole or (opens_with_position(cell.text) and _by_head_of_issuer(cell, head))
    return (_is_issuer(cell, head) and (capital or whole or folded.endswith((":", "dien")))) or (
        bool(found) and titled
    )


def _by_head_of_issuer(cell: Cell, head: Head) -> bool:
    """Whether the line is a post of the issuer's and its whole name, in small letters too ("Chủ tịch Ủy ban nhân dân
    quận Hoàn Kiếm"), with the word for a telegram behind it, or nothing."""
    own = _long(key(" ".join(part.text for part in head.issuer)))
    this = _long(key(cell.text)).removesuffix("dien")
    return len(own) >= _WHOLE_NAME and this.endswith(own) and len(this) <= len(own) + _AUTHORITY


_WHOLE_NAME = 8
"""Letters of a body's name that no subject ends with by chance behind a post."""


def _tails(folded: str) -> list[str]:
    """What follows each of the first four words."""
    words = folded.split()
    return [" ".join(words[count:]) for count in range(1, min(5, len(words)))]


def _another(line: Line, cell: Cell, found: list[Cell]) -> bool:
    """Whether the line is no part of the title by its looks: its letters, the gap above it, its length."""
    capital = is_capital(cell.text)
    if not found:
        return len(line.text) > 900
    before = found[-1]
    if not capital and cell.text[:1].islower() and not line.blank_before:
        return len(line.text) > _LONG_REST
    if is_capital(before.text) != capital and (key(cell.text) in positions() or not _mixed(before, cell)):
        return True
    if line.blank_before and ((capital and _bodily(cell)) or _finished(before, cell)):
        return True
    return len(line.text) > 130 and not capital


def _family(head: Head) -> str | None:
    return family(head.type.name) if head.type is not None else None


_LONG_REST = 300
"""A longer line is no rest of a title, though it begins in small letters."""
_ALSO_TITLES = ("thuc hien", "ngay ", "so ", "qua ", "thi hanh ", "trien khai ")
"""Openers of bodies that titles have too ("Thực hiện Nghị quyết ...")."""


def _mixed(before: Cell, cell: Cell) -> bool:
    """A short rest of an abstract ("NĂM 2025") may be all capitals or figures."""
    return len(cell.text) < 12 or len(before.text) < 12


def _finished(before: Cell, cell: Cell) -> bool:
    """Whether an abstract can end between the two: the second does not go on in small letters."""
    first = next((char for char in cell.text if char.isalpha()), "")
    if first.islower() or (is_capital(before.text) and is_capital(cell.text)):
        return False
    return not before.text.rstrip().endswith((",", "-", "–", "và", "của", "về", "trong", "cho"))


def _is_issuer(cell: Cell, head: Head) -> bool:
    """Whether the line is the authority that decides: the issuer's name, perhaps shortened to its type of unit
    ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH"), perhaps behind a title."""
    own = _long(key(" ".join(part.text for part in head.issuer) or _named_above(head)))
    this = _long(key(cell.text))
    if len(this) >= _WHOLE_POST and own.startswith(this) and is_capital(cell.text) and opens_with_position(cell.text):
        return True  # "THỦ TƯỚNG" decides below "THỦ TƯỚNG CHÍNH PHỦ"
    if len(this) < 6 or not own or len(this) > len(own) + _AUTHORITY:
        return False
    if this.startswith(own):
        return True
    title = _TITLE.match(this)
    body = this[title.end() :] if title else this
    if len(body) > (3 if title else 10) and (
        own.startswith(body) or own.endswith(body) or (title and body.endswith(own))
    ):
        return True
    return _bodily(cell) and own[-8:] == this[-8:]


def _bodily(cell: Cell) -> bool:
    """Whether the line opens with a body, a post, or the session of a council."""
    line = cell.folded.lstrip(" -–*.:_")
    return head_word(line) is not None or opens_with_position(cell.text) or _SITS.match(line) is not None


def _named_above(head: Head) -> str:
    """The body whose act it is by the heading ("NGHỊ ĐỊNH" / "CỦA CHÍNH PHỦ"), where no column names one."""
    authority = body_in(head.authority)
    return authority.text if authority is not None else ""


def _long(letters: str) -> str:
    """A key with the short names of committees and councils written out."""
    for short, full in _SHORT_NAMES:
        letters = letters.replace(short, full)
    return letters


_WHOLE_POST = 7
_SHORT_NAMES = (("ubnd", "uybannhandan"), ("hdnd", "hoidongnhandan"), ("ubhc", "uybanhanhchinh"))

_TITLE = re.compile(
    r"(?:chutich|botruong|giamdoc|tonggiamdoc|cuctruong|tongcuctruong|chanhvanphong|chanhthanhtra|hieutruong|truongphong|truongban|thongdoc|tongthanhtra|vientruong|chanhan|thutruong|bithu)"
)


def _skip_authority(lines: list[Line], position: int, authority: Cell | None) -> tuple[Cell | None, int]:
    """Behind the abstract: who decides, in lines of capitals, and the position behind them."""
    while position < len(lines):
        line = lines[position]
        capital = (
            number_mark(fold(line.text)) is None
            and has_words(line.text)
            and is_capital(line.text)
            and len(line.text) < 110
            and not opens_with_power(line.text)
        )
        named = head_word(fold(line.text)) is not None or (capital and opens_with_position(line.text))
        if capital and authority is None and named:
            authority = Cell(line.start, line.text, line.index)
        elif capital and authority is not None and head_word(authority.folded) == (authority.folded, "place"):
            # "ỦY BAN NHÂN DÂN" / "QUẬN DƯƠNG KINH": the unit stands on a line of its own.
            authority = Cell(authority.start, f"{authority.text} {line.text}", authority.line)
        if not has_words(line.text) or capital or _SESSION.match(line.text.lower()):
            position += 1
            continue
        break
    return body_in(authority), position
