"""Reading many changed files, each of which must end in a reading or in an error of our own.

Owns the process that reads: it has a limit of memory, and each file a limit of time, so that what
aborts, hangs or takes all memory is seen as a fault of that file.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, TextIO

from fsva.core import texts
from fsva.core.errors import FsvaError
from fsva.core.messages import render
from tests.fuzz.mutations import mutated

LONGEST_S = 20
MEMORY = 2 * 1024**3  # beside what the libraries take
SEED = int(os.environ.get("FSVA_BENIH", "0"))
Reading = Callable[[Path], object]


@dataclass(frozen=True)
class Reader:
    """A reader of the program, and sound files that it reads.

    Parameters
    ----------
    sound : sequence of mapping of str to bytes
        The files of each sound input; the first is the one to be read.
    read : callable
        Given that file, it reads all that there is.
    """

    sound: Sequence[Mapping[str, bytes]]
    read: Reading


@dataclass(frozen=True)
class Outcome:
    """What became of one input.

    Parameters
    ----------
    number : int
        Gives the input again.
    kind : {"read", "refused", "fault"}
        A fault is anything but a reading and an error of our own that can be printed.
    said : str
        Key of the error, or the traceback.
    """

    number: int
    kind: str
    said: str = ""


def inputs(name: str, reader: Reader, number: int, folder: Path) -> Path:
    """Write the files of one input into a folder; return the one to be read."""
    random = Random(f"{name} {SEED} {number}")
    sound = random.choice(reader.sound)
    for file, content in mutated(sound, random).items():
        (folder / file).write_bytes(content)
    return folder / next(iter(sound))


def tried(name: str, reader: Reader, numbers: range) -> list[Outcome]:
    """Try inputs in a process of their own; after a fault that ends it, go on in another."""
    outcomes: list[Outcome] = []
    while len(outcomes) < len(numbers):
        outcomes += _process(name, reader, numbers[len(outcomes) :])
    return outcomes


def _process(name: str, reader: Reader, numbers: range) -> Iterator[Outcome]:
    source, target = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # threads of libraries stand still
        child = os.fork()
    if child == 0:
        os.close(source)
        try:
            with os.fdopen(target, "w") as pipe:
                _work(name, reader, numbers, pipe)
        except BaseException:
            traceback.print_exc()
        os._exit(0)
    os.close(target)
    number = numbers[0]
    with os.fdopen(source, "rb", buffering=0) as pipe:
        rest = b""
        while heard := select.select([pipe], [], [], 2 * LONGEST_S)[0]:
            if not (some := pipe.read(65536)):
                break
            *lines, rest = (rest + some).split(b"\n")
            for line in lines:
                yield Outcome(*json.loads(line))
                number += 1
    if not heard:
        os.kill(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if number < numbers.stop:
        why = f"ends the process: {status}" if heard else "hangs"
        yield Outcome(number, "fault", why)


def _work(name: str, reader: Reader, numbers: range, pipe: TextIO) -> None:
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, size + MEMORY))
    signal.signal(signal.SIGALRM, _late)
    catalogues = [texts.load(language) for language in texts.LANGUAGES]
    for number in numbers:
        with tempfile.TemporaryDirectory() as folder:
            file = inputs(name, reader, number, Path(folder))
            signal.alarm(LONGEST_S)
            kind, said = _outcome(reader, file, catalogues)
            signal.alarm(0)
        pipe.write(json.dumps([number, kind, said]) + "\n")
        pipe.flush()


def _late(*_: Any) -> None:  # noqa: ANN401 - as signal gives it
    raise TimeoutError(f"longer than {LONGEST_S} s")


def _outcome(reader: Reader, file: Path, catalogues: Sequence[texts.Texts]) -> tuple[str, str]:
    try:
        try:
            reader.read(file)
        except FsvaError as problem:
            words = [line for t in catalogues for line in render(problem, t).splitlines()]
            odd = [line for line in words if not line.isprintable()]
            return ("fault", f"prints {odd[0]!r}") if odd else ("refused", problem.key)
    except BaseException:
        return "fault", traceback.format_exc()[-3000:]
    return "read", ""
