"""Which closed cases measure later jurors: worked out anew as more becomes known of who closed them."""

from gap_server.operate.tally import PAGE, Jurors, pages
from gap_server.play.jury import before
from gap_server.quality.evidence import Pool
from gap_server.quality.jury import Outcome, settles
from gap_server.quality.trust import chance_of, log_odds
from gap_server.store import settled
from gap_server.store.engine import Store
from gap_server.store.settled import ClosedCase


async def settle(store: Store, jury: Jurors) -> None:
    """Let every case stand, or stand no more, as its votes now weigh. No outcome changes."""
    async for page in pages(store, settled.closed_ids, PAGE):
        async with store.transaction() as db:
            cases = await settled.closed(db, page)
            stands = {case.id: _stands(case, jury) for case in cases}
            changed = [case.id for case in cases if stands[case.id] != (case.settled is not None)]
            await settled.write(db, {case_id: stands[case_id] for case_id in changed})


def _stands(case: ClosedCase, jury: Jurors) -> bool:
    votes = jury.said(case.jurors, case.said_wrong, Pool.COMPLEX).values()
    chance = chance_of(log_odds(before(case.stratum, case.trust)) + sum(votes))
    return settles(chance, Outcome(case.outcome), Pool.COMPLEX)
