"""Lists that have little more than the one column they need, and lists of which no row is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.readers.batch import discover
from kg.readers.model import Batch
from tests.kg.readers.making import workbook

CODES = ["H001", "H9", "12/2019", "QLĐĐ 07"]


def codes(batch: Batch) -> list[str]:
    """The numbers of the files that a list names, in its order."""
    return [file.code for file in batch.catalogue.files.values() if file.listed]


@pytest.mark.parametrize("label", ["Số, ký hiệu hồ sơ", "Hồ sơ số", "Mã hồ sơ"])
@pytest.mark.parametrize("beside", [(), ("STT",), ("STT", "Ghi chú"), ("Ghi chú",), ("Việc cần làm",)])
@pytest.mark.parametrize("by_name", [True, False])
def test_a_list_with_the_needed_column_alone_is_read(
    tmp_path: Path, label: str, beside: tuple[str, ...], by_name: bool
) -> None:
    head = [*(name for name in beside if name == "STT"), label, *(name for name in beside if name != "STT")]
    rows = [[{"STT": number, label: code}.get(name) for name in head] for number, code in enumerate(CODES, start=1)]
    title = [["MỤC LỤC HỒ SƠ"], ["Phông", "UBND quận Long Biên"], ["Hộp số", 12]]
    path = workbook(tmp_path / ("mucluc.xlsx" if by_name else "ds.xlsx"), {"a": [*title, head, *rows, head]})
    found = discover([tmp_path], [] if by_name else [path])
    assert codes(found) == CODES
    assert {problem.reason for problem in found.problems} <= {"no_fonds"}


@pytest.mark.parametrize("name", ["manifest.csv", "liet-ke.csv"])
def test_a_manifest_with_paths_alone_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text("Văn bản", encoding="utf-8")
    (tmp_path / name).write_text("Đường dẫn\na.txt\nb.txt\n", encoding="utf-8")
    found = discover([tmp_path], [tmp_path / name])
    assert (list(found.metadata), len(found.only_listed)) == (["a.txt"], 1)


def test_a_table_that_nothing_names_needs_more_than_one_column(tmp_path: Path) -> None:
    (tmp_path / "theo-doi.csv").write_text("STT,Mã hồ sơ\n1,H001\n", encoding="utf-8")
    (tmp_path / "viec.csv").write_text("Hồ sơ số\nH001\n", encoding="utf-8")
    found = discover([tmp_path])
    assert codes(found) == []
    assert [one.source for one in found.skipped] == ["theo-doi.csv", "viec.csv"]


def test_a_value_over_the_table_is_no_heading(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text("Hồ sơ số,12\nĐường dẫn,\na.txt,\n", encoding="utf-8")
    assert [row.path for row in discover([tmp_path]).only_listed] == ["a.txt"]


def test_groups_of_a_list_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "mucluc.csv").write_text(
        'STT,"Số, ký hiệu hồ sơ",Tiêu đề hồ sơ\nI,Tài chính năm 2019,\n1,H01,Sổ cái\n2,H02,\n', encoding="utf-8"
    )
    assert codes(discover([tmp_path])) == ["H01", "H02"]
    (tmp_path / "mucluc.csv").write_text('STT,"Số, ký hiệu hồ sơ"\nI,TÀI CHÍNH\n1,H01\n', encoding="utf-8")
    assert codes(discover([tmp_path])) == ["H01"]


def test_a_list_of_which_no_row_is_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "mucluc.csv").write_text('STT,"Số, ký hiệu hồ sơ"\n', encoding="utf-8")
    assert [(one.row, one.reason) for one in discover([tmp_path]).problems] == [("mucluc.csv", "no_rows")]
