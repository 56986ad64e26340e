"""Short names of bodies written out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.search.short_names import written_out


@pytest.mark.parametrize(
    ("query", "text", "full"),
    [
        ("TAND quận Hoàn Kiếm", "Tòa án nhân dân quận Hoàn Kiếm", {"TAND": "Tòa án nhân dân"}),
        ("tand quận hoàn kiếm", "tòa án nhân dân quận hoàn kiếm", {"tand": "Tòa án nhân dân"}),
        ("tand quan hoan kiem", "toa an nhan dan quan hoan kiem", {"tand": "Tòa án nhân dân"}),
        ("đơn gửi CA phường Cửa Nam", "đơn gửi Công an phường Cửa Nam", {"CA": "Công an"}),
        ("BCHQS huyện Từ Liêm", "Ban Chỉ huy quân sự huyện Từ Liêm", {"BCHQS": "Ban Chỉ huy quân sự"}),
        ("ĐU phường Trúc Bạch", "Đảng ủy phường Trúc Bạch", {"ĐU": "Đảng ủy"}),
        ("LĐLĐ quận Đống Đa", "Liên đoàn Lao động quận Đống Đa", {"LĐLĐ": "Liên đoàn Lao động"}),
        (
            "VP UBND quận Đống Đa",
            "Văn phòng Ủy ban nhân dân quận Đống Đa",
            {"VP UBND": "Văn phòng Ủy ban nhân dân"},
        ),
        (
            "Phòng LĐTBXH huyện Thanh Trì",
            "Phòng Lao động - Thương binh và Xã hội huyện Thanh Trì",
            {"Phòng LĐTBXH": "Phòng Lao động - Thương binh và Xã hội"},
        ),
        ("UBND", "Ủy ban nhân dân", {"UBND": "Ủy ban nhân dân"}),
    ],
)
def test_short_names_are_written_out(query: str, text: str, full: dict[str, str]) -> None:
    written = written_out(query)
    assert (written.text, dict(written.full)) == (text, full)


@pytest.mark.parametrize(
    "query",
    [
        "quyết định 45/QĐ-UBND",
        "công văn 157/CV-TCCQ của UBND",
        "ca cao, ca nô",
        "CA trực đêm",
        '"UBND quận" trả lời',
        "BTC họp",
        "thu hồi đất phường Cửa Nam",
        "",
    ],
)
def test_what_is_no_short_name_or_stands_for_two_stays(query: str) -> None:
    assert written_out(query).text == query
    assert not written_out(query).full


def test_texts_may_name_it_short_too() -> None:
    assert written_out("TAND quận Hoàn Kiếm").also() == dict.fromkeys(("toa", "an", "nhan", "dan"), ("tand",))
    assert written_out("CA phường Cửa Nam").also() == {}  # "ca" is a word


def test_what_is_asked_in_full_may_stand_short_in_texts() -> None:
    also = written_out("bồi thường giải phóng mặt bằng dự án").also()
    assert also["giai"] == also["phong"] == ("gpmb", "btgpmb")
    assert "du" not in also
    assert written_out("giai phong mat bang").also()["mat"] == ("gpmb",)
    assert written_out("giải phóng mặt").also() == {}


@settings(deadline=None, max_examples=200)
@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from(["UBND", "CA", "quận", "Ba Đình", '"', "TAND", "/"])).map(" ".join)
)
def test_any_query_is_written_out(query: str) -> None:
    written = written_out(query)
    if not written.full:
        assert len(written.text) <= max(len(query), 1) * 4
    assert written_out(query) == written
