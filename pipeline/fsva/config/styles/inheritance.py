"""Style files that build on one another: a child says only what differs from its parent.

Owns the key ``turunan`` of themes and layouts. What their files may say is theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from fsva.core import resources, toml
from fsva.core.errors import Place, StyleError
from fsva.core.toml import Section

BUILDS_ON = "turunan"
Tables = Mapping[str, Any]
Model = TypeVar("Model", bound=Section)


def _as_it_is(parent: Tables, _child: Tables) -> Tables:
    return parent


@dataclass(frozen=True)
class Family(Generic[Model]):
    """Files of one kind, of which one may build on another.

    Parameters
    ----------
    model : type
        Model of the content of a file, with what it takes from its parents.
    folder : str
        Their folder under ``styles``.
    whole : frozenset of str
        Sections that a child replaces as a whole; of the others it replaces single keys.
    handed_down : callable
        What a child gets of its parent: takes the content of both.
    """

    model: type[Model]
    folder: str
    whole: frozenset[str] = frozenset()
    handed_down: Callable[[Tables, Tables], Tables] = _as_it_is


def load(file: Path, family: Family[Model]) -> Model:
    """Read and check a style file with what it takes from the file that it builds on.

    Parameters
    ----------
    file : Path
        The child.
    family : Family
        What such files say.

    Raises
    ------
    StyleError
        Unknown key or impossible value, with file and line; or no such file to build on.
    """
    *_, last = files = lineage(file, family.folder)
    data: Tables = toml.read(last, StyleError)
    checked = toml.check(last, data, family.model, StyleError)
    for child in reversed(files[:-1]):
        said = toml.read(child, StyleError)
        changes = {k: v for k, v in said.items() if k != BUILDS_ON}
        data = _merged(family.handed_down(data, said), changes, family.whole)
        checked = toml.check(child, data, family.model, StyleError)
    return checked


def lineage(file: Path, folder: str) -> tuple[Path, ...]:
    """Return the files that a style is read from: its own, then those that it builds on.

    Parameters
    ----------
    folder : str
        Folder of such files under ``styles``.

    Raises
    ------
    StyleError
        No such file to build on, or one that builds on itself.
    """
    files = [file]
    while (name := toml.read(files[-1], StyleError).get(BUILDS_ON)) is not None:
        parent = _parent(files[-1], name, folder)
        if parent in files:
            raise _refusal(files[-1], name, folder)
        files.append(parent)
    return tuple(files)


def _parent(file: Path, name: object, kind: str) -> Path:
    """Return the file of a name: beside another, else the packaged one."""
    for folder in (file.parent, resources.packaged("styles") / kind):
        if isinstance(name, str) and f"{name}.toml" in {one.name for one in folder.glob("*.toml")}:
            return folder / f"{name}.toml"
    raise _refusal(file, name, kind)


def _refusal(file: Path, name: object, kind: str) -> StyleError:
    row = toml.line_of(toml.read_text(file), (BUILDS_ON,))
    place = Place(file, row, BUILDS_ON, found=str(name)[:80])
    folders = (file.parent, resources.packaged("styles") / kind)
    known = {one.stem for folder in folders for one in folder.glob("*.toml")} - {file.stem}
    return StyleError("gaya_turunan", [place], {"ada": ", ".join(sorted(known))})


def _merged(below: Tables, above: Tables, whole: frozenset[str]) -> dict[str, Any]:
    """Lay the sections of one file over those of another."""
    return {
        **below,
        **{
            key: _merged(below[key], value, whole)
            if isinstance(value, dict) and isinstance(below.get(key), dict) and key not in whole
            else value
            for key, value in above.items()
        },
    }
