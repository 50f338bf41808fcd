import { describeLinux } from "../support/linux-suite.js";

describeLinux("6.18", { x86: 1, riscv: 1 });
describeLinux("7.2", { x86: 1, arm64: 1 });
describeLinux("7.3", { x86: 1, riscv: 1 });
