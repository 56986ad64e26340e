"""What a question may hold: its keys, each with the kind of value it takes. One check for a line of a batch and for
the options of the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, get_args

from kg.errors import HosoError
from kg.messages import say
from nlp.model import Subject

MOST_LISTED: Final = 100_000
"""The greatest ``limit`` of a line of a batch, whose answer is one line and made in memory."""

LONGEST: Final = 10_000
"""Characters of a text that is asked for: some pages; a search for a word of half a million takes a minute."""

BLOCS: Final = ("party", "government", "mass_organisation", "other")
LEVELS: Final = ("central", "province", "district", "commune")
"""Closed lists of DESIGN.md §5."""


@dataclass(frozen=True, slots=True)
class Text:
    """A string that can be written as UTF-8, of ``most`` characters at most."""

    most: int = LONGEST

    def check(self, key: str, value: object) -> None:
        """Raise HosoError(bad_input) for any other value."""
        if not isinstance(value, str):
            raise HosoError(say("bad_text", key=key))
        if len(value) > self.most:
            raise HosoError(say("bad_text_long", key=key, most=self.most))
        if not value.isascii():
            check_characters(value)


@dataclass(frozen=True, slots=True)
class OneOf:
    """A word of a closed list."""

    known: tuple[str, ...]

    def check(self, key: str, value: object) -> None:
        """Raise HosoError(bad_input), which names the list, for any other value."""
        Text().check(key, value)
        if value not in self.known:
            raise HosoError(say("bad_listed_value", key=key, value=value, known=", ".join(self.known)))


@dataclass(frozen=True, slots=True)
class WholeNumber:
    """A whole number within bounds; true and false are none."""

    least: int = 1
    most: int = MOST_LISTED

    def check(self, key: str, value: object) -> None:
        """Raise HosoError(bad_input) for any other value."""
        if isinstance(value, bool) or not isinstance(value, int) or not self.least <= value <= self.most:
            raise HosoError(say("bad_whole_number", key=key, least=self.least, most=self.most))


Fields = Mapping[str, Text | OneOf | WholeNumber]

SEARCHED_BY: Final = (
    "place", "within", "since", "until", "type", "issuer", "bloc", "level", "subject", "retention", "fonds",
)  # fmt: skip
"""The filters of ``hoso search``."""

SEARCH: Final[Fields] = {
    **{key: Text() for key in ("query", *SEARCHED_BY)},
    "bloc": OneOf(BLOCS),
    "level": OneOf(LEVELS),
    "subject": OneOf(get_args(Subject)),
    "limit": WholeNumber(),
}


def check(request: Mapping[str, Any], fields: Fields) -> None:
    """Check a question's keys and values; null stands for a key left out. Raises HosoError(bad_input)."""
    for key, value in request.items():
        if key not in fields:
            raise HosoError(say("bad_batch_key", key=key, known=", ".join(sorted(fields))))
        if value is not None:
            fields[key].check(key, value)


def check_characters(text: str) -> None:
    """Raise HosoError(bad_input) for half of a surrogate pair: a byte that is no UTF-8 arrives as one."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise HosoError(say("bad_characters")) from None
