"""Results that a later run need not work out again, in a hidden folder beside the outputs.

Owns its files: each is written whole or not at all, says which result it holds, and is believed
only if its hash is right. Whatever else lies there counts as nothing, so that the folder may be
deleted at any time, by another run too, and two runs do not disturb each other. It holds bytes;
what they mean is known to those who keep them.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from fsva.core import bounds
from fsva.core.errors import SourceError
from fsva.core.publishing import manifest

FOLDER = ".fsva-simpanan"
_MARK = b"fsva-simpanan 1\n"
_ENDING, _NEW = ".hasil", ".baru"
_DIGEST_BYTES = 32
_TOKEN_BYTES = 4
_NAME = re.compile(r"[a-z-]+-[0-9a-f]{64}\.hasil")


def place_beside(outputs: Path) -> Path:
    """Return the folder of the store of an output folder.

    Parameters
    ----------
    outputs : Path
        Where the files of the run will stand. The store never lies within an output folder, not
        in another one around this either: what an office hands in holds the office's files only.
    """
    around = outputs.absolute().parent
    while (around / manifest.FILE_NAME).is_file() and around != around.parent:
        around = around.parent
    return around / FOLDER


class ResultStore:
    """Results by the inputs that they were worked out from.

    Parameters
    ----------
    folder : Path
        Made when the first result is kept.
    program : mapping of str to str
        From ``fsva.core.publishing.manifest.program``: results of other programs are not found.
    keeps : bool
        Whether this run may keep results, or only take those of others.
    held : dict of str to bytes, or None
        Results in memory, where stores of one run share what each has worked out.
    """

    def __init__(
        self,
        folder: Path,
        program: Mapping[str, str],
        *,
        keeps: bool = True,
        held: dict[str, bytes] | None = None,
    ) -> None:
        self.folder, self._keeps, self._held = folder, keeps, held
        self._program = json.dumps(program, sort_keys=True).encode("utf-8")
        self.trouble: OSError | None = None

    def key(self, kind: str, *inputs: bytes) -> str:
        """Return the key of a result.

        Parameters
        ----------
        kind : str
            What was worked out: small letters and hyphens.
        *inputs : bytes
            Digests of all that it depends on.
        """
        parts = (kind.encode("ascii"), self._program, *inputs)
        lengths = b"".join(len(part).to_bytes(8, "big") for part in parts)
        return f"{kind}-{hashlib.sha256(lengths + b''.join(parts)).hexdigest()}"

    def get(self, key: str) -> bytes | None:
        """Return a result; None if it is not there, or not as it was kept."""
        if self._held is not None and key in self._held:
            return self._held[key]
        file = self._file(key)
        if file.is_symlink():
            return None
        try:
            data = bounds.content(file, bounds.load().store.most_bytes)
        except SourceError:
            return None
        head = _head(key)
        begin = len(head) + _DIGEST_BYTES
        content = data[begin:]
        if data[: len(head)] != head or _digest(content) != data[len(head) : begin]:
            return None
        if self._keeps:
            with suppress(OSError):  # of another user, or on a disk that cannot be written to
                os.utime(file)
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep a result; a store that cannot be written to says so in ``trouble``."""
        if self._held is not None:
            self._held[key] = content
        if not self._keeps or self.trouble or len(content) > bounds.load().store.most_bytes // 2:
            return
        try:
            self._write(self._file(key), _head(key) + _digest(content) + content)
        except OSError as problem:
            self.trouble = problem

    def adopt(self, other: Path) -> None:
        """Take the results of a store that came to lie within an output folder.

        Parameters
        ----------
        other : Path
            The store; a run made it before the folder around it held outputs.
        """
        if not self._keeps or other.is_symlink() or not other.is_dir():
            return
        with suppress(OSError):  # of another run, which uses it just now: the next one takes it
            self.folder.mkdir(parents=True, exist_ok=True)
            for file in other.iterdir():
                if _NAME.fullmatch(file.name):
                    file.replace(self.folder / file.name)
            other.rmdir()

    def tidy(self) -> None:
        """Remove the results not used for longest until the rest is within the bounds."""
        if not self._keeps:
            return
        limits = bounds.load().store
        left = limits.all_bytes
        for seen, file in sorted(self._entries(), key=lambda one: -one[0].st_mtime):
            # Of another time also if the clock has been put back since.
            is_old = abs(time.time() - seen.st_mtime) > limits.unfinished
            left -= seen.st_size
            ours = _NAME.fullmatch(file.name) is not None
            if (left < 0) if ours else is_old:
                with suppress(OSError):  # another run has removed it, or reads it just now
                    file.unlink()

    def _entries(self) -> list[tuple[os.stat_result, Path]]:
        """Return the files of the store; others that lie there are nobody's to remove."""
        found = []
        with suppress(OSError):
            for file in self.folder.iterdir():
                if file.name.endswith((_ENDING, _NEW)):
                    with suppress(OSError):
                        found.append((file.lstat(), file))
        return found

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}{_ENDING}"

    def _write(self, file: Path, content: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        new = file.with_name(f"{secrets.token_hex(_TOKEN_BYTES)}{_NEW}")
        try:
            new.write_bytes(content)
            new.replace(file)
        except BaseException:
            with suppress(OSError):
                new.unlink(missing_ok=True)
            raise


def _head(key: str) -> bytes:
    return _MARK + key.encode("ascii") + b"\n"


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
