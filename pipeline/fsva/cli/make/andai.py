"""``fsva andai``: what would lift a vulnerable village, and what other values would do.

Owns the options and the dialogue. ``fsva.runs.needed.needed_run`` owns the steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan
from typing import TYPE_CHECKING, Any

import click

from fsva.cli import options, runner, screen
from fsva.cli.commands import Command
from fsva.cli.runner import Call
from fsva.core.texts import Texts

if TYPE_CHECKING:
    from fsva.config.methods.method import Method
    from fsva.runs.needed.needed_run import Effect, Needed

FOLDER = "andai"


def make(texts: Texts) -> Command:
    """Return the command."""

    def run(call: Call, isi: tuple[str, ...], json: bool) -> None:
        """Say what other values do, or what is needed."""
        if isi:
            ask(call, isi, json=json)
        else:
            list_needs(call, json=json)

    more = [
        click.Option(
            ["--isi"], multiple=True, metavar=texts("andai.m_isi"), help=texts("andai.o_isi")
        ),
        options.as_json(texts),
    ]
    return runner.command(texts, "andai", run, words="andai.bantuan", folder=FOLDER, more=more)


def list_needs(call: Call, *, json: bool) -> None:
    """Print what lifts each vulnerable village, and write ``andai.csv``; JSON writes nothing.

    Raises
    ------
    FsvaError
        If an input cannot be used; then the output folder stays unchanged.
    """
    from fsva.core.publishing import manifest
    from fsva.runs.needed import needed_run
    from fsva.words.needed import needed_words

    needed = needed_run.compute(call.order)
    if json:
        call.say_json(_needs(needed, call.texts))
        return
    _say_draft(call)
    for need in needed.needs:
        screen.say(needed_words.sentence(need, needed.table, needed.method, call.texts))
    if not needed.needs:
        has_class = bool(needed.table.classes[needed.method.composite.id].any())
        screen.say(call.texts("andai.tiada" if has_class else "andai.tanpa_kelas"))
    files = needed_run.files(call.order, needed, call.texts)
    call.publish(files, lambda: [*files, *manifest.own_outputs(call.folder, call.name)])


def _say_draft(call: Call) -> None:
    """Print the mark of a draft above what is made of it."""
    from fsva.words import draft

    if mark := draft.of(call.order.edition.settings, call.texts):
        screen.say(mark.sentence)


def _needs(needed: Needed, texts: Texts) -> list[dict[str, Any]]:
    """Return the needs as JSON holds them: numbers, and the sentence."""
    from fsva.words.needed import needed_words

    table, method = needed.table, needed.method

    def told(change: Any) -> dict[str, Any]:  # noqa: ANN401 - a change
        """Return a change of one indicator."""
        points = float(needed_words.points(change.points))
        return {"indikator": change.indicator, "poin": points, "menjadi": change.value}

    return [
        {
            "kode_bps": str(table.bps_codes[need.at]),
            "desa": str(table.names[need.at]),
            "kelas": need.present,
            "kelas_tujuan": need.target,
            "status": need.status,
            "kurang": None if need.missing is None else float(needed_words.points(need.missing)),
            "satu": told(need.single) if need.single else None,
            "satu_lain": [told(change) for change in need.others],
            "dua": [told(change) for change in need.pair] if need.pair else None,
            "kalimat": needed_words.sentence(need, table, method, texts),
        }
        for need in needed.needs
    ]


def ask(call: Call, asked: tuple[str, ...], *, json: bool) -> None:
    """Print what other values would do; nothing is written.

    Raises
    ------
    UsageError
        An unknown village or indicator, or an impossible value.
    """
    from fsva.runs.needed import needed_run

    effects, rules = needed_run.effects(call.order, asked)
    if json:
        call.say_json([_record(effect) for effect in effects])
        return
    _say_draft(call)
    for effect in effects:
        for line in _lines(effect, rules, call.texts):
            screen.say(line)


def _record(effect: Effect) -> dict[str, Any]:
    """Return an effect as JSON holds it; what is not known is null."""

    def known(numbers: tuple[float, float]) -> list[float | None]:
        """Return both numbers, None for what is not known."""
        return [None if isnan(number) else number for number in numbers]

    values = {
        name: {"nilai": [*known((before, float(after)))], "kelas": [was or None, now or None]}
        for name, before, after, was, now in effect.values
    }
    return {
        "desa": effect.village,
        "kecamatan": effect.subdistrict,
        "indikator": values,
        "skor": known(effect.scores),
        "kelas": [number or None for number in effect.priorities],
        "peringkat": [number or None for number in effect.ranks],
    }


def _lines(effect: Effect, rules: Method, texts: Texts) -> Iterator[str]:
    """Yield an effect in words: each value, then score, class and rank."""
    indicators = {i.id: i for i in rules.indicators}
    yield texts("andai.kepala", desa=effect.village, kecamatan=effect.subdistrict)
    for name, before, after, was, now in effect.values:
        digits = indicators[name].digits
        yield texts(
            "andai.baris",
            nama=indicators[name].name[texts.language],
            dari=texts.decimal(before, digits),
            ke=texts.decimal(after, digits),
            kelas=was or texts("andai.tanpa"),
            menjadi=now or texts("andai.tanpa"),
        )
    scores = [texts.decimal(score, rules.composite.digits) for score in effect.scores]
    yield texts("andai.skor", dari=scores[0], ke=scores[1])
    priorities = [number or texts("andai.tanpa") for number in effect.priorities]
    yield texts("andai.kelas", dari=priorities[0], ke=priorities[1])
    ranks = [number or texts("andai.tanpa") for number in effect.ranks]
    yield texts("andai.peringkat", dari=ranks[0], ke=ranks[1])
