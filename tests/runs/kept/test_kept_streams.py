"""Streams of PDF files kept from one run to the next: the same bytes, none if damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from fsva.core.publishing.result_store import ResultStore
from fsva.files.packing.stream_shelf import PackedStream, StreamShelf
from fsva.files.writers import pdf_content
from fsva.files.writers.pdf import PdfWriter
from fsva.runs.kept import kept_streams
from tests.places import belu

KEY = "isi-pdf-x"


@pytest.fixture
def store(tmp_path: Path) -> ResultStore:
    return ResultStore(tmp_path / "simpanan", {"program": "aa"})


def test_streams_come_back_with_their_tags(store: ResultStore) -> None:
    shelf = StreamShelf({})
    shelf.put("a", PackedStream((("map",), ("legend", "TR 2", "TD 1")), 7, b"\x00\xff"))
    shelf.put("b", PackedStream((), 0, b""))
    kept_streams.save(store, KEY, shelf)
    found = kept_streams.load(store, KEY)
    assert (found.get("a"), found.get("b")) == (shelf.used["a"], shelf.used["b"])
    assert found.get("c") is None


def test_what_was_not_used_again_is_not_kept_again(store: ResultStore) -> None:
    shelf = StreamShelf({"a": PackedStream((), 1, b"x"), "b": PackedStream((), 1, b"y")})
    shelf.get("a")
    kept_streams.save(store, KEY, shelf)
    found = kept_streams.load(store, KEY)
    assert found.get("a") == PackedStream((), 1, b"x")
    assert found.get("b") is None


@pytest.mark.parametrize("data", [b"", b"x", b"\x00" * 8 + b"[]", b"\x00" * 7 + b"\x02{}"])
def test_damaged_streams_count_as_none(store: ResultStore, data: bytes) -> None:
    store.put(KEY, data)
    assert kept_streams.load(store, KEY).get("a") is None


def test_files_of_kept_streams_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    made = belu.made()
    sheets, faces = list(made.sheets), made.studio.faces
    plain = PdfWriter(sheets, faces)
    shelf = StreamShelf({})
    filled = PdfWriter(sheets, faces, shelf)
    expected = plain.write(sheets, "Atlas"), plain.pages(sheets[:1])
    assert (filled.write(sheets, "Atlas"), filled.pages(sheets[:1])) == expected

    def again(*_: object) -> None:
        raise AssertionError("drawn again")

    monkeypatch.setattr(pdf_content, "stream", again)
    later = PdfWriter(sheets, faces, StreamShelf(shelf.used))
    assert (later.write(sheets, "Atlas"), later.pages(sheets[:1])) == expected
