"""Drives the page of `report` in headless Chromium: page_test.py PROGRAM. Exit code 77 where there is no browser."""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import webdriver

HOME, END, LEFT, RIGHT, PAGE_DOWN, DOWN, ENTER = "\ue011", "\ue010", "\ue012", "\ue014", "\ue00f", "\ue015", "\ue007"
HOSTILE = "</script><script>window.ran = 1</script><img src=x onerror='window.ran = 2'> \u2028 \"quoted\" \\ \u202e <!--"

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


class PageTest(unittest.TestCase):
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
        done = subprocess.run([PROGRAM, "--store", cls.store, *words], input=text, capture_output=True, text=True)
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

    def longest_streams(self):
        longest = {}
        for line in self.run_program("streams").splitlines():
            stream = json.loads(line)
            category = stream["stream"].split("-")[0]
            if stream["version"] > longest.get(category, {"version": 0})["version"]:
                longest[category] = stream
        return {category: (stream["stream"], stream["version"]) for category, stream in longest.items()}

    def test_the_page_shows_the_state_of_every_version_of_all_aggregates(self):
        longest = self.longest_streams()
        for category in ("campaign", "conversation", "delivery"):
            stream, last = longest[category]
            self.open_report(stream)
            self.browser.run("document.getElementById('open-all').click()")
            for version in [*range(1, last + 1, max(1, last // 12)), last, 1, last // 2]:
                with self.subTest(stream=stream, version=version):
                    expected = self.state(stream, version)
                    self.assertEqual(exact(self.browser.run("return eventstoreReport.stateAt(arguments[0])", version)), expected)
                    self.browser.run("eventstoreReport.show(arguments[0])", version)
                    self.assertEqual(shown_state(self.browser.run(ROWS)), expected)

    def test_keys_and_the_slider_go_to_versions(self):
        stream, last = self.longest_streams()["campaign"]
        self.open_report(stream)
        self.browser.press(LEFT)
        self.assertEqual(self.version(), last - 1)
        self.browser.run("document.getElementById('version').focus()")
        for key, version in [(LEFT, last - 2), (HOME, 1), (RIGHT, 2), (RIGHT, 3), (END, last), (PAGE_DOWN, last - 10)]:
            self.browser.press(key)
            self.assertEqual(self.version(), version)
        self.browser.run("""
            const slider = document.getElementById("version");
            slider.value = 5;
            slider.dispatchEvent(new Event("input", { bubbles: true }));
            slider.focus();""")
        self.assertEqual(self.version(), 5)
        self.browser.press(RIGHT)
        self.assertEqual(self.version(), 6)
        self.assertIn("version 6 of", self.browser.run("return document.getElementById('version').getAttribute('aria-valuetext')"))
        self.browser.run("location.hash = '#v=3'")
        self.browser.wait_for("return eventstoreReport.version === 3")

    def test_the_tree_is_read_by_keys(self):
        stream, _ = self.longest_streams()["campaign"]
        self.open_report(stream)
        self.browser.run("eventstoreReport.show(3); document.querySelector('#state .row').focus()")
        focused = "return document.activeElement.querySelector('.name').textContent"
        self.assertEqual(self.browser.run(focused), "campaign_id")
        self.browser.press(DOWN)
        self.assertEqual(self.browser.run(focused), "name")
        self.browser.press(END)
        self.browser.press(HOME)
        self.assertEqual(self.browser.run(focused), "campaign_id")
        self.assertEqual(self.version(), 3)

    def test_an_event_marks_what_it_changed_and_blame_says_who_set_a_value(self):
        at = "2026-01-27T10:30:00Z"
        self.import_events("delivery-marks", [
            ("DeliveryScheduled", {"address": "1 High Street", "scheduled_time": at}, at, "ada"),
            ("DeliveryAssigned", {"agent_id": "agent-1"}, "2026-01-27T12:30:00Z", "bea"),
            ("DeliveryDeparted", {}, "2026-01-27T11:30:00Z", "cyd")])
        self.open_report("delivery-marks")
        changes = self.browser.run("return [...document.querySelectorAll('#changes .change')].map((line) => line.textContent)")
        self.assertTrue(any("status" in line and "changed" in line and "in_transit" in line for line in changes), changes)
        row = self.browser.run("""return [...document.querySelectorAll("#state .row")].find(
            (row) => row.querySelector(".name").textContent === "agent_id")""")
        self.browser.move_to(row)
        blame = self.browser.run("return document.getElementById('field-blame').textContent")
        self.assertIn("version 2, DeliveryAssigned", blame)
        self.assertIn("bea", blame)
        facts = self.browser.run("return document.getElementById('axis-facts').textContent")
        self.assertIn("A clock ran backward once: version 3", facts)
        notes = self.browser.run("return document.getElementById('event-notes').textContent")
        self.assertIn("1 h before the one that it follows", notes)

    def test_blame_is_that_of_the_states(self):
        stream, last = self.longest_streams()["delivery"]
        self.open_report(stream)
        states = [dict(self.state(stream, version)[1]) for version in range(1, last + 1)]
        for name, value in states[-1].items():
            if isinstance(value, (tuple, list)):
                continue
            changed = [version for version in range(2, last + 1) if states[version - 1].get(name) != states[version - 2].get(name)]
            found = self.browser.run("return eventstoreReport.lastSet([arguments[0]], arguments[1])", name, last)
            self.assertIn(found, changed[-1:] or [0, 1], name)

    def test_a_search_finds_versions(self):
        stream, last = self.longest_streams()["campaign"]
        self.open_report(stream)
        self.browser.run("document.getElementById('search').focus()")
        self.browser.press(*"campaigncreated")
        self.browser.wait_for("return document.getElementById('search-count').textContent === '1 version'")
        self.browser.press(ENTER)
        self.assertEqual(self.version(), 1)

    def test_hostile_text_is_shown_and_runs_nothing(self):
        self.import_events("conversation-hostile", [
            ("ConversationOpened", {"contact_id": HOSTILE}, "2026-01-27T10:30:00Z", HOSTILE)])
        self.open_report("conversation-hostile")
        self.browser.run("document.querySelector('#state .row').focus(); document.getElementById('open-all').click()")
        self.assertIsNone(self.browser.run("return window.ran ?? null"))
        self.assertEqual(self.browser.run("return document.querySelectorAll('img, script:not([type])').length"), 0)
        shown = self.browser.run(ROWS)
        self.assertIn(json.dumps(HOSTILE, ensure_ascii=False), [row["value"] for row in shown])
        self.assertIn(HOSTILE, self.browser.run("return document.getElementById('event-facts').textContent"))

    def test_a_script_that_got_into_the_page_would_not_run(self):
        stream, _ = self.longest_streams()["delivery"]
        self.open_report(stream)
        refused = self.browser.run("""
            try {
              const script = document.createElement("script");
              script.textContent = "window.ran = 3";
              document.body.append(script);
            } catch { return true; }
            return window.ran === undefined;""")
        self.assertTrue(refused)
        self.assertIsNone(self.browser.run("return window.ran ?? null"))
        self.assertNotEqual(self.browser.messages(), [])  # the browser tells of it

    def test_the_page_is_dark_or_light(self):
        stream, _ = self.longest_streams()["delivery"]
        self.open_report(stream)
        background = "return getComputedStyle(document.body).backgroundColor"
        colours = {}
        for scheme in ("light", "dark", "light"):
            self.browser.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
            self.browser.wait_for("return document.documentElement.dataset.theme === arguments[0]", scheme)
            colours[scheme] = self.browser.run(background)
        self.assertNotEqual(colours["dark"], colours["light"])
        self.browser.run("""
            const theme = document.getElementById("theme");
            theme.value = "dark";
            theme.dispatchEvent(new Event("change"));""")
        self.assertEqual(self.browser.run(background), colours["dark"])

    def test_a_part_of_a_stream_begins_with_the_state_before_it(self):
        stream, last = self.longest_streams()["campaign"]
        self.open_report(stream, "--from", "10", "--to", "20")
        self.assertEqual(self.browser.run("return [eventstoreReport.first, eventstoreReport.last]"), [9, 20])
        for version in (9, 10, 20):
            state = exact(self.browser.run("return eventstoreReport.stateAt(arguments[0])", version))
            self.assertEqual(state, self.state(stream, version))

    def test_ten_thousand_events_are_stepped_through(self):
        at = lambda second: f"2026-01-{1 + second // 80000:02}T{second % 80000 // 3600:02}:{second % 3600 // 60:02}:{second % 60:02}Z"
        contacts = [f"contact-{i}" for i in range(10000)]
        events = [("CampaignCreated", {"campaign_id": "large", "name": "Large", "channel": "sms", "content": "Hello"}, at(0), "ada"),
                  ("CampaignContactsAdded", {"contact_ids": contacts}, at(1), "ada"),
                  ("CampaignExecuted", {"campaign_id": "large", "contacts_count": len(contacts)}, at(2), "ada")]
        events += [("CampaignContactReached", {"contact_id": contacts[i * 7919 % 10000], "outcome": "sent" if i < 6000 else "read"}, at(i), "bea")
                   for i in range(3, 10000)]
        self.import_events("campaign-large", events)
        made = self.open_report("campaign-large")
        self.assertEqual(made["events"], 10000)
        millis = self.browser.run("""
            const times = [];
            for (let version = 5000; version < 5300; version++) {
              const begin = performance.now();
              eventstoreReport.show(version);
              document.body.getBoundingClientRect();
              times.push(performance.now() - begin);
            }
            times.sort((a, b) => a - b);
            return [times[150], times[285]];""")
        print(f"a step in 10,000 events and entries: median {millis[0]:.1f} ms, 95 % within {millis[1]:.1f} ms; file {made['bytes']} bytes")
        for version in (1, 2, 5000, 9999, 3, 10000):
            state = exact(self.browser.run("return eventstoreReport.stateAt(arguments[0])", version))
            self.assertEqual(state, self.state("campaign-large", version))


if __name__ == "__main__":
    if not webdriver.is_there():
        print("skipped: this test needs the packages chromium and chromium-driver", file=sys.stderr)
        sys.exit(77)
    PROGRAM = sys.argv.pop(1)
    unittest.main(verbosity=2)
