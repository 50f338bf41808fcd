import { describeLinux } from "../support/linux-suite.js";

describeLinux("6.12", { x86: 2, arm64: 1, arm: 14, riscv: 4, powerpc: 14, mips: 14, s390: 2 });
