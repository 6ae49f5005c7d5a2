"""The privacy policy has an address of its own, for whoever follows the bot's link, in Telegram or not."""

from playwright.async_api import Browser, expect


async def test_the_policy_opens_by_its_own_address(browser: Browser, site: str) -> None:
    page = await browser.new_page()
    await page.goto(f"{site}/#/privacy")
    await expect(page.get_by_role("heading", name="How your data is used")).to_be_visible()
    await page.close()
