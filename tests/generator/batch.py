"""Puts the delivery on disk: texts, scans, tables, broken files, and beside it what is true of each."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.generator import damage, plan, tables, tcvn3, truth, typed
from tests.generator.compose import compose
from tests.generator.data_files import document, kinds
from tests.generator.dice import Dice
from tests.generator.forms import Written
from tests.generator.page import sheets
from tests.generator.plan import EXTENSIONS, Fonds
from tests.generator.planted import differences

A_PAGE = 2200  # characters


@dataclass(frozen=True, slots=True)
class Delivered:
    """A computer file of the batch: where it lies, what it holds, what is true of it (``parts``: documents in it)."""

    source: str
    medium: str
    parts: tuple[Written, ...]
    row: dict[str, Any]

    @property
    def by_typing(self) -> bool:
        """Whether its bytes depend on the seed alone."""
        return self.medium in ("txt", "tcvn3")


def _sides(written: Written) -> int:
    """Pages as the digitising team counted them: each sheet by how much is typed on it."""
    how = typed.Habit("joined", 0, old_y=False, toneless="")
    return sum(-(-len(typed.text(tuple(sheet), how)) // A_PAGE) or 1 for sheet in sheets(written.blocks))


def _row(source: str, parts: list[Written], box: Fonds, seed: int) -> dict[str, Any]:
    first = parts[0]
    kind = kinds()[first.planned.kind]
    flags = first.planned.flags
    secrecy = "mat" if "secret" in flags else "toi_mat" if "top_secret" in flags else None
    pages = sum(_sides(part) for part in parts)
    issuer = first.scene.issuer.name(first.planned.day) if first.issuer else first.author or ""
    title = kind.get("name") or first.abstract or kind["type"]
    row: dict[str, Any] = {
        "source": source,
        "kind": first.planned.kind,
        "medium": first.planned.medium,
        "fonds": box.code,
        "file": first.planned.file,
        "order": first.planned.order,
        "pages": pages,
        "subject": kind["subject"],
        "retention": kind["retention"],
        "access": "secret" if secrecy else kind["access"],
        "secrecy": secrecy,
        "readable": "blank_page" not in flags and "handwritten" not in flags,
        "toneless": typed.habit(Dice(seed, f"typing/{first.planned.key}"), first.planned.day).toneless or None,
        "archive_page": kind.get("archive") == "yes",
        "issuer_name": issuer,
        "title": title,
        "note": kind.get("note", ""),
        **truth.of(first),
    }
    if len(parts) > 1:
        row["parts"] = [{"kind": part.planned.kind, **truth.of(part)} for part in parts]
    return row


def deliver(seed: int) -> list[Delivered]:
    """Every computer file that can be read, in order of source; documents with the flag ``joined`` lie behind the
    one before them in the same computer file."""
    boxes = {box.code: box for box in plan.fonds()}
    by_file: dict[tuple[str, str], list[Written]] = {}
    for written in compose(seed):
        by_file.setdefault((written.planned.fonds, written.planned.file), []).append(written)
    found = []
    for (code, file), all_written in by_file.items():
        groups: list[list[Written]] = []
        for written in sorted(all_written, key=lambda one: one.planned.order):
            if "joined" in written.planned.flags and groups:
                groups[-1].append(written)
            else:
                groups.append([written])
        for number, parts in enumerate(groups, start=1):
            medium = parts[0].planned.medium
            source = f"{boxes[code].folder}/{file}/{number:03d}.{EXTENSIONS.get(medium, medium)}"
            found.append(Delivered(source, medium, tuple(parts), _row(source, parts, boxes[code], seed)))
    return sorted(found, key=lambda one: one.source)


def text_of(delivered: Delivered, seed: int) -> str:
    """The text as typed, documents of one computer file parted by form feeds."""
    texts = []
    for part in delivered.parts:
        how = typed.habit(Dice(seed, f"typing/{part.planned.key}"), part.planned.day)
        texts.append(typed.text(part.blocks, how))
    return "\f".join(texts)


def _tables(found: list[Delivered], seed: int) -> dict[str, bytes]:
    """Every table of the delivery by its path."""
    files: dict[str, bytes] = {}
    manifest: list[Any] = [tables.MANIFEST_HEAD]
    fonds_rows: list[Any] = [tables.FONDS_HEAD]
    for box in plan.fonds():
        rows = [one.row for one in found if one.row["fonds"] == box.code and not one.row["archive_page"]]
        items = {item.code: item for item in box.files}
        counted: dict[str, int] = {}
        spans: dict[str, str] = {}
        for item in box.files:
            mine = [row for row in rows if row["file"] == item.code]
            days = sorted(
                str(row["date"] or row["date_partial"]) for row in mine if row["date"] or row["date_partial"]
            )
            counted[item.code] = sum(row["pages"] for row in mine)
            spans[item.code] = f"{days[0][:4]} - {days[-1][:4]}" if days else ""
        if box.table == "labels":
            manifest += [tables.manifest_row(row, box, items[row["file"]]) for row in rows if not row["secrecy"]]
        elif box.table == "columns":
            old = [tables.OLD_HEAD, *(tables.old_row(row, box, items[row["file"]]) for row in rows)]
            files[f"{box.folder}/manifest.csv"] = tables.as_csv(
                [
                    [*row[:-1], str(row[-1]).removeprefix(f"{box.folder}/")] if number else row
                    for number, row in enumerate(old)
                ]
            )
        form = box.facts.get("list", "xlsx")
        listed = (tables.boxed_rows if form.startswith("boxed") else tables.list_rows)(box, counted, spans, seed)
        if form.endswith("csv"):
            files[f"mucluc_{box.code}.csv"] = tables.as_csv(listed, ";" if box.facts.get("semicolon") else ",")
        else:
            files[f"mucluc_{box.code}.xlsx"] = tables.as_xlsx({"Mục lục hồ sơ": listed})
        facts = box.facts
        fonds_rows.append(
            (box.code, facts["name"], facts["status"], facts["history"], facts["years"], facts.get("total", len(rows)),
             facts.get("groups", "Theo mặt hoạt động - thời gian"), "Tiếng Việt", "Chưa lập", facts.get("note", ""))
        )  # fmt: skip
    files["manifest.xlsx"] = tables.as_xlsx({"Tài liệu": manifest, "Phông": fonds_rows})
    for entry in document("bundles"):
        files[entry["path"]] = tables.as_csv([tables.BUNDLE_HEAD, *entry["rows"]])
    return files


def write(out: Path, truth_folder: Path, seed: int, scans: bool = True) -> None:
    """The whole delivery below ``out`` and its truth below ``truth_folder`` (both are emptied first). Without
    ``scans`` only what needs neither fonts nor Tesseract: typed texts, tables, truth."""
    for folder in (out, truth_folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    found = deliver(seed)
    for one in found:
        path = out / one.source
        path.parent.mkdir(parents=True, exist_ok=True)
        if one.medium == "txt":
            path.write_bytes(text_of(one, seed).encode("utf-8"))
        elif one.medium == "tcvn3":
            path.write_bytes(tcvn3.encode(text_of(one, seed)))
    for name, content in _tables(found, seed).items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(content)
    for name, content in damage.files(seed).items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(content)
    (truth_folder / "records.jsonl").write_text(truth.lines([one.row for one in found]), encoding="utf-8")
    planted = differences(plan.fonds(), [one.row for one in found], damage.reasons(), seed)
    told = {"seed": seed, "broken": damage.reasons(), "differences": planted}
    (truth_folder / "batch.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if scans:
        from tests.generator import scans as scanning

        scanning.write(out, found, seed)
