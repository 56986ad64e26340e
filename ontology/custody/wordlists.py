"""The words that tell a kind of specialised record, or of body, in a title or a creator's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ontology import names
from ontology.folding import fold


@dataclass(frozen=True, slots=True)
class Wordlist:
    """A kind and the words that tell it, with accents and without."""

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
    """The lists of ``data/custody_kinds.csv`` for one place: ``creator`` (the words stand anywhere in the name), or
    ``title`` (they begin it, after words of ``title_lead`` and numbers: a letter about registers is no register)."""
    lead = _lead() if where == "title" else ("", "")
    return tuple(_wordlist(row, lead) for row in names.rows("custody_kinds.csv") if row["where"] == where)


def may_be_named(where: str, text: str) -> bool:
    """Whether some list of the place can be told by the text: one look, without accents, for most titles."""
    return bool(_any_list(where).search(names.folded_key(text)))


@cache
def _any_list(where: str) -> re.Pattern[str]:
    return re.compile("|".join(words.folded.pattern for words in wordlists(where)))


def _wordlist(row: dict[str, str], lead: tuple[str, str]) -> Wordlist:
    words = [names.key(word) for word in row["words"].split("|")]
    patterns = (
        rf"{before}\b(?:{_any_of(forms)})\b"
        for before, forms in zip(lead, (words, [fold(word) for word in words]), strict=True)
    )
    return Wordlist(row["kind"], *map(re.compile, patterns))


@cache
def _lead() -> tuple[str, str]:
    """What may stand before the words that begin a title, with accents and without."""
    rows = [row["words"] for row in names.rows("custody_kinds.csv") if row["where"] == "title_lead"]
    words = [names.key(word) for text in rows for word in text.split("|")]
    with_accents, without = (rf"^\W*(?:(?:{_any_of(forms)}|\d+)\W+)*" for forms in (words, [*map(fold, words)]))
    return with_accents, without


def _any_of(forms: list[str]) -> str:
    """The forms with any punctuation between their words ("nhận cha, mẹ, con", "nhận cha mẹ con")."""
    return "|".join(r"\W+".join(map(re.escape, re.findall(r"\w+", form))) for form in forms)
