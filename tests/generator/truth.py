"""What is true of every computer file, as JSON lines (the field names of DESIGN.md's extraction)."""

from __future__ import annotations

import json
from typing import Any

from tests.generator.forms import Written


def of(written: Written) -> dict[str, Any]:
    """Header fields and content of one document, as printed."""
    scene = written.scene
    return {
        "issuer": written.issuer,
        "issuer_parent": written.issuer_parent,
        "number": written.number,
        "type": written.type,
        "place": written.place_line,
        "date": written.day,
        "date_partial": written.partial,
        "abstract": written.abstract,
        "signers": written.signers,
        "author": written.author,
        "cites": scene.cites,
        "affects": scene.affects,
        "places": scene.found_places,
        "people": scene.found_people,
    }


def lines(rows: list[dict[str, Any]]) -> str:
    """JSON lines in order of source."""
    ordered = sorted(rows, key=lambda row: str(row["source"]))
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ordered)
