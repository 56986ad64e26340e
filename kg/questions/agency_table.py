"""An archive's own table of exceptions to the days of agencies, its faults told as one clear line."""

from __future__ import annotations

from kg.errors import HosoError
from kg.messages import say
from ontology.agencies.in_time import Agencies, agencies
from ontology.agencies.own import BadAgencyTable


def checked_agencies() -> Agencies:
    """The agencies by the tables in use. Raises HosoError(bad_input), which names file, row and column, for a table of
    the archive's own that cannot be used."""
    try:
        return agencies()
    except BadAgencyTable as error:
        raise table_error(error) from error


def table_error(error: BadAgencyTable) -> HosoError:
    """What is wrong with a table of exceptions and what to do about it, in the user's language."""
    why = say(f"exceptions_{error.code}", column=error.column, value=error.value)
    where = say("exceptions_row", row=error.row) if error.row else ""
    return HosoError(say("exceptions_bad", path=error.path, where=where, why=why))
