"""What every use case of researchers works with, put together once by `app`."""

from dataclasses import dataclass, field

from gap_server.research.admission import AT_ONCE
from gap_server.research.gate import Gate
from gap_server.research.spool import Spools
from gap_server.store.engine import Store
from gap_server.store.export.channel import ExportChannel
from gap_server.store.roles import elsewhere


@dataclass(frozen=True, slots=True)
class ResearchDeps:
    """`store`: tokens, limits, the record. `channel`: the export's. `gate`: whether it may be used.

    `counting`: where the report counts, which is where the export reads.

    `delay_seconds`: how long a session must be over before anything of it is told.
    """

    store: Store
    channel: ExportChannel
    gate: Gate
    delay_seconds: int
    counting: Store
    spools: Spools = field(default_factory=Spools)


def research_deps(store: Store, export_url: str | None, delay_seconds: int) -> ResearchDeps:
    channel = ExportChannel(export_url or "")
    gate = Gate(store, channel if export_url else None, delay_seconds)
    counting_url = elsewhere(store.url, export_url) if export_url else store.url
    counting = store if counting_url == store.url else Store(counting_url, size=AT_ONCE)
    return ResearchDeps(store, channel, gate, delay_seconds, counting)
