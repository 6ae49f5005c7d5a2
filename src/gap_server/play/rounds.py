"""A round in play: looking at it and its picture, judging, passing, correcting."""

from uuid import UUID

from gap_server.game import moves
from gap_server.game.state import Judgement
from gap_server.play.apply import make, settled
from gap_server.play.deps import House
from gap_server.store.game_read import Board, read_question, read_round
from gap_server.vlm.protocol import Picture


async def look(house: House, player_id: UUID, round_id: UUID) -> Board:
    return await make(house, lambda db: read_round(db, player_id, round_id))


async def picture(house: House, player_id: UUID, round_id: UUID) -> Picture:
    async with house.store.connection() as db:
        board = await settled(db, house, lambda db: read_round(db, player_id, round_id))
        return await house.pictures.get(db, board.on_table.image_id)


async def judge(house: House, player_id: UUID, question_id: UUID, judgement: Judgement) -> Board:
    return await make(
        house,
        lambda db: read_question(db, player_id, question_id),
        lambda game, now: moves.judge(game, question_id, judgement, house.rules, now),
    )


async def pass_on(house: House, player_id: UUID, round_id: UUID) -> Board:
    return await make(
        house,
        lambda db: read_round(db, player_id, round_id),
        moves.pass_on,
    )


async def correct(house: House, player_id: UUID, round_id: UUID, text: str) -> Board:
    return await make(
        house,
        lambda db: read_round(db, player_id, round_id),
        lambda game, now: moves.correct(game, text, house.rules, now),
    )
