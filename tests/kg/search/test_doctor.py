"""``hoso doctor``: what is wrong is found, and put right where that can be done."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from kg.cli.commands import doctor
from kg.integrity import examine
from kg.model import Edge, Record, RecordGraph
from kg.search.index import Index
from kg.store.texts import Text
from kg.workspace import Workspace, open_workspace
from tests.kg.search.conftest import Put


def run(workspace: Workspace, *options: str) -> tuple[int, str]:
    """Exit status and output of the command."""
    app = typer.Typer()
    app.callback()(lambda: None)
    doctor.register(app)
    result = CliRunner().invoke(app, ["doctor", "--store", workspace.location.url, *options])
    return result.exit_code, result.stdout


def wrong(workspace: Workspace) -> set[str]:
    """The names of the checks that fail, which the exit status must agree with."""
    status, output = run(workspace, "--json")
    value: dict[str, Any] = json.loads(output)
    assert value["ok"] is (status == 0)
    assert all(set(check) == {"name", "ok", "detail"} for check in value["checks"])
    return {check["name"] for check in value["checks"] if not check["ok"]}


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_LANG", "en")


@pytest.fixture
def sound(workspace: Workspace, put: Put) -> Workspace:
    put("r1", "thu hồi đất", about=("u1",))
    put("r2", "", readable=False, title="Sổ")
    with workspace.store.writing() as writer:
        writer.put_records([RecordGraph(Record("r3", None, title="chỉ có trong mục lục"), "")])
    workspace.index.sync(workspace.store, workspace.texts)
    return workspace


def test_a_sound_store_is_found_sound(sound: Workspace) -> None:
    assert wrong(sound) == set()
    status, output = run(sound)
    assert status == 0
    assert len(output.splitlines()) == len(examine(sound)) + 1


def test_links_without_an_end_are_found_and_not_touched(sound: Workspace) -> None:
    with sound.store.writing() as writer:
        writer.put_nodes([], [Edge("a:1", "OF_UNIT", "nowhere")])
    assert wrong(sound) == {"edges"}
    run(sound, "--fix")
    assert wrong(sound) == {"edges"}


def test_stray_texts_are_found_and_removed(sound: Workspace) -> None:
    sound.texts.put([("ghost", Text("bóng"))])
    assert wrong(sound) == {"texts_without_record"}
    assert run(sound, "--fix")[0] == 0
    assert sound.texts.ids() == {"r1", "r2"}


def test_a_missing_text_is_found(sound: Workspace) -> None:
    sound.texts.remove(["r1"])
    assert wrong(sound) == {"records_without_text"}


def test_an_index_that_is_behind_is_found_and_made_anew(sound: Workspace, put: Put) -> None:
    put("r4", "bầu cử")
    assert wrong(sound) == {"index"}
    assert run(sound, "--fix")[0] == 0
    assert sound.index.search("bầu cử").total == 1


def test_an_index_of_another_store_is_said_to_be_one(sound: Workspace, tmp_path: Path) -> None:
    with open_workspace(f"sqlite:///{tmp_path / 'other.db'}", create=True) as other:
        for n in range(9):
            other.texts.put([(f"x{n}", Text("bầu cử"))])
            with other.store.writing() as writer:
                writer.put_records([RecordGraph(Record(f"x{n}", f"{n}.txt"), "bầu cử")])
        other.index.sync(other.store, other.texts)
    folder = sound.index.folder
    shutil.rmtree(folder)
    shutil.copytree(other.index.folder, folder)
    fresh = Index(folder)
    assert fresh.seq > sound.store.change_seq()
    assert wrong(sound) == {"index"}
    assert "another store" in run(sound)[1]
    assert fresh.refresh(sound.store, sound.texts)
    assert wrong(sound) == set()
    assert fresh.record_ids() == {"r1", "r2", "r3"}


def test_an_index_that_lacks_a_record_is_found(sound: Workspace, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    put("r4", "bầu cử")
    monkeypatch.setattr("kg.search.gathering.gather", lambda *given: [])
    sound.index.sync(sound.store, sound.texts)
    monkeypatch.undo()
    assert sound.index.is_current(sound.store)
    assert wrong(sound) == {"index"}


def test_no_store_is_one_clear_error(workspace: Workspace) -> None:
    app = typer.Typer()
    app.callback()(lambda: None)
    doctor.register(app)
    result = CliRunner().invoke(app, ["doctor", "--json", "--store", workspace.location.url + "-none"])
    assert result.exit_code == 1
    assert json.loads(result.stdout)["error"]["code"] == "not_found"
