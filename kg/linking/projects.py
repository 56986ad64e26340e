"""Projects of a record: entities, so that all papers of one can be asked for (PRACTICE.md §2)."""

from __future__ import annotations

from kg.linking.draft import Draft
from kg.linking.identity import project_node
from ontology.registry import Ontology


def link_projects(draft: Draft, ontology: Ontology) -> None:
    """Every project named, with its passage. A project is a name within a province: district and commune speak of the
    same one, two provinces do not."""
    province = _province(draft, ontology)
    for mention in draft.extraction.projects:
        project = draft.node(project_node(mention.name, province))
        draft.edge(draft.delivered.id, "MENTIONS", project, (mention.start, mention.end))


def _province(draft: Draft, ontology: Ontology) -> str | None:
    """The code of the province of the issuer, else of the fonds' creator."""
    fonds = draft.delivered.fonds
    unit = draft.extraction.issuer_unit or (fonds.unit if fonds else None)
    if unit is None:
        return None
    own = ontology.unit(unit)
    return [own, *ontology.parents(own)][-1].code
