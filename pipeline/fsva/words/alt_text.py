"""A map in words, for those who cannot see it: counts per class, and where need is greatest.

Owns the sentences that replace the picture in the files. They use the same figures as the map.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from fsva.config.methods.method import Method
from fsva.core.texts import Texts
from fsva.words.specification import MapSpecification

_MOST_NAMED = 3


def of_map(
    shown: MapSpecification, kecamatan: Mapping[str, str], method: Method, texts: Texts
) -> str:
    """Describe a map: villages per class, the share in need, and the kecamatan most affected.

    Parameters
    ----------
    kecamatan : mapping of str to str
        Kemendagri code to the name of the village's kecamatan.
    method : Method
        Tells which classes of the map stand for vulnerable ones.

    Returns
    -------
    str
        Sentences; a village without a class counts among the villages and in no class.
    """
    sentences = [
        texts("alt.peta", jumlah=texts.decimal(len(shown.priorities), 0)),
        _classes(shown, texts),
        *_need(shown, kecamatan, vulnerable(shown, method), texts),
    ]
    if shown.highlight:
        marked = texts.decimal(len(shown.highlight.codes), 0)
        sentences.append(texts("alt.arsir", jumlah=marked, nama=shown.highlight.name))
    return " ".join(sentences)


def of_villages(
    shown: MapSpecification, places: Mapping[str, tuple[str, str]], texts: Texts
) -> dict[str, str]:
    """Return name and class of each village in words.

    Parameters
    ----------
    shown : MapSpecification
        Gives legend and classes of the map.
    places : mapping of str to (str, str)
        Kemendagri code to the names of village and kecamatan.

    Returns
    -------
    dict of str to str
        By Kemendagri code.
    """
    words = {row.priority: " ".join(row.words.split()) for row in shown.legend}
    return {
        code: texts("alt.desa", desa=desa, kecamatan=kecamatan, kelas=words[priority])
        for code, (desa, kecamatan) in places.items()
        if (priority := shown.priorities.get(code)) in words
    }


def of_chart(
    shown: MapSpecification,
    ranges: Sequence[str],
    shares: Sequence[float | None],
    texts: Texts,
) -> str:
    """Describe the chart of a map: what it counts, and how long each of its bars is.

    Parameters
    ----------
    ranges : sequence of str
        Values of each class with their unit, in the order of the legend; "" for none.
    shares : sequence of float or None
        Percent of each class among the villages with a class; None for those without data.

    Returns
    -------
    str
        Sentences; the map of the same classes is described by ``of_map``.
    """
    bars = []
    for row, interval, share in zip(shown.legend, ranges, shares, strict=True):
        key = "alt.batang" if share is not None else "alt.batang_tanpa"
        name = " ".join(row.words.split())
        facts = {
            "nama": texts("alt.batang_nilai", nama=name, nilai=interval) if interval else name,
            "jumlah": texts.decimal(row.count, 0),
            "persen": texts.decimal(share or 0.0, 2),
        }
        bars.append(texts(key, **facts))
    total = texts.decimal(len(shown.priorities), 0)
    return texts("alt.grafik", nama=shown.name, jumlah=total, batang="; ".join(bars))


def vulnerable(shown: MapSpecification, method: Method) -> frozenset[int]:
    """Return the numbers in a map's legend that stand for vulnerable classes.

    Parameters
    ----------
    method : Method
        A map of its own classes joins several into one.
    """
    measure = next((m for m in method.measures() if m.id == shown.measure_id), method.composite)
    merged = method.classes_of(measure)
    return frozenset(c.number for c in merged if max(c.members) < method.first_secure)


def _classes(shown: MapSpecification, texts: Texts) -> str:
    rows = [
        texts("alt.kelas", nama=" ".join(row.words.split()), jumlah=texts.decimal(row.count, 0))
        for row in shown.legend
    ]
    return texts("alt.daftar", kelas="; ".join(rows))


def _need(
    shown: MapSpecification,
    kecamatan: Mapping[str, str],
    classes: Collection[int],
    texts: Texts,
) -> list[str]:
    """Tell how many villages are in the vulnerable classes, and where most of them lie."""
    last = max(classes, default=0)
    known = [code for code, priority in shown.priorities.items() if priority]
    affected = Counter(kecamatan[code] for code in known if shown.priorities[code] in classes)
    of_class = Counter(kecamatan[code] for code in known)
    if not known:
        return []
    if not affected:
        return [texts("alt.tidak_rentan", akhir=last)]
    number = affected.total()
    share = texts.decimal(100 * number / len(known), 1)
    facts = {
        "akhir": last,
        "jumlah": texts.decimal(number, 0),
        "persen": share,
        "semua": texts.decimal(len(known), 0),
    }
    return [texts("alt.rentan", **facts), _most(affected, of_class, texts)]


def _most(affected: Counter[str], villages: Counter[str], texts: Texts) -> str:
    """Name the kecamatan with the most such villages; of equal ones the larger share first."""
    ranked = sorted(affected, key=lambda k: (-affected[k], -affected[k] / villages[k], k))
    named = [
        texts(
            "alt.kecamatan",
            nama=name,
            jumlah=texts.decimal(affected[name], 0),
            semua=texts.decimal(villages[name], 0),
        )
        for name in ranked[:_MOST_NAMED]
    ]
    return texts("alt.terbanyak", daftar=", ".join(named))
