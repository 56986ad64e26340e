"""``python -m ontology.compile --acts DIR --admin DIR [OUT]``: the tables of ``ontology/data`` from their sources."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ontology.compile.build import build
from ontology.compile.corrections import Corrections
from ontology.compile.write import write_tables

DATA = Path(__file__).resolve().parent.parent / "data"


def main(arguments: list[str] | None = None) -> int:
    """Compile; 0, or 1 with the reasons on stderr when a source is not settled."""
    parser = argparse.ArgumentParser(prog="python -m ontology.compile", description=__doc__)
    parser.add_argument("--acts", type=Path, required=True, help="folder of the 34 resolutions (*.md)")
    parser.add_argument("--admin", type=Path, help="folder of the lists of changes (default: the parent of --acts)")
    parser.add_argument(
        "out", nargs="?", type=Path, default=DATA, help="where the tables go (default: ontology/data)"
    )
    given = parser.parse_args(arguments)
    try:
        ledger = build(given.acts, given.admin or given.acts.parent, Corrections.read(DATA / "corrections.csv"))
    except (ValueError, OSError, ModuleNotFoundError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    write_tables(ledger, given.out)
    sys.stderr.write(
        f"{len(ledger.versions())} unit versions, {len(ledger.events)} events, {len(ledger.edges)} edges\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
