"""One signature after the other: powers, positions and names, read top to bottom, column by column."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from nlp.data import table
from nlp.header.heads import head_word
from nlp.header.when import find_date
from nlp.letters import LOWER, UPPER
from nlp.zones.lines import Cell, Line, has_words, is_capital, key
from nlp.zones.names import NAME_AT_END, NAME_WORD, is_common, person_name, split_names, surnames
from nlp.zones.positions import (
    is_clerk,
    is_lay,
    name_apart,
    opens_with_position,
    position,
    positions,
    split_positions,
)
from ontology.folding import fold

_POWER = re.compile(
    r"(?<![\w./])(?:(?P<state>(?:T\.?\s?M|K\.?\s?T|T\.?\s?L|T\.?\s?[UƯ]\.?\s?Q|TH\.?[UƯ]\.?Q)(?=\s?[.,/])|Q(?=\s?[.,]))\s?[.,/]\s?(?!\w\.)"
    rf"|(?P<dotted>T\.M|K\.T|T\.L|T\.U\.Q)\s+|(?P<party>T\s?/\s?M|K\s?/\s?T|T\s?/\s?L)[.,]?\s+)(?=[{UPPER}“\"]{{2}})"
)
_SMALL_POWER = re.compile(
    r"^\W*(?P<state>T\.?\s?M|K\.?\s?T|T\.?\s?L|T\.?\s?U\.?\s?Q|T\s?/\s?M|K\s?/\s?T|T\s?/\s?L)\s?[./]?\s"
    rf"(?=[{UPPER}][{LOWER}])"
)
"""A power before a post or body in small letters ("K.T Chủ tịch"), as typists wrote it."""
_BARE_POWER = re.compile(rf"^\W*(?P<state>TM|KT|TL|TUQ)\s+(?=[{UPPER}]{{2}})")
_SIGNED = re.compile(
    r"^\W*\(?\s*(?:da ky|ky ten|ky,? dong dau|da ky va dong dau|ky va ghi ro ho ten|ky, ghi ro ho ten|chu ky)[^)]*\)?\W*$"
)


@cache
def _power_codes() -> dict[str, str]:
    return {form: row["code"] for row in table("powers.csv") for form in row["forms"].split(";")}


@dataclass(slots=True)
class Block:
    """A signature being read. ``confirms``: below a heading of those who confirm what another wrote.
    ``body``: for whom it is signed (TM. ỦY BAN NHÂN DÂN XÃ X)."""

    powers: list[str] = field(default_factory=list)
    position: Cell | None = None
    name: str | None = None
    confirms: bool = False
    body: Cell | None = None
    start: int | None = None
    end: int = 0

    def touch(self, cell: Cell) -> None:
        self.start = cell.start if self.start is None else min(self.start, cell.start)
        self.end = max(self.end, cell.end)

    def sign(self, cell: Cell, name: str | None = None) -> None:
        """Put the name under it."""
        self.name = name or person_name(cell.text) or cell.text
        self.touch(cell)

    @property
    def lay(self) -> bool:
        """Whether it is no official's: of who declares, witnesses, sells, records."""
        return not self.powers and self.position is not None and is_lay(self.position.text)

    @property
    def clerk(self) -> bool:
        """Whether it stands beside that of the body's head."""
        return not self.powers and self.position is not None and is_clerk(self.position.text)


class SignatureReader:
    """Reads powers, positions and names, top to bottom, column by column. ``joined``: the recipients may share the
    line of a title or name, as OCR and readers of text layers give them. ``many``: all who signed are wanted."""

    def __init__(self, lines: list[Line], *, joined: bool, many: bool, personal: bool, scanned: bool = False) -> None:
        self.lines = lines
        self.joined = joined or scanned
        self.scanned = scanned
        self.many = many
        self.personal = personal
        self._columns: list[Block] = []
        self._gaps = False

    def read(self) -> list[Block]:
        """The signature blocks that have a name, in order; without one, of a scan, the first with power or position."""
        done: list[Block] = []
        block = Block()
        since = 0
        for line in self.lines:
            cells = line.cells()
            if self._beside(cells, done):
                since = 0
            else:
                for cell in (part for whole in cells for part in name_apart(whole)):
                    step = self._cell(cell, block, alone=_stands_alone(cell, cells))
                    if step == "name":
                        done.append(block)
                        block = Block()
                    elif step:
                        since = 0
            since += 1
            if not self.many and any(not (one.lay or one.clerk) for one in done) and not self._columns:
                return done
            if since > _REACH and (block.powers or block.position):
                break
        done += [column for column in self._columns if column.name is not None]
        if not done and (block.powers or block.position is not None) and self.scanned:
            done.append(block)
        return done

    def _beside(self, cells: list[Cell], done: list[Block]) -> bool:
        """Read a line of signatures that stand side by side: powers or titles open the columns, what comes below goes
        to its column until each has its name. False where the line has neither."""
        heads = [part for cell in cells for part in self._apart(cell)]
        opening = [self._opens(part) for part in heads]
        if len(heads) > 1 and any(opening) and all(map(self._may_open, heads)):
            fresh = opens_with_power(heads[0].text) and any(column.position for column in self._columns)
            if fresh or len(heads) != len(self._columns):
                self._columns = [Block() for _ in heads]
                self._gaps = len(cells) == len(heads)
            for column, head, opens in zip(self._columns, heads, opening, strict=True):
                if opens:
                    self._open(column, head)
                elif head_word(head.folded) is not None:
                    column.body = head
            return True
        below = [column for column in self._columns if column.name is None]
        if not below:
            return False
        parts = [part for whole in cells for cell in _loosely(whole) for part in self._parts(cell, len(below))]
        if len(parts) < len(below):
            below.sort(key=lambda column: self._fits(column, parts))
        for column, part in zip(below, parts, strict=False):
            if self._opens(part):
                self._open(column, part)
            else:
                column.sign(part)
        if all(column.name is not None for column in self._columns):
            done += self._columns
            self._columns = []
        return bool(parts)

    def _fits(self, column: Block, parts: list[Cell]) -> bool:
        """Whether the column comes second for parts that are fewer than the columns: an official's title is not for
        who declares, and one who declares opens a column of his own; a name is the official's, where one signs."""
        if not parts or not self._opens(parts[0]):
            return column.lay and not self.many
        if is_lay(parts[0].text):
            return bool(column.powers) or column.position is not None or column.confirms
        return column.lay or (self._opens(parts[0]) and column.position is not None)

    def _open(self, column: Block, head: Cell) -> None:
        if _CONFIRMS.match(head.folded) and not opens_with_power(head.text):
            column.confirms = True
        else:
            self._cell(head, column, alone=True)

    def _may_open(self, part: Cell) -> bool:
        """Whether the part begins a signature, or is the body or the place and day above one."""
        named = is_capital(part.text) and part.text[:1].isupper() and not any(map(str.isdigit, part.text))
        if self._opens(part) or (named and head_word(part.folded) is not None):
            return True
        when = find_date(part.text, part.folded)
        return when is not None and len(part.text) < _SMALL

    def _parts(self, cell: Cell, most: int) -> list[Cell]:
        """The titles or names in a cell below columns."""
        heads = self._apart(cell)
        if all(self._opens(head) for head in heads):
            return heads
        if (match := _NAME_AND_TITLE.match(cell.text)) and position(match.group("title")) is not None:
            parts = (cell.cut(*match.span("name")), cell.cut(*match.span("title")))
            return [part for part in parts if part is not None]
        if self._gaps and person_name(cell.text) is not None:
            return [cell]
        return split_names(cell, most)

    def _opens(self, part: Cell) -> bool:
        return (
            opens_with_power(part.text)
            or position(part.text) is not None
            or (len(part.text) < _SMALL and _CONFIRMS.match(part.folded) is not None)
        )

    def _apart(self, cell: Cell) -> list[Cell]:
        """The powers or titles that stand side by side in a cell."""
        starts = [match.start() for match in _POWER.finditer(cell.text)]
        if starts and starts[0] > 0 and position(cell.text[: starts[0]].strip()) is not None:
            starts.insert(0, 0)
        if len(starts) < 2 or starts[0] > 0:
            return split_positions(cell)
        limits = [*starts, len(cell.text)]
        return [part for begin, end in pairwise(limits) if (part := cell.cut(begin, end)) is not None]

    def _cell(self, cell: Cell, block: Block, *, alone: bool) -> str:
        text = cell.text
        if not has_words(text):
            return ""
        power = _POWER.search(text) or _BARE_POWER.match(text) or _small_power(text)
        if power is not None and self._is_power(cell, power):
            code = _code(power)
            self.joined = self.joined or power.start() > 0
            rest = cell.cut(power.end(), len(text))
            if code in {"TM", "T/M"} and block.powers and block.name is None:
                block.powers.clear()
            block.powers.append(_power_codes().get(code, code))
            if code in {"TM", "T/M"}:
                block.body = rest
            start = cell.cut(power.start(), len(text))
            block.touch(start or cell)
            block.position = (
                rest
                if rest is not None and code not in {"TM", "T/M", "TL", "T/L", "KT", "K/T", "TUQ", "THUQ"}
                else None
            )
            return "power"
        titled = self._title(cell, block, alone=alone)
        if titled is not None:
            block.position = titled
            block.touch(titled)
            return "title"
        if _SIGNED.match(cell.folded) and not _MARK_OF_SIGNING.match(text):
            return "signed" if block.powers or block.position else ""
        if block.powers or block.position is not None:
            found = self._name(cell)
            if found is not None:
                block.sign(found[1], found[0])
                return "name"
        return ""

    def _is_power(self, cell: Cell, power: re.Match[str]) -> bool:
        rest = cell.text[power.end() :].strip()
        if power.start() > 0 and not (self.joined or len(cell.text) < 70):
            return False
        if power.re is _SMALL_POWER:
            return True
        if not is_capital(rest) or len(rest) > 90:
            return False
        return power.start() == 0 or opens_with_position(rest) or head_word(fold(rest)) is not None

    def _title(self, cell: Cell, block: Block, *, alone: bool) -> Cell | None:
        """The cell, or its end where the columns are joined, when it is a position: in capitals, or as the closed
        list has it where it stands alone (``Chủ tịch``)."""
        text = cell.text
        if len(text) < _SMALL and text[:1].isupper() and key(text) in positions():
            known = self.personal or self.many or block.powers or alone
            if known:
                return cell
        led = text[:1].isupper() and len(text) < _SMALL and text[-1:] not in ".,;:"
        if led and (block.powers or (alone and _of_own_body(text))) and opens_with_position(text):
            return cell
        if is_capital(text) and len(text) < 100:
            if position(text) is not None:
                return cell
            if not self.joined:
                return None
        if not (self.joined or text[:1] in "-–"):
            return None
        words = list(re.finditer(r"\S+", text))
        for index in range(1, len(words)):
            tail = text[words[index].start() :]
            as_listed = block.powers and tail[:1].isupper() and key(tail) in positions()
            if as_listed or (is_capital(tail) and position(tail) is not None):
                return cell.cut(words[index].start(), len(text))
        return None

    def _name(self, cell: Cell) -> tuple[str, Cell] | None:
        text = _MARK_OF_SIGNING.sub("", cell.text).strip(" .,;:_-–—*~'`\"|")
        listed = cell.text[:1] in "-–+•*"
        goes_on = cell.text.rstrip()[-1:] in ";,"
        found = None if listed or (goes_on and not self.scanned) else person_name(text)
        if found is not None and key(found) not in positions():
            return found, cell
        if not self.joined or (listed and goes_on):
            return None
        match = NAME_AT_END.search(text) or _CAPITALS_AT_END.search(text)
        if match is None or _NAMED.search(text[: match.start(1)]):
            return None
        words = list(re.finditer(r"\S+", match.group(1)))
        for first, word in enumerate(words[:-1]):
            name = " ".join(part.group() for part in words[first:])
            begin = match.start(1) + word.start()
            if _FILED.fullmatch(text[:begin] + word.group()):
                continue
            written = name.title() if name.isupper() else name
            if written.split(maxsplit=1)[0] in surnames() and not is_common(written):
                at = cell.text.find(text) + begin
                return written, cell.cut(at, len(cell.text)) or cell
        return None


def _stands_alone(cell: Cell, cells: list[Cell]) -> bool:
    """Whether the cell has its line to itself, or beside the recipients' column."""
    return len(cells) == 1 or (
        len(cells) == 2 and cell is not cells[0] and _RECIPIENT.match(cells[0].folded) is not None
    )


_RECIPIENT = re.compile(r"[-–+*•]\s?\S|\W{0,4}\S{0,3}oi (?:nhan|gui)\b")


def _of_own_body(text: str) -> bool:
    """Whether the line is a known post and the common noun of its body in small letters: "Giám đốc xí nghiệp"."""
    words = text.split()
    for count in range(2, min(5, len(words))):
        rest = " ".join(words[count:])
        if key(" ".join(words[:count])) in positions() and rest[:1].islower() and head_word(fold(rest)) is not None:
            return len(words) <= count + _OWN_BODY
    return False


_OWN_BODY = 4
"""Words of a body's common noun behind a post."""


def _loosely(cell: Cell) -> list[Cell]:
    """The parts of a cell at two spaces: names may be too long for their columns."""
    limits = [0, *(match.end() for match in re.finditer(r"\s{2,}", cell.text)), len(cell.text)]
    return [part for begin, end in pairwise(limits) if (part := cell.cut(begin, end)) is not None]


_CAPITALS_AT_END = re.compile(rf"(?<![{UPPER}]\s)(?<!\S)((?:[{UPPER}]{{2,7}}\s){{1,5}}[{UPPER}]{{2,7}})$")
_NAME_AND_TITLE = re.compile(rf"^(?P<name>(?:{NAME_WORD}\s){{1,4}}{NAME_WORD})\s+(?P<title>[{UPPER}][{UPPER}\s]+)$")
_CONFIRMS = re.compile(
    r"\W*(?:xac nhan|chung nhan|nhan xet|y kien|phe duyet|duyet|chung thuc|nguoi co tham quyen)\b(?!\s*:)"
)
"""What stands above the signatures of those who confirm (XÁC NHẬN CỦA UBND XÃ, Ý KIẾN CỦA CHI ỦY)."""
_MARK_OF_SIGNING = re.compile(r"^\W*(?:đã ký|ký tên|ký)\s?[:.)]+\s*(?=[^\W\d_])", re.IGNORECASE)
"""What copies have before the name: "Đã ký: Nguyễn Văn A"."""
_REACH = 28
"""Lines without anything of a signature after which no name is expected."""
_SMALL = 60
_NAMED = re.compile(
    r"\b(?:[Ôô]ng|[Bb]à|[Ôô]ng \(bà\)|[Đđ]ồng chí|xã|phường|thị trấn|quận|huyện|thị xã|thành phố|tỉnh|thôn|xóm)\s$"
)
"""What makes the capitals behind it a recipient's name, or a place's."""
_FILED = re.compile(r"\W*Lưu")


def _code(power: re.Match[str]) -> str:
    """The letters of a power without what stands between them: ``TM``, ``KT``; ``T/M`` with its slash."""
    groups = power.groupdict()
    printed = groups.get("state") or groups.get("dotted") or groups.get("party") or ""
    return re.sub(r"[\s.]", "", printed).upper().replace("Ư", "U")


def _small_power(text: str) -> re.Match[str] | None:
    """A power before a post or body in small letters that fills the short line."""
    match = _SMALL_POWER.match(text)
    if match is None or len(text) > _SMALL or text.rstrip()[-1:] in ".,;:":
        return None
    rest = text[match.end() :]
    return match if opens_with_position(rest) or head_word(fold(rest)) is not None else None


def has_power(text: str) -> bool:
    """Whether a power (TM., KT., T/M ...) stands in the line before words in capitals."""
    return _POWER.search(text) is not None


def opens_with_power(text: str) -> bool:
    """Whether the line opens with a power; "Q." alone may be a quận's."""
    power = _POWER.match(text.lstrip(" -*")) or _BARE_POWER.match(text) or _small_power(text)
    return power is not None and _code(power) != "Q"
