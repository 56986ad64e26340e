"""How the compiler reads the list of changes: what a row hides, what the list took back, who can have taken a unit."""

from __future__ import annotations

from pathlib import Path

import pytest

from ontology import tables
from ontology.compile.corrections import Correction, Corrections
from ontology.compile.district_links import link_districts
from ontology.compile.early_rows import read_early
from ontology.compile.ledger import Happening, Ledger, Version
from ontology.compile.listed import Listed, read_list, unwind
from ontology.compile.listed_acts import number
from ontology.compile.named import joined
from ontology.compile.takers import Takers

HEAD = "date,event,code,name,district_code,district,province_code,province,new_name,new_district\n"


def listed(path: Path, *rows: str, corrections: tuple[Correction, ...] = ()) -> Listed:
    table = path / "list.csv"
    table.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return read_list(table, Corrections(list(corrections)))


def commune(code: str, name: str, district: str = "100") -> Version:
    kind, _, _ = name.partition(" ")
    return Version(code, code, name, kind.lower(), "commune", district, "", end="2025-06-30")


def taken(ledger: Ledger) -> dict[tuple[str, str], str]:
    return {(source.id, target.id): extent for (_, source, target), extent in ledger.edges.items()}


def unwound(rows: Listed, *last: Version) -> Ledger:
    ledger = Ledger()
    assert unwind(ledger, rows, {each.code: each for each in last}) == []
    return ledger


def test_a_rename_alone_is_the_same_unit_and_one_beside_a_removal_only_possible(tmp_path: Path) -> None:
    alone = listed(tmp_path, "2020-01-01,renamed,00001,Xã A,100,Huyện H,01,Tỉnh T,Thị trấn B,Huyện H")
    assert taken(unwound(alone, commune("00001", "Thị trấn B"))) == {
        ("00001@2007-12-17", "00001@2020-01-01"): "unchanged"
    }
    beside = listed(
        tmp_path,
        "2020-01-01,renamed,00001,Xã A,100,Huyện H,01,Tỉnh T,Xã B,Huyện H",
        "2020-01-01,removed,00002,Xã B,200,Huyện K,01,Tỉnh T,,",
    )
    assert taken(unwound(beside, commune("00001", "Xã B"))) == {("00001@2007-12-17", "00001@2020-01-01"): "possible"}


def test_what_a_later_day_takes_back_never_was(tmp_path: Path) -> None:
    undone = Correction("list_undone", "2019-09-11", "100", "2019-11-01", "passed, not in force")
    rows = listed(
        tmp_path,
        "2019-09-11,removed,00001,Xã A,100,Huyện H,01,Tỉnh T,,",
        "2019-09-11,added,00002,Phường B,100,Thị xã H,01,Tỉnh T,,",
        "2019-09-11,renamed,00003,Xã C,100,Huyện H,01,Tỉnh T,Phường C,Thị xã H",
        "2019-09-11,renamed,00004,Xã D,100,Huyện H,01,Tỉnh T,Phường D,Thị xã H",
        "2019-11-01,added,00001,Xã A,100,Huyện H,01,Tỉnh T,,",
        "2019-11-01,removed,00002,Phường B,100,Thị xã H,01,Tỉnh T,,",
        "2019-11-01,renamed,00003,Phường C,100,Thị xã H,01,Tỉnh T,Xã C,Huyện H",
        "2019-11-01,renamed,00004,Phường D,100,Thị xã H,01,Tỉnh T,Phường E,Huyện H",
        corrections=(undone,),
    )
    (left,) = rows.rows
    assert (left.date, left.code, left.name, left.new_name) == ("2019-11-01", "00004", "Xã D", "Phường E")
    assert left.new_district == "Thị xã H"


def test_a_code_that_gives_way_to_another_is_the_same_unit(tmp_path: Path) -> None:
    rows = listed(
        tmp_path,
        "2025-02-01,removed,00001,Phường A,100,Quận H,01,Tỉnh T,,",
        "2025-02-01,added,00002,Phường A,100,Quận H,01,Tỉnh T,,",
    )
    ledger = unwound(rows, commune("00002", "Phường A"))
    Takers(ledger, {}).run(rows)
    assert taken(ledger) == {("00001@2007-12-17", "00002@2025-02-01"): "unchanged"}


@pytest.mark.parametrize(
    ("gone", "beside", "expected"),
    [
        ("Xã Nghĩa Phúc", ("Xã Nghĩa Thắng", "Xã Phúc Thắng"), True),
        ("Phường Hải Châu II", ("Phường Hải Châu I", "Phường Hải Châu"), True),
        ("Xã Cam Thanh", ("Xã Cam An", "Xã Thanh An"), True),
        ("Xã Nà Sác", ("Xã Phù Ngọc", "Xã Ngọc Đào"), False),
    ],
)
def test_a_new_name_made_of_two_shows_who_was_joined(
    tmp_path: Path, gone: str, beside: tuple[str, str], expected: bool
) -> None:
    rows = listed(
        tmp_path,
        f"2020-02-01,removed,00001,{gone},100,Huyện H,01,Tỉnh T,,",
        f"2020-02-01,renamed,00002,{beside[0]},100,Huyện H,01,Tỉnh T,{beside[1]},Huyện H",
    )
    ledger = unwound(rows, commune("00002", beside[1]))
    Takers(ledger, {}).run(rows)
    assert (("00001@2007-12-17", "00002@2020-02-01") in taken(ledger)) is expected


def test_an_alias_takes_a_unit_and_accents_tell_a_namesake_apart(tmp_path: Path) -> None:
    rows = listed(tmp_path, "2020-01-01,removed,00001,Xã Thanh Kim,100,Huyện H,01,Tỉnh T,,")
    taker, namesake = commune("00002", "Xã Thanh Bình"), commune("00003", "Xã Thành Kim")
    ledger = unwound(rows, taker, namesake)
    Takers(ledger, {joined("Xã Thanh Kim"): [(taker, "a page", "2020")]}).run(rows)
    assert taken(ledger) == {("00001@2007-12-17", "00002@2007-12-17"): "possible"}
    bare = unwound(rows, commune("00003", "Xã Thành Kim"))
    Takers(bare, {}).run(rows)
    assert taken(bare) == {}


def test_keys_without_spaces_match_whatever_y_they_end_on() -> None:
    assert joined("Phường Thượng Lý") == joined("phuongthuongly")
    assert joined("Thành phố Phủ Lý") == joined("thanhphophuly")


def test_a_district_that_gives_communes_to_a_new_one_begins_again() -> None:
    ledger = Ledger()
    event = Happening("list:2011-01-29:072", "2011-01-29", "", "", "listed", "list", "likely", "list")
    ledger.event(event)
    old = ledger.add(Version("072", "072", "Huyện A", "huyện", "district", "08", "2007-12-17", False, "2025-06-30"))
    new = ledger.add(Version("071", "071", "Huyện B", "huyện", "district", "08", "2011-01-29", True, "2025-06-30"))
    before = ledger.add(commune("00001", "Xã C", "072"))
    before.start, before.end, before.ended_by = "2007-12-17", "2011-01-28", event.id
    after = ledger.add(Version("00001", "00001", "Xã C", "xã", "commune", "071", "2011-01-29", end="2025-06-30"))
    ledger.link(event.id, before, after, "unchanged")
    link_districts(ledger)
    rest = ledger.lines["072"][1]
    assert (old.end, old.ended_by, rest.start, rest.end) == ("2011-01-28", event.id, "2011-01-29", "2025-06-30")
    assert {target: extent for (_, source, target), extent in ledger.edges.items() if source is old} == {
        rest: "possible",
        new: "possible",
    }


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("34/NQ-CP ngày 23/9/2010: thành lập thành phố Vị Thanh", "34/NQ-CP"),
        ("176/2007NĐ-CP: điều chỉnh địa giới hành chính xã", "176/2007/NĐ-CP"),
        ("1280/NQ-UBTVQH15: Vv sắp xếp đơn vị hành chính", "1280/NQ-UBTVQH15"),
        ("621/TCTK-PPCĐ: Điều chỉnh mã địa bàn", ""),
    ],
)
def test_the_number_of_the_act_that_the_list_names(words: str, expected: str) -> None:
    assert number(words) == expected


# Rows of history


def test_villages_and_exceptions_of_a_row_of_history(tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    path.write_text(
        "date,act,level,kind,units_before,units_after,detail,source,certainty\n"
        '1976-02,,province,merge,"tỉnh A; tỉnh B (trừ C và D)","tỉnh E",,,likely\n'
        '1976-02,,province,merge,"tỉnh G; huyện C (B)","thành phố G",,,likely\n'
        '1979-02-17,,commune,transfer,"thôn X (xã Y, huyện Z)","thôn X (xã W, huyện V)",,,sure\n',
        encoding="utf-8",
    )
    first, second, third = read_early(path, Corrections([]))
    assert [(each.name, each.less) for each in first.before] == [("Tỉnh A", False), ("Tỉnh B", True)]
    assert [(each.name, each.part) for each in second.before] == [("Tỉnh G", False), ("Tỉnh B", True)]
    assert [(each.name, each.village, each.part) for each in (*third.before, *third.after)] == [
        ("Xã Y", "thôn X", True),
        ("Xã W", "thôn X", True),
    ]


# What the committed tables say


@pytest.mark.parametrize(
    ("source", "target", "extent"),
    [
        ("66@1976-02", "67@2003-11-26", "part"),
        ("12@1975", "11@2003-11-26", "part"),
        ("92@1991-12-26", "93@2003-11-26", "part"),
        ("00325@1981-01-03", "00319@1984-03-14", "part"),
        ("00238@1981-01-03", "00352@1996-11-22", "part"),
        ("x-tinh-hau-nghia@1975", "79@1976-02", "part"),
        ("x-thi-xa-phuc-yen-vinh-phu@1975", "x-thi-tran-phuc-yen-me-linh-vinh-phuc@1976-06-26", "whole"),
        ("09568@1978-12", "09562@1979-02-17", "part"),
        ("250@1996-11-06", "244@2003-12-09", "part"),
        ("00286@1981-01-03", "00292@2025-02-01", "unchanged"),
        ("03028@2007-12-17", "03019@2020-01-01", "possible"),
        ("03007@2007-12-17", "03004@2020-01-01", "possible"),
        ("088@2007-12-17", "088@2020-01-01", "unchanged"),
        ("02941@2007-12-17", "02905@2007-12-17", "possible"),
        ("03397@2007-12-17", "03403@2020-02-01", "possible"),
        ("072@2007-12-17", "071@2011-01-29", "possible"),
        ("681@2007-12-17", "682@2024-12-01", "possible"),
        ("04900@2007-12-17", "04897@2020-01-01", "possible"),
        ("08989@2007-12-17", "08989@2008-04-19", "possible"),
        ("21541@2007-12-17", "536@2007-12-17", "possible"),
        ("721@2007-12-17", "719@2013-12-30", "possible"),
    ],
)
def test_edges_of_the_tables(source: str, target: str, extent: str) -> None:
    found = {edge.extent for edge in tables.edges() if (edge.source, edge.target) == (source, target)}
    assert found == {extent}


def test_every_district_that_a_list_ended_went_somewhere_and_each_new_one_came_from_somewhere() -> None:
    sources, targets = ({edge.source for edge in tables.edges()}, {edge.target for edge in tables.edges()})
    for unit in tables.units().values():
        if unit.level == "district" and unit.valid_to is not None and "2007-12-17" < unit.valid_to < "2025-06-30":
            assert unit.ended_by is not None, unit
            assert unit.id in sources, unit
        if unit.level != "commune" and unit.valid_from > "2007-12-17":
            assert unit.id in targets, unit


def test_communes_removed_since_2019_without_a_path_are_the_five_that_no_source_explains() -> None:
    sources = {edge.source for edge in tables.edges()}
    last = {unit.line: unit for unit in tables.units().values() if unit.valid_from < "2025-07-01"}
    removed = [
        unit for unit in last.values() if unit.level == "commune" and "2019" < (unit.valid_to or "") < "2025-06-30"
    ]
    assert len(removed) == 1_134
    without = {unit.name for unit in removed if unit.id not in sources}
    assert without == {"Xã Nà Sác", "Xã Kông Pla", "Xã Chư Jôr", "Xã Suối Trầu", "Xã Phú An Hòa"}
