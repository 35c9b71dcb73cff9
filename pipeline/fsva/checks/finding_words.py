"""Findings in words: rows for tables, lines for the terminal and the atlas's report.

Owns the choice of words for a finding. The words themselves stand in ``styles/teks``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fsva.checks.findings import LEVELS, Fact, Finding, Gap, Level, Outcome, Report
from fsva.config.styles import output_tables
from fsva.core.message_values import MessageValue
from fsva.core.messages import diagnosis
from fsva.core.printed import one_line
from fsva.core.remedies import edition_entries
from fsva.core.texts import Texts
from fsva.core.toml import Bilingual

MOST_SHOWN = 5  # most findings of a rule on the screen
MOST_IN_REPORT = 3  # most findings of a rule in laporan.txt
WORKBOOK = "periksa.xlsx"


@dataclass(frozen=True)
class Title:
    """The heading of a report.

    Parameters
    ----------
    district : str
        Kind and name of the kabupaten.
    villages : int
        Number of checked villages; 0 if the table cannot be read.
    draft : str
        The mark of a draft with the missing keys; empty for a complete edition.
    """

    district: str
    year: int
    file: str
    villages: int
    draft: str


def heading(title: Title, report: Report, texts: Texts) -> list[str]:
    """Return the object of the checks and the number of findings."""
    counts = {level: _counted(level, report.count(level), texts) for level in LEVELS}
    return [
        texts("periksa.judul", daerah=title.district, tahun=title.year),
        *([title.draft] if title.draft else []),
        texts("periksa.berkas", berkas=title.file),
        texts("periksa.jumlah_desa", jumlah=title.villages),
        texts("periksa.jumlah", **counts),
    ]


def fact(value: Fact, texts: Texts) -> str:
    """Write a number with at most four decimals in the format of the language; keep a text."""
    if isinstance(value, str):
        return value
    if isinstance(value, MessageValue):
        return value.words(texts)
    if isinstance(value, Bilingual):
        return value[texts.language]
    exact = Decimal(str(round(value, 4))).normalize()
    exponent = exact.as_tuple().exponent
    return texts.decimal(exact, max(0, -exponent) if isinstance(exponent, int) else 0)


def sentence(finding: Finding, part: str, texts: Texts) -> str:
    """Return ``pesan``, ``harap`` or ``perbaikan`` of a finding."""
    facts = {name: fact(value, texts) for name, value in finding.facts.items()}
    said = texts(f"{finding.key}.{part}", **facts)
    if finding.damage is None or part != "pesan":
        return said
    return f"{said} {diagnosis(finding.damage.ailment, finding.damage.likely, texts)}"


def remedy(finding: Finding, texts: Texts) -> str:
    """Return what to do, and below it the lines that accept the finding if it is true."""
    entry = edition_entries.lines([finding.decision] if finding.decision else [], texts)
    return "\n".join((sentence(finding, "perbaikan", texts), *entry))


def rule_name(rule: str, texts: Texts) -> str:
    """Return the name of a rule."""
    return texts(f"periksa.aturan.{rule}.nama")


def rows(report: Report, texts: Texts) -> list[tuple[Level, tuple[str, ...]]]:
    """Return all findings as cells under ``headings``, the most severe first."""
    return [
        (level, _cells(level, outcome, finding, texts))
        for level in LEVELS
        for outcome, finding in report.of_level(level)
    ]


def headings() -> tuple[str, ...]:
    """Return the columns of a list of findings, each with its heading in ``periksa.kolom``."""
    _, *columns = output_tables.workbook(WORKBOOK).sheet("temuan").columns  # the first counts them
    return tuple(column.name for column in columns)


def _cells(level: Level, outcome: Outcome, finding: Finding, texts: Texts) -> tuple[str, ...]:
    return (
        texts(f"periksa.{level}"),
        rule_name(outcome.rule, texts),
        finding.file if finding.cell is None else f"{finding.file}, {finding.cell}",
        "" if finding.row is None else str(finding.row),
        ", ".join(finding.columns),
        finding.village,
        finding.code,
        fact(finding.found, texts),
        *(sentence(finding, part, texts) for part in ("pesan", "harap")),
        remedy(finding, texts),
    )


def result(outcome: Outcome, texts: Texts) -> str:
    """Return the result of a rule in brief: counts, nothing found, or not applicable."""
    gaps = "; ".join(_gap(gap, texts) for gap in outcome.result.gaps)
    if not outcome.result.applied:
        return f"{texts('periksa.tidak_berlaku')}: {gaps}"
    levels = [outcome.level_of(finding) for finding in outcome.result.findings]
    counts = [_counted(level, levels.count(level), texts) for level in LEVELS if level in levels]
    said = ", ".join(counts) or texts("periksa.tanpa_temuan")
    return f"{said} ({texts('periksa.tidak_semua')}: {gaps})" if gaps else said


def _counted(level: Level, number: int, texts: Texts) -> str:
    return texts(f"periksa.banyak.{level}", jumlah=number)


def _gap(gap: Gap, texts: Texts) -> str:
    facts = {name: fact(value, texts) for name, value in gap.facts.items()}
    return texts(f"periksa.alasan.{gap.key}", **facts)


def screen(title: Title, report: Report, texts: Texts) -> Iterator[str]:
    """Yield the lines of the report for the terminal.

    Parameters
    ----------
    report : Report
        Shows five findings of a rule and level, and counts the others.
    """
    yield from heading(title, report, texts)
    yield ""
    width = max(len(rule_name(outcome.rule, texts)) for outcome in report.outcomes)
    for outcome in report.outcomes:
        yield f"{rule_name(outcome.rule, texts):<{width}}  {result(outcome, texts)}"
    for level in LEVELS:
        for outcome in report.outcomes:
            findings = [f for f in outcome.result.findings if outcome.level_of(f) == level]
            if findings:
                yield from _block(level, outcome, findings, texts)


def _block(
    level: Level, outcome: Outcome, findings: Sequence[Finding], texts: Texts
) -> Iterator[str]:
    yield ""
    yield f"{texts(f'periksa.{level}').upper()}: {rule_name(outcome.rule, texts)}"
    for finding in findings[:MOST_SHOWN]:
        said, expected = (sentence(finding, part, texts) for part in ("pesan", "harap"))
        yield f"  {place(finding, texts)}: {one_line(said)}"
        if expected:
            yield f"    {texts('periksa.kolom.harap').lower()}: {one_line(expected)}"
    if len(findings) > MOST_SHOWN:
        yield f"  {texts('periksa.dan_lagi', n=len(findings) - MOST_SHOWN)}"
    advice = sentence(findings[0], "perbaikan", texts)
    yield f"  {texts('periksa.kolom.perbaikan')}: {one_line(advice)}"
    accepting = [finding.decision for finding in findings if finding.decision is not None]
    yield from (f"  {line}".rstrip() for line in edition_entries.lines(accepting, texts))


def place(finding: Finding, texts: Texts) -> str:
    """Return the place of a finding in one line: file, row, village, columns, content."""
    row = "" if finding.row is None else f"{texts('periksa.baris')} {finding.row}"
    village = f"{finding.village} ({finding.code})" if finding.code else finding.village
    read = fact(finding.found, texts)
    said = f'{texts("periksa.terbaca")} "{read}"' if read else ""
    parts = (finding.file, finding.cell or "", row, village, " + ".join(finding.columns), said)
    return one_line(", ".join(part for part in parts if part))


def for_atlas(report: Report, texts: Texts) -> list[list[str]]:
    """Return the warnings and agreed values as blocks of lines for the atlas's report."""
    return [
        block for block in (_warnings(report, texts), list(_agreements(report, texts))) if block
    ]


def _warnings(report: Report, texts: Texts) -> list[str]:
    lines: list[str] = []
    for outcome in report.outcomes:
        findings = [f for f in outcome.result.findings if outcome.level_of(f) == "peringatan"]
        if findings:
            name = rule_name(outcome.rule, texts)
            lines.append(texts("periksa.laporan.baris", aturan=name, jumlah=len(findings)))
            lines += [_line(finding, texts) for finding in findings[:MOST_IN_REPORT]]
        if len(findings) > MOST_IN_REPORT:
            lines.append(texts("periksa.laporan.dan_lagi", n=len(findings) - MOST_IN_REPORT))
    warnings = _counted("peringatan", report.count("peringatan"), texts)
    title = texts("periksa.laporan.judul", jumlah=warnings)
    return [title, *lines] if lines else []


def _line(finding: Finding, texts: Texts) -> str:
    said = one_line(sentence(finding, "pesan", texts))
    return texts("periksa.laporan.temuan", tempat=place(finding, texts), pesan=said)


def _agreements(report: Report, texts: Texts) -> Iterator[str]:
    findings = [f for o in report.outcomes if o.rule == "kesepakatan" for f in o.result.findings]
    if findings:
        yield texts("periksa.laporan.kesepakatan")
    yield from (_line(finding, texts) for finding in findings)
