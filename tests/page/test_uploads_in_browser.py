"""Files sent from a real browser, and the description of the API drawn under the strict policy."""

import shutil
from collections.abc import Iterator

import pytest
from made_server import REPOSITORY, serving
from playwright.sync_api import Page

REPORT = "Army takes Talbiseh\nReuters\n2016-05-01\n\nThe Syrian army captured Talbiseh from rebels on Sunday.\n"


@pytest.fixture(scope="module")
def sending(example, browser, tmp_path_factory) -> Iterator[Page]:
    """The form of a server of its own, over a case that may be written to."""
    folder = shutil.copytree(example, tmp_path_factory.mktemp("sending") / "sent")
    complaints: list[str] = []
    with serving(folder) as address:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{address}/uploads")
        yield page
        context.close()
    assert complaints == []


def test_files_dropped_on_the_page_are_sent_read_and_told(sending):
    page = sending
    page.evaluate(
        """text => {
            const all = new DataTransfer();
            all.items.add(new File([text], "report.txt"));
            all.items.add(new File([new Uint8Array([80, 75, 3, 4, 0, 0, 0, 0])], "pack.zip"));
            document.getElementById("drop").dispatchEvent(new DragEvent("drop", { dataTransfer: all, cancelable: true }));
        }""",
        REPORT,
    )
    assert page.locator("#chosen li").count() == 2
    page.get_by_role("button", name="Send and read").click()
    page.wait_for_url("**/uploads/*")
    page.get_by_text("1 document with").wait_for(timeout=60_000)
    assert "pack.zip" in page.locator(".files").inner_text()
    assert "binary" in page.locator(".issues").inner_text()


def test_the_description_of_the_api_is_drawn(seen):
    if not (REPOSITORY / "src/tadmor/views/page/static/api/swagger-ui-bundle.js").is_file():
        pytest.skip("the page is not built (make web)")
    page = seen.open("/api/docs")
    page.wait_for_selector(".opblock", timeout=20_000)
    assert page.locator(".opblock").count() >= 30
