"""The words that tell a kind of specialised record, or of body, in a title or a creator's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ontology import names
from ontology.folding import fold


@dataclass(frozen=True, slots=True)
class Wordlist:
    """A kind and the words that tell it."""

    kind: str
    words: re.Pattern[str]
    folded: re.Pattern[str]

    def named_in(self, text: str) -> bool:
        """Whether whole words of the text tell the kind. Accents count ("sổ hộ tịch" is a register, "hồ sơ hộ tịch"
        a file about it), except where the text has none."""
        key = names.key(text)
        return bool(self.folded.search(key) if fold(key) == key else self.words.search(key))


@cache
def wordlists(where: str) -> tuple[Wordlist, ...]:
    """The lists of ``data/custody_kinds.csv`` for one place: ``creator`` or ``title``."""
    return tuple(_wordlist(row) for row in names.rows("custody_kinds.csv") if row["where"] == where)


def may_be_named(where: str, text: str) -> bool:
    """Whether some list of the place can be told by the text: one look, without accents, for most titles."""
    return bool(_any_list(where).search(names.folded_key(text)))


@cache
def _any_list(where: str) -> re.Pattern[str]:
    return re.compile("|".join(words.folded.pattern for words in wordlists(where)))


def _wordlist(row: dict[str, str]) -> Wordlist:
    words = [names.key(word) for word in row["words"].split("|")]
    patterns = (rf"\b(?:{'|'.join(map(re.escape, forms))})\b" for forms in (words, map(fold, words)))
    return Wordlist(row["kind"], *map(re.compile, patterns))
