"""The readings of an answer that hide the same words: look-alike letters, spelling out, reversal, ciphers."""

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

_CYRILLIC: Final = "авекмнорстухіѕјԁԛԝьё"
_LATIN: Final = "abekmhopctyxisjdqwbe"
_GREEK: Final = str.maketrans("αβεικνορτυχ", "abeiknoptux")
_TO_LATIN: Final = str.maketrans(_CYRILLIC, _LATIN)
_TO_CYRILLIC: Final = str.maketrans("abekmhopctyx", "авекмнорстух")
_ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz"
_ROT13: Final = str.maketrans(_ALPHABET, _ALPHABET[13:] + _ALPHABET[:13])
_LEET: Final = str.maketrans("0134578@$", "oieastbas")
_LEET_SIGN: Final = re.compile(r"[0134578@$]")
_LEET_WORD: Final = re.compile(r"(?=\S*[a-z])[a-z0-9@$]+")
_SPELLED: Final = re.compile(r"(?<![^\W_])[^\W_](?:[\W_]{1,3}[^\W_]){4,}(?![^\W_])")
_BASE64: Final = re.compile(r"[A-Za-z0-9+/]{16,}={0,2}")
_APOSTROPHES: Final = str.maketrans("’ʼ`‘", "''''")
_UNSEEN: Final = frozenset({"Mn", "Cf", "Cc", "Cs"})
_LETTER: Final = re.compile(r"[^\W\d_]")


def folded(text: str) -> str:
    """Lower case, compatibility forms and accents undone, invisible characters gone, words a space apart."""
    return " ".join(unaccented(text).casefold().translate(_APOSTROPHES).split())


def unaccented(text: str) -> str:
    """Compatibility forms spelled plainly; accents (also the breve of й) and invisible characters dropped."""
    if text.isascii():
        return text
    wide = unicodedata.normalize("NFKD", text)
    return "".join(c for c in wide if c.isspace() or unicodedata.category(c) not in _UNSEEN)


def squeezed(text: str) -> str:
    """Letters alone, folded: the same however it is spaced or punctuated."""
    return "".join(_LETTER.findall(folded(text)))


def spelled_out(text: str) -> str:
    """What is spelled letter by letter ("I w-a-s t.o.l.d"), run together; empty where nothing is."""
    return " ".join("".join(_LETTER.findall(run)) for run in _SPELLED.findall(folded(text)))


def views(text: str) -> Iterator[str]:
    """Every reading of `text` to be searched for words, folded. The first is the plain one."""
    plain = folded(text)
    latin = _unleeted(plain if plain.isascii() else plain.translate(_TO_LATIN).translate(_GREEK))
    yield plain
    if latin != plain:
        yield latin
    if not plain.isascii():
        yield plain.translate(_TO_CYRILLIC)
    yield latin[::-1]
    yield latin.translate(_ROT13)
    for run in _BASE64.findall(text):
        if (decoded := _from_base64(run)) is not None:
            yield decoded


def _unleeted(text: str) -> str:
    if not _LEET_SIGN.search(text):
        return text
    return _LEET_WORD.sub(lambda word: word[0].translate(_LEET), text)


def _from_base64(run: str) -> str | None:
    try:
        return folded(base64.b64decode(run + "=" * (-len(run) % 4)).decode())
    except (binascii.Error, UnicodeDecodeError):
        return None
