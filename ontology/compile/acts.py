"""The text of the resolutions of 16 June 2025 (1654 to 1687/NQ-UBTVQH15): files to numbered clauses of article 1."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

_WORDS = (
    "và|các|xã|phường|thị trấn|thành phố|thành|của|(?<=gọi)là|gọi|tên|này|mới|sau khi|toàn bộ|diện tích|quy mô"
    "|phần còn lại|một phần|đặc khu|theo|tại|khoản"
)
_GLUED_WORD = re.compile(rf"(?<=\w)({_WORDS})(?=(?:{_WORDS})*(?!\w))")
_ARTICLE = re.compile(r"Điều 1\..*?(?=\n\s*Điều 2\.)", re.DOTALL)
_CLAUSE = re.compile(r"(\d+)\.\s*(.*)")
_NUMBER = re.compile(r"Số:\s*(\d+/NQ-UBTVQH15)")
_DAY = re.compile(r"ngày\s+(\d+)\s+tháng\s+(\d+)\s+năm\s+(\d{4})")


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered clause of article 1: its number as printed, and its text on one line."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Act:
    """A resolution: number ("1656/NQ-UBTVQH15"), day of signing (ISO) and the clauses of article 1 in their order."""

    number: str
    signed: str
    clauses: tuple[Clause, ...]


def read_acts(folder: Path) -> list[Act]:
    """Every ``*.md`` of a folder, by number. Raises ValueError for a file that is not such a resolution."""
    acts = [read_act(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.md"))]
    if not acts:
        raise ValueError(f"no resolutions (*.md) in {folder}")
    return sorted(acts, key=lambda act: act.number)


def read_act(markdown: str) -> Act:
    """One resolution from its Markdown text. Clauses must be numbered from 1 without a gap, else ValueError."""
    text = _unmarked(markdown)
    number, day, article = _NUMBER.search(text), _DAY.search(text), _ARTICLE.search(text)
    if number is None or day is None or article is None:
        raise ValueError("not a resolution on communes: number, day or article 1 missing")
    clauses = []
    for paragraph in re.split(r"\n\s*\n", article.group()):
        if match := _CLAUSE.match(" ".join(paragraph.split())):
            clauses.append(Clause(match.group(1), unglued(match.group(2))))
    if [clause.number for clause in clauses] != [str(n) for n in range(1, len(clauses) + 1)]:
        raise ValueError(f"{number.group(1)}: clauses of article 1 are not numbered from 1 without a gap")
    signed = f"{day.group(3)}-{int(day.group(2)):02d}-{int(day.group(1)):02d}"
    return Act(number.group(1), signed, tuple(clauses))


def unglued(text: str) -> str:
    """A clause with the spaces that the files lost: "củaxã An Định vàxã Phú Lễthành xã" → "của xã An Định và xã ..."."""
    characters = [
        f" {char}" if index and char.isupper() and text[index - 1].islower() else char
        for index, char in enumerate(text)
    ]
    spaced = re.sub(r"([,;)])(?=\w)", r"\1 ", "".join(characters))
    spaced = re.sub(r"(?<=\w)\(", " (", spaced)
    return " ".join(_GLUED_WORD.sub(r" \1", _GLUED_WORD.sub(r" \1", spaced)).split())


def _unmarked(markdown: str) -> str:
    text = unicodedata.normalize("NFC", markdown).replace("*", "").replace("\\", "")
    return re.sub(r"^>\s?", "", text, flags=re.MULTILINE)
