"""Drives headless Chromium by the WebDriver protocol, which is JSON over HTTP."""
import json
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request


def is_there():
    """Whether the browser and its driver are installed."""
    return all(shutil.which(name) for name in ("chromium", "chromedriver"))


class Browser:
    """One window. Use it in a `with`: leaving ends the browser."""

    def __init__(self, width=1280, height=900):
        # The system gives a free port, and the driver says which.
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, text=True)
        for line in self.driver.stdout:
            found = re.search(r"started successfully on port (\d+)", line)
            if found:
                self.address = f"http://127.0.0.1:{found[1]}"
                break
        else:
            raise RuntimeError("chromedriver did not start")
        options = {"args": ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", f"--window-size={width},{height}"]}
        wanted = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        made = self.send("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self.session = f"/session/{made['sessionId']}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.send("DELETE", self.session)
        finally:
            self.driver.terminate()
            self.driver.wait()

    def send(self, method, path, body=None):
        data = None if body is None and method != "POST" else json.dumps(body or {}).encode()
        request = urllib.request.Request(self.address + path, data, {"Content-Type": "application/json"}, method=method)
        # A proxy of the environment is not for this machine's own address.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as failed:
            raise RuntimeError(json.load(failed)["value"]["message"].splitlines()[0]) from None

    def open(self, file):
        self.send("POST", self.session + "/url", {"url": "about:blank"})
        self.send("POST", self.session + "/url", {"url": f"file://{file}"})

    def run(self, script, *arguments):
        """The value that a function body returns; it may be a promise."""
        return self.send("POST", self.session + "/execute/sync", {"script": script, "args": list(arguments)})

    def wait_for(self, script, *arguments):
        """Returns once a function body returns true; an error after half a minute."""
        for _ in range(600):
            if self.run(script, *arguments):
                return
            time.sleep(0.05)
        raise AssertionError(f"never came true: {script}")

    def press(self, *keys):
        """Presses keys where the focus is."""
        strokes = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.send("POST", self.session + "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": strokes}]})

    def move_to(self, element):
        """Puts the pointer on an element that run() returned."""
        move = {"type": "pointerMove", "origin": element, "x": 0, "y": 0, "duration": 0}
        self.send("POST", self.session + "/actions", {"actions": [{"type": "pointer", "id": "mouse", "actions": [move]}]})

    def command(self, name, **parameters):
        """A command of the browser's own protocol."""
        return self.send("POST", self.session + "/goog/cdp/execute", {"cmd": name, "params": parameters})

    def messages(self):
        """What the console got since the last call, warnings and errors included."""
        return [entry["message"] for entry in self.send("POST", self.session + "/se/log", {"type": "browser"})]
