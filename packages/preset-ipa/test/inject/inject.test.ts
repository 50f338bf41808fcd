import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { injectIntoImage, injectionEntries, type Injection, writeNewc } from "../../src/index.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "preset-ipa-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const missing = (...programs: readonly string[]): string | undefined => {
  const absent = programs.filter((name) => spawnSync(name, ["--version"]).error !== undefined);
  return absent.length === 0 ? undefined : `${absent.join(" and ")} is not installed`;
};

function certificate(subject: string): string {
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "9"],
      ...["-subj", `/CN=${subject}`, "-keyout", join(folder, "key.pem"), "-out", join(folder, "cert.pem")],
    ],
    { stdio: "pipe" },
  );
  return readFileSync(join(folder, "cert.pem"), "utf8");
}

const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJ8mQ0y5mNuV9m0O4bXo2m8oP5vV5l0vK0h8mJm2Wk5 me@there";
const config = { name: "10-site.conf", text: "# ours\n[DEFAULT]\ndebug = true\nlist = a,\n  b\n" };

/** The archive as cpio itself reads it: path, mode, owner, size, time. */
function listing(archive: Uint8Array): string[] {
  const text = execFileSync("cpio", ["--list", "--verbose", "--numeric-uid-gid", "--quiet"], {
    input: archive,
    encoding: "utf8",
    env: { ...process.env, TZ: "UTC", LC_ALL: "C" },
  });
  return text
    .trim()
    .split("\n")
    .map((line) => line.replaceAll(/\s+/g, " "));
}

describe("an archive", () => {
  it("is read by cpio: folders above files, modes, owners and times", (context) => {
    context.skip(missing("cpio") !== undefined, missing("cpio"));
    const archive = writeNewc([
      { path: "root/.ssh/authorized_keys", mode: 0o600, data: Buffer.from("key\n") },
      { path: "etc/a.conf", mode: 0o644, data: Buffer.from("") },
    ]);
    expect(archive.length % 512).toBe(0);
    expect(listing(archive)).toEqual([
      "drwxr-xr-x 2 0 0 0 Jan 1 1970 etc",
      "-rw-r--r-- 1 0 0 0 Jan 1 1970 etc/a.conf",
      "drwx------ 2 0 0 0 Jan 1 1970 root",
      "drwx------ 2 0 0 0 Jan 1 1970 root/.ssh",
      "-rw------- 1 0 0 4 Jan 1 1970 root/.ssh/authorized_keys",
    ]);
  });

  it("gives back whatever is put in", (context) => {
    context.skip(missing("cpio") !== undefined, missing("cpio"));
    const name = fc.stringMatching(/^[a-z0-9._-]{1,30}$/).filter((text) => !/^\.+$/.test(text));
    const files = fc.dictionary(name, fc.uint8Array({ maxLength: 700 }), { maxKeys: 6 });
    let run = 0;
    fc.assert(
      fc.property(files, (contents) => {
        run += 1;
        const target = join(folder, String(run));
        mkdirSync(target);
        const archive = writeNewc(
          Object.entries(contents).map(([path, data]) => ({ path: `d/${path}`, mode: 0o644, data })),
        );
        execFileSync("cpio", ["--extract", "--quiet", "--no-absolute-filenames"], { input: archive, cwd: target });
        for (const [path, data] of Object.entries(contents))
          expect(new Uint8Array(readFileSync(join(target, "d", path)))).toEqual(new Uint8Array(data));
      }),
      { numRuns: 25 },
    );
  });
});

describe("what is injected", () => {
  it("goes where the image looks for it", (context) => {
    context.skip(missing("openssl") !== undefined, missing("openssl"));
    const entries = injectionEntries({
      ca: [{ name: "site.crt", text: certificate("site") }],
      sshKeys: [
        { name: "a.pub", text: `${key}\n` },
        { name: "b.pub", text: `# mine\n${key}\n\nno-pty,command="x" ${key}\n` },
      ],
      config: [config],
    });
    expect(entries.map(({ path, mode }) => `${path} ${mode.toString(8)}`)).toEqual([
      "etc/ipa-br/ca.d/site.pem 644",
      "etc/ironic-python-agent.d/10-site.conf 640",
      "root/.ssh/authorized_keys 600",
    ]);
    expect(new TextDecoder().decode(entries.at(-1)!.data)).toBe(`${key}\nno-pty,command="x" ${key}\n`);
  });

  const refused: readonly (readonly [what: string, injection: Injection, message: RegExp])[] = [
    ["nothing", {}, /nothing to inject/],
    [
      "a private key as an authority",
      { ca: [{ name: "k", text: "-----BEGIN PRIVATE KEY-----" }] },
      /k holds a private key/,
    ],
    ["DER as an authority", { ca: [{ name: "k", text: "0\u0082" }] }, /no certificate in PEM/],
    [
      "a broken certificate",
      { ca: [{ name: "k", text: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----" }] },
      /certificate 1 of k cannot be read/,
    ],
    [
      "a private SSH key",
      { sshKeys: [{ name: "id", text: "-----BEGIN OPENSSH PRIVATE KEY-----" }] },
      /id is a private key/,
    ],
    ["text as an SSH key", { sshKeys: [{ name: "id.pub", text: `${key}\nhello\n` }] }, /no public key/],
    ["an empty file of keys", { sshKeys: [{ name: "id.pub", text: "\n" }] }, /no public key/],
    ["configuration by another name", { config: [{ ...config, name: "site.ini" }] }, /end in \.conf/],
    ["configuration of another folder", { config: [{ ...config, name: "../x.conf" }] }, /no name for a file/],
    [
      "configuration without a section",
      { config: [{ name: "a.conf", text: "\ndebug = true\n" }] },
      /a\.conf:2: .*section/,
    ],
    [
      "configuration with a stray line",
      { config: [{ name: "a.conf", text: "[DEFAULT]\ndebug true\n" }] },
      /a\.conf:2: neither/,
    ],
    ["one name twice", { config: [config, config] }, /two files would be/],
  ];
  it.for(refused)("is not %s", ([, injection, message]) => {
    expect(() => injectionEntries(injection)).toThrow(
      expect.objectContaining({ code: "INJECTION_INVALID", message: expect.stringMatching(message) }),
    );
  });
});

describe("a ramdisk", () => {
  const injection: Injection = { sshKeys: [{ name: "a.pub", text: key }], config: [config] };

  /** A ramdisk of one file, packed. */
  function ramdisk(pack: readonly string[]): string {
    const image = join(folder, "rootfs.cpio");
    const archive = writeNewc([{ path: "etc/base", mode: 0o644, data: Buffer.from("base\n") }]);
    writeFileSync(image, pack.length === 0 ? archive : execFileSync(pack[0]!, pack.slice(1), { input: archive }));
    return image;
  }

  it.for([[], ["xz", "-c", "--check=crc32"], ["gzip", "-nc"]])(
    "packed by %j keeps its bytes, and the addition stands at a multiple of four",
    async (pack, context) => {
      context.skip(missing("cpio", ...pack.slice(0, 1)) !== undefined, missing("cpio", ...pack.slice(0, 1)));
      const image = ramdisk(pack);
      const before = readFileSync(image);
      const output = join(folder, "out");
      const result = await injectIntoImage({ image, output, injection });
      const after = readFileSync(output);
      expect(result).toMatchObject({ before: before.length, after: after.length, output });
      expect(after.subarray(0, before.length).equals(before)).toBe(true);
      expect(readFileSync(image).equals(before)).toBe(true);
      const start = Math.ceil(before.length / 4) * 4;
      expect(listing(after.subarray(start)).map((line) => line.split(" ").at(-1))).toEqual([
        "etc",
        "etc/ironic-python-agent.d",
        "etc/ironic-python-agent.d/10-site.conf",
        "root",
        "root/.ssh",
        "root/.ssh/authorized_keys",
      ]);
    },
  );

  it("gets the same bytes each time, also packed, also in place", async () => {
    const image = ramdisk([]);
    const plain = join(folder, "plain");
    await injectIntoImage({ image, output: plain, injection });
    await injectIntoImage({ image, output: join(folder, "again"), injection });
    expect(readFileSync(join(folder, "again")).equals(readFileSync(plain))).toBe(true);
    const packed = join(folder, "packed");
    await injectIntoImage({ image, output: packed, injection, gzip: true });
    const start = statSync(image).size;
    expect(gunzipSync(readFileSync(packed).subarray(start)).equals(readFileSync(plain).subarray(start))).toBe(true);
    await injectIntoImage({ image, output: image, injection });
    expect(readFileSync(image).equals(readFileSync(plain))).toBe(true);
  });

  it.for([
    ["\u007fELF no ramdisk", /is no ramdisk/],
    ["\u0002\u0021\u004c\u0018 lz4", /packed by lz4/],
  ] as const)("that begins %j is refused, and nothing is left behind", async ([text, message]) => {
    const image = join(folder, "image");
    writeFileSync(image, text, "latin1");
    const injected = injectIntoImage({ image, output: join(folder, "out"), injection });
    await expect(injected).rejects.toMatchObject({ code: "IMAGE_UNKNOWN", message: expect.stringMatching(message) });
    expect(execFileSync("ls", ["-A", folder], { encoding: "utf8" })).toBe("image\n");
  });

  it("is not put in place of a pipe or a device", async () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const injected = injectIntoImage({ image: ramdisk([]), output: pipe, injection });
    await expect(injected).rejects.toMatchObject({
      code: "INJECTION_INVALID",
      message: `${pipe} is there already and is no file.`,
    });
    expect(statSync(pipe).isFIFO()).toBe(true);
  });

  it("that is not there is named", async () => {
    const injected = injectIntoImage({ image: join(folder, "no"), output: join(folder, "out"), injection });
    await expect(injected).rejects.toMatchObject({ code: "IMAGE_UNKNOWN" });
  });
});
