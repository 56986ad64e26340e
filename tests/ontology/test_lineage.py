"""What became of a unit through any number of events, in a country of a few communes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ontology.model import Alias, Edge, Extent, Lineage
from ontology.registry import Ontology
from tests.ontology.small import country, event, unit

CITY, WEST, EAST = unit("01", "Thành phố A"), unit("10", "Quận Tây", "01"), unit("20", "Quận Đông", "01")
EVE, DAY = "2025-06-30", "2025-07-01"


def extents(lineage: Lineage) -> dict[str, str]:
    """Unit id → extent."""
    return {step.unit.id: step.extent for step in lineage.steps}


def reform(*edges: tuple[str, str, str, Extent]) -> Ontology:
    """Communes 1 and 2 (west) and 3 (east) become 7, 8 and 9 on 1 July 2025."""
    west, east = unit("10", "Quận Tây", "01", end=EVE), unit("20", "Quận Đông", "01", end=EVE)
    old = [unit("001", "Phường Một", "10", end=EVE), unit("002", "Phường Hai", "10", end=EVE)]
    old.append(unit("003", "Phường Ba", "20", end=EVE))
    new = [unit(f"00{number}", f"Phường Mới {number}", "01", start=DAY) for number in (7, 8, 9)]
    return country([CITY, west, east, *old, *new], [event(f"9/NQ#{n}", DAY) for n in (7, 8, 9)], edges)


ONE, TWO, THREE = "001@2000-01-01", "002@2000-01-01", "003@2000-01-01"
SEVEN, EIGHT, NINE = f"007@{DAY}", f"008@{DAY}", f"009@{DAY}"


def test_one_taker_is_certain_and_is_cited() -> None:
    lineage = (world := reform(("9/NQ#7", ONE, SEVEN, "whole"))).successors(world.unit(ONE), DAY)
    assert (lineage.certainty, lineage.weakest) == ("certain", None)
    (step,) = lineage.steps
    assert (step.unit.id, step.extent, step.act, step.clause) == (SEVEN, "whole", "9/NQ", "7")


def test_a_divided_unit_has_candidates_in_order_of_code() -> None:
    world = reform(("9/NQ#9", ONE, NINE, "part"), ("9/NQ#8", ONE, EIGHT, "part"))
    lineage = world.successors(world.unit(ONE), DAY)
    assert (lineage.certainty, lineage.weakest) == ("candidates", "succession")
    assert [step.unit.id for step in lineage.steps] == [EIGHT, NINE]


def test_all_the_people_to_one_unit_is_by_population_and_comes_first() -> None:
    world = reform(("9/NQ#9", ONE, NINE, "part_area_all_pop"), ("9/NQ#8", ONE, EIGHT, "part_area_only"))
    lineage = world.successors(world.unit(ONE), DAY)
    assert lineage.certainty == "by_population"
    assert [step.unit.id for step in lineage.steps] == [NINE, EIGHT]
    assert extents(world.successors(world.unit(ONE), DAY, "civil")) == {NINE: "part_area_all_pop"}
    assert world.successors(world.unit(ONE), DAY, "civil").certainty == "certain"
    assert world.successors(world.unit(ONE), DAY, "land").certainty == "candidates"


def test_land_whole_to_one_and_people_to_two_others() -> None:
    """As Xã Kỳ Lợi on 1 July 2025."""
    world = reform(
        ("9/NQ#7", ONE, SEVEN, "whole_area_only"),
        ("9/NQ#8", ONE, EIGHT, "part_pop"),
        ("9/NQ#9", ONE, NINE, "part_pop"),
    )
    assert world.successors(world.unit(ONE), DAY).certainty == "candidates"
    land = world.successors(world.unit(ONE), DAY, "land")
    assert (land.certainty, extents(land)) == ("certain", {SEVEN: "whole_area_only"})
    assert set(extents(world.successors(world.unit(ONE), DAY, "civil"))) == {EIGHT, NINE}


def test_a_unit_in_force_is_itself() -> None:
    world = reform(("9/NQ#7", ONE, SEVEN, "whole"))
    lineage = world.successors(world.unit(ONE), EVE)
    assert (lineage.certainty, extents(lineage), lineage.events) == ("certain", {ONE: "unchanged"}, ())


def test_before_its_beginning_a_unit_has_no_successor() -> None:
    world = reform(("9/NQ#7", ONE, SEVEN, "whole"))
    assert world.successors(world.unit(ONE), "1999-12-31").certainty == "unknown"


def test_no_path_at_all_is_unknown_and_empty() -> None:
    lineage = (world := reform()).successors(world.unit(ONE), DAY)
    assert (lineage.certainty, lineage.steps) == ("unknown", ())


def test_predecessors_are_those_of_the_day_before() -> None:
    world = reform(("9/NQ#7", ONE, SEVEN, "whole"), ("9/NQ#7", TWO, SEVEN, "part"), ("9/NQ#8", TWO, EIGHT, "part"))
    lineage = world.predecessors(world.unit(SEVEN))
    assert (lineage.on, extents(lineage)) == (EVE, {ONE: "whole", TWO: "part"})
    assert [(step.act, step.clause) for step in lineage.steps] == [("9/NQ", "7"), ("9/NQ", "7")]
    (summary,) = lineage.events
    assert [one.id for one in summary.gave] == [SEVEN]
    assert {one.id: extent for one, extent in summary.took} == {ONE: "whole", TWO: "part"}


def test_a_district_that_ended_goes_to_all_communes_of_its_communes() -> None:
    world = reform(
        ("9/NQ#7", ONE, SEVEN, "whole"), ("9/NQ#8", TWO, EIGHT, "whole"), ("9/NQ#8", THREE, EIGHT, "part_area_only")
    )
    lineage = world.successors(world.unit("10@2000-01-01"), DAY)
    assert lineage.level_ended
    assert extents(lineage) == {SEVEN: "contains", EIGHT: "contains_part"}
    assert extents(world.successors(world.unit("10@2000-01-01"), DAY, "civil")) == {
        SEVEN: "contains",
        EIGHT: "contains",
    }


def two_rounds(*edges: tuple[str, str, str, Extent], basis: str = "act") -> Ontology:
    """a and b (until 2019) become m and n (2020 to 2025), these x and y."""
    old = [unit(name, f"Xã Cũ {name}", "10", end="2019-12-31") for name in "ab"]
    middle = [unit(name, f"Xã Vừa {name}", "10", start="2020-01-01", end=EVE) for name in "mn"]
    new = [unit(name, f"Xã Mới {name}", "01", start=DAY) for name in "xy"]
    first = event("1/NQ#1", "2020-01-01", "list" if basis == "list" else "act")
    listed = [("1/NQ#1", one.id, "took") for one in old] if basis == "list" else []
    listed += [("1/NQ#1", middle[0].id, "gave")] if basis == "list" else []
    return country([CITY, WEST, *old, *middle, *new], [first, event("2/NQ#1", DAY)], edges, listed=listed)


A, B, M, N, X, Y = "a@2000-01-01", "b@2000-01-01", "m@2020-01-01", "n@2020-01-01", f"x@{DAY}", f"y@{DAY}"


def test_parts_of_a_merged_unit_are_only_possible() -> None:
    world = two_rounds(
        ("1/NQ#1", A, M, "whole"), ("1/NQ#1", B, M, "whole"), ("2/NQ#1", M, X, "part"), ("2/NQ#1", M, Y, "part")
    )
    lineage = world.successors(world.unit(A), DAY)
    assert (extents(lineage), lineage.certainty) == ({X: "possible", Y: "possible"}, "candidates")


def test_parts_of_a_unit_made_of_it_alone_are_parts_of_it() -> None:
    world = two_rounds(("1/NQ#1", A, M, "unchanged"), ("2/NQ#1", M, X, "part"), ("2/NQ#1", M, Y, "part_area_only"))
    assert extents(world.successors(world.unit(A), DAY)) == {X: "part", Y: "part_area_only"}


def test_parts_that_all_meet_again_are_the_whole() -> None:
    world = two_rounds(
        ("1/NQ#1", A, M, "part"), ("1/NQ#1", A, N, "part"), ("2/NQ#1", M, X, "whole"), ("2/NQ#1", N, X, "whole")
    )
    lineage = world.successors(world.unit(A), DAY)
    assert (extents(lineage), lineage.certainty) == ({X: "whole"}, "certain")


def test_a_lone_part_never_becomes_the_whole() -> None:
    world = two_rounds(("1/NQ#1", A, M, "part"), ("2/NQ#1", M, X, "whole"))
    assert extents(world.successors(world.unit(A), DAY)) == {X: "part"}


def test_a_list_that_names_no_taker_makes_the_units_of_that_day_possible() -> None:
    world = two_rounds(("2/NQ#1", M, X, "whole"), ("2/NQ#1", N, Y, "whole"), basis="list")
    lineage = world.successors(world.unit(A), DAY)
    assert (lineage.certainty, lineage.weakest) == ("candidates", "list")
    assert extents(lineage) == {X: "possible", Y: "possible"}


def test_possible_takers_that_meet_again_are_still_only_possible() -> None:
    edges: list[tuple[str, str, str, Extent]] = [("1/NQ#1", A, M, "possible"), ("1/NQ#1", A, N, "possible")]
    world = two_rounds(*edges, ("2/NQ#1", M, X, "whole"), ("2/NQ#1", N, X, "whole"), basis="list")
    lineage = world.successors(world.unit(A), DAY)
    assert (extents(lineage), lineage.certainty, lineage.weakest) == ({X: "possible"}, "candidates", "list")


def test_a_list_that_lets_a_unit_go_on_adds_only_units_of_unknown_origin() -> None:
    """A goes on as m (perhaps a merger); n is new that day and can have had land of a, y has an origin of its own."""
    old = [unit(name, f"Xã Cũ {name}", "10", end="2019-12-31") for name in "ab"]
    new = [unit(name, f"Xã Vừa {name}", "10", start="2020-01-01") for name in "mny"]
    listed = [("1/NQ#1", one.id, "took") for one in old] + [("1/NQ#1", one.id, "gave") for one in new]
    edges: list[tuple[str, str, str, Extent]] = [
        ("1/NQ#1", A, M, "possible"),
        ("1/NQ#1", B, "y@2020-01-01", "possible"),
    ]
    world = country([CITY, WEST, *old, *new], [event("1/NQ#1", "2020-01-01", "list")], edges, listed=listed)
    assert set(extents(world.successors(world.unit(A), DAY))) == {M, N}


def test_an_alias_makes_a_merged_unit_s_taker_possible() -> None:
    old, middle = unit("a", "Xã Minh Tiến", "10", end="2019-12-31"), unit("b", "Xã Yên Kiện", "10")
    world = country(
        [CITY, WEST, old, middle],
        [event("1/NQ#1", "2020-01-01", "list")],
        aliases=[Alias("b@2000-01-01", "xaminhtien", "a newspaper")],
        listed=[("1/NQ#1", old.id, "took")],
    )
    lineage = world.successors(old, DAY)
    assert (extents(lineage), lineage.certainty, lineage.weakest) == (
        {"b@2000-01-01": "possible"},
        "candidates",
        "list",
    )


def test_a_district_that_a_list_drops_became_what_its_communes_lay_in() -> None:
    gone = unit("30", "Huyện Bắc", "01", end="2019-12-31")
    communes = [unit("c", "Xã Cao", "30", end="2019-12-31"), unit("c", "Xã Cao", "10", "2020-01-01")]
    moved: list[tuple[str, str, str, Extent]] = [("1/NQ#1", "c@2000-01-01", "c@2020-01-01", "unchanged")]
    communes[0] = replace(communes[0], ended_by="1/NQ#1")
    world = country([CITY, WEST, gone, *communes], [event("1/NQ#1", "2020-01-01", "list")], moved)
    lineage = world.successors(gone, "2021-01-01")
    assert (extents(lineage), lineage.certainty) == ({WEST.id: "possible"}, "candidates")


def test_a_change_known_from_a_list_alone_is_never_certain() -> None:
    world = two_rounds(("1/NQ#1", A, M, "unchanged"), ("2/NQ#1", M, X, "whole"), basis="list")
    lineage = world.successors(world.unit(A), DAY)
    assert (lineage.certainty, lineage.weakest, extents(lineage)) == ("candidates", "list", {X: "whole"})
    assert [summary.event.basis for summary in lineage.events] == ["list", "act"]


_EXTENTS: list[Extent] = ["whole", "part", "part_area_only", "part_area_all_pop", "part_pop", "unchanged", "possible"]


@st.composite
def histories(draw: st.DrawFn) -> Ontology:
    """Three generations of up to four units each, with edges between neighbours in time."""
    spans = [("2000-01-01", "2009-12-31"), ("2010-01-01", EVE), (DAY, None)]
    layers = [
        [unit(f"{generation}{number}", f"Xã {generation}{number}", "10", start, end) for number in range(4)]
        for generation, (start, end) in enumerate(spans)
    ]
    edges: dict[tuple[str, str], Edge] = {}
    for former, later, name in ((layers[0], layers[1], "1/NQ"), (layers[1], layers[2], "2/NQ")):
        for source in former:
            for target in draw(st.lists(st.sampled_from(later), max_size=3, unique=True)):
                extent = draw(st.sampled_from(_EXTENTS))
                edges[source.id, target.id] = Edge(name, source.id, target.id, extent)
    rows = [(edge.event, edge.source, edge.target, edge.extent) for edge in edges.values()]
    events = [event("1/NQ", "2010-01-01"), event("2/NQ", DAY)]
    return country([CITY, WEST, *(one for layer in layers for one in layer)], events, rows)


@given(histories(), st.sampled_from(["any", "civil", "land"]))
def test_predecessors_are_the_inverse_of_successors(world: Ontology, matter: str) -> None:
    communes = [one for one in world.units.values() if one.level == "commune"]
    for later in communes:
        for source in communes:
            if source.valid_from >= later.valid_from:
                continue
            forward = extents(world.successors(source, later.valid_from, matter)).get(later.id)  # type: ignore[arg-type]
            day = source.valid_to or later.valid_from
            backward = extents(world.predecessors(later, day, matter)).get(source.id)  # type: ignore[arg-type]
            assert forward == backward


@given(histories())
def test_people_and_land_go_nowhere_that_the_unit_does_not(world: Ontology) -> None:
    for one in world.units.values():
        takers = set(extents(world.successors(one, DAY)))
        assert takers >= set(extents(world.successors(one, DAY, "civil")))
        assert takers >= set(extents(world.successors(one, DAY, "land")))
