import { main } from "../../src/main.js";
import { testIo } from "./io.js";

const fit = (await main(["doctor", "--output", "/tmp/ipa-br-nothing"], testIo(), "1")) === 0;

/** Why `ipa-br build` would refuse to build here; undefined if it would not. */
export const unfit: string | undefined = fit ? undefined : "this host cannot build (ipa-br doctor tells why)";
