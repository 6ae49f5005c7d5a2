"""Registering a revision, letting it through the gate, giving it a share of new sessions, taking that back.

Each is one transaction, with who did it. Servers read the shares at the start of every session: nothing has
to be started again, and a session keeps the model that it began with.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gap_server.errors import NotFound, RoundRefused
from gap_server.store import comparisons, operators, releases, rounds
from gap_server.store.comparisons import ModelDifference
from gap_server.store.engine import Db, Store
from gap_server.store.rounds import Field, Gate, LiveEstimate, Played, Revision
from gap_server.tuning.rounds.gate import Check


@dataclass(frozen=True, slots=True)
class Standing:
    """A revision with all that is known of it. `share`: percent of new sessions."""

    revision: Revision
    gate: Gate | None
    share: float
    played: Played | None
    estimates: Sequence[LiveEstimate]
    against: Sequence[ModelDifference]
    """Each other model in play, by the newest comparison."""


async def register(store: Store, new: Revision, *, operator: str) -> None:
    """Raises RoundRefused where there is one of this name and revision: what was measured of it must hold.

    NotFound where its release did not leave this database.
    """
    async with store.transaction() as db:
        if new.release is not None:
            await _require_release(db, new.release)
        if not await rounds.register(db, new):
            raise RoundRefused(f"{_told(new.name, new.revision)} is registered already.")
        await operators.record(db, operator=operator, action="round register", about=_about(new))


async def found(store: Store, name: str, revision: str | None) -> Revision:
    """The registered one; without a revision the newest of the name. Raises NotFound."""
    async with store.connection() as db:
        return await _found(db, name, revision)


async def write_gate(
    store: Store, of: Revision, checks: Sequence[Check], scores: Mapping[str, Any], *, operator: str
) -> bool:
    """Whether it passed: every check did."""
    passed = all(check.passed for check in checks)
    async with store.transaction() as db:
        told = [check.as_json() for check in checks]
        await rounds.add_gate(db, Gate(of.name, of.revision, passed, told, scores))
        await operators.record(db, operator=operator, action="round gate", about=_about(of))
    return passed


async def promote(store: Store, name: str, revision: str | None, share: float, *, operator: str) -> Field:
    """Give it this percentage of new sessions. The others' shares stay; the settings' models get the rest.

    Raises NotFound; RoundRefused where it has not passed the gate, or more than all would be given away.
    """
    async with store.transaction() as db:
        await rounds.hold_field(db)
        of = await _found(db, name, revision)
        await _require_gate(db, of)
        before = await rounds.field(db)
        shares = dict(before.shares) | {(of.name, of.revision): share}
        if (whole := sum(shares.values())) > 100:
            raise RoundRefused(f"Shares would add up to {whole:g} %, and 100 is all there is.")
        await rounds.set_field(db, "promote", shares, before.id)
        await operators.record(
            db, operator=operator, action="round promote", about=f"{_about(of)}, {share:g} %"
        )
        return await rounds.field(db)


async def roll_back(store: Store, *, operator: str) -> Field:
    """The shares as they were before the last promotion that still stands; again, and before the one before.

    Raises RoundRefused where there is nothing to go back to.
    """
    async with store.transaction() as db:
        await rounds.hold_field(db)
        now = await rounds.field(db)
        if now.id is None or (now.before_id is None and not now.shares):
            raise RoundRefused("Nobody was promoted: the settings' models have the field.")
        before = await rounds.field_by_id(db, now.before_id)
        await rounds.set_field(db, "rollback", before.shares, before.before_id)
        told = ", ".join(_told(*one) for one in now.shares) or "nobody"
        await operators.record(db, operator=operator, action="round rollback", about=told)
        return await rounds.field(db)


async def standings(store: Store, name: str | None = None) -> list[Standing]:
    """Every revision that is registered, of one name or of all."""
    async with store.connection() as db:
        shares = (await rounds.field(db)).shares
        played = {(one.name, one.revision): one for one in await rounds.played(db)}
        estimates = await rounds.estimates(db)
        compared = await comparisons.newest(db)
        pairs = await comparisons.differences(db, compared.id) if compared else []
        return [
            Standing(
                one,
                await rounds.last_gate(db, one.name, one.revision),
                shares.get((one.name, one.revision), 0),
                played.get((one.name, one.revision)),
                [e for e in estimates if (e.model, e.revision) == (one.name, one.revision)],
                [d for d in pairs if (d.model, d.revision) == (one.name, one.revision)],
            )
            for one in await rounds.revisions(db, name)
        ]


async def _found(db: Db, name: str, revision: str | None) -> Revision:
    if revision is not None:
        one = await rounds.revision(db, name, revision)
    else:
        one = next(iter(await rounds.revisions(db, name)), None)
    if one is None:
        raise NotFound(f"{_told(name, revision or '')} is not registered: gap-server round register.")
    return one


async def _require_release(db: Db, release: str) -> None:
    """Raises NotFound; RoundRefused for the held-out set, on which its scores would be worth nothing."""
    name = await releases.name_of(db, UUID(release))
    if name is None:
        raise NotFound(f"There is no release {release}: manifest.json of the exported data set names it.")
    if name == "heldout":
        raise RoundRefused(f"Release {release} is of `heldout`, and nothing tuned on it is measured by it.")


async def _require_gate(db: Db, of: Revision) -> None:
    """Raises RoundRefused. A base needs none: it is what the gate compares with."""
    if of.kind == "base":
        return
    gate = await rounds.last_gate(db, of.name, of.revision)
    if gate is None:
        raise RoundRefused(f"{_about(of)} has not been at the gate: gap-server round gate.")
    if not gate.passed:
        reasons = "; ".join(f"{c['name']}: {c['said']}" for c in gate.checks if not c["passed"])
        raise RoundRefused(f"{_about(of)} did not pass the gate. {reasons}")


def _about(of: Revision) -> str:
    return _told(of.name, of.revision)


def _told(name: str, revision: str) -> str:
    return f"{name} {revision}" if revision else name
