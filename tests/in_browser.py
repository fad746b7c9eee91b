"""The reader in Chromium: one browser for all tests, as good as new for each, and what they do in it."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_core_python.selenium import Axe
from bench_reader import chromium
from pries.publishing import reader
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By

VIEWS = ("who", "text", "table", "context", "map", "groups", "families", "themes")
SIGNED = "localStorage.clear(); localStorage.setItem('pries coder', '\"ML\"')"
# Selects, in a paragraph of the text, the first plain word that is no request yet and has a sentence of its own.
SELECT = """
for (const box of document.querySelectorAll(".paragraph p")) for (const node of box.childNodes) {
  const found = node.nodeType === 3 && /\\bmigrants\\b/.exec(node.data);
  if (!found) continue;
  const range = document.createRange();
  range.setStart(node, found.index);
  range.setEnd(node, found.index + found[0].length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return found[0];
}
"""
REQUEST = "#add-modality option[value=request]"  # the strength of a request that one adds
STORED = {"origin": "file://", "storageTypes": "all"}  # what pages from disk keep between visits
TEXTS = "return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText.trim())"


def all_of(browser: Any, selector: str) -> list[Any]:
    """Every element that the selector finds."""
    return browser.find_elements(By.CSS_SELECTOR, selector)


def one(browser: Any, selector: str) -> Any:
    """The first of them."""
    return browser.find_element(By.CSS_SELECTOR, selector)


def texts(browser: Any, selector: str) -> list[str]:
    """What each of them shows, asked for at once: a question apiece takes seconds where there are hundreds."""
    return list(browser.execute_script(TEXTS, selector))


def wait(found: Callable[[], bool], seconds: float = 5.0) -> None:
    """Until this holds; what the page is just making anew does not hold yet."""

    def holds() -> bool:
        with contextlib.suppress(StaleElementReferenceException):
            return found()
        return False

    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "what was waited for did not come"
        time.sleep(0.02)


def arrive(browser: Any, words: str) -> None:
    """Until the address holds these words and the page shows what it names, of which it hears a moment later."""
    wait(lambda: words in browser.current_url)
    browser.execute_async_script("setTimeout(() => setTimeout(arguments[0]))")


def violations(browser: Any) -> list[tuple[str, list[Any]]]:
    """What axe-core (rules of WCAG 2.1 A and AA, and its good practices) finds on the page as it is."""
    found = Axe().run(browser)["violations"]
    return [(v["id"], [node["target"] for node in v["nodes"]]) for v in found]


def screen(browser: Any, width: int, height: int = 900, night: bool = False) -> None:
    """A screen of this size, by day or by night; that of a phone below 500 pixels."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    scheme = {"name": "prefers-color-scheme", "value": "dark" if night else "light"}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})


def put(folder: Path, html: str, pieces: list[str]) -> None:
    """Write a reader and its pieces."""
    (folder / "reader.html").write_text(html, encoding="utf-8")
    for i, piece in enumerate(pieces):
        (folder / "reader").mkdir(exist_ok=True)
        (folder / "reader" / reader.name_of(i)).write_text(piece, encoding="utf-8")


@pytest.fixture(scope="session")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The one Chromium; `chrome.downloads` is where it saves files."""
    if not shutil.which("chromium") or not shutil.which("chromedriver"):
        pytest.skip("no chromium with chromedriver here: `make test` as root on Debian installs them")
    downloads = tmp_path_factory.mktemp("downloads")
    with chromium(downloads) as made:
        made.downloads = downloads
        yield made


@pytest.fixture
def browser(chrome: Any) -> Any:
    """Chromium as if it had just been started: no page, nothing kept, saved or said, its own screen, by day."""
    chrome.get("about:blank")
    chrome.execute_cdp_cmd("Storage.clearDataForOrigin", STORED)
    chrome.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    for path in chrome.downloads.iterdir():
        path.unlink()
    chrome.get_log("browser")
    return chrome


@pytest.fixture
def page(browser: Any, full_run: Any) -> Iterator[Callable[[str], Any]]:
    """Open the reader of the reference report at an address; at the end nothing may stand in the console."""

    def at(address: str = "") -> Any:
        browser.get("about:blank")
        browser.get((full_run.folder / "reader.html").as_uri() + address)
        return browser

    yield at
    assert browser.get_log("browser") == []
