"""Each page on a small store: what officials read, and that nothing else gets on the screen."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.kg.custody.making import HANDED_OVER, HANDOVERS, list_csv
from tests.kg.ingest.batches import hoso
from tests.ui.conftest import COUNT, HOSTILE, bodies, database, shown

Open = Callable[..., AppTest]
PAGES = ("search", "moved", "units", "fonds", "entity", "quarantine")
WARD = "Phường Cửa Nam, Quận Hoàn Kiếm"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_it_is_for_before_anything_is_asked(open_page: Open, name: str) -> None:
    app = open_page(name)
    assert not app.exception
    assert not app.error
    assert len(app.title) == 1
    assert app.info


def test_the_start_page_has_the_figures_of_the_store(open_page: Open) -> None:
    figures = {metric.label: metric.value for metric in open_page("search").metric}
    assert figures["Văn bản"] == str(COUNT)
    assert figures["Hồ sơ"] == "3"
    assert figures["Phông"] == "1"


def test_search_shows_hits_with_the_words_marked(open_page: Open) -> None:
    app = open_page("search", q="sửa chữa nhà số 5 phường Hàng Bạc")
    assert "Tìm thấy" in shown(app)
    assert any("<mark>sửa</mark>" in body for body in bodies(app))
    assert "tr. 1:" in shown(app)


def test_search_turns_pages_and_another_question_begins_at_the_first(open_page: Open) -> None:
    app = open_page("search", q="sửa chữa")
    assert f"1–10 trong {COUNT}" in shown(app)
    next(button for button in app.button if button.label == "Trang sau").click().run()
    assert f"11–{COUNT} trong {COUNT}" in shown(app)
    app.text_input(key="q").set_value("kinh phí").run()
    assert f"1–10 trong {COUNT}" in shown(app)


def test_facets_narrow_and_do_not_outlive_their_question(open_page: Open) -> None:
    app = open_page("search", q="sửa chữa")
    kinds = next(box for box in app.multiselect if box.label == "Thể loại")
    assert kinds.options == [f"Quyết định ({COUNT})"]
    fonds = next(box for box in app.multiselect if box.label == "Phông")
    fonds.set_value(["P07"]).run()
    assert f"Tìm thấy {COUNT} văn bản" in shown(app)
    app.text_input(key="q").set_value("kinh phí").run()
    assert next(box for box in app.multiselect if box.label == "Phông").value == []


def test_a_record_opens_once_with_place_and_custody_apart(open_page: Open) -> None:
    app = open_page("search", q="phường Hàng Bạc")
    next(button for button in app.button if button.label == "Xem").click().run()
    text = shown(app)
    assert "Địa bàn nói đến trong tài liệu" in text
    assert "Nơi đang giữ: chưa rõ" in text
    assert "1656/NQ-UBTVQH15, điều 1, khoản" in text
    app.run()
    assert "Nơi đang giữ: chưa rõ" not in shown(app)


def test_moved_from_a_split_ward_counts_the_possibilities_with_act_and_clause(open_page: Open) -> None:
    app = open_page("moved", unit=WARD)
    text = shown(app)
    assert "Chưa xác định: còn 4 khả năng" in text
    assert "Phường Văn Miếu - Quốc Tử Giám" in text
    assert "1656/NQ-UBTVQH15, điều 1, khoản 11" in text
    assert "Mắt xích yếu nhất" in text


def test_moved_keeps_place_and_custody_apart(open_page: Open) -> None:
    app = open_page("moved", unit=WARD)
    place, custody = app.tabs
    assert place.label == "Địa bàn nói đến trong tài liệu"
    assert custody.label == "Nơi đang giữ · Nơi phải nộp"
    assert "Nơi phải nộp" not in list(place.dataframe[0].value.columns)
    assert "Nay thuộc" in list(place.dataframe[0].value.columns)
    assert not custody.dataframe  # no fonds of this store has that ward for its creator
    assert "Chưa phân công nơi nhận" in shown(app)


def test_moved_to_a_new_unit_and_the_address_says_which_side(open_page: Open) -> None:
    app = open_page("moved", unit="Phường Hoàn Kiếm, Thành phố Hà Nội", side="to")
    assert app.radio(key="side").value == "to"
    assert "Gồm" in shown(app)
    assert "đơn vị cũ sau đây" in shown(app)


def test_a_unit_that_ended_is_no_new_unit_and_the_page_says_so(open_page: Open) -> None:
    app = open_page("moved", unit=WARD, side="to")
    assert "đã kết thúc ngày 30/06/2025" in shown(app)


def test_moved_without_a_unit_takes_in_the_whole_store(open_page: Open) -> None:
    place = open_page("moved").tabs[0]
    assert {metric.label: metric.value for metric in place.metric}["Văn bản"] == str(COUNT)


def test_moved_by_custody_says_what_becomes_of_the_files(open_page: Open) -> None:
    app = open_page("moved")
    assert "Hồ sơ theo nơi giữ, nơi phải nộp và hạn" in shown(app)
    assert app.tabs[1].get("html")  # totals and groups


def test_a_paper_is_an_event_of_its_file_and_says_who_holds_it(
    open_page: Open, store_url: str, tmp_path: Path
) -> None:
    path = Path(store_url.removeprefix("sqlite:///"))
    shutil.copy(path, tmp_path / "kho.db")
    shutil.copytree(path.with_name(f"{path.name}-data"), tmp_path / "kho.db-data")
    url = f"sqlite:///{tmp_path / 'kho.db'}"
    papers = list_csv(tmp_path, HANDOVERS, ("P07", "H01", *HANDED_OVER[2:]))
    done = hoso("custody", "load", str(papers), "--store", url)
    assert done.returncode == 0, done.stderr
    text = shown(open_page("fonds", store=url, fonds="P07"))
    assert "Nơi phải nộp" in text
    assert "UBND phường Hoàn Kiếm" in text


def test_a_unit_name_of_several_units_is_answered_with_a_choice_and_nothing_is_guessed(open_page: Open) -> None:
    app = open_page("moved", unit="Tân Lập")
    box = next(one for one in app.selectbox if "chọn một" in one.label)
    assert len(box.options) > 1
    assert box.value is None
    assert not app.metric
    box.select_index(0).run()
    assert app.metric


def test_the_kind_of_matter_changes_the_answer(open_page: Open) -> None:
    app = open_page("moved", unit=WARD)
    app.radio(key="matter").set_value("civil").run()
    assert not app.exception
    assert app.radio(key="matter").value == "civil"


def test_fonds_opens_down_to_the_documents(open_page: Open) -> None:
    app = open_page("fonds", fonds="P07")
    text = shown(app)
    assert "P07" in text
    assert "H01" in text
    assert "Chênh lệch" in [tab.label.partition(" (")[0] for tab in app.tabs]


def test_an_entity_has_links_with_their_evidence(open_page: Open) -> None:
    app = open_page("entity", id="Ủy ban nhân dân quận Hoàn Kiếm")
    assert not app.exception
    assert [tab.label for tab in app.tabs] == ["Sơ đồ", "Liên kết", "Thường đi cùng"]
    links = app.tabs[1].dataframe[0].value
    assert "← do cơ quan ban hành" in set(links["Quan hệ"])


def test_quarantine_names_the_file_and_the_reason(open_page: Open) -> None:
    text = shown(open_page("quarantine"))
    assert "P07/H01/090.pdf" in text
    assert "PDF" in text


def test_text_of_records_stays_text(open_page: Open) -> None:
    app = open_page("search", q="sửa chữa nhà số 1")
    assert HOSTILE in shown(app)
    for body in bodies(app):
        assert "<img" not in body
        assert "<script" not in body
    for element in [*app.markdown, *app.caption]:
        assert not re.search(r"(?<!\\)(<img|\]\(javascript|https?:/|:red\[|\$)", element.value)


def test_the_picture_gets_no_angle_brackets_and_ids_of_its_own() -> None:
    from ui.picture import elements  # the component writes its data into the page as HTML

    other = {"id": HOSTILE, "kind": "record", "name": HOSTILE}
    link = {"type": "ISSUED_BY", "other": other, "outgoing": False}
    found = elements({"id": "a", "kind": "agency", "name": "A & B <b>", "links": [link]})
    assert "<" not in repr(found.nodes)
    assert {node["data"]["id"] for node in found.nodes} == {"n0", "n1"}


@pytest.mark.parametrize(
    ("name", "parameters", "said"),
    [
        ("search", {"q": "sửa chữa", "since": "31/02/2010"}, "Ngày '31/02/2010' không có thật"),
        ("search", {"q": "sửa chữa", "place": "Phường Không Hề Có"}, "Không tìm thấy đơn vị hành chính"),
        ("moved", {"unit": "Phường Không Hề Có"}, "Không tìm thấy đơn vị hành chính"),
    ],
)
def test_a_question_that_cannot_be_answered_gets_one_line(
    open_page: Open, name: str, parameters: dict[str, str], said: str
) -> None:
    app = open_page(name, **parameters)
    assert not app.exception
    assert len(app.error) == 1
    assert said in shown(app)


@pytest.mark.parametrize("name", [name for name in PAGES if name != "units"])
def test_no_store_is_one_line(open_page: Open, name: str, tmp_path: Path) -> None:
    app = open_page(name, store=f"sqlite:///{tmp_path / 'none.db'}")
    assert not app.exception
    assert len(app.error) == 1
    assert "Chưa có kho" in shown(app)


def test_a_locked_store_is_read_or_said_to_be_locked_but_never_a_traceback(open_page: Open, store_url: str) -> None:
    holder = sqlite3.connect(database(store_url), isolation_level=None)
    try:
        holder.execute("BEGIN EXCLUSIVE")
        app = open_page("fonds")
    finally:
        holder.close()
    assert not app.exception
    assert app.error or app.dataframe


def test_an_unknown_entity_is_one_line(open_page: Open) -> None:
    app = open_page("entity", id="Không Hề Có")
    assert not app.exception
    assert len(app.warning) == 1
    assert "Không thấy cơ quan" in shown(app)


def test_access_is_the_office_s_to_set(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSO_ACCESS", "everything")
    app = open_page("moved")
    assert not app.exception
    assert "Mức tiếp cận 'everything' không dùng được" in shown(app)


def test_what_nobody_foresaw_is_one_line_without_the_message(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("words of a record")

    monkeypatch.setattr("kg.workspace.Workspace.__enter__", broken)
    monkeypatch.delenv("HOSO_DEBUG", raising=False)
    app = open_page("fonds")
    assert not app.exception
    assert "RuntimeError" in shown(app)
    assert "words of a record" not in shown(app)


def test_more_like_this_opens_once_with_what_is_in_common(open_page: Open) -> None:
    app = open_page("search", q="sửa chữa nhà số 5 phường Hàng Bạc")
    next(button for button in app.button if button.label == "Tương tự").click().run()
    text = shown(app)
    assert not app.exception
    assert "Tương tự với:" in text
    assert "Từ chung:" in text
    assert "Cùng nói đến:" in text
    app.run()
    assert "Tương tự với:" not in shown(app)


def test_words_of_a_hostile_title_are_marked_as_text(open_page: Open) -> None:
    app = open_page("search", q="onerror alert sửa chữa")
    assert any("<mark>" in body for body in bodies(app))
    for body in bodies(app):
        assert "<img" not in body
    assert any("&lt;img src=x <mark>onerror</mark>=<mark>alert</mark>(1)&gt;" in body for body in bodies(app))


def test_without_vectors_and_for_nonsense_the_page_says_how_it_searched(open_page: Open) -> None:
    app = open_page("search", q="xyzzy qwrtp")
    assert "Tìm thấy 0 văn bản" in shown(app)
    assert "Thử dùng ít từ hơn" in shown(app)
    assert "Chỉ tìm theo từ ngữ" in shown(app)
