"""The one catalogue of what users read, Vietnamese and English side by side (``kg/data/messages.yaml``).

``HOSO_LANG`` decides (``vi`` or ``en``), else the locale; English where neither says Vietnamese.
"""

from __future__ import annotations

import os
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one that is compiled, where PyYAML has it: every command reads the catalogue."""


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    merged: dict[str, dict[str, str]] = {}
    for entry in sorted(files("kg").joinpath("data").iterdir(), key=lambda item: item.name):
        if entry.name.startswith("messages") and entry.name.endswith(".yaml"):
            merged.update(yaml.load(entry.read_text(encoding="utf-8"), _Loader) or {})
    return merged


def language() -> str:
    """``vi`` or ``en``."""
    chosen = os.environ.get("HOSO_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "vi" if chosen.lower().startswith("vi") else "en"


def say(key: str, /, *, lang: str | None = None, **values: Any) -> str:
    """The message of that key in the user's language, with values filled in, on one line.

    Raises KeyError for a key that the catalogue lacks: a test checks that each used key is there.
    """
    entry = _catalogue()[key]
    text = entry[lang or language()].format(**values)
    return " ".join(text.split())


def knows(key: str) -> bool:
    """Whether the catalogue has that key."""
    return key in _catalogue()
