"""What a process that reads pages loads."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import ROOT

READ_THEN_EMBED = """
import sys
from nlp import extract
extract("Số: 12/QĐ-UBND")
assert "spacy" in sys.modules
assert "torch" not in sys.modules
import torch
assert torch.zeros(2).sum() == 0
"""


def test_reading_pages_does_not_load_torch_and_does_not_keep_it_from_others() -> None:
    done = subprocess.run(
        [sys.executable, "-c", READ_THEN_EMBED], capture_output=True, text=True, cwd=ROOT, check=False
    )

    assert done.returncode == 0, done.stderr
