"""Where a person's name ends in running text, and names that are not Vietnamese."""

from __future__ import annotations

import pytest

from nlp import extract

PAGE = """ỦY BAN NHÂN DÂN                        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ TẢN HỒNG                            Độc lập - Tự do - Hạnh phúc
Số: 47/QĐ-UB                           Tản Hồng, ngày 14 tháng 8 năm 2003

                              QUYẾT ĐỊNH
                 Về việc xét duyệt

"""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hộ bà Nguyễn Thị Hoa Xóm 5", ["Nguyễn Thị Hoa"]),
        ("Hộ bà Nguyễn Thị Hoa Xóm Đông", ["Nguyễn Thị Hoa"]),
        ("Ông Lê Văn Thôn trú tại Thôn Đông", ["Lê Văn Thôn"]),
        ("ông Trần Văn Trưởng, 60 tuổi", ["Trần Văn Trưởng"]),
        ("ông Trần Văn Bình Trưởng thôn", ["Trần Văn Bình"]),
        ("ông Trần Văn Năm có vợ là bà Lê Thị Kính", ["Trần Văn Năm", "Lê Thị Kính"]),
        ("ông Trần Văn Bình Năm 1960", ["Trần Văn Bình"]),
        ("Ông Nguyễn Văn Giang\nHọ và tên mẹ: Đỗ Thị Hương", ["Nguyễn Văn Giang", "Đỗ Thị Hương"]),
        ("Giao ông Đỗ Văn Hùng Phòng Địa chính lập hồ sơ", ["Đỗ Văn Hùng"]),
        ("ông Y Moan Êban và bà H'Hen Niê", ["Y Moan Êban", "H'Hen Niê"]),
        ("Cấp cho ông K'Brơi 200 m2 đất", ["K'Brơi"]),
        ("bà H’Linh Mlô", ["H’Linh Mlô"]),
    ],
)
def test_a_name_ends_where_the_next_thing_begins(text: str, names: list[str]) -> None:
    assert [person.name for person in extract(PAGE + text + "\n").people] == names
