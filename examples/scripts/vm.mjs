// A VM started, logged in to, asked, and stopped.   node vm.mjs IMAGES
import { join } from "node:path";
import { ipaPreset } from "@ipa-br/preset-ipa";
import { launch } from "@ipa-br/qemu";

const [images] = process.argv.slice(2);
if (!images) {
  console.error("usage: node vm.mjs IMAGES");
  process.exit(2);
}

const machine = await launch(
  {
    arch: "x86_64",
    kernel: join(images, ipaPreset.images.kernel),
    initrd: join(images, ipaPreset.images.initramfs),
    append: ipaPreset.machines.x86_64.kernelArguments.join(" "),
    memory: ipaPreset.memoryMiB,
    nics: [{ model: "e1000" }],
    reboot: false,
  },
  { env: process.env },
);
try {
  await machine.console.login({ user: ipaPreset.login.user }, { timeoutMs: 240_000 });
  // from here on the kernel keeps its messages out of the answers
  await machine.console.exec("dmesg -n 1", { timeoutMs: 30_000 });
  const { output } = await machine.console.exec("uname -sr", { timeoutMs: 30_000 });
  console.log(`kernel: ${output.trim()}`);
  const address = await machine.console.exec(
    "for i in 1 2 3 4 5 6 7 8 9 10; do ip -4 addr show | grep -o '10\\.0\\.2\\.[0-9]*' && break; sleep 1; done | head -n 1",
    { timeoutMs: 60_000 },
  );
  console.log(`address: ${address.output.trim()}`);
} finally {
  const { exit } = await machine.stop();
  console.log(`stopped: ${exit.signal ?? exit.code}`);
}
