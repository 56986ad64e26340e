"""The annotated real documents (not carried by the repository): a floor for each header field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nlp import extract
from nlp.evaluation.compare import plain, plain_number, similarity

FLOOR = 0.95
ABSTRACT = 0.95
"""How like the annotation an abstract must be."""


def _same(field: str, gold: str | None, found: str | None) -> bool:
    """As the evaluation compares: case, tone placement, spaces and closing signs do not count."""
    one, other = gold or "", found or ""
    if field == "number":
        return plain_number(one) == plain_number(other)
    if field == "abstract":
        return similarity(one, other) >= ABSTRACT
    return plain(one) == plain(other)


@pytest.fixture(scope="module")
def read(shared: Path) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Annotation and extraction of each clean text."""
    corpus = shared / "corpus"
    golds = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((corpus / "gold").glob("*.json"))]
    texts = [(corpus / gold["text_file"]).read_text(encoding="utf-8") for gold in golds]
    return [(gold, extract(text).to_json()) for gold, text in zip(golds, texts, strict=True)]


@pytest.mark.shared
@pytest.mark.parametrize("field", ["issuer", "issuer_parent", "number", "type", "date", "place", "abstract"])
def test_header_fields_of_the_clean_texts(read: list[tuple[dict[str, Any], dict[str, Any]]], field: str) -> None:
    right = [_same(field, gold.get(field), found[field]) for gold, found in read]

    assert sum(right) >= FLOOR * len(right)


@pytest.mark.shared
@pytest.mark.parametrize("field", ["name", "position", "power"])
def test_signers_of_the_clean_texts(read: list[tuple[dict[str, Any], dict[str, Any]]], field: str) -> None:
    right = [(found["signer"] or {}).get(field) == gold["signer"][field] for gold, found in read]

    assert sum(right) >= FLOOR * len(right)


@pytest.mark.shared
def test_wrong_values_of_scans_are_doubtful(shared: Path) -> None:
    corpus = shared / "corpus"
    sure = []
    for path in sorted((corpus / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        for level in ("light", "medium", "heavy", "realscan"):
            scan = corpus / "ocr" / level / f"{gold['id']}.txt"
            if scan.is_file():
                found = extract(scan.read_text(encoding="utf-8")).to_json()
                for field in ("number", "date", "type", "issuer"):
                    wrong = bool(found[field]) and not _same(field, gold[field], found[field])
                    sure.append(wrong and found["confidence"].get(field, 1.0) >= 0.8)

    assert sum(sure) <= 0.03 * len(sure)
