"""A server whose Postgres has no room left says so, and is ready again once there is."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import httpx
import pytest

from tests.outside.server_process import ServerProcess, until

pytestmark = pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("unshare"), reason="only root may mount a disk of its own"
)
DISK = "size=160m,mode=755"
TOO_SMALL = "size=20m,mode=755"


class OnSmallDisk(ServerProcess):
    """`data` is on a disk of its own, which nobody sees but the server's processes."""

    program = Path("/bin/sh")

    def __init__(self, data: Path, **settings: object) -> None:
        gap_server = ServerProcess.program
        mount = f"mount -t tmpfs -o {DISK} tmpfs {data}"
        start = f"{mount} && {gap_server} migrate && exec {gap_server} serve --port 0"
        super().__init__(
            "-c",
            f"exec unshare --mount /bin/sh -c '{start}'",
            data_dir=data,
            vlm_urls="http://127.0.0.1:1",
            vlm_model="m",
            **settings,
        )
        self._data = data

    @property
    def disk(self) -> Path:
        return Path(f"/proc/{self.pid}/root{self._data}")


def test_a_disk_on_which_no_database_can_be_made_is_named_as_full(tmp_path: Path) -> None:
    command = f"mount -t tmpfs -o {TOO_SMALL} tmpfs {tmp_path} && exec {ServerProcess.program} migrate"
    done = subprocess.run(
        ["/usr/bin/env", "unshare", "--mount", "/bin/sh", "-c", command],
        env={**os.environ, "GAP_DATA_DIR": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    (said,) = done.stderr.strip().splitlines()
    assert "No space left on device" in said


async def test_a_full_disk_is_told_by_readiness_until_there_is_room() -> None:
    with tempfile.TemporaryDirectory(prefix="gap-outside-") as data, OnSmallDisk(Path(data)) as server:
        url = await server.start().ready()
        async with httpx.AsyncClient(base_url=url, timeout=60) as client:

            async def says(words: str) -> bool:
                response = await client.get("/readyz")
                return response.status_code == 503 and words in response.json()["detail"]

            assert await says("catalogue is empty")
            filler = server.disk / "filler"
            fill(filler)
            await until(lambda: says("no room left on its disk"))
            filler.unlink()
            await until(lambda: says("catalogue is empty"))
        assert await server.stop() == 0


def fill(file: Path) -> None:
    with file.open("wb", buffering=0) as filler:
        try:
            while filler.write(bytes(1 << 20)):
                pass
        except OSError as error:
            assert error.strerror == "No space left on device"  # noqa: PT017  # the write is meant to fail
