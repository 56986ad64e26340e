"""Deliveries: which files there are, in which order, and which row is whose."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from kg.errors import HosoError
from kg.ids import file_id
from kg.readers.batch import discover
from tests.kg.readers.making import alto, hocr


def tree(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Văn bản {name}", encoding="utf-8")
    return folder


def sources(*paths: Path) -> list[str]:
    return [file.source for file in discover(list(paths)).files]


def test_files_come_in_a_fixed_order_by_their_path(tmp_path: Path) -> None:
    tree(tmp_path, "P5/H2/002.txt", "P5/H12/003.txt", "P5/H2/001.txt", "P10/a.TXT", "b.pdf")
    assert sources(tmp_path) == ["P10/a.TXT", "P5/H12/003.txt", "P5/H2/001.txt", "P5/H2/002.txt", "b.pdf"]


def test_other_kinds_are_skipped_and_junk_is_not_counted(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "README.md", "b.doc", "Thumbs.db", ".an.txt", ".git/x.txt", "~$c.xlsx", "desktop.ini")
    found = discover([tmp_path])
    assert [file.source for file in found.files] == ["a.txt"]
    assert [one.source for one in found.skipped] == ["README.md", "b.doc"]


def test_markup_is_read_only_where_it_is_ocr(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(hocr(""))
    (tmp_path / "b.xml").write_text(alto(""))
    (tmp_path / "c.html").write_text("<html>trang web</html>")
    (tmp_path / "d.xml").write_text("<a/>")
    found = discover([tmp_path])
    assert [file.source for file in found.files] == ["a.html", "b.xml"]
    assert [one.source for one in found.skipped] == ["c.html", "d.xml"]


def test_a_single_file_counts_from_its_folder(tmp_path: Path) -> None:
    tree(tmp_path, "P5/H12/003.txt")
    found = discover([tmp_path / "P5" / "H12" / "003.txt"])
    assert [file.source for file in found.files] == ["003.txt"]
    assert found.metadata == {}


def test_two_roots_with_one_path_put_their_names_in_front(tmp_path: Path) -> None:
    tree(tmp_path, "lo1/H1/001.txt", "lo2/H1/001.txt", "lo2/H1/002.txt")
    assert sources(tmp_path / "lo1", tmp_path / "lo2") == ["H1/002.txt", "lo1/H1/001.txt", "lo2/H1/001.txt"]


def test_roots_of_one_name_go_further_up(tmp_path: Path) -> None:
    tree(tmp_path, "x/lo/001.txt", "y/lo/001.txt")
    assert sources(tmp_path / "x" / "lo", tmp_path / "y" / "lo") == ["x/lo/001.txt", "y/lo/001.txt"]


def test_the_folder_in_front_is_no_fonds(tmp_path: Path) -> None:
    tree(tmp_path, "lo1/001.txt", "lo2/001.txt")
    assert discover([tmp_path / "lo1", tmp_path / "lo2"]).metadata == {}


def test_a_file_that_two_paths_reach_comes_once(tmp_path: Path) -> None:
    tree(tmp_path, "a/b/001.txt")
    assert sources(tmp_path / "a", tmp_path / "a" / "b") == ["b/001.txt"]


def test_links_out_of_the_root_are_not_followed(tmp_path: Path) -> None:
    tree(tmp_path, "lo/a.txt", "ngoai/b.txt")
    (tmp_path / "lo" / "b.txt").symlink_to(tmp_path / "ngoai" / "b.txt")
    (tmp_path / "lo" / "thu-muc").symlink_to(tmp_path / "ngoai")
    (tmp_path / "lo" / "vong").symlink_to(tmp_path / "lo")
    found = discover([tmp_path / "lo"])
    assert [file.source for file in found.files] == ["a.txt"]
    assert [one.source for one in found.skipped] == ["b.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="file names of bytes")
def test_names_that_are_no_utf_8_can_be_stored(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/xa\xe3.txt")).write_text("x")
    (tmp_path / "hai\ndòng.txt").write_text("x")
    found = sources(tmp_path)
    assert found == ["hai\\x0adòng.txt", "xa\\xe3.txt"]
    assert [source.encode() for source in found]


def test_a_path_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(HosoError) as raised:
        discover([tmp_path / "khong-co"])
    assert raised.value.code == "bad_input"
    assert "khong-co" in raised.value.message


def test_folders_place_records_where_no_table_does(tmp_path: Path) -> None:
    tree(tmp_path, "P5/H12/003.txt", "P5/roi.txt", "phang.txt")
    found = discover([tmp_path])
    placed = {source: (row.fonds, row.file) for source, row in found.metadata.items()}
    assert placed == {"P5/H12/003.txt": ("P5", "H12"), "P5/roi.txt": ("P5", None)}
    assert list(found.catalogue.files) == ["P5//H12"]
    assert list(found.catalogue.fonds) == ["P5"]


def test_a_folder_is_the_file_that_the_list_has(tmp_path: Path) -> None:
    tree(tmp_path, "P5/H12/003.txt")
    (tmp_path / "P5" / "mucluc.csv").write_text("Mục lục số;Hồ sơ số;Tiêu đề hồ sơ\n01;H12;Tập\n02;H13;Khác\n")
    found = discover([tmp_path])
    row = found.metadata["P5/H12/003.txt"]
    assert file_id(row.fonds, row.inventory, row.file or "") == "P5/01/H12"
    assert list(found.catalogue.files) == ["P5/01/H12", "P5/02/H13"]


def test_a_file_listed_without_an_inventory_keeps_its_id(tmp_path: Path) -> None:
    tree(tmp_path, "P5/H12/003.txt")
    (tmp_path / "mucluc.csv").write_text("Mã phông;Hồ sơ số;Tiêu đề hồ sơ\nP5;H12;Tập\n")
    (tmp_path / "manifest.csv").write_text(
        "Mã phông;Mục lục số;Hồ sơ số;Đường dẫn;Trích yếu\nP5;01;H12;P5/H12/003.txt;một\n"
    )
    found = discover([tmp_path])
    row = found.metadata["P5/H12/003.txt"]
    assert list(found.catalogue.files) == [file_id(row.fonds, row.inventory, row.file or "")] == ["P5//H12"]
    assert found.catalogue.files["P5//H12"].inventory == "P5/01"


def test_rows_name_their_files_by_path_from_table_or_root(tmp_path: Path) -> None:
    tree(tmp_path, "P5/H12/001.txt", "P5/H12/002.txt", "P5/H12/003.txt", "P5/H12/Bốn.txt")
    (tmp_path / "P5" / "manifest.csv").write_text(
        "Đường dẫn,Trích yếu\nH12\\001.txt,một\nP5/H12/002.txt,hai\n./H12/../H12/003.TXT,ba\nH12/Bốn.txt,bốn\n"
    )
    titles = {source: row.title for source, row in discover([tmp_path]).metadata.items()}
    assert titles == {
        "P5/H12/001.txt": "một",
        "P5/H12/002.txt": "hai",
        "P5/H12/003.txt": "ba",
        "P5/H12/Bốn.txt": "bốn",
    }


def test_rows_name_their_files_by_code(tmp_path: Path) -> None:
    tree(tmp_path, "scan/P5.H12.0007.txt", "scan/P5.1994.12.003.txt")
    (tmp_path / "manifest.csv").write_text(
        "Mã hồ sơ,Số thứ tự tài liệu,Mã lưu trữ tài liệu,Trích yếu\n"
        ",,P5.H12.0007,theo mã\nP5.1994.12,3,,theo thứ tự\nP5.1994.12,4,,không có tệp\n"
    )
    found = discover([tmp_path])
    assert found.metadata["scan/P5.H12.0007.txt"].title == "theo mã"
    assert found.metadata["scan/P5.1994.12.003.txt"].title == "theo thứ tự"
    assert [row.title for row in found.only_listed] == ["không có tệp"]
    assert found.problems == []


@pytest.mark.parametrize("path", ["../x.txt", "P5/../../x.txt", "/etc/passwd", "C:\\scan\\x.txt", "..\\x.txt"])
def test_a_path_that_leaves_the_batch_stops_it_and_names_the_row(tmp_path: Path, path: str) -> None:
    tree(tmp_path, "lo/a.txt", "x.txt")
    (tmp_path / "lo" / "manifest.csv").write_text(f"Đường dẫn,Trích yếu\na.txt,một\n{path},hai\n")
    with pytest.raises(HosoError) as raised:
        discover([tmp_path / "lo"])
    assert raised.value.code == "bad_input"
    assert raised.value.message.startswith("manifest.csv:3:")


def test_a_path_to_no_file_leaves_a_listed_document_and_a_problem(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt")
    (tmp_path / "manifest.csv").write_text("Đường dẫn,Trích yếu\na.txt,một\nb.txt,hai\n")
    found = discover([tmp_path])
    assert [row.title for row in found.only_listed] == ["hai"]
    assert [(problem.row, problem.reason) for problem in found.problems] == [("manifest.csv:3", "no_such_file")]


def test_two_rows_for_one_file_are_a_problem(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt")
    (tmp_path / "manifest.csv").write_text("Đường dẫn,Trích yếu\na.txt,một\nA.TXT,hai\n")
    found = discover([tmp_path])
    assert found.metadata["a.txt"].title == "một"
    assert found.only_listed == []
    assert [(problem.row, problem.reason) for problem in found.problems] == [("manifest.csv:3", "two_rows")]


def test_a_link_to_a_page_is_no_path(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt")
    (tmp_path / "manifest.csv").write_text("Đường dẫn,Trích yếu\nhttps://example.org/x.pdf,một\n")
    found = discover([tmp_path])
    assert [row.title for row in found.only_listed] == ["một"]
    assert found.problems == []


def test_one_file_of_a_delivery_has_its_row_and_leaves_the_others_alone(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "b.txt")
    manifest = tmp_path / "m.csv"
    manifest.write_text("Đường dẫn,Trích yếu\na.txt,một\nb.txt,hai\n")
    found = discover([tmp_path / "a.txt"], [manifest])
    assert found.metadata["a.txt"].title == "một"
    assert (found.only_listed, found.problems) == ([], [])


def test_a_manifest_from_elsewhere_counts_from_the_roots(tmp_path: Path) -> None:
    tree(tmp_path, "lo/H1/a.txt")
    manifest = tmp_path / "m.csv"
    manifest.write_text("Đường dẫn,Trích yếu\nH1/a.txt,một\n")
    assert discover([tmp_path / "lo"], [manifest]).metadata["H1/a.txt"].title == "một"
    manifest.write_text("Đường dẫn,Trích yếu\nlo/H1/a.txt,hai\n")
    assert discover([tmp_path / "lo"], [manifest]).metadata["H1/a.txt"].title == "hai"


def test_a_named_manifest_must_be_one(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "ghi-chu.csv", "m.xls")
    for name in ("khong-co.csv", "ghi-chu.csv", "m.xls"):
        with pytest.raises(HosoError) as raised:
            discover([tmp_path / "a.txt"], [tmp_path / name])
        assert raised.value.code == "bad_input"


def test_a_name_alone_is_found_when_it_is_the_only_one(tmp_path: Path) -> None:
    tree(tmp_path, "P5/H1/001.txt", "P5/H2/001.txt", "P5/H2/002.txt")
    (tmp_path / "manifest.csv").write_text(
        "Mã phông,Hồ sơ số,Tên tệp,Trích yếu\nP5,H2,001.txt,một\nP5,H2,002.txt,hai\nP5,,001.txt,ba\n"
    )
    found = discover([tmp_path])
    assert {source: row.title for source, row in found.metadata.items() if row.title} == {
        "P5/H2/001.txt": "một",
        "P5/H2/002.txt": "hai",
    }
    assert "several_files" in [problem.reason for problem in found.problems]


def test_a_list_that_names_only_the_creator_is_of_the_same_fonds(tmp_path: Path) -> None:
    (tmp_path / "mucluc.csv").write_text("PHÔNG ĐẢNG ỦY XÃ MỸ ĐÌNH;\nHồ sơ số;Tiêu đề hồ sơ\nH1;Tập\n")
    (tmp_path / "manifest.csv").write_text(
        "Mã phông;Tên phông;Hồ sơ số;Trích yếu\nP7;Phông Đảng ủy xã Mỹ Đình;H1;x\n"
    )
    catalogue = discover([tmp_path]).catalogue
    assert list(catalogue.fonds) == ["P7"]
    assert list(catalogue.files) == ["P7//H1"]


def test_folders_and_lists_are_known_by_the_code_that_begins_their_name(tmp_path: Path) -> None:
    tree(tmp_path, "P05-UBND-XA-MY-DINH/H001/001.txt", "P050-KHAC/H001/001.txt")
    (tmp_path / "manifest.csv").write_text("Mã phông,Tên phông\nP05,Phông Ủy ban nhân dân xã Mỹ Đình\n")
    (tmp_path / "mucluc_P05.csv").write_text("Hồ sơ số;Tiêu đề hồ sơ\nH001;Một\n")
    found = discover([tmp_path])
    assert list(found.catalogue.files) == ["P05//H001", "P050-KHAC//H001"]
    assert found.catalogue.files["P05//H001"].title == "Một"
    assert found.metadata["P05-UBND-XA-MY-DINH/H001/001.txt"].fonds == "P05"


def test_an_archives_code_of_a_file_holds_fonds_and_file(tmp_path: Path) -> None:
    tree(tmp_path, "P05-UBND-XA-MY-DINH/H001/001.txt", "P05-UBND-XA-MY-DINH/H001/002.txt")
    (tmp_path / "mucluc.csv").write_text("Mã phông;Hồ sơ số;Tiêu đề hồ sơ\nP05;H001;Một\n")
    (tmp_path / "P05-UBND-XA-MY-DINH" / "manifest.csv").write_text(
        "FileCode,DocCode,Subject,Đường dẫn\nP05.H001,P05.H001.001,một,H001/001.txt\n"
    )
    found = discover([tmp_path])
    assert {row.file for row in found.metadata.values()} == {"H001"}
    assert list(found.catalogue.files) == ["P05//H001"]


@pytest.mark.shared
def test_the_real_texts_are_a_flat_folder_beside_an_index(shared: Path) -> None:
    found = discover([shared / "corpus" / "real"])
    assert len(found.files) == 340
    assert [one.source for one in found.skipped] == ["INDEX.csv"]
    assert (found.metadata, found.problems, found.catalogue.rows) == ({}, [], 0)
