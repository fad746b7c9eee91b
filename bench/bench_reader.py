"""Bench of the reader: first screen and filters in a real Chromium, with 5,000 requests from 100 documents.

Reads the published tables, whose report it multiplies; writes a page into a scratch folder; prints seconds.

    first screen 0.41 s (at most 1.0)   filter 0.03 s (at most 0.1)   search 0.02 s (at most 0.1)
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import pandas as pd
from pries.base import console, interrupt
from pries.publishing import reader
from pries.store import files

TABLES = Path("outputs/tables")
DOCUMENTS, REQUESTS = 100, 5_000
AT_MOST = {"first screen": 1.0, "filter": 0.1, "search": 0.1}  # seconds
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--window-size=1100,900",
)  # fmt: skip
# The first screen is there when something is painted and the scripts have run that fill it.
PAINT = """
const paint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
return Math.max(paint, performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd);
"""
CHANGE = """
const [id, event, value] = arguments, box = document.getElementById(id), begun = performance.now();
box.value = value; box.dispatchEvent(new Event(event)); document.body.offsetHeight;
return performance.now() - begun;
"""
TRIED = {  # what is put where, and the event that tells the page
    "filter": ("filter-modality", "change", ("urge", "request", "should", "")),
    "search": ("q", "input", ("ratifier", "priés de", "droits migrants", "")),
}


def multiplied(tables: Mapping[str, pd.DataFrame], copies: int, requests: int | None = None) -> dict[str, pd.DataFrame]:
    """The same report `copies` times over, each with a name and identifiers of its own, and `requests` in all."""
    made = {}
    for name, frame in tables.items():
        copied = []
        for i in range(copies if name != "clusters" else 1):
            copy = frame.copy()
            for column in {"doc_id", "obligation_id", "restates"} & set(copy):
                copy[column] = copy[column].where(copy[column] == "", copy[column] + f"_{i}")
            copied.append(copy)
        made[name] = pd.concat(copied, ignore_index=True)
    if requests is not None:
        kept = made["obligations"].groupby("doc_id", sort=False).head(requests // copies)
        ids = set(kept["obligation_id"])
        made["obligations"] = kept.assign(restates=kept["restates"].where(kept["restates"].isin(ids), ""))
        for name in ("actions", "cluster_members"):
            made[name] = made[name][made[name]["obligation_id"].isin(ids)]
    return made


@contextmanager
def chromium(downloads: Path | None = None) -> Iterator[Any]:
    """A headless browser, which saves in `downloads`. Raises FileNotFoundError where there is none."""
    from selenium import webdriver

    binary, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not binary or not driver:
        raise FileNotFoundError("chromium and chromedriver")
    options = webdriver.ChromeOptions()
    for flag in FLAGS:
        options.add_argument(flag)
    options.binary_location = binary
    if downloads is not None:
        options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    try:
        yield browser
    finally:
        browser.quit()


def measure(page: Path, runs: int) -> dict[str, list[float]]:
    """Seconds of the first screen, of a filter and of a search, `runs` times."""
    found: dict[str, list[float]] = {name: [] for name in AT_MOST}
    with chromium() as browser:
        for _ in range(runs):
            browser.get("about:blank")
            browser.get(page.as_uri())
            found["first screen"].append(browser.execute_script(PAINT) / 1000)
            browser.get(page.as_uri() + "#view=table")
            browser.refresh()
            for name, (box, event, values) in TRIED.items():
                found[name] += [browser.execute_script(CHANGE, box, event, value) / 1000 for value in values]
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, and print a line for each measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tables", type=Path, default=TABLES, metavar="DIR", help=f"in: the CSV tables ({TABLES})")
    parser.add_argument("--runs", type=int, default=5, metavar="N")
    options = parser.parse_args(argv)
    interrupt.as_exception()
    with console.one_line() as guard, tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        tables = multiplied(reader.read_tables(options.tables), DOCUMENTS, REQUESTS)
        page, pieces = reader.render(tables)
        for i, piece in enumerate(pieces):
            files.write_text(Path(scratch) / "reader" / reader.name_of(i), piece)
        files.write_text(Path(scratch) / "reader.html", page)
        size = (len(page) + sum(map(len, pieces))) / 1e6
        n = len(tables["obligations"])
        console.say("bench", f"the reader with {n:,} requests of {DOCUMENTS} documents, {size:.1f} million characters")
        try:
            found = measure(Path(scratch) / "reader.html", options.runs)
        except (ImportError, FileNotFoundError) as missing:
            console.say("bench", f"no browser to measure the reader in ({missing}); `make test` as root installs one")
            return guard.code
        for name, seconds in found.items():
            over = " OVER" if median(seconds) > AT_MOST[name] else ""
            spread = f"{min(seconds):.3f}–{max(seconds):.3f}"
            console.say(name, f"median {median(seconds):.3f} s  ({spread})  at most {AT_MOST[name]:.1f} s{over}")
    return guard.code


if __name__ == "__main__":
    sys.exit(main())
