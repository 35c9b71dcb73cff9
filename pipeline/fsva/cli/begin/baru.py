"""``fsva baru``: begin the edition of an office from its boundary layer and its table.

Owns the questions, the order of the steps, and the list of what is still missing.
``fsva.begin.new_edition`` recognises what the files contain.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fsva.cli import options, progress, screen
from fsva.cli.commands import Command
from fsva.config.editions import database
from fsva.core.columns import BPS
from fsva.core.errors import FsvaError, LayerError, Place, PublishError, UsageError, told_at
from fsva.core.texts import Texts

if TYPE_CHECKING:
    from fsva.begin.new_edition_run import Answers, RecognisedFiles
    from fsva.checks.findings import Finding
    from fsva.config.editions.edition import Edition

EDITIONS = Path("editions")
# Options about the layer, which are keys of [batas] too.
LAYER_KEYS = ("lapisan", "kolom_kode", "kolom_nama", "kolom_bentuk", "sistem_kode")
MOST_SHOWN = 5


def make(texts: Texts) -> Command:
    """Return the command."""

    def run(bahasa: str, json: bool, **given: Any) -> None:  # noqa: ANN401 - options of click
        """Ask for what no option gives, then begin."""
        begin(_answers(given, texts), texts, as_json=json)

    return Command(
        texts,
        name="baru",
        help=texts("baru.bantuan"),
        callback=run,
        params=list(_params(texts)),
    )


def _params(texts: Texts) -> Iterator[click.Parameter]:
    file, name = texts("cli.m_berkas"), texts("baru.m_teks")
    path = click.Path(path_type=Path)
    yield click.Option(["--kode"], metavar="11.08", help=texts("baru.o_kode"))
    yield click.Option(["--nama"], metavar=name, help=texts("baru.o_nama"))
    yield click.Option(["--tahun"], metavar="2024", help=texts("baru.o_tahun"))
    layer = options.boundary(texts)
    layer.help = texts("baru.o_batas")
    yield layer
    yield from options.of_layer(texts)
    for field in ("kode", "nama", "bentuk"):
        words = texts(f"baru.o_kolom_{field}")
        yield click.Option([f"--kolom-{field}"], metavar=name, help=words)
    yield click.Option(["--tabel"], type=path, metavar=file, help=texts("baru.o_tabel"))
    yield click.Option(["--lembar"], metavar=name, help=texts("baru.o_lembar"))
    yield click.Option(["--metode"], metavar="ID", help=texts("baru.o_metode"))
    yield click.Option(["--dasar"], metavar="ID", help=texts("baru.o_dasar"))
    yield click.Option(["--sumber-batas"], metavar=name, help=texts("baru.o_sumber_batas"))
    yield click.Option(["--tahun-batas"], metavar="2023", help=texts("baru.o_tahun_batas"))
    yield click.Option(["--penyusun"], metavar=name, help=texts("baru.o_penyusun"))
    yield click.Option(["--instansi"], metavar=name, help=texts("baru.o_instansi"))
    output = options.output(texts)
    output.help = texts("baru.o_keluaran")
    yield output
    yield options.as_json(texts, writes=True)
    yield options.language(texts)


def _ask(name: str, texts: Texts) -> str:
    answer: str = click.prompt(texts(f"baru.t_{name}"), err=True)
    return answer.strip()


def _answers(given: Mapping[str, Any], texts: Texts) -> Answers:
    """Return the options of the command line; ask for those that are needed and missing."""
    from fsva.begin.new_edition_run import Answers

    code, name, year = _district(given, texts)
    return Answers(
        code,
        name,
        year,
        given["batas"] or database.layer(_ask("batas", texts)),
        given["tabel"] or Path(_ask("tabel", texts)),
        given["lembar"],
        given["dasar"],
        given["penyusun"],
        given["instansi"],
        given["keluaran"],
        {key: text for key in LAYER_KEYS if (text := given[key])},
        given["sumber_batas"],
        given["tahun_batas"],
        given["metode"],
    )


def _district(given: Mapping[str, str | None], texts: Texts) -> tuple[str, str, int]:
    """Return code, name and year; ask for those that no option gives."""
    from fsva.begin import new_edition, new_edition_run

    code = given["kode"] or _ask("kode", texts)
    if not new_edition.is_district_code(code) or code[:2] not in new_edition_run.provinces():
        raise UsageError("kode_kabupaten", [Place(column="--kode")], {"kode": code})
    said = given["nama"] or new_edition.known_name(code) or _ask("nama", texts)
    name = new_edition.bare_name(said)
    if not name:
        raise UsageError("masukan_kurang", (), {"nama": "--nama"})
    year = given["tahun"] or _ask("tahun", texts)
    if not (year.isascii() and year.isdigit() and 2000 <= int(year) <= 2100):
        raise UsageError("tahun_edisi", [Place(column="--tahun", found=year)])
    return code, name, int(year)


def begin(answers: Answers, texts: Texts, *, as_json: bool = False) -> None:
    """Write a new edition, and list its missing parts or announce that its atlas can be made.

    Parameters
    ----------
    as_json : bool
        Print the list as JSON.

    Raises
    ------
    FsvaError
        If a file cannot be read, or the edition exists already; then nothing is written.
    """
    from fsva.begin import new_edition, new_edition_run
    from fsva.cli.begin import selaraskan
    from fsva.config.editions import edition
    from fsva.core.publishing import publish
    from fsva.files.tables import cells

    folder = answers.folder or EDITIONS / new_edition.folder_name(
        answers.code, answers.name, answers.year
    )
    if folder.exists():
        raise PublishError("edisi_ada", [Place(folder)])
    with progress.bar(texts("baru.kerja"), 4) as done:
        recognised = _recognise(answers, folder, done)
        pairs = recognised.pairs()
        files = new_edition_run.named(answers, recognised, folder)
        made = new_edition_run.contents(answers, recognised, files, texts)
        publish.publish(made, folder, (), fresh=True)
        started = edition.load(folder)
        crosswalk = started.path(files.crosswalk)
        if not crosswalk.exists():
            columns = new_edition_run.crosswalk_columns(pairs)
            publish.write(cells.for_offices(columns), crosswalk, over=None)
        done(1)
        left = new_edition_run.left_over(recognised, crosswalk)
        whole = recognised.is_coded and not recognised.missing and not any(left)
        errors = _errors(started, texts) if whole else None
        if not whole and recognised.is_coded:
            errors = _misplaced(started, recognised, crosswalk, texts)
        done(1)
    missing = [*_missing(started, recognised, left, texts), *([errors] if errors else [])]
    if as_json:
        screen.say_json(_record(recognised, len(pairs), folder, missing))
    else:
        for line in _recognised(recognised, len(pairs), folder, texts):
            screen.say(line)
        for line in _advice(started, recognised, missing, texts):
            screen.say(line)
    if all(left) or not recognised.is_coded:
        selaraskan.propose(started, None, texts, quiet=as_json)


def _record(
    recognised: RecognisedFiles, n_pairs: int, folder: Path, missing: Sequence[str]
) -> dict[str, Any]:
    """Return what was recognised and what is still missing as JSON holds it."""
    return {
        BPS: recognised.district.bps_code,
        "folder": folder,
        "metode": recognised.rules.id,
        "baris_tabel": len(recognised.sheet.rows),
        "baris_kepala": recognised.sheet.header_row,
        "desa_batas": len(recognised.layer),
        "skema": recognised.schema.name,
        "padanan": n_pairs,
        "kurang": missing,
    }


def _recognise(answers: Answers, folder: Path, done: Callable[[int], None]) -> RecognisedFiles:
    """Recognise the files; a remedy names options, because there is no ``edition.toml`` yet."""
    from fsva.begin import new_edition_run

    try:
        return new_edition_run.recognise(answers, folder, done)
    except FsvaError as problem:
        raise told_at("baru", problem) from None


def _errors(started: Edition, texts: Texts) -> str | None:
    """Read, repair, join and check as the atlas does; return the errors in words, if any."""
    from fsva.runs import check_run
    from fsva.sources.layers import edition_layer

    layer = edition_layer.of_edition(started)
    report = check_run.of_edition(started, layer, None, texts).report
    return _told([finding for _, finding in report.of_level("galat")], started, texts)


def _misplaced(
    started: Edition, recognised: RecognisedFiles, crosswalk: Path, texts: Texts
) -> str | None:
    """Check places and names while other parts are missing; return the errors."""
    from fsva.runs import check_reading, placement_run
    from fsva.sources.layers import crs, edition_layer, village_layer
    from fsva.sources.tables import crosswalks, edition_tables

    asked, paired = edition_layer.of_edition(started), bool(recognised.pairs())
    file = asked.name
    try:
        # No pair at all: the names may belong to other codes, and the file holds its headings only.
        known = edition_tables.read_crosswalk(crosswalk) if paired else crosswalks.none()
        layer, _ = village_layer.settled(asked.rows, asked.request, known)
        placement_run.of_layer(started, crs.in_degrees(layer, file), file)
        placement_run.of_codes(started, *recognised.named())
    except LayerError as problem:
        return _told(check_reading.of_error(problem), started, texts)
    return None


def _told(findings: Sequence[Finding], started: Edition, texts: Texts) -> str | None:
    """Return errors in words: the first ones in full, and the number of others."""
    from fsva.checks import finding_words

    lines = [
        f"{finding_words.place(finding, texts)}: {finding_words.sentence(finding, 'pesan', texts)}"
        for finding in findings
    ]
    if not lines:
        return None
    head = texts("baru.k_galat", jumlah=len(lines), folder=started.folder)
    more = len(lines) - MOST_SHOWN
    rest = [texts("galat.umum.dan_lagi", n=more)] if more > 0 else []
    return "\n".join([head, *(f"- {text}" for text in lines[:MOST_SHOWN]), *rest])


def _recognised(
    recognised: RecognisedFiles, n_pairs: int, folder: Path, texts: Texts
) -> Iterator[str]:
    """Yield the recognised facts, and the folder of the edition."""
    from fsva.villages import names_shifted
    from fsva.words import oddity_words

    table, district = recognised.sheet, recognised.district
    yield texts(
        f"baru.tabel_{recognised.form}",
        jumlah=len(table.rows),
        baris=table.header_row,
        kode=district.bps_code,
    )
    for note in (note for note in table.notes if note.row is None):  # about the whole file
        yield texts(f"periksa.susunan.{note.key}.pesan", **note.facts)
    yield texts("baru.metode", metode=recognised.rules.name[texts.language], id=recognised.rules.id)
    yield texts("baru.batas", jumlah=len(recognised.layer), skema=recognised.schema.name)
    if recognised.unread:
        yield oddity_words.unread(recognised.unread, texts)
    yield from oddity_words.notes(names_shifted.undotted(*recognised.named()), texts)
    yield texts("baru.padanan", jumlah=n_pairs)
    yield texts("baru.ditulis", folder=folder)


def _advice(
    started: Edition,
    recognised: RecognisedFiles,
    missing: Sequence[str],
    texts: Texts,
) -> Iterator[str]:
    """Yield the numbered list of missing parts, or the command for the atlas."""
    from fsva.words import draft

    yield ""
    yield texts("baru.kurang" if missing else "baru.siap", folder=started.folder)
    for number, text in enumerate(missing, start=1):
        yield textwrap.indent(text, "     ").replace("     ", f"  {number}. ", 1)
    yield from _borrowed(started, recognised, texts)
    if open_ := draft.of(started.settings, texts):
        yield texts("baru.lengkapi", berkas=started.file, daftar=open_.listed)


def _missing(
    started: Edition, recognised: RecognisedFiles, left: tuple[int, int], texts: Texts
) -> Iterator[str]:
    from fsva.config.methods import method

    data = started.settings.data
    if recognised.missing:
        yield texts(
            "baru.k_kolom", berkas=started.path(data.table), kolom=", ".join(recognised.missing)
        )
    crosswalk = started.path(data.crosswalk)
    if any(left):
        yield texts("baru.k_padanan", tabel=left[0], batas=left[1], berkas=crosswalk)
    if started.settings.boundary.ids:
        yield texts(
            "baru.k_tanpa_kode",
            skema=recognised.schema.name,
            berkas=started.path(started.settings.boundary.ids),
        )
    yield from _of_others(started, texts)
    if started.settings.baseline is None and method.open_numbers(recognised.rules):
        yield texts(
            "baru.k_dasar", folder=started.folder, id=recognised.district.id, berkas=started.file
        )


def _of_others(started: Edition, texts: Texts) -> Iterator[str]:
    """Yield the values that name another district and stop a run."""
    from fsva.config.editions import other_districts

    for foreign in other_districts.of(started.settings):
        yield texts("baru.k_daerah_lain", berkas=started.file, kunci=foreign.key, teks=foreign.text)


def _borrowed(started: Edition, recognised: RecognisedFiles, texts: Texts) -> Iterator[str]:
    """Yield a remark if the cut-offs belong to another district."""
    from fsva.config.editions import other_districts

    baseline = recognised.rules.baseline
    said = baseline[texts.language] if baseline else ""
    if names := other_districts.names_in(said, started.settings.district):
        yield texts(
            "baru.k_dasar_lain",
            dasar=started.settings.baseline,
            nama=", ".join(names),
            folder=started.folder,
            id=recognised.district.id,
        )
