"""The facet of units: a tree whose lines say which version is meant, and that narrows the search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import COUNT, shown, unescaped
from ui.unit_tree import dated, lines

Open = Callable[..., AppTest]


def unit(
    value: str, name: str, count: int, parent: str | None = None, *, since: str, until: str | None = None
) -> dict[str, Any]:
    label = f"{name}, nơi khác" if parent else name
    return {"value": value, "name": name, "label": label, "count": count, "parent": parent,
            "valid_from": since, "valid_to": until}  # fmt: skip


HANOI = unit("01@2008", "Thành phố Hà Nội", 9, since="2008-08-01")
HOAN_KIEM = unit("002@1981", "Quận Hoàn Kiếm", 6, "01@2008", since="1981-01-03", until="2025-06-30")
OLD = unit("00073@1981", "Phường Cửa Nam", 4, "002@1981", since="1981-01-03", until="2025-06-30")
NEW = unit("00082@2025", "Phường Cửa Nam", 3, "01@2008", since="2025-07-01")


@pytest.fixture(autouse=True)
def vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_LANG", "vi")


def test_communes_lie_below_their_district_and_the_commonest_come_first() -> None:
    found = [(line.depth, line.value) for line in lines([NEW, OLD, HOAN_KIEM, HANOI])]
    assert found == [(0, "01@2008"), (1, "002@1981"), (2, "00073@1981"), (1, "00082@2025")]


def test_versions_that_share_a_name_say_their_days() -> None:
    named = dated([HANOI, HOAN_KIEM, OLD, NEW])
    assert named["00073@1981"] == "Phường Cửa Nam (đến 30/06/2025)"
    assert named["00082@2025"] == "Phường Cửa Nam (từ 01/07/2025)"
    assert named["01@2008"] == "Thành phố Hà Nội"
    earlier = unit("00073@1978", "Phường Cửa Nam", 1, "01@2008", since="1978-12-29", until="1981-01-02")
    assert dated([HANOI, OLD, HOAN_KIEM, NEW, earlier])["00073@1981"] == "Phường Cửa Nam (03/01/1981 – 30/06/2025)"


def test_a_unit_whose_parent_is_not_counted_stands_at_the_top_with_all_of_its_name() -> None:
    assert [(line.depth, line.name) for line in lines([OLD, {"value": "x@1", "count": 1}])] == [
        (0, "Phường Cửa Nam, nơi khác (đến 30/06/2025)"),
        (0, "x@1"),
    ]


def box(app: AppTest, name: str) -> Any:
    return next(one for one in app.checkbox if unescaped(one.label).startswith(name))


def test_a_ticked_unit_narrows_the_search_and_others_can_be_added(open_page: Open) -> None:
    app = open_page("search", q="sửa chữa")
    assert f"Tìm thấy {COUNT} văn bản" in shown(app)
    every = [unescaped(one.label) for one in app.checkbox]
    assert any(label.startswith("Quận Hoàn Kiếm (đến 30/06/2025)") for label in every)
    first = box(app, "Phường Hàng Bạc")
    count = int(first.label.rpartition("(")[2].rstrip(")"))
    assert 0 < count < COUNT
    first.check().run()
    assert f"Tìm thấy {count} văn bản" in shown(app)
    assert "Chỉ trong: Phường Hàng Bạc" in shown(app)
    assert [unescaped(one.label) for one in app.checkbox] == every
    box(app, "Phường Hàng Bồ").check().run()
    other = int(box(app, "Phường Hàng Bồ").label.rpartition("(")[2].rstrip(")"))
    assert f"Tìm thấy {count + other} văn bản" in shown(app)
    box(app, "Phường Hàng Bạc").uncheck().run()
    assert f"Tìm thấy {other} văn bản" in shown(app)
    app.text_input(key="q").set_value("kinh phí").run()
    assert not any(one.value for one in app.checkbox)


def test_a_district_takes_in_its_communes(open_page: Open) -> None:
    app = open_page("search", q="sửa chữa")
    district = box(app, "Quận Hoàn Kiếm")
    count = int(district.label.rpartition("(")[2].rstrip(")"))
    district.check().run()
    assert f"Tìm thấy {count} văn bản" in shown(app)
