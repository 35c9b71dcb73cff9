"""What is said of many districts together: legends, notes, and what cannot be compared.

Owns the choice of words; they stand in ``styles/teks``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fsva.config.styles.national_look import NationalLook
from fsva.core.texts import Texts
from fsva.index import national
from fsva.index.national import Compared


def incomparable(compared: Compared, texts: Texts) -> Iterator[str]:
    """Yield one line for each district whose classes cannot be compared, with the reason."""
    for output in compared.others:
        key = "metode" if output.method.id != compared.method else "dasar"
        yield texts(
            f"nasional.lain_{key}",
            nama=output.name,
            kode=output.code,
            ada=output.method.id if key == "metode" else output.baseline or "-",
            umum=compared.method if key == "metode" else compared.baseline or "-",
        )


def notes(compared: Compared, texts: Texts) -> list[str]:
    """Return the notes below a map: what is shown, compared, missing, and not complete."""
    base = compared.baseline or texts("nasional.tanpa_dasar")
    said = [texts("nasional.catatan", metode=compared.method, dasar=base)]
    if compared.others:
        names = ", ".join(output.name for output in compared.others)
        said.append(texts("nasional.catatan_lain", jumlah=len(compared.others), nama=names))
    if drafts := [output.name for output in compared.outputs if output.is_draft]:
        said.append(texts("nasional.catatan_draf", jumlah=len(drafts), nama=", ".join(drafts)))
    if bare := [output.name for output in compared.outputs if not output.has_layer]:
        said.append(texts("nasional.catatan_tanpa", jumlah=len(bare), nama=", ".join(bare)))
    return said


def draft_marks(compared: Compared, texts: Texts) -> list[str]:
    """Return what the strip of a draft may say: with all names, with fewer, with none.

    Returns
    -------
    list of str
        The longest first; empty if no edition is a draft.
    """
    drafts = [output.name for output in compared.outputs if output.is_draft]
    if not drafts:
        return []
    counted = {"jumlah": len(drafts), "semua": len(compared.outputs)}
    said = []
    for shown in range(len(drafts), 0, -1):
        rest = len(drafts) - shown
        more = f" {texts('draf.dan_lagi', n=rest)}" if rest else ""
        names = f"{'; '.join(drafts[:shown])}{more}"
        said.append(texts("nasional.cap_draf_nama", nama=names, **counted))
    return [*said, texts("nasional.cap_draf", **counted)]


def classes(compared: Compared, texts: Texts) -> list[tuple[int, str]]:
    """Return class numbers and their words with counts; 0 is "no class", -1 "not compared"."""
    shown = [village for output in compared.comparable for village in output.villages]
    counted = Counter(village.class_ for village in shown)
    rows = [
        (one.number, f"{one.number} {one.name[texts.language]}")
        for one in compared.comparable[0].method.classes
    ]
    rows = [*rows, (0, texts("nasional.tanpa_kelas"))]
    said = [(n, texts("nasional.baris", nama=words, jumlah=counted[n])) for n, words in rows]
    others = sum(len(output.villages) for output in compared.others)
    other = texts("nasional.baris", nama=texts("nasional.tak_sebanding"), jumlah=others)
    return [*said, *([(-1, other)] if others else [])]


def steps(compared: Compared, look: NationalLook, texts: Texts) -> list[str]:
    """Return the words of each step of shares with the number of districts, the lowest first."""
    shares = [national.of_district(output).share for output in compared.comparable]
    counted = Counter(look.step(share) for share in shares if share == share)
    lows = [0.0, *(step.most for step in look.steps)]
    return [
        texts(
            "nasional.langkah",
            dari=texts.decimal(lows[n], 0),
            sampai=texts.decimal(step.most, 0),
            jumlah=counted[n],
        )
        for n, step in enumerate(look.steps)
    ]
