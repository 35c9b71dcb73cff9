"""The manifest: which inputs and programs made which outputs.

Owns the record and the check whether a run would change anything. It imports no heavy library, so
that "nothing to do" is answered at once.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from fsva import __version__
from fsva.core import bounds, resources
from fsva.core.errors import Place, SourceError

FILE_NAME = "manifest.json"
NUMBER_DIGITS = 8
SHEETS = "lembar"  # print numbers of the sheets of each file
ATLAS = "atlas"  # the command whose manifests name none
LIBRARIES = (
    "babel", "deflate", "geopandas", "numpy", "pandas", "pikepdf", "pillow", "pydantic", "pyogrio",
    "pypdfium2", "pyproj", "shapely", "uharfbuzz",
)  # fmt: skip


def hash_bytes(content: bytes) -> str:
    """Return the SHA-256 of some bytes as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def hash_file(file: Path) -> str:
    """Return the SHA-256 of a file, read in parts: a raster may be larger than the memory."""
    try:
        with file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as problem:
        raise SourceError("berkas_tak_terbaca", [Place(file, found=problem.strerror)]) from problem


def describe_inputs(files: Sequence[Path], root: Path) -> dict[str, str]:
    """Return the hash of every input by its name below the project.

    Parameters
    ----------
    files : sequence of Path
        Inputs; missing ones are left out, because the run itself reports them.
    root : Path
        Folder that names are relative to. Data of the program is named relative to the program; any
        other file outside is named without its folder, so that no output shows the folders of this
        computer.

    Returns
    -------
    dict of str to str
        Sorted by name, so that the order does not depend on how the user wrote the paths.
    """
    bases = {resources.resolved(root), resources.packaged("styles").parent}
    # The nearest folder names a file: an environment may lie within the project, or beside it.
    nearest = sorted(bases, key=lambda base: len(base.parts), reverse=True)
    present = {_name(file, nearest): file for file in files if file.is_file()}
    return {name: hash_file(file) for name, file in sorted(present.items())}


def _name(file: Path, bases: Sequence[Path]) -> str:
    absolute = resources.resolved(file)
    for base in bases:
        if absolute.is_relative_to(base):
            return absolute.relative_to(base).as_posix()
    return file.name


@cache
def program(further: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the versions of this program, Python and the libraries it reads and writes with.

    Parameters
    ----------
    further : tuple of str
        Packages beside ``LIBRARIES`` that a run uses; what is not installed is left out, because
        the run itself says so.
    """
    python = ".".join(platform.python_version_tuple()[:2])
    libraries = {name: _installed(name) for name in LIBRARIES}
    used = {name: version for name in sorted(further) if (version := _version(name))}
    own = {"fsva-atlas": __version__, "program": _own_hash(), "python": python}
    return own | libraries | used


@cache
def _own_hash() -> str:
    """Return the SHA-256 of all modules of this program."""
    sources = sorted(resources.PACKAGE.rglob("*.py"))
    return hash_bytes(b"".join(source.read_bytes() for source in sources))


@cache
def _installed(name: str) -> str:
    """Return the version of a package; asked for once, as its whole description is read for it."""
    return metadata.version(name)


def _version(name: str) -> str | None:
    try:
        return _installed(name)
    except metadata.PackageNotFoundError:
        return None


def number(facts: Mapping[str, Any], inputs: Mapping[str, str]) -> str:
    """Return the print number of a run: the inputs and options that made all its files.

    Parameters
    ----------
    facts, inputs : mapping
        As given to ``make``.

    Returns
    -------
    str
        Eight hexadecimal digits; the same inputs and options give the same number.
    """
    asked = json.dumps([facts, inputs], ensure_ascii=False, sort_keys=True)
    return hash_bytes(asked.encode("utf-8"))[:NUMBER_DIGITS]


def make(
    facts: Mapping[str, Any],
    inputs: Mapping[str, str],
    outputs: Mapping[str, bytes],
    further: tuple[str, ...] = (),
) -> bytes:
    """Return the manifest of a run as JSON.

    Parameters
    ----------
    inputs : mapping of str to str
        From ``describe_inputs``.
    further : tuple of str
        As given to ``program``.
    """
    record = {
        **facts,
        "versi": program(further),
        "masukan": dict(inputs),
        "keluaran": {
            name: {"sha256": hash_bytes(content), "bita": len(content)}
            for name, content in sorted(outputs.items())
        },
    }
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def read(folder: Path) -> dict[str, Any]:
    """Return the manifest in an output folder, or an empty one if it is missing or damaged."""
    try:
        record = json.loads(bounds.content(folder / FILE_NAME, bounds.load().manifest.most_bytes))
    except (SourceError, ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


def needed(folder: Path) -> dict[str, Any]:
    """Return the manifest in an output folder that must have one.

    Raises
    ------
    SourceError
        It is missing, or it is none that a run has written.
    """
    file = folder / FILE_NAME
    if not file.exists():
        raise SourceError("manifes_tiada", [Place(file)])
    record = read(folder)
    if not record:
        raise SourceError("manifes_rusak", [Place(file)])
    return record


def outputs(folder: Path) -> dict[str, str]:
    """Return the hashes of the files that the manifest in an output folder names.

    Returns
    -------
    dict of str to str
        Empty if any of it is not as a run writes it; names of files in the folder itself only.
    """
    named = read(folder).get("keluaran")
    if not isinstance(named, dict):
        return {}
    hashes = {n: o.get("sha256") if isinstance(o, dict) else None for n, o in named.items()}
    right = all(isinstance(h, str) and Path(n).name == n for n, h in hashes.items())
    return {name: str(found) for name, found in hashes.items()} if right else {}


def own_outputs(folder: Path, command: str) -> dict[str, str]:
    """Return what ``outputs`` does if the command wrote that manifest, else nothing.

    A command removes only files of its own: somebody may let two commands write to one folder.

    Parameters
    ----------
    command : str
        Name of a command; ``ATLAS`` for the atlas, whose manifests name none.
    """
    return outputs(folder) if command_of(folder) == command else {}


def command_of(folder: Path) -> str | None:
    """Return the command that wrote the manifest of an output folder; None if none stands there."""
    record = read(folder)
    return str(record.get("perintah", ATLAS)) if record else None


def is_current(
    folder: Path,
    facts: Mapping[str, Any],
    inputs: Mapping[str, str],
    further: tuple[str, ...] = (),
) -> bool:
    """Tell whether a folder already holds exactly what a run with these inputs would write.

    Parameters
    ----------
    facts, inputs, further
        As given to ``make``.
    """
    record = read(folder)
    same = all(record.get(key) == value for key, value in facts.items())
    asked = {"masukan": dict(inputs), "versi": program(further)}
    if not same or any(record.get(key) != value for key, value in asked.items()):
        return False
    hashes = outputs(folder)
    present = describe_inputs([folder / name for name in hashes], folder)
    return bool(hashes) and present == hashes
