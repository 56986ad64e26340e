"""What a model wants to read before a query and before a passage."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

_PASSAGE_NAMES = ("document", "passage", "corpus")
"""The names that sentence-transformers looks for, in its order."""


@dataclass(frozen=True, slots=True)
class Prompts:
    """Put before a text; empty for none."""

    query: str = ""
    passage: str = ""


@cache
def _families() -> tuple[tuple[re.Pattern[str], Prompts], ...]:
    text = files("kg.search.embedding").joinpath("data", "prompts.yaml").read_text(encoding="utf-8")
    return tuple((re.compile(row["pattern"]), Prompts(row["query"], row["passage"])) for row in yaml.safe_load(text))


def of_family(name: str) -> Prompts | None:
    """The prompts of the family that a model's name tells, where there is one."""
    return next((prompts for pattern, prompts in _families() if pattern.search(name)), None)


def of_folder(folder: Path, name: str) -> Prompts:
    """The prompts of a sentence-transformers folder: those of its own config, else its family's, else none.

    The family is told by the model's name, or by that which its config remembers.
    """
    config = _read(folder / "config_sentence_transformers.json")
    named = {key: str(text) for key, text in (config.get("prompts") or {}).items() if text}
    if named:
        default = named.get(str(config.get("default_prompt_name")), "")
        passage = next((named[key] for key in _PASSAGE_NAMES if key in named), default)
        return Prompts(named.get("query", default), passage)
    origin = str(_read(folder / "config.json").get("_name_or_path", ""))
    return of_family(name) or of_family(origin) or Prompts()


def _read(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}
