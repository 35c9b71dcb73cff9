"""``fsva gaya audit``: the distances between the class colours of a theme, as all readers see them.

Finds themes by name or file, and owns the printed table and the exit code.
``fsva.drawing.maps.colour_audit`` measures the distances.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fsva.cli import options, screen
from fsva.cli.check.metode_periksa import find
from fsva.cli.commands import Command
from fsva.core import resources
from fsva.core.texts import Texts

if TYPE_CHECKING:
    from fsva.config.methods.measures import MapClass
    from fsva.config.methods.method import Method
    from fsva.drawing.maps.colour_audit import Audit, ClassBorder, ColourDistances, Line, Pair

WITH_FINDINGS = 1  # docs/kode-keluar.md
_WIDTH = 9


def make(texts: Texts) -> Command:
    """Return the command."""

    def run(gaya: str | None, metode: str | None, json: bool, bahasa: str) -> int:
        """Measure the themes."""
        return audit(gaya, metode, texts, as_json=json)

    return Command(
        texts,
        name="audit",
        help=texts("gaya.bantuan"),
        callback=run,
        params=[
            click.Argument(["gaya"], metavar=f"[{texts('gaya.m_gaya')}]", required=False),
            click.Option(
                ["--metode"], metavar=texts("metode.m_metode"), help=texts("gaya.o_metode")
            ),
            options.as_json(texts),
            options.language(texts),
        ],
    )


def audit(name: str | None, method: str | None, texts: Texts, *, as_json: bool = False) -> int:
    """Measure the class colours of themes and print the distances.

    Parameters
    ----------
    name : str or None
        Id or file of a theme; None = all shipped ones.
    method : str or None
        Id or file of the method of the maps; None = all shipped ones.
    as_json : bool
        Print JSON in place of tables.

    Returns
    -------
    int
        1 if some readers may confuse classes, else 0.

    Raises
    ------
    SourceError, StyleError
        If a file is missing or invalid.
    UsageError
        If coloraide is not installed.
    """
    from fsva.drawing.maps import colour_audit

    limits = colour_audit.load_limits(_folder() / colour_audit.FILE_NAME)
    themes = [find(name, "gaya")] if name else sorted((_folder() / "gaya").glob("*.toml"))
    methods = [find(method, "metode")] if method else sorted((_folder() / "metode").glob("*.toml"))
    results = {file.stem: _of_theme(file, methods, limits) for file in themes}
    if as_json:
        screen.say_json(record(results, limits))
    else:
        screen.say("\n".join(_lines(results, limits, texts)))
    has_findings = any(each.n_findings for audits in results.values() for each in audits)
    return WITH_FINDINGS if has_findings else 0


def _folder() -> Path:
    styles = Path.cwd() / "styles"
    return styles if (styles / "gaya").is_dir() else resources.packaged("styles")


def _of_theme(file: Path, methods: Sequence[Path], limits: ColourDistances) -> list[Audit]:
    """Audit all sets of classes and colours on maps of the methods in a theme."""
    from fsva.config.methods import method as rules
    from fsva.config.styles import palette, theme
    from fsva.drawing.maps import colour_audit

    style = theme.load(file)
    shown: dict[tuple[object, ...], tuple[Sequence[MapClass], str, int]] = {}
    for method in methods:
        painted = palette.painted(rules.load_open(method), style, file)
        for classes in _kinds(painted):
            key = (
                painted.no_data_colour,
                painted.first_secure,
                *((c.members, c.colour) for c in classes),
            )
            shown.setdefault(key, (classes, painted.no_data_colour, painted.first_secure))
    audits = [
        colour_audit.audit(c, none, style, limits, first) for c, none, first in shown.values()
    ]
    return sorted(audits, key=lambda audit: -audit.n_classes)


def _kinds(method: Method) -> Iterator[tuple[MapClass, ...]]:
    for measure in method.measures():
        yield method.classes_of(measure)


def record(results: dict[str, list[Audit]], limits: ColourDistances) -> dict[str, Any]:
    """Return audits for JSON, with Indonesian keys.

    Parameters
    ----------
    limits : ColourDistances
        Least distances.
    """
    from fsva.drawing.maps import colour_audit

    return {
        "model": colour_audit.MODELS,
        "jarak": "CIEDE2000",
        "ambang": limits.model_dump(by_alias=True),
        "gaya": [
            {
                "gaya": name,
                "temuan": sum(a.n_findings for a in audits),
                "peta": [_map_record(a) for a in audits],
            }
            for name, audits in results.items()
        ],
    }


def _map_record(measured: Audit) -> dict[str, Any]:
    pairs = [
        {
            "kelas": [p.first, p.second],
            **p.distances,
            "kelabu": p.lightness,
            "terlalu_dekat": list(p.near),
            "penanda_kedua": p.channel,
            "temuan": p.is_finding,
        }
        for p in measured.pairs
    ]
    lines = [
        {"kelas": line.number, "selisih_terang": line.lightness, "temuan": line.is_finding}
        for line in measured.lines
    ]
    borders = [
        {"kelas": b.number, "warna": b.colour, "kontras": b.contrast, "temuan": b.is_finding}
        for b in measured.borders
    ]
    return {
        "jumlah_kelas": measured.n_classes,
        "pasangan": pairs,
        "arsir": lines,
        "batas_desa": borders,
    }


def _lines(results: dict[str, list[Audit]], limits: ColourDistances, texts: Texts) -> Iterator[str]:
    yield texts("gaya.model")
    facts = {k: texts.decimal(v, 0) for k, v in limits.model_dump(by_alias=True).items()}
    yield texts("gaya.ambang", **facts)
    for name, audits in results.items():
        for audit in audits:
            yield ""
            yield texts("gaya.judul", gaya=name, jumlah=audit.n_classes)
            yield from _table(audit, texts)
            yield from (_hatch(line, texts) for line in audit.lines)
            yield from (_border(border, texts) for border in audit.borders)
            key = "temuan" if audit.n_findings else "tanpa_temuan"
            yield texts(f"gaya.{key}", jumlah=audit.n_findings)


def _table(measured: Audit, texts: Texts) -> Iterator[str]:
    from fsva.drawing.maps.colour_audit import VISIONS

    columns = [texts(f"gaya.kolom_{name}") for name in (*VISIONS, "kelabu")]
    heads = "".join(column.rjust(_WIDTH) for column in columns)
    yield f"  {texts('gaya.kolom_kelas'):<8}{heads}  {texts('gaya.kolom_nilai')}"
    for pair in measured.pairs:
        values = [*pair.distances.items(), ("kelabu", pair.lightness)]
        cells = "".join(
            f"{'*' if name in pair.near else ''}{texts.decimal(value, 1)}".rjust(_WIDTH)
            for name, value in values
        )
        yield f"  {_name(pair, texts):<8}{cells}  {texts(f'gaya.nilai_{_verdict(pair)}')}"


def _name(pair: Pair, texts: Texts) -> str:
    shown = [str(n) if n else texts("gaya.tanpa_data") for n in (pair.first, pair.second)]
    return "-".join(shown)


def _verdict(pair: Pair) -> str:
    if pair.is_finding:
        return "temuan"
    return "penanda" if pair.near else "baik"


def _hatch(line: Line, texts: Texts) -> str:
    verdict = texts(f"gaya.arsir_{'temuan' if line.is_finding else 'baik'}")
    value = texts.decimal(line.lightness, 1)
    return f"  {texts('gaya.arsir', kelas=line.number, selisih=value)}  {verdict}"


def _border(border: ClassBorder, texts: Texts) -> str:
    verdict = texts(f"gaya.batas_{'temuan' if border.is_finding else 'baik'}")
    number = str(border.number) if border.number else texts("gaya.tanpa_data")
    value = texts.decimal(border.contrast, 2)
    return f"  {texts('gaya.batas', kelas=number, warna=border.colour, kontras=value)}  {verdict}"
