"""What answers come from, written down before an answer refers to it: instructions, models as served."""

import structlog

from gap_server.store import provenance
from gap_server.store.engine import Db
from gap_server.vlm.answerer import AnswerRecord
from gap_server.vlm.instructions import GATE
from gap_server.vlm.protocol import Instruction, ServedModel

log = structlog.get_logger()


class Origins:
    """Remembers what this process has seen written down, so that it is asked of the database once."""

    def __init__(self) -> None:
        self._written: set[str] = set()

    async def write_down(self, db: Db, record: AnswerRecord) -> None:
        """By its hash, each once. An answer refers to these rows without a key that would lock them."""
        await self._instruction(db, record.instruction)
        if record.gate != "off":
            await self._instruction(db, GATE)
        for served in (record.trace.served, *(one.completion.served for one in record.withheld)):
            await self._model(db, served)

    async def _instruction(self, db: Db, told: Instruction) -> None:
        if told.sha256 in self._written:
            return
        alone = await provenance.add_instruction(
            db, sha256=told.sha256, version=told.version, part=told.part, text=told.text
        )
        if not alone:
            log.error("an instruction was changed and kept its version", version=told.version, part=told.part)
        self._written.add(told.sha256)

    async def _model(self, db: Db, served: ServedModel) -> None:
        if served.sha256 not in self._written:
            await provenance.add_served_model(db, **served.as_row())
            self._written.add(served.sha256)
