"""Fills the templates of ``data/kinds``: ``{slot:argument}`` and ``[[one|or|another]]``. A slot in capitals gives
capitals, one with a capital letter begins with a capital."""

from __future__ import annotations

import re

from tests.generator.scene import Scene
from tests.generator.slots import SLOTS

_SLOT = re.compile(r"\{([A-Za-z_]+)(?::([^{}]*))?\}")
_CHOICE = re.compile(r"\[\[([^\[\]]*)\]\]")


def expand(text: str, scene: Scene) -> str:
    """The text with every choice made and every slot filled. Raises Drop (what it speaks of did not exist then) and
    KeyError (no such slot)."""
    text = _CHOICE.sub(lambda match: scene.dice.one(match.group(1).split("|")), text)
    while _SLOT.search(text):  # inner slots first
        text = _SLOT.sub(lambda match: _fill(match.group(1), match.group(2) or "", scene), text)
    return text


def _fill(name: str, argument: str, scene: Scene) -> str:
    value = SLOTS[name.lower()](scene, argument)
    if name.isupper():
        return value.upper()
    return value[:1].upper() + value[1:] if name[0].isupper() else value
