"""``massal.html``: the status of a run of many editions, for those who watch over it.

Owns its markup. Failures stand first and in full, then all editions with a link to their atlas.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import quote

from fsva.core.texts import Texts
from fsva.files.pages import page_frame
from fsva.files.pages.page_frame import HtmlPage
from fsva.files.tables.batch_table import BatchRow

FILE_NAME = "massal.html"
STATES = ("dibuat", "sama", "gagal", "belum")
_HEADS = ("kode", "nama", "hasil", "sebab", "detik", "memori", "nomor")


def write(rows: Sequence[BatchRow], seconds: float, texts: Texts) -> bytes:
    """Return the page.

    Parameters
    ----------
    rows : sequence of BatchRow
        In their order.
    seconds : float
        Of the whole run.
    """
    n_drafts = sum(bool(row.draft) for row in rows)
    title = texts("massal.judul", jumlah=len(rows))
    if n_drafts:
        title = texts("massal.judul_draf", judul=title, draf=n_drafts)
    body = [f"<h1>{escape(title)}</h1>", *_numbers(rows, seconds, texts)]
    body += [*_failures(rows, texts), *_table(rows, texts)]
    return page_frame.write(HtmlPage(title, texts.language, body))


def _numbers(rows: Sequence[BatchRow], seconds: float, texts: Texts) -> Iterator[str]:
    counts = Counter(row.state for row in rows)
    yield f"<p>{escape(texts('massal.lama', menit=texts.decimal(seconds / 60, 1)))}</p>"
    yield '<ul class="numbers">'
    for state in STATES:
        number, words = texts.decimal(counts[state], 0), texts(f"massal.hasil.{state}")
        yield f"<li><b>{number}</b> {escape(words)}</li>"
    yield "</ul>"


def _failures(rows: Sequence[BatchRow], texts: Texts) -> Iterator[str]:
    failed = [row for row in rows if row.state == "gagal"]
    if failed:
        yield f"<h2>{escape(texts('massal.kegagalan'))}</h2>"
    for row in failed:
        head = f"{row.code} {row.name}".strip()
        yield f"<details open><summary>{escape(head)}</summary>"
        yield f'<p class="muted">{escape(row.edition)}</p><pre>{escape(row.told)}</pre></details>'


def _table(rows: Sequence[BatchRow], texts: Texts) -> Iterator[str]:
    yield f"<h2>{escape(texts('massal.semua'))}</h2>"
    yield '<div class="card scroll"><table><thead><tr>'
    yield "".join(f"<th>{escape(texts(f'massal.kolom.{head}'))}</th>" for head in _HEADS)
    yield "</tr></thead><tbody>"
    for row in rows:
        yield f"<tr>{_cells(row, texts)}</tr>"
    yield "</tbody></table></div>"


def _cells(row: BatchRow, texts: Texts) -> str:
    name = escape(row.name)
    if row.state in ("dibuat", "sama"):
        name = f'<a href="{escape(quote(row.outputs))}/atlas.pdf">{name}</a>'
    plain = (
        escape(row.code),
        name,
        escape(texts(f"massal.hasil.{row.state}")),
        escape(row.reason or row.draft),
    )
    memory = texts.decimal(row.memory_mib, 0) if row.memory_mib else ""
    figures = (texts.decimal(row.seconds, 1) if row.seconds else "", memory, escape(row.number))
    return "".join(
        [*(f"<td>{cell}</td>" for cell in plain), *(f'<td class="n">{f}</td>' for f in figures)]
    )
