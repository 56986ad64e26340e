"""Addresses in the questions about units: what an office's own table decides, and what it leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from kg.localities.loading import load_table
from kg.localities.store import keep
from kg.questions.units import predecessors, successors, unit
from ontology.errors import AmbiguousUnit, UnitNotFound
from ontology.local_answers import agrees, decided
from ontology.localities import Localities, Locality, LocalityKind
from ontology.model import Lineage
from ontology.registry import load
from tests.kg.localities.making import BA_DINH, CUA_NAM, HANG_BONG, HEADING, HOAN_KIEM, NEW_CUA_NAM, csv_file

OLD = "Phường Cửa Nam, Quận Hoàn Kiếm, Hà Nội"
BY_ACT = [BA_DINH, HOAN_KIEM, NEW_CUA_NAM, "00226@2025-07-01"]

ROWS = [
    ("Tổ dân phố số 1", *CUA_NAM, "Phường Cửa Nam"),
    ("Tổ 2", *CUA_NAM, "Phường Hoàn Kiếm"),
    ("Tổ 3", *CUA_NAM, "Phường Hoàn Kiếm"),
    ("Tổ 3", *CUA_NAM, "Phường Ba Đình"),
    ("Tổ 4", *CUA_NAM, "Phường Tây Hồ"),
    ("Khu tập thể Đông", *CUA_NAM, "Phường Ba Đình"),
]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'x.db'}"


def put(
    folder: Path,
    url: str,
    rows: Sequence[Sequence[str]] = ROWS,
    name: str = "bảng",
    heading: Sequence[str] = HEADING,
    **options: Any,
) -> None:
    read = load_table(
        csv_file(folder, rows, heading=heading), name=name, **{"source": "Công văn 1", "date": "2025-07-05"} | options
    )
    assert not read.rejected
    keep(read.table, url)


def taken(answer: dict[str, Any], direction: str = "successors") -> list[str]:
    return [one["id"] for one in answer[direction]]


def test_without_a_table_no_place_of_a_split_ward_is_decided(url: str) -> None:
    answer = successors(f"Tổ dân phố 1, {OLD}", store=url)
    assert (answer["certainty"], answer["weakest"]) == ("candidates", "succession")
    assert taken(answer) == BY_ACT
    assert answer["locality"] == {
        "details": ["Tổ dân phố 1"],
        "decided": False,
        "why": "no_table",
        "rows": [],
        "doubts": [],
    }
    assert "local" not in answer
    assert answer["unit"]["id"] == "00073@1981-01-03"


def test_the_table_decides_and_is_named(tmp_path: Path, url: str) -> None:
    put(tmp_path, url)
    answer = successors(f"số 12, TDP 01, {OLD}", store=url)
    assert (answer["certainty"], answer["weakest"]) == ("certain", "local")
    assert taken(answer) == [NEW_CUA_NAM]
    assert (answer["successors"][0]["act"], answer["successors"][0]["clause"]) == ("1656/NQ-UBTVQH15", "2")
    assert answer["locality"]["decided"] is True
    wanted = {
        "table": "bảng",
        "row": 2,
        "source": "Công văn 1",
        "date": "2025-07-05",
        "name": "Tổ dân phố số 1",
        "kind": "group",
    }
    assert answer["local"].items() >= wanted.items()


def test_a_unit_without_an_address_is_answered_as_before(tmp_path: Path, url: str) -> None:
    put(tmp_path, url)
    answer = successors(OLD, store=url)
    assert taken(answer) == BY_ACT
    assert "locality" not in answer


def test_a_place_that_the_table_lacks_stays_open(tmp_path: Path, url: str) -> None:
    put(tmp_path, url)
    answer = successors(f"Tổ 9, {OLD}", store=url)
    assert (answer["certainty"], answer["locality"]["why"]) == ("candidates", "no_row")
    assert taken(answer) == BY_ACT


def test_several_new_units_of_one_place_are_all_named(tmp_path: Path, url: str) -> None:
    put(tmp_path, url)
    answer = successors(f"Tổ 3, {OLD}", store=url)
    assert (answer["certainty"], answer["weakest"], answer["locality"]["why"]) == ("candidates", "local", "several")
    assert {row["new"] for row in answer["locality"]["rows"]} == {HOAN_KIEM, BA_DINH}
    assert set(taken(answer)) == set(BY_ACT)
    assert answer["locality"]["decided"] is False


def test_a_conflict_with_the_acts_is_said_and_both_are_named(tmp_path: Path, url: str) -> None:
    put(tmp_path, url)
    answer = successors(f"Tổ 4, {OLD}", store=url)
    assert (answer["certainty"], answer["weakest"], answer["locality"]["why"]) == ("candidates", "local", "conflict")
    assert taken(answer) == [*BY_ACT, "00103@2025-07-01"]
    alone = answer["successors"][-1]
    assert (alone["extent"], alone["act"], alone["local"]) == ("possible", None, True)
    assert "local" not in answer


@pytest.mark.parametrize("lacking", [{"source": ""}, {"date": None}])
def test_without_source_or_date_a_table_proves_nothing(tmp_path: Path, url: str, lacking: dict[str, Any]) -> None:
    put(tmp_path, url, **lacking)
    answer = successors(f"Tổ 1, {OLD}", store=url)
    assert (answer["certainty"], answer["weakest"]) == ("candidates", "local")
    assert taken(answer)[0] == NEW_CUA_NAM
    assert set(taken(answer)) == set(BY_ACT)
    assert answer["local"]["row"] == 2


@pytest.mark.parametrize(
    ("written", "doubt"),
    [
        (f"khu tap the dong, {OLD}", "locality_accentless"),
        (f"Khu tập thể Dông, {OLD}", None),
        ("khu tap the dong, phuong cua nam, quan hoan kiem", "locality_accentless"),
        (f"Khu Đông, {OLD}", "locality_type_differs"),
    ],
)
def test_a_place_in_doubt_is_first_and_not_certain(tmp_path: Path, url: str, written: str, doubt: str | None) -> None:
    """A name with other accents is another name."""
    put(tmp_path, url)
    answer = successors(written, store=url)
    assert answer["certainty"] == "candidates"
    assert answer["locality"]["doubts"] == ([doubt] if doubt else [])
    assert answer["locality"]["why"] == ("table" if doubt else "no_row")
    if doubt:
        assert taken(answer)[0] == BA_DINH


def test_an_address_of_another_time_is_in_doubt(tmp_path: Path, url: str) -> None:
    """Groups are numbered anew every few years."""
    put(tmp_path, url)
    answer = successors(f"Tổ 1, {OLD}", at="1995", store=url)
    assert (answer["certainty"], answer["locality"]["doubts"]) == ("candidates", ["locality_other_time"])
    near = successors(f"Tổ 1, {OLD}", at="2025-03-01", store=url)
    assert near["certainty"] == "certain"


def test_a_unit_that_went_whole_needs_no_table(tmp_path: Path, url: str) -> None:
    name = "số 12 ngõ 5 phố Khâm Thiên, phường Khâm Thiên, quận Đống Đa"
    answer = successors(name, store=url)
    assert (answer["certainty"], answer["weakest"]) == ("certain", None)
    assert answer["locality"]["why"] == "whole"
    put(tmp_path, url, [("Tổ 1", "Phường Khâm Thiên", "Quận Đống Đa", "Phường Ba Đình")])
    assert successors(name, store=url)["certainty"] == "certain"
    against = successors("Tổ 1, phường Khâm Thiên, quận Đống Đa", store=url)
    assert (against["certainty"], against["locality"]["why"]) == ("candidates", "conflict")


def test_before_the_change_the_old_ward_is_the_answer(tmp_path: Path, url: str) -> None:
    put(tmp_path, url)
    answer = successors(f"Tổ 2, {OLD}", on="2025-06-30", store=url)
    assert (answer["certainty"], taken(answer)) == ("certain", ["00073@1981-01-03"])


def test_a_district_alone_finds_the_place_in_its_wards_and_is_never_certain(tmp_path: Path, url: str) -> None:
    put(tmp_path, url)
    answer = successors("Tổ 2, Quận Hoàn Kiếm", store=url)
    assert (answer["certainty"], answer["locality"]["doubts"]) == ("candidates", ["locality_ward_not_named"])
    assert taken(answer)[0] == HOAN_KIEM
    assert len(answer["successors"]) > 1


def test_the_way_back(tmp_path: Path, url: str) -> None:
    put(tmp_path, url)
    answer = predecessors("Khu tập thể Đông, Phường Ba Đình, Hà Nội", store=url)
    assert (answer["certainty"], answer["weakest"]) == ("certain", "local")
    assert taken(answer, "predecessors") == ["00073@1981-01-03"]
    assert "all" not in answer
    open_ = predecessors("Tổ 7, Phường Hoàn Kiếm, Hà Nội", store=url)
    assert (open_["all"], open_["locality"]["why"]) == (True, "no_row")


def test_a_number_in_a_new_unit_is_never_certain(tmp_path: Path, url: str) -> None:
    """The new ward counts its groups anew; a street keeps its house numbers."""
    put(tmp_path, url, [*ROWS, ("Phố Nguyễn Du", *CUA_NAM, "Phường Cửa Nam")])
    answer = predecessors("Tổ 2, Phường Hoàn Kiếm, Hà Nội", store=url)
    assert (answer["certainty"], answer["locality"]["doubts"]) == ("candidates", ["locality_renumbered"])
    assert taken(answer, "predecessors")[0] == "00073@1981-01-03"
    street = predecessors("12 phố Nguyễn Du, Phường Cửa Nam, Hà Nội", store=url)
    assert (street["certainty"], street["locality"]["doubts"]) == ("certain", [])


def test_backwards_too_two_tables_that_contradict_each_other_decide_nothing(tmp_path: Path, url: str) -> None:
    put(tmp_path, url, [("Thôn Đoài", *CUA_NAM, "Phường Cửa Nam"), ("Thôn Nhất", *CUA_NAM, "Phường Cửa Nam")], "t5")
    put(tmp_path, url, [("Thôn Đoài", *CUA_NAM, "Phường Hoàn Kiếm")], "t6")
    for new in ("Cửa Nam", "Hoàn Kiếm"):
        answer = predecessors(f"Thôn Đoài, Phường {new}, Hà Nội", store=url)
        assert (answer["certainty"], answer["locality"]["doubts"]) == ("candidates", ["locality_elsewhere"])
    assert predecessors("Thôn Nhất, Phường Cửa Nam, Hà Nội", store=url)["certainty"] == "certain"


def test_two_old_wards_of_one_place_are_candidates_and_not_all_of_them(tmp_path: Path, url: str) -> None:
    put(tmp_path, url, [("Thôn Đoài", *ward, "Phường Hoàn Kiếm") for ward in (CUA_NAM, HANG_BONG)])
    answer = predecessors("Thôn Đoài, Phường Hoàn Kiếm, Hà Nội", store=url)
    assert (answer["certainty"], answer["locality"]["why"]) == ("candidates", "several")
    assert set(taken(answer, "predecessors")[:2]) == {"00073@1981-01-03", "00076@1981-01-03"}
    assert "all" not in answer


def test_a_house_in_an_alley_is_not_certain_by_the_alleys_number(tmp_path: Path, url: str) -> None:
    houses = ("Phố", "Số nhà", *HEADING[1:])
    put(tmp_path, url, [("Nguyễn Du", "1-40", *CUA_NAM, "Phường Cửa Nam")], heading=houses)
    for place in ("15B ngõ 4 Nguyễn Du", "Ngách 15/4 Nguyễn Du"):
        answer = successors(f"{place}, {OLD}", store=url)
        assert (answer["certainty"], answer["locality"]["doubts"]) == ("candidates", ["locality_alley_number"])
        assert taken(answer)[0] == NEW_CUA_NAM
    put(tmp_path, url, [("Ngõ 4 Nguyễn Du", "", *CUA_NAM, "Phường Hoàn Kiếm")], "ngõ", heading=houses)
    answer = successors(f"15B ngõ 4 Nguyễn Du, {OLD}", store=url)
    assert (answer["certainty"], taken(answer)) == ("certain", [HOAN_KIEM])


def test_containing_units_may_be_given_apart(tmp_path: Path, url: str) -> None:
    put(tmp_path, url)
    answer = successors("Tổ 1", within="Phường Cửa Nam, Quận Hoàn Kiếm", store=url)
    assert taken(answer) == [NEW_CUA_NAM]


def test_what_is_a_unit_is_no_locality(url: str) -> None:
    assert successors("Phố Mới, Huyện Quế Võ", store=url)["unit"]["name"].endswith("Phố Mới")
    assert "locality" not in successors("Xã Bản Lầu, Huyện Mường Khương", store=url)
    assert successors("Đường Lâm, Sơn Tây", store=url)["unit"]["name"] == "Xã Đường Lâm"


@pytest.mark.parametrize("name", ["Phường Cữa Nan, Quận Hoàn Kiếm", "Tổ 5", "Tổ 5, Phường Không Có Tên Này", "zzz"])
def test_what_names_no_unit_is_not_found(name: str, url: str) -> None:
    with pytest.raises(UnitNotFound):
        successors(name, store=url)


def test_an_address_in_a_ward_of_a_common_name_is_ambiguous(url: str) -> None:
    with pytest.raises(AmbiguousUnit):
        successors("Tổ 5, Phường Quang Trung", store=url)


def test_unit_gives_the_unit_that_an_address_lies_in() -> None:
    found = unit(f"số 12, Tổ 5, {OLD}")
    assert found[0]["id"] == "00073@1981-01-03"
    assert "holds_address" in found[0]["reasons"]
    assert found[0]["locality"] == {"details": ["số 12", "Tổ 5"]}
    assert all("holds_address" not in one["reasons"] for one in unit(OLD))
    assert all("misspelt" in one["reasons"] for one in unit("Phường Cữa Nan, Quận Hoàn Kiếm"))


def test_unit_names_the_table_that_knows_the_place(tmp_path: Path, url: str) -> None:
    put(tmp_path, url)
    found = unit(f"Tổ 1, {OLD}", store=url)
    assert (
        found[0]["local"].items() >= {"table": "bảng", "row": 2, "source": "Công văn 1", "new": NEW_CUA_NAM}.items()
    )
    several = unit(f"Tổ 3, {OLD}", store=url)[0]
    assert ("local" in several, len(several["locality"]["rows"])) == (False, 2)
    assert unit(f"Tổ 9, {OLD}", store=url)[0]["locality"] == {"details": ["Tổ 9"]}
    new = unit("Khu tập thể Đông, Phường Ba Đình, Hà Nội", at="2025-08", store=url)[0]
    assert (new["id"], new["local"]["old"]) == (BA_DINH, "00073@1981-01-03")


def test_a_locality_alone_is_found_by_the_tables(tmp_path: Path, url: str) -> None:
    assert unit("Thôn Đoài", store=url) == []
    put(tmp_path, url, [("Thôn Đoài", *CUA_NAM, "Phường Cửa Nam"), ("Thôn Đoài", *HANG_BONG, "Phường Hoàn Kiếm")])
    found = unit("Thôn Đoài", store=url)
    assert [one["id"] for one in found] == ["00073@1981-01-03", "00076@1981-01-03"]
    assert [one["reasons"] for one in found] == [["local_table"]] * 2
    assert [one["local"]["new"] for one in found] == [NEW_CUA_NAM, HOAN_KIEM]
    plain = unit("thon doai", store=url)
    assert plain[0]["reasons"] == ["local_table", "locality_accentless"]
    assert plain[0]["score"] < found[0]["score"]
    assert unit("Thôn Khác", store=url) == []


MARS = [
    ("Mỹ Đình", "Sao Hỏa"),
    ("Mỹ Đình, Sao Hỏa", None),
    ("Tổ 1, Phường Cửa Nam", "Sao Hỏa, Hà Nội"),
    ("Tổ 1, Phường Cửa Nam, Sao Hỏa, Hà Nội", None),
    ("Tổ 1 Phường Cửa Nam Sao Hỏa Hà Nội", None),
    ("Sao Mai, Phường Cửa Nam; Sao Hỏa", None),
]


@pytest.mark.parametrize(("name", "within"), MARS)
def test_a_containing_unit_that_is_none_is_no_locality(name: str, within: str | None, url: str) -> None:
    for ask in (successors, predecessors):
        with pytest.raises(UnitNotFound) as told:
            ask(name, within=within, store=url)
        assert told.value.name == "Sao Hỏa"
    found = unit(name, within=within, store=url)
    assert found
    assert all(one["unknown"] == ["Sao Hỏa"] and "holds_address" not in one["reasons"] for one in found)
    assert "not_within" in found[0]["reasons"]


@pytest.mark.parametrize(
    ("name", "within", "details"),
    [
        ("Sao Hỏa, Phường Cửa Nam, Hoàn Kiếm", None, ["Sao Hỏa"]),
        ("Tổ 1", "Sao Hỏa, Phường Cửa Nam, Hoàn Kiếm", ["Tổ 1", "Sao Hỏa"]),
        ("phố Cửa Nam, Sao Hỏa, Cửa Nam, Hoàn Kiếm", None, ["phố Cửa Nam", "Sao Hỏa"]),
        ("Phường Cửa Nam, số 12, Hoàn Kiếm", None, ["số 12"]),
        ("Phường Cửa Nam, phố Sao Hỏa, Hoàn Kiếm", None, ["phố Sao Hỏa"]),
        ("Hà Nội, Quận Hoàn Kiếm, Phường Cửa Nam, Sao Hỏa", None, ["Sao Hỏa"]),
    ],
)
def test_details_of_an_address_stay(name: str, within: str | None, details: list[str], url: str) -> None:
    found = unit(name, within=within, store=url)
    assert found[0]["locality"]["details"] == details
    assert "unknown" not in found[0]


def test_units_named_nearby_rank() -> None:
    near = unit("Phường Quang Trung", nearby=["Phường Khương Thượng"])
    assert near[0]["parents"][0]["name"] == "Quận Đống Đa"
    assert "nearby" in near[0]["reasons"]


def _row(new: str, kind: LocalityKind = "group", name: str = "Tổ 1", old: str = "00073@1981-01-03") -> Locality:
    return Locality(kind, name, None, old, new, "s", "2025-07-01", "t", 2)


def test_a_commune_that_changed_since_is_followed() -> None:
    """A table of July 2025 names what a commune was then; the answer is for the day asked."""
    ontology = load()
    later = next(
        one
        for one in ontology.units.values()
        if one.level == "commune"
        and one.valid_from > "2025-07-01"
        and ontology.same(one)[0].valid_from == "2025-07-01"
    )
    then = ontology.same(later)[0]
    old = ontology.predecessors(then, "2025-06-30").steps[0].unit
    lineage = ontology.successors(old, later.valid_from)
    answer = decided(lineage, old, ["Tổ 1"], Localities([_row(then.id, old=old.id)]))
    assert answer.why in ("table", "whole")
    assert answer.steps[0].unit.id == later.id


def test_a_list_in_place_of_an_act_stays_the_weakest_link() -> None:
    """Ngã Tư Sở ended on 2025-01-01 by a list; a local table does not make its lineage certain."""
    ontology = load()
    old = next(
        unit for unit in ontology.units.values() if unit.name == "Phường Ngã Tư Sở" and unit.valid_to == "2024-12-31"
    )
    lineage = ontology.successors(old)
    target = lineage.steps[0].unit.id
    answer = decided(lineage, old, ["Tổ 1"], Localities([_row(target, old=old.id)]))
    assert (answer.certainty, answer.weakest) == ("candidates", "list")


def test_where_no_act_is_known_a_table_alone_is_no_conflict_and_no_certainty() -> None:
    ontology = load()
    old = ontology.unit("00073@1981-01-03")
    unknown = Lineage(old, "2026-01-01", "any", "unknown", "list")
    answer = decided(unknown, old, ["Tổ 1"], Localities([_row(BA_DINH)]))
    assert (answer.why, answer.certainty, answer.weakest) == ("table", "candidates", "list")
    assert [step.unit.id for step in answer.steps] == [BA_DINH]
    assert agrees(_row(BA_DINH), unknown)
    assert not agrees(_row("00103@2025-07-01"), ontology.successors(old))
