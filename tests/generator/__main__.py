"""``python -m tests.generator tests/sample``: makes the sample batch and, beside it, its truth."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.generator.batch import write

SEED = 1975


def main() -> None:
    """Reads the command line and writes both folders."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="folder of the batch; OUT_truth beside it takes the truth")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--typed-only", action="store_true", help="only what needs neither fonts nor Tesseract")
    options = parser.parse_args()
    out: Path = options.out
    write(out, out.with_name(f"{out.name}_truth"), options.seed, scans=not options.typed_only)


if __name__ == "__main__":
    main()
