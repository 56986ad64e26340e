"""One signature after the other: powers, positions and names, read top to bottom, column by column."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from nlp.data import table
from nlp.header.heads import head_word
from nlp.letters import UPPER
from nlp.zones.lines import Cell, Line, has_words, is_capital, key
from nlp.zones.names import NAME_AT_END, is_common, person_name, split_names, surnames
from nlp.zones.positions import name_apart, opens_with_position, position, positions, split_positions
from ontology.folding import fold

_POWER = re.compile(
    r"(?<![\w.])(?:(?P<state>T\.?\s?M|K\.?\s?T|T\.?\s?L|T\.?\s?[UƯ]\.?\s?Q|TH\.?[UƯ]\.?Q|Q)\s?[.,]\s?(?!\w\.)"
    rf"|(?P<dotted>T\.M|K\.T|T\.L|T\.U\.Q)\s+|(?P<party>T\s?/\s?M|K\s?/\s?T|T\s?/\s?L)[.,]?\s+)(?=[{UPPER}“\"]{{2}})"
)
_BARE_POWER = re.compile(rf"^\W*(?P<state>TM|KT|TL|TUQ)\s+(?=[{UPPER}]{{2}})")
_SIGNED = re.compile(
    r"^\W*\(?\s*(?:da ky|ky ten|ky,? dong dau|da ky va dong dau|ky va ghi ro ho ten|ky, ghi ro ho ten|chu ky)[^)]*\)?\W*$"
)


@cache
def _power_codes() -> dict[str, str]:
    return {form: row["code"] for row in table("powers.csv") for form in row["forms"].split(";")}


@dataclass(slots=True)
class Block:
    """A signature being read."""

    powers: list[str] = field(default_factory=list)
    position: Cell | None = None
    name: str | None = None
    start: int | None = None
    end: int = 0

    def touch(self, cell: Cell) -> None:
        self.start = cell.start if self.start is None else min(self.start, cell.start)
        self.end = max(self.end, cell.end)


class SignatureReader:
    """Reads powers, positions and names, top to bottom, column by column."""

    def __init__(self, lines: list[Line], *, scanned: bool, many: bool, personal: bool) -> None:
        self.lines = lines
        self.scanned = scanned
        self.many = many
        self.personal = personal
        self._columns: list[Cell] = []

    def read(self) -> list[Block]:
        """The signature blocks that have a name, in order; without one, the first with power or position."""
        done: list[Block] = []
        block = Block()
        since = 0
        for line in self.lines:
            cells = line.cells()
            if self.many and (pair := self._pair(cells)) is not None:
                done += pair
                continue
            for cell in (part for whole in cells for part in name_apart(whole)):
                step = self._cell(cell, block)
                if step == "name":
                    done.append(block)
                    block = Block()
                elif step:
                    since = 0
            since += 1
            if done and not self.many:
                return done
            if since > 28 and (block.powers or block.position):
                break
        if not done and (block.powers or block.position is not None) and self.scanned:
            done.append(block)
        return done

    def _pair(self, cells: list[Cell]) -> list[Block] | None:
        """Titles side by side, as minutes and contracts have them: kept until the names below them come. None where
        the line has neither."""
        titled = [part for cell in cells for part in split_positions(cell)]
        if len(titled) > 1 and all(position(part.text) is not None for part in titled):
            self._columns = titled
            return []
        if len(self._columns) < 2:
            return None
        named = [part for cell in cells for part in split_names(cell, len(self._columns))]
        if len(named) != len(self._columns):
            return None
        blocks = []
        for title, name in zip(self._columns, named, strict=True):
            block = Block(position=title, name=person_name(name.text) or name.text)
            block.touch(title)
            block.touch(name)
            blocks.append(block)
        self._columns = []
        return blocks

    def _cell(self, cell: Cell, block: Block) -> str:
        text = cell.text
        if not has_words(text):
            return ""
        power = _POWER.search(text) or _BARE_POWER.match(text)
        if power is not None and self._is_power(cell, power):
            code = _code(power)
            rest = cell.cut(power.end(), len(text))
            if code in {"TM", "T/M"} and block.powers and block.name is None:
                block.powers.clear()
            block.powers.append(_power_codes().get(code, code))
            start = cell.cut(power.start(), len(text))
            block.touch(start or cell)
            block.position = (
                rest
                if rest is not None and code not in {"TM", "T/M", "TL", "T/L", "KT", "K/T", "TUQ", "THUQ"}
                else None
            )
            return "power"
        titled = self._title(cell, block)
        if titled is not None:
            block.position = titled
            block.touch(titled)
            return "title"
        if _SIGNED.match(cell.folded):
            return "signed" if block.powers or block.position else ""
        if block.powers or block.position is not None:
            found = self._name(cell)
            if found is not None:
                block.name = found[0]
                block.touch(found[1])
                return "name"
        return ""

    def _is_power(self, cell: Cell, power: re.Match[str]) -> bool:
        rest = cell.text[power.end() :].strip()
        if power.start() > 0 and not (self.scanned or len(cell.text) < 70):
            return False
        if not is_capital(rest) or len(rest) > 90:
            return False
        return power.start() == 0 or opens_with_position(rest) or head_word(fold(rest)) is not None

    def _title(self, cell: Cell, block: Block) -> Cell | None:
        """The cell, or its end where OCR joined the columns, when it is a position in capitals."""
        if self.personal and len(cell.text) < 32 and key(cell.text) in positions():
            return cell
        if is_capital(cell.text) and len(cell.text) < 100:
            if position(cell.text) is not None:
                return cell
            if block.powers and opens_with_position(cell.text):
                return cell
            if not self.scanned:
                return None
        if not (self.scanned or cell.text[:1] in "-–"):
            return None
        words = list(re.finditer(r"\S+", cell.text))
        for index in range(len(words)):
            tail = cell.text[words[index].start() :]
            if index and is_capital(tail) and position(tail) is not None:
                return cell.cut(words[index].start(), len(cell.text))
        return None

    def _name(self, cell: Cell) -> tuple[str, Cell] | None:
        text = cell.text.strip(" .,;:_-–—*~'`\"|")
        listed = cell.text[:1] in "-–+•"
        found = None if listed else person_name(text)
        if found is not None:
            return found, cell
        if not self.scanned:
            return None
        match = NAME_AT_END.search(text)
        if match is None:
            return None
        words = match.group(1).split()
        for first in range(len(words) - 1):
            name = " ".join(words[first:])
            if words[first] in surnames() and not is_common(name):
                begin = cell.text.find(words[first], match.start(1))
                return name, cell.cut(begin, len(cell.text)) or cell
        return None


def _code(power: re.Match[str]) -> str:
    """The letters of a power without what stands between them: ``TM``, ``KT``; ``T/M`` with its slash."""
    groups = power.groupdict()
    printed = groups.get("state") or groups.get("dotted") or groups.get("party") or ""
    return re.sub(r"[\s.]", "", printed).upper().replace("Ư", "U")


def has_power(text: str) -> bool:
    """Whether a power (TM., KT., T/M ...) stands in the line before words in capitals."""
    return _POWER.search(text) is not None


def opens_with_power(text: str) -> bool:
    """Whether the line opens with a power; "Q." alone may be a quận's."""
    power = _POWER.match(text.lstrip(" -*")) or _BARE_POWER.match(text)
    return power is not None and _code(power) != "Q"
