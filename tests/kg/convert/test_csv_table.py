"""CSV: every record stays as it is written, new fields follow."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from kg.convert.report import Report, Request
from kg.convert.run import convert
from kg.convert.wording import COLUMNS
from kg.errors import HosoError
from ontology.localities import Localities

_HEADINGS = "Mã;Họ tên;Địa chỉ"
_ROW = '007;"Nguyễn ""Tí"" An";P. Khâm Thiên, Q. Đống Đa, HN'
_REQUEST = Request(on="2025-07-01", at="2025-06-30")


def run(tmp_path: Path, data: bytes, request: Request = _REQUEST) -> tuple[Report, str]:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(data)
    report = convert(source, out, request, Localities())
    written = out.read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    return report, written.decode("utf-8-sig")


def parsed(text: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_records_keep_delimiter_quotes_and_line_ends(tmp_path: Path, ending: str) -> None:
    report, text = run(tmp_path, f"{_HEADINGS}{ending}{_ROW}{ending}".encode())
    lines = text.split(ending)
    assert lines[0].startswith(_HEADINGS + ";")
    assert lines[1].startswith(_ROW + ";Phường Văn Miếu - Quốc Tử Giám;00226;")
    assert lines[2:] == [""]
    assert text.count("\n") == 2
    assert (text.count("\r") == 2) == (ending == "\r\n")
    assert report.counts["certain"] == 1


def test_all_fields_quoted_stay_so(tmp_path: Path) -> None:
    _, text = run(tmp_path, '"Mã","Địa chỉ"\n"1","Khâm Thiên, Đống Đa, Hà Nội"\n'.encode())
    assert all(line.startswith('"') and line.endswith('"') for line in text.splitlines())


@pytest.mark.parametrize(
    ("delimiter", "row"), [(",", '1,"Khâm Thiên, Đống Đa, Hà Nội"'), ("\t", "1\tKhâm Thiên, Đống Đa, Hà Nội")]
)
def test_delimiters(tmp_path: Path, delimiter: str, row: str) -> None:
    _, text = run(tmp_path, f"Mã{delimiter}Địa chỉ\n{row}\n{row}\n".encode())
    rows = parsed(text, delimiter)
    assert {len(cells) for cells in rows} == {2 + len(COLUMNS)}
    assert rows[1][2] == "Phường Văn Miếu - Quốc Tử Giám"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = "Mã;Địa chỉ\n1;Phường Khâm Thiên, Quận Đống Đa, Hà Nội\n2;Phường Hàng Bài, Quận Hoàn Kiếm, Hà Nội\n"
    if encoding == "cp1258":
        text = _composed_for_windows(text)
    report, written = run(tmp_path, text.encode(encoding))
    assert report.counts["certain"] == 2
    assert "Phường Văn Miếu - Quốc Tử Giám" in written


def _composed_for_windows(text: str) -> str:
    """Text as windows-1258 has it: some letters whole, tone marks apart."""
    import unicodedata

    found = []
    for char in text:
        try:
            char.encode("cp1258")
            found.append(char)
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", char)
            if marks and marks[0] in "\u0302\u0306\u031b":
                base, marks = unicodedata.normalize("NFC", base + marks[0]), marks[1:]
            elif len(marks) > 1:
                base, marks = unicodedata.normalize("NFC", base + marks[1]), marks[:1]
            found.append(base + "".join(marks))
    return "".join(found)


def test_decomposed_text_is_read_and_stays(tmp_path: Path) -> None:
    import unicodedata

    row = unicodedata.normalize("NFD", "1;Phường Khâm Thiên, Quận Đống Đa, Hà Nội")
    report, text = run(tmp_path, f"Mã;Địa chỉ\n{row}\n".encode())
    assert report.counts["certain"] == 1
    assert row in text


def test_short_records_and_blank_lines_keep_their_place(tmp_path: Path) -> None:
    _, text = run(tmp_path, "A;Địa chỉ;B\n1;Khâm Thiên, Đống Đa, Hà Nội\n\n3;;x\n".encode())
    rows = parsed(text, ";")
    assert rows[1][:4] == ["1", "Khâm Thiên, Đống Đa, Hà Nội", "", "Phường Văn Miếu - Quốc Tử Giám"]
    assert rows[2] == []
    assert rows[3] == ["3", "", "x", *[""] * len(COLUMNS)]


def test_cells_over_lines_stay_one_record(tmp_path: Path) -> None:
    _, text = run(tmp_path, 'Mã;Địa chỉ\n1;"Số 5\nKhâm Thiên, Đống Đa, Hà Nội"\n'.encode())
    rows = parsed(text, ";")
    assert rows[1][1:3] == ["Số 5\nKhâm Thiên, Đống Đa, Hà Nội", "Phường Văn Miếu - Quốc Tử Giám"]


def test_a_quote_that_is_never_closed_takes_nothing_in(tmp_path: Path) -> None:
    _, text = run(tmp_path, 'Mã;Địa chỉ\n1;"Khâm Thiên, Đống Đa, Hà Nội'.encode())
    assert parsed(text, ";")[1][2] == "Phường Văn Miếu - Quốc Tử Giám"


def test_excels_line_about_the_delimiter_stays(tmp_path: Path) -> None:
    _, text = run(tmp_path, "sep=;\nMã;Địa chỉ\n1;Khâm Thiên, Đống Đa, Hà Nội\n".encode())
    assert text.startswith("sep=;\n")
    assert "Phường Văn Miếu - Quốc Tử Giám" in text


def test_possibilities_stand_in_a_file_beside(tmp_path: Path) -> None:
    report, _ = run(tmp_path, "Mã;Địa chỉ\n1;=HYPERLINK(1) Cửa Nam, Hoàn Kiếm, Hà Nội\n2;@abc\n".encode())
    assert report.ambiguous_at is not None
    rows = parsed(Path(report.ambiguous_at).read_text(encoding="utf-8-sig"), ";")
    assert report.ambiguous == len(rows) - 1 > 1
    assert not any(cell.startswith(("=", "@", "+", "-")) for row in rows for cell in row)
    assert {row[1] for row in rows[1:]} == {"2", "3"}


def test_no_possibilities_of_an_earlier_result_stay_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    undecided = "Mã;Địa chỉ\n1;Cửa Nam, Hoàn Kiếm, Hà Nội\n".encode()
    decided = "Mã;Địa chỉ\n1;Khâm Thiên, Đống Đa, Hà Nội\n".encode()
    force = Request(on="2025-07-01", at="2025-06-30", force=True)
    monkeypatch.setenv("HOSO_LANG", "vi")
    run(tmp_path, undecided)
    assert _names(tmp_path) == {"in.csv", "out.csv", "out.chua-xac-dinh.csv"}
    monkeypatch.setenv("HOSO_LANG", "en")
    (tmp_path / "out.csv").unlink()
    with pytest.raises(HosoError, match="chua-xac-dinh"):
        run(tmp_path, undecided)
    run(tmp_path, undecided, force)
    assert _names(tmp_path) == {"in.csv", "out.csv", "out.undecided.csv"}
    report, _ = run(tmp_path, decided, force)
    assert report.ambiguous_at is None
    assert _names(tmp_path) == {"in.csv", "out.csv"}


def test_possibilities_are_written_behind_the_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise HosoError("disk full")

    monkeypatch.setattr("kg.convert.csv_table.CsvTable.write", fail)
    with pytest.raises(HosoError, match="disk full"):
        run(tmp_path, "Mã;Địa chỉ\n1;Cửa Nam, Hoàn Kiếm, Hà Nội\n".encode())
    assert _names(tmp_path) == {"in.csv"}


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}
