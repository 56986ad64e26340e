"""``hoso stats``: figures of the store."""

from __future__ import annotations

from kg.questions.forms import Json
from kg.workspace import Workspace

BACKBONE = frozenset({"record", "file", "inventory", "fonds"})


def stats(workspace: Workspace) -> Json:
    """The ``stats`` form. ``entities`` leaves out the archival backbone; ``indexed``: whether the search index has
    caught up with the store."""
    counts = workspace.store.counts()
    totals, nodes = counts["totals"], counts["nodes"]
    return {
        "records": totals["records"],
        "files": totals["files"],
        "fonds": totals["fonds"],
        "pages": totals["pages"],
        "entities": {kind: n for kind, n in sorted(nodes.items()) if kind not in BACKBONE},
        "edges": dict(sorted(counts["edges"].items())),
        "vectors": 0,
        "quarantined": totals["quarantined"],
        "secret": totals["secret"],
        "schema": workspace.store.schema_version(),
        "indexed": workspace.index.is_current(workspace.store),
    }
