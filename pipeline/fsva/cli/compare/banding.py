"""``fsva banding``: the changes between editions, and their reasons.

Owns the options, the choice between folders and revisions, and the exit code.
``fsva.comparison.changes.side_readers`` reads the sides, ``fsva.comparison.view.terminal`` prints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fsva.cli import class_colours, options, progress, runner, screen
from fsva.cli.commands import Command
from fsva.core import resources
from fsva.core.errors import FsvaError, UsageError
from fsva.core.screens import steps
from fsva.core.texts import Texts

if TYPE_CHECKING:
    from fsva.comparison.changes.shared_results import Shared
    from fsva.comparison.git.revisions import Revision
    from fsva.comparison.values.result import Comparison
    from fsva.comparison.values.side_data import SideData

DIFFERENT = 1
_COMMAND = "banding"
_ERRATA = "ralat"  # folder
_MOST_ERRATA = 20  # on the screen, when files hold them all
_MOST_SIDES = 26
_GIT_WORDS, _GIT_VILLAGES = 7, 100
# Packages that its files are written with, beside those of every run.
_WRITES_WITH = ("python-docx", "xlsxwriter")


@dataclass(frozen=True)
class ComparisonOptions:
    """The options of the command line.

    Parameters
    ----------
    sides : tuple of str
        Folders, or ``REV:folder``.
    old, new : str or None
        Revisions of a single side.
    forced : bool
        Compare across methods and baselines.
    rows : int or None
        Rows per list; replaces the number in ``styles/banding.toml``.
    screen_only : bool
        Write no files.
    pictures : bool
        Draw the maps of two editions and compare their pictures.
    as_json : bool
        Print the comparison as JSON and write no files.
    """

    sides: tuple[str, ...]
    old: str | None = None
    new: str | None = None
    forced: bool = False
    rows: int | None = None
    folder: Path | None = None
    screen_only: bool = False
    pictures: bool = False
    as_json: bool = False


def make(texts: Texts) -> Command:
    """Return the command."""

    def run(
        sisi: tuple[str, ...],
        baris: int | None,
        git: bool,
        exit_code: bool,
        bahasa: str,
        **given: Any,  # noqa: ANN401 - options of click
    ) -> int:
        """Compare for git, or for people."""
        if given.pop("cetakan"):
            return errata(sisi, {"git": git, "baris": baris, **given}, texts)
        if git:
            if given["json"]:
                raise UsageError("perintah_salah", (), {"pesan": "--git --json"})
            return _of_git(sisi, baris, texts)
        same = compare(_choices(sisi, baris, given), texts).summary.same
        return DIFFERENT if exit_code and not same else 0

    return Command(
        texts,
        name="banding",
        help=texts("banding.bantuan"),
        callback=run,
        params=list(_params(texts)),
    )


def _choices(
    sides: tuple[str, ...], rows: int | None, given: Mapping[str, Any]
) -> ComparisonOptions:
    """Return the options of the command line."""
    return ComparisonOptions(
        sides,
        given["dari"],
        given["ke"],
        given["paksa"],
        rows,
        given["keluaran"],
        given["layar"],
        given["gambar"],
        given["json"],
    )


def _params(texts: Texts) -> Iterator[click.Parameter]:
    revision, number = texts("banding.m_revisi"), texts("banding.m_angka")
    yield click.Argument(["sisi"], nargs=-1, required=True, metavar=texts("banding.m_sisi"))
    yield click.Option(["--dari"], metavar=revision, help=texts("banding.o_dari"))
    yield click.Option(["--ke"], metavar=revision, help=texts("banding.o_ke"))
    yield click.Option(["--paksa"], is_flag=True, help=texts("banding.o_paksa"))
    yield click.Option(
        ["--baris"], type=click.IntRange(1), metavar=number, help=texts("banding.o_baris")
    )
    yield click.Option(["--exit-code"], is_flag=True, help=texts("banding.o_kode"))
    output = options.output(texts)
    output.help = texts("banding.o_keluaran")
    yield output
    yield click.Option(["--layar"], is_flag=True, help=texts("banding.o_layar"))
    yield click.Option(["--gambar"], is_flag=True, help=texts("perubahan.o_gambar"))
    yield click.Option(["--git"], is_flag=True, help=texts("banding.o_git"))
    yield click.Option(["--cetakan"], is_flag=True, help=texts("banding.o_cetakan"))
    yield options.as_json(texts)
    yield options.language(texts)


def errata(sides: Sequence[str], given: Mapping[str, Any], texts: Texts) -> int:
    """Compare an edition with its published report, print the errata, and write their files.

    Returns
    -------
    int
        0: faults of a report are no fault of the command.

    Raises
    ------
    FsvaError
        If the edition names no printed tables, or one cannot be read.
    """
    from fsva.comparison.errata import errata_run
    from fsva.config.editions import edition as editions
    from fsva.files.tables import program_records

    others = [key for key in ("dari", "ke", "git", "gambar") if given[key]]
    if len(sides) != 1 or others:
        raise UsageError("cetakan_satu_sisi", [])
    edition = editions.load(Path(sides[0]))
    folder = given["keluaran"] or runner.default_folder(edition, texts.language) / _ERRATA
    call = runner.Call(edition, None, folder, texts, errata_run.COMMAND)
    runner.warn(call.order.edition, texts)
    (head, *lines), files = errata_run.make(call.order)
    if given["json"]:
        screen.say_json(program_records.of_files(files))
        return 0
    most = given["baris"] or (len(lines) if given["layar"] else _MOST_ERRATA)
    for line in (head, *lines[:most]):
        screen.say(line)
    if len(lines) > most:
        screen.say(texts("ralat.dan_lagi", n=len(lines) - most))
    if not given["layar"]:
        call.publish(files, list(files))
    return 0


def compare(choices: ComparisonOptions, texts: Texts) -> Comparison:
    """Compare the sides of the command line, print the result, and write its files.

    Raises
    ------
    FsvaError
        If a side cannot be read, or the classes of two sides are not comparable.
    """
    from fsva.comparison.changes import compare as comparing
    from fsva.comparison.changes import shared_results, side_readers
    from fsva.comparison.changes.shared_results import Shared
    from fsva.comparison.values import comparison_json
    from fsva.comparison.values import comparison_thresholds as thresholds
    from fsva.comparison.view import all_files as views
    from fsva.comparison.view import terminal

    named = _named(choices)
    limits = thresholds.load(resources.packaged("styles") / thresholds.FILE_NAME)
    with ExitStack() as stack, progress.shown(texts):
        sides = steps.walked(list(enumerate(named)))
        writes = not (choices.screen_only or choices.as_json)
        shared = Shared(choices.folder, writes)
        held = [_held(name, n, texts, stack, shared) for n, name in sides]
        wish = comparing.Wish(limits, choices.rows or limits.budget.files, choices.forced)
        held = side_readers.told_apart(held)
        comparison = comparing.compare(held, wish)
        comparison = views.with_pictures(comparison, held[0], held[-1], draw=choices.pictures)
        if choices.as_json:
            screen.say_json(comparison_json.record(comparison))
            return comparison
        word = texts.raw("banding.git.kelas").partition("{a}")[0].split()[-1]
        paint = class_colours.painter(held[-1].rules, rf"\b{word}\s+\d\s+->\s+\d\b")
        for line in terminal.lines(comparison, texts, choices.rows or limits.budget.screen):
            screen.say(line, paint=paint)
        if not choices.screen_only:
            files = views.files(comparison, held[0], held[-1], texts)
            folder = choices.folder or _folder(named, comparison, texts)
            publish_views(comparison, held, files, folder, texts)
            shared_results.keep(held)
    return comparison


def _named(choices: ComparisonOptions) -> list[Path | Revision]:
    """Parse the arguments to folders and revisions, in their order."""
    from fsva.comparison.git import revisions

    if choices.old is None and choices.new is None:
        if not 2 <= len(choices.sides) <= _MOST_SIDES:
            raise UsageError("banding_sisi")
        here = Path()
        return [revisions.of_words(words, here) or Path(words) for words in choices.sides]
    if len(choices.sides) != 1 or choices.old is None:
        raise UsageError("banding_revisi")
    folder = Path(choices.sides[0])
    newer = revisions.of_folder(folder, choices.new) if choices.new is not None else folder
    return [revisions.of_folder(folder, choices.old), newer]


def _held(
    named: Path | Revision, number: int, texts: Texts, stack: ExitStack, shared: Shared
) -> SideData:
    """Read a side; the files of a revision go to a folder that the stack removes."""
    from fsva.comparison.changes import side_readers
    from fsva.comparison.git import revisions
    from fsva.sources.tables import output_folders

    label = side_readers.LABELS[number]
    if not isinstance(named, Path):
        shared = replace(shared, keeps=False)  # its outputs would stand where nothing stays
    folder = named if isinstance(named, Path) else stack.enter_context(revisions.checked_out(named))
    is_output = (folder / output_folders.CLASSES).is_file() and not (
        folder / "edition.toml"
    ).is_file()
    held = (
        side_readers.of_output(folder, label)
        if is_output
        else side_readers.of_edition(folder, label, texts, shared)
    )
    if isinstance(named, Path):
        return held
    told = replace(held.side, origin="git", source=named.path, revision=named.commit)
    return replace(held, side=told)


def _folder(named: Sequence[Path | Revision], comparison: Comparison, texts: Texts) -> Path:
    """Return ``outputs/<district>/banding-<old>-<new>`` in the project of the newer side."""
    a, b = comparison.sides[0], comparison.sides[-1]
    last = named[-1]
    folder = resources.resolved(last if isinstance(last, Path) else last.repository / last.path)
    marks = [
        side.revision[:7] if side.revision else str(side.year or side.label) for side in (a, b)
    ]
    if marks[0] == marks[1]:
        marks = [f"{mark}{side.label.lower()}" for mark, side in zip(marks, (a, b), strict=True)]
    name = "banding-" + "-".join(marks) + ("" if texts.language == "id" else f"-{texts.language}")
    if b.origin == "keluaran":
        return folder.parent / name
    return folder.parent.parent / "outputs" / _plain(b.district) / name


def _plain(district: str) -> str:
    """Return the name of a district's folder, as in ``fsva atlas``."""
    name = district.lower().removeprefix("kabupaten ")
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-")


def _manifest(held: Sequence[SideData], files: dict[str, bytes], texts: Texts) -> bytes:
    """Return what the sides were made of, and which programs compared them."""
    from fsva.core.publishing import manifest

    sides = [
        {"sisi": one.label, "asal": one.origin, "nama": one.source, "revisi": one.revision}
        for one in (data.side for data in held)
    ]
    inputs = {
        f"{data.side.label}/{name}": found
        for data in held
        if isinstance(named := data.manifest.get("masukan"), Mapping)
        for name, found in named.items()
    }
    facts = {"perintah": _COMMAND, "bahasa": texts.language, "sisi": sides}
    return manifest.make(facts, inputs, files, _WRITES_WITH)


def publish_views(
    comparison: Comparison,
    held: Sequence[SideData],
    views: dict[str, bytes],
    folder: Path,
    texts: Texts,
) -> None:
    """Write the files of a comparison with their manifest, all or none, and say so.

    Parameters
    ----------
    held : sequence of SideData
        What was compared.
    views : dict of str to bytes
        Page, workbook and so on, by file name.

    Raises
    ------
    PublishError
        The folder cannot be written and stays unchanged.
    """
    from fsva.comparison.values import comparison_json
    from fsva.comparison.view import word_document
    from fsva.core.publishing import manifest, shared_folders

    files = {comparison_json.FILE_NAME: comparison_json.to_json(comparison), **views}
    files[manifest.FILE_NAME] = _manifest(held, files, texts)
    former = partial(manifest.own_outputs, folder, _COMMAND)
    left = shared_folders.publish_own(_COMMAND, files, folder, lambda: [*files, *former()])
    screen.say("")
    screen.say(texts("banding.selesai", jumlah=len(files), folder=folder))
    runner.report_left(left, texts)
    if word_document.FILE_NAME not in files:
        screen.say(texts("perubahan.tanpa_docx"))


def _of_git(words: tuple[str, ...], rows: int | None, texts: Texts) -> int:
    """Print the change of one table from the arguments of ``git diff``."""
    from fsva.comparison.git import git_diff

    if len(words) not in (_GIT_WORDS, _GIT_WORDS + 2):  # two more for a renamed file
        raise UsageError("banding_git")
    path, old, new = (Path(words[n]) for n in (0, 1, 4))
    try:
        shown = list(git_diff.lines(path, old, new, texts, rows or _GIT_VILLAGES))
    except FsvaError as problem:  # git diff must not stop at a half-edited table
        shown = list(git_diff.plain(path, old, new, problem, texts))
    for line in shown:
        screen.say(line)
    return 0
