"""The words of a query as places are looked for in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.search.analysis import WORD, accented
from kg.search.name_tables import is_common

MOST_WORDS: Final = 40
"""Words of a query in which places are looked for."""


class Tokens:
    """The words of a query outside of its document numbers, and how it is written."""

    def __init__(self, query: str, numbers: Sequence[tuple[int, int]]) -> None:
        self.query = query
        spans = [match.span() for match in WORD.finditer(query)][:MOST_WORDS]
        self.spans = [span for span in spans if not any(start <= span[0] < end for start, end in numbers)]
        self.words = [accented(query[start:end]) for start, end in self.spans]
        later = query[self.spans[0][0] + 1 :] if self.spans else ""
        upper = sum(char.isupper() for char in query)
        self.has_case = any(char.isupper() for char in later) and upper < sum(map(str.isalpha, query))

    def text(self, first: int, last: int) -> str:
        """The query from one word to another, both included."""
        return self.query[self.spans[first][0] : self.spans[last][1]]

    def capital(self, place: int) -> bool:
        """Whether a word is written with a capital, where that says anything."""
        return not self.has_case or not self.query[self.spans[place][0]].islower()

    def common(self, first: int, last: int) -> bool:
        """Whether two words that stand side by side are one everyday word."""
        return first >= 0 and last < len(self.words) and is_common(self.words[first], self.words[last])
