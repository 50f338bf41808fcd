/** The assembled probe.S up to its last byte that is not zero; a test assembles it again and compares. */
const code = [
  "fafcb072e6e931c08ed82e660f0116d8010f20c06683c8010f22c066ea23000f00080066b810008ed88ec08ed0bc0070",
  "0000b070e6e9c705f000e0feff010000c7055003e0fe00070000bf0000010031c0b9000c0000f3abc705000001000310",
  "0100c7050010010003200100bf00200100b883000000b9000200008907050000200083c7084975f3b8000001000f22d8",
  "0f20e083c8200f22e0b9800000c00f320d000100000f30b06de6e90f20c00d000000800f22c0eabd000f001800b81000",
  "00008ed88ec08ed0bc00700000b06ce6e931c00fa20f31b063e6e9bf0020000031c0b900040000f3abbbb3010f00bf00",
  "220000e89000000083c71081ff0030000072f0bf30200000e87b000000bf00220000bba6010f00e86c0000000f011dbb",
  "000000ccb065e6e9b011e620e6a0b020e621b028e6a1b004e621b002e6a1b001e621e6a1b0fee621b0ffe6a1b034e643",
  "b0a9e640b004e640c704250030000000000000fbf4fa833c25003000000a72f3b069e6e9b9002d3101ffc975fcb061e6",
  "e9b031e6f4f4ebfd89d825ffff00000d00001800890789d8250000ffff0d008e0000894704c350ff042500300000b020",
  "e6205848cf8d74000000000000000000ffff0000009bcf00ffff00000093cf00ffff0000009baf001f00b8010f00ff0f",
  "0020",
].join("");

/** The processor's first instruction, 16 bytes below the top of the ROM: a far jump to its start. */
const resetVector = "ea000000f0";

const romSize = 0x10000;

/** The ROM of probe.S, to be run by QEMU's `-bios`. */
export function probeRom(): Uint8Array {
  const rom = Buffer.alloc(romSize);
  rom.write(code, 0, "hex");
  rom.write(resetVector, romSize - 16, "hex");
  return rom;
}

/** The letters that the probe guest prints when it comes to its end. */
export const probeStages = "rpmlceia";

/** QEMU's exit code when the probe guest came to its end: isa-debug-exit makes (value << 1) | 1 of the 0x31 written. */
export const probeExitCode = 99;
