"""Names as the tables write them, whatever the source did."""

from __future__ import annotations

import re

from ontology.names import key, normalise, split_type

_APOSTROPHE_SPACE = re.compile(r"(?<=')\s+(?=\w)")


def written(name: str) -> str:
    """A unit's name with its type word, in one spelling: "Thị Trấn Phú Hoà" → "Thị trấn Phú Hòa"; of a type that is
    no longer one ("khu vực Vĩnh Linh") only the first letter is raised."""
    kind, bare = split_type(name)
    if kind is None:
        return f"{bare[:1].upper()}{bare[1:]}"
    return with_type(kind, bare)


def with_type(kind: str, bare: str) -> str:
    """A bare name with a type word in front ("phường", "Cửa Nam" → "Phường Cửa Nam"), in one spelling.

    A lower-case first letter is a slip of the source ("Xã é Tòng").
    """
    words = [f"{word[:1].upper()}{word[1:]}" for word in normalise(bare).split()]
    return _APOSTROPHE_SPACE.sub("", f"{kind[:1].upper()}{kind[1:]} {' '.join(words)}".strip())


def same_spelt(one: str, other: str) -> bool:
    """Whether two spellings differ by no more than spaces, apostrophes and the place of a tone: accents decide."""
    return key(one).replace(" ", "") == key(other).replace(" ", "")
