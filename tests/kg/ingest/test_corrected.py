"""Tables corrected and taken in again: the store is the one that the corrected tables alone would have given."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kg.custody.lists import keep
from kg.custody.loading import read_list
from kg.ingest.run import ingest
from kg.integrity import examine
from kg.model import File, Fonds
from kg.readers.batch import discover
from kg.workspace import open_workspace
from tests.kg.ingest.batches import page, whole_graph
from tests.neo4j_server import Neo4j

Tables = Mapping[str, str | None]
"""Name of a table and its text; None: the table is taken away."""

SCANS = ("001.txt", "002.txt", "P31-UBND-PHUONG-HANG-BAC/H01/001.txt", "P32/H01/001.txt", "P32/H02/001.txt")
ROWS = ("001.txt,{}H01,Một", "002.txt,{}H02,Hai", "003.txt,{}H01,Ba")


def manifest(given: str = "", heads: str = "") -> str:
    """A manifest of two scans and of a third that is not there; ``given``: the cells of ``heads`` in every row."""
    rows = "\n".join(row.format(given) for row in ROWS)
    return f"Đường dẫn,{heads}Mã hồ sơ,Trích yếu nội dung\n{rows}\n"


def finding_aid(*rows: str, heads: str = "", given: str = "") -> str:
    """A list of files."""
    told = rows or ("H01,Tập về phường Hàng Bạc,1999,3", "H05,Tập về phường Hàng Bồ,1998,9")
    lines = "".join(f"{given}{row}\n" for row in told)
    return f'{heads}"Số, ký hiệu hồ sơ",Tiêu đề hồ sơ,Thời gian tài liệu,Số tờ\n{lines}'


def fonds_table(*rows: str) -> str:
    """A table of fonds."""
    return "Mã phông,Tên phông,Ngày đóng phông\n" + "".join(f"{row}\n" for row in rows)


CODE, NAME = "Mã phông,", "Mã phông,Tên phông,"
BAC, BO = "P31,Phông UBND phường Hàng Bạc quận Hoàn Kiếm,", "P31,Phông UBND phường Hàng Bồ quận Hoàn Kiếm,"
SECRET = "Đường dẫn,Mã phông,Mã hồ sơ,Trích yếu nội dung,Độ mật\n"

CORRECTED: dict[str, tuple[Tables, Tables]] = {
    "a code and a name are added": (
        {"manifest.csv": manifest(), "mucluc.csv": finding_aid()},
        {"manifest.csv": manifest(BAC, NAME), "mucluc.csv": finding_aid(heads=CODE, given="P31,")},
    ),
    "a code was wrong": (
        {"manifest.csv": manifest("P13,", CODE), "mucluc.csv": finding_aid(heads=CODE, given="P13,")},
        {"manifest.csv": manifest("P31,", CODE), "mucluc.csv": finding_aid(heads=CODE, given="P31,")},
    ),
    "the creator was another": (
        {"manifest.csv": manifest(BAC, NAME)},
        {"manifest.csv": manifest(BO, NAME)},
    ),
    "the creator is no more told": ({"manifest.csv": manifest(BAC, NAME)}, {"manifest.csv": manifest("P31,", CODE)}),
    "the code of a file was wrong": (
        {"mucluc.csv": finding_aid("H01,Tập một,1999,3", heads=CODE, given="P31,"), "manifest.csv": manifest("P31,", CODE)},
        {"mucluc.csv": finding_aid("H09,Tập một,1999,3", heads=CODE, given="P31,"), "manifest.csv": manifest("P31,", CODE)},
    ),
    "rows are taken out": (
        {"mucluc.csv": finding_aid(heads=CODE, given="P31,"), "manifest.csv": manifest("P31,", CODE)},
        {
            "mucluc.csv": finding_aid("H01,Tập một,1999,3", heads=CODE, given="P31,"),
            "manifest.csv": manifest("P31,", CODE).replace("003.txt,P31,H01,Ba\n", ""),
        },
    ),
    "a value is taken out": (
        {"mucluc.csv": finding_aid("H01,Tập một,1999,3", heads=CODE, given="P31,")},
        {"mucluc.csv": finding_aid("H01,,,4", heads=CODE, given="P31,")},
    ),
    "a folder's fonds gets a code": ({}, {"mucluc.csv": finding_aid(heads=CODE, given="P31,")}),
    "a list gets a name that says whose it is": (
        {"mucluc.csv": finding_aid()},
        {"mucluc.csv": None, "mucluc_P31.csv": finding_aid()},
    ),
    "a list is taken away": ({"mucluc_P31.csv": finding_aid(), "mucluc_P32.csv": finding_aid()}, {"mucluc_P31.csv": None}),
    "a list has no row left": ({"mucluc_P31.csv": finding_aid()}, {"mucluc_P31.csv": finding_aid().partition("\n")[0] + "\n"}),
    "an inventory's number was wrong": (
        {"mucluc_P31.csv": "Mục lục số: 01,,,\n" + finding_aid()},
        {"mucluc_P31.csv": "Mục lục số: 02,,,\n" + finding_aid()},
    ),
    "two lists have one file": (
        {"mucluc_P31.csv": finding_aid("H01,Tập một,,"), "mucluc_p31_b.csv": finding_aid("H01,Tập hai,1999,3", "H07,Bảy,1999,1")},
        {"mucluc_P31.csv": finding_aid("H02,Tập một,,")},
    ),
    "a table of fonds was wrong": (
        {"phong.csv": fonds_table("P31,Phông UBND phường Hàng Bạc,30/06/2025", "P33,Phông Đảng ủy phường Hàng Bồ,")},
        {"phong.csv": fonds_table("P31,Phông UBND phường Hàng Bạc,", "P34,Phông Đảng ủy phường Hàng Bồ,")},
    ),
    "a secret document is of another fonds": (
        {"manifest.csv": f"{SECRET}009.txt,P13,H09,Kín,Mật\n"},
        {"manifest.csv": f"{SECRET}009.txt,P31,H09,Kín,Mật\n"},
    ),
    "a document is secret no more": (
        {"manifest.csv": f"{SECRET}001.txt,P31,H09,Một,Mật\n009.txt,P31,H09,Chín,Mật\n"},
        {"manifest.csv": f"{SECRET}001.txt,P31,H09,Một,\n009.txt,P31,H09,Chín,\n"},
    ),
    "a document's own code": (
        {"manifest.csv": "Đường dẫn,Mã phông,Mã hồ sơ,Mã lưu trữ tài liệu,Trích yếu nội dung\n001.txt,P13,H01,P13.H01.0001,Một\nx.txt,P13,H02,P13.H02.0001,Hai\n"},
        {"manifest.csv": "Đường dẫn,Mã phông,Mã hồ sơ,Mã lưu trữ tài liệu,Trích yếu nội dung\n001.txt,P31,H01,P31.H01.0001,Một\nx.txt,P31,H02,P31.H02.0001,Hai\n"},
    ),
    "the fonds of a document that keeps its code": (
        {"manifest.csv": "Đường dẫn,Mã phông,Mã hồ sơ,Mã lưu trữ tài liệu,Trích yếu nội dung\n001.txt,P13,H01,VB.0000001,Một\nx.txt,P13,H02,VB.0000002,Hai\n"},
        {"manifest.csv": "Đường dẫn,Mã phông,Mã hồ sơ,Mã lưu trữ tài liệu,Trích yếu nội dung\n001.txt,P31,H01,VB.0000001,Một\nx.txt,P31,H02,VB.0000002,Hai\n"},
    ),
    "a title that a blank paper had": (
        {"manifest.csv": "Đường dẫn,Trích yếu nội dung\nP32/H02/009.txt,Sổ viết tay\n"},
        {"manifest.csv": "Đường dẫn,Trích yếu nội dung\nP32/H02/001.txt,Quyết định\n"},
    ),
    "creator, codes and inventory at once": (
        {"manifest.csv": manifest(BAC, NAME), "mucluc_P31.csv": "Mục lục số: 01,,,\n" + finding_aid(), "mucluc.csv": finding_aid()},
        {"manifest.csv": manifest(BO, NAME), "mucluc_P31.csv": "Mục lục số: 02,,,\n" + finding_aid("H05,Tập năm,1998,9"), "mucluc.csv": None},
    ),
    "nothing at all": ({"manifest.csv": manifest(BAC, NAME), "mucluc_P32.csv": finding_aid()}, {}),
}  # fmt: skip


def put(folder: Path, tables: Tables) -> Path:
    """Scans and tables of a delivery."""
    for number, name in enumerate(SCANS):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(number), encoding="utf-8")
    (folder / "P32/H02/009.txt").write_text(" \n\f\n", encoding="utf-8")
    for name, text in tables.items():
        if text is None:
            (folder / name).unlink(missing_ok=True)
        else:
            (folder / name).write_text(text, encoding="utf-8")
    return folder


def take_in(url: str, *paths: Path, manifests: tuple[Path, ...] = ()) -> dict[str, Any]:
    """Ingest, and what it reported."""
    with open_workspace(url, create=True) as workspace:
        return ingest(workspace, discover(list(paths), manifests), workers=1).to_json()


def whole(url: str) -> dict[str, list[object]]:
    """All of a store, with its inventories and with what each record brought."""
    with open_workspace(url) as workspace:
        store = workspace.store
        more: dict[str, list[object]] = {
            "inventories": [row for fonds in store.fonds() for row in store.inventories(fonds.id)],
            "brought": list(store.iter_brought()),
        }
    return whole_graph(url) | more


def url_of(tmp_path: Path, name: str) -> str:
    return f"sqlite:///{tmp_path / name}.db"


@pytest.mark.parametrize("case", CORRECTED)
def test_corrected_tables_give_the_store_of_the_corrected_tables_alone(tmp_path: Path, case: str) -> None:
    before, after = CORRECTED[case]
    batch, url, fresh = put(tmp_path / "lo", before), url_of(tmp_path, "twice"), url_of(tmp_path, "fresh")
    first = take_in(url, batch)
    put(batch, after)
    again = take_in(url, batch)
    take_in(fresh, batch)
    assert whole(url) == whole(fresh)
    assert again["read"] == first["read"] == len(SCANS) + 1
    with open_workspace(url) as workspace:
        assert [check for check in examine(workspace) if not check.ok] == []
    unchanged = take_in(url, batch)
    assert (unchanged["updated"], unchanged["new"], unchanged["withdrawn"]["files"]) == (0, 0, 0)
    assert whole(url) == whole(fresh)


def test_a_table_corrected_alone_leaves_what_other_deliveries_say(tmp_path: Path) -> None:
    one, other = put(tmp_path / "a", {}), tmp_path / "b"
    other.mkdir()
    (one / "mucluc_P31.csv").write_text(
        finding_aid("H01,,,3", "H05,Tập năm,1998,9", heads=CODE, given="P31,"), "utf-8"
    )
    (other / "mucluc.csv").write_text(finding_aid("H01,Tên khác,1990,", "H06,Sáu,1991,2", heads=CODE, given="P31,"), "utf-8")  # fmt: skip
    urls = url_of(tmp_path, "corrected"), url_of(tmp_path, "fresh")
    take_in(urls[0], one)
    take_in(urls[0], other)
    (one / "mucluc_P31.csv").write_text(finding_aid("H07,Tập bảy,1998,9", heads=CODE, given="P31,"), "utf-8")
    take_in(urls[0], one / "mucluc_P31.csv")
    for path in (other, one):
        take_in(urls[1], path)
    with open_workspace(urls[0]) as workspace:
        files = {file.id: (file.title, file.sheets, file.listed) for file in workspace.store.files(fonds="P31")}
    assert files == {
        "P31//H01": ("Tên khác", None, True),
        "P31//H06": ("Sáu", 2, True),
        "P31//H07": ("Tập bảy", 9, True),
    }
    corrected, fresh = whole(urls[0]), whole(urls[1])
    assert corrected["files"] == fresh["files"]
    assert corrected["fonds"] == fresh["fonds"]
    assert corrected["edges"] == fresh["edges"]


def test_a_manifest_from_elsewhere_goes_with_the_folder_that_it_is_about(tmp_path: Path) -> None:
    batch, url = put(tmp_path / "lo", {}), url_of(tmp_path, "twice")
    for name, code in (("sai.csv", "P13,"), ("dung.csv", "P31,")):
        (tmp_path / name).write_text(manifest(code, CODE), encoding="utf-8")
        take_in(url, batch, manifests=(tmp_path / name,))
    fresh = url_of(tmp_path, "fresh")
    take_in(fresh, batch, manifests=(tmp_path / "dung.csv",))
    assert whole(url) == whole(fresh)


def test_a_list_from_elsewhere_stays_when_another_comes(tmp_path: Path) -> None:
    batch, url = put(tmp_path / "lo", {}), url_of(tmp_path, "store")
    for code in ("P31", "P32"):
        path = tmp_path / f"danh-sach-{code}.csv"
        path.write_text(finding_aid("H77,Bảy bảy,1999,3", heads=CODE, given=f"{code},"), encoding="utf-8")
        take_in(url, batch, manifests=(path,))
    with open_workspace(url) as workspace:
        assert {file.id for file in workspace.store.files() if file.listed} == {"P31//H77", "P32//H77"}


def test_a_table_that_cannot_be_read_this_time_takes_nothing_back(tmp_path: Path) -> None:
    batch, url = put(tmp_path / "lo", {"mucluc_P31.csv": finding_aid()}), url_of(tmp_path, "store")
    take_in(url, batch)
    (batch / "mucluc_P31.csv").write_text("không có tiêu đề\n", encoding="utf-8")
    assert take_in(url, batch)["withdrawn"]["files"] == 0
    with open_workspace(url) as workspace:
        assert any(file.listed for file in workspace.store.files())


def test_an_empty_folder_takes_nothing_back(tmp_path: Path) -> None:
    batch, url = put(tmp_path / "lo", {"mucluc_P31.csv": finding_aid()}), url_of(tmp_path, "store")
    take_in(url, batch)
    before = whole(url)
    batch.rename(tmp_path / "away")
    batch.mkdir()
    take_in(url, batch)
    assert whole(url) == before


def test_what_went_and_what_moved_is_told_and_logged(tmp_path: Path) -> None:
    batch = put(tmp_path / "lo", {"manifest.csv": manifest("P13,", CODE)})
    url = url_of(tmp_path, "store")
    take_in(url, batch)
    with open_workspace(url) as workspace:
        old = {record.source: record.id for record in workspace.store.iter_records()}
    put(batch, {"manifest.csv": manifest("P31,", CODE)})
    report = take_in(url, batch)
    assert (report["new"], report["updated"]) == (0, 3)  # P31's own folder is that of the code now
    assert report["withdrawn"] == {"records": 1, "files": 3, "fonds": 2, "inventories": 0}
    with open_workspace(url) as workspace:
        store = workspace.store
        moved = {str(row["was"]): str(row["record"]) for row in store.logged("update")}
        assert {old["001.txt"], old["002.txt"]} <= moved.keys()
        assert set(moved.values()) <= set(store.record_ids())
        gone = store.logged("withdrawn")
        assert [row["fonds"] for row in gone if "fonds" in row] == [["P13", "P31-UBND-PHUONG-HANG-BAC"]]
        assert [row["records"] for row in gone if "records" in row] == [[old[None]]]


def test_a_paper_on_custody_that_finds_its_fonds_no_more_is_told(tmp_path: Path) -> None:
    batch = put(tmp_path / "lo", {"manifest.csv": manifest("P13,", CODE)})
    url = url_of(tmp_path, "store")
    take_in(url, batch)
    papers = tmp_path / "ban-giao.csv"
    papers.write_text(
        "Loại,Mã phông,Hồ sơ số,Bên nhận,Ngày bàn giao,Số biên bản,Ngày biên bản\n"
        "bàn giao,P13,H01,Lưu trữ lịch sử,15/09/2025,12/BB,15/09/2025\n"
        "bàn giao,P32,toàn bộ,Lưu trữ lịch sử,15/09/2025,12/BB,15/09/2025\n",
        encoding="utf-8",
    )
    with open_workspace(url) as workspace:
        read = read_list(papers)
        assert not read.rejected
        (kept,) = keep(workspace.store, [read])
        assert len(kept.facts) == 2
    put(batch, {"manifest.csv": manifest("P31,", CODE)})
    told = [problem for problem in take_in(url, batch)["problems"] if problem["reason"] == "fact_unplaced"]
    assert [problem["row"] for problem in told] == [kept.facts[0].id]
    assert not [problem for problem in take_in(url, batch)["problems"] if problem["reason"] == "fact_unplaced"]


def test_a_file_that_turns_out_secret_leaves_no_title(tmp_path: Path) -> None:
    batch, url = put(tmp_path / "lo", {}), url_of(tmp_path, "store")
    heads = "Mã phông,Hồ sơ số,Tiêu đề hồ sơ,Số tờ,Độ mật\n"
    for name, mark in (("mucluc_a.csv", ""), ("mucluc_b.csv", ""), ("mucluc_b.csv", "Mật")):
        (batch / name).write_text(f"{heads}P31,H50,Kế hoạch Trăng Non của {name},3,{mark}\n", encoding="utf-8")
        take_in(url, batch / name)
    with open_workspace(url) as workspace:
        (file,) = workspace.store.files(["P31//H50"])
        assert (file.title, file.extra["access"], file.listed) == (None, "secret", True)
        kept = str(workspace.store.metas("")) + str(workspace.store.logged()) + str(list(workspace.store.files()))
    assert "Trăng Non" not in kept


def test_killed_before_the_end_the_next_run_takes_back_what_was_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = CORRECTED["a code and a name are added"]
    batch, url = put(tmp_path / "lo", before), url_of(tmp_path, "store")
    take_in(url, batch)
    put(batch, after)
    with monkeypatch.context() as patched:
        patched.setattr("kg.ingest.run._withdraw", _killed)
        with pytest.raises(KeyboardInterrupt):
            take_in(url, batch)
    take_in(url, batch)
    fresh = url_of(tmp_path, "fresh")
    take_in(fresh, batch)
    assert whole(url) == whole(fresh)


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_scan_under_a_code_stays_when_a_list_names_the_code(tmp_path: Path) -> None:
    scans, lists, url = tmp_path / "scans", tmp_path / "lists", url_of(tmp_path, "store")
    for folder in (scans, lists):
        folder.mkdir()
    (scans / "a.txt").write_text(page(1), encoding="utf-8")
    heads = "Mã phông,Mã lưu trữ tài liệu,Trích yếu nội dung"
    (scans / "manifest.csv").write_text(f"Đường dẫn,{heads}\na.txt,P31,VB.0000001,Một\n", encoding="utf-8")
    (lists / "mucluc.csv").write_text(f"{heads}\nP31,VB.0000001,Một\nP31,VB.0000002,Hai\n", encoding="utf-8")
    for _ in range(2):
        take_in(url, scans)
        take_in(url, lists)
    with open_workspace(url) as workspace:
        assert {record.id: record.source for record in workspace.store.iter_records()} == {
            "VB.0000001": "a.txt",
            "VB.0000002": None,
        }


def test_doctor_finds_what_nothing_supports(tmp_path: Path) -> None:
    batch, url = put(tmp_path / "lo", {"mucluc_P31.csv": finding_aid()}), url_of(tmp_path, "store")
    take_in(url, batch)
    with open_workspace(url) as workspace:
        with workspace.store.writing() as writer:
            writer.put_fonds([Fonds("Q1"), Fonds("Q2", creator="UBND xã cũ")])
            writer.put_files([File("Q1//1", "Q1", code="1"), File("P32//9", "P32", code="9")])
        (check,) = [check for check in examine(workspace) if not check.ok]
        assert check.name == "unsupported"
        assert all(ident in check.detail for ident in ("P32//9", "Q1//1", "Q1"))
        assert "Q2" not in check.detail


def test_the_server_store_takes_back_alike(
    tmp_path: Path, empty_neo4j: Neo4j, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = CORRECTED["creator, codes and inventory at once"]
    batch, found = put(tmp_path / "lo", before), []
    for data, tables in (("twice", (before, after)), ("fresh", (after,))):
        monkeypatch.setenv("HOSO_DATA", str(tmp_path / data))
        empty_neo4j.empty()
        for given in tables:
            put(batch, given)
            take_in(empty_neo4j.url, batch)
        found.append(whole(empty_neo4j.url))
    assert found[0] == found[1]
