"""What every command shares: how answers, batches and errors leave the program (DESIGN.md §5)."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from kg.errors import HosoError, Unavailable
from kg.messages import say
from kg.questions.failures import translated

JsonOption = Annotated[bool, typer.Option("--json", help="One JSON value on stdout.")]
StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store", metavar="URL", help="The store: sqlite:///hoso.db, neo4j://user@host:7687 (or HOSO_STORE)."
    ),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace an earlier file.")]
BatchOption = Annotated[
    str | None,
    typer.Option(
        "--batch",
        metavar="FILE",
        help="JSON lines ('-': stdin), CSV or XLSX with the keys as heading in; JSON lines out.",
    ),
]


def emit(value: Any) -> None:
    """Print one JSON value, UTF-8, on a line of its own; what UTF-8 cannot write stands as JSON escapes it."""
    sys.stdout.write(_writable(json.dumps(value, ensure_ascii=False)) + "\n")


def warn(message: str) -> None:
    """One line on stderr."""
    sys.stderr.write(_writable(" ".join(message.split())) + "\n")


def _writable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


def answering(action: Callable[[], Any], *, as_json: bool, show: Callable[[Any], None]) -> None:
    """Run ``action`` and print its value as JSON, or for people with ``show``; errors as the contract says."""
    try:
        value = action()
    except Exception as error:  # the translation re-raises what is no error of ours
        fail(translated(error), as_json=as_json)
    if as_json:
        emit(value)
    else:
        show(value)


def fail(error: HosoError, *, as_json: bool) -> NoReturn:
    """Print the error (JSON on stdout when asked, one line on stderr always) and exit 1."""
    if as_json:
        emit(error.to_json())
    warn(error.message)
    raise typer.Exit(1)


def refuse_existing(out: Path | None, *, force: bool) -> None:
    """Raise HosoError(bad_input) where a list would replace a file that nobody said may go."""
    if out is not None and not force and os.path.lexists(out):
        raise HosoError(say("export_exists", path=out))


def speak_utf8() -> None:
    """Make standard output and error UTF-8, whatever the locale says; what it cannot write is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def guard(main: Callable[[], None]) -> None:
    """Run the program: never a traceback (unless HOSO_DEBUG=1), a closed pipe is no error, and who stops it is told
    how to go on (exit 130)."""
    try:
        main()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        warn(say("ingest_stopped" if sys.argv[1:2] in (["ingest"], ["embed"]) else "stopped"))
        sys.exit(130)
    except Exception as error:
        if os.environ.get("HOSO_DEBUG"):
            raise
        problem = _told(error)
        warn(problem.message)
        if "--json" in sys.argv:
            emit(problem.to_json())
        sys.exit(1)


def _told(error: Exception) -> HosoError:
    """The error of the contract; what nothing foresaw is no fault of who asked: ``unavailable``."""
    try:
        return translated(error)
    except Exception:
        return Unavailable(say("unexpected", kind=type(error).__name__))
