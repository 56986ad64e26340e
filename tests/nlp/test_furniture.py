"""What stands on a page beside its text: digital signatures, and bodies that only look like one's."""

from __future__ import annotations

import pytest

from nlp import extract

REST = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/BC-TTTH
Tân An, ngày 3 tháng 4 năm 2019
BÁO CÁO
Kết quả công tác năm 2018

Trung tâm báo cáo như sau.
"""


@pytest.mark.parametrize(
    ("head", "issuer", "parent"),
    [
        ("SỞ NỘI VỤ TỈNH BÌNH AN\nTRUNG TÂM TIN HỌC\n", "TRUNG TÂM TIN HỌC", "SỞ NỘI VỤ TỈNH BÌNH AN"),
        ("SỞ TƯ PHÁP TỈNH BÌNH AN\nTRUNG TÂM CÔNG CHỨNG\n", "TRUNG TÂM CÔNG CHỨNG", "SỞ TƯ PHÁP TỈNH BÌNH AN"),
        ("CÔNG TY CẤP NƯỚC BÌNH AN\nEmail: nuoc@binhan.com.vn\n", "CÔNG TY CẤP NƯỚC BÌNH AN", None),
        ("Ký bởi: Sở Nội vụ\nTRUNG TÂM CÔNG BÁO\nThời gian ký: 3/4/2019 10:02\nSỞ NỘI VỤ\n", "SỞ NỘI VỤ", None),
        (
            "Người ký: Cổng\nEmail: cong@binhan.gov.vn\nNgày ký: 3.4.2019 10:02:11 +07:00\nSỞ NỘI VỤ\n",
            "SỞ NỘI VỤ",
            None,
        ),
    ],
)
def test_an_office_of_copies_is_one_only_beside_a_digital_signature(
    head: str, issuer: str, parent: str | None
) -> None:
    read = extract(head + REST)

    assert (read.issuer, read.issuer_parent) == (issuer, parent)
