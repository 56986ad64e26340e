"""``python -m nlp.evaluate``: from a folder to figures, with a reader that is known to err."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nlp import Context
from nlp.evaluate import main
from nlp.model import AgencyMention, Extraction, PlaceMention
from tests.nlp.evaluation.conftest import FolderOf, annotation

_SECRET_TEXT = "Kế hoạch diễn tập"


def _annotations() -> list[dict[str, Any]]:
    return [
        annotation(
            "A", type="Quyết định", date="1987-05-06", issuer="Bộ Y tế", agencies=["Bộ Y tế", "Sở Y tế"],
            units=[{"surface": "xã Tân Lập", "what": "place", "unit": "1@1976"}],
        ),
        annotation("B", type="Công văn", date="2021-05-06", issuer="Bộ Nội vụ", agencies=["Bộ Nội vụ"]),
    ]  # fmt: skip


def _read(text: str, *, id: str = "", source: str | None = None, context: Context | None = None) -> Extraction:
    """A reader that takes every document for the same decision."""
    read = Extraction(text, id, source, issuer="Bộ Y tế", type="Quyết định")
    read.confidence = {"issuer": 0.9, "type": 0.6}
    read.agencies = [AgencyMention("Bộ Y tế", 0, 7, "Bộ Y tế", "ministry")]
    read.places = [PlaceMention("xã Tân Lập", 0, 10, "commune", "2@1976", "sure")]
    return read


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nlp.evaluation.reading.extract", _read)


def _json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main([*arguments, "--json"]) == 0
    value: dict[str, Any] = json.loads(capsys.readouterr().out)
    return value


@pytest.mark.usefixtures("reader")
def test_figures_of_a_folder(folder: FolderOf, capsys: pytest.CaptureFixture[str]) -> None:
    clean = _json(capsys, str(folder(_annotations())))["clean"]

    assert clean["documents"] == 2
    assert clean["fields"]["issuer"]["right"] == 0.5
    assert clean["fields"]["date"]["right"] == 0.0
    assert clean["fields"]["date"]["strict"]["precision"] is None
    assert clean["lists"]["agencies"]["strict"] == {
        "precision": 0.5, "recall": 0.333, "f1": 0.4, "right": 1, "spurious": 1, "missing": 2,
    }  # fmt: skip
    assert clean["units"]["both"] == {"expected": 1, "found": 1, "right": 0.0, "right_of_found": 0.0}
    # Of three fields of two documents: the second issuer is wrong and sure, its type wrong and doubtful.
    assert clean["overconfident"] == round(1 / 6, 3)
    assert clean["calibration"]["issuer"]["expected_calibration_error"] == 0.4


@pytest.mark.usefixtures("reader")
def test_figures_by_era_kind_and_band(folder: FolderOf, capsys: pytest.CaptureFixture[str]) -> None:
    root = folder(_annotations(), light={"B": "mờ"})

    value = _json(capsys, str(root), "--ocr", "light", "--ocr", "clean", "--by", "era", "--by", "kind")

    assert list(value) == ["light", "clean"]
    assert value["light"]["documents"] == 1
    assert set(value["clean"]["by_era"]) == {"1976-2004", "2020-"}
    assert value["clean"]["by_era"]["1976-2004"]["fields"]["issuer"]["right"] == 1.0
    assert value["clean"]["by_kind"]["Công văn"]["fields"]["issuer"]["right"] == 0.0
    assert "by_level" not in value["clean"]


@pytest.mark.usefixtures("reader")
def test_errors_say_what_was_expected_and_how_sure_the_reading_was(
    folder: FolderOf, capsys: pytest.CaptureFixture[str]
) -> None:
    root = folder(_annotations())
    (root / "texts" / "A.txt").write_text("Gửi Sở Y\ntế, ngày mồng sáu", encoding="utf-8")
    (root / "texts" / "B.txt").write_text("ngày 06 tháng 5 năm 2021", encoding="utf-8")

    errors = _json(capsys, str(root), "--errors")["clean"]["errors"]

    found = {
        (one["id"], one["field"], one["cause"], one["expected"], one["found"], one["confidence"]) for one in errors
    }
    assert found == {
        ("A", "date", "lost", "1987-05-06", None, None),
        ("A", "agencies", "missing", "Sở Y tế", None, None),
        ("A", "unit of place", "unit", "xã Tân Lập: 1@1976", "2@1976", None),
        ("B", "issuer", "wrong", "Bộ Nội vụ", "Bộ Y tế", 0.9),
        ("B", "type", "wrong", "Công văn", "Quyết định", 0.6),
        ("B", "date", "missing", "2021-05-06", None, None),
        ("B", "agencies", "lost", "Bộ Nội vụ", None, None),
        ("B", "agencies", "spurious", None, "Bộ Y tế", None),
    }


@pytest.mark.usefixtures("reader")
def test_tables(folder: FolderOf, capsys: pytest.CaptureFixture[str]) -> None:
    root = folder(_annotations(), light={"A": "mờ", "B": "mờ"})

    assert main([str(root), "--ocr", "clean", "--ocr", "light", "--errors", "--calibration"]) == 0

    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["issuer", "2", *["0.500"] * 7] in rows
    assert ["agencies", "3", *["0.500", "0.333", "0.400"] * 2] in rows
    assert ["both", "1", "1", "0.000", "0.000"] in rows
    # Of A a date, an agency and a unit are lost or other, of B all of it, which is no agency's other spelling.
    assert ["agencies", "2", "1"] in rows
    assert ["unit", "of", "place", "1"] in rows
    assert ["0.9-1.0", "2", "0.900", "0.500"] in rows
    assert ["B", "clean", "type", "wrong", "Công", "văn", "Quyết", "định", "0.60"] in rows
    assert [row[:2] for row in rows if row[:1] == ["1976-2004"]] == [["1976-2004", "1"]] * 2
    assert [row[:2] for row in rows if row[:1] == ["light"]] == [["light", "2"]]


@pytest.mark.usefixtures("reader")
def test_what_stands_in_a_document_does_not_command_the_terminal(
    folder: FolderOf, capsys: pytest.CaptureFixture[str]
) -> None:
    main([str(folder([annotation("A", issuer="Bộ \x1b[31mNội vụ [bold]")])), "--errors"])

    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "[bold]" in shown


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize("feed", ["sentences", "lines"])
def test_underthesea_reads_the_same_texts(folder: FolderOf, capsys: pytest.CaptureFixture[str], feed: str) -> None:
    root = folder([annotation("A", people=["Nguyễn Văn Hùng"], places=["Hà Nội"], agencies=[], cites=[])])
    (root / "texts" / "A.txt").write_text("Ông Nguyễn Văn Hùng sống ở Hà Nội.\n", encoding="utf-8")

    value = _json(capsys, str(root), "--underthesea", feed)["clean"]

    assert set(value["underthesea"]) == {"agencies", "people", "places"}
    assert value["underthesea"]["people"]["strict"]["f1"] == 1.0
    assert value["underthesea"]["places"]["strict"]["f1"] == 1.0
    assert value["speed"]["underthesea_pages_a_second"] > 0


def test_nothing_of_a_record_with_a_secrecy_stamp_is_shown(
    folder: FolderOf, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = annotation("S", secrecy="mat", issuer="Bộ Y tế", abstract=_SECRET_TEXT, agencies=["Bộ Y tế"])
    root = folder([secret])
    (root / "texts" / "S.txt").write_text(_SECRET_TEXT, encoding="utf-8")

    assert main([str(root), "--errors", "--json"]) == 0

    shown = capsys.readouterr().out
    assert json.loads(shown)["clean"]["fields"]["secrecy"]["right"] == 0.0
    assert _SECRET_TEXT not in shown
    assert "Bộ Y tế" not in shown


def test_a_page_is_read_as_the_product_reads_it(folder: FolderOf, capsys: pytest.CaptureFixture[str]) -> None:
    root = folder(
        [annotation("Q", type="Quyết định", number="12/QĐ-UBND", date="2021-03-04", issuer="UBND XÃ TÂN LẬP")]
    )
    page = (
        "UBND XÃ TÂN LẬP\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nSố: 12/QĐ-UBND\n"
        "Tân Lập, ngày 04 tháng 3 năm 2021\n\nQUYẾT ĐỊNH\nVề việc thành lập tổ công tác\n\nĐiều 1. Thành lập tổ công tác.\n"
    )
    (root / "texts" / "Q.txt").write_text(page, encoding="utf-8")

    fields = _json(capsys, str(root))["clean"]["fields"]

    assert {name: one["right"] for name, one in fields.items()} == dict.fromkeys(
        ("issuer", "type", "number", "symbol", "date"), 1.0
    )


@pytest.mark.parametrize("given", ["nowhere", "empty", "broken"])
def test_a_bad_folder_gives_one_line_and_status_2(given: str, tmp_path: Path) -> None:
    (tmp_path / "empty" / "gold").mkdir(parents=True)
    (tmp_path / "broken" / "gold").mkdir(parents=True)
    (tmp_path / "broken" / "gold" / "X.json").write_text("{", encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "nlp.evaluate", str(tmp_path / given)], capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert not done.stdout
    assert len(done.stderr.splitlines()) == 1
    assert str(tmp_path / given) in done.stderr
