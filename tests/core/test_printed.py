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
