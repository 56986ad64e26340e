"""Errors of the product and of the ontology as those of the contract (DESIGN.md §5), for commands and pages alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kg.errors import Ambiguous, HosoError, NotFound
from kg.messages import say


def translated(error: Exception, unit_json: Callable[[Any], Any] | None = None) -> HosoError:
    """An error of the product or the ontology as one of the contract; re-raises what is neither."""
    from ontology.agencies.own import BadAgencyTable
    from ontology.custody.model import BadCustodyTable
    from ontology.errors import AmbiguousUnit, BadDate, UnitNotFound

    if _while_stopping(error):
        raise KeyboardInterrupt from error
    if isinstance(error, HosoError):
        return error
    if isinstance(error, BadDate):
        return HosoError(say("bad_date", text=error.text))
    if isinstance(error, UnicodeEncodeError):  # an argument that was no UTF-8, handed on to the store or the index
        return HosoError(say("bad_characters"))
    if isinstance(error, BadCustodyTable):
        from kg.custody.table import table_error

        return table_error(error)
    if isinstance(error, BadAgencyTable):
        from kg.questions.agency_table import table_error as agency_table_error

        return agency_table_error(error)
    if isinstance(error, UnitNotFound | AmbiguousUnit):
        from kg.questions.units import candidate_json

        shown = [candidate_json(candidate) for candidate in error.candidates]
        if isinstance(error, UnitNotFound):
            return NotFound(say("unit_not_found", name=error.name), candidates=shown)
        first = error.candidates[0].unit.id
        message = say("unit_ambiguous", name=error.name, n=len(error.candidates), example=first)
        return Ambiguous(message, candidates=shown)
    raise error


def _while_stopping(error: BaseException) -> bool:
    """Whether the error came of Ctrl-C: something that was being put in order could not be."""
    before = error.__context__
    while before is not None and not isinstance(before, KeyboardInterrupt):
        before = before.__context__
    return before is not None
