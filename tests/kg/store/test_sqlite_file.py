"""The file of a SQLite store: what is refused, what is waited for, how an older one is brought up to date."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.errors import HosoError, NotFound, Unavailable
from kg.model import Edge, Node, Record, RecordGraph
from kg.store.sqlite import connection, schema
from kg.store.sqlite.client import SQLiteStore


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the store of a test lies."""
    return tmp_path / "kho.db"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Locks are waited for only shortly."""
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.2)


def made(file: Path, *ids: str) -> None:
    """A store with these records."""
    store = SQLiteStore.open(file, create=True)
    with store.writing() as writer:
        writer.put_records([RecordGraph(Record(ident, f"{ident}.txt"), "") for ident in ids])
    store.close()


def ids(file: Path) -> list[str]:
    """The records of a store."""
    store = SQLiteStore.open(file)
    try:
        return list(store.record_ids())
    finally:
        store.close()


@contextmanager
def held(file: Path, how: str) -> Iterator[None]:
    """Another program that holds the store, in a process of its own."""
    script = (
        "import sqlite3, sys\n"
        "db = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "for statement in sys.argv[2].split(';'): db.execute(statement).fetchall()\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(file), how], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "held"
        yield
        process.kill()


# -- what is no store


def test_no_file_is_not_found_and_none_is_made(file: Path) -> None:
    with pytest.raises(NotFound):
        SQLiteStore.open(file)
    assert not file.exists()


def test_an_empty_file_becomes_a_store_only_when_one_may_be_made(file: Path) -> None:
    file.touch()
    with pytest.raises(NotFound):
        SQLiteStore.open(file)
    made(file, "r1")
    assert ids(file) == ["r1"]


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize("content", [b"Ha Noi, 1994\n", b"\x00" * 4096, b"SQLite format 3", b"PK\x03\x04" * 100])
def test_another_kind_of_file_is_refused_and_left_alone(file: Path, content: bytes, create: bool) -> None:
    file.write_bytes(content)
    with pytest.raises(HosoError, match=str(file)) as refused:
        SQLiteStore.open(file, create=create)
    assert refused.value.code == "bad_input"
    assert file.read_bytes() == content


@pytest.mark.parametrize("create", [True, False])
def test_another_programs_database_is_refused_and_left_alone(file: Path, create: bool) -> None:
    with sqlite3.connect(file) as db:
        db.execute("CREATE TABLE record (id TEXT)")
    content = file.read_bytes()
    with pytest.raises(HosoError) as refused:
        SQLiteStore.open(file, create=create)
    assert refused.value.code == "bad_input"
    assert file.read_bytes() == content
    assert [path.name for path in file.parent.iterdir()] == ["kho.db"]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HosoError) as refused:
        SQLiteStore.open(tmp_path, create=True)
    assert refused.value.code == "bad_input"


def test_a_damaged_store_says_so(file: Path) -> None:
    made(file, *(f"r{n}" for n in range(2000)))
    content = bytearray(file.read_bytes())
    content[4096 : len(content) - 4096] = b"\xff" * (len(content) - 8192)
    file.write_bytes(content)
    with pytest.raises(HosoError) as refused:
        ids(file)
    assert "\n" not in refused.value.message


def test_a_newer_store_is_refused_in_one_line(file: Path) -> None:
    made(file, "r1")
    with sqlite3.connect(file) as db:
        db.execute(f"PRAGMA user_version = {schema.current() + 1}")
    with pytest.raises(HosoError, match=str(schema.current() + 1)) as refused:
        SQLiteStore.open(file)
    assert refused.value.code == "bad_input"


def test_a_file_name_with_signs_of_an_address(tmp_path: Path) -> None:
    file = tmp_path / "kho số 1?mode=ro#%20.db"
    made(file, "r1")
    assert ids(file) == ["r1"]
    assert file.exists()


# -- others at the same store


@pytest.mark.usefixtures("impatient")
def test_a_second_writer_gets_one_line_and_changes_nothing(file: Path) -> None:
    made(file, "r1")
    store = SQLiteStore.open(file)
    with held(file, "BEGIN IMMEDIATE"):
        assert list(store.record_ids()) == ["r1"]
        with pytest.raises(Unavailable) as locked, store.writing() as writer:
            writer.remove_records(["r1"])
        assert str(file) in locked.value.message
        assert "\n" not in locked.value.message
    assert ids(file) == ["r1"]
    with store.writing() as writer:  # the lock is gone with the other program
        writer.remove_records(["r1"])
    assert ids(file) == []


@pytest.mark.usefixtures("impatient")
def test_a_store_that_is_held_whole_cannot_be_opened(file: Path) -> None:
    made(file, "r1")
    with held(file, "PRAGMA locking_mode = EXCLUSIVE;BEGIN IMMEDIATE"), pytest.raises(Unavailable):
        ids(file)
    assert ids(file) == ["r1"]


def test_where_nothing_may_be_written_a_store_is_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(file, "r1")
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    store = SQLiteStore.open(file)
    assert list(store.record_ids()) == ["r1"]
    with pytest.raises(Unavailable), store.writing():
        pass


# -- older stores


def made_as_version_1(file: Path) -> None:
    """A store as the first version of the program made it, with a record about a place and an act."""
    db = sqlite3.connect(file, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("BEGIN")
    schema.migrate(db, upto=1)
    db.execute(
        "INSERT INTO record VALUES ('r1', 'r1.txt', NULL, NULL, '12/QĐ-UBND', NULL, NULL, NULL, NULL, NULL, 2, 0, NULL,"
        " NULL, NULL, 'open', 'land', NULL, 'document', 1, '[]', '{}', '{}')"
    )
    db.execute("INSERT INTO edge VALUES ('r1', 'ABOUT_PLACE', 'u1', 'r1', -1, NULL, NULL, NULL, '{\"rank\": 0}')")
    db.execute(
        "INSERT INTO node VALUES (1, 'l1', 'legal_act', '12/QĐ-UBND', '[]', '{\"number_key\": \"12 qd ubnd\"}')"
    )
    db.execute("COMMIT")
    db.close()


def test_an_older_store_is_migrated_after_a_copy_was_put_beside_it(file: Path) -> None:
    made_as_version_1(file)
    store = SQLiteStore.open(file)
    assert store.schema_version() == schema.current() == 4
    assert list(store.main_places(["u1"])) == [("r1", Edge("r1", "ABOUT_PLACE", "u1", "r1", props={"rank": 0}))]
    assert store.main_place_counts() == {"u1": 1}
    assert [node.id for node in store.acts_by_number("12 qd ubnd")] == ["l1"]
    with store.writing() as writer:
        writer.put_nodes([Node("l2", "legal_act", "x", (), {"number_key": "12 qd ubnd"})])
    assert [node.id for node in store.acts_by_number("12 qd ubnd")] == ["l1", "l2"]
    copies = list(file.parent.glob("kho.db.v1-*.bak"))
    assert len(copies) == 1
    with sqlite3.connect(copies[0]) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (1,)
        assert copy.execute("SELECT id FROM record").fetchall() == [("r1",)]


def test_a_migrated_store_is_like_one_made_new(file: Path, tmp_path: Path) -> None:
    made_as_version_1(file)
    SQLiteStore.open(file).close()
    made(tmp_path / "new.db")
    listing = "SELECT type, name, tbl_name FROM sqlite_master ORDER BY type, name"
    with sqlite3.connect(file) as old, sqlite3.connect(tmp_path / "new.db") as new:
        assert old.execute(listing).fetchall() == new.execute(listing).fetchall()


def test_the_current_store_is_not_copied_again(file: Path) -> None:
    made_as_version_1(file)
    for _ in range(2):
        SQLiteStore.open(file).close()
    made(file, "r2")
    assert len(list(file.parent.glob("*.bak"))) == 1


def test_a_second_copy_of_the_day_does_not_replace_the_first(file: Path) -> None:
    made_as_version_1(file)
    db = sqlite3.connect(file)
    copies = {schema.back_up(db, file) for _ in range(3)}
    db.close()
    assert len(copies) == 3
    assert all(path.exists() for path in copies)


def test_a_migration_that_fails_leaves_the_store_as_it_was(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made_as_version_1(file)
    broken = (schema.migrations()[0], "CREATE TABLE half (x);\nCREATE TABLE half (x);\n")
    with monkeypatch.context() as patched:
        patched.setattr(schema, "migrations", lambda: broken)
        with pytest.raises(HosoError):
            SQLiteStore.open(file)
    with sqlite3.connect(file) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (1,)
        assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone() == (0,)
    assert ids(file) == ["r1"]


@pytest.mark.usefixtures("impatient")
def test_an_older_store_that_another_program_writes_is_not_migrated(file: Path) -> None:
    made_as_version_1(file)
    with held(file, "BEGIN IMMEDIATE"), pytest.raises(Unavailable):
        SQLiteStore.open(file)
    assert not list(file.parent.glob("*.bak"))
    assert ids(file) == ["r1"]
