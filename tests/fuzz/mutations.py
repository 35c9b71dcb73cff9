"""Files as they should not be: one sound file, changed in a few places at random.

Owns the changes: in bytes, in lines, in values of CSV, TOML and JSON, in members of archives and in
rows of a GeoPackage. The same number gives the same file.
"""

from __future__ import annotations

import io
import json
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import PurePosixPath
from random import Random
from typing import Any

Files = dict[str, bytes]
Change = Callable[[bytes, Random], bytes]

NUMBERS = (
    "0", "-0", "-1", "1", "1e308", "1e-320", "1e999999999", "-1e400", "9" * 400, "9" * 5000,
    "0.0093", "0,0373", "1.234,5", "1,234.5", "NaN", "inf", "0x10", "1_000", "12 345",
    "\uff19\uff19",     "50%", "2024-02-30", "1.0001", "99.01.01.2001", "9901010001", "11.1",
)  # fmt: skip
WORDS = (
    "", " ", "-", "null", "true", "\x1b[31mmerah", "\x07", "\x85", "\u202eabc", "\u200b", "\ufeff",
    "=cmd()", "a" * 300, "a" * 70_000, "\0", "Ñandú", "#DIV/0!", "kode_bps", "desa", "{}", "{0}",
    "../../etc/passwd", "/vsicurl/http://127.0.0.1:9/x", "PG:host=127.0.0.1", '"', "'", ";;;;",
    "\r",
)  # fmt: skip
NESTED = ("[" * 600, "{" * 600, "[" * 600 + "]" * 600, "[[[]]]", "[1, [2, [3]]]")
ODD_JSON: tuple[Any, ...] = (
    None, True, 0, -1, 1e308, 10**30, "", "\x1b[2J", "\u202e", [], [[]], {}, "99.01", [1e999],
    [[0, 0], [0, 0]], {"type": "Point", "coordinates": []}, "Polygon", "Feature", "x" * 70_000,
)  # fmt: skip
ODD_CELLS = (None, ..., ..., 0, -1, 10**18, 1e308, 4326, 3395, b"GP\0\1", "Polygon")
TEXTS = {".csv", ".toml", ".json", ".geojson", ".kml", ".xml", ".prj", ".cpg", ".rels", ".txt"}
ARCHIVES = {".xlsx", ".xlsb", ".ods", ".kmz", ".zip"}


def mutated(sound: Mapping[str, bytes], random: Random) -> Files:
    """Return the files of one input, one of them changed in one to four places."""
    files = dict(sound)
    name = random.choice(sorted(files))
    for _ in range(random.choice((1, 1, 1, 2, 3, 4))):
        files[name] = random.choice(_changes(name))(files[name], random)
    return files


def _changes(name: str) -> Sequence[Change]:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in ARCHIVES:
        return (_member, _member, _member, _bytes)
    if suffix == ".gpkg":
        return (_row, _row, _bytes)
    if suffix in (".json", ".geojson"):
        return (_json, _json, _json, _line, _word, _bytes)
    if suffix == ".csv":
        return (_cell, _cell, _cell, _line, _word, _bytes)
    return (_value, _value, _line, _word, _bytes) if suffix in TEXTS else (_bytes,)


def _bytes(content: bytes, random: Random) -> bytes:
    """Turn bits, cut, repeat, leave out, or set a number of the machine to an extreme."""
    if not content:
        return random.randbytes(20)
    at, other = sorted(random.randrange(len(content) + 1) for _ in range(2))
    short = min(other, at + random.choice((1, 4, 64)))
    wide = random.choice((1, 2, 4, 8))
    extreme = random.choice(
        (0, 1, 2 ** (8 * wide) - 1, 2 ** (8 * wide - 1), 2 ** (8 * wide - 1) - 1)
    )
    number = extreme.to_bytes(wide, random.choice(("little", "big")))
    return random.choice(
        (
            content[:at] + bytes([random.randrange(256)]) + content[at + 1 :],
            content[:at] + number + content[at + wide :],
            content[:at] + number + content[at + wide :],
            content[:at] + content[short:],
            content[:at] + content[at:short] * random.choice((2, 50)) + content[short:],
            content[:at] + random.randbytes(random.choice((1, 16))) + content[at:],
            content[:at],
        )
    )


def _line(content: bytes, random: Random) -> bytes:
    """Leave out, repeat, exchange or cut lines."""
    lines = content.split(b"\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randrange(5):
        case 0:
            del lines[one]
        case 1:
            lines[one:one] = [lines[other]] * random.choice((1, 1, 40))
        case 2:
            lines[one], lines[other] = lines[other], lines[one]
        case 3:
            lines[one] = lines[one][: random.randrange(len(lines[one]) + 1)]
        case _:
            lines[one:one] = [b""] * random.choice((1, 25))
    return b"\n".join(lines)


def _odd(random: Random) -> str:
    return random.choice(random.choice((NUMBERS, NUMBERS, WORDS, WORDS, NESTED)))


def _encoded(text: str, random: Random) -> bytes:
    return text.encode(random.choice(("utf-8", "utf-8", "utf-8", "utf-16", "cp1252")), "replace")


def _word(content: bytes, random: Random) -> bytes:
    """Put something odd in the place of a word or number."""
    words = list(re.finditer(rb"[\w.,-]+", content))
    if not words:
        return _encoded(_odd(random), random)
    word = random.choice(words)
    return content[: word.start()] + _encoded(_odd(random), random) + content[word.end() :]


def _value(content: bytes, random: Random) -> bytes:
    """Put something odd in the place of the value of a key, or between two tags."""
    values = list(re.finditer(rb"(?<==)[^\n]*|(?<=>)[^<]+(?=<)", content))
    if not values:
        return _word(content, random)
    value = random.choice(values)
    odd = _odd(random)
    shapes = (odd, json.dumps(odd), f" [{odd}, {odd}]", f" {{ id = {json.dumps(odd)} }}", "")
    return (
        content[: value.start()] + _encoded(random.choice(shapes), random) + content[value.end() :]
    )


def _cell(content: bytes, random: Random) -> bytes:
    """Change a cell, or leave out or repeat a column of a table with semicolons."""
    rows = [line.split(b";") for line in content.split(b"\n")]
    row, column = random.choice(rows), random.randrange(len(rows[0]))
    match random.randrange(6):
        case 0:
            rows = [[*r[:column], *r[column + 1 :]] for r in rows]
        case 1:
            rows = [[*r[: column + 1], *r[column:]] for r in rows]
        case 2:
            row[column % len(row)] = random.choice(random.choice(rows))
        case _:
            row[column % len(row)] = _encoded(_odd(random), random)
    return b"\n".join(b";".join(r) for r in rows)


def _json(content: bytes, random: Random) -> bytes:
    """Put something odd in the place of a part of a JSON file, or take parts of a list."""
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError):
        return _word(content, random)
    parts: list[tuple[Any, Any]] = []
    if isinstance(whole, dict | list):
        _collect(whole, parts, random)
    if not parts:
        return json.dumps(random.choice(ODD_JSON)).encode()
    inside, key = random.choice(parts)
    match random.randrange(4):
        case 0:
            del inside[key]
        case 1 if isinstance(inside[key], list):
            inside[key] = inside[key][: random.randrange(4)]
        case _:
            inside[key] = random.choice(ODD_JSON)
    return json.dumps(whole, ensure_ascii=False).encode("utf-8", "replace")


def _collect(node: Any, parts: list[tuple[Any, Any]], random: Random) -> None:  # noqa: ANN401
    """Gather the parts of a JSON value; of long lists a few."""
    keys = list(node) if isinstance(node, dict) else list(range(len(node)))
    for key in keys if len(keys) < 20 else random.sample(keys, 12):
        parts.append((node, key))
        if isinstance(node[key], dict | list):
            _collect(node[key], parts, random)


def _member(content: bytes, random: Random) -> bytes:
    """Change, leave out or rename a member of an archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, OSError):
        return _bytes(content, random)
    if not members:
        return _bytes(content, random)
    name = random.choice(sorted(members))
    match random.randrange(12):
        case 0:
            del members[name]
        case 1:
            members[random.choice(("../luar.xml", "a" * 300, "x/y.xml"))] = members.pop(name)
        case _:
            inner = ".xml" if name.endswith(".rels") else PurePosixPath(name).suffix
            how = (_value, _value, _word, _bytes) if inner in TEXTS else (_bytes,)
            members[name] = random.choice(how)(members[name], random)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, data in members.items():
            archive.writestr(zipfile.ZipInfo(one, (2021, 11, 25, 0, 0, 0)), data)
    return target.getvalue()


def _row(content: bytes, random: Random) -> bytes:
    """Change a value, or leave out a row, of any table of a GeoPackage."""
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.deserialize(content)
            _in_database(database, random)
            return database.serialize()
        except (sqlite3.Error, OverflowError, UnicodeError):
            return _bytes(content, random)


def _in_database(database: sqlite3.Connection, random: Random) -> None:
    names = dict(database.execute("SELECT name, type FROM sqlite_master"))
    for name in (n for n, kind in names.items() if kind == "trigger"):
        database.execute(f'DROP TRIGGER "{name}"')
    table = random.choice([n for n, kind in names.items() if kind == "table"])
    column = random.choice([row[1] for row in database.execute(f'PRAGMA table_info("{table}")')])
    rows = [n for (n,) in database.execute(f'SELECT rowid FROM "{table}"')]
    row = random.choice(rows or [0])
    if random.randrange(8) == 0:
        database.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (row,))
    else:
        query = f'SELECT "{column}" FROM "{table}" WHERE rowid = ?'
        (old,) = database.execute(query, (row,)).fetchone() or (None,)
        new = _bytes(old, random) if isinstance(old, bytes) else random.choice(ODD_CELLS)
        new = _odd(random) if new is ... else new
        database.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (new, row))
    database.commit()
