"""``hoso stats``: figures of the store."""

from __future__ import annotations

from kg.errors import HosoError
from kg.questions.forms import Json
from kg.workspace import Workspace

BACKBONE = frozenset({"record", "file", "inventory", "fonds"})


def stats(workspace: Workspace) -> Json:
    """The ``stats`` form. ``entities`` leaves out the archival backbone; ``vectors``: passages that
    have one, of the model that search uses. ``indexed``: whether the search index has caught up with the store."""
    counts = workspace.store.counts()
    totals, nodes = counts["totals"], counts["nodes"]
    return {
        "records": totals["records"],
        "files": totals["files"],
        "fonds": totals["fonds"],
        "pages": totals["pages"],
        "entities": {kind: n for kind, n in sorted(nodes.items()) if kind not in BACKBONE},
        "edges": dict(sorted(counts["edges"].items())),
        "vectors": _vectors(workspace),
        "quarantined": totals["quarantined"],
        "secret": totals["secret"],
        "schema": workspace.store.schema_version(),
        "indexed": workspace.index.is_current(workspace.store),
    }


def _vectors(workspace: Workspace) -> int:
    if not (workspace.location.data / "vectors").is_dir():
        return 0
    from kg.search.embedding.loading import describe
    from kg.search.vectors.folders import of_version

    try:
        source = describe()
        index = of_version(workspace.location.data, source.model, source.version)
        return index.counts().vectors if index is not None else 0
    except HosoError:  # the model is not on this machine, or its vectors cannot be read
        return 0
