"""Legal acts that a record refers to, and what it does to them (component ``hoso_citations``)."""

from __future__ import annotations

from nlp.citations.component import Citations

__all__ = ["Citations"]
