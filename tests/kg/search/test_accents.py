"""Accents restored to queries typed without them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Record, RecordGraph
from kg.questions.reading import read
from kg.search.accents import MOST_WORDS, Restorer, needs_accents
from kg.search.analysis import accented, words
from kg.search.language import base as language_base
from kg.search.language import kept as language_kept
from kg.search.language.base import base, sources_key
from kg.search.language.counts import stretches
from kg.search.language.kept import FILE, Kept, forget, is_due, learn, open_base, open_language
from kg.workspace import Workspace
from ontology.folding import fold
from tests.kg.search.conftest import Put

QUERIES = (Path(__file__).parent / "data" / "everyday_queries.txt").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return Restorer(base())


@pytest.fixture
def no_base(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is learned beside the store's texts: the base takes seconds. What is made so must not stay."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("kg.search.language.kept.read_base", lambda counts: None)


def share_right(restorer: Restorer, texts: list[str]) -> float:
    """The share of syllables restored as they were, over texts stripped of their accents."""
    right = total = 0
    for text in texts:
        restored = restorer.restore(fold(text), 1)[0].text
        for got, meant in zip(words(accented(restored)), words(accented(text)), strict=True):
            total += meant.isalpha()
            right += meant.isalpha() and got == meant
    return right / total


def test_most_syllables_of_everyday_queries_are_restored_by_the_base_alone(restorer: Restorer) -> None:
    assert share_right(restorer, QUERIES) >= 0.9


@pytest.mark.parametrize(
    ("query", "needed"),
    [
        ("tranh chap dat dai", True),
        ("TRANH CHAP DAT DAI", True),
        ("tranh chấp đất đai", False),
        ("thu hồi dat", True),  # no syllable ends in t without a tone
        ("thu hồi nhà cao tầng", False),
        ("123/QD-UBND", False),
        ("123/QD-UBND ve dat", True),
        ("1994", False),
        ("", False),
    ],
)
def test_which_queries_need_accents(query: str, needed: bool) -> None:
    assert needs_accents(query) is needed


def test_a_query_with_its_accents_stays_as_it_is(restorer: Restorer) -> None:
    assert [(one.text, one.probability) for one in restorer.restore("thu hồi đất")] == [("thu hồi đất", 1.0)]


def test_typed_accents_stay_and_those_left_out_are_added(restorer: Restorer) -> None:
    assert restorer.restore("tranh chấp dat đai")[0].text == "tranh chấp đất đai"


def test_case_numbers_and_signs_stay(restorer: Restorer) -> None:
    assert restorer.restore("QUYET DINH 12/QD-UB: Thu hoi dat?")[0].text == "QUYẾT ĐỊNH 12/QD-UB: Thu hồi đất?"


def test_several_restorations_come_best_first_with_probabilities(restorer: Restorer) -> None:
    found = restorer.restore("phuong hoa binh", 3)
    assert len({one.text for one in found}) == len(found) == 3
    assert [one.probability for one in found] == sorted((one.probability for one in found), reverse=True)
    assert 0 < sum(one.probability for one in found) <= 1


@settings(deadline=None, max_examples=150)
@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["dat", "phuong", "DAI", "hòa", "12/QD-UB", "a", "u", "b,", "ị", "."])).map(" ".join)
)
def test_restoring_only_adds_accents(text: str) -> None:
    restorer = Restorer(base())
    for one in restorer.restore(text, 2):
        assert fold(one.text) == fold(text)
        assert 0 <= one.probability <= 1


def test_a_long_query_is_cut(restorer: Restorer) -> None:
    restored = restorer.restore("dat dai " * MOST_WORDS, 1)[0].text
    assert restored.startswith("đất đai đất đai")
    assert restored.endswith("dat dai ")


def test_a_store_teaches_its_own_words(tmp_path: Path) -> None:
    query = "du an cau quyt xon"
    assert Restorer(base()).restore(query)[0].text != "dự án cầu quýt xòn"
    texts = ["Dự án cầu Quýt Xòn đã được phê duyệt. Ban quản lý dự án cầu Quýt Xòn báo cáo."] * 20
    learn(tmp_path, texts, store_id="s", seq=10)
    learned = open_language(tmp_path, "s")
    assert isinstance(learned, Kept)
    assert learned.store == "s"
    assert Restorer(learned).restore(query)[0].text == "dự án cầu quýt xòn"


def test_pages_typed_without_accents_teach_nothing(tmp_path: Path) -> None:
    learn(tmp_path, ["UY BAN NHAN DAN HUYEN TU LIEM QUYET DINH VE VIEC THU HOI DAT.\n\n" * 500], store_id="s", seq=1)
    assert Restorer(open_language(tmp_path)).restore("thu hoi dat")[0].text == "thu hồi đất"


@pytest.mark.usefixtures("no_base")
def test_it_is_learned_anew_when_the_store_has_grown_or_is_another(tmp_path: Path) -> None:
    assert is_due(tmp_path, "s", 1)
    learn(tmp_path, ["Thu hồi đất."], store_id="s", seq=100)
    assert not is_due(tmp_path, "s", 100)
    assert not is_due(tmp_path, "s", 110)
    assert is_due(tmp_path, "s", 200)
    assert is_due(tmp_path, "other", 100)
    assert open_language(tmp_path, "other") is open_base()


@pytest.mark.usefixtures("no_base")
def test_it_is_learned_anew_when_its_base_is_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    learn(tmp_path, ["Thu hồi đất."], store_id="s", seq=100)
    monkeypatch.setattr(language_kept, "sources_key", lambda: "another")
    assert is_due(tmp_path, "s", 100)
    learn(tmp_path, ["Thu hồi đất."], store_id="s", seq=100)
    assert not is_due(tmp_path, "s", 100)


def test_the_key_of_the_base_tells_its_sources_wherever_they_lie(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = sources_key.__wrapped__
    (tmp_path / "Viet74K.txt").write_text("đất\n", encoding="utf-8")
    monkeypatch.setattr(language_base, "_shipped", lambda name: tmp_path / "Viet74K.txt")
    before = key()
    (tmp_path / "else").mkdir()
    moved = (tmp_path / "Viet74K.txt").rename(tmp_path / "else" / "Viet74K.txt")
    monkeypatch.setattr(language_base, "_shipped", lambda name: moved)
    assert key() == before
    moved.write_text("đất đai\n", encoding="utf-8")
    assert key() != before


def test_a_damaged_model_is_replaced_and_the_base_answers_meanwhile(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database" * 100)
    assert open_language(tmp_path, "s") is open_base()
    assert is_due(tmp_path, "s", 1)
    learn(tmp_path, ["Thu hồi đất."], store_id="s", seq=1)
    assert open_language(tmp_path, "s") is not open_base()


@pytest.mark.usefixtures("no_base")
def test_what_was_learned_can_be_forgotten(tmp_path: Path) -> None:
    learn(tmp_path, ["Thu hồi đất."], store_id="s", seq=1)
    forget(tmp_path)
    forget(tmp_path)
    assert open_language(tmp_path, "s") is open_base()
    assert is_due(tmp_path, "s", 1)


@pytest.mark.usefixtures("no_base")
@pytest.mark.parametrize("now", [None, Record("r1", "r1.txt", access="conditional")])
def test_what_a_hidden_record_said_is_forgotten_with_it(workspace: Workspace, put: Put, now: Record | None) -> None:
    put("r1", "Thu hồi đất.")
    put("r2", "Bầu cử.")
    workspace.index.sync(workspace.store, workspace.texts)
    data, store_id = workspace.location.data, workspace.store.meta("store_id")
    assert store_id is not None
    learn(data, ["Thu hồi đất."], store_id=store_id, seq=2)
    put("r3", "Họp.")
    with workspace.store.writing() as writer:  # one that nothing was learned of yet
        writer.put_records([RecordGraph(Record("r4", "r4.txt", access="conditional"), "")])
    workspace.index.sync(workspace.store, workspace.texts)
    assert open_language(data, store_id) is not open_base()
    with workspace.store.writing() as writer:
        if now is None:
            writer.remove_records(["r1"])
        else:
            writer.put_records([RecordGraph(now, "")])
    workspace.index.refresh(workspace.store, workspace.texts)
    assert open_language(data, store_id) is open_base()


def test_the_base_is_kept_and_the_same_as_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    kept = open_base()
    assert isinstance(kept, Kept)
    assert open_base() is kept
    assert kept.of("thu hoi dat") == base().of("thu hoi dat")
    assert kept.vocabulary() == pytest.approx(base().vocabulary())


def test_a_base_that_cannot_be_kept_is_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "hoso").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert open_base() is base()


@pytest.mark.usefixtures("no_base")
def test_learning_that_fails_leaves_the_old_model(tmp_path: Path) -> None:
    learn(tmp_path, ["Thu hồi đất."], store_id="s", seq=1)
    before = (tmp_path / FILE).read_bytes()

    def failing() -> object:
        yield "Thu hồi đất."
        raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        learn(tmp_path, failing(), store_id="s", seq=2)  # type: ignore[arg-type]
    assert (tmp_path / FILE).read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize(
    ("query", "corrections", "meant"),
    [
        ("hội phụ nử vay vốn", {}, "hội phụ nữ vay vốn"),
        ("quyêt đinh thu hòi đất", {}, "quyết định thu hồi đất"),
        ("KHIẾU LẠI tố cáo", {"lai": "nai"}, "KHIẾU NẠI tố cáo"),
        ("nghành y tế", {"nghanh": "nganh"}, "ngành y tế"),
        ("quyeets ddinhj", {"quyeets": "quyet", "ddinhj": "dinh"}, "quyết định"),
        ("thu hồi đất 12/QĐ-UB", {}, "thu hồi đất 12/QĐ-UB"),
    ],
)
def test_slips_are_undone(restorer: Restorer, query: str, corrections: dict[str, str], meant: str) -> None:
    assert restorer.respell(query, corrections)[0].text == meant


def test_what_is_spelt_well_stays(restorer: Restorer) -> None:
    changed = [query for query in QUERIES if restorer.respell(query, {})[0].text != query]
    assert len(changed) <= len(QUERIES) / 20, changed


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=60), st.dictionaries(st.sampled_from(["dat", "a", "b"]), st.sampled_from(["dai", "xyz"])))
def test_any_text_can_be_respelt(text: str, corrections: dict[str, str]) -> None:
    found = Restorer(base()).respell(text, corrections, 2)
    assert 1 <= len(found) <= 2


@pytest.mark.parametrize(
    ("query", "known"),
    [
        ("thu hồi đất", 1.0),
        ("thu hoi dat", 1.0),
        ("xyzzy qwerty", 0.0),
        ("đất xyzzy", 0.5),
        ("123/1994", 1.0),
        ("", 1.0),
    ],
)
def test_how_much_of_a_query_the_language_has(workspace: Workspace, query: str, known: float) -> None:
    assert read(workspace, query).known == known


def test_a_word_without_accents_among_others_may_be_meant_as_typed(workspace: Workspace) -> None:
    forms = dict(read(workspace, "mở quán net").spellings)
    assert forms == {"mở quán nét": 0.5, "mở quán net": 0.5}
    assert [form for form, _ in read(workspace, "mo quan nuoc").spellings] == ["mở quán nước"]


@pytest.mark.shared
def test_texts_left_out_of_learning_are_restored(shared: Path, tmp_path: Path) -> None:
    files = sorted((shared / "corpus" / "real").glob("*.txt"))[:150]
    texts = [file.read_text(encoding="utf-8") for file in files]
    learn(tmp_path, [text for place, text in enumerate(texts) if place % 5], store_id="s", seq=1)
    left_out = [row for text in texts[::5] for row in stretches(text) if 5 <= len(row) <= 25][::7]
    assert len(left_out) > 100
    learned = Restorer(open_language(tmp_path, "s"))
    assert share_right(learned, [" ".join(row) for row in left_out]) >= 0.95
    assert share_right(learned, QUERIES) >= 0.9
