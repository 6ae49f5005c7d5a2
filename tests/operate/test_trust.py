"""Trust: what everybody did is counted, fitted and written down, and nothing of who withdrew."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from gap_server.app import assemble
from gap_server.demo.answerer import DemoModel
from gap_server.operate import trust
from gap_server.play import honest_checks, sharpness
from gap_server.play.deps import GameDeps
from gap_server.store.engine import Store
from tests.judging import proven
from tests.playing import Player, new_player
from tests.world import administrator, client_of, make_deps


async def rows(store: Store, sql: str, *values: object) -> list[Any]:
    async with store.connection() as db:
        return [tuple(row) for row in await db.fetch(sql, *values)]


async def play_carefully(player: Player, store: Store) -> None:
    session = await player.start()
    for _ in range(10):
        round_ = await player.next(session)
        question = await player.ask(round_)
        ((trap,),) = await rows(store, "select tainted from app.round where id = $1", UUID(round_["id"]))
        if trap:
            await player.judge(question, "wrong")
        else:
            await player.pass_(round_)


async def test_a_careful_players_flags_are_trusted_more_than_a_blind_ones(
    store: Store,
) -> None:
    model = DemoModel(honest_error_complex=0, honest_error_simple=0)
    deps = make_deps(store, model)
    async with client_of(assemble(deps)) as client:
        await _careful_and_blind(client, store, deps)


async def _careful_and_blind(client: httpx.AsyncClient, store: Store, deps: GameDeps) -> None:
    careful, blind = await new_player(client, 1), await new_player(client, 2)
    for _ in range(3):
        await play_carefully(careful, store)
        await blind.play_session("wrong")
    await sharpness.assess_waiting(deps)
    while (due := await honest_checks.next_due(deps)) is not None:
        await honest_checks.make(deps, due)
    found = await trust.refit(store)
    assert found is not None
    assert (found.players, found.trusted) == (2, 45)
    assert [(one.model, one.revision is not None) for one in found.models] == [("demo", True)]
    assert all(one.lower < one.p_wrong < one.upper for one in found.models)
    assert await rows(store, "select lower < p_wrong and p_wrong < upper from app.model_estimate") == [
        (True,)
    ]
    rates = {
        str(player): (s, f, lower <= s <= upper)
        for player, s, f, lower, upper in await rows(
            store,
            "select player_id, s_simple, f_simple, s_simple_lower, s_simple_upper from app.player_estimate",
        )
    }
    assert rates[careful.me["id"]][0] > 0.7
    assert rates[careful.me["id"]][1] < 0.3
    assert rates[blind.me["id"]][1] > 0.6
    assert all(within for *_, within in rates.values())
    by_arm = dict(
        await rows(
            store,
            "select r.tainted, avg(t.p_wrong) from app.answer_trust t"
            " join app.question q on q.id = t.question_id join app.round r on r.id = q.round_id"
            " where t.player_id = $1 group by 1",
            UUID(blind.me["id"]),
        )
    )
    assert by_arm[True] > 0.9, "lies that were checked"
    assert by_arm[False] < 0.5
    exported = await careful.call("GET", "/me/export")
    assert len(exported["reliability"]) == 1
    assert len(exported["trust_in_flags"]) == 15


async def test_others_who_heard_the_same_answer_count_and_so_do_jurors_once_each(store: Store) -> None:
    deps = make_deps(store, DemoModel(honest_error_complex=0, honest_error_simple=0))
    async with client_of(assemble(deps)) as client:
        players = [await new_player(client, n) for n in range(1, 4)]
        for player in players:
            await player.play_session("wrong")
        await (await new_player(client, 4)).play_session("right")
        jurors = [await new_player(client, n) for n in range(5, 8)]
    await sharpness.assess_waiting(deps)
    await proven(store, 5, 6, 7)
    assert await trust.refit(store) is not None
    assert await rows(store, DIFFERENT_COUNTS) == []
    heard_by_others = await rows(store, "select count(*) from app.answer_trust where others > 0")
    assert heard_by_others[0][0] > 0
    before = await rows(store, TRUSTS)
    assert all(p_wrong == pytest.approx(unjudged) and not said for _, p_wrong, unjudged, said in before)
    await _say_wrong_of_all(store, jurors[:2])
    assert await trust.refit(store) is not None
    after = await rows(store, TRUSTS)
    assert {verdicts for *_, verdicts in after} == {2}
    assert all(p_wrong > unjudged for _, p_wrong, unjudged, _ in after)
    async with administrator(store) as db:
        await db.execute("update app.jury_case set outcome = 'wrong', p_wrong = 0.99, closed_at = now()")
    assert await trust.refit(store) is not None
    closed = await rows(store, TRUSTS)
    assert [row[0] for row in closed] == [row[0] for row in after]
    for was, now in zip(after, closed, strict=True):
        assert tuple(now)[1:] == pytest.approx(tuple(was)[1:]), "a closed case says what its verdicts said"


async def test_what_was_settled_by_who_calls_everything_wrong_measures_nobody_any_more(store: Store) -> None:
    deps = make_deps(store, DemoModel(honest_error_complex=0, honest_error_simple=0))
    async with client_of(assemble(deps)) as client:
        await (await new_player(client, 1)).play_session("wrong")
        jurors = [await new_player(client, n) for n in (2, 3)]
    await sharpness.assess_waiting(deps)
    await proven(store, 2, 3)
    await _say_wrong_of_all(store, jurors)
    async with administrator(store) as db:
        await db.execute("update app.jury_case set outcome = 'wrong', p_wrong = 0.99, closed_at = now()")
    assert await trust.refit(store) is not None
    assert await rows(store, SETTLED) == [("complex", "wrong", "wrong"), ("simple", "wrong", None)]
    async with administrator(store) as db:
        await db.execute("update app.verdict set said = 'wrong' where truth = 'right'")
    assert await trust.refit(store) is not None
    assert await rows(store, SETTLED) == [("complex", "wrong", None), ("simple", "wrong", None)]


SETTLED = """
select distinct i.pool, c.outcome, c.settled from app.jury_case c join app.image i on i.id = c.image_id
order by i.pool
"""

DIFFERENT_COUNTS = """
with answer as (
    select q.player_id, q.id, r.image_id, lower(btrim(q.text)) as asked, lower(btrim(q.answer)) as said
    from app.question q join app.round r on r.player_id = q.player_id and r.id = q.round_id
    where not r.tainted
)
select a.id from answer a join app.answer_trust t on t.player_id = a.player_id and t.question_id = a.id
where t.others <> (
    select count(distinct b.player_id) from answer b
    where (b.image_id, b.asked, b.said) = (a.image_id, a.asked, a.said) and b.player_id <> a.player_id)
"""

TRUSTS = """
select t.question_id, t.p_wrong, t.p_wrong_unjudged, t.verdicts from app.answer_trust t
join app.question q on q.player_id = t.player_id and q.id = t.question_id
join app.round r on r.player_id = q.player_id and r.id = q.round_id
where not r.tainted order by t.question_id
"""


async def _say_wrong_of_all(store: Store, jurors: list[Player]) -> None:
    """Of every case, each of these: of the same answer as another player's, too."""
    async with administrator(store) as db:
        await db.execute(
            "insert into app.verdict (player_id, case_id, image_id, said, shown_at, ended_at)"
            " select p.id, c.id, c.image_id, 'wrong', now(), now() from app.jury_case c, app.player p"
            " where p.id = any($1::uuid[])",
            [juror.me["id"] for juror in jurors],
        )


async def test_a_new_fit_takes_the_place_of_the_old_and_of_who_withdrew_nothing_stays(
    client: httpx.AsyncClient, store: Store
) -> None:
    stays, goes = await new_player(client, 1), await new_player(client, 2)
    for player in (stays, goes):
        await player.play_session("wrong")
    assert await trust.refit(store) is not None
    await goes.call_("DELETE", "/me/consent")
    second = await trust.refit(store)
    assert second is not None
    assert second.players == 1
    for table in ("player_estimate", "answer_trust"):
        assert await rows(store, f"select distinct player_id from app.{table}") == [(UUID(stays.me["id"]),)]  # noqa: S608  # our own names
    assert await rows(store, "select fit_id from app.player_estimate") == [(second.fit_id,)]
    fits = await rows(store, FITS)
    assert [fit[2] for fit in fits] == [2, 1]
    assert await rows(store, "select count(*) from app.model_estimate") == [(2,)]


FITS = """
select kind, estimator_version, players from app.trust_fit where kind = 'reliability' order by id
"""


async def test_of_many_processes_one_refits(client: httpx.AsyncClient, store: Store) -> None:
    await (await new_player(client)).play_session("wrong")
    every = timedelta(minutes=15)
    found = await asyncio.gather(*(trust.refit_when_due(store, every) for _ in range(5)))
    assert len([one for one in found if one is not None]) == 1
    assert await trust.refit_when_due(store, every) is None
    assert await trust.refit_when_due(store, timedelta(0)) is None, "the lease that was taken holds"


async def test_where_nobody_has_played_there_is_nothing_to_fit(store: Store) -> None:
    assert await trust.refit(store) is None
