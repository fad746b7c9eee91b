"""Lock: one run at a time in a folder of outputs, and what a killed run left there tidied up.

The system holds the lock of OUTPUTS/.work/lock (flock) for as long as the run or a process that it began lives, and
no longer: nothing has to be released after a kill. What stands in the file tells others who holds it.

    outputs/.work/lock: 4711 3f2b60a1c9d4; a second run: « outputs: process 4711 (pries) is writing there; … »
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import time
from collections.abc import Collection, Iterator
from pathlib import Path

from pries.base.atomic import TEMPORARY
from pries.base.errors import InputError, WriteError

WORK, FILE = ".work", "lock"
PUBLISHED = ("tables", "figures", "reader", "export")
FOLDERS = (WORK, *PUBLISHED)  # all that we make below OUTPUTS
PATIENCE = 0.5  # seconds that the system may take to end the processes of a run that was killed


@contextlib.contextmanager
def held(outputs: Path) -> Iterator[None]:
    """Hold the lock of `outputs` while the block runs; what a killed run left there is swept before.

    Raises InputError where another process is writing there, WriteError where nobody can.
    """
    path = outputs / WORK / FILE
    try:
        check(outputs)
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = _taken(path, outputs)
    except OSError as error:
        raise WriteError.of(error.filename or path, error, half_way=False) from error
    try:
        _sign(descriptor, path, outputs)
        yield
    finally:
        with contextlib.suppress(OSError):
            sweep(outputs, PUBLISHED)  # what a process of this run was writing that was killed
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, 0)
        os.close(descriptor)


def _sign(descriptor: int, path: Path, outputs: Path) -> None:
    """Sweep the folder that is ours now, and tell others so."""
    try:
        sweep(outputs)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()} {os.urandom(6).hex()}\n".encode())
    except OSError as error:
        raise WriteError.of(error.filename or path, error, half_way=False) from error


def _taken(path: Path, outputs: Path) -> int:
    """The descriptor of the lock's file, once the lock is ours."""
    until = time.monotonic() + PATIENCE
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(descriptor), path.stat()):  # and not that of a folder that was deleted
                return descriptor
        except BlockingIOError:
            if time.monotonic() >= until:
                words = os.pread(descriptor, 100, 0).decode(errors="replace")
                os.close(descriptor)
                raise in_use(outputs, words.partition(" ")[0]) from None
        except FileNotFoundError:
            pass
        except OSError:
            os.close(descriptor)
            raise
        os.close(descriptor)
        time.sleep(0.02)


def in_use(outputs: Path, pid: str) -> InputError:
    """What a second run is told."""
    name = ""
    if pid.isdecimal():
        with contextlib.suppress(OSError):
            name = f" {pid} ({Path(f'/proc/{pid}/comm').read_text(errors='replace').strip()})"
    return InputError(
        str(outputs),
        f"process{name} is writing into this folder" if name else "another run is writing into this folder",
        "wait until it has ended, or name another folder",
    )


def check(outputs: Path) -> None:
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


def sweep(outputs: Path, names: Collection[str] = FOLDERS) -> None:
    """Delete temporary files of processes that are gone, in `outputs` itself and in the folders that we make there.

    Symbolic links are not followed, and nothing else is deleted.
    """
    folders = [(outputs, False)]
    while folders:
        folder, ours = folders.pop()
        with contextlib.suppress(FileNotFoundError), os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False) and (ours or entry.name in names):
                    folders.append((Path(entry.path), True))
                elif entry.is_file(follow_symlinks=False) and TEMPORARY.fullmatch(entry.name):
                    Path(entry.path).unlink(missing_ok=True)
