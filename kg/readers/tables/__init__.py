"""Manifests and finding aids: tables in CSV and XLSX that say what the records are."""
