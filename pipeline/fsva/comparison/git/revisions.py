"""An edition as it stood at a git revision, in a private temporary folder.

Owns the calls of git: argument lists, never a shell. It fetches nothing, runs no filter and
follows no link. It refuses names that could mean something else to git or to the file system.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from fsva.core import resources
from fsva.core.errors import Place, SourceError, UsageError
from fsva.core.publishing import temporary

# No hyphen ahead (an option), no colon (a path), no blank or control character.
_REVISION = re.compile(r"[^-\s:\x00-\x1f\x7f\\][^\s:\x00-\x1f\x7f\\]{0,199}")
_FILE_MODES = ("100644", "100755")
_SHARED = ("styles", "boundaries")
_DRAWING = ("gaya", "layouts", "fonts")
_LOCATIONS = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_OBJECT_DIRECTORY",
    "GIT_NAMESPACE",
)


@dataclass(frozen=True)
class Revision:
    """A folder of a repository at a commit.

    Parameters
    ----------
    repository : Path
        Top folder of the working tree.
    commit : str
        Full hash.
    path : str
        Folder relative to the top, with forward slashes; empty for the top itself.
    """

    repository: Path
    commit: str
    path: str

    @property
    def source(self) -> str:
        """The folder at the short hash, as people write it."""
        return f"{self.commit[:7]}:{self.path}"


def of_words(words: str, here: Path) -> Revision | None:
    """Read ``REV:path``; None if the words name no revision.

    Raises
    ------
    UsageError, SourceError
        The name is not allowed, git does not know it, or there is no repository.
    """
    name, colon, path = words.partition(":")
    if not colon or not name or Path(words).exists() or "\\" in words:
        return None
    top = _top(here)
    inner = PurePosixPath(path.rstrip("/"))
    if path.startswith("/") or ".." in inner.parts:
        raise UsageError("git_nama", [Place(found=words)])
    return Revision(top, commit(name, top), "" if path in ("", ".") else inner.as_posix())


def of_folder(folder: Path, name: str) -> Revision:
    """Return an edition's folder as it stood at a revision.

    Parameters
    ----------
    folder : Path
        In the working tree of a repository; it need not exist any more, its parent must.

    Raises
    ------
    UsageError, SourceError
        As ``of_words``.
    """
    there = folder if folder.is_dir() else folder.parent
    top = _top(there)
    path = resources.resolved(folder).relative_to(resources.resolved(top)).as_posix()
    return Revision(top, commit(name, top), "" if path == "." else path)


def commit(name: str, repository: Path) -> str:
    """Return the hash of the commit that a name stands for.

    Parameters
    ----------
    name : str
        Branch, tag, hash, ``HEAD~1``.

    Raises
    ------
    UsageError
        The name is not allowed, or git does not know it.
    """
    if not _REVISION.fullmatch(name):
        raise UsageError("git_nama", [Place(found=name)])
    asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"]
    done = _git(asked, repository)
    commit_id = done.stdout.decode("ascii", "replace").strip()
    if done.returncode or not re.fullmatch(r"[0-9a-f]{40,64}", commit_id):
        raise UsageError("git_revisi", [Place(found=name)])
    return commit_id


@contextmanager
def checked_out(wanted: Revision) -> Iterator[Path]:
    """Write an edition with the methods and boundaries of its time into a temporary folder.

    Themes, layouts and fonts are those of today: they change no class, and this program may not
    be able to draw with old ones.

    Yields
    ------
    Path
        The folder; it is removed afterwards.

    Raises
    ------
    SourceError
        The folder does not exist at that revision, or holds something other than plain files.
    """
    entries = _entries(wanted)
    contents = _contents([blob for _, blob in entries], wanted.repository)
    with temporary.folder("fsva-banding-") as top:
        for (path, _), content in zip(entries, contents, strict=True):
            temporary.write(content, top / path)
        _draw_as_today(top / wanted.path, wanted.repository / wanted.path)
        yield top / wanted.path


def _draw_as_today(then: Path, now: Path) -> None:
    """Give an old edition the themes, layouts and fonts of today, which this program can draw."""
    styles = then.parent.parent / "styles"
    if styles.is_dir():
        today = resources.project_folder(now, "styles")
        for name in _DRAWING:
            shutil.copytree(today / name, styles / name, dirs_exist_ok=True)


def _entries(wanted: Revision) -> list[tuple[str, str]]:
    """List path and hash of the files of a folder, and of its project's styles and boundaries."""
    root = PurePosixPath(wanted.path).parent.parent
    others = [(root / name).as_posix() for name in _SHARED]
    asked = ["ls-tree", "-r", "-z", "--full-tree", wanted.commit, "--", wanted.path or ".", *others]
    done = _git(asked, wanted.repository)
    lines = done.stdout.decode("utf-8", "surrogateescape").split("\0")
    entries = [_entry(line, wanted) for line in lines if line]
    inside = f"{wanted.path}/" if wanted.path else ""
    if done.returncode or not any(path.startswith(inside) for path, _ in entries):
        raise SourceError("git_folder", [Place(found=wanted.source)])
    return entries


def _entry(line: str, wanted: Revision) -> tuple[str, str]:
    head, _, path = line.partition("\t")
    mode, _, blob = head.split(" ")
    parts = PurePosixPath(path).parts
    plain = mode in _FILE_MODES and path.isprintable() and "\\" not in path and ":" not in path
    if not plain or path.startswith("/") or {"..", ".", ".git"} & set(parts):
        raise SourceError("git_berkas", [Place(found=f"{wanted.commit[:7]}:{path!a}")])
    return path, blob


def _contents(blobs: Sequence[str], repository: Path) -> list[bytes]:
    """Return the content of blobs, byte for byte as it was committed."""
    done = _git(["cat-file", "--batch"], repository, "".join(f"{b}\n" for b in blobs).encode())
    contents: list[bytes] = []
    rest, position = done.stdout, 0
    for blob in blobs:
        end = rest.find(b"\n", position)
        header = rest[position:end].split(b" ")
        if done.returncode or end < 0 or len(header) != 3:
            raise SourceError("git_isi", [Place(found=blob)])
        size = int(header[2])
        contents.append(rest[end + 1 : end + 1 + size])
        position = end + 1 + size + 1
    return contents


def _top(folder: Path) -> Path:
    done = _git(["rev-parse", "--show-toplevel"], folder)
    if done.returncode:
        raise SourceError("git_gudang", [Place(folder)])
    return Path(os.fsdecode(done.stdout).rstrip("\r\n"))


def _git(
    words: Sequence[str], folder: Path, sent: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run git without a shell, a pager, a prompt or the network."""
    kept = {name: value for name, value in os.environ.items() if name not in _LOCATIONS}
    quiet = {
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C",
    }
    start = ["git", "--no-pager", "--literal-pathspecs", "-c", "core.quotePath=false"]
    try:
        return subprocess.run(  # noqa: S603 - a list of words that were looked at, no shell
            [*start, *words],
            cwd=folder,
            env=kept | quiet,
            input=sent,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError as lacking:
        raise SourceError("git_hilang") from lacking
