"""The index catches up with the store, whatever happened to either."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import Unavailable
from kg.model import File, Record, RecordGraph
from kg.search import index as module
from kg.search.index import Index
from kg.search.model import Filters
from kg.workspace import Workspace, open_workspace
from tests.kg.search.conftest import Put

ROOT = Path(__file__).resolve().parents[3]


def found(workspace: Workspace, query: str, **options: object) -> list[str]:
    """The ids that answer, best first, from an index that is opened anew."""
    index = Index(workspace.location.data / "index")
    return [hit.record for hit in index.search(query, **options).hits]  # type: ignore[arg-type]


def synced(workspace: Workspace) -> int:
    return Index(workspace.location.data / "index").sync(workspace.store, workspace.texts)


def test_without_an_index_nothing_is_found_and_nothing_made(workspace: Workspace) -> None:
    assert workspace.index.search("đất").total == 0
    assert workspace.index.seq == 0
    assert not (workspace.location.data / "index").exists()


def test_what_is_stored_is_found_after_catching_up(workspace: Workspace, put: Put) -> None:
    put("r1", "thu hồi đất")
    put("r2", "bầu cử")
    assert synced(workspace) == 2
    assert found(workspace, "bầu cử") == ["r2"]
    assert workspace.index.seq == workspace.store.change_seq()
    assert synced(workspace) == 0


def test_a_new_version_replaces_the_old_one(workspace: Workspace, put: Put) -> None:
    put("r1", "thu hồi đất")
    synced(workspace)
    put("r1", "bầu cử")
    assert synced(workspace) == 1
    assert found(workspace, "thu hồi") == []
    assert found(workspace, "bầu cử") == ["r1"]


def test_a_removed_record_is_not_found(workspace: Workspace, put: Put) -> None:
    put("r1", "thu hồi đất")
    synced(workspace)
    with workspace.store.writing() as writer:
        writer.remove_records(["r1"])
    synced(workspace)
    assert found(workspace, "thu hồi") == []
    assert workspace.index.record_ids() == set()


def test_secret_records_and_the_archives_own_pages_never_come_in(workspace: Workspace, put: Put) -> None:
    put("r1", "thu hồi đất", access="secret", title="thu hồi")
    put("r2", "thu hồi đất", kind="archive_page")
    put("r3", "thu hồi đất", access="conditional")
    synced(workspace)
    assert found(workspace, "thu hồi đất") == ["r3"]
    put("r3", "thu hồi đất", access="secret")
    synced(workspace)
    assert found(workspace, "thu hồi đất") == found(workspace, "") == []


def test_an_unreadable_record_comes_in_with_its_title(workspace: Workspace, put: Put) -> None:
    put("r1", "", readable=False, title="Sổ biên bản chi bộ 3")
    synced(workspace)
    assert found(workspace, "so bien ban chi bo") == ["r1"]


def test_a_document_inherits_the_retention_of_its_file(workspace: Workspace, put: Put) -> None:
    with workspace.store.writing() as writer:
        writer.put_files([File("H1", None, retention="vĩnh viễn")])
    put("r1", "thu hồi đất", file="H1")
    put("r2", "thu hồi đất", file="H1", retention="20 năm")
    synced(workspace)
    assert found(workspace, "", filters=Filters(retention=("vĩnh viễn",))) == ["r1"]


def test_a_reader_that_stays_open_sees_what_another_indexed(workspace: Workspace, put: Put) -> None:
    put("r1", "thu hồi đất")
    synced(workspace)
    reader = workspace.index
    assert reader.search("đất").total == 1
    put("r2", "thu hồi đất")
    synced(workspace)
    assert reader.search("đất").total == 2
    put("r3", "thu hồi đất")
    Index(reader.folder).rebuild(workspace.store, workspace.texts)
    assert reader.search("đất").total == 3


@pytest.mark.parametrize("damage", ["meta", "segments", "format", "emptied"])
def test_a_folder_that_cannot_be_used_is_made_anew(workspace: Workspace, put: Put, damage: str) -> None:
    put("r1", "thu hồi đất")
    synced(workspace)
    folder = workspace.location.data / "index"
    if damage == "meta":
        (folder / "meta.json").write_text("{", encoding="utf-8")
    elif damage == "segments":
        for path in folder.iterdir():
            if path.suffix in {".store", ".term", ".idx"}:
                path.write_bytes(b"")
    elif damage == "format":
        (folder / "hoso-format").write_text("0", encoding="utf-8")
    else:
        shutil.rmtree(folder)
        folder.mkdir()
    assert Index(folder).is_current(workspace.store) is False
    assert synced(workspace) == 1
    assert found(workspace, "thu hồi") == ["r1"]


def test_damage_that_a_search_meets_is_mended_by_the_next_catching_up(workspace: Workspace, put: Put) -> None:
    put("r1", "thu hồi đất")
    synced(workspace)
    (first,) = workspace.index.folder.glob("*.store")
    put("r2", "bầu cử")
    synced(workspace)
    first.write_bytes(bytes(40) + first.read_bytes()[40:])  # the records' ids; the footer, read on opening, is whole
    index = Index(workspace.index.folder)
    assert index.is_current(workspace.store)
    with pytest.raises(Unavailable) as damaged:
        index.search("thu hồi")
    assert "\n" not in damaged.value.message
    index.refresh(workspace.store, workspace.texts)
    assert [hit.record for hit in index.search("thu hồi").hits] == ["r1"]


def test_an_index_of_another_store_is_made_anew(workspace: Workspace, put: Put, tmp_path: Path) -> None:
    put("r1", "thu hồi đất")
    synced(workspace)
    with open_workspace(f"sqlite:///{tmp_path / 'other.db'}", create=True) as other:
        other.texts.put([])
        with other.store.writing() as writer:
            writer.put_records([RecordGraph(Record("o1", "o1.txt", title="khác"), "")])
        shutil.copytree(workspace.location.data / "index", other.location.data / "index")
        assert other.index.is_current(other.store) is False
        other.index.sync(other.store, other.texts)
        assert other.index.record_ids() == {"o1"}


def test_progress_ends_with_all(workspace: Workspace, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH", 2)
    for n in range(5):
        put(f"r{n}", "đất")
    seen: list[tuple[int, int]] = []
    workspace.index.sync(workspace.store, workspace.texts, lambda done, total: seen.append((done, total)))
    assert seen == [(2, 5), (4, 5), (5, 5)]


def test_killed_between_store_and_index_the_next_start_brings_them_together(workspace: Workspace, put: Put) -> None:
    for n in range(6):
        put(f"r{n}", f"thu hồi đất số {n}")
    script = (
        "import sys\n"
        "from kg.search import index\n"
        "from kg.workspace import open_workspace\n"
        "index.BATCH = 2\n"
        "def stop(done, total):\n"
        "    print(done, flush=True)\n"
        "    sys.stdin.read()\n"
        "with open_workspace(sys.argv[1]) as w:\n"
        "    w.index.sync(w.store, w.texts, stop)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, workspace.location.url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "2"
        process.send_signal(signal.SIGKILL)
    put("r0", "bầu cử")
    assert synced(workspace) == 5  # two were committed, of which one has changed since
    assert sorted(found(workspace, "thu hồi")) == ["r1", "r2", "r3", "r4", "r5"]
    assert found(workspace, "bầu cử") == ["r0"]


def test_while_another_program_indexes_searches_go_on(
    workspace: Workspace, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOCK_SECONDS", 0.1)
    put("r1", "thu hồi đất")
    synced(workspace)
    put("r2", "thu hồi đất")
    index = workspace.index
    with Index(index.folder)._alone(0):
        with pytest.raises(Unavailable):
            index.sync(workspace.store, workspace.texts)
        assert index.refresh(workspace.store, workspace.texts) is False
        assert found(workspace, "đất") == ["r1"]
    assert index.refresh(workspace.store, workspace.texts) is True
    assert sorted(found(workspace, "đất")) == ["r1", "r2"]


@pytest.mark.parametrize("huge", [10**12, 2**63 - 1, 2**64, 10**30])
@pytest.mark.parametrize("query", ["thu hồi", ""])
def test_limits_of_any_size_list_what_there_is(workspace: Workspace, put: Put, huge: int, query: str) -> None:
    put("r1", "thu hồi đất")
    put("r2", "thu hồi đất")
    synced(workspace)
    index = workspace.index
    assert len(index.search(query, limit=huge).hits) == 2
    assert index.search(query, limit=huge, offset=huge).hits == ()
    assert index.search(query, limit=-huge).hits == ()
    assert index.is_current(workspace.store)


def test_an_error_that_is_not_of_the_files_leaves_the_index_alone(
    workspace: Workspace, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("r1", "thu hồi đất")
    synced(workspace)
    for kind in (ValueError, LookupError, OSError):

        def failing(*_: object, kind: type[Exception] = kind, **__: object) -> None:
            raise kind("a slip of ours")

        with monkeypatch.context() as patch:
            patch.setattr("kg.search.ranking.clauses", failing)
            with pytest.raises(kind, match="a slip of ours"):
                workspace.index.search("đất")
        put("r1", f"thu hồi đất {kind.__name__}")
        with monkeypatch.context() as patch:
            patch.setattr("kg.search.gathering.gather", failing)
            with pytest.raises(kind, match="a slip of ours"):
                synced(workspace)
        assert Index(workspace.index.folder).record_ids() == {"r1"}
