"""Faults of printed lists: villages in two classes or none, counts that the names do not give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from fsva.comparison.errata.erratum import Erratum, VillageNames
from fsva.config.methods.method import Measure
from fsva.sources.printed.report_rows import CountLine, ListLine

Named = dict[int, list[ListLine]]  # village to the lines that name it


def of_measure(
    lines: Sequence[ListLine], counts: Sequence[CountLine], measure: Measure, names: VillageNames
) -> Iterator[Erratum]:
    """Yield the faults of the lists of one measure, in the order of the report."""
    named: Named = defaultdict(list)
    for line in lines:
        yield from _names(line, names, named)
        found = len(line.names)
        if line.count is not None and line.count != found:
            yield Erratum(
                "banyak_nama", line.place, measure.id, str(line.count), str(found),
                {"kecamatan": line.subdistrict, "kelas": str(line.priority)},
            )  # fmt: skip
    yield from _sums(lines, counts, measure)
    classes = names.table.classes[measure.id].tolist()
    whole = _whole([line.place for line in lines if line.is_list])
    for at, village in enumerate(names.table.names.tolist()):
        facts = {"desa": str(village), "kecamatan": str(names.table.subdistricts[at])}
        listed = [line for line in named.get(at, []) if line.is_list]
        yield from _standing(listed, whole, measure, facts, classes[at])
        for line in named.get(at, []):
            if not line.is_list and line.priority != classes[at]:
                told = {**facts, "kelas": str(line.priority)}
                yield Erratum(
                    "uraian", line.place, measure.id, str(line.priority), _class(classes[at]), told
                )


def _names(line: ListLine, names: VillageNames, named: Named) -> Iterator[Erratum]:
    """Find the villages of a line; yield the names that belong to another kecamatan or to none."""
    for name in line.names:
        at = names.within(line.subdistrict, name)
        if at is not None:
            named[at].append(line)
            continue
        facts = {"desa": name, "kecamatan": line.subdistrict, "kelas": str(line.priority)}
        other = names.elsewhere(name)
        if other is None:
            yield Erratum("nama_lain", line.place, line.measure, name, "", facts)
        else:
            right = str(names.table.subdistricts[other])
            yield Erratum("kecamatan_lain", line.place, line.measure, name, right, facts)


def _sums(
    lines: Sequence[ListLine], counts: Sequence[CountLine], measure: Measure
) -> Iterator[Erratum]:
    """Compare the villages that a class names with the number that its heading prints."""
    listed = [line for line in lines if line.is_list]
    for priority, group in groupby(listed, key=lambda line: line.priority):
        n_names = sum(len(line.names) for line in group)
        for line in counts:
            if not line.is_table and line.priorities == (priority,) and line.count != n_names:
                facts = {"kelas": str(priority), "nama": str(n_names)}
                yield Erratum(
                    "jumlah_daftar", line.place, measure.id, str(line.count), str(n_names), facts
                )


def _standing(
    listed: Sequence[ListLine], whole: str, measure: Measure, facts: dict[str, str], right: int
) -> Iterator[Erratum]:
    """Say whether a village stands in two classes, in none, or in another one."""
    priorities = list(dict.fromkeys(line.priority for line in listed))
    places = "; ".join(line.place for line in listed)
    printed = ", ".join(map(str, priorities))
    if not listed:
        yield Erratum("tanpa_kelas", whole, measure.id, "", _class(right), facts)
    elif len(priorities) > 1:
        yield Erratum("dua_kelas", places, measure.id, printed, _class(right), facts)
    elif len(listed) > 1:
        yield Erratum("dua_kali", places, measure.id, printed, _class(right), facts)
    elif right and priorities != [right]:
        yield Erratum("kelas_lain", places, measure.id, printed, _class(right), facts)


def _whole(places: Sequence[str]) -> str:
    """Return the place of a list as a whole: its first and its last line."""
    return f"{places[0]} – {places[-1]}" if places else ""


def _class(priority: int) -> str:
    return str(priority) if priority else "-"
