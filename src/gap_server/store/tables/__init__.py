"""The tables, in the order of the game. Alembic holds the database to them; queries have their own files.

Every table that grows with play has `player_id` first in its key, so that a cluster can be split by player.
A comment on a column says what a researcher needs to know; units stand in the name.
"""

from gap_server.store.tables.base import SCHEMA, Table
from gap_server.store.tables.checks import HonestCheck
from gap_server.store.tables.commonness import AskedForm, QuestionForm
from gap_server.store.tables.comparisons import ModelDifference, ModelStanding
from gap_server.store.tables.dailies import Daily, DailyEntry, DailyImage
from gap_server.store.tables.friends import Challenge, ChallengeTaken, Friendship
from gap_server.store.tables.games import (
    Correction,
    Judgement,
    Question,
    Round,
    Session,
    WithheldCompletion,
)
from gap_server.store.tables.images import Image, ImageBytes
from gap_server.store.tables.jury import JuryCase, Verdict
from gap_server.store.tables.limits import Departed, RateLimit
from gap_server.store.tables.messages import BotContact, BotUpdate, Outbox
from gap_server.store.tables.operators import OperatorAction
from gap_server.store.tables.origins import ConsentText, Instruction, ServedModel
from gap_server.store.tables.players import AccessToken, Consent, Player
from gap_server.store.tables.releases import DataRelease, DataReleaseRows
from gap_server.store.tables.research import ExportDelay, ResearchQuery, ResearchToken
from gap_server.store.tables.rounds import ModelField, ModelGate, ModelRevision
from gap_server.store.tables.shares import Share
from gap_server.store.tables.totals import PlayerTotal, PlayerWeek, Points, QuestProgress, RankMark
from gap_server.store.tables.trust import (
    AnswerTrust,
    Assessment,
    Lease,
    ModelEstimate,
    PlayerEstimate,
    TrustFit,
)

__all__ = [
    "SCHEMA",
    "AccessToken",
    "AnswerTrust",
    "AskedForm",
    "Assessment",
    "BotContact",
    "BotUpdate",
    "Challenge",
    "ChallengeTaken",
    "Consent",
    "ConsentText",
    "Correction",
    "Daily",
    "DailyEntry",
    "DailyImage",
    "DataRelease",
    "DataReleaseRows",
    "Departed",
    "ExportDelay",
    "Friendship",
    "HonestCheck",
    "Image",
    "ImageBytes",
    "Instruction",
    "Judgement",
    "JuryCase",
    "Lease",
    "ModelDifference",
    "ModelEstimate",
    "ModelField",
    "ModelGate",
    "ModelRevision",
    "ModelStanding",
    "OperatorAction",
    "Outbox",
    "Player",
    "PlayerEstimate",
    "PlayerTotal",
    "PlayerWeek",
    "Points",
    "QuestProgress",
    "Question",
    "QuestionForm",
    "RankMark",
    "RateLimit",
    "ResearchQuery",
    "ResearchToken",
    "Round",
    "ServedModel",
    "Session",
    "Share",
    "Table",
    "TrustFit",
    "Verdict",
    "WithheldCompletion",
]
