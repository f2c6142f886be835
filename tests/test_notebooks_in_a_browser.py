"""JupyterLab in a real browser: run all, answer a question, see the card turn."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import nbformat
import pytest
from planted import ROOT

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
ANSWER = """\
def one_hot(labels, num_classes):
    return (labels[..., None] == np.arange(num_classes)).astype("float32")


check("1a")
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="needs chromium and chromedriver"),
]


@pytest.fixture
def lab(tmp_path):
    """The address of a JupyterLab with question 1a of notebook 1: imports, answer, check."""
    first = nbformat.read(ROOT / "notebooks" / "01_pages_and_labels.ipynb", 4)
    imports = next(cell.id for cell in first.cells if cell.cell_type == "code")
    # JupyterLab draws what is in sight; so it has to be little.
    first.cells = [c for c in first.cells if c.id in (imports, "answer-1a", "check-1a")]
    nbformat.write(first, tmp_path / "01.ipynb")
    with socket.socket() as any_free:
        any_free.bind(("127.0.0.1", 0))
        port = any_free.getsockname()[1]
    settings = {
        **{f"JUPYTER_{kind}_DIR": str(tmp_path / kind) for kind in ("CONFIG", "DATA", "RUNTIME")},
        "JUPYTERLAB_WORKSPACES_DIR": str(tmp_path / "workspaces"),
        "HOME": str(tmp_path),
    }
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
            *(
                "--IdentityProvider.token=",
                f"--ServerApp.port={port}",
                "--ServerApp.port_retries=0",
                "--expose-app-in-browser",
            ),
            f"--ServerApp.root_dir={tmp_path}",
        ],
        env={**os.environ, **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        until(lambda: answers(f"{address}/api"), 120)
        yield address
    finally:
        server.terminate()
        server.wait(30)


@pytest.fixture
def browser(tmp_path):
    webdriver = pytest.importorskip("selenium.webdriver")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1200,1400"):
        options.add_argument(argument)
    options.add_argument(f"--user-data-dir={tmp_path / 'chromium'}")
    driver = webdriver.Chrome(options, webdriver.ChromeService(DRIVER))
    yield driver
    driver.save_screenshot(str(tmp_path / "at_last.png"))
    driver.quit()


def test_a_student_answers_and_the_card_turns(lab, browser, tmp_path):
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    def cards():
        return [card.text for card in browser.find_elements(By.CLASS_NAME, "seglab-card")]

    browser.get(f"{lab}/lab/tree/01.ipynb?reset")
    for _ in range(5):  # JupyterLab loses what is asked while it still connects to the kernel
        run_all(browser)
        if until(lambda: any("1a not attempted" in card for card in cards()), 60, needed=False):
            break
    assert any("1a not attempted" in card for card in cards())
    browser.save_screenshot(str(tmp_path / "not_attempted.png"))

    cells = browser.find_elements(By.CSS_SELECTOR, ".jp-CodeCell")
    editor = cells[-1].find_element(By.CSS_SELECTOR, ".cm-content")
    editor.click()
    chain = ActionChains(browser).key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL)
    chain.send_keys(Keys.DELETE).perform()
    browser.execute_cdp_cmd("Input.insertText", {"text": ANSWER})
    ActionChains(browser).key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(
        Keys.CONTROL
    ).perform()
    until(lambda: any("1a passed: 2 points" in card for card in cards()), 120)


def run_all(browser):
    """Run all cells by JupyterLab's own command; it works on the notebook that is active."""
    notebook = "[...(window.jupyterapp?.shell.widgets('main') ?? [])].find(w => w.sessionContext)"
    ready = f"return Boolean({notebook}?.sessionContext.isReady)"
    until(lambda: browser.execute_script(ready), 120)
    browser.execute_script(f"window.jupyterapp.shell.activateById({notebook}.id)")
    browser.execute_script("window.jupyterapp.commands.execute('notebook:run-all-cells')")


def answers(address):
    try:
        with urllib.request.urlopen(address, timeout=2) as reply:
            return reply.status == 200
    except (urllib.error.URLError, OSError):
        return False


def until(holds, seconds, needed=True):
    """Wait until something holds, and give it back; None if it does not, and need not."""
    late = time.monotonic() + seconds
    while time.monotonic() < late:
        if found := holds():
            return found
        time.sleep(0.3)
    assert not needed, "it did not come about in time"
    return None
