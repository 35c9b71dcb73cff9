"""The colours of classes on a terminal, and none elsewhere."""

from __future__ import annotations

import re

import pytest

from fsva.cli import class_colours, screen
from fsva.cli.check.metode_periksa import find
from fsva.config.methods import method

RULES = method.load(find("fsva-kabupaten-6", "metode"), find("belu-2021", "dasar"))
WORDS = r"\bprioritas\s+\d(?!\S)"


@pytest.fixture
def coloured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.mark.usefixtures("coloured")
def test_a_class_stands_on_its_colour() -> None:
    paint = class_colours.painter(RULES, WORDS)
    assert paint is not None
    red, green, blue = (int(RULES.classes[2].colour[n : n + 2], 16) for n in (1, 3, 5))
    told = paint("nilai 3, jadi prioritas 3 (Rentan)")
    assert f"48;2;{red};{green};{blue}m" in told
    assert told.count("48;2") == 1
    assert re.sub(r"\x1b\[[0-9;]*m", "", told) == "nilai 3, jadi prioritas 3 (Rentan)"
    assert paint("prioritas 9 prioritas 10") == "prioritas 9 prioritas 10"


@pytest.mark.usefixtures("coloured")
def test_data_still_command_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    paint = class_colours.painter(RULES, WORDS)
    monkey = "Tas\x1b[2Jain prioritas 1"
    screen.say(monkey, paint=paint)
    shown = capsys.readouterr().out
    assert "\x1b[2J" not in shown


@pytest.mark.usefixtures("coloured")
def test_nobody_gets_colours_who_wants_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert class_colours.painter(RULES, WORDS) is None


def test_a_pipe_has_none() -> None:
    assert class_colours.painter(RULES, WORDS) is None
