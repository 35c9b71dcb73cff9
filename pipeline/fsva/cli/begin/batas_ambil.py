"""``fsva batas ambil``: fetch the village layer of a kabupaten from a public source.

Owns the options of the command, its progress line, and the places of its files.
``fsva.begin.fetch`` owns the steps; no other command uses the network.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fsva.cli import options, screen
from fsva.cli.commands import Command
from fsva.core import resources
from fsva.core.texts import Texts

if TYPE_CHECKING:
    from fsva.begin.fetch import Taken
    from fsva.config.editions.boundary_sources import LayerRecord, Source
    from fsva.sources.web.download import Begun, Keeper

_MEGABYTE = 1_000_000.0


@dataclass(frozen=True)
class _Call:
    """The options of the command, as typed."""

    code: str
    file: Path
    brought: tuple[Path, ...]
    day: date | None
    texts: Texts

    @property
    def kept(self) -> Path:
        """Return the file that keeps the beginning of a download until the next run."""
        return self.file.with_name(f".{self.file.name}.sebagian")


def make(texts: Texts) -> Command:
    """Return the command."""

    def run(kode: str, bahasa: str, **given: Any) -> None:  # noqa: ANN401 - options of click
        """Choose the source, then fetch."""
        _run(_source(given["sumber"], given["daftar"]), _call(kode, bahasa, given))

    return Command(
        texts, name="ambil", help=texts("ambil.bantuan"), callback=run, params=_params(texts)
    )


def _source(named: str | None, listed: Path | None) -> Source:
    """Return a source by its name, of the office's list or of ours."""
    from fsva.config.editions import boundary_sources

    ours = resources.packaged("styles") / boundary_sources.LIST_NAME
    return boundary_sources.load(listed or ours).choose(named)


def _call(district: str, language: str, given: Mapping[str, Any]) -> _Call:
    """Return the options of the command line."""
    from fsva.config.editions import boundary_sources
    from fsva.core import texts

    code, day = boundary_sources.check_district(district), given["tanggal"]
    words = texts.load("en" if language == "en" else "id")
    file = given["keluaran"] or Path(f"desa_{code}.geojson")
    return _Call(code, file, given["berkas"], day.date() if day else None, words)


def _params(texts: Texts) -> list[click.Parameter]:
    path, metavar = click.Path(path_type=Path), texts("cli.m_berkas")
    return [
        click.Argument(["kode"], metavar=texts("ambil.m_kode")),
        click.Option(["--sumber"], metavar="ID", help=texts("ambil.o_sumber")),
        click.Option(["--daftar"], type=path, metavar=metavar, help=texts("ambil.o_daftar")),
        click.Option(
            ["--berkas"], type=path, metavar=metavar, multiple=True, help=texts("ambil.o_berkas")
        ),
        click.Option(
            ["--tanggal"],
            type=click.DateTime(["%Y-%m-%d"]),
            metavar=texts("ambil.m_tanggal"),
            help=texts("ambil.o_tanggal"),
        ),
        click.Option(["--keluaran"], type=path, metavar=metavar, help=texts("ambil.o_keluaran")),
        options.language(texts),
    ]


def _run(source: Source, call: _Call) -> None:
    from fsva.begin import fetch
    from fsva.config.editions import boundary_sources
    from fsva.core.publishing import publish
    from fsva.files.tables import layer_geojson

    beside = call.file.with_name(boundary_sources.RECORD_NAME)
    before = publish.standing(beside)
    former = boundary_sources.records_beside(call.file)
    others = boundary_sources.others_beside(call.file)
    taken = _take(source, call)
    layer, ledger = fetch.layer(source, call.code, taken.answers)
    content = layer_geojson.geojson(layer)
    record = fetch.record(source, taken, call.file.name, content, len(layer))
    publish.write(content, call.file)
    publish.write(layer_geojson.sources_toml(former.plus(record), others), beside, over=before)
    publish.remove(call.kept)
    _tell(record, int((ledger["perubahan"] > 0).sum()), call)


def _take(source: Source, call: _Call) -> Taken:
    """Collect the answers: from files in the options, else from the network."""
    from fsva.begin import fetch
    from fsva.sources.web import download

    if call.brought:
        contents = [download.read_brought(file) for file in call.brought]
        return fetch.dated(fetch.by_hand(source, call.code, contents), call.day)
    listener = download.Listener(_progress(call.texts), _keeper(call.kept))
    begun = download.read_begun(call.kept)
    if begun is not None:
        screen.say(call.texts("ambil.lanjut", bita=len(begun.content)), err=True)
    return fetch.dated(fetch.ask(source, call.code, listener, begun), call.day)


def _keeper(file: Path) -> Keeper:
    """Return a function that writes the beginning of an answer beside the future layer."""
    from fsva.core.publishing import publish

    def keep(begun: Begun) -> None:
        """Keep what has come so far."""
        publish.write(begun.to_bytes(), file)

    return keep


def _progress(texts: Texts) -> Callable[[int, int | None], None]:
    """Return a progress display for the terminal; a file or a pipe gets no such lines."""

    def show(done: int, total: int | None) -> None:
        """Show how much has come."""
        of_all = texts("ambil.dari", jumlah=texts.decimal(total / _MEGABYTE, 1)) if total else ""
        line = texts("ambil.datang", jumlah=texts.decimal(done / _MEGABYTE, 1), dari=of_all)
        screen.say_over(line, ends=done == total)

    return show


def _tell(record: LayerRecord, n_mended: int, call: _Call) -> None:
    """Print a summary of the layer, and the lines for edition.toml."""
    texts = call.texts
    said = record.attribution
    screen.say(texts("ambil.selesai", desa=record.n_villages, berkas=call.file, ubah=n_mended))
    screen.say(texts("ambil.lisensi", lisensi=record.licence, tanggal=texts.date(record.day)))
    screen.say(
        texts("ambil.edisi", berkas=call.file.name, tahun=record.day.year, id=said.id, en=said.en)
    )
