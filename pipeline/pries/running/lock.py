"""Lock: one run at a time in a folder of outputs, and what a killed run left there tidied up.

Reads and writes OUTPUTS/.work/lock, which holds the process that writes into the folder and when it started: make
itself, whose life is the lock's life, or `python -m pries`. A lock whose process is gone is free: nothing has to
be released after a kill. Its time is when a run last looked at the sources. Standard library alone, as for `corpus`.

    outputs/.work/lock: 4711 186502; a second run: « outputs: process 4711 (make) is writing into this folder; … »
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from pries.base.atomic import TEMPORARY
from pries.base.errors import InputError, WriteError

WORK, FILE = ".work", "lock"
FOLDERS = (WORK, "tables", "figures", "reader", "export")  # all that we make below OUTPUTS
SOURCES = Path(__file__).parent
LATER = 10 * 10**9  # nanoseconds by which a file may be ahead of our clock, as on a network drive


def process(pid: int) -> tuple[int, str] | None:
    """A process's parent, and when it started (clock ticks since the system did); None where there is none."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    state, parent, started = fields[0], int(fields[1]), fields[19]
    return None if state in "ZX" else (parent, started)


def lineage(pid: int) -> Iterator[int]:
    """A process, its parent, and so on."""
    while pid and (found := process(pid)):
        yield pid
        pid = found[0]


def holder(words: str) -> int | None:
    """The living process that a lock's text names."""
    pid, _, started = words.strip().partition(" ")
    found = process(int(pid)) if pid.isdecimal() else None
    return int(pid) if found and found[1] == started else None


def in_use(outputs: Path, pid: int) -> InputError:
    """What a second run is told."""
    name = ""
    with contextlib.suppress(OSError):
        name = " ({})".format(Path(f"/proc/{pid}/comm").read_text(errors="replace").strip())
    return InputError(
        str(outputs),
        f"process {pid}{name} is writing into this folder",
        "wait until it has ended, or name another folder",
    )


def take(outputs: Path, owner: int) -> None:
    """Let `owner`, and what it starts, be the one that writes into `outputs`; sweep what a killed run left there.

    Raises InputError where another process is writing there, WriteError where nobody can.
    """
    path = outputs / WORK / FILE
    try:
        _check(outputs)
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666), "r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # while we look: two runs that start at once take turns here
            words = file.read()
            held = holder(words)
            if held is not None and held != owner:
                if held in lineage(owner):  # a make inside a make
                    return
                raise in_use(outputs, held)
            sweep(outputs)
            if words:
                distrust(outputs, path.stat().st_mtime_ns)
            _write(file.fileno(), f"{owner} {(process(owner) or (0, ''))[1]}\n")
    except OSError as error:
        raise WriteError.of(error.filename or path, error, half_way=False) from error


@contextlib.contextmanager
def held(outputs: Path) -> Iterator[None]:
    """Hold the lock of `outputs` while the block runs."""
    take(outputs, os.getpid())
    path = outputs / WORK / FILE
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            taken = path.stat()
            if holder(path.read_text()) == os.getpid():  # and not a make that started us
                path.write_text("free\n")
                os.utime(path, ns=(taken.st_atime_ns, taken.st_mtime_ns))


def _write(descriptor: int, words: str) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, words.encode())
    os.ftruncate(descriptor, len(words))


def _check(outputs: Path) -> None:
    """Find out before the work what would stop it after: a folder that is a file, or that is not ours to write."""
    for path in (
        outputs,
        *(outputs / name for name in FOLDERS),
        *(outputs / "figures" / lang for lang in ("fr", "en")),
    ):
        if os.path.lexists(path) and not path.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))
        if path.is_dir() and not os.access(path, os.W_OK | os.X_OK):
            refused = errno.EROFS if os.statvfs(path).f_flag & os.ST_RDONLY else errno.EACCES
            raise PermissionError(refused, os.strerror(refused), str(path))


def made(outputs: Path) -> Iterator[tuple[os.DirEntry[str], os.stat_result]]:
    """The files of `outputs` itself and of the folders that we make there; symbolic links are not followed."""
    folders = [(outputs, False)]
    while folders:
        folder, ours = folders.pop()
        with contextlib.suppress(FileNotFoundError), os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False):
                    yield entry, entry.stat(follow_symlinks=False)
                elif entry.is_dir(follow_symlinks=False) and (ours or entry.name in FOLDERS):
                    folders.append((Path(entry.path), True))


def sweep(outputs: Path) -> None:
    """Delete temporary files, all of runs that are gone, because the lock is ours; nothing else."""
    for entry, _ in made(outputs):
        if TEMPORARY.fullmatch(entry.name):
            Path(entry.path).unlink(missing_ok=True)


def distrust(outputs: Path, since: int) -> None:
    """Where times lie, let make take everything for changed, since it goes by times alone.

    They lie where the clock was put back, so that files are of the future, and where a source was put in place after
    a run last looked (`since`) with a time of before, as `mv` and `cp -p` do.
    """
    now = time.time_ns()
    ahead = [entry.path for entry, stat in made(outputs) if stat.st_mtime_ns > now + LATER]
    if ahead or backdated(sources(), since):
        for path in ahead:
            os.utime(path, ns=(now - 1, now - 1))
        with contextlib.suppress(FileNotFoundError):
            os.utime(outputs / WORK / "manifest.csv", ns=(now, now))


def sources() -> Iterator[Path]:
    """The code, lexicons, settings and templates that outputs are made with."""
    for folder, folders, names in os.walk(SOURCES):
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from (Path(folder, name) for name in names)


def backdated(paths: Iterable[Path], since: int) -> bool:
    """Whether a file has come after `since` with a time of before."""
    stats = (path.stat() for path in paths)
    return any(stat.st_ctime_ns > since >= stat.st_mtime_ns for stat in stats)
