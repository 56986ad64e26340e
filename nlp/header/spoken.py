"""Numbers in words, as minutes and contracts write their day: mười bốn, hai mươi mốt, một nghìn chín trăm tám mươi ba."""

from __future__ import annotations

from functools import cache

from nlp.data import table
from ontology.folding import fold


@cache
def number_words() -> dict[str, str]:
    """Folded word → its value, ``times N`` of what multiplies what stands before it, ``and`` of what only joins."""
    return {fold(row["word"]): row["value"] for row in table("number_words.csv")}


_TEN = 10


def spoken_number(words: str) -> int | None:
    """The number that folded words say; None where they say none."""
    total = 0
    last: int | None = None
    for word in words.split():
        value = number_words().get(word)
        if value is None:
            return None
        if value.startswith("times "):
            total, last = total + (1 if last is None else last) * int(value.removeprefix("times ")), None
        elif value == "and":
            continue
        elif last is None or last == _TEN:
            last = (last or 0) + int(value)
        elif int(value) == _TEN:
            total, last = total + last * _TEN, None  # "mươi" is folded like "mười": behind a digit it multiplies
        else:
            total, last = total + last * _TEN + int(value), None  # "hai chín" for 29
    return total + (last or 0)
