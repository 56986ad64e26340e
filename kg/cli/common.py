"""What every command shares: how answers, batches and errors leave the program (DESIGN.md §5)."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from kg.errors import Ambiguous, HosoError, NotFound
from kg.messages import say

JsonOption = Annotated[bool, typer.Option("--json", help="One JSON value on stdout.")]
StoreOption = Annotated[
    str | None, typer.Option("--store", metavar="URL", help="The store, e.g. sqlite:///hoso.db (or HOSO_STORE).")
]
BatchOption = Annotated[
    str | None, typer.Option("--batch", metavar="FILE", help="JSON lines in ('-': stdin), JSON lines out.")
]


def emit(value: Any) -> None:
    """Print one JSON value, UTF-8, on a line of its own."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def warn(message: str) -> None:
    """One line on stderr."""
    sys.stderr.write(" ".join(message.split()) + "\n")


def translated(error: Exception, unit_json: Callable[[Any], Any] | None = None) -> HosoError:
    """An error of the product or the ontology as one of the contract; re-raises what is neither."""
    from ontology.errors import AmbiguousUnit, BadDate, UnitNotFound

    if isinstance(error, HosoError):
        return error
    if isinstance(error, BadDate):
        return HosoError(say("bad_date", text=error.text))
    if isinstance(error, UnitNotFound | AmbiguousUnit):
        from kg.questions.units import candidate_json

        shown = [candidate_json(candidate) for candidate in error.candidates]
        if isinstance(error, UnitNotFound):
            return NotFound(say("unit_not_found", name=error.name), candidates=shown)
        first = error.candidates[0].unit.id
        message = say("unit_ambiguous", name=error.name, n=len(error.candidates), example=first)
        return Ambiguous(message, candidates=shown)
    raise error


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


def fail(error: HosoError, *, as_json: bool) -> None:
    """Print the error (JSON on stdout when asked, one line on stderr always) and exit 1."""
    if as_json:
        emit(error.to_json())
    warn(error.message)
    raise typer.Exit(1)


def run_batch(batch: str, keys: Collection[str], answer: Callable[[dict[str, Any]], Any]) -> None:
    """Answer JSON lines in order, one line out for each line in; a line that cannot be answered gives an error
    object, and the rest goes on. ``keys``: what a line may hold."""
    for number, line in enumerate(_lines(batch), start=1):
        try:
            emit(answer(_request(line, number, keys)))
        except Exception as error:
            emit(translated(error).to_json())
        sys.stdout.flush()


def _lines(batch: str) -> Iterator[str]:
    if batch == "-":
        yield from (line for line in sys.stdin if line.strip())
        return
    path = Path(batch)
    if not path.is_file():
        fail(HosoError(say("no_such_file", path=batch)), as_json=True)
    with path.open(encoding="utf-8-sig") as stream:
        yield from (line for line in stream if line.strip())


def _request(line: str, number: int, keys: Collection[str]) -> dict[str, Any]:
    try:
        request = json.loads(line)
    except ValueError:
        request = None
    if not isinstance(request, dict):
        raise HosoError(say("bad_batch_line", line=number))
    unknown = sorted(set(request) - set(keys))
    if unknown:
        raise HosoError(say("bad_batch_key", key=unknown[0], known=", ".join(sorted(keys))))
    return request


def guard(main: Callable[[], None]) -> None:
    """Run the program: never a traceback (unless HOSO_DEBUG=1), a closed pipe is no error."""
    try:
        main()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if os.environ.get("HOSO_DEBUG"):
            raise
        if isinstance(error, HosoError):
            warn(error.message)
        else:
            warn(say("unexpected", kind=type(error).__name__))
        if "--json" in sys.argv:
            emit(HosoError(say("unexpected", kind=type(error).__name__)).to_json())
        sys.exit(1)
