"""Every command shows an example that its own options accept, and names a manual that exists."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from fsva import cli
from fsva.cli import commands
from fsva.core import texts
from tests.places.small import ROOT

INDONESIAN = texts.load("id")


def every(group: click.Group, way: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        member = group.get_command(context, name)
        if isinstance(member, click.Group):
            yield from every(member, (*way, name))
        else:
            yield (*way, name)


ALL = tuple(every(commands.root(INDONESIAN)))


def command_of(way: tuple[str, ...]) -> click.Command:
    found: click.Command = commands.root(INDONESIAN)
    for name in way:
        assert isinstance(found, click.Group)
        member = found.get_command(click.Context(found), name)
        assert member is not None
        found = member
    return found


@pytest.mark.parametrize("way", ALL, ids="_".join)
def test_a_command_has_an_example_that_it_accepts(way: tuple[str, ...]) -> None:
    line = INDONESIAN.raw(f"contoh.{'_'.join(way)}.perintah").split()
    assert line[: len(way) + 1] == ["fsva", *way]
    command_of(way).make_context(way[-1], line[len(way) + 1 :])
    shipped = [word for word in line if word.startswith(("editions/", "boundaries/"))]
    assert [word for word in shipped if not (ROOT / word).exists()] == []


def test_a_baseline_is_shown_by_its_example(capsys: pytest.CaptureFixture[str]) -> None:
    """It needs a name unless it is only shown."""
    line = INDONESIAN.raw("contoh.baseline.perintah").split()
    assert cli.main([str(ROOT / w) if w.startswith("editions/") else w for w in line[1:]]) == 0
    assert "Tidak ada berkas yang ditulis" in capsys.readouterr().out


def test_a_new_edition_is_begun_by_its_example(tmp_path: Path) -> None:
    line = INDONESIAN.raw("contoh.baru.perintah").split()
    named = [str(ROOT / w) if w.startswith(("editions/", "boundaries/")) else w for w in line[1:]]
    assert cli.main([*named, "--keluaran", str(tmp_path / "belu-2022")]) == 0
    assert (tmp_path / "belu-2022" / "edition.toml").is_file()


@pytest.mark.parametrize("way", ALL, ids="_".join)
def test_a_command_names_a_manual_that_exists(way: tuple[str, ...]) -> None:
    for language in ("id", "en"):
        manual = texts.load(language).raw(f"contoh.{'_'.join(way)}.petunjuk")
        assert (ROOT / manual).is_file()


def test_help_shows_both() -> None:
    path = "fsva jejak"
    context = click.Context(command_of(("jejak",)), info_name=path)
    said = context.get_help()
    assert "Contoh:\n  fsva jejak editions/belu-2021 Tasain" in said
    assert "Petunjuk: docs/jejak.md" in said


@pytest.mark.parametrize("way", ALL, ids="_".join)
def test_an_example_fits_the_terminal_and_is_still_the_command(way: tuple[str, ...]) -> None:
    """A shell reads a line on that ends so; none of 80 columns breaks within a word."""
    context = click.Context(command_of(way), info_name=f"fsva {' '.join(way)}", terminal_width=80)
    said = context.get_help().partition("Contoh:\n")[2].partition("\n\n")[0]
    assert all(len(line) <= 80 for line in said.splitlines())
    asked = INDONESIAN.raw(f"contoh.{'_'.join(way)}.perintah")
    assert shlex.split(said.replace("\\\n", " ")) == shlex.split(asked)
