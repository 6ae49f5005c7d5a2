"""Telegram's clients at wire level: launch parameters, the script or its absence, the events posted."""

import asyncio
import json
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.async_api import Frame, Page, Route

from tests.playing import init_data
from tests.webapp.game import WAIT_MS

SCRIPT_COPY = Path(__file__).parents[2] / "webapp/node_modules/@twa-dev/sdk/dist/telegram-web-apps.js"
SCRIPT_ADDRESS = "https://telegram.org/js/telegram-web-app.js*"

NIGHT = {
    "bg_color": "#17212b",
    "secondary_bg_color": "#232e3c",
    "text_color": "#f5f5f5",
    "hint_color": "#708499",
    "link_color": "#6ab3f3",
    "button_color": "#5288c1",
    "button_text_color": "#ffffff",
}
ODD = {
    "bg_color": "#ffe600",
    "secondary_bg_color": "#ff9ad5",
    "section_bg_color": "#fff27a",
    "text_color": "#7a7a00",
    "hint_color": "#ffd000",
    "link_color": "#00e5ff",
    "button_color": "#00ff6a",
    "button_text_color": "#ffffff",
    "destructive_text_color": "#ff8a8a",
}
DAY = {
    "bg_color": "#ffffff",
    "secondary_bg_color": "#efeff4",
    "text_color": "#000000",
    "button_color": "#2481cc",
}

_ids = count(9_000_001)

PROXY = """
window.posted = [];
window.TelegramWebviewProxy = { postEvent: (type, data) => window.posted.push([type, JSON.parse(data)]) };
"""


def launch_hash(
    *,
    theme: dict[str, str] | None = None,
    language: str = "en",
    name: str = "Ann",
    age: float = 0,
    version: str = "9.1",
) -> str:
    """What Telegram puts behind the # of the page's address, for a player of its own."""
    telegram_id = next(_ids)
    user = json.dumps({"id": telegram_id, "first_name": name, "language_code": language})
    return "#" + urlencode(
        {
            "tgWebAppData": init_data(telegram_id, age=age, user=user),
            "tgWebAppVersion": version,
            "tgWebAppPlatform": "android",
            "tgWebAppThemeParams": json.dumps(theme or DAY),
        }
    )


async def give_script(page: Page) -> None:
    await page.add_init_script(PROXY)

    async def fulfil(route: Route) -> None:
        await route.fulfill(path=SCRIPT_COPY, content_type="text/javascript")

    await page.route(SCRIPT_ADDRESS, fulfil)


async def block_script(page: Page) -> None:
    async def abort(route: Route) -> None:
        await route.abort("blockedbyclient")

    await page.route(SCRIPT_ADDRESS, abort)


async def posted(page: Page | Frame, event: str, expected: Callable[[list[Any]], bool]) -> None:
    """Wait until what the page told Telegram under that name, in order, is as expected."""
    told: list[Any] = []
    try:
        async with asyncio.timeout(WAIT_MS / 1000):
            while not expected(told):
                await asyncio.sleep(0.05)
                told = [data for name, data in await page.evaluate("window.posted") if name == event]
    except TimeoutError:
        raise AssertionError(f"{event}: {told}") from None


def lastly(wanted: dict[str, Any]) -> Callable[[list[Any]], bool]:
    """The last one says this, whatever else it says."""
    return lambda told: bool(told) and told[-1].items() >= wanted.items()


async def tell(page: Page, event: str, **data: object) -> None:
    """What Telegram tells the page."""
    await page.evaluate("([name, data]) => Telegram.WebView.receiveEvent(name, data)", [event, data])
