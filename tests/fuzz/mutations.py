"""Files as they should not be: one sound file, changed in a few places at random.

Owns the changes: in bytes, in lines, in values and their types of CSV, TOML and JSON, in elements
of XML, in members of archives and in rows and tables of a GeoPackage. The same number gives the
same file.
"""

from __future__ import annotations

import copy
import io
import json
import math
import re
import sqlite3
import tomllib
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime, time
from pathlib import PurePosixPath
from random import Random
from typing import Any
from xml.etree import ElementTree

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
ODD_NAMES = ("KODE", "nama", "geom", "fid", "rowid", "", "a b", "x" * 2000, "\x1b[2J", "\u202e")
TABLE_CHANGES = (
    'ALTER TABLE "{t}" RENAME COLUMN "{c}" TO "{n}"', 'ALTER TABLE "{t}" DROP COLUMN "{c}"',
    'ALTER TABLE "{t}" ADD COLUMN "{n}" BLOB', 'ALTER TABLE "{t}" RENAME TO "{n}"',
    'DROP TABLE "{t}"', 'DELETE FROM "{t}"', 'INSERT INTO "{t}" SELECT * FROM "{t}"',
    'CREATE VIEW "{n}" AS SELECT * FROM "{t}"', 'CREATE TABLE "{n}" AS SELECT * FROM "{t}"',
    'UPDATE "{t}" SET "{c}" = \'{n}\'', 'UPDATE "{t}" SET "{c}" = x\'4750\'',
)  # fmt: skip
HEAD_BYTES = 400  # of a FlatGeobuf: its columns, extent, count and index
ODD_VALUES: tuple[Any, ...] = (
    0, -1, 2**62, 1.5, math.nan, math.inf, True, "", "x", "1e999", "batas:", "/dev/null",
    date(1, 1, 1), datetime(9999, 12, 31), [], [0], [[]], ["x", "x"], {}, {"id": "x"}, {"": 0},
    [{}], [{"id": "x"}],
)  # fmt: skip
TEXTS = {".csv", ".toml", ".json", ".geojson", ".kml", ".xml", ".prj", ".cpg", ".rels", ".txt"}
ARCHIVES = {".xlsx", ".xlsb", ".ods", ".kmz", ".zip", ".docx"}


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
        return (_row, _row, _table, _bytes)
    if suffix == ".fgb":
        return (_head, _bytes)
    if suffix == ".toml":
        return (_typed, _value, _line, _word, _bytes)
    if suffix == ".kml":
        return (_element, _element, _value, _line, _word, _bytes)
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


def _typed(content: bytes, random: Random) -> bytes:
    """Put a value of another type in the place of one of a TOML file."""
    try:
        whole = tomllib.loads(content.decode())
    except (ValueError, RecursionError):
        return _value(content, random)
    parts: list[tuple[Any, Any]] = []
    _collect(whole, parts, random)
    if not parts:
        return _value(content, random)
    inside, key = random.choice(parts)
    inside[key] = random.choice(ODD_VALUES)
    return as_toml(whole).encode("utf-8", "replace")


def as_toml(whole: Mapping[str, Any]) -> str:
    """Return a value as TOML, each table in one line."""
    return "".join(f"{json.dumps(key)} = {_inline(value)}\n" for key, value in whole.items())


def _inline(value: Any) -> str:  # noqa: ANN401 - all that TOML holds
    if isinstance(value, Mapping):
        inner = (f"{json.dumps(key)} = {_inline(one)}" for key, one in value.items())
        return f"{{ {', '.join(inner)} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    if isinstance(value, date | time):
        return value.isoformat()
    return json.dumps(value) if isinstance(value, bool | str) else repr(value)


def _element(content: bytes, random: Random) -> bytes:
    """Leave out, repeat, move or empty an element of XML, or change one of its attributes."""
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 - our own file
    except (ElementTree.ParseError, ValueError, LookupError):
        return _value(content, random)
    pairs = [(above, child) for above in root.iter() for child in above]
    if not pairs:
        return _value(content, random)
    above, child = random.choice(pairs)
    at = list(above).index(child)
    match random.randrange(6):
        case 0:
            above.remove(child)
        case 1:
            above[at:at] = [child] * random.choice((1, 2, 40))
        case 2:
            random.choice(pairs)[0].append(copy.deepcopy(child))
        case 3:
            child.tag = random.choice(pairs)[1].tag
        case 4 if child.attrib:
            name = random.choice(sorted(child.attrib))
            child.attrib[name] = _printable(_odd(random))
        case _:
            child.text = _printable(_odd(random))
    return ElementTree.tostring(root, "utf-8", xml_declaration=True)


def _printable(text: str) -> str:
    """Return a text without what no XML may hold."""
    return "".join(letter for letter in text if letter >= " ")


def _head(content: bytes, random: Random) -> bytes:
    """Change only the first bytes."""
    return _bytes(content[:HEAD_BYTES], random) + content[HEAD_BYTES:]


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
            how = (_element, _element, _value, _value, _word, _bytes)
            how = how if inner in TEXTS else (_bytes,)
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


def _table(content: bytes, random: Random) -> bytes:
    """Rename, leave out, add or describe anew a column or table of a GeoPackage."""
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.deserialize(content)
            kinds = dict(database.execute("SELECT name, type FROM sqlite_master"))
            for name in (n for n, kind in kinds.items() if kind == "trigger"):
                database.execute(f'DROP TRIGGER "{name}"')
            table = random.choice([n for n, kind in kinds.items() if kind == "table"])
            columns = [row[1] for row in database.execute(f'PRAGMA table_info("{table}")')]
            column, odd = random.choice(columns), random.choice(ODD_NAMES)
            database.execute(random.choice(TABLE_CHANGES).format(t=table, c=column, n=odd))
            database.commit()
            return database.serialize()
        except (sqlite3.Error, sqlite3.Warning, OverflowError, UnicodeError):
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
