"""Who signed: powers, positions and names of the signature block, beside "Nơi nhận" or below it (Decree 30/2020,
Appendix I; Party: T/M, K/T, T/L), and the two or more signers of minutes and contracts."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from spacy.language import Language as _Language

from nlp.data import column, table
from nlp.header.heads import head_word
from nlp.header.issuer import lost_marks
from nlp.header.placenames import is_province
from nlp.header.types import family
from nlp.letters import LOWER, UPPER
from nlp.model import Extraction, Signer, Zone
from nlp.zones.layout import Layout, layout_of
from nlp.zones.lines import Cell, Line, has_words, is_capital, key
from ontology.folding import fold

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_POWER = re.compile(
    r"(?<![\w.])(?:(?P<state>T\.?\s?M|K\.?\s?T|T\.?\s?L|T\.?\s?[UƯ]\.?\s?Q|TH\.?[UƯ]\.?Q|Q)\s?[.,]\s?(?!\w\.)"
    rf"|(?P<dotted>T\.M|K\.T|T\.L|T\.U\.Q)\s+|(?P<party>T\s?/\s?M|K\s?/\s?T|T\s?/\s?L)[.,]?\s+)(?=[{UPPER}“\"]{{2}})"
)
_BARE_POWER = re.compile(rf"^\W*(?P<state>TM|KT|TL|TUQ)\s+(?=[{UPPER}]{{2}})")
_RECIPIENTS = re.compile(r"^\W{0,4}\S{0,3}[oơớờ]i\s{0,3}nh[aâậạă]n\b", re.IGNORECASE | re.MULTILINE)
_SIGNED = re.compile(
    r"^\W*\(?\s*(?:da ky|ky ten|ky,? dong dau|da ky va dong dau|ky va ghi ro ho ten|ky, ghi ro ho ten|chu ky)[^)]*\)?\W*$"
)
_RANK = re.compile(
    r"^(?:(?:đại tướng|thượng tướng|trung tướng|thiếu tướng|đại tá|thượng tá|trung tá|thiếu tá|đại úy|thượng úy|trung úy|thiếu úy"
    rf"|ths?|ts|gs|pgs|bs|ks|luật sư|thạc sĩ|tiến sĩ|bác sĩ|kỹ sư|ông|bà|đ/c|đồng chí)[.:]?\s*)+(?=[{UPPER}])",
    re.IGNORECASE,
)
_NAME_WORD = rf"[{UPPER}][{LOWER}’']{{0,6}}"
_NAME = re.compile(rf"^(?:{_NAME_WORD}\s){{1,4}}{_NAME_WORD}$")
_NAME_AT_END = re.compile(rf"(?:(?<=\s)|^)((?:{_NAME_WORD}\s){{1,4}}{_NAME_WORD})\W{{0,3}}$")
_CAPITAL_NAME = re.compile(rf"^(?:[{UPPER}]{{1,7}}\s){{1,4}}[{UPPER}]{{1,7}}$")
_REACH = 45


@cache
def _titles() -> dict[str, str]:
    return {key(title): title for title in column("positions.csv", "title")}


@cache
def _surnames() -> frozenset[str]:
    return frozenset(column("surnames.csv", "surname"))


@cache
def _power_codes() -> dict[str, str]:
    return {form: row["code"] for row in table("powers.csv") for form in row["forms"].split(";")}


@dataclass(slots=True)
class _Block:
    """A signature being read."""

    powers: list[str] = field(default_factory=list)
    position: Cell | None = None
    name: str | None = None
    start: int | None = None
    end: int = 0

    def touch(self, cell: Cell) -> None:
        self.start = cell.start if self.start is None else min(self.start, cell.start)
        self.end = max(self.end, cell.end)


class Signers:
    """Fills ``signers``, ``author`` and the zones of signature and recipients."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill in place."""
        extraction: Extraction = doc._.extraction
        fill_signers(extraction, layout_of(doc))
        return doc


@_Language.factory("hoso_signers")
def make(nlp: Language, name: str) -> Signers:
    """The factory of the component."""
    return Signers()


def fill_signers(extraction: Extraction, layout: Layout) -> None:
    """Write signers (or the author of a letter) and their zones."""
    if not extraction.readable or layout.archive:
        return
    lines = layout.lines[layout.head.lines_used :]
    kind = family(extraction.type)
    many = kind in {"minutes", "contract", "voucher"}
    recipients = _recipients(extraction.text, layout)
    window = _window(lines, recipients, many=many)
    blocks = _Reader(window, scanned=layout.scanned, many=many, personal=kind == "personal").read()
    if kind == "personal" and extraction.number is None:
        _author(extraction, blocks, layout)
    kept = blocks if many else blocks[:1]
    if not many and recipients is not None and not (kept and kept[0].name):
        kept = _named_below(kept, lines, recipients[1])
    for block in kept:
        extraction.signers.append(
            Signer(
                block.name or "",
                _spoken(block.position, scanned=layout.scanned),
                tuple(block.powers),
                block.start,
                block.end,
            )
        )
        if block.start is not None:
            extraction.zones.append(Zone("signature", block.start, block.end))
    if recipients is not None:
        extraction.zones.append(Zone("recipients", *recipients))
    if kept:
        extraction.confidence["signer"] = _confidence(kept[0], scanned=layout.scanned)


def _named_below(blocks: list[_Block], lines: list[Line], end: int) -> list[_Block]:
    """A signature whose power and position the stamp hid: the name stands alone below the recipients all the same."""
    below = [line for line in lines if line.start >= end][:_BELOW]
    for cell in (cell for line in below for cell in line.cells()):
        name = _name(cell.text.strip(" .,;:_-–—*~'`\"|"))
        if name is not None and name.split()[0] in _surnames():
            block = blocks[0] if blocks else _Block()
            block.name = name
            block.touch(cell)
            return [block]
    return blocks


_BELOW = 4


def _confidence(block: _Block, *, scanned: bool) -> float:
    known = block.name is not None and fold(block.name.split()[0]) in {fold(name) for name in _surnames()}
    base = 0.95 if block.powers or block.position is not None else 0.7
    if not known:
        base -= 0.2
    return min(base, 0.7 if known else 0.4) if scanned else base


def _recipients(text: str, layout: Layout) -> tuple[int, int] | None:
    """Where the list of recipients stands: from "Nơi nhận" to its last line ("Lưu: ...")."""
    body = layout.head.body if layout.head.body is not None else layout.start
    match = _RECIPIENTS.search(text, body, layout.end)
    if match is None:
        return None
    end = match.end()
    for line in layout.lines:
        if line.start <= match.start():
            continue
        folded = fold(line.text)
        if line.start - match.start() > 3500:
            break
        if line.text[:1] in "-–~+•*" or re.match(r"^\W*(?:nhu |luu|l[uư]u\b)", folded) or line.text[:1].islower():
            end = line.end
        if re.match(r"^\W{0,4}l[uư]u\b", folded):
            break
    return match.start(), end


def _window(lines: list[Line], recipients: tuple[int, int] | None, *, many: bool) -> list[Line]:
    """The lines among which the signature stands: about the first "Nơi nhận", else about the first power, else the
    end. Minutes and contracts: the end, where all sign."""
    if not lines:
        return []
    if many:
        return lines[-_REACH:]
    if recipients is not None:
        at = next((i for i, line in enumerate(lines) if line.end > recipients[0]), 0)
        return lines[max(0, at - 14) : at + _REACH]
    for index, line in enumerate(lines):
        text = line.text
        if len(text) < 90 and ("." in text[:4] or "/" in text[:4] or index > 3) and _POWER.search(text):
            return lines[max(0, index - 3) : index + _REACH]
    return lines[-30:]


class _Reader:
    """Reads powers, positions and names, top to bottom, column by column."""

    def __init__(self, lines: list[Line], *, scanned: bool, many: bool, personal: bool) -> None:
        self.lines = lines
        self.scanned = scanned
        self.many = many
        self.personal = personal
        self._columns: list[Cell] = []

    def read(self) -> list[_Block]:
        """The signature blocks that have a name, in order; without one, the first with power or position."""
        done: list[_Block] = []
        block = _Block()
        since = 0
        for line in self.lines:
            cells = line.cells()
            if self.many and (pair := self._pair(cells)) is not None:
                done += pair
                continue
            for cell in (part for whole in cells for part in _apart(whole)):
                step = self._cell(cell, block)
                if step == "name":
                    done.append(block)
                    block = _Block()
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

    def _pair(self, cells: list[Cell]) -> list[_Block] | None:
        """Titles side by side, as minutes and contracts have them: kept until the names below them come. None where
        the line has neither."""
        titled = [part for cell in cells for part in split_titles(cell)]
        if len(titled) > 1 and all(_title(part.text) is not None for part in titled):
            self._columns = titled
            return []
        if len(self._columns) < 2:
            return None
        named = [part for cell in cells for part in split_names(cell, len(self._columns))]
        if len(named) != len(self._columns):
            return None
        blocks = []
        for title, name in zip(self._columns, named, strict=True):
            block = _Block(position=title, name=_name(name.text) or name.text)
            block.touch(title)
            block.touch(name)
            blocks.append(block)
        self._columns = []
        return blocks

    def _cell(self, cell: Cell, block: _Block) -> str:
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
        return power.start() == 0 or _opens_with_title(rest) or head_word(fold(rest)) is not None

    def _title(self, cell: Cell, block: _Block) -> Cell | None:
        """The cell, or its end where OCR joined the columns, when it is a position in capitals."""
        if self.personal and len(cell.text) < 32 and key(cell.text) in _titles():
            return cell
        if is_capital(cell.text) and len(cell.text) < 100:
            if _title(cell.text) is not None:
                return cell
            if block.powers and _opens_with_title(cell.text):
                return cell
            if not self.scanned:
                return None
        if not (self.scanned or cell.text[:1] in "-–"):
            return None
        words = list(re.finditer(r"\S+", cell.text))
        for index in range(len(words)):
            tail = cell.text[words[index].start() :]
            if index and is_capital(tail) and _title(tail) is not None:
                return cell.cut(words[index].start(), len(cell.text))
        return None

    def _name(self, cell: Cell) -> tuple[str, Cell] | None:
        text = cell.text.strip(" .,;:_-–—*~'`\"|")
        listed = cell.text[:1] in "-–+•"
        found = None if listed else _name(text)
        if found is not None:
            return found, cell
        if not self.scanned:
            return None
        match = _NAME_AT_END.search(text)
        if match is None:
            return None
        words = match.group(1).split()
        for first in range(len(words) - 1):
            name = " ".join(words[first:])
            if words[first] in _surnames() and not _common(name):
                begin = cell.text.find(words[first], match.start(1))
                return name, cell.cut(begin, len(cell.text)) or cell
        return None


_TITLE_AND_NAME = re.compile(
    rf"^(?P<title>[{UPPER}][{UPPER}\s,.\-–/]+[{UPPER}])\s+(?P<name>(?:{_NAME_WORD}\s){{1,4}}{_NAME_WORD})$"
)


def split_titles(cell: Cell) -> list[Cell]:
    """The positions that stand side by side in one cell (``TỔ TRƯỞNG THƯ KÝ``); the cell itself where it is one."""
    words = list(re.finditer(r"\S+", cell.text))
    if not 3 <= len(words) <= 14 or not is_capital(cell.text) or key(cell.text) in _titles():
        return [cell]
    for cut in range(2, len(words) - 1):
        left, right = cell.text[: words[cut].start()].strip(), cell.text[words[cut].start() :]
        same_start = words[cut].group() == words[0].group() and _opens_with_title(left) and _opens_with_title(right)
        if (key(left) in _titles() and key(right) in _titles()) or same_start:
            parts = (cell.cut(0, words[cut].start()), cell.cut(words[cut].start(), len(cell.text)))
            return [part for part in parts if part is not None]
    return [cell]


def split_names(cell: Cell, count: int) -> list[Cell]:
    """The persons' names in one cell, at most ``count``: each begins with a surname and has two words or more."""
    plain = cell.cut(0, len(cell.text))
    if plain is None or not _NAMES.match(plain.text):
        return [plain] if plain is not None and _name(plain.text) is not None else []
    words = list(re.finditer(r"\S+", plain.text))
    starts = [index for index, word in enumerate(words) if word.group() in _surnames()]
    best: list[int] = []
    for index in starts:
        if (index == 0 or (best and index - best[-1] >= 2)) and len(words) - index >= 2 and len(best) < count:
            best.append(index)
    if len(best) < 2 or best[0] != 0:
        return [plain] if _name(plain.text) is not None else []
    # A middle name may be a surname too: the cuts that leave parts of like length are the names.
    if count == 2:
        middle = min((i for i in starts if i >= 2 and len(words) - i >= 2), key=lambda i: abs(2 * i - len(words)))
        best = [0, middle]
    limits = [words[index].start() for index in best] + [len(plain.text)]
    parts = [plain.cut(begin, end) for begin, end in itertools.pairwise(limits)]
    return [part for part in parts if part is not None]


_NAMES = re.compile(rf"^(?:{_NAME_WORD}\s+){{3,}}{_NAME_WORD}$")


def _code(power: re.Match[str]) -> str:
    """The letters of a power without what stands between them: ``TM``, ``KT``; ``T/M`` with its slash."""
    groups = power.groupdict()
    printed = groups.get("state") or groups.get("dotted") or groups.get("party") or ""
    return re.sub(r"[\s.]", "", printed).upper().replace("Ư", "U")


def _apart(cell: Cell) -> list[Cell]:
    """A cell with a position and a name on one line, as two."""
    match = _TITLE_AND_NAME.match(cell.text)
    if match is None or _title(match.group("title")) is None:
        return [cell]
    parts = (cell.cut(*match.span("title")), cell.cut(*match.span("name")))
    return [part for part in parts if part is not None]


def _name(text: str) -> str | None:
    """The person's name when the cell is one, without rank or degree; capitals come out as written."""
    plain = _RANK.sub("", " ".join(text.split())).strip(" .,;:_-–*")
    if _NAME.match(plain) and not _common(plain):
        return plain
    if _CAPITAL_NAME.match(plain) and plain.split()[0].capitalize() in _surnames() and _title(plain) is None:
        return " ".join(word.capitalize() for word in plain.split())
    return None


def _common(plain: str) -> bool:
    """Whether the words are no person's name: a body's, a province's, or opened by no surname and short."""
    if is_province(plain):
        return True
    first = plain.split(maxsplit=1)[0]
    return first not in _surnames() and (fold(first) in _NO_NAMES or head_word(fold(plain)) is not None)


_NO_NAMES = frozenset(column("no_names.csv", "word"))


def _title(text: str) -> str | None:
    """The position in capitals that the text is, whole or with what it leads ("TRƯỞNG PHÒNG NỘI VỤ"); None else."""
    this = key(text)
    if this in _titles():
        return text
    if not is_capital(text) or len(this) > 60 or this in _BROKEN:
        return None
    return text if _opens_with_title(text) else None


_BROKEN = frozenset({"truong", "pho", "thuongtruc", "quyen"})
"""What is left of a position when a stamp took its other half."""


def _opens_with_title(text: str) -> bool:
    folded = fold(text).strip(" .*-")
    return (
        re.match(
            r"(?:quyen |pho |nguyen )*(?:chu tich|bi thu|giam doc|tong giam doc|truong|cuc truong|vu truong|chanh|bo truong|thu truong"
            r"|vien truong|hieu truong|tong cuc truong|chi cuc truong|chu nhiem|thu tuong|tu lenh|chinh uy|chi huy|doi truong|to truong|tram truong"
            r"|hat truong|uy vien|thuong truc|thong doc|tong thanh tra|tong kiem toan|chu toa|thu ky|nguoi (?:lam don|viet don|khai|lap|ky)|dai dien|thu truong don vi|ke toan|thu quy)\b",
            folded,
        )
        is not None
    )


def _author(extraction: Extraction, blocks: list[_Block], layout: Layout) -> None:
    """The author of a letter: who signs at its end, else who is named by "Tôi tên là"."""
    named = _SELF.search(extraction.text, layout.start, layout.end)
    if named is not None:
        extraction.author = " ".join(named.group(1).split())
        extraction.confidence["author"] = 0.6 if layout.scanned else 0.9
    elif blocks and blocks[0].name:
        extraction.author = blocks[0].name
        extraction.confidence["author"] = 0.5 if layout.scanned else 0.8


_SELF = re.compile(
    rf"(?:[Tt]ôi tên là|[Tt]ên tôi là|[Tt]ôi là|[Hh]ọ và tên|[Hh]ọ tên|[Hh]ọ, tên)\s?:?\s*((?:{_NAME_WORD}[ \t]){{1,4}}{_NAME_WORD})"
)


def _spoken(cell: Cell | None, *, scanned: bool) -> str | None:
    """The position as printed; from a scan without dirt, and in the spelling of the closed list where it is there."""
    if cell is None:
        return None
    text = re.sub(r"\s+", " ", cell.text).strip(" .,:;_-–—*~'`\"|")
    if scanned:
        text = re.sub(r"^[\W_ˆ]+|[^\w)]+$", "", text.strip(" ˆ"))
    known = _titles().get(key(text))
    if known is not None and is_capital(text) and (scanned or lost_marks(text, known)):
        return known
    return text or None
