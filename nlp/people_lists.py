"""People of lists, tables and of the lines beside the recipients."""

from __future__ import annotations

import re

from nlp.flat import Flat
from nlp.letters import LOWER
from nlp.person_names import WORD, Found, common_surnames, is_surname
from nlp.zones.lines import is_capital, lines_of
from nlp.zones.names import split_names
from ontology.folding import fold

_NUMBERED = re.compile(rf"(?<![\w.,/])\d{{1,3}}[.)/]? {{0,2}}(?={WORD} )")
_LIST_NAME = re.compile(
    rf"(?P<name>{WORD}(?: {WORD}){{2,4}})(?= ?(?:,? sinh|[,(] ?(?:SN|sinh)|,? (?:19|20)\d\d|,? ?\d\d?[/.-]\d\d?[/.-]|[-–;,] ?(?:PCT|CT|[Cc]hủ|[Pp]hó|[Tt]rưởng|[Bb]í|[Ủủ]y|[Gg]iám|[Cc]án bộ|[Tt]hôn|[Xx]óm|[Tt]ổ)))"
)
_ROW = re.compile(
    rf"^[ \t]*(?P<number>\d{{1,3}})[.)]?(?P<gap>[ \t]+)(?P<name>{WORD}(?: {WORD}){{1,4}})(?P<after>\t|[ ]{{2,}}| (?=[{LOWER}\d])|[ \t]*$)",
    re.MULTILINE,
)
_TABLE_HEAD = re.compile(
    r"(?:^|\n)[ \t]*(?:s?tt|so tt|so thu tu)(?=\s)[^\n]{0,12}?(?:ho va ten|ho ten|ho, ten|ten chu|chu su dung|chu ho|nguoi su dung|ten nguoi)[^\n]*"
)
_TABLE_REACH = 160
"""How far the next row may stand from the last: rows run over several lines."""
_RECIPIENTS = ("Nơi nhận", "Nơi gửi", "NƠI NHẬN")
_RECIPIENTS_REACH = 1200
"""Characters behind the word in which the list of recipients ends."""
_BESIDE = re.compile(rf"^[ \t]*[-–+*] ?[^\n]{{2,60}}?[.;,)] +(?P<name>{WORD}(?: {WORD}){{2,4}})[ \t]*$", re.MULTILINE)


def numbered(flat: Flat) -> list[Found]:
    """Rows of a list of persons: a number, a name, then a year, a birthday or a post."""
    found = []
    for match in _NUMBERED.finditer(flat.shown):
        name = _LIST_NAME.match(flat.shown, match.end())
        if name and is_surname(name.group("name").split(" ")[0]):
            found.append(Found(name.start("name"), name.end("name"), ""))
    return found


def rows(flat: Flat) -> list[Found]:
    """Rows of a table of persons or households: a number, then a cell that is a name. Under a head that says so
    ("TT | Họ và tên", "Chủ sử dụng") one space parts the cells, elsewhere a column gap and a common surname do."""
    folded = fold(flat.text) if _ROW.search(flat.text) else ""
    heads = [match.end() for match in _TABLE_HEAD.finditer(folded)] if len(folded) == len(flat.text) else []
    found: list[Found] = []
    reach = -1
    for match in _ROW.finditer(flat.text):
        last = max((head for head in heads if head <= match.start()), default=None)
        headed = last is not None and (match.start() - last < _TABLE_REACH or match.start() < reach)
        words = match.group("name").split(" ")
        columns = all("\t" in match.group(part) or len(match.group(part)) > 1 for part in ("gap", "after"))
        if not is_surname(words[0]) or not (headed or (columns and words[0] in common_surnames() and len(words) > 2)):
            continue
        if headed:
            reach = match.end() + _TABLE_REACH
        found.append(Found(flat.forth(match.start("name")), flat.forth(match.end("name") - 1) + 1, "subject"))
    return found


def beside_recipients(flat: Flat) -> list[Found]:
    """Who signed beside the list of recipients, on one line with its last row: "- Lưu: VT. Tạ Ngọc Long"."""
    begin = max(flat.text.rfind(word) for word in _RECIPIENTS)
    if begin < 0:
        return []
    found = []
    for match in _BESIDE.finditer(flat.text, begin, begin + _RECIPIENTS_REACH):
        if is_surname(match.group("name").split(" ")[0]):
            found.append(Found(flat.forth(match.start("name")), flat.forth(match.end("name") - 1) + 1, "signer"))
    return found


_FOOT = 1600
"""Characters at the end in which those who sign stand, each alone in a column."""
_LEAST_WORDS = 3


def in_foot(flat: Flat) -> list[Found]:
    """Who signs at the end without an office (witnesses, neighbours, who records): names alone in their columns, one
    or two on a line. Two syllables may be a street's name: a name of three is a person's."""
    start = max(0, len(flat.text) - _FOOT)
    found = []
    for line in lines_of(flat.text, flat.text.find("\n", start) + 1 if start else 0):
        for cell in line.cells():
            for part in split_names(cell, 2):
                words = part.text.split()
                if len(words) >= _LEAST_WORDS and is_surname(words[0]) and not is_capital(part.text):
                    begin = flat.forth(part.start)
                    found.append(Found(begin, flat.forth(part.end - 1) + 1, ""))
    return found
