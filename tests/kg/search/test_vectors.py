"""Vectors are kept, found, caught up and never mixed."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from kg.errors import Unavailable
from kg.model import Record, RecordGraph
from kg.search.vectors import allowing, embedding, folders
from kg.search.vectors import index as module
from kg.search.vectors.catching_up import key
from kg.search.vectors.embedding import embed
from kg.search.vectors.index import VectorIndex
from kg.search.vectors.model import Counts, PassageMatch
from kg.workspace import Workspace, open_workspace
from tests.kg.search.conftest import Put
from tests.kg.search.vectors import Words, near

ROOT = Path(__file__).resolve().parents[3]
NONE = Counts(0, 0, 0)


def opened(workspace: Workspace, embedder: Words) -> VectorIndex:
    return folders.of_embedder(workspace.location.data, embedder)


def found(
    workspace: Workspace, query: str, k: int = 3, embedder: Words | None = None, **options: object
) -> list[str]:
    embedder = embedder or Words()
    matches = opened(workspace, embedder).search(near(embedder, query), k, **options)  # type: ignore[arg-type]
    return [match.record for match in matches]


def stored(workspace: Workspace) -> bytes:
    """Every byte of the files of vectors."""
    return b"".join(path.read_bytes() for path in sorted((workspace.location.data / "vectors").rglob("*.f16")))


def row(text: str) -> bytes:
    return np.asarray(near(Words(), text), np.float16).tobytes()


def test_without_vectors_nothing_is_found_and_nothing_made(workspace: Workspace, put: Put) -> None:
    put("r1", "thu hồi đất")
    index = opened(workspace, Words())
    assert index.exists is False
    assert index.search(near(Words(), "đất"), 3) == []
    assert index.similar("r1", 3) == []
    assert index.counts() == NONE
    assert index.refresh(workspace.store, workspace.texts)
    assert folders.refresh(workspace)
    assert folders.of_version(workspace.location.data, "words", "1") is None
    assert not (workspace.location.data / "vectors").exists()


def test_the_nearest_passage_comes_first_with_its_place(workspace: Workspace, put: Put) -> None:
    put("r1", "thu hồi đất ở phường")
    put("r2", "bầu cử đại biểu hội đồng")
    told = embed(workspace, Words())
    assert (told.model, told.version, told.passages, told.new, told.kept, told.removed) == ("words", "1", 2, 2, 0, 0)
    index = opened(workspace, Words())
    first, second = index.search(near(Words(), "bầu cử đại biểu hội đồng"), 5)
    assert first == PassageMatch("r2", 0, 24, 1, pytest.approx(1.0, abs=1e-3))
    assert second.record == "r1"
    assert second.score < first.score
    assert index.counts() == Counts(2, 2, 2)
    assert index.search(near(Words(), "bầu"), 0) == []
    with pytest.raises(ValueError, match="48 wanted"):
        index.search(near(Words(), "bầu")[:7], 3)


def test_vectors_are_made_once_for_a_text_whatever_records_hold_it(workspace: Workspace, put: Put) -> None:
    put("r1", "thu hồi đất")
    put("r2", "thu hồi đất")
    embedder = Words()
    told = embed(workspace, embedder)
    assert (told.passages, told.new, embedder.asked) == (2, 2, ["thu hồi đất"])
    put("r3", "thu hồi đất")
    again = embed(workspace, embedder)
    assert (again.passages, again.new, again.kept, len(embedder.asked)) == (3, 0, 3, 1)
    assert found(workspace, "thu hồi đất") == ["r1", "r2", "r3"]


def test_a_new_version_of_a_record_replaces_its_passages(workspace: Workspace, put: Put) -> None:
    put("r1", "thu hồi đất")
    put("r2", "khen thưởng")
    embed(workspace, Words())
    put("r1", "bầu cử đại biểu")
    assert folders.refresh(workspace)
    assert found(workspace, "thu hồi đất") == ["r2"]  # what has no vector yet is not found
    assert row("thu hồi đất") not in stored(workspace)
    assert row("khen thưởng") in stored(workspace)
    assert embed(workspace, Words()).new == 1
    assert found(workspace, "bầu cử đại biểu", 1) == ["r1"]


@pytest.mark.parametrize("way", ["removed", "secret", "archive_page", "unreadable"])
def test_what_may_not_be_searched_loses_its_vectors(workspace: Workspace, put: Put, way: str) -> None:
    put("r1", "thu hồi đất")
    put("r2", "bầu cử")
    put("r3", "bầu cử")
    for embedder in (Words(), Words("other", "2")):
        embed(workspace, embedder)
    if way == "removed":
        with workspace.store.writing() as writer:
            writer.remove_records(["r1", "r2"])
    else:
        change: dict[str, object] = {
            "secret": {"access": "secret"}, "archive_page": {"kind": "archive_page"}, "unreadable": {"readable": False},
        }[way]  # fmt: skip
        put("r1", "thu hồi đất", **change)
        put("r2", "bầu cử", **change)
    assert folders.refresh(workspace)
    for embedder in (Words(), Words("other", "2")):
        index = opened(workspace, embedder)
        assert [match.record for match in index.search(near(embedder, "thu hồi đất"), 5)] == ["r3"]
        assert index.record_ids() == {"r3"}
        lost, left = (np.asarray(near(embedder, text), np.float16).tobytes() for text in ("thu hồi đất", "bầu cử"))
        assert lost not in stored(workspace)
        assert left in stored(workspace)  # r3 has the same words


def test_secret_records_and_the_archives_own_pages_never_get_vectors(workspace: Workspace, put: Put) -> None:
    put("r1", "thu hồi đất", access="secret")
    put("r2", "thu hồi đất", kind="archive_page")
    put("r3", "bầu cử", access="conditional")
    put("r4", " \n\n ")
    embedder = Words()
    assert embed(workspace, embedder).passages == 1
    assert embedder.asked == ["bầu cử"]


def test_vectors_of_two_models_and_of_two_versions_stay_apart(workspace: Workspace, put: Put) -> None:
    put("r1", "thu hồi đất")
    put("r2", "bầu cử")
    models = [Words(), Words(version="2"), Words("other", "1")]
    for embedder in models:
        assert embed(workspace, embedder).new == 2
    data = workspace.location.data
    assert len(folders.all_in(data)) == 3
    assert [found(workspace, "bầu cử", 1, embedder) for embedder in models] == [["r2"]] * 3
    assert {(index.model, index.version) for index in folders.all_in(data)} == {
        ("words", "1"), ("words", "2"), ("other", "1"),
    }  # fmt: skip
    other = folders.of_version(data, "other", "1")
    assert other is not None
    assert (other.version, other.counts().vectors) == ("1", 2)
    assert folders.of_version(data, "other", "2") is None


def test_only_allowed_records_are_found(workspace: Workspace, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(30):
        put(f"r{n:02}", f"thu hồi đất thửa {n}")
    embed(workspace, Words())
    every = found(workspace, "thu hồi đất thửa 7", 30)
    assert len(every) == 30
    few = {"r03", "r07", "r29"}
    wanted = [record for record in every if record in few]
    asked: list[str] = []

    def predicate(records: list[str]) -> list[str]:
        asked.extend(records)
        return [record for record in records if record in few]

    assert found(workspace, "thu hồi đất thửa 7", allowed=few) == wanted
    assert found(workspace, "thu hồi đất thửa 7", 2, allowed=few) == wanted[:2]
    assert found(workspace, "thu hồi đất thửa 7", allowed=predicate) == wanted
    assert len(asked) == len(set(asked))
    monkeypatch.setattr(module, "FEW", 0)
    assert found(workspace, "thu hồi đất thửa 7", allowed=few) == wanted
    monkeypatch.setattr(allowing, "AT_A_TIME", 2)
    assert found(workspace, "thu hồi đất thửa 7", allowed=few) == wanted
    assert found(workspace, "thu hồi đất thửa 7", allowed=()) == []
    assert found(workspace, "thu hồi đất thửa 7", allowed=["nobody"]) == []


def test_a_filter_is_asked_further_than_the_first_window(workspace: Workspace, put: Put) -> None:
    for n in range(90):
        put(f"r{n:03}", f"thu hồi đất {'thửa ' * (n % 7 + 1)}{n}")
    embed(workspace, Words())
    every = found(workspace, "thu hồi đất", 200)
    far = every[-2:]
    assert found(workspace, "thu hồi đất", 2, allowed=lambda ids: [one for one in ids if one in far]) == far


def test_the_order_is_that_of_all_inner_products(workspace: Workspace, put: Put) -> None:
    dice = random.Random(3)
    words = ["thu", "hồi", "đất", "bầu", "cử", "khen", "thưởng", "hộ", "tịch", "nhà", "ở", "cầu", "học", "y", "tế"]
    texts = {f"r{n:03}": " ".join(dice.choices(words, k=6)) for n in range(120)}
    for ident, text in texts.items():
        put(ident, text)
    embed(workspace, Words())
    vector = near(Words(), "đất nhà ở")
    score = {ident: float(near(Words(), text) @ vector) for ident, text in texts.items()}
    matches = opened(workspace, Words()).search(vector, 10)
    assert [match.score for match in matches] == pytest.approx(sorted(score.values())[:-11:-1], abs=1e-3)
    assert [match.score for match in matches] == pytest.approx([score[match.record] for match in matches], abs=1e-3)


def test_the_background_is_that_of_passages_at_random(workspace: Workspace, put: Put) -> None:
    texts = {f"r{n:02}": f"thu hồi đất {'thửa ' * (n % 5)} {n}" for n in range(40)}
    for ident, text in texts.items():
        put(ident, text)
    index = opened(workspace, Words())
    vector = near(Words(), "đất thửa 7")
    assert index.background(vector) == (0.0, 1.0)
    embed(workspace, Words())
    cosines = np.array([near(Words(), text) @ vector for text in texts.values()])
    assert index.background(vector) == pytest.approx((cosines.mean(), cosines.std()), abs=1e-3)
    alone = index.background(vector, allowed=["r07"])
    assert alone == pytest.approx((cosines[7], 0.0), abs=1e-3)
    assert index.background(vector, allowed=lambda ids: [one for one in ids if one == "r07"]) == alone


def test_similar_records_are_the_nearest_others(workspace: Workspace, put: Put) -> None:
    put("r1", "thu hồi đất ở phường")
    put("r2", "thu hồi đất ở xã")
    put("r3", "bầu cử đại biểu")
    put("r4", "bầu cử hội đồng")
    put("r5", "")
    embed(workspace, Words())
    index = opened(workspace, Words())
    assert index.similar("r1", 3)[0].record == "r2"
    assert [match.record for match in index.similar("r3", 1)] == ["r4"]
    assert [match.record for match in index.similar("r3", 9, allowed={"r1", "r3"})] == ["r1"]
    assert index.similar("r5", 3) == index.similar("nobody", 3) == index.similar("r1", 0) == []


def test_a_record_of_many_passages_is_named_once_among_the_similar(workspace: Workspace, put: Put) -> None:
    parts = [f"{part} " * 60 for part in ("đất", "bầu", "khen", "hộ")]
    put("r1", "\n\n".join(parts))
    put("r2", "\n\n".join(parts[:3]))
    put("r3", parts[0])
    embed(workspace, Words())
    index = opened(workspace, Words())
    assert index.counts().passages > 3
    assert sorted(match.record for match in index.similar("r1", 5)) == ["r2", "r3"]


def test_an_index_of_another_store_is_emptied(workspace: Workspace, put: Put, tmp_path: Path) -> None:
    put("r1", "thu hồi đất")
    embed(workspace, Words())
    with open_workspace(f"sqlite:///{tmp_path / 'other.db'}", create=True) as other:
        other.texts.put([])
        with other.store.writing() as writer:
            writer.put_records([RecordGraph(Record("o1", "o1.txt", title="khác"), "")])
        shutil.copytree(workspace.location.data / "vectors", other.location.data / "vectors")
        assert folders.refresh(other)
        assert found(other, "thu hồi đất") == []
        assert row("thu hồi đất") not in stored(other)


def test_passages_cut_anew_keep_the_vectors_of_their_texts(
    workspace: Workspace, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("r1", "thu hồi đất")
    put("r2", "bầu cử")
    embed(workspace, Words())
    monkeypatch.setattr(module, "CUTTING", "another")
    index = opened(workspace, Words())
    assert index.is_current(workspace.store) is False
    embedder = Words()
    assert embed(workspace, embedder).kept == 2
    assert embedder.asked == []
    assert index.is_current(workspace.store)


@pytest.mark.parametrize("damage", ["database", "cut off", "gone", "format"])
def test_what_is_damaged_is_made_anew(workspace: Workspace, put: Put, damage: str) -> None:
    put("r1", "thu hồi đất")
    put("r2", "bầu cử")
    embed(workspace, Words())
    folder = opened(workspace, Words()).folder
    (rows,) = folder.glob("*.f16")
    if damage == "database":
        for path in folder.glob("passages.db*"):
            path.unlink()
        (folder / "passages.db").write_bytes(b"nonsense" * 2000)
        with pytest.raises(Unavailable) as told:
            found(workspace, "bầu cử")
        assert "hoso embed" in told.value.message
        assert opened(workspace, Words()).refresh(workspace.store, workspace.texts) is False
    elif damage == "cut off":
        rows.write_bytes(rows.read_bytes()[:-3])
        assert found(workspace, "bầu cử") == ["r1"]
    elif damage == "gone":
        rows.unlink()
        assert found(workspace, "bầu cử") == []
    else:
        with opened(workspace, Words()).kept.writing() as db:
            db.execute("UPDATE meta SET value = '0' WHERE key = 'format'")
        assert found(workspace, "bầu cử") == []
    embed(workspace, Words())
    assert found(workspace, "bầu cử") == ["r2", "r1"]


def test_a_reader_that_stays_open_sees_what_another_embedded(workspace: Workspace, put: Put) -> None:
    put("r1", "thu hồi đất")
    embed(workspace, Words())
    reader = opened(workspace, Words())
    vector = near(Words(), "bầu cử")
    assert [match.record for match in reader.search(vector, 2)] == ["r1"]
    put("r2", "bầu cử")
    embed(workspace, Words())
    assert [match.record for match in reader.search(vector, 2)] == ["r2", "r1"]


def test_a_reader_that_stays_open_follows_what_is_made_anew(workspace: Workspace, put: Put) -> None:
    put("r1", "thu hồi đất")
    put("r2", "bầu cử")
    embed(workspace, Words())
    reader = opened(workspace, Words())
    other = VectorIndex(reader.folder)
    assert [match.record for match in reader.search(near(Words(), "bầu cử"), 2)] == ["r2", "r1"]
    other.remove()
    assert reader.search(near(Words(), "bầu cử"), 2) == []
    put("r1", "khen thưởng")
    put("r2", "thu hồi đất")
    put("r1", "bầu cử")
    embed(workspace, Words())
    assert [match.record for match in reader.search(near(Words(), "bầu cử"), 2)] == ["r1", "r2"]


def test_where_nothing_may_be_written_vectors_are_read(
    workspace: Workspace, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("r1", "thu hồi đất")
    embed(workspace, Words())
    index = opened(workspace, Words())
    index.kept.close()
    before = {path.name for path in index.folder.iterdir()}
    monkeypatch.setattr("os.access", lambda *given: False)
    put("r2", "bầu cử")
    reader = VectorIndex(index.folder)
    assert reader.refresh(workspace.store, workspace.texts) is False
    assert [match.record for match in reader.search(near(Words(), "đất"), 3)] == ["r1"]
    assert {path.name for path in index.folder.iterdir()} == before


def test_a_second_run_at_the_same_time_is_told(workspace: Workspace, put: Put) -> None:
    put("r1", "thu hồi đất")
    folder = opened(workspace, Words()).folder.parent
    with embedding._alone(folder), pytest.raises(Unavailable):
        embed(workspace, Words())
    assert embed(workspace, Words()).new == 1


def test_a_run_that_was_killed_goes_on_where_it_stopped(workspace: Workspace, put: Put) -> None:
    for n in range(6):
        put(f"r{n}", f"thu hồi đất số {n}")
    script = (
        "import sys\n"
        "from kg.search.vectors import embedding\n"
        "from kg.workspace import open_workspace\n"
        "from tests.kg.search.vectors import Words\n"
        "embedding.BATCH = 2\n"
        "def stop(done, total):\n"
        "    print(done, total, flush=True)\n"
        "    sys.stdin.read()\n"
        "with open_workspace(sys.argv[1]) as w:\n"
        "    embedding.embed(w, Words(), stop)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, workspace.location.url],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline().split() == ["2", "6"]
        assert len(found(workspace, "thu hồi đất", 9)) == 2  # a reader beside it
        process.send_signal(signal.SIGKILL)
    put("r0", "bầu cử")
    embedder = Words()
    told = embed(workspace, embedder)
    assert (told.passages, told.kept, told.new, told.removed) == (6, 1, 5, 1)
    assert "thu hồi đất số 1" not in embedder.asked
    assert sorted(found(workspace, "thu hồi đất", 9)) == [f"r{n}" for n in range(6)]


def test_killed_while_catching_up_nothing_that_must_go_stays(workspace: Workspace, put: Put) -> None:
    for n in range(4):
        put(f"r{n}", f"thu hồi đất số {n}")
    embed(workspace, Words())
    with workspace.store.writing() as writer:
        writer.remove_records(["r1", "r2"])
    script = (
        "import os, signal, sys\n"
        "from kg.search.vectors import catching_up, folders, matrix\n"
        "from kg.workspace import open_workspace\n"
        "wipe = matrix.wipe\n"
        "def killed(*given):\n"
        "    wipe(*given)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "matrix.wipe = killed\n"
        "with open_workspace(sys.argv[1]) as w:\n"
        "    folders.refresh(w)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, workspace.location.url], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert folders.refresh(workspace)
    assert sorted(found(workspace, "thu hồi đất", 9)) == ["r0", "r3"]
    assert embed(workspace, Words()).new == 0
    assert row("thu hồi đất số 1") not in stored(workspace)


def test_a_text_is_known_by_its_letters_whatever_their_form() -> None:
    assert key("thu hồi đất") == key(unicodedata.normalize("NFD", "thu hồi đất")) != key("thu hôi đất")
