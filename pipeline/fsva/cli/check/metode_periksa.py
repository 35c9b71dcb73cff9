"""``fsva metode periksa``: check a method file and print it as the office's tables 1.1 and 1.2.

Finds the method and its baseline by name or file, and owns the layout of the printed tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fsva.cli import options, screen
from fsva.cli.commands import Command
from fsva.core import printed, resources
from fsva.core.errors import Place, StyleError
from fsva.core.texts import Texts

if TYPE_CHECKING:
    from fsva.config.methods.method import Indicator, Measure, Method


def make(texts: Texts) -> Command:
    """Return the command."""

    def run(metode: str, dasar: str | None, json: bool, bahasa: str) -> None:
        """Check one method."""
        check(metode, dasar, texts, as_json=json)

    return Command(
        texts,
        name="periksa",
        help=texts("metode.bantuan"),
        callback=run,
        params=[
            click.Argument(["metode"], metavar=texts("metode.m_metode")),
            click.Option(
                ["--dasar"], metavar=texts("metode.m_dasar"), help=texts("metode.o_dasar")
            ),
            options.as_json(texts),
            options.language(texts),
        ],
    )


def check(name: str, baseline: str | None, texts: Texts, *, as_json: bool = False) -> None:
    """Check a method and print it.

    Parameters
    ----------
    name : str
        A file, or the id of a method under ``styles/metode``.
    baseline : str or None
        A file, or the id of a baseline under ``styles/dasar``; None = the tables show open
        numbers as open.
    as_json : bool
        Print what the files say as JSON, with their keys.

    Raises
    ------
    SourceError, StyleError
        If a file is missing or invalid.
    """
    from fsva.config.methods import method

    file = find(name, "metode")
    baseline_file = find(baseline, "dasar") if baseline else None
    rules = method.load(file, baseline_file) if baseline_file else method.load_open(file)
    if as_json:
        screen.say_json(_record(rules))
    else:
        screen.say("\n".join(describe(rules, texts)))


def _record(rules: Method) -> dict[str, Any]:
    """Return a method as JSON holds it: the keys of its file, weights as numbers."""
    record = rules.model_dump(by_alias=True)
    for indicator, told in zip(rules.indicators, record["indikator"], strict=True):
        unit = indicator.calculation_unit
        told |= {"bobot": indicator.weight, "satuan_hitung": None if unit is None else str(unit)}
    for name, column in rules.columns.items():
        record["kolom"][name]["satuan"] = str(column.unit)
    return record


def find(name: str, kind: str) -> Path:
    """Return the file of a name: the file itself, or one under ``styles/``.

    Parameters
    ----------
    name : str
        Path, or id without ending.
    kind : str
        Folder of it below ``styles/``: ``metode``, ``dasar`` or ``gaya``.

    Raises
    ------
    StyleError
        If neither exists.
    """
    file = Path(name)
    if file.suffix == ".toml" or file.is_file():
        return file
    styles = Path.cwd() / "styles"
    folder = (styles if styles.is_dir() else resources.packaged("styles")) / kind
    listed = folder / f"{name}.toml"
    if not listed.is_file():
        known = ", ".join(sorted(f.stem for f in folder.glob("*.toml")))
        raise StyleError("metode_hilang", [Place(column=kind, found=name)], {"ada": known})
    return listed


def describe(rules: Method, texts: Texts) -> Iterator[str]:
    """Yield the description of a method.

    Parameters
    ----------
    rules : Method
        May have open numbers.
    """
    from fsva.config.methods import method

    yield f"{rules.name[texts.language]} ({rules.id})"
    left_open = method.open_numbers(rules)
    if rules.baseline is not None:
        yield texts("metode.dengan_dasar", dasar=rules.baseline[texts.language])
        if rules.proposed:
            yield texts("laporan.cut_off_usulan")
    elif left_open:
        yield texts("metode.tanpa_dasar", jumlah=len(left_open))
    else:
        yield texts("metode.nasional")
    for part in (_definitions, _columns, _weights, _classes):
        yield ""
        yield from part(rules, texts)
    yield ""
    yield texts("metode.sah")


def _definitions(rules: Method, texts: Texts) -> Iterator[str]:
    """Yield table 1.1: indicator, definition, unit, source columns."""
    yield texts("metode.tabel_1_1")
    for n, indicator in enumerate(rules.indicators, start=1):
        yield f"{n:>3}. {indicator.name[texts.language]} [{indicator.id}]"
        for label, words in (*_definition(rules, indicator, texts), *_zero(indicator, texts)):
            yield from _labelled(texts(f"metode.{label}"), words)


def _definition(rules: Method, indicator: Indicator, texts: Texts) -> Iterator[tuple[str, str]]:
    yield "definisi", indicator.formula[texts.language]
    yield "satuan", indicator.unit[texts.language]
    yield "baik", texts(f"metode.baik_{indicator.better}")
    if indicator.calculation is None:
        yield "hitung", texts("metode.tanpa_rumus")
        return
    yield "hitung", f"{indicator.calculation}  ({indicator.calculation_unit})"
    yield "kolom", ", ".join(rules.formula(indicator).columns)
    if indicator.fallback is not None:
        value = texts.decimal(indicator.fallback.value, indicator.digits)
        facts = {"kolom": indicator.fallback.column, "nilai": value}
        yield "bila_kosong", texts("metode.bila_kosong_isi", **facts)


def _zero(indicator: Indicator, texts: Texts) -> Iterator[tuple[str, str]]:
    if indicator.zero:
        yield "nol", texts("metode.nol_isi", arti=indicator.zero.meaning[texts.language])


def _columns(rules: Method, texts: Texts) -> Iterator[str]:
    yield texts("metode.kolom_mentah")
    if not rules.columns:
        yield f"  {texts('metode.tidak_ada')}"
    rows = [(name, str(c.unit), c.name[texts.language]) for name, c in rules.columns.items()]
    yield from _aligned(rows)


def _weights(rules: Method, texts: Texts) -> Iterator[str]:
    """Yield table 1.2: weights with a subtotal per aspect."""
    yield texts("metode.tabel_1_2")
    rows: list[tuple[str, str, str]] = []
    for aspect in dict.fromkeys(i.aspect for i in rules.indicators):
        indicators = [i for i in rules.indicators if i.aspect == aspect]
        rows += [
            (f"  {i.name[texts.language]}", str(i.weight), _percent(i.weight, texts))
            for i in indicators
        ]
        total = sum((i.weight for i in indicators), start=Fraction(0))
        label = texts("metode.subtotal", aspek=_aspect(aspect, texts))
        rows.append((label, str(total), _percent(total, texts)))
    rows.append((texts("metode.jumlah"), "1", _percent(Fraction(1), texts)))
    yield from _aligned(rows)


def _percent(share: Fraction, texts: Texts) -> str:
    exact = Decimal(100 * share.numerator) / Decimal(share.denominator)
    return f"{texts.decimal(exact, 2)}%"


def _aspect(name: str, texts: Texts) -> str:
    key = f"metode.aspek_{name}"
    return texts(key) if texts.has(key) else name


def _classes(rules: Method, texts: Texts) -> Iterator[str]:
    """Yield the cut-offs of every map as in its legend, and the scale of the scores."""
    yield texts("metode.tabel_kelas")
    for measure in rules.measures():
        yield texts("metode.peta", nomor=measure.map_number, nama=measure.name[texts.language])
        yield from _intervals(rules, measure, texts)


def _intervals(rules: Method, measure: Measure, texts: Texts) -> Iterator[str]:
    from fsva.config.methods.method import Indicator
    from fsva.words.legends import ranges

    categories = isinstance(measure, Indicator) and measure.categories
    if measure.cut_offs is None and not categories:
        yield f"      {texts('metode.cut_off_terbuka')}"
    else:
        yield from _aligned(
            [
                (
                    f"    {c.number}",
                    c.name[texts.language],
                    ranges.of_class(measure, c.members[0], texts, c.members[-1]),
                )
                for c in rules.classes_of(measure)
            ]
        )
    if not categories:
        yield f"      {texts(f'metode.tutup_{measure.closed}')}"
    if isinstance(measure, Indicator) and measure.map_classes and measure.cut_offs:
        cut_offs = "; ".join(texts.decimal(c, measure.digits) for c in measure.cut_offs)
        yield f"      {texts('metode.enam_kelas', cut_off=cut_offs, jumlah=rules.n_classes)}"
    if isinstance(measure, Indicator):
        yield f"      {_scale(measure, texts)}"


def _scale(indicator: Indicator, texts: Texts) -> str:
    if indicator.bounds is None:
        return texts("metode.skala_terbuka")
    low, high = (texts.decimal(end, indicator.digits) for end in indicator.bounds)
    zero, full = (low, high) if indicator.better == "tinggi" else (high, low)
    return texts("metode.skala", nol=zero, seratus=full)


def _labelled(label: str, words: str) -> list[str]:
    return printed.hanging(f"     {label:<14}", words).split("\n")


def _aligned(rows: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    widths = [max(len(row[n]) for row in rows) for n in (0, 1)] if rows else []
    for a, b, c in rows:
        yield f"  {a:<{widths[0]}}  {b:<{widths[1]}}  {c}".rstrip()
