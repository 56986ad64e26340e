"""The sample batch that the repository carries: what it must hold, and that the generator makes it again."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from openpyxl import load_workbook

from tests.generator import tcvn3
from tests.generator.__main__ import SEED
from tests.generator.batch import write

HERE = Path(__file__).parent
BATCH, TRUTH = HERE / "sample", HERE / "sample_truth"
TABLES = {".csv", ".xlsx"}


def rows_of(name: str) -> list[list[str]]:
    """The cells of a table of the batch, as text."""
    path = BATCH / name
    if path.suffix == ".xlsx":
        sheet = load_workbook(path, read_only=True).worksheets[0]
        return [[str(cell) if cell is not None else "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    text = path.read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";" if text.partition("\r\n")[0].count(";") else ","))


def listed_files(name: str) -> set[str]:
    """The file codes of a finding aid: the column headed by them, below its heading."""
    rows = rows_of(name)
    start = next(n for n, row in enumerate(rows) if "Tiêu đề hồ sơ" in row)
    column = next(n for n, cell in enumerate(rows[start]) if cell in ("Số, ký hiệu hồ sơ", "Hồ sơ số"))
    return {row[column] for row in rows[start + 1 :] if len(row) > column and row[column]}


@pytest.fixture(scope="module")
def truth() -> list[dict[str, Any]]:
    """What is true of each computer file."""
    return [json.loads(line) for line in (TRUTH / "records.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def broken() -> dict[str, str]:
    """The files made to be unreadable."""
    found: dict[str, str] = json.loads((TRUTH / "batch.json").read_text(encoding="utf-8"))["broken"]
    return found


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The part that needs neither fonts nor Tesseract, made anew: batch and truth."""
    folder = tmp_path_factory.mktemp("again")
    write(folder / "sample", folder / "truth", SEED, scans=False)
    return folder / "sample", folder / "truth"


def test_truth_covers_every_computer_file_and_nothing_else(
    truth: list[dict[str, Any]], broken: dict[str, str]
) -> None:
    delivered = {
        path.relative_to(BATCH).as_posix()
        for path in BATCH.rglob("*")
        if path.is_file() and path.suffix not in TABLES
    }
    sources = [row["source"] for row in truth]
    assert len(sources) == len(set(sources))
    assert set(sources) | broken.keys() == delivered


def test_it_is_large_and_varied_enough(truth: list[dict[str, Any]]) -> None:
    records = [row for row in truth if not row["archive_page"]]
    media = Counter(row["medium"] for row in records)
    assert len(records) >= 200
    assert len({row["kind"] for row in records}) >= 40
    assert {row["fonds"] for row in truth} >= {f"P{number:02d}" for number in range(1, 15)}
    assert min(media[name] for name in ("txt", "pdf", "ocr", "hocr", "alto")) >= 5
    assert media.keys() >= {"jpg", "png", "scan", "tcvn3"}
    days = sorted(row["date"] for row in records if row["date"])
    assert days[0] < "1977"
    assert days[-1] > "2025"
    assert {row["secrecy"] for row in records} == {None, "mat", "toi_mat"}
    assert any(len(row.get("parts", ())) > 1 for row in records)


def test_it_stays_small() -> None:
    assert sum(path.stat().st_size for path in BATCH.rglob("*") if path.is_file()) < 12_000_000


def test_every_path_of_the_manifests_exists() -> None:
    rows = rows_of("manifest.xlsx")
    named = [row[rows[0].index("Đường dẫn")] for row in rows[1:]]
    assert len(named) > 150
    for path in BATCH.glob("*/manifest.csv"):
        old = rows_of(path.relative_to(BATCH).as_posix())
        assert "CodeNotation" in old[0]
        named += [f"{path.parent.name}/{row[old[0].index('Đường dẫn')]}" for row in old[1:]]
    assert [name for name in named if not (BATCH / name).is_file()] == []


def test_finding_aids_list_more_files_than_were_scanned() -> None:
    scanned = {(path.parent.name[:3], path.name) for path in BATCH.glob("P*/*") if path.is_dir()}
    listed = {
        (path.stem.removeprefix("mucluc_"), code)
        for path in BATCH.glob("mucluc_*")
        for code in listed_files(path.name)
    }
    assert len({fonds for fonds, _ in listed - scanned}) >= 8
    assert {fonds for fonds, _ in listed} - {fonds for fonds, _ in scanned} == {"P15"}
    assert scanned - listed == {("P05", "H099")}


def test_papers_speak_of_papers_of_the_batch(truth: list[dict[str, Any]]) -> None:
    held = {(row["number"], row["date"]) for row in truth if row["number"]}
    affected = [
        (entry["number"], entry["date"]) for row in truth for entry in row["cites"] if entry["role"] == "affected"
    ]
    assert len(affected) >= 8
    assert set(affected) <= held
    relations = {(entry["relation"], entry["scope"]) for row in truth for entry in row["affects"]}
    assert relations >= {("replaces", "whole"), ("amends", "part"), ("repeals", "part"), ("repeals", "whole")}


def test_the_same_people_sign_for_years(truth: list[dict[str, Any]]) -> None:
    years: dict[tuple[str, str], set[str]] = {}
    for row in truth:
        for signer in row["signers"]:
            if signer["power"] and row["date"]:
                years.setdefault((row["issuer_name"], signer["name"]), set()).add(row["date"][:4])
    assert sum(len(found) > 1 for found in years.values()) >= 15


def test_no_slot_is_left_open(truth: list[dict[str, Any]]) -> None:
    for row in truth:
        if row["medium"] == "txt":
            text = (BATCH / row["source"]).read_text(encoding="utf-8")
            assert not set("{}[]") & set(text), row["source"]
            assert unicodedata.is_normalized("NFC", text)


def test_printed_pdfs_give_their_letters_back(truth: list[dict[str, Any]]) -> None:
    for row in truth:
        if row["medium"] != "pdf":
            continue
        document = pypdfium2.PdfDocument(BATCH / row["source"])
        text = " ".join(page.get_textpage().get_text_range() for page in document)
        squeezed = "".join(text.split()).replace("uỷ", "ủy")  # some typists write it so
        for signer in row["signers"]:
            assert "".join(signer["name"].split()) in squeezed, row["source"]


def test_the_old_encoding_has_one_byte_a_letter() -> None:
    assert tcvn3.encode("Quyết định") == b"Quy\xd5t \xae\xdenh"
    assert tcvn3.encode("QUYẾT") == b"QUY\xd5T"


def test_the_typed_part_is_made_again_byte_for_byte(
    again: tuple[Path, Path], truth: list[dict[str, Any]], broken: dict[str, str]
) -> None:
    batch, truth_again = again
    typed = {row["source"] for row in truth if row["medium"] in ("txt", "tcvn3")} | broken.keys()
    made = {
        path.relative_to(batch).as_posix() for path in batch.rglob("*") if path.is_file() and path.suffix != ".xlsx"
    }
    assert typed <= made
    assert [name for name in sorted(made) if (batch / name).read_bytes() != (BATCH / name).read_bytes()] == []
    for name in ("records.jsonl", "batch.json"):
        assert (truth_again / name).read_bytes() == (TRUTH / name).read_bytes()


def test_workbooks_are_made_again_cell_for_cell(again: tuple[Path, Path]) -> None:
    names = sorted(path.relative_to(again[0]).as_posix() for path in again[0].rglob("*.xlsx"))
    assert names == sorted(path.relative_to(BATCH).as_posix() for path in BATCH.rglob("*.xlsx"))
    for name in names:
        new, old = load_workbook(again[0] / name), load_workbook(BATCH / name)
        assert new.sheetnames == old.sheetnames
        for one, two in zip(new.worksheets, old.worksheets, strict=True):
            assert list(one.values) == list(two.values), name


def test_another_seed_makes_another_batch(tmp_path: Path, truth: list[dict[str, Any]]) -> None:
    write(tmp_path / "other", tmp_path / "truth", SEED + 1, scans=False)
    other = [
        json.loads(line) for line in (tmp_path / "truth" / "records.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [row["source"] for row in other] == [row["source"] for row in truth]
    assert sum(one["number"] != two["number"] for one, two in zip(other, truth, strict=True)) > 100
