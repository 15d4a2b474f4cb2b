"""The states, the changes and the blame that the page gives are those of the program."""

from report_case import ROWS, ReportCase, exact, shown_state


def paths_of(value, path=()):
    """The paths of all members of objects; those within lists are left out, because their places move."""
    for name, member in value[1] if isinstance(value, tuple) else ():
        yield [*path, name]
        yield from paths_of(member, (*path, name))


def value_at(value, path):
    for name in path:
        value = dict(value[1]).get(name, "missing") if isinstance(value, tuple) else "missing"
    return value


class StatesTest(ReportCase):
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

    def test_a_part_of_a_stream_begins_with_the_state_before_it(self):
        stream, last = self.longest_streams()["campaign"]
        self.open_report(stream, "--from", "10", "--to", "20")
        self.assertEqual(self.browser.run("return [eventstoreReport.first, eventstoreReport.last]"), [9, 20])
        for version in (9, 10, 20):
            state = exact(self.browser.run("return eventstoreReport.stateAt(arguments[0])", version))
            self.assertEqual(state, self.state(stream, version))

    def test_elements_of_lists_are_followed_and_no_name_or_number_is_lost(self):
        step = {"kind": "record", "fields": {"at": {"kind": "text"}, "what": {"kind": "text"}}}
        large = 2**64 - 1
        self.open_made_up(
            {"steps": {"kind": "list", "element": step}, "sums": {"kind": "map", "element": {"kind": "uint64"}},
             "note": {"kind": "text", "optional": True}},
            {"steps": [], "sums": {}},
            [({}, {"steps": [{"at": "a", "what": "x"}]}),
             ({"steps": {"0": None, "1": None}}, {"steps": {"0": {"at": "b", "what": "x"}, "1": {"at": "c", "what": "x"}}}),
             ({"steps": {"2": {"at": "a", "what": "x"}}}, {"steps": {"2": {"at": "a", "what": "y"}}}),
             ({"sums": {"__proto__": None, "b": None, "10": None}, "note": None},
              {"sums": {"__proto__": large, "b": 1, "10": 2}, "note": "n"}),
             ({"steps": {"0": {"at": "b", "what": "x"}}, "sums": {"b": 1}, "note": "n"},
              {"steps": {"0": None}, "sums": {"b": None}, "note": None})])
        for version, state in [
                (5, '{"steps":[{"at":"c","what":"x"},{"at":"a","what":"y"}],"sums":{"10":2,"__proto__":18446744073709551615}}'),
                (4, '{"steps":[{"at":"b","what":"x"},{"at":"c","what":"x"},{"at":"a","what":"y"}],'
                    '"sums":{"10":2,"__proto__":18446744073709551615,"b":1},"note":"n"}'),
                (1, '{"steps":[{"at":"a","what":"x"}],"sums":{}}'),
                (3, '{"steps":[{"at":"b","what":"x"},{"at":"c","what":"x"},{"at":"a","what":"y"}],"sums":{}}')]:
            self.assertEqual(self.browser.run("return eventstoreReport.stateAt(arguments[0])", version), state)
        for path, version in [(["steps", 1, "at"], 1), (["steps", 1, "what"], 3), (["steps", 0], 2), (["steps"], 5),
                              (["sums", "10"], 4)]:
            self.assertEqual(self.browser.run("return eventstoreReport.lastSet(arguments[0], 5)", path), version, path)
        marks = self.browser.run("""return Object.fromEntries([...document.querySelectorAll("#state .row")].map(
            (row) => [row.querySelector(".name").textContent, row.dataset.change ?? ""]))""")
        self.assertEqual({name: marks[name] for name in ("steps", "sums", "note", "b", "10")},
                         {"steps": "inside", "sums": "inside", "note": "removed", "b": "removed", "10": ""})

    def test_random_histories_have_the_states_of_the_program(self):
        for seed, events in [(1, 40), (2, 40), (3, 150), (4, 400)]:
            states = self.open_random_history(seed, events)
            self.assertEqual(len(states), events)
            there_and_back = [*range(1, events + 1), *range(events, 0, -1), events, 1, events // 2, 2]
            found = self.browser.run("return arguments[0].map((version) => eventstoreReport.stateAt(version))", there_and_back)
            for version, state in zip(there_and_back, found):
                self.assertEqual(exact(state), exact(states[version - 1]), (seed, version))
            self.browser.run("document.getElementById('open-all').click()")
            self.assertEqual(shown_state(self.browser.run(ROWS)), exact(states[-1]))
            for version in (1, 2, events // 3, events - 1, events):
                self.browser.run("eventstoreReport.show(arguments[0])", version)
                self.assertEqual(shown_state(self.browser.run(ROWS)), exact(states[version - 1]), (seed, version))

    def test_blame_is_that_of_the_states(self):
        for seed, events in [(5, 60), (6, 200)]:
            texts = self.open_random_history(seed, events)
            states = [exact(text) for text in texts]
            for version in (events, events // 2):
                for path in paths_of(states[version - 1]):
                    changed = [at for at in range(2, version + 1)
                               if value_at(states[at - 1], path) != value_at(states[at - 2], path)]
                    found = self.browser.run("return eventstoreReport.lastSet(arguments[0], arguments[1])", path, version)
                    # The first event set a value, or it still has that with which the state began.
                    self.assertIn(found, changed[-1:] or [0, 1], (seed, version, path))

    def test_ten_thousand_events_are_stepped_through(self):
        contacts = [f"contact-{i}" for i in range(10000)]
        facts = [("CampaignCreated", {"campaign_id": "large", "name": "Large", "channel": "sms", "content": "Hello"}),
                 ("CampaignContactsAdded", {"contact_ids": contacts}),
                 ("CampaignExecuted", {"campaign_id": "large", "contacts_count": len(contacts)})]
        for i in range(3, 10000):
            outcome = "sent" if i < 6000 else "read"
            facts.append(("CampaignContactReached", {"contact_id": contacts[i * 7919 % 10000], "outcome": outcome}))
        times = [f"2026-01-01T{i // 3600:02}:{i // 60 % 60:02}:{i % 60:02}Z" for i in range(10000)]
        self.import_events("campaign-large", [(*fact, at, "ada") for fact, at in zip(facts, times)])
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
        print(f"a step in 10,000 events and entries: median {millis[0]:.1f} ms, 95 % within {millis[1]:.1f} ms; "
              f"file {made['bytes']} bytes")
        for version in (1, 2, 5000, 9999, 3, 10000):
            state = exact(self.browser.run("return eventstoreReport.stateAt(arguments[0])", version))
            self.assertEqual(state, self.state("campaign-large", version))
