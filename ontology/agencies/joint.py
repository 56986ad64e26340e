"""Names of several bodies at once: "HĐND và UBND quận Đống Đa", "UBND quận Đống Đa và quận Ba Đình". None of them is
what the others are left out of."""

from __future__ import annotations

import re
from itertools import islice

from ontology.agencies.name_heads import heads_at
from ontology.names import normalise, split_type

_JOINING = re.compile(r"\s*(?:[,;/+&]|[-–—]|\b[vV][àa]\b|\bVÀ\b)\s*")
_AND = re.compile(r"\s*(?:&|\+|\b[vV][àa]\b|\bVÀ\b)\s*")
_BETWEEN = " ,;.:-"
_MOST = 10
"""Bodies that a name joins at most: what names more is a list."""


def joint_names(name: str) -> list[str]:
    """The names of the bodies that are joined in one, each in full; empty where the name is not that of several."""
    text = normalise(" ".join(name.split()))
    return _of_one_unit(text) or _of_several(text)


def _of_one_unit(text: str) -> list[str]:
    """Several bodies before one unit: "HĐND - UBND phường Cửa Nam"."""
    heads: list[str] = []
    rest, joined = text, True
    while joined and len(heads) < _MOST and (found := heads_at(rest)):
        end = found[0][0]
        heads.append(rest[:end])
        joining = _JOINING.match(rest, end)
        joined, rest = joining is not None, rest[joining.end() if joining else end :]
    unit = rest.strip(_BETWEEN)
    return [f"{head} {unit}" for head in heads] if len(heads) > 1 and not joined and unit else []


def _of_several(text: str) -> list[str]:
    """Whole names one after the other, or one body of several units."""
    found = heads_at(text)
    if not found:
        return []
    head = text[: found[0][0]]
    parts, begin = [], 0
    for joining in islice(_JOINING.finditer(text, found[0][0]), 3 * _MOST):
        left, right = text[begin : joining.start()], text[joining.end() :]
        if not _names_unit(left):
            continue
        if _names_unit(right):
            parts.append(left)
            begin = joining.end()
        elif _AND.fullmatch(joining.group()) and _is_unit(right):
            return [*parts, left, f"{head} {right}"]
    return [*parts, text[begin:]] if parts else []


def _names_unit(text: str) -> bool:
    """Whether the text begins with a body's name and goes on."""
    found = heads_at(text)
    return bool(found) and bool(text[found[0][0] :].strip(_BETWEEN))


def _is_unit(text: str) -> bool:
    type_word, bare = split_type(text)
    return bool(type_word and bare)
