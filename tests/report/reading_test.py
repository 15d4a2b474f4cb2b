"""What a reader does with the page: keys, search, colours, pointing; and what a writer of events cannot do."""
import json

from report_case import ROWS, ReportCase

HOME, END, LEFT, RIGHT, PAGE_DOWN, DOWN, ENTER = "\ue011", "\ue010", "\ue012", "\ue014", "\ue00f", "\ue015", "\ue007"
HOSTILE = "</script><script>window.ran = 1</script><img src=x onerror='window.ran = 2'> \u2028 \"quoted\" \\ \u202e <!--"


class ReadingTest(ReportCase):
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
        spoken = self.browser.run("return document.getElementById('version').getAttribute('aria-valuetext')")
        self.assertIn("version 6 of", spoken)
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
            ("DeliveryScheduled", {"customer_id": "c-1", "address": "1 High Street", "scheduled_time": at}, at, "ada"),
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
        self.assertIn("A clock ran backwards once: version 3", facts)
        notes = self.browser.run("return document.getElementById('event-notes').textContent")
        self.assertIn("1 h before the one that it follows", notes)

    def test_a_search_finds_versions(self):
        stream, last = self.longest_streams()["campaign"]
        self.open_report(stream)
        self.browser.run("document.getElementById('search').focus()")
        self.browser.press(*"campaigncreated")
        self.browser.wait_for("return document.getElementById('search-count').textContent === '1 version'")
        self.browser.press(ENTER)
        self.assertEqual(self.version(), 1)

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
