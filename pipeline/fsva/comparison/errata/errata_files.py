"""The errata of a report as files: ``ralat.csv`` for Excel and ``ralat.html`` to read and print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from fsva.comparison.errata.erratum import Erratum
from fsva.comparison.errata.report_errata import ReportErrata
from fsva.config.editions.sections import Settings
from fsva.config.methods.method import Method
from fsva.config.styles import draft_style
from fsva.core.message_values import MessageValue
from fsva.core.texts import Texts
from fsva.files.pages import page_frame
from fsva.files.pages.page_frame import HtmlPage
from fsva.files.tables import cells
from fsva.files.tables.cells import Values
from fsva.words import draft, specification

CSV, HTML = "ralat.csv", "ralat.html"
_STYLES = ("dasar.css", "ralat.css")


def files(
    found: ReportErrata, method: Method, settings: Settings, texts: Texts
) -> dict[str, bytes]:
    """Return the files by their names."""
    subjects = _subjects(method, settings, texts)
    return {
        CSV: _csv(found.errata, subjects, texts),
        HTML: _html(found, subjects, settings, texts),
    }


def _subjects(method: Method, settings: Settings, texts: Texts) -> dict[str, str]:
    """Return the names of indicators, composite and supporting tables by their ids."""
    names = {m.id: m.name[texts.language] for m in method.measures()}
    return names | {t.id: t.title[texts.language] for t in settings.supporting}


def told(value: str | MessageValue, texts: Texts) -> str:
    """Return what is printed or right, in the numbers of the language."""
    return value.words(texts) if isinstance(value, MessageValue) else value


def sentence(one: Erratum, texts: Texts) -> str:
    """Return what is wrong, in a sentence."""
    facts = {name: told(value, texts) for name, value in one.facts.items()}
    both = {"tercetak": told(one.printed, texts), "seharusnya": told(one.right, texts)}
    return texts(f"ralat.kalimat.{one.kind}", **(both | facts))


def _csv(errata: Sequence[Erratum], subjects: Mapping[str, str], texts: Texts) -> bytes:
    columns: dict[str, Values] = {
        "nomor": list(range(1, len(errata) + 1)),
        "tempat": [one.place for one in errata],
        "ukuran": [one.subject for one in errata],
        "judul": [subjects[one.subject] for one in errata],
        "jenis": [one.kind for one in errata],
        "tercetak": [told(one.printed, texts) for one in errata],
        "seharusnya": [told(one.right, texts) for one in errata],
        "keterangan": [sentence(one, texts) for one in errata],
    }
    return cells.write(CSV, columns)


def _html(
    found: ReportErrata, subjects: Mapping[str, str], settings: Settings, texts: Texts
) -> bytes:
    where = specification.district_name(settings, texts)
    title = texts("ralat.judul", daerah=where, tahun=settings.year)
    mark = draft.of(settings, texts).sentence
    strip = draft_style.load().strip
    body = [
        *([f'<p class="draf" role="alert">{escape(mark)}</p>'] if mark else []),
        f"<main><h1>{escape(title)}</h1>",
        f"<p>{escape(summary(found, texts))}</p>",
    ]
    for subject in dict.fromkeys(one.subject for one in found.errata):
        body += _table(subjects[subject], [e for e in found.errata if e.subject == subject], texts)
    colours = f":root {{ --latar-draf: {strip.ground}; --huruf-draf: {strip.ink}; }}\n"
    page = HtmlPage(title, texts.language, [*body, "</main>"], styles=_STYLES, colours=colours)
    return page_frame.write(page)


def summary(found: ReportErrata, texts: Texts) -> str:
    """Return how many faults there are among how many printed lines."""
    return texts("ralat.ringkas", jumlah=len(found.errata), baris=found.n_lines)


def _table(heading: str, errata: Sequence[Erratum], texts: Texts) -> list[str]:
    """Return the errata of one subject as a table of the page."""
    keys = ("tempat", "tercetak", "seharusnya", "keterangan")
    head = "".join(f'<th scope="col">{escape(texts(f"ralat.kolom.{key}"))}</th>' for key in keys)
    rows = []
    for one in errata:
        texts_of = (told(one.printed, texts), told(one.right, texts), sentence(one, texts))
        cells_of = (one.place, *texts_of)
        rows.append("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in cells_of) + "</tr>")
    return [
        f"<h2>{escape(heading)}</h2>",
        f'<table class="ralat"><thead><tr>{head}</tr></thead><tbody>',
        *rows,
        "</tbody></table>",
    ]
