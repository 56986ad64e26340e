"""Local knowledge: an office's own tables of hamlets, residential groups, streets and house ranges → new commune."""

from kg.localities.store import load_localities

__all__ = ["load_localities"]
