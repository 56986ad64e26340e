"""One signature after the other: powers, positions and names, read top to bottom, column by column."""

from __future__ import annotations

import re
from itertools import pairwise

from nlp.header.heads import head_word
from nlp.header.when import find_date
from nlp.letters import UPPER
from nlp.person_names import surnames
from nlp.zones.blocks import Block
from nlp.zones.columns import columns_of, loosely, spot, stands_alone
from nlp.zones.lines import Cell, Line, has_words, is_capital, key
from nlp.zones.names import NAME_AT_END, NAME_WORD, is_common, person_name, split_names
from nlp.zones.positions import (
    is_lay,
    like_position,
    name_apart,
    of_own_body,
    opens_with_position,
    position,
    positions,
    split_loosely,
    split_positions,
)
from nlp.zones.powers import BARE_POWER, POWER, has_power, opens_with_power, power_code, power_codes, small_power
from ontology.folding import fold

_SIGNED = re.compile(
    r"^\W*\(?\s*(?:da ky|ky ten|ky,? dong dau|da ky va dong dau|ky va ghi ro ho ten|ky, ghi ro ho ten|chu ky)[^)]*\)?\W*$"
)


class SignatureReader:
    """Reads powers, positions and names, top to bottom, column by column. ``joined``: the recipients may share the
    line of a title or name, as OCR and readers of text layers give them. ``many``: all who signed are wanted."""

    def __init__(
        self,
        lines: list[Line],
        *,
        joined: bool,
        many: bool,
        personal: bool,
        scanned: bool = False,
        author: str | None = None,
    ) -> None:
        self.lines = lines
        self.author = fold(author or "")
        self.joined = joined or scanned
        self.scanned = scanned
        self.many = many
        self.personal = personal
        self._columns: list[Block] = []
        self._gaps = False
        self._official = False
        self._following: list[Line] = []

    def read(self) -> list[Block]:
        """The signature blocks that have a name, in order; without one the first with power or position, of a scan or
        where a name stands below that cannot be read."""
        done: list[Block] = []
        block = Block()
        since = 0
        unread = False
        for index, line in enumerate(self.lines):
            cells = line.cells()
            foot = self.many and index >= len(self.lines) - _FOOT and len(cells) <= _COLUMNS
            self._following = self.lines[index + 1 : index + 1 + _NAMES_BELOW] if foot else []
            if self._beside(line, cells, done):
                since = 0
            elif len(cells) <= _MOST_COLUMNS:  # more are a row of a table
                for cell in (part for whole in cells for part in name_apart(whole)):
                    step = self._cell(cell, block, alone=stands_alone(cell, cells))
                    if step == "name":
                        done.append(block)
                        block = Block()
                    elif step:
                        since = 0
                    elif block.powers and block.position is not None and _NAMELIKE.match(cell.text):
                        unread = True
            since += 1
            if not self.many and any(not (one.lay or one.clerk) for one in done) and not self._columns:
                return done
            if since > _REACH and (block.powers or block.position):
                break
        done += [column for column in self._columns if column.name is not None]
        if self.many:
            # Who signs is named above too, with his party: the signature is the last.
            last = {fold(one.name or ""): one for one in done}
            done = [one for one in done if last[fold(one.name or "")] is one]
        if not done and ((self.scanned and (block.powers or block.position is not None)) or unread):
            done.append(block)
        return done

    def _beside(self, line: Line, cells: list[Cell], done: list[Block]) -> bool:
        """Read a line of signatures that stand side by side: powers or titles open the columns, what comes below goes
        to its column until each has its name. False where the line has neither."""
        heads = [part for cell in cells for part in self._apart(cell)]
        if len(heads) == 1 and self.many and not self._columns and self._names_below() > 1:
            heads = split_loosely(heads[0])
        opening = [self._opens(part) for part in heads]
        if self._untold(heads, opening):
            self._columns = [Block(position=head, start=head.start, end=head.end) for head in heads]
            self._gaps = len(cells) == len(heads)
            for column, head in zip(self._columns, heads, strict=True):
                column.spot = spot(line, head) if self._gaps else None
            return True
        if len(heads) > 1 and any(opening) and all(map(self._may_open, heads)):
            fresh = opens_with_power(heads[0].text) and any(column.position for column in self._columns)
            if fresh or len(heads) != len(self._columns):
                self._columns = [Block() for _ in heads]
                self._gaps = len(cells) == len(heads)
            for column, head, opens in zip(self._columns, heads, opening, strict=True):
                column.spot = spot(line, head) if self._gaps else None
                self._begin(column, head, opens=opens)
            return True
        below = [column for column in self._columns if column.name is None]
        if not below:
            return False
        parts = [part for whole in cells for cell in loosely(whole) for part in self._parts(cell, len(below))]
        placed = bool(parts)
        for column, part in self._dealt(line, parts, below):
            if self._opens(part):
                self._open(column, part)
            else:
                column.sign(part)
        if all(column.name is not None for column in self._columns):
            done += self._columns
            self._columns = []
        return placed

    def _begin(self, column: Block, head: Cell, *, opens: bool) -> None:
        """What stands at a column's head: a power or title, a title in small letters, the body above one."""
        if opens:
            self._open(column, head)
        elif self._looks_titled(head.text) and opens_with_position(head.text):
            column.position = head
            column.touch(head)
        elif head_word(head.folded) is not None:
            column.body = head

    def _names_below(self) -> int:
        """How many names stand side by side in the first line below that has one."""
        for line in self._following:
            names = [part for cell in line.cells() for part in split_names(cell, 2)]
            if names or len(line.text) > _SENTENCE:
                return len(names)
        return 0

    def _untold(self, heads: list[Cell], opening: list[bool]) -> bool:
        """Whether two titles that no list has stand side by side in capitals, right above two names, where all sign."""
        return (
            len(heads) > 1
            and not self._columns
            and not any(map(has_power, (head.text for head in heads)))
            and not all(opening)
            and all(is_capital(head.text) and len(head.text) < _SMALL for head in heads)
            and not any(any(map(str.isdigit, head.text)) or head_word(head.folded) for head in heads)
            and self._names_below() == len(heads)
        )

    def _dealt(self, line: Line, parts: list[Cell], below: list[Block]) -> list[tuple[Block, Cell]]:
        """Each part with the column it stands in: in their order where there are as many, by where they stand on the
        line where gaps show it, else those first that they fit, in doubt where they fit others as well."""
        if len(parts) >= len(below) == len(self._columns):
            return list(zip(below, parts, strict=False))
        heads = [column.spot for column in self._columns if column.spot is not None]
        if len(heads) == len(self._columns) and (line.lead or len(parts) > 1):
            order = columns_of(heads, [spot(line, part) for part in parts])
            found = [(self._columns[index], part) for index, part in zip(order or (), parts, strict=False)]
            kept = [(column, part) for column, part in found if self._takes(column, part)]
            if order is not None and not (kept and self._opens(kept[0][1]) and self._fits(kept[0][0], parts)):
                return kept
        below = sorted(below, key=lambda column: self._fits(column, parts))
        fitting = sum(not self._fits(column, parts) for column in below)
        for column in below[: len(parts)] if len(parts) < fitting else ():
            column.doubtful = True
        return list(zip(below, parts, strict=False))

    def _takes(self, column: Block, part: Cell) -> bool:
        """Whether what stands below a column is its title or name: not where it has one, nor who is confirmed, nor
        capitals below "XÁC NHẬN CỦA UBND XÃ", which are the rest of the heading."""
        if column.name is not None or (column.confirms and self.author == fold(part.text)):
            return False
        return self._opens(part) or not (column.confirms and column.position is None and is_capital(part.text))

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
        if self._looks_titled(part.text) and opens_with_position(part.text):
            return True
        when = find_date(part.text, part.folded)
        return when is not None and len(part.text) < _SMALL

    @staticmethod
    def _looks_titled(text: str) -> bool:
        """Whether the words can be a title in small letters: few, without figures and stops."""
        plain = not any(sign.isdigit() or sign in ".,;:" for sign in text)
        return plain and len(text) < _SMALL_TITLE and text[:1].isupper() and person_name(text) is None

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
            or self._small_title(part)
        )

    def _small_title(self, part: Cell) -> bool:
        """Whether a title in small letters that no list has stands above a name, where all sign ("Người dẫn đạc")."""
        text = part.text
        return self.many and self._looks_titled(text) and is_lay(text) and self._names_below() > 0

    def _apart(self, cell: Cell) -> list[Cell]:
        """The powers or titles that stand side by side in a cell."""
        starts = [match.start() for match in POWER.finditer(cell.text)]
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
        power = POWER.search(text) or BARE_POWER.match(text) or small_power(text)
        if power is not None and self._is_power(cell, power):
            code = power_code(power)
            self.joined = self.joined or power.start() > 0
            rest = cell.cut(power.end(), len(text))
            if code in {"TM", "T/M"} and block.powers and block.name is None:
                block.powers.clear()
            block.powers.append(power_codes().get(code, code))
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
        titled = cell if self._small_title(cell) else self._title(cell, block, alone=alone)
        if titled is not None and not self.many and block.powers and block.position and is_lay(titled.text):
            return ""  # of the other column, which this reader joined
        if titled is not None:
            block.position = titled
            block.touch(titled)
            return "title"
        if _SIGNED.match(cell.folded) and not _MARK_OF_SIGNING.match(text):
            return "signed" if block.powers or block.position else ""
        if block.powers or block.position is not None:
            self._official = bool(block.powers)
            found = self._name(cell)
            if found is not None:
                block.sign(found[1], found[0])
                return "name"
        return ""

    def _is_power(self, cell: Cell, power: re.Match[str]) -> bool:
        rest = cell.text[power.end() :].strip()
        if power.start() > 0 and not (self.joined or len(cell.text) < 70):
            return False
        if len(rest) > 90:
            return False
        named = opens_with_position(rest) or head_word(fold(rest)) is not None
        if not is_capital(rest):
            return named and len(rest) < _SMALL and rest[-1:] not in ".,;:"
        return power.start() == 0 or named

    def _title(self, cell: Cell, block: Block, *, alone: bool) -> Cell | None:
        """The cell, or its end where the columns are joined, when it is a position: in capitals, or as the closed
        list has it where it stands alone (``Chủ tịch``)."""
        text = cell.text
        if len(text) < _SMALL and text[:1].isupper() and key(text) in positions():
            known = self.personal or self.many or block.powers or alone
            if known:
                return cell
        led = text[:1].isupper() and len(text) < _SMALL and text[-1:] not in ".,;:"
        if led and (block.powers or (alone and of_own_body(text))) and opens_with_position(text):
            return cell
        if is_capital(text) and len(text) < 100:
            if position(text) is not None:
                return cell
            if not self.joined:
                return None
        if not (self.joined or text[:1] in "-–"):
            return None
        for word in _WORD_BEHIND.finditer(text, max(0, len(text) - _TAIL)):
            tail = text[word.start() :]
            as_listed = block.powers and tail[:1].isupper() and key(tail) in positions()
            if as_listed or (is_capital(tail) and position(tail) is not None):
                return cell.cut(word.start(), len(text))
        return None

    def _name(self, cell: Cell) -> tuple[str, Cell] | None:
        text = _SIGNED_BEHIND.sub("", _MARK_OF_SIGNING.sub("", cell.text)).strip(" .,;:_-–—*~'`\"|")
        listed = cell.text[:1] in "-–+•*"
        goes_on = cell.text.rstrip()[-1:] in ";,"
        found = None if listed or (goes_on and not self.scanned) else person_name(text)
        if found is not None and not like_position(found):
            if self.author and self.author == fold(found) and self._official:
                return None  # of the other column, which the reader joined
            return found, cell
        if not self.joined or (listed and goes_on):
            return None
        match = NAME_AT_END.search(text) or _CAPITALS_AT_END.search(text)
        if match is None or _NAMED.search(text[: match.start(1)]):
            return None
        if self.author and self._official and fold(match.group(1)).endswith(self.author):
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


_CAPITALS_AT_END = re.compile(rf"(?<![{UPPER}]\s)(?<!\S)((?:[{UPPER}]{{2,7}}\s){{1,5}}[{UPPER}]{{2,7}})$")
_NAME_AND_TITLE = re.compile(rf"^(?P<name>(?:{NAME_WORD}\s){{1,4}}{NAME_WORD})\s+(?P<title>[{UPPER}][{UPPER}\s]+)$")
_CONFIRMS = re.compile(
    r"\W*(?:xac nhan|chung nhan|nhan xet|y kien|phe duyet|duyet|chung thuc|nguoi co tham quyen)\b(?!\s*:)"
)
"""What stands above the signatures of those who confirm (XÁC NHẬN CỦA UBND XÃ, Ý KIẾN CỦA CHI ỦY)."""
_SIGNED_BEHIND = re.compile(r"\s[-–(]?\s?(?:đã ký|ký|ký tên)\)?\W*$")
"""What copies have behind the name: "Nguyễn Văn A (đã ký)"."""
_MARK_OF_SIGNING = re.compile(r"^\W*(?:đã ký|ký tên|ký)\s?[:.)]+\s*(?=[^\W\d_])", re.IGNORECASE)
"""What copies have before the name: "Đã ký: Nguyễn Văn A"."""
_FOOT = 16
"""Lines at the end of minutes and contracts in which titles that no list has are looked for."""
_COLUMNS, _MOST_COLUMNS = 2, 3
_NAMES_BELOW = 6
_SMALL_TITLE = 40
_SENTENCE = 110
_NAMELIKE = re.compile(rf"[{UPPER}]\S{{0,8}}(?:\s\S{{1,8}}){{0,2}}\s[{UPPER}]\S{{0,8}}$")
"""What stands like a name, though it is none: its letters were damaged."""
_REACH = 28
"""Lines without anything of a signature after which no name is expected."""
_WORD_BEHIND = re.compile(r"(?<=\s)\S+")
_TAIL = 100
"""Characters at the end of a line among which a position that closes it begins."""
_SMALL = 60
_NAMED = re.compile(
    r"\b(?:[Ôô]ng|[Bb]à|[Ôô]ng \(bà\)|[Đđ]ồng chí|xã|phường|thị trấn|quận|huyện|thị xã|thành phố|tỉnh|thôn|xóm)\s$"
)
"""What makes the capitals behind it a recipient's name, or a place's."""
_FILED = re.compile(r"\W*Lưu")
