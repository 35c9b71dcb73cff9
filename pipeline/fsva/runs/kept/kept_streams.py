"""The streams of the PDF files of an output folder, kept from one run to the next.

Owns their file: keys, tags and sizes as JSON, then the packed streams one after another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from fsva.core.publishing.result_store import ResultStore
from fsva.files.packing.stream_shelf import PackedStream, StreamShelf

_HEAD_BYTES = 8


def load(store: ResultStore, key: str) -> StreamShelf:
    """Return the streams that were kept; none if there are none, or they are damaged."""
    data = store.get(key)
    try:
        return StreamShelf(_read(data) if data else {})
    except (ValueError, TypeError, RecursionError):
        return StreamShelf({})


def save(store: ResultStore, key: str, shelf: StreamShelf) -> None:
    """Keep the streams that were used."""
    rows = [[name, s.tags, s.size, len(s.data)] for name, s in shelf.used.items()]
    head = json.dumps(rows).encode("utf-8")
    content = [stream.data for stream in shelf.used.values()]
    store.put(key, b"".join([len(head).to_bytes(_HEAD_BYTES, "big"), head, *content]))


def _read(data: bytes) -> Mapping[str, PackedStream]:
    begin = _HEAD_BYTES + int.from_bytes(data[:_HEAD_BYTES], "big")
    streams = {}
    for name, tags, size, length in json.loads(data[_HEAD_BYTES:begin]):
        marked = tuple(tuple(str(word) for word in tag) for tag in tags)
        streams[str(name)] = PackedStream(marked, int(size), data[begin : begin + length])
        begin += length
    return streams
