"""The real `gap-server demo` for a bench: its own process, folder and embedded Postgres."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

READY: Final = re.compile(r"gap-server (?:is ready:|listens at) (http://\S+)")


@contextmanager
def demo_server(folder: Path, settings: Mapping[str, str]) -> Iterator[str]:
    """Its address, once it is ready. Whoever gives a name may play, as often as they like."""
    own = {"GAP_DEMO_SIGN_IN": "true", "GAP_SIGN_INS_PER_HOUR_BY_ADDRESS": "100000", **settings}
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GAP_")}
    command = [str(Path(sys.executable).parent / "gap-server"), "demo", "--port", "0", "--data", str(folder)]
    log = folder / "output"
    with log.open("wb") as output:
        process = subprocess.Popen(command, env=inherited | own, stdout=output, stderr=output)
    try:
        while not (said := READY.search(log.read_text(errors="replace"))):
            if process.poll() is not None:
                raise RuntimeError(f"the demo ended: {log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.2)
        yield said[1].rstrip("/")
    finally:
        process.terminate()
        process.wait(40)
