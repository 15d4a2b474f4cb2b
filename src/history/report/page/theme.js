// Dark or light: as the system has it, until the reader chooses.

class Theme {
  constructor(onChange) {
    this.system = matchMedia("(prefers-color-scheme: dark)");
    this.onChange = onChange;
    this.chosen = "auto";
    this.system.addEventListener("change", () => this.apply());
    byId("theme").addEventListener("change", () => {
      this.chosen = byId("theme").value;
      this.apply();
    });
    this.apply();
  }

  apply() {
    const isDark = this.chosen === "auto" ? this.system.matches : this.chosen === "dark";
    document.documentElement.dataset.theme = isDark ? "dark" : "light";
    this.onChange();
  }
}
