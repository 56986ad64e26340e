"""Ingest: what it counts, that it may be killed and repeated, and that bad input leaves the store as it was."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from kg.errors import HosoError
from kg.ingest.run import ingest
from kg.ingest.task import Task, perform
from kg.model import Quarantined
from kg.readers.batch import discover
from kg.workspace import open_workspace
from tests.kg.ingest.batches import deliver, hoso, page, whole_graph


def url_of(folder: Path, name: str = "store.db") -> str:
    return f"sqlite:///{folder / name}"


def run(url: str, *paths: Path, workers: int = 1) -> dict[str, object]:
    with open_workspace(url, create=True) as workspace:
        return ingest(workspace, discover(paths), workers=workers).to_json()


def test_counts_add_up_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    batch, url = deliver(tmp_path / "batch", 12), url_of(tmp_path)
    (batch / "P07" / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    (batch / "notes.docx").write_bytes(b"other kind")
    first = run(url, batch)
    before = whole_graph(url)
    second = run(url, batch)
    assert (first["read"], first["new"], first["quarantined"], first["skipped"]) == (13, 12, 1, 1)
    assert (second["unchanged"], second["new"], second["updated"], second["quarantined"]) == (12, 0, 0, 1)
    assert whole_graph(url) == before


def test_one_process_and_several_make_the_same_graph(tmp_path: Path) -> None:
    batch = deliver(tmp_path / "batch", 20)
    run(url_of(tmp_path, "one.db"), batch, workers=1)
    run(url_of(tmp_path, "two.db"), batch, workers=2)
    assert whole_graph(url_of(tmp_path, "one.db")) == whole_graph(url_of(tmp_path, "two.db"))


def test_the_order_of_deliveries_does_not_matter(tmp_path: Path) -> None:
    first, second = deliver(tmp_path / "a", 8), tmp_path / "b" / "P09" / "H01"
    second.mkdir(parents=True)
    for number in range(20, 26):
        (second / f"{number}.txt").write_text(page(number).upper(), encoding="utf-8")
    for name, order in (("ab.db", (first, tmp_path / "b")), ("ba.db", (tmp_path / "b", first))):
        for batch in order:
            run(url_of(tmp_path, name), batch)
    assert whole_graph(url_of(tmp_path, "ab.db")) == whole_graph(url_of(tmp_path, "ba.db"))


def test_new_bytes_under_an_old_id_are_an_update_kept_in_the_log(tmp_path: Path) -> None:
    batch, url = deliver(tmp_path / "batch", 3), url_of(tmp_path)
    run(url, batch)
    changed = batch / "P07" / "H01" / "001.txt"
    changed.write_text(page(99), encoding="utf-8")
    report = run(url, batch)
    assert (report["updated"], report["unchanged"]) == (1, 2)
    with open_workspace(url) as workspace:
        assert [row["source"] for row in workspace.store.logged("update")] == ["P07/H01/001.txt"]
        record = next(row for row in workspace.store.iter_records() if row.source == "P07/H01/001.txt")
        assert record.number == "99/QĐ-UBND"
    fresh = url_of(tmp_path, "fresh.db")
    run(fresh, batch)
    assert whole_graph(url) == whole_graph(fresh)


def test_killed_in_the_middle_and_started_again_it_ends_with_the_same_graph(tmp_path: Path) -> None:
    batch, killed, whole = (
        deliver(tmp_path / "batch", 200),
        url_of(tmp_path, "killed.db"),
        url_of(tmp_path, "whole.db"),
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "kg.cli.app", "ingest", str(batch), "--store", killed, "--workers", "1"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    deadline = time.monotonic() + 120
    while (stored := _stored(tmp_path / "killed.db")) == 0 and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert stored > 0, "nothing was committed before the deadline"
    before = _stored(tmp_path / "killed.db")
    assert before < 200, "the run ended before it could be killed"
    again = run(killed, batch)
    run(whole, batch)
    assert again["unchanged"] == before
    assert whole_graph(killed) == whole_graph(whole)


def _stored(file: Path) -> int:
    """Committed records, read beside the writer."""
    if not file.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=1) as db:
            return int(db.execute("SELECT count(*) FROM change").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def test_a_secret_record_is_counted_and_nothing_of_it_is_kept(tmp_path: Path) -> None:
    batch, url = deliver(tmp_path / "batch", 2), url_of(tmp_path)
    secret = batch / "P07" / "H09" / "001.txt"
    secret.parent.mkdir()
    secret.write_text("MẬT\n" + page(77).replace("sửa chữa nhà", "kế hoạch Trăng Non"), encoding="utf-8")
    report = run(url, batch)
    assert (report["secret"], report["new"]) == (1, 2)
    with open_workspace(url) as workspace:
        assert [(row.source, row.level) for row in workspace.store.secrets()] == [("P07/H09/001.txt", "mat")]
        assert not any(
            "Trăng" in (text.text if text else "") for text in map(workspace.texts.get, workspace.texts.ids())
        )


def test_a_record_found_secret_later_is_withdrawn(tmp_path: Path) -> None:
    batch, url = deliver(tmp_path / "batch", 2), url_of(tmp_path)
    run(url, batch)
    file = batch / "P07" / "H01" / "001.txt"
    file.write_text("TỐI MẬT\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert run(url, batch)["secret"] == 1
    with open_workspace(url) as workspace:
        assert [row.source for row in workspace.store.iter_records()] == ["P07/H02/002.txt"]
        assert len(workspace.texts.ids()) == 1


def test_a_manifest_row_fills_the_record_and_the_finding_aid_lists_more(tmp_path: Path) -> None:
    batch, url = deliver(tmp_path / "batch", 1), url_of(tmp_path)
    (batch / "manifest.csv").write_text(
        "Đường dẫn,Mã phông,Mã hồ sơ,Trích yếu nội dung,Thời hạn lưu trữ\n"
        "P07/H01/001.txt,P07,H01,Cấp kinh phí cho phường Hàng Bồ,Vĩnh viễn\n",
        encoding="utf-8",
    )
    (batch / "mucluc.csv").write_text(
        'Mã phông,"Số, ký hiệu hồ sơ",Tiêu đề hồ sơ,Thời hạn bảo quản,Số tờ\n'
        "P07,H01,Kinh phí,20 năm,3\nP07,H02,Hồ sơ nhà đất,Vĩnh viễn,45\n",
        encoding="utf-8",
    )
    report = run(url, batch)
    assert report["listed"] == 2
    with open_workspace(url) as workspace:
        record = next(workspace.store.iter_records())
        assert (record.title, record.fonds) == ("Cấp kinh phí cho phường Hàng Bồ", "P07")
        assert (record.retention or "").lower() == "vĩnh viễn"
        assert [(file.code, file.sheets, file.listed) for file in workspace.store.files()] == [
            ("H01", 3, True), ("H02", 45, True),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("empty.txt", b"", "empty"),
        ("broken.pdf", b"%PDF-1.4\nnothing", "PDF"),
        ("bytes.txt", bytes(range(128, 256)) * 20 + b"\x00\x01", ""),
    ],
)
def test_one_bad_file_alone_is_one_clear_line(tmp_path: Path, name: str, content: bytes, word: str) -> None:
    file = tmp_path / "batch" / name
    file.parent.mkdir()
    file.write_bytes(content)
    result = hoso("ingest", str(file), "--store", url_of(tmp_path), "--json")
    assert result.returncode == 1
    assert json.loads(result.stdout)["error"]["code"] == "unreadable"
    assert "Traceback" not in result.stderr
    listed = json.loads(hoso("quarantine", "--store", url_of(tmp_path), "--json").stdout)
    assert name in json.dumps(listed)
    assert word.lower() in json.dumps(listed).lower()


def test_a_zip_renamed_to_pdf_is_set_aside_and_the_rest_goes_on(tmp_path: Path) -> None:
    batch = deliver(tmp_path / "batch", 2)
    with zipfile.ZipFile(batch / "P07" / "really.pdf", "w") as archive:
        archive.writestr("a.txt", "x")
    report = json.loads(hoso("ingest", str(batch), "--store", url_of(tmp_path), "--json").stdout)
    assert (report["new"], report["quarantined"]) == (2, 1)


def test_a_missing_path_is_one_clear_line_and_makes_no_store(tmp_path: Path) -> None:
    result = hoso("ingest", str(tmp_path / "nowhere"), "--store", url_of(tmp_path), "--json")
    assert result.returncode == 1
    assert json.loads(result.stdout)["error"]["code"] in {"bad_input", "not_found"}
    assert "nowhere" in result.stderr
    assert not list(tmp_path.glob("store.db*"))


def test_a_manifest_path_that_leaves_the_batch_stops_before_anything_is_stored(tmp_path: Path) -> None:
    batch, url = deliver(tmp_path / "batch", 2), url_of(tmp_path)
    run(url, batch)
    before = whole_graph(url)
    (tmp_path / "outside.txt").write_text("x", encoding="utf-8")
    (batch / "manifest.csv").write_text(
        "Đường dẫn,Mã phông,Mã hồ sơ,Trích yếu\n../outside.txt,P07,H01,Tên\n", "utf-8"
    )
    with pytest.raises(HosoError) as caught:
        run(url, batch)
    assert caught.value.code == "bad_input"
    assert "outside.txt" in caught.value.message
    assert whole_graph(url) == before


def test_a_locked_store_is_one_clear_line_and_stays_as_it_was(tmp_path: Path) -> None:
    batch, url = deliver(tmp_path / "batch", 2), url_of(tmp_path)
    run(url, batch)
    before = whole_graph(url)
    (batch / "P07" / "H01" / "900.txt").write_text(page(900), encoding="utf-8")
    holder = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        result = hoso("ingest", str(batch), "--store", url, "--json")
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    assert result.returncode == 1
    assert json.loads(result.stdout)["error"]["code"] == "unavailable"
    assert "Traceback" not in result.stderr
    assert whole_graph(url) == before


def test_a_listed_file_without_scans_lies_where_its_title_says(tmp_path: Path) -> None:
    batch, url = deliver(tmp_path / "batch", 1), url_of(tmp_path)
    head = 'Mã phông,Đơn vị hình thành phông,"Số, ký hiệu hồ sơ",Tiêu đề hồ sơ\n'
    for ward in ("Phường Hàng Bạc", "Phường Hàng Bồ"):  # the second list corrects the first
        rows = f"P07,UBND quận Hoàn Kiếm,H77,Nhà đất {ward}\nP07,UBND quận Hoàn Kiếm,H78,Công văn đi\n"
        (batch / "mucluc.csv").write_text(head + rows, encoding="utf-8")
        run(url, batch)
        assert _places_of_files(url) == {f"Nhà đất {ward}": ward, "Công văn đi": "Quận Hoàn Kiếm"}


def _places_of_files(url: str) -> dict[str, str]:
    with open_workspace(url) as workspace:
        edges = [edge for edge in workspace.store.iter_edges(["ABOUT_PLACE"]) if edge.record is None]
        nodes = workspace.store.nodes({end for edge in edges for end in (edge.source, edge.target)})
        return {nodes[edge.source].name: nodes[edge.target].name for edge in edges}


MANIFEST = "Đường dẫn,Mã phông,Mã hồ sơ,Trích yếu,Độ mật\n"


def manifest(batch: Path, *rows: str) -> None:
    (batch / "manifest.csv").write_text(MANIFEST + "".join(f"{row}\n" for row in rows), encoding="utf-8")


def test_a_record_found_secret_by_its_row_is_withdrawn_also_under_another_fonds(tmp_path: Path) -> None:
    batch, url = deliver(tmp_path / "batch", 1), url_of(tmp_path)
    run(url, batch)
    manifest(batch, "P07/H01/001.txt,Q9,H77,Tên kín,Tối mật")
    assert run(url, batch)["secret"] == 1
    with open_workspace(url) as workspace:
        assert not list(workspace.store.record_ids())
        assert not workspace.texts.ids()
        assert [row.level for row in workspace.store.secrets()] == ["toi_mat"]
        assert "Tên kín" not in str(list(workspace.store.iter_nodes(["agency", "person", "legal_act"])))


def test_a_corrected_file_code_leaves_no_twin(tmp_path: Path) -> None:
    batch, url = deliver(tmp_path / "batch", 2), url_of(tmp_path)
    manifest(batch, "P07/H01/001.txt,P07,H50,Kinh phí,")
    run(url, batch)
    manifest(batch, "P07/H01/001.txt,P07,H51,Kinh phí,")
    run(url, batch)
    with open_workspace(url) as workspace:
        found = {row.source: row.file for row in workspace.store.iter_records()}
        assert found == {"P07/H01/001.txt": "P07//H51", "P07/H02/002.txt": "P07//H02"}
        assert len(workspace.texts.ids()) == 2


def test_two_deliveries_with_the_same_paths_stay_apart_where_their_tables_do(tmp_path: Path) -> None:
    url = url_of(tmp_path)
    for fonds in ("A1", "B2"):
        batch = tmp_path / fonds
        batch.mkdir()
        (batch / "001.txt").write_text(page(7), encoding="utf-8")
        manifest(batch, f"001.txt,{fonds},H1,Kinh phí,")
        run(url, batch)
    with open_workspace(url) as workspace:
        assert [row.fonds for row in workspace.store.iter_records()] in (["A1", "B2"], ["B2", "A1"])


def test_a_row_put_in_above_reads_nothing_again(tmp_path: Path) -> None:
    batch, url = deliver(tmp_path / "batch", 3), url_of(tmp_path)
    rows = ["P07/H01/001.txt,P07,H01,Một,", "P07/H02/002.txt,P07,H02,Hai,"]
    manifest(batch, *rows)
    run(url, batch)
    manifest(batch, "P07/H03/003.txt,P07,H03,Ba,", *rows)
    report = run(url, batch)
    assert (report["updated"], report["unchanged"]) == (1, 2)


def test_a_file_mended_to_its_old_bytes_leaves_quarantine(tmp_path: Path) -> None:
    batch, url = deliver(tmp_path / "batch", 2), url_of(tmp_path)
    file = batch / "P07" / "H01" / "001.txt"
    whole = file.read_bytes()
    for content, waiting in ((whole, 0), (b"", 1), (whole, 0)):
        file.write_bytes(content)
        run(url, batch)
        with open_workspace(url) as workspace:
            assert len(workspace.store.quarantined()) == waiting


def test_rows_with_paths_and_no_fonds_lie_in_the_fonds_of_their_folders(tmp_path: Path) -> None:
    batch, url = deliver(tmp_path / "batch", 2), url_of(tmp_path)
    (batch / "manifest.csv").write_text(
        'Số TT,Đường dẫn,Trích yếu,"Số, ký hiệu hồ sơ",Tiêu đề hồ sơ\n'
        "1,P07/H01/001.txt,Một,HS01,Kinh phí sửa nhà\n2,P07/H02/002.txt,Hai,HS01,Kinh phí sửa nhà\n",
        encoding="utf-8",
    )
    run(url, batch)
    with open_workspace(url) as workspace:
        assert [(file.id, file.title) for file in workspace.store.files()] == [("P07//HS01", "Kinh phí sửa nhà")]
        assert [fonds.id for fonds in workspace.store.fonds()] == ["P07"]


@pytest.mark.ocr
def test_the_sample_batch_ingested_twice_is_the_same_graph(tmp_path: Path, sample: Path, tesseract: str) -> None:
    url = url_of(tmp_path)
    first = run(url, sample, workers=2)
    before = whole_graph(url)
    again = run(url, sample, workers=2)
    assert again["unchanged"] == first["new"]
    assert whole_graph(url) == before


def test_a_fault_of_the_program_sets_one_file_aside_and_says_nothing_of_its_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = deliver(tmp_path / "lô", 1) / "P07" / "H01" / "001.txt"
    monkeypatch.setattr("nlp.extract", _quoting)
    outcome = perform(Task(file, "P07/H01/001.txt", None, None, None))
    assert isinstance(outcome, Quarantined)
    assert "ValueError" in outcome.message
    assert "sửa chữa" not in outcome.message


def _quoting(text: str, **_: object) -> object:
    raise ValueError(text)
