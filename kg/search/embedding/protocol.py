"""What the search asks of a model of meaning; light to import."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """A model that is loaded. Vectors have unit length, so that their inner product is the cosine; they are the same
    whatever stands beside a text in a batch."""

    @property
    def model(self) -> str:
        """The model as the setting names it (``HOSO_MODEL``)."""

    @property
    def version(self) -> str:
        """Tells these weights, prompts and pooling from any others: vectors of two versions are never mixed."""

    @property
    def dimensions(self) -> int:
        """The length of a vector."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """float32 (n, dimensions) of passages of records, in NFC, none empty."""

    def queries(self, texts: Sequence[str]) -> Vectors:
        """float32 (n, dimensions) of what users ask, in NFC, none empty."""
