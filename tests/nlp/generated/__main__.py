"""``python -m tests.nlp.generated OUT``: writes gold/, texts/ and ocr/ in the form of the reference corpus."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.nlp.generated.make import COUNT, write

SEED = 1945
SECRET = 200


def main() -> None:
    """Reads the command line and writes the set."""
    parser = argparse.ArgumentParser(prog="python -m tests.nlp.generated", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--count", type=int, default=None, help=f"documents (default {COUNT}; of secrets {SECRET} each)"
    )
    parser.add_argument(
        "--secret", action="store_true", help="pages with a secrecy stamp, and pages about secrecy without"
    )
    options = parser.parse_args()
    if options.secret:
        total = sum(
            write(options.out, options.count or SECRET, options.seed, flag) for flag in ("secret", "about_secrecy")
        )
    else:
        total = write(options.out, options.count or COUNT, options.seed)
    print(f"{options.out}: {total} documents")


if __name__ == "__main__":
    main()
