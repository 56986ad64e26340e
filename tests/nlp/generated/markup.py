"""The markup of page templates: text, slots, labels and choices.

``{slot arguments}`` is filled by the scene; ``{label arguments|content}`` prints its content and notes it as truth, so
that nothing is written twice; ``<<one//or//another>>`` draws one of several (``<<?maybe>>`` one or nothing);
``¶`` is a line end within a block. What names something that is not there (a district after June 2025) raises Missing:
a choice then takes another of its texts, a line of the page is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

OPEN, CLOSE = 0xE000, 0xF000
"""First code points of the marks before and after a label's content (of no width; the label's index is added)."""


GAP = "␣"
"""A space that typing keeps, of blanks left for handwriting."""


class Missing(Exception):
    """What the text speaks of did not exist then."""


@dataclass(frozen=True, slots=True)
class Slot:
    """``{name arguments}``."""

    name: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """``{name arguments|content}``."""

    name: str
    arguments: tuple[str, ...]
    content: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """``<<a//b>>``; ``maybe``: an empty text is one of the choices."""

    options: tuple[tuple[Node, ...], ...]
    maybe: bool


Node = str | Slot | Label | Choice


@cache
def parse(text: str) -> tuple[Node, ...]:
    """The nodes of a template line. Raises ValueError for brackets that do not match."""
    nodes, end = _nodes(text, 0, ())
    if end != len(text):
        raise ValueError(f"unexpected {text[end : end + 10]!r} in {text!r}")
    return nodes


def _nodes(text: str, at: int, stops: Sequence[str]) -> tuple[tuple[Node, ...], int]:
    found: list[Node] = []
    plain = ""
    while at < len(text):
        if any(text.startswith(stop, at) for stop in stops):
            break
        if text[at] == "{":
            node, at = _brace(text, at + 1)
        elif text.startswith("<<", at):
            node, at = _choice(text, at + 2)
        else:
            plain += text[at]
            at += 1
            continue
        if plain:
            found.append(plain)
            plain = ""
        found.append(node)
    if plain:
        found.append(plain)
    return tuple(found), at


def _brace(text: str, at: int) -> tuple[Node, int]:
    end = at
    while end < len(text) and text[end] not in "{|}":
        end += 1
    name, *arguments = text[at:end].split()
    if text[end : end + 1] == "}":
        return Slot(name, tuple(arguments)), end + 1
    if text[end : end + 1] != "|":
        raise ValueError(f"no end of {text[at:end]!r} in {text!r}")
    content, end = _nodes(text, end + 1, ("}",))
    if end >= len(text):
        raise ValueError(f"no end of {name!r} in {text!r}")
    return Label(name, tuple(arguments), content), end + 1


def _choice(text: str, at: int) -> tuple[Node, int]:
    maybe = text.startswith("?", at)
    at += maybe
    options = []
    while True:
        option, at = _nodes(text, at, ("//", ">>"))
        options.append(option)
        if at >= len(text):
            raise ValueError(f"no end of a choice in {text!r}")
        at += 2
        if text[at - 2 : at] == ">>":
            return Choice(tuple(options), maybe), at


def plain(text: str) -> str:
    """The text without marks."""
    return text if text.isascii() else "".join(sign for sign in text if not "\ue000" <= sign <= "\uf8ff")


def segments(text: str, count: int) -> list[str]:
    """What stands between the marks of each label, pieces joined by a space, spaces collapsed."""
    pieces: list[list[str]] = [[] for _ in range(count)]
    running: dict[int, list[str]] = {}
    for sign in text:
        code = ord(sign)
        if OPEN <= code < CLOSE:
            running[code - OPEN] = []
        elif CLOSE <= code <= 0xF8FF:
            pieces[code - CLOSE].append("".join(running.pop(code - CLOSE, ())))
        else:
            for piece in running.values():
                piece.append(sign)
    return [" ".join(" ".join(piece).split()) for piece in pieces]
