"""Positions in a signature: the closed list, what opens like one, two side by side, one with a name behind it."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz, process

from nlp.data import column, table
from nlp.header.heads import head_word
from nlp.letters import UPPER
from nlp.person_names import surnames
from nlp.zones.lines import Cell, is_capital, key
from nlp.zones.names import NAME_WORD, person_name
from ontology.folding import fold


@cache
def positions() -> dict[str, str]:
    return {key(title): title for title in column("positions.csv", "title")}


def position(text: str) -> str | None:
    """The position in capitals that the text is, whole or with what it leads ("TRƯỞNG PHÒNG NỘI VỤ"); None else."""
    this = key(_TO_SIGN.sub("", text))
    if this in positions():
        return text
    if not is_capital(text) or len(this) > 60 or this in _BROKEN or _STATES.search(text):
        return None
    return text if opens_with_position(text) or _ENDS_AS_TITLE.match(text) else None


_ENDS_AS_TITLE = re.compile(rf"(?:[{UPPER}]+\s){{1,4}}(?:TRƯỞNG|PHÓ)$")
"""BỆNH VIỆN TRƯỞNG, CHỈ HUY PHÓ: with its marks, for HỘI TRƯỜNG is none."""


_TO_SIGN = re.compile(r"\s*(?:\(|ký (?:tên|và |ghi)|ký,).*$", re.IGNORECASE)
"""What tells where to sign behind a position: "Người khai ký tên", "KẾ TOÁN (Ký, họ tên)"."""
_STATES = re.compile(r":\s*\w")
"""What follows a colon is told of who is named before it: "BÊN A: ỦY BAN NHÂN DÂN XÃ X (CHỦ ĐẦU TƯ)"."""
_BROKEN = frozenset({"truong", "pho", "thuongtruc", "quyen", "nguoi", "daidien", "canbo", "congchuc"})
"""What is left of a position when a stamp took its other half, or a heading of a table."""


@cache
def _heads() -> dict[str, str]:
    """Folded words that a position opens with → whose it is: ``office``, ``clerk`` of who signs beside the head, or
    ``lay`` of people who hold none."""
    return {row["head"]: row["side"] for row in table("position_heads.csv")}


@cache
def _opening() -> re.Pattern[str]:
    heads = "|".join(sorted(_heads(), key=len, reverse=True))
    return re.compile(
        rf"(?:(?:quyen|pho|nguyen|tong) |[pq]\. ?(?={heads}))*(?P<head>{heads})\b"
        r"|(?P<short>pho |[tp]\. ?)(?:phong|ban|van phong|tram|khoa|doan|doi|chi cuc|cuc|vu|so|thon|xom|khu)\b"
    )


def opens_with_position(text: str) -> bool:
    """Whether the text opens with a word for a position; a person's name does not (Trương ..., Võ ...)."""
    found = _opening().match(fold(text).strip(" .*-"))
    if found is None or found.start("head") != 0:
        return found is not None
    name = person_name(text)
    if name is None or name.split(maxsplit=1)[0] not in surnames():
        return True
    this = key(text)
    return any(this.startswith(known) for known in positions() if len(known) >= _SURE)


def like_position(name: str) -> bool:
    """Whether what reads like a name is a position, perhaps misread ("Phó Chẻ Tịch")."""
    first = name.split(maxsplit=1)[0]
    if first in surnames() and first.upper() not in _first_words():
        return False
    near = process.extractOne(key(name), positions().keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return near is not None or opens_with_position(name)


@cache
def _first_words() -> frozenset[str]:
    return frozenset(title.split(maxsplit=1)[0] for title in positions().values())


_NEAR = 85.0
_SURE = 7
"""Letters of a known position that no name begins with."""


def is_lay(text: str) -> bool:
    """Whether the position is a party's, not an official's: who declares, writes, witnesses, sells."""
    return _side(text) == "lay"


def is_clerk(text: str) -> bool:
    """Whether who holds the position signs beside the head of the body: secretary, accountant, member."""
    return _side(text) == "clerk"


def _side(text: str) -> str | None:
    found = _opening().match(fold(text).strip(" .*-"))
    return _heads().get(found.group("head") or "") if found is not None else None


def split_positions(cell: Cell) -> list[Cell]:
    """The positions that stand side by side in one cell (``TỔ TRƯỞNG THƯ KÝ``); the cell itself where it is one."""
    words = list(re.finditer(r"\S+", cell.text))
    if not 3 <= len(words) <= 14 or not is_capital(cell.text) or key(cell.text) in positions():
        return [cell]
    for cut in range(2, len(words) - 1):
        left, right = cell.text[: words[cut].start()].strip(), cell.text[words[cut].start() :]
        if not (opens_with_position(left) and opens_with_position(right)):
            continue
        same_start = words[cut].group() == words[0].group()
        if same_start or (key(left) in positions() and (key(right) in positions() or _of_a_body(right))):
            parts = (cell.cut(0, words[cut].start()), cell.cut(words[cut].start(), len(cell.text)))
            return [part for part in parts if part is not None]
    return [cell]


def _of_a_body(text: str) -> bool:
    """Whether the text is a known position and the body it belongs to ("CHỦ TỊCH UBND XÃ MINH TÂN")."""
    words = text.split()
    return any(
        key(" ".join(words[:count])) in positions() and head_word(fold(" ".join(words[count:]))) is not None
        for count in range(2, min(5, len(words)))
    )


def split_loosely(cell: Cell) -> list[Cell]:
    """Two titles on one line above two names, of which the lists may know only how they open (``ĐẠI DIỆN CƠ SỞ ĐƯỢC
    KIỂM TRA TRƯỞNG ĐOÀN``): a listed one is cut off first, else the cut that leaves parts of like length."""
    words = list(re.finditer(r"\S+", cell.text))
    if not 3 <= len(words) <= _MOST_TITLE_WORDS:
        return [cell]
    cuts = []
    for cut in range(1, len(words)):
        left, right = cell.text[: words[cut].start()].strip(), cell.text[words[cut].start() :]
        whole = key(left) in positions() or (len(left.split()) > 1 and key(left) not in _BROKEN)
        if not whole or key(right) in _BROKEN or _LEADS_ON.search(fold(left)) or not right[:1].isupper():
            continue
        if opens_with_position(left) and opens_with_position(right):
            listed = (key(left) in positions()) + (key(right) in positions())
            cuts.append((-listed, abs(len(left) - len(right)), words[cut].start()))
    if not cuts:
        return [cell]
    parts = (cell.cut(0, min(cuts)[2]), cell.cut(min(cuts)[2], len(cell.text)))
    return [part for part in parts if part is not None]


_MOST_TITLE_WORDS = 14
_LEADS_ON = re.compile(r"(?:\b(?:kiem|va|cua|pho|quyen|phu trach|dai dien|nguoi|cho|tong|nguyen)|[-–,])$")
"""What a title does not end with."""


def of_own_body(text: str) -> bool:
    """Whether the line is a known post and the common noun of its body in small letters: "Giám đốc xí nghiệp"."""
    words = text.split()
    for count in range(2, min(5, len(words))):
        rest = " ".join(words[count:])
        if key(" ".join(words[:count])) in positions() and rest[:1].islower() and head_word(fold(rest)) is not None:
            return len(words) <= count + _OWN_BODY
    return False


_OWN_BODY = 4
"""Words of a body's common noun behind a post."""


_TITLE_AND_NAME = re.compile(
    rf"^(?P<title>[{UPPER}][{UPPER}\s,.\-–/]+[{UPPER}])\s*:?\s+(?P<name>(?:{NAME_WORD}\s){{1,4}}{NAME_WORD})$"
)


def name_apart(cell: Cell) -> list[Cell]:
    """A cell with a position and a name on one line, as two."""
    match = _TITLE_AND_NAME.match(cell.text)
    if match is None or position(match.group("title")) is None:
        return [cell]
    parts = (cell.cut(*match.span("title")), cell.cut(*match.span("name")))
    return [part for part in parts if part is not None]
