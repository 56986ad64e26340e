"""``hoso extract FILE...``: JSON lines, one a file in the order given, nothing stored (DESIGN.md §5)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.common import emit, warn
from kg.errors import HosoError, Unreadable
from kg.messages import say

_PAGE_BREAK = "\f"


def register(app: typer.Typer) -> None:
    """Add the command to the program."""

    @app.command("extract")
    def extract(
        files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="TXT, PDF, hOCR, ALTO or image.")],
        as_json: Annotated[bool, typer.Option("--json", help="The answer is JSON lines with or without it.")] = False,
    ) -> None:
        """Read each file and print its header fields and mentions as one JSON line; nothing is stored."""
        for path in files:
            emit(_answer(path))


def _answer(path: Path) -> dict[str, Any]:
    """The line for one file: its extraction, or what is wrong with it."""
    try:
        return _extracted(path)
    except HosoError as error:
        warn(error.message)
        return {"source": str(path), **error.to_json()}


def _extracted(path: Path) -> dict[str, Any]:
    from kg.readers.reading import read_file
    from nlp import Context, extract

    if not path.is_file():
        raise Unreadable(say("no_such_file", path=str(path)))
    reading = read_file(path)
    text = _PAGE_BREAK.join(page.text for page in reading.pages)
    record = extract(
        text, id=path.stem, source=str(path), context=Context(file_name=path.name, method=reading.method)
    )
    answer = record.to_json()
    if record.secrecy is not None:
        answer["error"]["message"] = say("extract_secret")
        warn(f"{path}: {say('extract_secret')}")
    return answer
