"""Faults: a second run, a kill, a full disk, a folder that nobody may write, Ctrl+C. One line, nothing half-made."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import kills
import pytest
from conftest import ROOT, Ended, command, differing, make, published
from pries.base import atomic
from pries.base.errors import WriteError
from pries.running import lock


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two short reports."""
    folder = tmp_path_factory.mktemp("corpus")
    for name, text in kills.TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def undisturbed(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an undisturbed run of the two reports makes; to read, never to write."""
    outputs = tmp_path_factory.mktemp("undisturbed") / "outputs"
    assert make(f"CORPUS={corpus}", f"OUTPUTS={outputs}").code == 0
    return outputs


WORDS: dict[str, Callable[[Path, Path], list[str]]] = {
    "make": lambda corpus, outputs: ["make", f"CORPUS={corpus}", f"OUTPUTS={outputs}"],
    "python": lambda corpus, outputs: [
        sys.executable, "-m", "pries", "--corpus", str(corpus), "--outputs", str(outputs)
    ],
}  # fmt: skip
TOOLS: dict[str, Callable[[Path, Path], Ended]] = {
    "make": lambda corpus, outputs: make(*WORDS["make"](corpus, outputs)[1:]),
    "python": lambda corpus, outputs: command(*WORDS["python"](corpus, outputs)),
}
both_tools = pytest.mark.parametrize("tool", TOOLS)


def told(done: Ended) -> str:
    """The one line that a command said of its fault; make adds its own, which begin with its name."""
    lines = [line for line in done.err if not line.startswith("make: ")]
    assert len(lines) == 1, done.err
    assert "; " in lines[0]  # the remedy
    return lines[0]


def left(outputs: Path) -> list[Path]:
    return [path for path in outputs.rglob("*") if path.name.endswith(".tmp")]


# --- two runs at once -----------------------------------------------------------------------------


@both_tools
def test_a_second_run_is_refused_at_once_and_writes_nothing(corpus: Path, tmp_path: Path, tool: str) -> None:
    outputs = tmp_path / "outputs"
    with lock.held(outputs):
        done = TOOLS[tool](corpus, outputs)
        assert done.code == 2
        assert f"{outputs}: process {os.getpid()} (" in told(done)
        assert [path.name for path in outputs.rglob("*") if path.is_file()] == ["lock"]
        for words in (("-n",), ("clean", "-n"), ("help",)):
            assert make(*words, f"CORPUS={corpus}", f"OUTPUTS={outputs}").code == 0, words


@pytest.mark.parametrize("first", TOOLS)
def test_a_run_holds_the_folder_from_start_to_end(corpus: Path, undisturbed: Path, tmp_path: Path, first: str) -> None:
    """The first run goes on as if nobody had asked; both other runs are told that it is there."""
    outputs = tmp_path / "outputs"
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    words = WORDS[first](corpus, outputs)
    with subprocess.Popen(words, cwd=ROOT, env=kept, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        for line in running.stdout:
            if line.startswith("segment"):
                break
        for tool in TOOLS.values():
            done = tool(corpus, outputs)
            assert done.code == 2
            assert f"{outputs}: process " in told(done)
        running.stdout.read()
    assert running.returncode == 0
    assert differing(published(outputs), published(undisturbed)) == []
    assert TOOLS["make"](corpus, outputs).code == 0


# --- killed at any moment ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> kills.Place:
    return kills.place(tmp_path_factory.mktemp("kills"))


@pytest.mark.parametrize("seed", [1, 2, 4, 5, 7])
def test_after_a_kill_the_next_run_makes_the_same_files(place: kills.Place, seed: int) -> None:
    """`make kills N=50` does it fifty times."""
    done, wrong = place.kill(seed)
    assert wrong == [], done


def test_what_a_killed_run_began_ends_with_it(tmp_path: Path) -> None:
    """The lock is free as soon as the run is gone, because the processes that it began go with it."""
    code = (
        "import sys, time; from functools import partial; from pathlib import Path\n"
        "from pries.base import parallel; from pries.running import lock\n"
        "with lock.held(Path(sys.argv[1])), parallel.beside([partial(time.sleep, 600)] * 2):\n"
        "    print('at work', flush=True); time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "at work\n"
        running.kill()
    with lock.held(tmp_path):
        pass


def test_every_folder_that_a_run_makes_is_swept(undisturbed: Path) -> None:
    assert {path.name for path in undisturbed.iterdir() if path.is_dir()} <= set(lock.FOLDERS)


# --- Ctrl+C ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("after", ["import", "segment", "tables"])
def test_ctrl_c_ends_a_run_in_one_line(corpus: Path, tmp_path: Path, after: str) -> None:
    outputs = tmp_path / "outputs"
    words = [sys.executable, "-u", "-X", "importtime", "-m", "pries", "--corpus", corpus, "--outputs", outputs]
    if after != "import":
        del words[2:4]
    piped = subprocess.PIPE
    with subprocess.Popen(
        [str(word) for word in words], cwd=ROOT, stdout=piped, stderr=piped, text=True, start_new_session=True
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        if after == "import":  # the list of modules imported is on standard error
            next(line for line in running.stderr if line.endswith("| pries.stages\n"))
        else:
            next(line for line in running.stdout if line.startswith(after))
        os.killpg(running.pid, signal.SIGINT)
        _, err = running.communicate()
    assert running.returncode == 130
    lines = [line for line in err.splitlines() if not line.startswith("import time:")]
    assert len(lines) == 1, lines
    assert lines[0].startswith("interrupted; run it again")
    assert left(outputs) == []


# --- what the system refuses ----------------------------------------------------------------------------


def mounted(*words: str | Path) -> bool:
    return subprocess.run(["mount", *map(str, words)], capture_output=True, check=False).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system in memory; skips where we may not mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if not mounted("-t", "tmpfs", "-o", "size=64k", "tmpfs", disk):
        pytest.skip("no right to mount a file system here; test_a_limit_on_files stands in for it")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.parametrize(("tool", "kilobytes"), [("make", 150), ("python", 700), ("make", 1500)])
def test_a_full_disk_is_told_and_then_made_good(
    corpus: Path, undisturbed: Path, small_disk: Path, tool: str, kilobytes: int
) -> None:
    """On a file system in memory: full at the intermediate tables, at the figures, and almost at the end."""
    assert mounted("-o", f"remount,size={kilobytes}k", small_disk)
    outputs = small_disk / "outputs"
    done = TOOLS[tool](corpus, outputs)
    assert done.code == (2 if tool == "make" else 1)
    lines = [line for line in done.err if not line.startswith("make: ")]
    assert lines  # French and English figures may both say it
    assert [line for line in lines if "No space left on device" not in line or "free space" not in line] == []
    assert left(outputs) == []
    wanted = published(undisturbed)
    assert [name for name, data in published(outputs).items() if data != wanted[name]] == []
    assert mounted("-o", "remount,size=64m", small_disk)
    assert TOOLS[tool](corpus, outputs).code == 0
    assert differing(published(outputs), wanted) == []


def test_a_disk_that_is_full_from_the_start(corpus: Path, small_disk: Path) -> None:
    (small_disk / "fill").write_bytes(bytes(60 * 1024))
    with pytest.raises(OSError, match="No space"):
        (small_disk / "more").write_bytes(bytes(60 * 1024))
    done = TOOLS["python"](corpus, small_disk / "outputs")
    assert done.code == 2
    assert "No space left on device" in told(done)


@both_tools
def test_a_limit_on_files(corpus: Path, undisturbed: Path, tmp_path: Path, tool: str) -> None:
    """RLIMIT_FSIZE, which any user may set: the reader's page, of 60 kB, is too large for it."""
    outputs = tmp_path / "outputs"
    words = shlex.join(WORDS[tool](corpus, outputs))
    done = command("bash", "-c", f"ulimit -f 40; PYTHONDONTWRITEBYTECODE=1 exec {words}")
    assert done.code == (2 if tool == "make" else 1)
    lines = [line for line in done.err if not line.startswith("make: ")]
    assert lines
    assert [line for line in lines if "File too large" not in line or "free space" not in line] == []
    assert left(outputs) == []
    assert TOOLS[tool](corpus, outputs).code == 0
    assert differing(published(outputs), published(undisturbed)) == []


@both_tools
@pytest.mark.parametrize("name", [".", "tables"])
def test_a_read_only_mount(corpus: Path, undisturbed: Path, tmp_path: Path, tool: str, name: str) -> None:
    outputs = Path(shutil.copytree(undisturbed, tmp_path / "outputs"))
    (outputs / "run.json").unlink()  # so that there is work
    folder, before = outputs / name, published(outputs)
    if not (mounted("--bind", folder, folder) and mounted("-o", "remount,ro,bind", folder)):
        pytest.skip("no right to mount here; test_a_folder_without_permission stands in for it")
    try:
        done = TOOLS[tool](corpus, outputs)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
    assert done.code == 2
    assert "Read-only file system" in told(done)
    assert str(folder) in told(done)
    assert differing(published(outputs), before) == []


@both_tools
def test_a_folder_without_permission(corpus: Path, tmp_path: Path, tool: str) -> None:
    """By chmod; where we are root, whom it does not stop, without the right to pass over it (util-linux's setpriv)."""
    plain = () if os.geteuid() else ("setpriv", "--bounding-set=-dac_override")
    if plain and not shutil.which("setpriv"):
        pytest.skip("we are root, whom chmod does not stop, and setpriv is not there")
    outputs = tmp_path / "outputs"
    outputs.mkdir()
    outputs.chmod(0o555)
    done = command(*plain, *WORDS[tool](corpus, outputs))
    assert done.code == 2
    assert f"{outputs}: cannot be written (Permission denied)" in told(done)
    assert list(outputs.iterdir()) == []


@both_tools
@pytest.mark.parametrize("name", ["", "tables", "figures/fr"])
def test_a_file_where_a_folder_should_be(corpus: Path, tmp_path: Path, tool: str, name: str) -> None:
    path = tmp_path / "outputs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("mine", encoding="utf-8")
    done = TOOLS[tool](corpus, tmp_path / "outputs")
    assert done.code == 2
    assert f"{path}: cannot be written" in told(done)
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == [path]
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["run.json", "figures/fr/clusters.png"])
def test_a_folder_where_a_file_should_be(corpus: Path, tmp_path: Path, name: str) -> None:
    """Told half-way, also by the process that draws; what belongs together stays away together."""
    (tmp_path / name).mkdir(parents=True)
    done = TOOLS["python"](corpus, tmp_path)
    assert done.code == 1
    assert f"{tmp_path / name}: cannot be written (Is a directory)" in told(done)
    assert [path for path in (tmp_path / name).parent.iterdir() if path.is_file()] == []
    assert left(tmp_path) == []


# --- groups of files ------------------------------------------------------------------------------------


def test_of_a_group_that_fails_nothing_appears(tmp_path: Path) -> None:
    old, new, gone = tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "c.csv"
    for path in (old, gone):
        path.write_bytes(b"old")

    def write(broken: Path) -> None:
        with atomic.together():
            atomic.write_bytes(old, b"new")
            atomic.remove(gone)
            atomic.write_bytes(new, b"new")
            assert old.read_bytes() == b"old"
            atomic.write_bytes(broken, b"new")

    with pytest.raises(WriteError, match="Is a directory"):
        write(tmp_path)
    assert old.read_bytes() == gone.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "c.csv"]
    write(tmp_path / "d.csv")
    assert sorted((path.name, path.read_bytes()) for path in tmp_path.iterdir()) == [
        ("a.csv", b"new"),
        ("b.csv", b"new"),
        ("d.csv", b"new"),
    ]
