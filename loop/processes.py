"""The programs of the loop: started, awaited, ended; and the ones that run to their end."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

GAP: Final = str(Path(sys.executable).with_name("gap-server"))
"""The command line of the environment that this runs in."""

STOP_SECONDS: Final = 60
READ_AT_ONCE: Final = 2**16


class LoopFailed(Exception):
    """A program of the loop did not do its part."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A command that ran to its end."""

    succeeded: bool
    stdout: str


def gap(arguments: Sequence[str | Path], env: Mapping[str, str], *, may_fail: bool = False) -> Ended:
    """Run `gap-server`. Raises LoopFailed where it failed, unless that `may_fail`."""
    command = [GAP, *(str(one) for one in arguments)]
    print(f"$ gap-server {' '.join(command[1:])}", flush=True)
    began = time.monotonic()
    environment = {**os.environ, **env}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    print(f"{ended.stdout}({time.monotonic() - began:.0f} s)\n", flush=True)
    if ended.returncode and not may_fail:
        raise LoopFailed(f"gap-server {command[1]} ended with {ended.returncode}:\n{ended.stderr[-5000:]}")
    return Ended(not ended.returncode, ended.stdout)


@contextmanager
def started(command: Sequence[str], env: Mapping[str, str], says: str) -> Iterator[str]:
    """A server, and the address after the first line in which it `says` that it is there.

    Raises LoopFailed where it ends before.
    """
    server = subprocess.Popen(  # our own
        command, env={**os.environ, **env}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        yield _address(server, says)
    finally:
        server.terminate()
        server.wait(STOP_SECONDS)


def _address(server: "subprocess.Popen[str]", says: str) -> str:
    """Raises LoopFailed."""
    if server.stdout is None:
        raise LoopFailed("a server without output")
    heard = []
    for line in server.stdout:
        heard.append(line)
        if says in line:
            threading.Thread(target=_read_out, args=(server.stdout,), daemon=True).start()
            return line.rpartition(says)[2].strip()
    server.stdout.close()
    raise LoopFailed("".join(heard))


def _read_out(output: IO[str]) -> None:
    """Whatever it says from now on, lest it wait for a reader."""
    with output:
        while output.read(READ_AT_ONCE):
            pass


@contextmanager
def models(environment: Path, folders: Mapping[str, Path]) -> Iterator[str]:
    """The miniature's own model server, which needs torch, and so another environment than this one.

    Raises LoopFailed.
    """
    python = environment / "bin" / "python"
    if not python.exists():
        raise LoopFailed(f"There is no environment in {environment}: `make training`")
    served = [f"{name}={folder}" for name, folder in folders.items()]
    with started(
        [str(python), "-m", "loop.serve", *served], {"OMP_NUM_THREADS": "1"}, says="serving at "
    ) as url:
        yield url


@contextmanager
def game(env: Mapping[str, str]) -> Iterator[str]:
    """The real server before the real database, its catalogue stocked with the miniature."""
    with started([GAP, "demo", "--world", "miniature", "--port", "0"], env, says="is ready: ") as url:
        yield url
