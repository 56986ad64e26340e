"""Which weights a file or folder holds: a hash of the bytes, remembered so that it is cheap to ask again."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

_READ = {".json", ".txt", ".model", ".safetensors", ".bin"}
"""What a sentence-transformers folder is read from."""

_OTHER_ENGINES = {"onnx", "openvino"}


def of_file(path: Path, cache: Path) -> str:
    """SHA-256 of the file, in hexadecimal; kept in ``cache`` under its path, size and time of change. Raises OSError."""
    stat = path.stat()
    key = hashlib.sha256(f"{path.resolve()}\0{stat.st_size}\0{stat.st_mtime_ns}".encode()).hexdigest()
    kept = cache / "fingerprints" / key[:32]
    with suppress(OSError):
        known = kept.read_text(encoding="ascii", errors="replace")
        if len(known) == 64:
            return known
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    with suppress(OSError):
        _keep(kept, digest)
    return digest


def of_folder(folder: Path, cache: Path) -> str:
    """Of all files that a sentence-transformers folder is read from. Raises OSError."""
    digests = [(path.relative_to(folder).as_posix(), of_file(path, cache)) for path in files(folder)]
    return combined([text for pair in digests for text in pair])


def files(folder: Path) -> list[Path]:
    """The files that a sentence-transformers folder is read from, in a steady order; weights once, where they are there
    in two forms."""
    found = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix in _READ and path.is_file() and not _OTHER_ENGINES & set(path.relative_to(folder).parts)
    )
    safe = {path.parent for path in found if path.suffix == ".safetensors"}
    return [path for path in found if path.suffix != ".bin" or path.parent not in safe]


def combined(parts: Sequence[str]) -> str:
    """One hash for several texts, in hexadecimal."""
    return hashlib.sha256(json.dumps(list(parts)).encode()).hexdigest()


def _keep(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
