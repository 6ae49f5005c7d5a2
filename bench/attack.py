"""What strangers can do by speaking slowly, much, or not at all: cut off when, and who else notices?

    python -m bench.attack [--caddy]

`gap-server serve` by itself, and with `--caddy` behind the Caddyfile that we deploy, but for
HTTPS and the name of the server. One attack after the other: a head of 96 MB, 1,000 connections that say
nothing, 100 heads and 100 bodies that come byte by byte. Meanwhile somebody else asks for /healthz all the
time. Wanted: all cut off within ten seconds, /healthz under 100 ms. Results go to bench/results/.
"""

import argparse
import asyncio
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import uvloop

from bench.players import game
from bench.playing import percentile
from bench.programs import RESULTS, circumstances
from bench.serving import free_port
from bench.wire import LOST, Line

CADDYFILE: Final = Path(__file__).parents[1] / "deploy" / "caddy" / "Caddyfile"
DYNAMIC: Final = re.compile(r"dynamic a \{.*?\n\t\t\}", re.DOTALL)
HUGE_BYTES: Final = 96 * 1024 * 1024
SILENT: Final = 1000
DRIPPING: Final = 100
PATIENCE_SECONDS: Final = 30.0
HEAD: Final = b"PUT /api/v1/me/consent HTTP/1.1\r\nHost: bench\r\n"
BODY: Final = HEAD + b"Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
HEALTHZ: Final = b"GET /healthz HTTP/1.1\r\nHost: bench\r\n\r\n"


@contextmanager
def caddy_before(*ports: int, admin: str = "off") -> Iterator[int]:
    """The port of a Caddy with our limits that passes on to `ports`, in turn. `admin`: where it tells what it
    does."""
    own = free_port()
    with tempfile.TemporaryDirectory(prefix="gap-bench-") as name:
        file = Path(name) / "Caddyfile"
        servers = " ".join(f"127.0.0.1:{port}" for port in ports)
        ours = DYNAMIC.sub(f"to {servers}", CADDYFILE.read_text())
        file.write_text(ours.replace("admin off", f"admin {admin}"))
        environment = {"PATH": os.defpath, "HOME": name, "SITE_ADDRESS": f"http://:{own}"}
        command = [shutil.which("caddy") or "caddy", "run", "--config", str(file), "--adapter", "caddyfile"]
        with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
            try:
                yield own
            finally:
                process.terminate()


async def huge_head(port: int) -> str:
    """What is answered; sent as fast as it is taken."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    piece = b"x" * 65536

    async def send() -> None:
        writer.write(HEAD + b"X-Long: ")
        with suppress(*LOST):
            for _ in range(HUGE_BYTES // len(piece)):
                writer.write(piece)
                await writer.drain()

    sending = asyncio.create_task(send())
    said = b""
    with suppress(*LOST):
        said = await reader.read(200)
    sending.cancel()
    writer.close()
    return said.partition(b"\r\n")[0].decode() or "closed without a word"


async def silence(port: int) -> str:
    return await _until_cut(port, b"", drip=b"")


async def dripped_head(port: int) -> str:
    return await _until_cut(port, HEAD + b"X-Slow: ", drip=b"x")


async def dripped_body(port: int) -> str:
    return await _until_cut(port, BODY, drip=b" ")


async def _until_cut(port: int, first: bytes, drip: bytes) -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(first)

    async def go_on() -> None:
        while drip:
            await asyncio.sleep(0.5)
            writer.write(drip)

    dripping = asyncio.create_task(go_on())
    said = b""
    with suppress(*LOST):
        said = await reader.read(200)
    dripping.cancel()
    writer.close()
    return said.partition(b"\r\n")[0].decode() or "closed without a word"


ATTACKS: Final[dict[str, tuple[Callable[[int], Awaitable[str]], int]]] = {
    "a head of 96 MB": (huge_head, 1),
    "connections that say nothing": (silence, SILENT),
    "heads byte by byte": (dripped_head, DRIPPING),
    "bodies byte by byte": (dripped_body, DRIPPING),
}


async def attacked(port: int) -> dict[str, Any]:
    found: dict[str, Any] = {"without": {"healthz_ms": await _asked_for(port, asyncio.sleep(3))}}
    for name, (attack, times) in ATTACKS.items():
        began = perf_counter()
        ends: list[tuple[float, str]] = []
        attacking = asyncio.gather(*(_timed(attack, port, began, ends) for _ in range(times)))
        healthz = await _asked_for(port, attacking)
        said = sorted({words for _, words in ends})
        found[name] = {
            "at_once": times,
            "cut_within_s": round(max(seconds for seconds, _ in ends), 2),
            "said": said,
            "healthz_ms": healthz,
        }
        print(name, json.dumps(found[name]), flush=True)
    return found


async def _timed(attack: Any, port: int, began: float, ends: list[tuple[float, str]]) -> None:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            said = await attack(port)
    except TimeoutError:
        said = "never cut"
    ends.append((perf_counter() - began, said))


async def _asked_for(port: int, while_: Any) -> dict[str, float]:
    """How long somebody else waits for /healthz meanwhile, asking on one connection after the other."""
    doing, took = asyncio.ensure_future(while_), []
    while not doing.done():
        began = perf_counter()
        _, line = await asyncio.get_running_loop().create_connection(Line, "127.0.0.1", port)
        reply = await line.ask(HEALTHZ)
        took.append(perf_counter() - began)
        line.close()
        if reply.status != 200 or b'"ok"' not in reply.body:
            raise RuntimeError(f"/healthz: {reply.status} {reply.body!r}")
        await asyncio.sleep(0.02)
    await doing
    return {
        "asked": len(took),
        "p50": percentile(took, 50),
        "p99": percentile(took, 99),
        "most": percentile(took, 100),
    }


async def _ready(port: int) -> None:
    for _ in range(200):
        with suppress(OSError):
            _, line = await asyncio.get_running_loop().create_connection(Line, "127.0.0.1", port)
            line.close()
            return
        await asyncio.sleep(0.1)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--caddy", action="store_true")
    arguments = parser.parse_args()
    ready = os.getloadavg()[0]
    found = {}
    with game(1, pictures=4) as held:
        found["directly"] = uvloop.run(attacked(held.server.port))
        if arguments.caddy:
            with caddy_before(held.server.port) as port:
                uvloop.run(_ready(port))
                found["through Caddy"] = uvloop.run(attacked(port))
    result = {
        "what": "attacks by slowness and size: cut off when, and how long others wait for /healthz",
        "command": "python -m bench.attack" + (" --caddy" if arguments.caddy else ""),
        **circumstances(ready),
        **found,
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "attack.json").write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
