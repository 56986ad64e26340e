"""The compiled tables as they are committed, and the grammar that reads the resolutions."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from ontology import tables
from ontology.compile.acts import read_act, unglued
from ontology.compile.clauses import Closing, Merge, Rename, Share, extents, parse
from ontology.compile.corrections import Corrections
from ontology.compile.early_rows import EarlyRow, read_early
from ontology.compile.ledger import day_before
from ontology.compile.spelling import same_spelt, written
from ontology.model import Unit

FIRST_LIST = "2007-12-17"
MUDFLAT = "x-bai-boi-kim-son"
ISLANDS = {"318": "11948", "471": "19742", "498": "20333", "536": "21548", "755": "26732"}


def lines() -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in tables.units().values():
        found[unit.line].append(unit)
    return found


def count(level: str, day: str) -> int:
    return sum(unit.level == level and unit.in_force(day) for unit in tables.units().values())


def in_province(day: str, province: str) -> int:
    districts = {
        unit.line
        for unit in tables.units().values()
        if unit.level == "district" and unit.in_force(day) and unit.parent == province
    }
    return sum(
        unit.level == "commune" and unit.in_force(day) and unit.parent in districts | {province}
        for unit in tables.units().values()
    )


# the tables


def test_ids_say_code_and_beginning_and_no_line_overlaps_itself() -> None:
    for line, versions in lines().items():
        for unit in versions:
            assert unit.id == f"{unit.code or unit.line}@{unit.valid_from}"
            assert unit.valid_to is None or unit.valid_from <= unit.valid_to, unit
        for before, after in itertools.pairwise(versions):
            assert before.valid_to is not None, line
            assert before.valid_to < after.valid_from, (before, after)


def test_every_unit_has_its_parent_on_its_first_and_last_day() -> None:
    by_line = lines()
    for unit in tables.units().values():
        if unit.level == "province":
            assert unit.parent is None
            continue
        assert unit.parent is not None
        for day in {unit.valid_from, unit.valid_to or unit.valid_from}:
            assert any(parent.in_force(day) for parent in by_line[unit.parent]), (unit, day)


def test_events_and_both_ends_of_every_edge_exist_and_meet_on_the_day() -> None:
    units, events = tables.units(), tables.events()
    for edge in tables.edges():
        day = events[edge.event].date
        assert units[edge.source].valid_to == day_before(day), edge
        assert units[edge.target].in_force(day), edge
    for part in tables.event_units():
        assert part.unit in units
        assert part.event in events
        assert part.role in ("took", "gave")
    for unit in units.values():
        assert {unit.began_by, unit.ended_by} - {None} <= events.keys()
    assert {alias.unit for alias in tables.aliases()} <= units.keys()


def test_no_unit_goes_whole_to_one_and_also_to_another() -> None:
    takers: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for edge in tables.edges():
        takers[edge.source].add((edge.target, edge.extent))
    for source, targets in takers.items():
        if len({target for target, _ in targets}) > 1:
            assert not {extent for _, extent in targets} & {"whole", "unchanged"}, source


def test_an_edge_of_a_list_never_says_more_than_unchanged_or_possible() -> None:
    events = tables.events()
    of_lists = Counter(edge.extent for edge in tables.edges() if edge.event.startswith("list:"))
    assert set(of_lists) == {"unchanged", "possible"}
    assert all(events[edge.event].basis == "list" for edge in tables.edges() if edge.event.startswith("list:"))


@pytest.mark.parametrize(
    ("level", "day", "expected"),
    [
        ("commune", "2025-06-30", 10_035 + 1),  # and the mudflat of Kim Sơn
        ("commune", "2025-07-01", 3_321),
        ("district", "2025-06-30", 696),
        ("district", "2025-07-01", 0),
        ("province", "1976-07-02", 38),
        ("province", "1978-12-29", 39),
        ("province", "1979-05-30", 40),
        ("province", "1989-07-01", 44),
        ("province", "1991-08-12", 49),
        ("province", "1991-12-26", 53),
        ("province", "1996-11-06", 61),
        ("province", "2003-11-26", 64),
        ("province", "2008-08-01", 63),
        ("province", "2025-06-30", 63),
        ("province", "2025-07-01", 34),
    ],
)
def test_counts_of_the_country(level: str, day: str, expected: int) -> None:
    assert count(level, day) == expected


@pytest.mark.parametrize(
    ("day", "province", "expected"),
    [
        ("2007-12-31", "01", 232),
        ("2007-12-31", "28", 322),
        ("2008-08-01", "01", 578),
        ("2013-12-31", "01", 584),
        ("2020-03-01", "01", 579),
        ("2025-06-30", "01", 526),
        ("2025-07-01", "01", 126),
    ],
)
def test_counts_of_ha_noi(day: str, province: str, expected: int) -> None:
    assert in_province(day, province) == expected


def test_the_new_communes_are_of_three_types() -> None:
    new = Counter(unit.type for unit in tables.units().values() if unit.valid_from == "2025-07-01" and unit.parent)
    assert new == {"xã": 2_621, "phường": 687, "đặc khu": 13}


def test_the_island_districts_and_the_mudflat_keep_their_place() -> None:
    went = {edge.source.split("@")[0]: edge for edge in tables.edges() if edge.event.endswith(("#97", "#92", "#77"))}
    targets = {edge.source.split("@")[0]: edge for edge in tables.edges()} | went
    for district, special_zone in ISLANDS.items():
        assert targets[district].target == f"{special_zone}@2025-07-01"
        assert targets[district].extent == "whole"
    assert targets[MUDFLAT].target == "14698@2025-07-01"
    assert tables.units()[f"{MUDFLAT}@{FIRST_LIST}"].code is None


def test_before_the_first_list_a_beginning_without_an_event_is_not_certain() -> None:
    for unit in tables.units().values():
        if unit.valid_from == FIRST_LIST:
            assert not unit.valid_from_certain
            assert unit.began_by is None


@pytest.mark.parametrize(
    ("id_", "name", "parent"),
    [
        ("00004@1981-01-03", "Phường Trúc Bạch", "001"),
        ("00004@1978-12", "Tiểu khu Trúc Bạch", "001"),
        ("00004@2025-07-01", "Phường Ba Đình", "01"),
        ("001@1981-01-03", "Quận Ba Đình", "01"),
        ("00166@1982-10-13", "Xã Dịch Vọng", "019"),
        ("268@1975-12-27", "Thị xã Hà Đông", "x-tinh-ha-son-binh"),
        ("269@1978-12-29", "Thị xã Sơn Tây", "01"),
        ("09886@2006-01-04", "Xã Dương Nội", "268"),
        ("00235@2025-01-01", "Phường Thịnh Quang", "006"),
        ("75@2026-04-30", "Thành phố Đồng Nai", None),
        ("46@2025-01-01", "Thành phố Huế", None),
    ],
)
def test_units_of_their_time(id_: str, name: str, parent: str | None) -> None:
    unit = tables.units()[id_]
    assert (unit.name, unit.parent) == (name, parent)


def test_a_change_further_up_makes_no_version_of_the_commune() -> None:
    versions = [unit.id for unit in lines()["00676"] if unit.valid_from < "2025"]
    assert len(versions) == 1
    provinces = [unit.parent for unit in lines()["274"]]  # Huyện Hoài Đức, four times in another province
    assert list(dict.fromkeys(provinces)) == ["x-tinh-ha-tay", "x-tinh-ha-son-binh", "01", "28"]
    assert provinces[-1] == "01"


def test_more_than_nine_hundred_merged_communes_have_possible_successors_that_changed_again() -> None:
    units, events = tables.units(), tables.events()
    changed_again = {edge.source for edge in tables.edges() if events[edge.event].date == "2025-07-01"}
    both = {
        edge.source
        for edge in tables.edges()
        if "2019" <= events[edge.event].date < "2025-07-01"
        and edge.target in changed_again
        and units[edge.source].line != units[edge.target].line
    }
    assert len(both) >= 900


# the grammar of the acts


def test_spaces_that_the_files_lost_come_back() -> None:
    assert unglued("củaxã An Định vàcác xãPhú Lễ,An Thạnhthành xã mới có tên gọilàxã Lê Lợi.") == (
        "của xã An Định và các xã Phú Lễ, An Thạnh thành xã mới có tên gọi là xã Lê Lợi."
    )
    assert unglued("xã Đăk Blà") == "xã Đăk Blà"


def test_a_clause_with_every_kind_of_share() -> None:
    merge = parse(
        "Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của các phường Hàng Bạc, Hàng Bồ, thị trấn Yên Viên (huyện "
        "Gia Lâm), một phần diện tích tự nhiên của phường Bồ Đề và phường Ngọc Thụy, một phần diện tích tự nhiên, toàn "
        "bộ quy mô dân số của phường Đại Kim và phần còn lại của Phường 7 sau khi sắp xếp theo quy định tại khoản 1, "
        "khoản 2 Điều này thành phường mới có tên gọi là phường Văn Miếu - Quốc Tử Giám."
    )
    assert isinstance(merge, Merge)
    assert (merge.target.type, merge.target.name) == ("phường", "Văn Miếu - Quốc Tử Giám")
    assert [(each.type, each.name, each.within, each.share) for each in merge.taken] == [
        ("phường", "Hàng Bạc", None, "whole"),
        ("phường", "Hàng Bồ", None, "whole"),
        ("thị trấn", "Yên Viên", "huyện Gia Lâm", "whole"),
        ("phường", "Bồ Đề", None, "part_area_only"),
        ("phường", "Ngọc Thụy", None, "part_area_only"),
        ("phường", "Đại Kim", None, "part_area_all_pop"),
        ("phường", "7", None, "remainder"),
    ]


def test_renamings_and_what_stays_as_it_was() -> None:
    rename = parse("Đổi tên xã Krông Na thành xã Buôn Đôn.")
    assert isinstance(rename, Rename)
    assert (rename.old.name, rename.new.name) == ("Krông Na", "Buôn Đôn")
    closing = parse(
        "Sau khi sắp xếp, tỉnh Gia Lai có 135 đơn vị hành chính cấp xã, gồm 110 xã và 25 phường; trong đó có 101 xã, 25 "
        "phường hình thành sau sắp xếp quy định tại Điều này và 09 xã không thực hiện sắp xếp là các xã Ia O (huyện Ia "
        "Grai), Nhơn Châu và Krong."
    )
    assert isinstance(closing, Closing)
    assert closing.province == "tỉnh Gia Lai"
    assert [each.name for each in closing.unchanged] == ["Ia O", "Nhơn Châu", "Krong"]
    with pytest.raises(ValueError, match="known form"):
        parse("Giao Chính phủ tổ chức thực hiện.")


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        (["whole"], ["whole"]),
        (["remainder"], ["whole"]),
        (["part", "part", "remainder"], ["part", "part", "part"]),
        (["part_area_only", "remainder"], ["part_area_only", "part_area_all_pop"]),
        (["part_area_all_pop", "remainder"], ["part_area_all_pop", "part_area_only"]),
        (["area_only", "part_pop", "part_pop"], ["whole_area_only", "part_pop", "part_pop"]),
    ],
)
def test_what_is_left_follows_from_what_the_others_took(shares: list[Share], expected: list[str]) -> None:
    assert extents(shares) == expected


def test_a_file_that_is_no_such_resolution_is_refused() -> None:
    with pytest.raises(ValueError, match="not a resolution"):
        read_act("# Một tờ giấy khác")
    skipping = "Số: 1656/NQ-UBTVQH15\n\nngày 16 tháng 6 năm 2025\n\nĐiều 1. Sắp xếp\n\n1. Một.\n\n3. Ba.\n\nĐiều 2. Hiệu lực\n"
    with pytest.raises(ValueError, match="without a gap"):
        read_act(skipping)


# spelling, days, corrections, rows of history


def test_spelling() -> None:
    assert written("Thị Trấn Phú Hoà") == "Thị trấn Phú Hòa"
    assert written("Xã é Tòng") == "Xã É Tòng"
    assert written("Huyện Ia H’ Drai") == "Huyện Ia H'Drai"
    assert same_spelt("Xã Ma Đa Guôi", "Xã Mađaguôi")
    assert not same_spelt("Xã Sơn Đông", "Xã Sơn Đồng")


def test_the_day_before() -> None:
    assert day_before("2024-03-01") == "2024-02-29"
    assert day_before("1979-01") == "1978-12"


def test_a_correction_without_a_reason_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    path.write_text("kind,where,subject,value,reason\nname,,00001,Phường A,\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no reason"):
        Corrections.read(path)


def test_a_row_of_history_is_read_on_its_own_level(tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    path.write_text(
        "date,act,level,kind,units_before,units_after,detail,source,certainty\n"
        '1978-12-29,,district,transfer,"xã A (huyện B, tỉnh C); một phần huyện D (tỉnh C); 14 xã (huyện E)",'
        '"huyện G (thành phố H)",,,sure\n'
        '1979-02-17,,commune,transfer,"thôn X (xã Y, huyện Z, tỉnh C); 12,5 ha xã V (huyện Z)","xã W (huyện Z)",,,sure\n',
        encoding="utf-8",
    )
    district, commune = read_early(path, Corrections([]))
    assert isinstance(district, EarlyRow)
    assert [(each.name, each.within, each.part) for each in district.before] == [
        ("Huyện B", ("Tỉnh C",), True),
        ("Huyện D", ("Tỉnh C",), True),
    ]
    assert [(each.name, each.within, each.part) for each in commune.before] == [
        ("Xã Y", ("Huyện Z", "Tỉnh C"), True),
        ("Xã V", ("Huyện Z",), True),
    ]


@pytest.mark.parametrize(
    ("event", "source", "target", "extent"),
    [
        ("1656/NQ-UBTVQH15#2", "00073@1981-01-03", "00082@2025-07-01", "part"),
        ("1665/NQ-UBTVQH15#62", "18796@2015-04-11", "18823@2025-07-01", "whole_area_only"),
        ("history:1978-04-20:038", "x-xa-minh-khai-tu-liem@1975", "x-xa-phu-minh-tu-liem@1978-04-20", "whole"),
        ("history:1981-01-03:070", "00004@1978-12", "00004@1981-01-03", "unchanged"),
        ("history:1994-06-23:139", "x-xa-van-yen-ha-dong-ha-tay@1978-12", "09541@1994-06-23", "part"),
        ("history:2005-03-02:217", "10036@1979-02-17", "10015@2005-03-02", "whole"),
        ("history:2008-08-01:222", "28@1991-08-12", "01@2008-08-01", "whole"),
        ("202/2025/QH15:08", "02@1991-08-12", "08@2025-07-01", "whole"),
        ("list:2025-01-01:006", "00223@1981-01-03", "00235@2025-01-01", "possible"),
    ],
)
def test_edges_worked_by_hand(event: str, source: str, target: str, extent: str) -> None:
    found = {(edge.event, edge.source, edge.target): edge.extent for edge in tables.edges()}
    assert found.get((event, source, target)) == extent, [key for key in found if key[1] == source]


def test_a_town_of_which_two_rows_take_a_part_went_nowhere_whole() -> None:
    units = tables.units()
    of_gia_lam = [edge for edge in tables.edges() if units[edge.source].name == "Thị trấn Gia Lâm"]
    day = [edge for edge in of_gia_lam if tables.events()[edge.event].date == "2003-11-06"]
    assert {units[edge.target].name for edge in day} == {"Phường Ngọc Lâm", "Phường Gia Thụy", "Phường Phúc Đồng"}
    assert {edge.extent for edge in day} <= {"part", "possible"}
