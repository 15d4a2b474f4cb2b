// Shows the report, and offers it to scripts and tests: eventstoreReport.stateAt(12) is the JSON of `state --at-version 12`.

const page = new Page(new Report(byId("report-data").textContent));
new Theme(() => page.axis.draw());

window.eventstoreReport = {
  first: page.report.first,
  last: page.report.last,
  get version() { return page.version; },
  show: (version) => page.show(version),
  stateAt(version) {
    const json = writeJson(page.report.stateAt(version), page.report.type);
    page.report.stateAt(page.version);
    return json;
  },
  lastSet: (path, version) => lastSet(page.report, path, version),
};
