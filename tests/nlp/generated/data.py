"""Reads layouts, parts, designs and tables, once each."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
LAYOUTS = HERE / "layouts"
SPLITS = ("build", "held")


@cache
def document(name: str) -> Any:
    """The value of ``NAME.yaml`` beside this module; dates and numbers stay text."""
    return yaml.load((HERE / f"{name}.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Layout:
    """A page template (``page``, see ``markup``) and the times, levels and bodies it belongs to. ``split``: whether rules
    were written on it (build) or it only measures (held); ``pieces``: whose parts and designs it is set with."""

    name: str
    split: str
    pieces: str
    family: str
    kind: str
    eras: tuple[str, ...]
    levels: tuple[str, ...]
    page: str
    type: str | None = None
    code: str = ""
    organ: str = ""
    unit: str = ""
    bloc: str = "government"
    subject: str | None = None
    weight: int = 1
    designs: tuple[str, ...] = ()
    flags: frozenset[str] = field(default_factory=frozenset)


def _layout(raw: dict[str, Any], split: str, pieces: str) -> Layout:
    return Layout(
        name=raw["name"],
        split=split,
        pieces=pieces,
        family=raw["family"],
        kind=raw["kind"],
        eras=tuple(raw["eras"]),
        levels=tuple(raw["levels"]),
        page=raw["page"],
        type=raw.get("type"),
        code=raw.get("code", ""),
        organ=raw.get("organ", ""),
        unit=raw.get("unit", ""),
        bloc=raw.get("bloc", "government"),
        subject=raw.get("subject"),
        weight=int(raw.get("weight", 1)),
        designs=tuple(raw.get("designs", ())),
        flags=frozenset(raw.get("flags", ())),
    )


@cache
def layouts() -> tuple[Layout, ...]:
    """Every layout, by name. A file that says ``split: build`` was kept for testing once and is looked at since.
    Raises ValueError for a name that stands twice."""
    found: dict[str, Layout] = {}
    for split in SPLITS:
        for path in sorted(LAYOUTS.glob(f"{split}*.yaml")):
            raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
            for entry in raw.get("layouts", ()):
                if entry["name"] in found:
                    raise ValueError(f"{path.name}: {entry['name']} stands twice")
                found[entry["name"]] = _layout(entry, raw.get("split", split), split)
    return tuple(found[name] for name in sorted(found))


@cache
def parts(split: str) -> dict[str, list[dict[str, Any]]]:
    """The pieces that pages of a split share: those of both (``common``) and its own, which come before."""
    found: dict[str, list[dict[str, Any]]] = {}
    for owner in ("common", split):
        for path in sorted(LAYOUTS.glob(f"{owner}*.yaml")):
            raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
            found.update(raw.get("parts", {}))
    return found


@cache
def designs(split: str) -> dict[str, dict[str, Any]]:
    """How the typists of a split set a page, by name."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(LAYOUTS.glob(f"{split}*.yaml")):
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        found.update(raw.get("designs", {}))
    return found
