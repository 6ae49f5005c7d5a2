"""A round in play: looking at it and its picture, judging, passing, correcting."""

from uuid import UUID

from gap_server.game import moves
from gap_server.game.state import Judgement
from gap_server.play.apply import apply_move, apply_move_in
from gap_server.play.deps import GameDeps
from gap_server.store.game_read import GameSnapshot, read_question, read_round
from gap_server.vlm.protocol import Picture


async def look(deps: GameDeps, player_id: UUID, round_id: UUID) -> GameSnapshot:
    return await apply_move(deps, lambda db: read_round(db, player_id, round_id))


async def picture(deps: GameDeps, player_id: UUID, round_id: UUID) -> Picture:
    """The first time it is served, its clock starts."""
    async with deps.store.connection() as db:
        snapshot = await apply_move_in(
            db,
            deps,
            lambda db: read_round(db, player_id, round_id),
            lambda game, now: moves.serve(game, deps.rules, now),
        )
        return await deps.pictures.get(db, snapshot.current_round.image_id)


async def judge(deps: GameDeps, player_id: UUID, question_id: UUID, judgement: Judgement) -> GameSnapshot:
    return await apply_move(
        deps,
        lambda db: read_question(db, player_id, question_id),
        lambda game, now: moves.judge(game, question_id, judgement, deps.rules, now),
    )


async def pass_on(deps: GameDeps, player_id: UUID, round_id: UUID) -> GameSnapshot:
    return await apply_move(
        deps,
        lambda db: read_round(db, player_id, round_id),
        moves.pass_on,
    )


async def correct(deps: GameDeps, player_id: UUID, round_id: UUID, text: str) -> GameSnapshot:
    return await apply_move(
        deps,
        lambda db: read_round(db, player_id, round_id),
        lambda game, now: moves.correct(game, text, deps.rules, now),
    )
