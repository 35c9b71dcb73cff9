"""What may reach a terminal."""

from __future__ import annotations

import pytest

from fsva.core import printed


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_no_line_is_longer_than_the_terminal_and_no_word_is_broken(columns: int) -> None:
    text = "\n".join(
        [
            "  kelas       " + "kata-kata yang panjang " * 9,
            "Satu kalimat " * 12,
            "    " + "menjorok " * 20,
            "pendek",
        ]
    )
    said = printed.wrapped(text, columns)
    assert max(map(len, said.split("\n"))) <= columns
    assert said.split() == text.split()


def test_what_continues_stands_behind_its_label() -> None:
    first, second, *_ = printed.wrapped("  kelas       " + "panjang " * 20, 60).split("\n")
    assert first.index("panjang") == len(second) - len(second.lstrip()) == 14


def test_a_pipe_has_no_end_and_a_terminal_has_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert printed.width() > 10_000 or printed.width() >= 40
    monkeypatch.setenv("COLUMNS", "72")
    assert printed.width() == printed.paragraph_width() == 72
    monkeypatch.setenv("COLUMNS", "7")
    assert printed.width() == 40


ROWS = [
    ("Wilayah", "1", "2", "tanpa data"),
    ("Kabupaten Timor Tengah Utara", "10", "2", "0"),
    ("Biboki", "1", "200", "3"),
]


@pytest.mark.parametrize("columns", range(24, 60, 3))
def test_a_table_too_wide_stands_in_blocks_with_its_first_column(columns: int) -> None:
    lines = list(printed.table(ROWS, columns))
    assert max(map(len, lines)) <= columns
    words = " ".join(lines).split()
    assert [w for w in words if w.isdigit()].count("200") == 1
    assert words.count("Wilayah") == words.count("Biboki") == lines.count("") + 1
    assert words.count("tanpa") == words.count("data") == 1
