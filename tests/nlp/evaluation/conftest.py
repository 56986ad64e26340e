"""Made-up annotated documents."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nlp.evaluation.gold import Gold

AnnotationOf = Callable[..., dict[str, Any]]
FolderOf = Callable[..., Path]


def annotation(id: str, **values: Any) -> dict[str, Any]:
    """An annotation that says little but what is given."""
    return {"id": id, "text_file": f"texts/{id}.txt", "annotated_spans": [[0, 100]], **values}


def gold(**values: Any) -> Gold:
    """One annotated document without files."""
    return Gold("D1", Path(), annotation("D1", **values), "2020-", "Quyết định", "province", "unknown", None)


@pytest.fixture
def folder(tmp_path: Path) -> FolderOf:
    """Makes a folder of annotations and their digital texts; ``ocr`` adds texts of a noise band by id."""

    def made(annotations: list[dict[str, Any]], **ocr: dict[str, str]) -> Path:
        for name in ("gold", "texts"):
            (tmp_path / name).mkdir(exist_ok=True)
        for one in annotations:
            (tmp_path / "gold" / f"{one['id']}.json").write_text(json.dumps(one), encoding="utf-8")
            (tmp_path / one["text_file"]).write_text(f"Trang của {one['id']}.", encoding="utf-8")
        for band, texts in ocr.items():
            (tmp_path / "ocr" / band).mkdir(parents=True)
            for id_, text in texts.items():
                (tmp_path / "ocr" / band / f"{id_}.txt").write_text(text, encoding="utf-8")
        return tmp_path

    return made
