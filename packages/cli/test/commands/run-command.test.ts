import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { run } from "../../src/commands/run.js";
import { testIo } from "../support/io.js";

const folder = mkdtempSync(join(tmpdir(), "ipa-br-run-"));
const images = join(folder, "images");
mkdirSync(images);
for (const name of ["bzImage", "rootfs.cpio.xz"]) writeFileSync(join(images, name), "");
// Only its version is asked; the lines are the same on every host.
for (const name of ["qemu-system-x86_64", "qemu-system-aarch64", "swtpm"]) {
  writeFileSync(join(folder, name), "#!/bin/sh\necho QEMU emulator version 7.2.22\n", { mode: 0o755 });
}
afterAll(() => rmSync(folder, { recursive: true }));

/** The lines, with the names of this run taken out. */
async function shown(options: Parameters<typeof run>[1]): Promise<readonly string[]> {
  const env = { PATH: `${folder}:/usr/bin:/bin`, HOME: "/nonexistent", TMPDIR: "/tmp" };
  const io = testIo({ cwd: folder, env });
  await run(io, { output: join(folder, "output"), images, accel: "tcg", showCommand: true, ...options });
  const plain = io
    .out()
    .replaceAll(folder, "DIR")
    .replaceAll(/ipa-br-[0-9a-f]{12}/g, "ROOM");
  return plain.trimEnd().split("\n");
}

const start = "DIR/qemu-system-x86_64 -no-user-config -nodefaults";
const common = "-accel tcg -cpu max -m 1024 -smp 1 -display none -monitor none -serial stdio";

describe("run --show-command", () => {
  it("prints the manual flow's line", async () => {
    const [line, ...more] = await shown({});
    expect(line).toMatch(
      new RegExp(
        `^${start} -machine pc ${common} -kernel DIR/images/bzImage -initrd DIR/images/rootfs.cpio.xz -append '.*' ` +
          "-netdev user,id=net0 -device e1000,id=net0,netdev=net0,romfile=$",
      ),
    );
    expect(more).toEqual([]);
  });

  it("boots a kernel of 64-bit Arm on a machine that it has drivers for, by the kernel's own word", async () => {
    const arm = join(folder, "arm");
    mkdirSync(arm);
    const head = Buffer.alloc(64);
    head.write("ARM\x64", 56, "latin1");
    writeFileSync(join(arm, "Image"), head);
    writeFileSync(join(arm, "rootfs.cpio.xz"), "");
    const line =
      "DIR/qemu-system-aarch64 -no-user-config -nodefaults -machine virt,gic-version=max -accel tcg -cpu max,pauth-impdef=on -m 1024 -smp 1 " +
      "-display none -monitor none -serial stdio -kernel DIR/arm/Image -initrd DIR/arm/rootfs.cpio.xz " +
      "-append 'console=ttyAMA0,115200n8 ipa-debug=1' -netdev user,id=net0 -device virtio-net-pci,id=net0,netdev=net0,romfile=";
    expect(await shown({ images: arm, append: "ipa-debug=1" })).toEqual([line]);
    expect(await shown({ kernel: join(arm, "Image"), append: "ipa-debug=1" })).toEqual([
      line.replace("arm/rootfs", "images/rootfs"),
    ]);
  });

  it("prints a server's line, quoted, and before it what that needs", async () => {
    const options = {
      machine: "q35",
      iso: "my media.iso",
      disk: ["4G,bus=nvme", "new.img,size=1G"],
      addNic: ["mac=52:54:00:12:34:56,model=virtio-net-pci"],
      tpm: true,
      guestAgent: true,
      forward: ["2222:22"],
      qemuArg: ["-name", "it's mine"],
    } as const;
    await expect(shown(options)).rejects.toMatchObject({ code: "IMAGE_NOT_FOUND" });
    writeFileSync(join(folder, "my media.iso"), "");
    expect(await shown(options)).toEqual([
      "truncate -s 1073741824 -- DIR/new.img",
      "mkdir -m 700 -- /tmp/ROOM /tmp/ROOM/tpm",
      "DIR/swtpm socket --tpm2 --tpmstate dir=/tmp/ROOM/tpm --ctrl type=unixio,path=/tmp/ROOM/tpm.sock --terminate --daemon",
      `${start} -machine q35 ${common} ` +
        "-netdev user,id=net0,hostfwd=tcp:127.0.0.1:2222-:22 -device e1000,id=net0,netdev=net0 " +
        "-netdev user,id=net1 -device virtio-net-pci,id=net1,netdev=net1,mac=52:54:00:12:34:56 " +
        "-device ahci,id=ipa-br-sata " +
        "-drive 'if=none,id=disk0,file=DIR/my media.iso,format=raw,read-only=on' " +
        "-device ide-cd,bus=ipa-br-sata.0,id=disk0,drive=disk0,bootindex=0 " +
        "-drive if=none,id=disk1,driver=null-co,size=4294967296,read-zeroes=on,snapshot=on " +
        "-device nvme,id=disk1,drive=disk1,serial=disk1 " +
        "-drive if=none,id=disk2,file=DIR/new.img,format=raw -device virtio-blk-pci,id=disk2,drive=disk2 " +
        "-chardev socket,id=ipa-br-tpm,path=/tmp/ROOM/tpm.sock -tpmdev emulator,id=ipa-br-tpm,chardev=ipa-br-tpm " +
        "-device tpm-tis,tpmdev=ipa-br-tpm " +
        "-chardev socket,id=ipa-br-agent,path=/tmp/ROOM/agent.sock,server=on,wait=off " +
        "-device virtio-serial-pci,id=ipa-br-serial " +
        "-device virtserialport,bus=ipa-br-serial.0,chardev=ipa-br-agent,name=org.qemu.guest_agent.0 " +
        String.raw`-name 'it'\''s mine'`,
    ]);
  });

  it("refuses words for a kernel's command line where an ISO brings its own", async () => {
    writeFileSync(join(folder, "words.iso"), "");
    const refused = expect.objectContaining({ code: "SETTING_INVALID" }) as Error;
    await expect(shown({ iso: "words.iso", append: "quiet" })).rejects.toThrow(refused);
    await expect(shown({ iso: "words.iso", conductor: true })).rejects.toThrow(refused);
    const kernel = join(images, "bzImage");
    expect((await shown({ iso: "words.iso", kernel, append: "quiet" })).at(-1)).toMatch(/-append '[^']* quiet' /);
  });
});
