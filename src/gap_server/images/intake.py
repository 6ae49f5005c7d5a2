"""Candidates in, pictures out, in order: read, recognised where known, made alike by a few threads."""

import stat
from collections import deque
from collections.abc import Container, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from gap_server.errors import ImageRefused
from gap_server.images.candidate import Candidate
from gap_server.images.normalise import MAX_SOURCE_BYTES, NormalisedImage, normalise


class SkipReason(StrEnum):
    KNOWN = "known"
    """The catalogue has it already: an import that goes on passes it by."""

    DUPLICATE = "duplicate"
    """The same bytes as an earlier file of this import."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Prepared:
    candidate: Candidate
    image: NormalisedImage


@dataclass(frozen=True, slots=True)
class Skipped:
    """`detail` is for the operator, and begins where the file's name ends: "the picture is cut short"."""

    candidate: Candidate
    reason: SkipReason
    detail: str


def prepare(
    candidates: Iterable[Candidate], *, known_sources: Container[str], workers: int = 2
) -> Iterator[Prepared | Skipped]:
    """One result for each candidate, in their order, none of which is ever an error.

    `known_sources` holds the `source_sha256` of pictures taken in before; their files are read, not decoded.
    At most twice `workers` files are held at a time. Threads, because Pillow lets go of the interpreter while
    it decodes: two processes are a tenth faster and cost a copy of everything.
    """
    sources = _Sources(known_sources)
    waiting: deque[Future[Prepared | Skipped]] = deque()
    pool = ThreadPoolExecutor(workers, thread_name_prefix="normalise")
    try:
        for candidate in candidates:
            waiting.append(_begun(pool, candidate, sources))
            if len(waiting) >= 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


class _Sources:
    """What has been seen, by hash: in earlier imports and in this one."""

    def __init__(self, known: Container[str]) -> None:
        self._known = known
        self._first: dict[bytes, Candidate] = {}

    def seen(self, candidate: Candidate, content: bytes) -> Skipped | None:
        digest = sha256(content)
        if digest.hexdigest() in self._known:
            return Skipped(candidate, SkipReason.KNOWN, "the picture is in the catalogue already")
        first = self._first.get(digest.digest())
        if first is not None:
            return Skipped(candidate, SkipReason.DUPLICATE, f"the file is the same as {first.path}")
        self._first[digest.digest()] = candidate
        return None


def _begun(pool: ThreadPoolExecutor, candidate: Candidate, sources: _Sources) -> Future[Prepared | Skipped]:
    """Reading is done here, in order, so that of two files alike the first is always the one taken."""
    content = _content(candidate)
    if isinstance(content, Skipped):
        return _settled(content)
    seen = sources.seen(candidate, content)
    return _settled(seen) if seen else pool.submit(_normalised, candidate, content)


def _settled(skipped: Skipped) -> Future[Prepared | Skipped]:
    settled: Future[Prepared | Skipped] = Future()
    settled.set_result(skipped)
    return settled


def _normalised(candidate: Candidate, content: bytes) -> Prepared | Skipped:
    try:
        return Prepared(candidate, normalise(content))
    except ImageRefused as error:
        return Skipped(candidate, SkipReason.REFUSED, str(error))


def _content(candidate: Candidate) -> bytes | Skipped:
    """The file's bytes, one more than the limit at most: normalise says what is wrong with that."""
    try:
        # Asked before opening: to open a pipe is to wait for somebody who writes to it.
        if not stat.S_ISREG(candidate.path.stat().st_mode):
            return Skipped(candidate, SkipReason.UNREADABLE, "not a file")
        with candidate.path.open("rb") as file:
            return file.read(MAX_SOURCE_BYTES + 1)
    except FileNotFoundError:
        return Skipped(candidate, SkipReason.MISSING, "there is no such file")
    except OSError as error:
        return Skipped(candidate, SkipReason.UNREADABLE, f"the file cannot be read: {error.strerror}")
