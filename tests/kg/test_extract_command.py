"""``hoso extract``: one JSON line a file, in order; errors and secrets are lines too."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from kg.cli.app import build

PAGE = """ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
   XÃ TÂN LẬP                  Độc lập - Tự do - Hạnh phúc
Số: 37/QĐ-UBND             Tân Lập, ngày 12 tháng 3 năm 2012
{stamp}
                      QUYẾT ĐỊNH
             Về việc thu hồi đất công ích

Căn cứ Luật Đất đai năm 2003;
"""


def _lines(*files: Path) -> tuple[int, list[dict[str, object]], str]:
    done = CliRunner().invoke(build("extract"), ["extract", *map(str, files), "--json"])
    return done.exit_code, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def test_files_are_answered_in_order_and_errors_are_lines(tmp_path: Path) -> None:
    good, secret, empty = tmp_path / "good.txt", tmp_path / "secret.txt", tmp_path / "empty.txt"
    good.write_text(PAGE.format(stamp=""), encoding="utf-8")
    secret.write_text(PAGE.format(stamp="MẬT"), encoding="utf-8")
    empty.write_text("", encoding="utf-8")

    code, lines, stderr = _lines(good, tmp_path / "gone.txt", secret, empty)

    assert code == 0
    assert [line["source"] for line in lines] == [str(p) for p in (good, tmp_path / "gone.txt", secret, empty)]
    assert lines[0]["number"] == "37/QĐ-UBND"
    assert [line["error"]["code"] for line in lines[1:]] == ["unreadable", "secret", "unreadable"]  # type: ignore[index]
    assert set(lines[2]) == {"id", "source", "secrecy", "error"}
    assert "thu hồi" not in json.dumps(lines[2], ensure_ascii=False) + stderr


def test_a_file_without_the_json_option_is_a_json_line_too(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text(PAGE.format(stamp=""), encoding="utf-8")

    done = CliRunner().invoke(build("extract"), ["extract", str(good)])

    assert json.loads(done.stdout)["type"] == "Quyết định"
