"""Reading a folder of annotated documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.evaluation.gold import BadGold, era_of, load, texts
from tests.nlp.evaluation.conftest import FolderOf, annotation


@pytest.mark.parametrize(
    ("date", "era"),
    [
        ("1975-12-31", "before 1976"),
        ("1976-01-01", "1976-2004"),
        ("2005", "2005-2010"),
        ("2011-12", "2011-2019"),
        ("2020-03-05", "2020-"),
        (None, "unknown"),
        ("", "unknown"),
    ],
)
def test_eras(date: str | None, era: str) -> None:
    assert era_of(date) == era


def test_a_real_document_has_the_era_of_its_date_its_type_and_the_level_of_the_index(folder: FolderOf) -> None:
    root = folder([annotation("T1", kind="digital text", type="Công văn", date=None, date_partial="2011-12")])
    (root / "real").mkdir()
    (root / "real" / "INDEX.csv").write_text("id,level\nT1,province\n", encoding="utf-8")

    (gold,) = load(root)

    assert (gold.era, gold.kind, gold.level) == ("2011-2019", "Công văn", "province")


def test_a_generated_document_says_it_all(folder: FolderOf) -> None:
    context = {"date": "1987-05-06", "unit": "1@1976", "number": "12/QĐ-UB"}
    one = annotation(
        "G1", era="1976-2004", kind="minutes", level="commune", layout="a", split="held", context=context
    )

    (gold,) = load(folder([one, annotation("G2", era="2020-", split="build")]), "held")

    assert (gold.era, gold.kind, gold.level, gold.layout) == ("1976-2004", "minutes", "commune", "a")
    assert gold.context("light").number == "12/QĐ-UB"
    assert gold.context("light").unit == "1@1976"
    assert gold.context("light").file_name == "G1.txt"


def test_documents_without_a_text_of_the_band_are_left_out(folder: FolderOf) -> None:
    golds = load(folder([annotation("T1"), annotation("T2")], light={"T2": "mờ"}))

    assert [(gold.id, text) for gold, text in texts(golds, "light")] == [("T2", "mờ")]
    assert len(texts(golds, "clean")) == 2


def test_what_is_wrong_with_a_folder_is_said(folder: FolderOf, tmp_path: Path) -> None:
    with pytest.raises(BadGold, match="no folder gold/"):
        load(tmp_path / "nowhere")
    root = folder([annotation("T1")])
    with pytest.raises(BadGold, match="no annotation of the part held"):
        load(root, "held")
    with pytest.raises(BadGold, match="no text of heavy"):
        texts(load(root), "heavy")
    (root / "texts" / "T1.txt").unlink()
    with pytest.raises(BadGold, match=r"T1\.txt: the text of the annotation T1 is not there"):
        texts(load(root), "clean")


@pytest.mark.parametrize(
    "content", ["{", "[]", "{}", '{"text_file": "a", "units": [{"surface": "xã A", "what": "town"}]}']
)
def test_a_file_that_is_no_annotation_is_named(folder: FolderOf, content: str) -> None:
    root = folder([])
    (root / "gold" / "X.json").write_text(content, encoding="utf-8")

    with pytest.raises(BadGold, match=r"X\.json"):
        load(root)
