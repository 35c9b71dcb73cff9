"""The common frame of commands about an edition.

Owns EDISI, --batas, --keluaran and --bahasa, the order of the run that follows from them, the
output folder, and the publication of files, all or none. The module of a command owns its results
and output.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fsva.cli import options, progress, screen
from fsva.cli.commands import Command
from fsva.config.editions import edition as editions
from fsva.config.editions.database import Layer
from fsva.config.editions.edition import Edition
from fsva.core.codes import System
from fsva.core.errors import SourceError
from fsva.core.texts import Texts

if TYPE_CHECKING:
    from fsva.runs.run_order import Order


Owned = Collection[str] | Callable[[], Collection[str]]
Numbers = Mapping[str, list[str]]
# Options with which a command shows its result and writes nothing, not even for later runs.
_SHOWN = ("json", "isi")


@dataclass(frozen=True)
class Call:
    """A call of a command about an edition.

    Parameters
    ----------
    layer : Path, Database or None
        Another boundary layer than the edition's.
    name : str
        Of the command, for the manifest.
    beside : Path or None
        The folder that was given for outputs, else the usual one: results of earlier runs are
        kept beside it. None: beside ``folder``.
    keeps : bool
        Whether the command keeps results there for later runs.
    """

    edition: Edition
    layer: Layer | None
    folder: Path
    texts: Texts
    name: str = ""
    beside: Path | None = None
    keeps: bool = False

    @cached_property
    def order(self) -> Order:
        """The order of the run.

        Raises
        ------
        FsvaError
            As ``fsva.runs.run_order.place``.
        """
        from fsva.runs import run_order

        placed = run_order.place(self.edition, self.layer, self.texts)
        return replace(placed, outputs=self.beside or self.folder, keeps=self.keeps)

    def publish(
        self,
        files: Mapping[str, bytes],
        owned: Owned,
        key: str = "cli.selesai",
        further: tuple[str, ...] = (),
        numbers: Numbers | None = None,
    ) -> None:
        """Publish files in the output folder, all or none, and print their number and place.

        Parameters
        ----------
        files : mapping of str to bytes
            File name to content.
        owned : collection of str, or callable
            All files that the command may write; those of an earlier run are removed. A callable
            is called while no other run can change the folder.
        key : str
            Key of the sentence, with ``jumlah`` and ``folder``.
        further : tuple of str
            Packages that the files are written with, beside those of every run.
        numbers : mapping of str to list of str, or None
            Name of a file of maps to the print numbers of its sheets.

        Raises
        ------
        PublishError
            The folder cannot be written and stays unchanged.
        """
        self.put(files, owned, further, numbers)
        screen.say(self.texts(key, jumlah=len(files), folder=self.folder))

    def put(
        self,
        files: Mapping[str, bytes],
        owned: Owned,
        further: tuple[str, ...] = (),
        numbers: Numbers | None = None,
    ) -> None:
        """Publish files with their manifest as ``publish`` does, without output."""
        from fsva.core.publishing import manifest, shared_folders
        from fsva.words import draft

        written = dict(files)
        if manifest.FILE_NAME not in files:
            if open_ := draft.of(self.order.edition.settings, self.texts):
                written[draft.FILE_NAME] = open_.file()
            written[manifest.FILE_NAME] = self._manifest(written, further, numbers or {})

        def names() -> list[str]:
            """Return all files that may be there, the note of a draft among them."""
            return [*(owned() if callable(owned) else owned), draft.FILE_NAME]

        report_left(shared_folders.publish_own(self.name, written, self.folder, names), self.texts)

    def say_json(self, value: Any) -> None:  # noqa: ANN401 - all that JSON holds
        """Print a result as JSON; of a draft, each record names the open keys as a manifest does.

        Parameters
        ----------
        value : object
            A mapping, or a sequence of mappings, as ``screen.say_json`` takes it.
        """
        from fsva.config.editions import unfilled

        open_ = {"draf": keys} if (keys := unfilled.keys(self.order.edition.settings)) else {}
        if isinstance(value, Mapping):
            screen.say_json({**value, **open_})
        else:
            screen.say_json([{**record, **open_} for record in value])

    def remember(self) -> None:
        """Hash the inputs before they are read; what cannot be read, the command itself reports."""
        with suppress(SourceError):
            _ = self.order.fingerprints

    def _manifest(
        self, files: Mapping[str, bytes], further: tuple[str, ...], numbers: Numbers
    ) -> bytes:
        """Return which inputs and programs made files; a file that cannot be read has no hash."""
        from fsva.core.publishing import manifest

        order, inputs = self.order, dict[str, str]()
        facts: dict[str, object] = {"perintah": self.name}
        with suppress(SourceError):
            inputs = order.fingerprints
            facts = {"nomor": order.number, **facts, **order.facts()}
        if numbers:
            facts[manifest.SHEETS] = numbers
        return manifest.make(facts, inputs, files, (*order.libraries, *further))


Work = Callable[..., int | None]


def report_left(folders: Sequence[Path], texts: Texts) -> None:
    """Print the folders of earlier runs that cannot be removed, and the remedy."""
    for folder in folders:
        screen.say(texts("cli.sisa", folder=folder), err=True)


def command(
    texts: Texts,
    name: str,
    work: Work,
    *,
    words: str,
    folder: str | None = None,
    writes: bool = True,
    more: Sequence[click.Parameter] = (),
) -> Command:
    """Return a command about an edition.

    Parameters
    ----------
    work : callable
        Called with a ``Call`` and the values of further options; may return the exit code.
    folder : str or None
        Folder below that of the atlas; None = that of the atlas.
    writes : bool
        True if it writes files, so that it has --keluaran.
    more : sequence of click.Parameter
        Further arguments and options; one named ``keluaran`` replaces the usual one.
    """
    is_part = folder is not None and writes  # the atlas takes the hashes itself, and keeps more

    def run(
        edisi: Path,
        batas: Layer | None,
        bahasa: str,
        keluaran: Path | None = None,
        lapisan: str | None = None,
        sistem_kode: System | None = None,
        **rest: object,
    ) -> int | None:
        """Load the edition, say why it is a draft, and do the work."""
        edition = editions.load(edisi).reading(lapisan, sistem_kode, other=batas is not None)
        usual = default_folder(edition, bahasa)
        place = keluaran or usual.joinpath(*([folder] if folder else []))
        call = Call(
            edition,
            batas,
            place,
            texts,
            name,
            beside=keluaran or usual,
            keeps=is_part and not any(rest.get(option) for option in _SHOWN),
        )
        if is_part:
            call.remember()
        warn(call.order.edition, texts)
        with progress.shown(texts):
            return work(call, **rest)

    named = {parameter.name for parameter in more}
    output = [options.output(texts)] if writes and "keluaran" not in named else []
    arguments = [p for p in more if isinstance(p, click.Argument)]
    others = [p for p in more if not isinstance(p, click.Argument)]
    params = [
        options.edition(texts),
        *arguments,
        options.boundary(texts),
        *options.of_layer(texts),
        *output,
        *others,
        options.language(texts),
    ]
    return Command(texts, name=name, help=texts(words), callback=run, params=params)


def warn(edition: Edition, texts: Texts) -> None:
    """Print why the outputs of an edition are drafts.

    Parameters
    ----------
    edition : Edition
        Another boundary layer is part of its settings.
    """
    from fsva.words import draft

    if open_ := draft.of(edition.settings, texts):
        screen.say(open_.warning(edition.file), err=True)


def default_folder(edition: Edition, language: str) -> Path:
    """Return the usual folder of the atlas of an edition."""
    return edition.outputs(language)
