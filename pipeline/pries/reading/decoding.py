"""Decoding: from the bytes of a text file to its characters, and which encoding they were in.

UTF-8 with or without a byte order mark, UTF-16 with one or told by its zero bytes, else Windows-1252 (of which
Latin-1 is a part), or the code page of an old Macintosh or DOS where its letters alone make French. A few broken bytes
in a UTF-8 text do not make it Windows-1252: each becomes U+FFFD. What went wrong before the file came to us is told by
its traces: repaired where the repair is certain, named in any case.

    b"\\xc9tats" -> "États", cp1252
"""

from __future__ import annotations

import codecs
import contextlib
import html
import re
from collections.abc import Callable
from itertools import islice

SURROGATES = re.compile("[\ud800-\udfff]")
SAMPLE = 4096  # bytes in which zeros tell UTF-16
BROKEN = 0.1  # share of a text's non-ASCII sequences that may be broken in UTF-8
PAGES = ("cp1252", "mac_roman", "cp850")
FRENCH = frozenset("éèêëàâäçùûüôöîïœæÉÈÊËÀÂÇÙÛÔÎÏŒ«»’‘“”–—…°€ \u00a0")  # of letters and signs beyond ASCII
PROBED, FEWEST = 200_000, 4  # bytes looked at, and those beyond ASCII from which a code page can be told
CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
CONTROLS = 0.01  # share of control characters from which content is no text


def read_text(data: bytes) -> tuple[str, str]:
    """The text of a document's bytes and its encoding.

    Raises ValueError with the reason for what is no text: binary, empty, or in an unknown encoding.
    """
    text, encoding = _decoded(data)
    if not text.replace("\ufeff", "").strip():
        raise ValueError("empty document")
    if len(CONTROL.findall(text)) > CONTROLS * len(text):
        raise ValueError("binary content, not text")
    return text, encoding


def _decoded(data: bytes) -> tuple[str, str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf16(data, "utf-16")
    if b"\0" in data:
        zeros = [data[i:SAMPLE:2].count(0) * 2 / min(len(data), SAMPLE) for i in (0, 1)]
        if max(zeros) > 0.5 and min(zeros) < 0.1:  # letters of one byte and a zero beside each
            return _utf16(data, "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le")
        raise ValueError("binary content, not text")
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8-sig", errors="replace")
    broken = text.count("\ufffd")
    if broken <= BROKEN * sum(c > "\x7f" for c in text):
        return text, f"utf-8, {broken} broken"
    encoding = _code_page(data)
    text = data.decode(encoding, errors="replace")
    if "\ufffd" in text:
        raise ValueError("neither UTF-8 nor Windows-1252 text")
    return text, encoding


def _code_page(data: bytes) -> str:
    """Windows-1252, unless its letters are none of French and those of an old Macintosh or DOS file are.

    >>> _code_page("Les écoles réunies à l’été".encode("mac_roman")), _code_page("Les écoles réunies".encode("cp1252"))
    ('mac_roman', 'cp1252')
    """
    strange = bytes(byte for byte in data[:PROBED] if byte > 0x7F)
    shares = {page: sum(c in FRENCH for c in strange.decode(page, "replace")) / len(strange) for page in PAGES}
    usual, *others = PAGES
    best = max(others, key=lambda page: shares[page])
    sure = len(strange) >= FEWEST and shares[usual] < 0.5 and shares[best] >= 0.9
    return best if sure else usual


def _utf16(data: bytes, encoding: str) -> tuple[str, str]:
    """Text as older Windows programs save it."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise ValueError("binary content, not text")
    return text, "utf-16"


def whole(text: str) -> str:
    """`text` with U+FFFD for halves of characters, which no file can hold."""
    return SURROGATES.sub("\ufffd", text)


# --- traces of what went wrong before -----------------------------------------------------------------------------

Oddity = tuple[int, str, str]  # the line, from 1; what is wrong; what to do about it
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31}\d{0,2});")
# UTF-8 that was read as Windows-1252: "Ã©" for é, "â€™" for ’, "Å“" for œ.
MISREAD = re.compile(r"Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ ]|â€[\u0080-\u00bf™œ˜“”¦¢]|Å[“’]|Â[«»°§·\u00a0]")
MISREAD_BEGINS = "ÃâÅÂ"
# What no French word has inside, in the midst of letters in lower case: letters of old Macintosh, DOS or Chinese files
# read as Windows-1252, "rŽviser", "r‚viser", "r¨¦viser", French read as Cyrillic or Greek, "rйviser".
SIGNS_OF_PAGES = "ŽŠˆ‰•‚ƒ„†‡‹›¡¢£¤¥¦¨¬®¯±¶¼½¾¿\u008f\u008d\u009d\u0370-\u03ff\u0400-\u04ff"
OTHER_PAGE = re.compile(f"(?<=[a-z])[{SIGNS_OF_PAGES}][{SIGNS_OF_PAGES}ªº]*(?=[a-z])")
# "n o t a m m e n t", as scans of wide type are read; shorter ones, "p a r", where there are such;
# "a", "à" and "y" behind one are words of their own.
APART = re.compile(r"(?<!\w)[^\W\d_](?: [a-zà-ÿœæ'’])++")  # letters apart; each is looked at once, however many
LONG, SHORT = 5, 3  # letters of such words
SINGLE = re.compile(r" [a-zà-ÿœæ'’] [a-zà-ÿœæ'’] ")  # in each of them
SAVE_UTF8 = "open it in the program that made it and save it as plain text (UTF-8)"


def mended(text: str) -> tuple[str, list[Oddity]]:
    """A plain text with what can be repaired for certain, and what there was to repair or to tell.

    >>> mended("Les &Eacute;tats")
    ('Les États', [(1, '1 HTML entity in plain text, read as its character', 'save it as plain text without them')])
    """
    odd: list[Oddity] = []
    for repair in REPAIRS:
        text = repair(text, odd)
    return text, odd


def _entities(text: str, odd: list[Oddity]) -> str:
    """The characters that HTML entities in a plain text stand for."""
    first, times = -1, 0

    def character(found: re.Match[str]) -> str:
        nonlocal first, times
        sign = html.unescape(found[0])
        if sign == found[0] or CONTROL.search(sign) or sign in "\ufffd\r\n\f":
            return found[0]
        times += 1
        first = found.start() if times == 1 else first
        return sign

    read = ENTITY.sub(character, text) if "&" in text else text
    if times:
        many = "1 HTML entity in plain text, read as its character"
        several = f"{times} HTML entities in plain text, read as their characters"
        odd.append((_line(text, first), many if times == 1 else several, "save it as plain text without them"))
    return read


def _misread(text: str, odd: list[Oddity]) -> str:
    """UTF-8 that was once read as Windows-1252, read again; told where it stays, which only a few may by chance."""
    found = list(MISREAD.finditer(text)) if any(sign in text for sign in MISREAD_BEGINS) else []
    if not found:
        return text
    first, read = _line(text, found[0].start()), text
    with contextlib.suppress(ModuleNotFoundError):  # of an installation without its dependency: told below
        import ftfy

        read = "\n".join(ftfy.fix_encoding(line) if MISREAD.search(line) else line for line in text.split("\n"))
    if left := MISREAD.search(read):
        what = f"{len(found)} letters in a wrong encoding, such as « {left[0]} »"
        odd.append((_line(read, left.start()), what, SAVE_UTF8))
    else:
        odd.append((first, f"{len(found)} letters in a wrong encoding (« {found[0][0]} »), repaired", "check the text"))
    return read


def _strange(text: str, odd: list[Oddity]) -> str:
    """Characters that are lost, and letters of another code page, told."""
    if lost := text.count("\ufffd"):
        what = f"{lost} unreadable character{'s' * (lost > 1)} (U+FFFD)"
        odd.append((_line(text, text.index("\ufffd")), what, SAVE_UTF8))
    found = [] if text.isascii() else list(OTHER_PAGE.finditer(text))
    if len(found) >= STRANGE:
        what = f"{len(found)} letters of another code page, such as « {found[0][0]} » inside a word"
        odd.append((_line(text, found[0].start()), what, SAVE_UTF8))
    return text


def _spaced(text: str, odd: list[Oddity]) -> str:
    """Words set letter by letter closed up, in a text that has several: « n o t a m m e n t » is no other thing."""
    if not SINGLE.search(text):
        return text
    if len(list(islice((run for run in APART.finditer(text) if _letters(run, LONG)), STRANGE))) < STRANGE:
        return text
    runs = [run for run in APART.finditer(text) if _letters(run, SHORT)]
    what = f"{len(runs)} words set letter by letter (« {runs[0][0][: 2 * _letters(runs[0], SHORT) - 1]} »), closed up"
    odd.append((_line(text, runs[0].start()), what, "check where two such words stand together"))
    return APART.sub(_closed_up, text)


def _letters(run: re.Match[str], least: int) -> int:
    """How many of these letters make a word; 0 where they are fewer than `least`."""
    letters = run[0][::2]
    if run.string[run.end() : run.end() + 1].isalnum() or run.string.startswith("_", run.end()):
        letters = letters[:-1]  # the first of the next word
    letters = letters.rstrip("aày")
    return len(letters) if len(letters) >= least else 0


def _closed_up(run: re.Match[str]) -> str:
    """The word that these letters make, and what stands behind it."""
    end = max(2 * _letters(run, SHORT) - 1, 0)
    return run[0][:end].replace(" ", "") + run[0][end:]


REPAIRS: tuple[Callable[[str, list[Oddity]], str], ...] = (_misread, _entities, _strange, _spaced)
STRANGE = 2  # letters of another code page, from which they are no accident


def _line(text: str, at: int) -> int:
    return len(re.findall(r"\r\n|\r|\n", text[:at])) + 1
