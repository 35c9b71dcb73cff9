"""``fsva buku``: the report of an edition as Word and PDF, and what is handed in with it.

Owns the dialogue: what was replaced in the author's files, what is kept, what is still to write.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from fsva.cli import options, runner, screen
from fsva.cli.commands import Command
from fsva.cli.runner import Call
from fsva.core.texts import Texts

if TYPE_CHECKING:
    from fsva.runs.book.book_files import MadeDocument


def make(texts: Texts) -> Command:
    """Return the command."""
    from fsva.runs.book.book_files import FOLDER

    anew = click.Option(["--dari-awal"], is_flag=True, help=texts("buku.o_dari_awal"))
    return runner.command(
        texts,
        "buku",
        make_book,
        words="buku.bantuan",
        folder=FOLDER,
        more=[anew, options.as_json(texts, writes=True)],
    )


def make_book(call: Call, *, dari_awal: bool, json: bool) -> None:
    """Write the report of an edition, all files or none.

    Parameters
    ----------
    dari_awal : bool
        Begin the Word files anew; those that stand there are kept beside them.

    json : bool
        Print as JSON what happened to each document, and nothing else.

    Raises
    ------
    FsvaError
        If an input cannot be used; then the output folder stays unchanged.
    """
    from fsva.core.errors import Place, PublishError
    from fsva.core.publishing import manifest, publish
    from fsva.runs.book import book_files, book_run, edition_book

    files = {name: call.folder / f"{name}{book_files.WORD}" for name in edition_book.DOCUMENTS}
    standing = {name: publish.standing(file) for name, file in files.items()}
    made = book_run.make(call.order, call.folder, standing, anew=dari_awal)
    for document in () if json else made.documents:
        for line in _lines(document, call):
            screen.say(line)

    def owned() -> list[str]:
        """Return what a run may replace, unless somebody has saved a document meanwhile."""
        for name, file in files.items():
            if publish.standing(file) != standing[name]:
                raise PublishError("berkas_berubah", [Place(file)])
        kept = [
            n for n in manifest.own_outputs(call.folder, call.name) if not book_files.is_kept(n)
        ]
        return [*kept, manifest.FILE_NAME]

    if json:
        call.put(made.files, owned)
        screen.say_json([_record(document) for document in made.documents])
    else:
        call.publish(made.files, owned, "buku.selesai")


def _record(made: MadeDocument) -> dict[str, Any]:
    """Return what happened to a document as JSON holds it."""
    done = made.rewritten
    return {
        "berkas": made.word,
        "baru": done is None,
        "tanpa_kendali": done is not None and done.is_bare,
        "diganti": list(done.replaced) if done else [],
        "diubah": [change.tag for change in done.changed] if done else [],
        "dihapus": list(done.removed) if done else [],
        "belum_ada": list(done.missing) if done else [],
        "disimpan": made.kept or None,
        "isian": made.open_blanks,
    }


def _lines(made: MadeDocument, call: Call) -> Iterator[str]:
    """Yield what happened to a document, and what its author has still to write."""
    done, texts, file = made.rewritten, call.texts, call.folder / made.word
    if done is not None and done.is_bare:
        yield texts("buku.tanpa_kendali", berkas=file)
        return
    if done is not None:
        key = "diganti" if done.replaced else "tetap"
        yield _named(key, done.replaced, made.word, texts)
        if done.changed:
            yield _named("diubah", tuple(c.tag for c in done.changed), made.word, texts)
        if done.removed:
            yield _named("dihapus", done.removed, made.word, texts)
        if done.missing:
            yield _named("belum_ada", done.missing, made.word, texts)
    if made.kept:
        yield texts("buku.disimpan", berkas=made.kept)
    key = "isian_jumlah" if made.open_blanks else "isian_nol"
    yield texts(f"buku.{key}", jumlah=made.open_blanks, berkas=file)


def _named(key: str, tags: tuple[str, ...], word: str, texts: Texts) -> str:
    names = ", ".join(tag.partition(":")[2] for tag in dict.fromkeys(tags))
    return texts(f"buku.{key}", jumlah=len(set(tags)), daftar=names, berkas=word)
