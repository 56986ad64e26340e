"""The table of rules in use, its faults told as one clear line."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kg.errors import HosoError
from kg.messages import say
from kg.sheets import write_csv
from ontology.custody import BadCustodyTable, Rule, rules
from ontology.custody.table import COLUMNS, VARIABLE


def checked_rules() -> tuple[Rule, ...]:
    """The rules in use. Raises HosoError(bad_input), which names file, row and column, for a table of the archive's own
    that cannot be used."""
    try:
        return rules()
    except BadCustodyTable as error:
        raise table_error(error) from error


def table_error(error: BadCustodyTable) -> HosoError:
    """What is wrong with a table of rules, in the user's language."""
    why = say(f"rules_{error.code}", column=error.column, value=error.value)
    where = say("rules_row", row=error.row) if error.row else ""
    return HosoError(say("rules_bad", path=error.path, where=where, why=why))


def in_use(out: Path | None = None) -> dict[str, Any]:
    """What table is in use: ``path`` (None: the bundled one) and its rules; with ``out`` a copy is written there.
    Raises HosoError(bad_input) for a table that cannot be used, and where ``out`` cannot be written."""
    rows = [asdict(rule) for rule in checked_rules()]
    if out is not None:
        write_csv(out, COLUMNS, [[row[name] for name in COLUMNS] for row in rows])
    return {"path": os.environ.get(VARIABLE) or None, "written": str(out) if out else None, "rules": rows}
