"""Issuer and parent from the lines of the head's left column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from nlp.data import column, table
from nlp.header.body_names import DASHES, NEAR, name_ends, phrases, repair_body, typed_front
from nlp.header.heads import head_word
from nlp.header.lower_unit import lower_unit
from nlp.header.placenames import is_province
from nlp.repair.confusion import lost_marks
from nlp.repair.syllables import is_syllable
from nlp.zones.lines import Cell, key
from ontology.folding import fold

_UNIT = re.compile(
    r"^(?:tinh|thanh pho|tp\.?|quan|huyen|thi xa|thi tran|phuong|xa|khu|dac khu|thon|ap|lien khu|khu tu tri) "
)
_SESSION = re.compile(r"(?:khoa|ky hop|nhiem ky)\b.*\d|(?:khoa|ky hop thu) [ivxl]+\b")
"""A council's term and session, below its name."""
_OPEN_END = re.compile(r"(?:\bva|,|-|–|&|\bdai bieu|\bcua|\bcac|\bve|\btp\.?|\bthanh pho|\btinh|\bhuyen|\bquan)$")


@dataclass(frozen=True, slots=True)
class Issuer:
    """The issuing body as printed (lines joined), its parent, the offsets of the issuer, and whether every word of
    it is known (``known``) or was repaired (``repaired``)."""

    name: str
    parent: str | None
    start: int
    end: int
    known: bool
    repaired: bool


def read_issuer(cells: Sequence[Cell], *, scanned: bool, text: str = "") -> Issuer | None:
    """Join the lines to bodies: the last one is the issuer, the one above its parent; None without a line.

    ``text`` of a scanned document is a second witness for a name that lost its head word.
    """
    lines = [_Line(cell, *_clean(cell, scanned=scanned), scanned=scanned) for cell in cells]
    lines = [line for line in lines if line.text and not _SESSION.match(line.folded)]
    bodies: list[list[_Line]] = []
    for index, line in enumerate(lines):
        follows = lines[index + 1] if index + 1 < len(lines) else None
        if bodies and not _begins(line, bodies[-1], follows):
            bodies[-1].append(line)
        else:
            bodies.append([line])
    named = [
        body for body in bodies if head_word(body[0].folded) or _is_organ(body[0].folded) or is_hamlet(body[0].text)
    ]
    if scanned and named:
        bodies = named
    if not bodies:
        return None
    last = bodies[-1] = _without_upper(bodies[-1])
    if (under := _lower(last, scanned=scanned)) is not None:
        return under
    name, known, repaired = _joined(last, scanned=scanned)
    if (
        scanned
        and (not known or head_word(fold(name)) == (fold(name), "place"))
        and (whole := _completed(name, text)) is not None
    ):
        name, known, repaired = whole, True, True
    if scanned and head_word(fold(name)) == (fold(name), "place"):
        known = False
    parent = _joined(bodies[-2], scanned=scanned)[0] if len(bodies) > 1 else None
    return Issuer(name, parent, last[0].cell.start, last[-1].cell.end, known, repaired)


def _without_upper(body: list[_Line]) -> list[_Line]:
    """The lines without a last one that is the province alone below a body of a district or commune ("TÒA ÁN NHÂN DÂN
    HUYỆN X" / "TỈNH Y"): it says where the unit lies, and is no part of the body's name."""
    above = " ".join(line.folded for line in body[:-1])
    upper = len(body) > 1 and _PROVINCE.match(body[-1].folded) is not None
    lower = _OF_DISTRICT.search(above) is not None and head_word(above) is not None
    return body[:-1] if upper and lower and not _OPEN_END.search(above) else body


_PROVINCE = re.compile(r"(?:tinh|thanh pho|tp\.?) \w")
_OF_DISTRICT = re.compile(r"\b(?:huyen|quan|thi xa|xa|phuong|thi tran) \w")


def _lower(body: list[_Line], *, scanned: bool) -> Issuer | None:
    """The committee of the lower unit, where the body's lines name two units one below the other; its parent is the
    committee above."""
    found = lower_unit([line.text for line in body])
    if found is None:
        return None
    index, word = found
    above, below = body[:index], body[index:]
    place, known, repaired = _joined(below, scanned=scanned)
    deeper = _lower(above, scanned=scanned)
    parent = deeper.name if deeper is not None else _joined(above, scanned=scanned)[0]
    return Issuer(f"{word} {place}", parent, body[0].cell.start, body[-1].cell.end, known, repaired)


@dataclass(slots=True)
class _Line:
    cell: Cell
    plain: str
    text: str
    known: bool
    repaired: bool
    scanned: bool = False

    @property
    def folded(self) -> str:
        return fold(self.text)


def _is_organ(folded: str) -> bool:
    return folded.endswith((" uy", " dang bo"))


def _joined(body: list[_Line], *, scanned: bool) -> tuple[str, bool, bool]:
    """The body's name, whether all of it is known, and whether it was repaired. A name over several lines is looked
    up whole first: its lines alone may look like another body's."""
    whole = " ".join(line.plain for line in body)
    if scanned and len(body) > 1 and (repaired := repair_body(whole)) is not None:
        return repaired, True, repaired != whole
    name = re.sub(r"\s+", " ", "".join(_glue(body, at) + line.text for at, line in enumerate(body))).strip()
    return name, all(line.known for line in body), any(line.repaired for line in body)


def _glue(body: list[_Line], at: int) -> str:
    """What joins a line of a body to the one above: the dash that ends or begins one of them, else a space."""
    if at == 0:
        return ""
    return " - " if _dashed(body[at - 1], body[at]) else " "


def _dashed(above: _Line, line: _Line) -> bool:
    """Whether a dash joins the two lines to one name; on a scan, where dirt looks so, only between known names."""
    if above.cell.text.rstrip()[-1:] not in DASHES and line.cell.text.lstrip()[:1] not in DASHES:
        return False
    return not above.scanned or (key(above.text) in phrases() and key(line.text) in phrases())


def _completed(name: str, text: str) -> str | None:
    """A scanned name made whole by the document's own text: the known body that ends with what is left of it, or the
    body and place that the text names behind an incomplete head ("ỦY BAN NHÂN DÂN"). None without a witness."""
    this = key(name)
    if len(this) < 8:
        return None
    folded = fold(text)
    head = head_word(fold(name))
    if head is None:
        counted = [(folded.count(fold(known)), known) for phrase, known in phrases().items() if phrase.endswith(this)]
        best = max(counted, default=(0, ""))
        return best[1] if best[0] else None
    if fold(name) != head[0]:
        near = process.extract(this, tuple(phrases()), scorer=fuzz.ratio, score_cutoff=NEAR, limit=3)
        named = [spelling for spelling in (phrases()[found[0]] for found in near) if fold(spelling) in folded]
        return next((spelling for spelling in named if fold(spelling).startswith(head[0])), None)
    if head[1] != "place":
        return None
    match = re.search(rf"{re.escape(head[0])}\s+(?:tinh|thanh pho)\s+[^\n,.;:]{{2,22}}", folded)
    return repair_body(" ".join(text[match.start() : match.end()].split())) if match else None


def _begins(line: _Line, body: list[_Line], follows: _Line | None) -> bool:
    """Whether the line begins a body of its own, below the lines of the body above. An organ without a name belongs
    to the body below it where there is one ("BAN CHẤP HÀNH" / "ĐẢNG BỘ XÃ X"), else to the one above."""
    folded = line.folded
    above = " ".join(part.folded for part in body)
    if _OF_COMMUNE.search(above) and head_word(above) is not None and is_hamlet(line.text):
        # A village's papers name the commune's committee above it ("UBND XÃ X" / "THÔN Y").
        return True
    if _OPEN_END.search(above) or above in _ORGANS or _dashed(body[-1], line):
        return False
    if _one_name(above, folded):
        return False
    found = head_word(folded)
    if folded in _ORGANS and follows is not None:
        return head_word(follows.folded) is not None
    if found is None or folded in _ORGANS or _cut_name(above, folded, found[0]):
        return False
    upper = head_word(above)
    if upper is None:
        return True
    head, needs = upper
    complete = above != head
    if not complete:
        # "ỦY BAN THƯỜNG VỤ / QUỐC HỘI", "VĂN PHÒNG / ỦY BAN NHÂN DÂN": the first line is no name yet.
        return needs == ""
    return not (needs == "place" and not _has_place(above, head))


_OF_COMMUNE = re.compile(r"\b(?:xa|phuong|thi tran) \w")


@cache
def _hamlet() -> re.Pattern[str]:
    """What the name of a unit below the commune opens with: its word, and a number where it has no other name. With
    its marks, for "BAN" is no "BẢN"."""
    rows = [row for row in table("place_words.csv") if row["type"] in {"village", "residential_group", "quarter"}]
    words = sorted(((row["form"], row["follows"]) for row in rows), key=lambda row: -len(row[0]))
    forms = (form + (r" (?:số )?(?:\d|[ivx]+\b)" if follows == "number" else r" \w") for form, follows in words)
    return re.compile(rf"(?:{'|'.join(forms)})", re.IGNORECASE)


def is_hamlet(text: str) -> bool:
    """Whether the line names a unit below the commune: THÔN LA THƯỢNG, TỔ DÂN PHỐ SỐ 7. Such a unit heads papers of its
    own below its commune's name."""
    return _hamlet().match(text) is not None


def _cut_name(above: str, folded: str, head: str) -> bool:
    """Whether the line only looks like a body's head: the rest of a unit's name ("THÀNH PHỐ HẢI" / "PHÒNG")."""
    return folded == head and " " not in folded and is_province(f"{above.rsplit(maxsplit=1)[-1]} {folded}")


@cache
def _names_in_two() -> tuple[str, ...]:
    """Folded names of the closed list whose rest reads like another body ("TRUNG TÂM PHÁT TRIỂN" / "QUỸ ĐẤT")."""
    names = [fold(spelling) for spelling in phrases().values()]
    return tuple(name for name in names if any(head_word(name[at.end() :]) for at in re.finditer(" ", name)))


def _one_name(above: str, folded: str) -> bool:
    """Whether the lines together are a name of the closed list, or begin with one that goes over both."""
    whole = f"{above} {folded}"
    return any(len(name) > len(above) and (whole == name or whole.startswith(f"{name} ")) for name in _names_in_two())


_ORGANS = frozenset(column("organs.csv", "organ"))
"""Organs of the body above that have no name of their own (BAN QUẢN TRỊ, BAN THƯỜNG TRỰC)."""


def _has_place(above: str, head: str) -> bool:
    return bool(_UNIT.search(above[len(head) :].strip() + " ")) or len(above) > len(head) + 2


def _clean(cell: Cell, *, scanned: bool) -> tuple[str, str, bool, bool]:
    """The line's text without stray signs at its ends, the same repaired, whether it is known, whether it changed."""
    text = re.sub(r"\s+", " ", cell.text).strip(_STRAY)
    if not scanned:
        typed = repair_body(text, near=False)
        # A typewriter lost marks (QUÂN for QUẬN), it never put a wrong one: TRUYỂN stays as it was printed.
        return (text, typed, True, typed != text) if typed and lost_marks(text, typed) else (text, text, True, False)
    text = _without_dirt(text)
    words = text.split()
    for lead, tail in _TRIMS:
        cut = words[:lead] + words[len(words) - tail :] if lead + tail else []
        if (len(words) - lead - tail < 2 and cut) or any(len(key(word)) > 2 for word in cut):
            continue
        shorter = " ".join(words[lead : len(words) - tail]).strip(_STRAY)
        repaired = repair_body(shorter)
        if repaired is not None and not (lead and repaired in name_ends()):
            return shorter, repaired, True, repaired != text
    fronted = typed_front(text)
    return text, fronted, False, fronted != text


_STRAY = " .,:;*_-–—~'\"`ˆ|·•°“”‘’=+<>/\\^#„…"
_TRIMS = ((0, 0), (0, 1), (1, 0), (0, 2), (1, 1), (2, 0))
"""Words that may be dirt at the two ends of a scanned line, in the order tried."""


def _without_dirt(text: str) -> str:
    """The line without words at its ends that are no capitals."""
    words = text.split()
    while words and not _is_capital_word(words[0]):
        words.pop(0)
    while words and not (_is_capital_word(words[-1]) or _is_own_number(words)):
        words.pop()
    return " ".join(words).strip(_STRAY)


def _is_own_number(words: list[str]) -> bool:
    """Whether the last word is a number that belongs to the name: QUẬN 7, BAN CHỈ ĐẠO 389."""
    return _NUMBER.fullmatch(words[-1]) is not None and len(words) > 1 and fold(words[-2]) in _NUMBERED


_NUMBER = re.compile(r"\d{1,3}")
_NUMBERED = frozenset({"quan", "phuong", "dao", "so", "khu", "vuc", "cum", "doi", "to"})
_SHORT_WORD = 2
"""Letters of what OCR makes of dirt ("ẶÀ") at the end of a line."""


def _is_capital_word(word: str) -> bool:
    letters = [char for char in word if char.isalpha()]
    if len(letters) <= _SHORT_WORD and not word.isascii() and not is_syllable(word):
        return False
    return bool(letters) and sum(map(str.isupper, letters)) > 0.6 * len(letters)
