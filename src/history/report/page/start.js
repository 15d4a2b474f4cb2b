// Shows the report, and offers it to scripts and tests: eventstoreReport.stateAt(12) is the JSON of `state --at-version 12`.

const page = new Page(new Report(byId("report-data").textContent));
const states = new States(page.report); // of its own, because that of the page is on the page
new Theme(() => page.axis.draw());

window.eventstoreReport = {
  first: page.report.first,
  last: page.report.last,
  get version() { return page.version; },
  show: (version) => page.show(version),
  stateAt: (version) => writeJson(states.at(version), page.report.type),
  lastSet: (path, version) => lastSet(page.report, path, version),
};
