"""What the templates of a report may say: names, numbers and lists, ready to be printed.

Owns the names under which templates know them (docs/buku.md). Each number is one that maps,
summary or causes show.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from fsva.config.methods.method import Indicator, Measure
from fsva.core.texts import Texts
from fsva.index import causes, result_columns, summary
from fsva.words import chapter, specification
from fsva.words.book import action_tables, tables
from fsva.words.book.material import BookMaterial
from fsva.words.legends import legend_words
from fsva.words.lists import village_lists

Facts = dict[str, Any]
_LEADING = 3  # kecamatan that a summary names


def of(material: BookMaterial) -> Facts:
    """Return the facts of an edition by their names in templates."""
    method, texts = material.method, material.texts
    measures = {m.id: _measure(material, m) for m in method.measures()}
    return {
        "edisi": _edition(material),
        "metode": _method(material),
        "aspek": [
            {
                "nama": name,
                "indikator": [measures[i.id] for i in own],
                "pendukung": [s.id for s in material.supporting if s.aspect == own[0].aspect],
            }
            for name, own in tables.by_aspect(material)
        ],
        "indikator": [measures[i.id] for i in method.indicators],
        "komposit": {**measures[method.composite.id], **_causes(material)},
        "ada_rencana": bool(material.actions),
        "ada_asal": bool(material.origins),
        "ada_keputusan": bool(material.settings.overrides or material.settings.acceptances),
        "beda_nama": int((material.ledger["keterangan"] != "same").sum()),
        "poligon_diperbaiki": material.mended,
        "program": _programmes(material),
        "pendukung_lain": [
            part.id
            for part in material.supporting
            if part.aspect not in {i.aspect for i in method.indicators}
        ],
        "nomor": material.number,
        "bahasa": texts.language,
    }


def _edition(material: BookMaterial) -> Facts:
    settings, texts, table = material.settings, material.texts, material.table
    kelurahan = int(village_lists.is_kelurahan(table).sum())
    return {
        "daerah": specification.district_name(settings, texts),
        "nama": settings.district.name,
        "jenis": settings.district.kind,
        "kepala_daerah": texts(
            f"buku.kepala_{settings.district.kind}", nama=settings.district.name
        ),
        "provinsi": settings.district.province,
        "tahun": settings.year,
        "penyusun": settings.compiler,
        "tanggal": specification.issued(settings, texts),
        "semua": len(table),
        "terdiri": village_lists.counted(table, texts),
        "desa": len(table) - kelurahan,
        "kelurahan": kelurahan,
        "kecamatan": len(material.kecamatan),
        "daftar_kecamatan": village_lists.joined(list(material.kecamatan), texts),
        "batas_skematis": settings.boundary.schematic,
        "gaya_warna": material.colours,
    }


def _method(material: BookMaterial) -> Facts:
    method, texts = material.method, material.texts
    baseline = method.baseline
    return {
        "nama": method.name[texts.language],
        "jumlah_indikator": len(method.indicators),
        "jumlah_kelas": method.n_classes,
        **method.sides,
        "kelas": [
            {"nomor": c.number, "nama": c.name[texts.language],
             "rentan": c.number <= method.last_vulnerable}
            for c in method.classes
        ],
        "dasar": baseline[texts.language] if baseline else "",
    }  # fmt: skip


def _measure(material: BookMaterial, measure: Measure) -> Facts:
    texts = material.texts
    shown = material.maps[measure.id]
    percents = material.percents(measure)
    rows = material.rows(measure)
    classed = sum(row.count for row in rows)
    known: Facts = {
        "id": measure.id,
        "peta": measure.map_number,
        "nama": measure.name[texts.language],
        "judul": legend_words.placed(measure.title[texts.language], texts),
        "satuan": measure.unit[texts.language],
        "baik": measure.better,
        "sumber": list(shown.sources),
        "catatan": list(shown.notes),
        "ada_kelas": bool(classed),
        "semua": classed,
        "tanpa_data": len(material.table) - classed,
        "kelas": [
            {"nomor": row.priority, "nama": row.name, "jumlah": row.count,
             "persen": tables.percent(share, texts), "selang": row.interval,
             "rentan": row.most_vulnerable <= material.method.last_vulnerable}
            for row, share in zip(rows, percents, strict=True)
        ],
        "rentan": _vulnerable(material, measure, classed),
    }  # fmt: skip
    return {**known, **_indicator(material, measure)} if isinstance(measure, Indicator) else known


def _indicator(material: BookMaterial, indicator: Indicator) -> Facts:
    texts = material.texts
    origin = material.settings.origins[indicator.id]
    return {
        "rumus": legend_words.placed(indicator.formula[texts.language], texts),
        "instansi": specification.of_year(origin.agency, origin.year, texts),
        "bobot": str(indicator.weight),
        "kategori": bool(indicator.categories),
        "sebab": chapter.cause(indicator, texts),
    }


def _vulnerable(material: BookMaterial, measure: Measure, classed: int) -> Facts:
    """Return the villages in vulnerable classes, and the kecamatan where they lie."""
    texts, method = material.texts, material.method
    weak = material.vulnerable(measure)
    affected = {k: pair for k, pair in material.affected(measure).items() if pair[0]}
    most = [
        texts("buku.terbanyak", nama=k, jumlah=n, semua=of)
        for k, (n, of) in material.most_affected(measure).items()
    ]
    return {
        "jumlah": len(weak),
        "semua": classed,
        "persen": tables.percent(_share(len(weak), classed), texts),
        "label": method.sides["rentan"],
        "kecamatan": len(affected),
        "per_kecamatan": _by_kecamatan(material, measure),
        "terbanyak": village_lists.joined(most, texts) if most else "",
        "terbanyak_utama": village_lists.joined(first(most, texts), texts) if most else "",
    }


def first(listed: list[str], texts: Texts) -> list[str]:
    """Return the first of a long list and how many there are besides, a short one as it is."""
    if len(listed) <= _LEADING + 1:
        return listed
    rest = texts("buku.kecamatan_lain", jumlah=len(listed) - _LEADING)
    return [*listed[:_LEADING], rest]


def _share(part: int, whole: int) -> float:
    return float(summary.shares(np.array([part]), np.array([whole]))[0])


def _by_kecamatan(material: BookMaterial, measure: Measure) -> str:
    """Return each kecamatan with its vulnerable villages in words."""
    texts = material.texts
    weak = material.vulnerable(measure)
    places = result_columns.groups(weak.subdistricts).items()
    kinds = village_lists.is_kelurahan(weak)
    said = [
        texts("buku.per_kecamatan", nama=name, jumlah=village_lists.counted(weak.at(own), texts))
        for name, own in places
    ]
    # "2 desa dan 1 kelurahan dan ..." would leave open what belongs together.
    of_both = any(len(set(kinds[own].tolist())) > 1 for _, own in places)
    if of_both:
        return "; ".join(said)
    return village_lists.joined(said, texts) if said else ""


def _causes(material: BookMaterial) -> Facts:
    """Return the causes of the vulnerable classes in words."""
    table, method, texts = material.table, material.method, material.texts
    words = {i.id: chapter.cause(i, texts) for i in method.indicators}
    weighed = causes.influence(table, method)
    points = weighed["poin"].tolist()
    heavy = [
        words[name] for name, n in zip(weighed["indikator"].tolist(), points, strict=True) if n
    ]
    return {
        "faktor": heavy,
        "faktor_jumlah": [
            count for count, n in zip(weighed["jumlah"].tolist(), points, strict=True) if n
        ],
        "daftar_faktor": village_lists.joined(heavy, texts) if heavy else "",
        "poin": ", ".join(
            texts("ringkasan.bab.poin", kelas=n, poin=method.first_secure - n)
            for n in method.vulnerable
        ),
    }


def _programmes(material: BookMaterial) -> list[str]:
    """Return the programmes of the action plan, each once; the heaviest cause first."""
    language = material.texts.language
    said = [
        row.planned.what.programme[language]
        for row in action_tables.by_weight(material)
        if row.planned and row.planned.what.programme
    ]
    return list(dict.fromkeys(said))
