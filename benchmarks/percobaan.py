"""A place in which commands are disturbed: a project, an output folder, what may stand in it.

Owns the commands that ``dibunuh.py`` and ``gangguan.py`` disturb, and what is to be seen of the
folder that they write: one whole run, and nothing left beside it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

NOTE = "catatan.txt"
# The status of many editions, which tells times.
STATUS = "massal"
CROSSWALK = "padanan.csv"
State = dict[str, str]
LANGUAGES = ("id", "en")


@dataclass(frozen=True)
class Command:
    """A command that is disturbed.

    Parameters
    ----------
    words : tuple of str
        ``{edition}``, ``{atlas}`` and ``{out}`` are the places of what they name.
    begin : callable or None
        Puts into the output folder what it works on; None if that begins empty.
    """

    words: tuple[str, ...]
    begin: Callable[[Place], object] | None = None


class Place:
    """A project under git, an output folder with a note of the officer, and a temporary folder."""

    def __init__(self, top: Path, edition: Path) -> None:
        self.top = top
        shutil.copytree(edition.parent.parent, top / "proyek")
        self.edition = top / "proyek" / "editions" / edition.name
        self.out, self.temporary = top / "keluaran" / "o", top / "sementara"
        self.temporary.mkdir()
        self.atlas, self.forms = top / "jadi" / "atlas", top / "jadi" / "formulir"
        said = ["-c", "user.name=x", "-c", "user.email=x@y"]
        for words in (["init", "-q"], ["add", "-A"], [*said, "commit", "-qm", "x"]):
            subprocess.run(["git", *words], cwd=top / "proyek", check=True)  # noqa: S603, S607
        with (self.edition / "edition.toml").open("a", encoding="utf-8") as file:
            file.write("\n# berubah\n")

    def prepare(self, command: Command) -> None:
        """Make what a command reads, and the folder that it writes."""
        if "{atlas}" in command.words or command.begin is with_atlas:
            self.make("atlas", str(self.edition), "--bentuk", "gpkg", folder=self.atlas)
        if "{form}" in command.words:
            self.make("formulir", str(self.edition), "--terisi", folder=self.forms)
        self.clear(command)

    def clear(self, command: Command) -> None:
        """Begin with an output folder that holds only the note, and what is worked on."""
        shutil.rmtree(self.out.parent, ignore_errors=True)
        if command.begin is nothing:
            self.out.parent.mkdir(parents=True)
            return
        self.out.mkdir(parents=True)
        if command.begin is not None:
            command.begin(self)
        (self.out / NOTE).write_text("milik kantor", encoding="utf-8")

    def make(self, *words: str, folder: Path) -> None:
        """Make what commands read."""
        subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "fsva", *words, "--keluaran", str(folder)],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def line(self, command: Command, language: str) -> list[str]:
        """Return the line of a command."""
        places = {
            "edition": self.edition, "atlas": self.atlas, "out": self.out,
            "form": self.forms / "form-0.xlsx", "layer": self.edition / "desa.geojson",
            "table": self.edition / "indikator.csv",
        }  # fmt: skip
        words = [word.format_map(places) for word in command.words]
        return [sys.executable, "-m", "fsva", *words, "--bahasa", language]

    def start(
        self, command: Command, language: str, before: Sequence[str] = ()
    ) -> subprocess.Popen[bytes]:
        """Start a command, whose words go to the standard error.

        Parameters
        ----------
        before : sequence of str
            What starts it in its turn.
        """
        return subprocess.Popen(  # noqa: S603 - our own command
            [*before, *self.line(command, language)],
            env={**os.environ, "TMPDIR": str(self.temporary)},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip

    def state(self) -> State:
        """Return the hash of each file in the output folder, without status and hidden files."""
        inside = {file: file.relative_to(self.out).parts for file in self.out.rglob("*")}
        files = [
            file
            for file, parts in inside.items()
            if file.is_file() and STATUS not in parts and not any(p[0] == "." for p in parts)
        ]
        return {str(f.relative_to(self.out)): hashlib.sha256(f.read_bytes()).hexdigest()
                for f in files}  # fmt: skip

    def left(self) -> list[str]:
        """Return what stands beside the output folder and in the temporary one."""
        beside = [entry.name for entry in self.out.parent.iterdir() if entry != self.out]
        beside += [entry.name for entry in self.out.rglob(".*")]
        found = [*beside, *(entry.name for entry in self.temporary.iterdir())]
        return sorted(name for name in found if name != ".fsva-simpanan")


def nothing(place: Place) -> None:
    """Let the command find no folder at all."""


def with_atlas(place: Place) -> None:
    """Put an atlas into the output folder."""
    shutil.copytree(place.atlas, place.out / "contoh" / "2021")


def with_edition(place: Place) -> None:
    """Put an edition whose crosswalk lacks its last rows into the output folder."""
    shutil.copytree(place.edition, place.out, dirs_exist_ok=True)
    file = place.out / CROSSWALK
    rows = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(rows[:-3]))


def listening() -> None:
    """Hear all requests to end, whatever who started this program does not hear."""
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_DFL if one != signal.SIGINT else signal.default_int_handler)


_OUT = ("--keluaran", "{out}")
COMMANDS = {
    "atlas": Command(("atlas", "{edition}", *_OUT)),
    "ringkasan": Command(("ringkasan", "{edition}", *_OUT)),
    "banding": Command(("banding", "{edition}", "--dari", "HEAD", *_OUT)),
    "periksa": Command(("periksa", "{edition}", *_OUT)),
    "massal": Command(("massal", "{edition}", "--pekerja", "2", *_OUT)),
    "bentuk": Command(("atlas", "{edition}", "--peta", "7", "--bentuk", "gpkg", "--bentuk", "shp",
                       "--bentuk", "html", "--bentuk", "qgz", *_OUT)),
    "excel": Command(("excel", "{edition}", *_OUT)),
    "formulir": Command(("formulir", "{edition}", *_OUT)),
    "gabung": Command(("formulir", "{edition}", "--gabung", "{form}", *_OUT)),
    "buku": Command(("buku", "{edition}", *_OUT)),
    "paparan": Command(("paparan", "{edition}", *_OUT)),
    "profil": Command(("profil", "{edition}", *_OUT)),
    "keyakinan": Command(("keyakinan", "{edition}", *_OUT)),
    "sasaran": Command(("sasaran", "{edition}", *_OUT)),
    "andai": Command(("andai", "{edition}", *_OUT)),
    "pendukung": Command(("pendukung", "{edition}", *_OUT)),
    "nasional": Command(("nasional", "{atlas}", *_OUT)),
    "beranda": Command(("beranda", "{out}"), with_atlas),
    "selaraskan": Command(("selaraskan", "{out}"), with_edition),
    "baru": Command(
        ("baru", "--kode", "99.01", "--nama", "Contoh", "--tahun", "2021", "--batas", "{layer}",
         "--tabel", "{table}", "--dasar", "belu-2021", "--sumber-batas", "gambar", "--tahun-batas",
         "2020", "--penyusun", "Kantor", "--instansi", "Dinas", *_OUT), nothing),
}  # fmt: skip
