"""How common questions are: what was asked before, by whom, about which images, and how it was answered."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import astuple, dataclass
from typing import Final
from uuid import UUID

from gap_server.quality.questions.commonness import COMMONPLACE
from gap_server.store.engine import Db, allow

FORMS: Final = """
left join app.asked_form asked on asked.player_id = q.player_id and asked.question_id = q.id
left join app.question_form form on form.form = asked.form
"""
"""Of question `q`, where its session was assessed."""

WORTH: Final = "coalesce(form.bits, 1) * (1 - asked.repeated)"
"""0 to 1, see `quality.questions.commonness`; null where a question was assessed before there were forms."""

IS_COMMONPLACE: Final = f"coalesce(form.bits, 1) < {COMMONPLACE}"

ASKED = """
select q.id, r.id as round_id, q.text, q.answer, r.tainted from app.round r
join app.question q on q.player_id = r.player_id and q.round_id = r.id and q.state = 'answered'
where r.player_id = $1 and r.session_id = $2 order by r.position, q.number
"""

BEFORE = """
select a.form, count(distinct q.round_id) from app.asked_form a
join app.question q on q.player_id = a.player_id and q.id = a.question_id
where a.player_id = $1 and a.form = any($2::bytea[]) group by a.form
"""

ROUNDS_BEFORE = """
select count(distinct q.round_id) from app.asked_form a
join app.question q on q.player_id = a.player_id and q.id = a.question_id where a.player_id = $1
"""

NOTE = """
insert into app.asked_form (player_id, question_id, form, answer_form, repeated)
select $1, given.* from unnest($2::uuid[], $3::bytea[], $4::bytea[], $5::float8[]) as given
"""

SECONDS = 600.0
"""The longest that a statement over all questions may take."""

ANSWERED = """
select form, array_agg(images) as images from (
    select a.form, a.answer_form, count(distinct r.image_id) as images from app.asked_form a
    join app.question q on q.player_id = a.player_id and q.id = a.question_id
    join app.round r on r.player_id = q.player_id and r.id = q.round_id
    where a.answer_form is not null
    group by a.form, a.answer_form
) by_answer group by form having sum(images) > 1
"""

WRITE = """
insert into app.question_form as f (form, images, bits)
select * from unnest($1::bytea[], $2::bigint[], $3::float8[])
on conflict (form) do update set images = excluded.images, bits = excluded.bits
where f.bits is distinct from excluded.bits or f.images <> excluded.images
"""

FORGET = """
delete from app.question_form f where not exists (select from app.asked_form a where a.form = f.form)
"""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    id: UUID
    round_id: UUID
    text: str
    answer: str
    tainted: bool


@dataclass(frozen=True, slots=True)
class NewForm:
    """The columns of `asked_form`, in order."""

    question_id: UUID
    form: bytes
    answer_form: bytes | None
    repeated: float


@dataclass(frozen=True, slots=True)
class CountedForm:
    """The columns of `question_form`, in order."""

    form: bytes
    images: int
    bits: float


async def asked(db: Db, player_id: UUID, session_id: UUID) -> list[AskedQuestion]:
    """The answered questions of a session, in their order."""
    return [AskedQuestion(**row) for row in await db.fetch(ASKED, player_id, session_id)]


async def before(db: Db, player_id: UUID, forms: Sequence[bytes]) -> tuple[dict[bytes, int], int]:
    """In how many rounds the player asked each of these until now, and in how many anything."""
    rounds: int = await db.fetchval(ROUNDS_BEFORE, player_id)
    return dict(await db.fetch(BEFORE, player_id, forms)), rounds


async def note(db: Db, player_id: UUID, forms: Sequence[NewForm]) -> None:
    if forms:
        await db.execute(NOTE, player_id, *map(list, zip(*map(astuple, forms), strict=True)))


async def answered(db: Db) -> AsyncIterator[tuple[bytes, list[int]]]:
    """Each form that was asked about two images or more, and of how many each answer was given; within a
    transaction.
    """
    await allow(db, SECONDS)
    async for row in db.cursor(ANSWERED, prefetch=1000, timeout=SECONDS):
        yield row["form"], row["images"]


async def write(db: Db, forms: Sequence[CountedForm]) -> None:
    if forms:
        await db.execute(WRITE, *map(list, zip(*map(astuple, forms), strict=True)))


async def forget(db: Db) -> None:
    """Drop forms that nobody is known to have asked any more; within a transaction."""
    await allow(db, SECONDS)
    await db.execute(FORGET, timeout=SECONDS)
