"""How numbers, metres of shelf and acts are written for people, in the language asked for: one rule for the command
line and the pages."""

from __future__ import annotations

from typing import Final

from kg.messages import say

_LEAST: Final = 0.01
"""The least length that two decimals can write."""


def figure(number: float, decimals: int, lang: str) -> str:
    """A number as the language (``vi``, ``en``) groups it, with that many decimals: 12.900,5 or 12,900.5."""
    return in_language(f"{number:,.{decimals}f}", lang)


def short_figure(number: float, lang: str) -> str:
    """A number with at most two decimals and no idle zero: 12.900,5."""
    return in_language(f"{number:,.2f}".rstrip("0").rstrip("."), lang)


def in_language(text: str, lang: str) -> str:
    """A figure that was written the English way, with the points and commas of the language."""
    return text.translate(str.maketrans(",.", ".,")) if lang == "vi" else text


def shelf(metres: float | None, lang: str) -> str:
    """Metres of shelf, a dash for None; what is there is never written as 0 ("0,04", "< 0,01")."""
    if metres is None:
        return "–"
    return f"< {short_figure(_LEAST, lang)}" if 0 < metres < _LEAST else short_figure(metres, lang)


def day(iso: str | None) -> str:
    """An ISO date, partial ones too, as dd/mm/yyyy; '' for None."""
    return "/".join(reversed(iso.split("-"))) if iso else ""


def act_name(act: str, lang: str) -> str:
    """A bare number of an act as it is cited in Vietnamese, with the type that its symbol names ("Nghị quyết số
    1656/NQ-UBTVQH15"); what names its type already, or whose symbol leaves it open (202/2025/QH15), as it stands."""
    from nlp.citations.numbers import numbers, type_of_symbol

    found = numbers(act) if lang == "vi" else []
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(act)):
        return act
    kind = type_of_symbol(found[0].symbol)
    return say("act_of_type", lang=lang, type=kind, number=act) if kind and kind != "Công văn" else act


def titled(type_: str, title: str) -> str:
    """Type and title of an act; a title that begins with the type ("Luật Tổ chức ...") says it once."""
    if not type_ or not title:
        return type_ or title
    if title.casefold().startswith(type_.casefold()):
        return title
    return f"{type_} {title}"
