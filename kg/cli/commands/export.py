"""``hoso export FORMAT OUT``: the whole graph as files; the ontology of units as RDF."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.asking import AccessOption, ask
from kg.cli.common import JsonOption, StoreOption, answering, fail
from kg.cli.printing import figure, put
from kg.errors import HosoError
from kg.messages import say

if TYPE_CHECKING:
    from kg.workspace import Workspace


class Format(StrEnum):
    """What is written: a folder of tables, one file of nodes and edges or of triples, or the tables of a first load of
    Neo4j."""

    CSV = "csv"
    GRAPHML = "graphml"
    RDF = "rdf"
    NEO4J_IMPORT = "neo4j-import"


def register(app: typer.Typer) -> None:
    """Add the command to the program."""

    @app.command()
    def export(
        form: Annotated[
            Format,
            typer.Argument(
                metavar="csv|graphml|rdf|neo4j-import",
                help="The graph as tables or one file; the units as RDF; the whole store for neo4j-admin.",
            ),
        ],
        out: Annotated[
            Path,
            typer.Argument(
                metavar="OUT",
                help="The folder (csv, neo4j-import) or file (graphml, rdf) to write; of rdf: .ttl, .nt, .nq, .trig, "
                ".rdf, .jsonld, also with .gz.",
            ),
        ],
        *,
        force: Annotated[bool, typer.Option("--force", help="Replace an earlier export.")] = False,
        vectors: Annotated[
            bool, typer.Option("--vectors", help="neo4j-import: passages with their vectors too (see docs/neo4j.md).")
        ] = False,
        agencies: Annotated[
            list[str] | None,
            typer.Option(
                "--agencies",
                metavar="UNIT",
                help="rdf: the agencies of the unit and of those that followed it too; may be repeated.",
            ),
        ] = None,
        custody: Annotated[
            bool, typer.Option("--custody", help="rdf: the store's fonds and papers and the rules of custody too.")
        ] = False,
        access: AccessOption = None,
        store: StoreOption = None,
        as_json: JsonOption = False,
    ) -> None:
        """The whole graph for other programs; rdf: the ontology of units, a store only with --custody (xuất dữ liệu)."""
        if (agencies or custody) and form is not Format.RDF:
            fail(HosoError(say("export_rdf_where")), as_json=as_json)
        if vectors and form is not Format.NEO4J_IMPORT:
            fail(HosoError(say("export_vectors_where")), as_json=as_json)
        if form is Format.RDF:
            units = agencies or []
            if custody:
                ask(store, lambda opened: _export_rdf(out, force, units, opened), as_json=as_json, show=_show_rdf)
                return
            answering(lambda: _export_rdf(out, force, units, None), as_json=as_json, show=_show_rdf)
            return
        if form is Format.NEO4J_IMPORT:
            ask(store, lambda workspace: _export_import(workspace, out, force, vectors), as_json=as_json, show=_show)
            return
        ask(store, lambda workspace: _export(workspace, form, out, access, force), as_json=as_json, show=_show)


def _export(workspace: Workspace, form: Format, out: Path, access: str | None, force: bool) -> dict[str, Any]:
    from kg.access import access_level

    level = access_level(access)
    if form is Format.CSV:
        from kg.export.tables import export_tables

        return export_tables(workspace, out, access=level, force=force)
    from kg.export.graphml import export_graphml

    return export_graphml(workspace, out, access=level, force=force)


def _export_import(workspace: Workspace, out: Path, force: bool, vectors: bool) -> dict[str, Any]:
    from kg.export.neo4j_import import export_neo4j_import

    return export_neo4j_import(workspace, out, force=force, vectors=vectors)


def _export_rdf(out: Path, force: bool, agencies: list[str], workspace: Workspace | None) -> dict[str, Any]:
    from kg.export.rdf import export_rdf

    return export_rdf(out, force=force, agencies_of=agencies, store=workspace.store if workspace else None)


def _show_rdf(value: dict[str, Any]) -> None:
    put(say("export_rdf_done", triples=figure(value["triples"]), path=value["path"]))


def _show(value: dict[str, Any]) -> None:
    tables = value["tables"]
    put(say("export_done", files=len(tables), rows=figure(sum(tables.values())), path=value["path"]))
    if "next" in value:
        put(value["next"])
