"""Rows of a layer that are no village of their own: the report's lines and lapisan.csv."""

from __future__ import annotations

import pandas as pd
import pytest

from fsva.config.styles import output_tables
from fsva.core import texts
from fsva.core.texts import Language
from fsva.files.tables import ledgers
from fsva.villages.join import Joined
from fsva.words import layer_words
from tests.places import small
from tests.places.framed import plain, village_rows


def joined(count: int) -> Joined:
    rows = [(n + 1, "", f"Desa {n}", village_rows.LEFT_OUT, "no_code") for n in range(count)]
    ledger = pd.DataFrame(rows, columns=list(output_tables.headings(village_rows.LEDGER)))
    return Joined(plain(small.layer()), plain(small.table()), rows=plain(ledger))


def test_nothing_is_said_where_every_row_is_a_village() -> None:
    assert layer_words.lines(joined(0), texts.load("id")) == []
    assert ledgers.of(joined(0)) == {}


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_first_rows_are_named_and_the_others_counted(language: Language) -> None:
    lines = layer_words.lines(joined(12), texts.load(language))
    assert len(lines) == 12
    assert "12" in lines[0]
    assert "Desa 0 (-)" in lines[1]
    assert lines[1].endswith(": kode kosong" if language == "id" else ": no code")
    assert lines[-1].split()[-2:] in (["2", "lagi"], ["2", "more"])


def test_all_rows_stand_in_the_file() -> None:
    text = ledgers.of(joined(12))["lapisan.csv"].decode("utf-8")
    assert text.splitlines()[0] == "baris,kode,nama,tindakan,alasan"
    assert text.splitlines()[12] == "12,,Desa 11,ditinggalkan,kode kosong"
