"""A store with made-up histories, a browser, and the page of a report in it."""
import json
import pathlib
import subprocess
import tempfile
import unittest

import webdriver

ROWS = """
return [...document.querySelectorAll("#state .row")].filter((row) => row.dataset.change !== "removed").map((row) => ({
  level: Number(row.getAttribute("aria-level")), isGroup: "group" in row.dataset,
  isOpen: row.getAttribute("aria-expanded") === "true",
  name: row.querySelector(".name").textContent, value: row.querySelector(".value").textContent }))"""


def exact(text):
    """JSON whose numbers keep their text and whose objects keep their order."""
    return json.loads(text, parse_int=str, parse_float=str, object_pairs_hook=lambda pairs: ("object", pairs))


def shown_state(rows):
    """The state that the rows of the tree show, in the form of exact()."""
    root = ("object", [])
    open_values = [(0, root)]
    groups = []
    for row in rows:
        groups = [level for level in groups if level < row["level"]]
        if row["isGroup"]:
            groups.append(row["level"])
            continue
        level = row["level"] - len(groups)
        while open_values[-1][0] >= level:
            open_values.pop()
        value = value_of(row)
        parent = open_values[-1][1]
        if isinstance(parent, list):
            parent.append(value)
        else:
            parent[1].append((row["name"], value))
        if row["isOpen"]:
            open_values.append((level, value))
    return root


def value_of(row):
    if row["isOpen"]:
        return [] if row["value"].endswith(("element", "elements")) else ("object", [])
    return exact(row["value"])


class ReportCase(unittest.TestCase):
    program = ""  # the path of the program, set before the tests run
    made_up_page = ""  # that of the program that makes pages of random histories

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.store = pathlib.Path(cls.folder.name) / "store"
        cls.run_program("import", "-", text=cls.run_program("generate", "--events", "3000", "--seed", "7"))
        cls.browser = webdriver.Browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.__exit__()
        cls.folder.cleanup()

    @classmethod
    def run_program(cls, *words, text=""):
        done = subprocess.run([cls.program, "--store", cls.store, *words], input=text, capture_output=True, text=True)
        if done.returncode != 0:
            raise AssertionError(f"{words}: {done.stderr}")
        return done.stdout

    @classmethod
    def import_events(cls, stream, events):
        category, key = stream.split("-", 1)
        lines = [{"organization_id": "org-1", "aggregate_type": category, "aggregate_id": key, "event_type": name,
                  "event_data": data, "created_at": at, "metadata": {"user_id": user}, "version": version}
                 for version, (name, data, at, user) in enumerate(events, 1)]
        cls.run_program("import", "-", text="\n".join(map(json.dumps, lines)))

    def open_report(self, stream, *options):
        file = pathlib.Path(self.folder.name) / "report.html"
        made = json.loads(self.run_program("report", stream, "--html", str(file), *options))
        self.browser.open(file)
        self.assertEqual(self.version(), made["to"])
        return made

    def tearDown(self):
        self.assertEqual(self.browser.messages(), [])

    def version(self):
        return self.browser.run("return eventstoreReport.version")

    def state(self, stream, version):
        shown = exact(self.run_program("state", stream, "--at-version", str(version)))
        return dict(shown[1])["state"]

    def open_random_history(self, seed, events):
        """Opens the page of a random history; the JSON of the state after each version."""
        page, states = (pathlib.Path(self.folder.name) / name for name in ("random.html", "random.ndjson"))
        subprocess.run([self.made_up_page, str(seed), str(events), page, states], check=True)
        self.browser.open(page)
        return states.read_text().split("\n")[:-1]

    def longest_streams(self):
        longest = {}
        for line in self.run_program("streams").splitlines():
            stream = json.loads(line)
            category = stream["stream"].split("-")[0]
            if stream["version"] > longest.get(category, {"version": 0})["version"]:
                longest[category] = stream
        return {category: (stream["stream"], stream["version"]) for category, stream in longest.items()}

    def open_made_up(self, state_type, begin, changes):
        """Opens a page whose data is made up: events that have these changes, as (before, after)."""
        stream, _ = self.longest_streams()["delivery"]
        self.open_report(stream)
        file = pathlib.Path(self.folder.name) / "report.html"
        page = file.read_text()
        head, rest = page.split('id="report-data">', 1)
        tail = rest.split("</script>", 1)[1]
        at = "2026-01-27T10:30:00.000000Z"
        events = [{"version": version, "position": version, "event_type": "Made", "event_id": "", "created_at": at,
                   "recorded_at": at, "metadata": {}, "data": {}, "before": before, "after": after}
                  for version, (before, after) in enumerate(changes, 1)]
        data = {"form": 1, "stream": "made-up", "organization_id": "", "made_at": at, "made_by": "", "head": len(events),
                "type": {"kind": "record", "fields": state_type},
                "begin": {"version": 0, "is_kept": False, "state": begin}, "events": events}
        file.write_text(f'{head}id="report-data">{json.dumps(data)}</script>{tail}')
        self.browser.open(file)
