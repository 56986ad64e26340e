"""The signature block: powers, positions and names of those who sign, one below the other or side by side."""

from __future__ import annotations

import pytest

from nlp import extract
from nlp.zones import signature

JOINED_HEAD = """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ TÂN AN Độc lập - Tự do - Hạnh phúc
Số: 12/BC-UBND Tân An, ngày 3 tháng 4 năm 2012
BÁO CÁO
Kết quả công tác năm 2012
"""


def test_only_the_end_of_a_long_line_is_looked_at_for_a_position(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []
    capital = signature.is_capital

    def counted(text: str) -> bool:
        looked_at.append(len(text))
        return capital(text)

    monkeypatch.setattr(signature, "is_capital", counted)
    line = "Các hộ trong xã đã kê khai đủ diện tích và nộp thuế đúng hạn cho kho bạc. " * 200

    extract(JOINED_HEAD + line)

    assert 0 < sum(looked_at) < 5 * len(line)
