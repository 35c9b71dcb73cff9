"""Where the shared data of the project stands: ``styles/`` and ``boundaries/``.

In a checkout they stand beside the package; an installed package carries its own copy under
``fsva/_data``. An edition inside a checkout uses the checkout's, so that what an officer
edits there is what the maps show.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def resolved(path: Path) -> Path:
    """Return an absolute path, all links followed; a link to itself stays as it is.

    At such a link ``Path.resolve`` raises an error that is no ``OSError``.
    """
    return Path(os.path.realpath(path))


@cache
def packaged(folder: str) -> Path:
    """Return the folder ``styles`` or ``boundaries`` that belongs to this package.

    Parameters
    ----------
    folder : str
        Name of the folder.
    """
    beside = PACKAGE.parents[1] / folder
    return beside if beside.is_dir() else PACKAGE / "_data" / folder


def project_of(edition_folder: Path) -> Path:
    """Return the project around an edition, links followed; without one, the edition's own folder.

    Parameters
    ----------
    edition_folder : Path
        Folder that holds edition.toml. ``<project>/editions/<name>`` has a project, and so has a
        folder two steps above which ``styles/`` stands.
    """
    own = resolved(edition_folder)
    project = own.parent.parent
    has_project = own.parent.name == "editions" or (project / "styles").is_dir()
    return project if has_project else own


def project_folder(edition_folder: Path, folder: str) -> Path:
    """Return the folder to use for an edition: its own project's, else the packaged one.

    Parameters
    ----------
    edition_folder : Path
        Folder that holds edition.toml, usually ``<project>/editions/<name>``.
    folder : str
        ``styles`` or ``boundaries``.
    """
    project = resolved(edition_folder).parent.parent / folder
    return project if project.is_dir() else packaged(folder)


def style_of(edition_folder: Path, name: str) -> Path:
    """Return a file of ``styles`` for an edition: its own project's if it has one.

    Parameters
    ----------
    name : str
        Name of the file.
    """
    of_project = project_folder(edition_folder, "styles") / name
    return of_project if of_project.is_file() else packaged("styles") / name
