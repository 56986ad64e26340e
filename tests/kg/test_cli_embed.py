"""``hoso embed``, ``ingest --embed``, and what ``stats`` and ``doctor`` say of vectors; with a model made by the tests."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kg.search.vectors import folders
from kg.workspace import open_workspace
from tests.kg.search import tiny_model
from tests.kg.test_cli_questions import Done, hoso


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two models of the same size."""
    folder = tmp_path_factory.mktemp("models")
    return [tiny_model.make(folder / name, seed=seed) for seed, name in enumerate(("one", "two"))]


@pytest.fixture
def model(models: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("HOSO_MODEL", str(models[0]))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return models[0]


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    folder = tmp_path / "giao"
    folder.mkdir()
    (folder / "001.txt").write_text("ỦY BAN NHÂN DÂN XÃ HÒA PHÚ\n\nQuyết định về việc thu hồi đất\n", "utf-8")
    (folder / "002.txt").write_text("ỦY BAN NHÂN DÂN XÃ HÒA PHÚ\n\nThông báo bầu cử đại biểu\n", "utf-8")
    return folder


@pytest.fixture
def url(delivery: Path, tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path / 'kho.db'}"
    assert hoso("ingest", str(delivery), "--store", address, "--json").returncode == 0
    return address


def value(done: Done) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def vectors_check(url: str) -> dict[str, Any]:
    checks = json.loads(hoso("doctor", "--store", url, "--json").stdout)["checks"]
    (check,) = (check for check in checks if check["name"] == "vectors")
    return dict(check)


def test_vectors_are_made_once(url: str, model: Path) -> None:
    assert value(hoso("stats", "--store", url, "--json"))["vectors"] == 0
    assert "hoso embed" in vectors_check(url)["detail"]
    first = value(hoso("embed", "--store", url, "--json"))
    assert set(first) == {"model", "version", "passages", "new", "kept", "removed", "seconds"}
    assert first["model"] == str(model)
    assert first["new"] == first["passages"] > 0
    again = value(hoso("embed", "--store", url, "--json"))
    assert (again["new"], again["kept"], again["version"]) == (0, first["passages"], first["version"])
    assert value(hoso("stats", "--store", url, "--json"))["vectors"] == first["passages"]
    assert vectors_check(url)["ok"] is True


def test_people_are_told_in_a_line(url: str, model: Path) -> None:
    done = hoso("embed", "--store", url)
    assert done.returncode == 0
    assert "new vectors" in done.stdout
    assert "Passages with a vector" in hoso("stats", "--store", url).stdout


def test_ingest_makes_vectors_after_it(delivery: Path, tmp_path: Path, model: Path) -> None:
    address = f"sqlite:///{tmp_path / 'moi.db'}"
    told = value(hoso("ingest", str(delivery), "--embed", "--store", address, "--json"))
    assert told["new"] == 2
    assert told["embedded"]["new"] == told["embedded"]["passages"] > 0
    assert hoso("ingest", str(delivery), "--embed", "--store", address).returncode == 0


def test_ingest_tells_a_missing_model_before_it_begins(
    delivery: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOSO_MODEL", str(tmp_path / "none"))
    done = hoso("ingest", str(delivery), "--embed", "--store", f"sqlite:///{tmp_path / 'moi.db'}", "--json")
    assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (1, "not_found")
    assert not (tmp_path / "moi.db").exists()


def test_vectors_of_another_model_stay_until_they_are_dropped(url: str, models: list[Path], model: Path) -> None:
    data = Path(url.removeprefix("sqlite:///") + "-data")
    value(hoso("embed", "--store", url, "--json"))
    value(hoso("embed", "--model", str(models[1]), "--store", url, "--json"))
    assert [index.model for index in folders.all_in(data)] == sorted(map(str, models))
    told = value(hoso("embed", "--drop-others", "--store", url, "--json"))
    assert (told["new"], told["dropped"]) == (0, told["passages"])
    assert [index.model for index in folders.all_in(data)] == [str(model)]
    assert "dropped" not in hoso("embed", "--drop-others", "--store", url).stdout


def test_a_removed_file_is_wiped_by_the_next_ingest(url: str, delivery: Path, model: Path) -> None:
    before = value(hoso("embed", "--store", url, "--json"))["passages"]
    (delivery / "001.txt").write_text(
        "TỐI MẬT\n\nỦY BAN NHÂN DÂN XÃ HÒA PHÚ\n\nQuyết định về việc thu hồi đất\n", "utf-8"
    )
    assert value(hoso("ingest", str(delivery), "--store", url, "--json"))["secret"] == 1
    assert 0 < value(hoso("stats", "--store", url, "--json"))["vectors"] < before
    assert vectors_check(url)["ok"] is True


def test_doctor_finds_vectors_that_do_not_agree_and_puts_them_right(url: str, model: Path) -> None:
    value(hoso("embed", "--store", url, "--json"))
    with open_workspace(url) as workspace:
        (index,) = folders.all_in(workspace.location.data)
    with index.kept.writing() as db:
        db.execute("DELETE FROM passages WHERE record = 1")
        db.execute("DELETE FROM records WHERE n = 1")
    assert vectors_check(url)["ok"] is False
    hoso("doctor", "--fix", "--store", url)
    assert vectors_check(url)["ok"] is True
    (rows,) = index.folder.glob("*.f16")
    rows.write_bytes(rows.read_bytes()[:-1])
    assert vectors_check(url)["ok"] is False
    hoso("doctor", "--fix", "--store", url)
    assert "hoso embed" in vectors_check(url)["detail"]
    assert value(hoso("embed", "--store", url, "--json"))["new"] == 1
    for path in index.folder.glob("passages.db*"):
        path.unlink()
    (index.folder / "passages.db").write_bytes(b"nonsense" * 999)
    assert vectors_check(url)["ok"] is False
    hoso("doctor", "--fix", "--store", url)
    assert not index.folder.exists()
    assert vectors_check(url)["ok"] is True


def test_an_import_for_neo4j_carries_passages_with_their_vectors(url: str, model: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    refused = hoso("export", "neo4j-import", str(out), "--vectors", "--store", url, "--json")
    assert (refused.returncode, json.loads(refused.stdout)["error"]["code"]) == (1, "not_found")
    assert hoso("export", "csv", str(out), "--vectors", "--store", url).returncode == 1
    assert not out.exists()
    passages = value(hoso("embed", "--store", url, "--json"))["passages"]
    tables = value(hoso("export", "neo4j-import", str(out), "--vectors", "--store", url, "--json"))["tables"]
    assert tables["Passage-01.csv"] == tables["HAS_PASSAGE-01.csv"] == passages
    with (out / "Passage-01.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with open_workspace(url) as workspace:
        (index,) = folders.all_in(workspace.location.data)
        for row in rows:
            vector = np.array([float(number) for number in row["vector:float[]"].split("\x1e")], np.float32)
            first = index.search(vector, 1)[0]
            assert (first.record, str(first.start), str(first.end)) == (
                row["record:string"], row["start:long"], row["end:long"],
            )  # fmt: skip
    assert "--nodes=Passage=Passage-01.csv" in (out / "import.args").read_text("utf-8")
    plain = value(hoso("export", "neo4j-import", str(out), "--force", "--store", url, "--json"))["tables"]
    assert "Passage-01.csv" not in plain


def test_errors_are_one_line(url: str, model: Path, tmp_path: Path) -> None:
    for arguments in (("--model", str(tmp_path / "none"), "--store", url), ("--store", url + "-none")):
        done = hoso("embed", *arguments, "--json")
        assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (1, "not_found")
        assert done.stderr.count("\n") == 1
    shutil.rmtree(Path(url.removeprefix("sqlite:///") + "-data") / "vectors", ignore_errors=True)
    (Path(url.removeprefix("sqlite:///") + "-data") / "vectors").write_text("", "utf-8")
    done = hoso("embed", "--store", url, "--json")
    assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (1, "unavailable")
