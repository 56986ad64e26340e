"""Nothing of a closed, secret or conditional record reaches an open reader, whichever command is asked.

A delivery with such records is taken in; their names, numbers and words (the canaries) stand nowhere else. Every command
that reads is then run and all it writes is searched for them: also run together, without accents, as ids spell them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.access import Access
from kg.ingest.run import ingest
from kg.readers.batch import discover
from kg.workspace import open_workspace
from ontology.folding import fold
from tests.kg.ingest import batches
from tests.kg.ingest.batches import deliver, page
from tests.kg.test_cli_questions import hoso

DENOUNCED = ("Quách Văn Khuynh", "Vi Thị Xuyến", "7391/QĐ-UBND", "Xí nghiệp Hoàng Thảo", "KD 917263")
"""The accused, the writer, an act, a body and a certificate that only denunciations name."""
DENOUNCED_TITLES = ("Ngạc Văn Truật", "Lò Văn Phỉnh", "Khúc Văn Giảo")
"""The accused of a letter that is only listed, of a file's title, and of a title over a page that is about land."""
CONDITIONAL = ("Mạc Đăng Xoang", "9573/QĐ-UBND", "Trần Văn Nhượng", "KV 918273")
"""The signer, an act cited, a man and a certificate named by a conditional record."""
SECRET = ("Trăng Khuyết", "Sao Chổi Vàng", "6284/KH-UBND")
CANARIES = (*DENOUNCED, *DENOUNCED_TITLES, *CONDITIONAL, *SECRET)

LETTER = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

ĐƠN TỐ CÁO
Về việc ông Quách Văn Khuynh nhận tiền của Xí nghiệp Hoàng Thảo

Kính gửi: Ủy ban nhân dân quận Hoàn Kiếm

Tôi tên là: Vi Thị Xuyến, trú tại phường Hàng Bạc, quận Hoàn Kiếm.
Tôi làm đơn này tố cáo ông Quách Văn Khuynh, Giám đốc Xí nghiệp Hoàng Thảo, đã làm sai
Quyết định số 7391/QĐ-UBND ngày 05 tháng 01 năm 2009 của Ủy ban nhân dân quận Hoàn Kiếm
và lấy giấy chứng nhận số phát hành KD 917263.

Người làm đơn
Vi Thị Xuyến
"""
LIST = """Mã phông;Hồ sơ số;Tiêu đề hồ sơ;Số tờ
P07;H21;Hồ sơ giải quyết tố cáo Lò Văn Phỉnh;4
P07;H22;Tập quyết định năm 2010;9
"""
MANIFEST = """Mã phông;Số, ký hiệu hồ sơ;Mã lưu trữ tài liệu;Số, ký hiệu văn bản;Trích yếu nội dung;Mức độ tiếp cận;Đường dẫn
P07;H20;;;Đơn tố cáo ông Quách Văn Khuynh;;P07/H20/001.txt
P07;H22;;;Cấp kinh phí sửa chữa nhà;Hạn chế;P07/H22/001.txt
P07;H21;;;Đơn tố cáo ông Ngạc Văn Truật;;
P07;H22;;6284/KH-UBND;Kế hoạch Sao Chổi Vàng;Mật;
P07;H22;;;Đơn tố cáo ông Khúc Văn Giảo;;P07/H22/003.txt
"""


def _delivery(folder: Path) -> Path:
    """Ordinary records and hidden ones."""
    deliver(folder, 8)
    for name in ("H20", "H22"):
        (folder / "P07" / name).mkdir()
    conditional = page(11).replace("Nguyễn Văn Thử", "Mạc Đăng Xoang").replace("Trần Văn Bình", "Trần Văn Nhượng")
    conditional = conditional.replace("Quyết định số 5/QĐ-UBND", "Quyết định số 9573/QĐ-UBND")
    conditional = conditional.replace("Điều 2.", "Giấy chứng nhận số phát hành KV 918273.\nĐiều 2.")
    assert all(word in conditional for word in CONDITIONAL)
    pages = {
        "H20/001.txt": LETTER,
        "H22/001.txt": conditional,
        "H22/002.txt": "MẬT\n" + page(12).replace("sửa chữa nhà", "kế hoạch Trăng Khuyết"),
        "H22/003.txt": page(13).replace("kinh phí sửa chữa nhà", "giấy chứng nhận quyền sử dụng đất"),
    }
    for name, text in pages.items():
        (folder / "P07" / name).write_text(text, encoding="utf-8")
    (folder / "P07" / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    (folder / "manifest.csv").write_text(MANIFEST, encoding="utf-8")
    (folder / "mucluc.csv").write_text(LIST, encoding="utf-8")
    return folder


def _without(folder: Path) -> Path:
    """The same delivery, had the hidden records never been written: of the conditional one only its title is there."""
    deliver(folder, 8)
    (folder / "P07" / "H22").mkdir()
    (folder / "P07" / "H22" / "001.txt").write_text(page(11), encoding="utf-8")
    (folder / "manifest.csv").write_text("\n".join(MANIFEST.splitlines()[::2][:2]), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The delivery without its hidden records in a store: its URL."""
    folder = tmp_path_factory.mktemp("bare")
    url = f"sqlite:///{folder / 'h.db'}"
    with open_workspace(url, create=True) as workspace:
        ingest(workspace, discover([_without(folder / "batch")]), workers=1)
        records = list(workspace.store.iter_records())
        assert sorted(record.access for record in records) == ["conditional", *["open"] * 8]
    return url


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The delivery in a store: its URL."""
    folder = tmp_path_factory.mktemp("leaks")
    url = f"sqlite:///{folder / 'h.db'}"
    with open_workspace(url, create=True) as workspace:
        report = ingest(workspace, discover([_delivery(folder / "batch")]), workers=1).to_json()
        assert report["quarantined"] == 1
        assert len(workspace.store.secrets()) == 2
    return url


def _ids(url: str) -> Iterator[str]:
    """Every id that the store knows."""
    with open_workspace(url) as workspace:
        reader = workspace.store
        yield from (node.id for node in reader.iter_nodes() if node.kind not in ("unit", "event"))
        yield from (row.id for row in reader.secrets())


_FONDS = ("fonds", "P07")
_ORDINARY = "Ủy ban nhân dân quận Hoàn Kiếm"
_COMMANDS: tuple[tuple[str, ...], ...] = (
    ("stats",),
    ("moved",),
    ("moved", "--by", "custody"),
    ("moved", "--from", "Phường Hàng Bạc, Quận Hoàn Kiếm"),
    ("fonds",),
    _FONDS,
    ("quarantine",),
    ("search", "đơn tố cáo"),
    ("search", "quyết định"),
    ("search", ""),
    ("entity", _ORDINARY),
    ("entity", "Phường Hàng Bạc, Quận Hoàn Kiếm"),
    ("chain", "5/QĐ-UBND"),
    ("path", _ORDINARY, "P07"),
)


def _asking(canary: str) -> list[tuple[str, ...]]:
    """What a reader who guesses a name could ask."""
    return [
        ("search", canary),
        ("search", f'"{canary}"'),
        ("entity", canary),
        ("chain", canary),
        ("path", canary, _ORDINARY),
        ("path", "P07", canary),
    ]


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "-", fold(text))


def _found(text: str, *, asked: str | None = None) -> list[str]:
    """The canaries in a text; what the reader typed is repeated to him, and is no leak."""
    plain = _plain(text)
    return [canary for canary in CANARIES if canary != asked and _plain(canary) in plain]


def _run(url: str, *command: str, access: Access | None = None) -> str:
    levels = ("--access", access) if access else ()
    written = [hoso(*command, *levels, "--store", url, *form) for form in ((), ("--json",))]
    return "\n".join(done.stdout + done.stderr for done in written)


@pytest.mark.parametrize("command", _COMMANDS, ids=" ".join)
def test_no_answer_tells_of_hidden_records(store: str, command: tuple[str, ...]) -> None:
    assert _found(_run(store, *command)) == []


@pytest.mark.parametrize("canary", CANARIES)
def test_a_guess_is_answered_as_if_the_records_were_not_there(store: str, bare: str, canary: str) -> None:
    for command in _asking(canary):
        assert _found(_run(store, *command), asked=canary) == []
        told, control = (_told(url, command) for url in (store, bare))
        assert told == control, command


def _told(url: str, command: tuple[str, ...]) -> Any:
    """The answer; of a search what it found (its scores depend on how many records there are)."""
    value = json.loads(hoso(*command, "--store", url, "--json").stdout)
    if command[0] != "search":
        return value
    return value["total"], sorted(hit["record"]["source"] for hit in value["hits"])


@pytest.mark.parametrize("command", ["show", "entity"])
def test_no_id_opens_a_hidden_record(store: str, command: str) -> None:
    for identifier in set(_ids(store)):
        assert _found(_run(store, command, identifier).replace(identifier, "")) == [], identifier


def test_records_files_and_secrets_have_ids_that_tell_nothing(store: str) -> None:
    entities = ("person:", "act:", "agency:", "identifier:")
    assert [found for found in _ids(store) if not found.startswith(entities) and _found(found)] == []


@pytest.mark.parametrize("form", ["csv", "graphml"])
def test_no_export_tells_of_hidden_records(store: str, form: str, tmp_path: Path) -> None:
    def written(access: Access | None) -> str:
        out = tmp_path / f"{form}-{access}"
        assert _run(store, "export", form, str(out), "--force", access=access)
        files = [path for path in (out, *out.rglob("*")) if path.is_file()]
        assert files
        return "\n".join(path.read_text("utf-8") for path in files)

    assert _found(written(None)) == []
    assert not {*CONDITIONAL} - {*_found(written("conditional"))}
    assert not {*DENOUNCED_TITLES, "Quách Văn Khuynh"} - {*_found(written("closed"))}
    assert not {*SECRET} & {*_found(written("closed"))}


def test_the_levels_asked_for_by_name_show_what_they_open(store: str) -> None:
    """The control of this module: the canaries are in the store, and are found where the reader may see them."""
    closed = _run(store, *_FONDS, access="closed") + _run(store, "moved", access="closed")
    assert not {*DENOUNCED_TITLES, "Quách Văn Khuynh"} - {*_found(closed)}
    assert "Mạc Đăng Xoang" in _run(store, "entity", "Mạc Đăng Xoang", access="conditional")
    assert json.loads(hoso("entity", "Quách Văn Khuynh", "--access", "closed", "--store", store, "--json").stdout)[
        "id"
    ]


def test_fonds_takes_its_level_from_the_environment_too(store: str) -> None:
    shown = batches.hoso(*_FONDS, "--store", store, "--json", env={"HOSO_ACCESS": "closed"})
    assert "Lò Văn Phỉnh" in shown.stdout
    assert batches.hoso("fonds", "--store", store, env={"HOSO_ACCESS": "everything"}).returncode == 1


def test_a_closed_record_shows_that_it_is_closed_and_no_more(store: str) -> None:
    with open_workspace(store) as workspace:
        letter = next(row for row in workspace.store.iter_records() if row.source == "P07/H20/001.txt")
    shown = json.loads(hoso("show", letter.id, "--store", store, "--json").stdout)
    told = {key for key, value in shown.items() if value not in (None, [], {})}
    assert told == {"id", "access", "subject", "withheld"}


def test_the_access_of_a_file_is_that_of_its_strictest_document(store: str) -> None:
    rows = json.loads(hoso(*_FONDS, "--store", store, "--json").stdout)["file"]
    levels = {row["code"]: row["access"] for row in rows}
    assert (levels["H01"], levels["H20"], levels["H22"]) == ("open", "conditional", "secret")
