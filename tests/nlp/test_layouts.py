"""The head and the signature of pages of every era and kind, from made-up texts in layouts.yaml and papers.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from nlp import extract

HERE = Path(__file__).parent
CASES = [
    case
    for file in ("layouts.yaml", "papers.yaml")
    for case in yaml.safe_load((HERE / file).read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_fields_of_the_layout_are_read(case: dict[str, Any]) -> None:
    read = extract(case["text"]).to_json()

    got = {field: read.get(field) for field in case["expect"]}

    assert got == case["expect"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_zones_and_spans_lie_in_the_text(case: dict[str, Any]) -> None:
    record = extract(case["text"])

    assert all(0 <= zone.start < zone.end <= len(record.text) for zone in record.zones)
    assert all(record.text[span.start : span.end] == span.text for span in record.spans)
