import type { Collector } from "./types.js";

/** The collectors of ironic-python-agent 13.0.0 that run a program of their own (its `inspector.py`, `dmi_inspector.py`). */
export const agentCollectors: Readonly<Record<string, Collector>> = {
  "dmi-decode": { program: "dmidecode", symbols: ["BR2_PACKAGE_DMIDECODE"] },
  "extra-hardware": {
    program: "hardware-detect",
    symbols: [],
    note: "it is of the Python distribution hardware, which Buildroot has no package of",
  },
};
