"""Where the sources of 1 July 2025 and after disagree: the package against the texts of the acts, and what only one
source says. Found by comparing; which of them is right is said with the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ontology.compile.ledger import Dispute, Ledger, Version, day_before
from ontology.compile.package import NewCommune, OldCommune, Package
from ontology.compile.reform import DAY, Reform, ReformEdge, code_of
from ontology.compile.spelling import same_spelt, written
from ontology.names import key, split_type

PACKAGE = "vietnamadminunits"


def dispute_reform(ledger: Ledger, package: Package, reform: Reform) -> None:
    """Edges, takers of the people, and names on which the package and the acts differ."""
    _Compared(ledger, package, reform).run()


def dispute_changes(ledger: Ledger) -> None:
    """Changes after 1 July 2025 that only a second-hand list gives."""
    for (event_id, _, role), unit in {each: each[1] for each in ledger.event_units}.items():
        event = ledger.events[event_id]
        if event.date > DAY and role == "gave" and event.basis == "list":
            ledger.dispute(
                Dispute(
                    id=f"unconfirmed:{event_id}",
                    kind="unconfirmed",
                    unit=unit,
                    date=event.date,
                    source=event.source,
                    says=f"called: {unit.name}",
                    against=event.act,
                    against_says="not said",
                    held=f"called: {unit.name}",
                    reason=f"the act is not at hand: {event.note}",
                )
            )


class _Compared:
    def __init__(self, ledger: Ledger, package: Package, reform: Reform) -> None:
        self._ledger, self._package, self._reform = ledger, package, reform
        self._edges: dict[str, list[ReformEdge]] = defaultdict(list)
        self._takers: dict[str, list[ReformEdge]] = defaultdict(list)
        for edge in reform.edges:
            self._edges[edge.old].append(edge)
            self._takers[edge.new].append(edge)

    def run(self) -> None:
        acts = {(edge.old, edge.new): edge for edge in self._reform.edges}
        package = {(old, new) for old, targets in self._package.went_to.items() for new in targets}
        for old, new in sorted(package - acts.keys()):
            self._only_in_package(old, new)
        for pair in sorted(acts.keys() - package):
            self._only_in_act(acts[pair])
        for edge in self._reform.edges:
            likeliest = self._package.likeliest.get(edge.old, set())
            if edge.extent == "part_area_all_pop" and likeliest and edge.new not in likeliest:
                self._people(edge, min(likeliest))
        self._names(self._package.old, self._reform.old_names, day_before(DAY))
        self._names(self._package.new, self._reform.new_names, DAY)

    def _only_in_package(self, old: str, new: str) -> None:
        source, target = self._at(old, day_before(DAY)), self._at(new, DAY)
        goes = "; ".join(self._path(edge) for edge in self._edges[old])
        self._ledger.dispute(
            Dispute(
                id=f"package:edge:{old}>{new}",
                kind="edge",
                unit=source,
                other=target,
                date=DAY,
                source=PACKAGE,
                says="goes there",
                against=self._takers[new][0].act,
                against_says="does not go there",
                held="does not go there",
                reason=f"{self._namesake(source, new) or 'the act says where it goes: '}{goes}",
            )
        )

    def _namesake(self, source: Version, new: str) -> str:
        """Mostly the package took one commune for another of the same name in the province."""
        bare = key(split_type(source.name)[1])
        for edge in self._takers[new]:
            other = self._at(edge.old, day_before(DAY))
            if edge.old != source.line and key(split_type(other.name)[1]) == bare:
                return f"another unit of the name goes there: {self._path(edge)}; "
        return ""

    def _path(self, edge: ReformEdge) -> str:
        source, target = self._at(edge.old, day_before(DAY)), self._at(edge.new, DAY)
        return f"{source.line} {source.name} > {target.line} {target.name} ({cited(edge)})"

    def _only_in_act(self, edge: ReformEdge) -> None:
        self._ledger.dispute(
            Dispute(
                id=f"package:edge:{edge.old}>{edge.new}",
                kind="edge",
                unit=self._at(edge.old, day_before(DAY)),
                other=self._at(edge.new, DAY),
                date=DAY,
                source=PACKAGE,
                says="does not go there",
                against=cited(edge),
                against_says=f"goes there: {edge.extent}",
                held=f"goes there: {edge.extent}",
                reason="the act's text",
            )
        )

    def _people(self, edge: ReformEdge, likeliest: str) -> None:
        self._ledger.dispute(
            Dispute(
                id=f"package:people:{edge.old}>{edge.new}",
                kind="extent",
                unit=self._at(edge.old, day_before(DAY)),
                other=self._at(edge.new, DAY),
                date=DAY,
                source=PACKAGE,
                says=f"gives all or most of it to: {self._at(likeliest, DAY).name}",
                against=cited(edge),
                against_says=f"goes there: {edge.extent}",
                held=f"goes there: {edge.extent}",
                reason="the act's other clauses take land only",
            )
        )

    def _names(self, communes: Iterable[OldCommune] | Iterable[NewCommune], names: dict[str, str], day: str) -> None:
        for commune in communes:
            code = code_of(commune)
            name = names.get(code)
            if name is None or same_spelt(commune.name, name):
                continue
            unit = self._at(code, day)
            edges = self._edges[code] if isinstance(commune, OldCommune) else self._takers[code]
            self._ledger.dispute(
                Dispute(
                    id=f"package:name:{unit.id}",
                    kind="name",
                    unit=unit,
                    date=DAY,
                    source=PACKAGE,
                    says=f"called: {written(commune.name)}",
                    against=cited(edges[0]),
                    against_says=f"called: {name}",
                    held=f"called: {unit.name}",
                    reason="the act's spelling",
                )
            )

    def _at(self, line: str, day: str) -> Version:
        found = self._ledger.at(line, day)
        assert found is not None, (line, day)
        return found


def cited(edge: ReformEdge) -> str:
    """Act and clause, as the ids of events write them: "1656/NQ-UBTVQH15#3"."""
    return f"{edge.act}#{edge.clause}" if edge.clause else edge.act
