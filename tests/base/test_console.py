"""What is said to a person comes out in whole lines."""

from __future__ import annotations

import io
import sys

import pytest
from pries.base import console


class Terminal(io.RawIOBase):
    """Keeps what is written to it, write by write."""

    def __init__(self) -> None:
        super().__init__()
        self.writes: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self.writes.append(bytes(data))  # type: ignore[arg-type]
        return len(self.writes[-1])


@pytest.mark.parametrize("unbuffered", [True, False])
def test_a_line_is_one_write_so_that_processes_keep_theirs_apart(
    monkeypatch: pytest.MonkeyPatch, unbuffered: bool
) -> None:
    terminal = Terminal()
    binary = terminal if unbuffered else io.BufferedWriter(terminal)
    stream = io.TextIOWrapper(binary, encoding="utf-8", write_through=unbuffered)  # as Python opens standard output
    monkeypatch.setattr(sys, "stdout", stream)
    console.say("segment", "1 document, « prié »", 0.12)
    assert [w for w in terminal.writes if w] == ["segment        1 document, « prié »  (0.1 s)\n".encode()]
