"""The annotated real documents (not carried by the repository): a floor for each header field."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from nlp import extract

FLOOR = 0.9


def _plain(value: str | None) -> str:
    """As the annotations are compared: case, tone placement, spaces and closing signs do not count."""
    text = unicodedata.normalize("NFD", value or "").casefold()
    marks = "".join(sorted(char for char in text if unicodedata.combining(char)))
    letters = "".join(char for char in text if char.isalnum())
    return letters + marks


def _number(value: str | None) -> str:
    return re.sub(r"\s+", "", value or "").lstrip("0").upper()


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
    same = _number if field == "number" else _plain

    right = [same(gold.get(field)) == same(found[field]) for gold, found in read]

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
                for field, same in (("number", _number), ("date", _plain), ("type", _plain), ("issuer", _plain)):
                    wrong = bool(found[field]) and same(gold[field]) != same(found[field])
                    sure.append(wrong and found["confidence"].get(field, 1.0) >= 0.8)

    assert sum(sure) <= 0.03 * len(sure)
