"""A folder that an export writes: it appears whole or not at all, and replaces only an earlier export."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from kg.errors import HosoError
from kg.messages import say
from kg.workspace import Workspace

MARK = "export.json"
"""Names the tables and their rows; by it an earlier export is known, and may be replaced."""


@contextmanager
def new_folder(out: Path, force: bool) -> Iterator[Path]:
    """A folder to write into, which takes the place of ``out`` when the block ends well.

    One that is there is replaced only with ``force``, and only where it is an earlier export or empty. Raises
    HosoError(bad_input) otherwise, or where it cannot be written.
    """
    _may_replace(out, force)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}."))
    except OSError as error:
        raise HosoError(say("cannot_write", path=out, why=error.strerror or type(error).__name__)) from error
    try:
        yield building
        building.chmod(0o755)
        _put_in_place(building, out)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def mark(folder: Path, counts: Mapping[str, int], workspace: Workspace) -> None:
    """Say what the folder holds: the last thing that an export writes."""
    told = json.dumps({"tables": counts, "store": workspace.store.schema_version()}, indent=1)
    (folder / MARK).write_text(told + "\n", encoding="utf-8")


def _may_replace(out: Path, force: bool) -> None:
    if not out.exists() and not out.is_symlink():
        return
    if not out.is_dir() or out.is_symlink() or (any(out.iterdir()) and not (out / MARK).is_file()):
        raise HosoError(say("export_foreign", path=out))
    if any(out.iterdir()) and not force:
        raise HosoError(say("export_exists", path=out))


def _put_in_place(building: Path, out: Path) -> None:
    """The new folder in the place of the old one, which is put aside first and back again where that fails."""
    if not out.exists():
        building.rename(out)
        return
    aside = building.with_name(building.name + ".old")
    out.rename(aside)
    try:
        building.rename(out)
    except OSError:
        aside.rename(out)
        raise
    shutil.rmtree(aside)
