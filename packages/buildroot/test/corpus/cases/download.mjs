// Downloads, hashes, archives, patches: through Buildroot's own helpers.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const zeros = "0".repeat(64);

/** A package from a site; `hash` is the text of its .hash file. */
function downloading(name, kind, line, { mk, hash, step = "Downloading", prepare, more = {} }) {
  const mkText = typeof mk === "string" ? () => mk : mk;
  return {
    name,
    packages: [],
    targets: [`host-${name}`],
    prepare: (context) => {
      const folder = join(context.external, "package", name);
      mkdirSync(folder, { recursive: true });
      const prefix = `HOST_${name.toUpperCase().replaceAll("-", "_")}`;
      const text = mkText(context, prefix).replaceAll("PKG_", `${prefix}_`);
      writeFileSync(join(folder, `${name}.mk`), `${prefix}_VERSION = 1.0\n${text}\n$(eval $(host-generic-package))\n`);
      if (hash !== undefined)
        writeFileSync(join(folder, `${name}.hash`), typeof hash === "string" ? hash : hash(context));
      prepare?.(context, folder);
    },
    ...more,
    expected: { package: `host-${name}`, step, kind, line },
  };
}

/** A site on this machine with an archive of one file. */
function archive({ external }, name, text = "text\n") {
  const folder = join(external, "site");
  mkdirSync(join(folder, `${name}-1.0`), { recursive: true });
  writeFileSync(join(folder, `${name}-1.0/x.txt`), text);
  execFileSync("tar", ["-C", folder, "--mtime=@0", "-czf", join(folder, `${name}-1.0.tar.gz`), `${name}-1.0`]);
  return join(folder, `${name}-1.0.tar.gz`);
}
const fileSite = ({ external }) => `PKG_SITE = file://${external}/site\nPKG_SOURCE = NAME-1.0.tar.gz`;
const sha256 = (path) => createHash("sha256").update(readFileSync(path)).digest("hex");

/** A package whose archive is right and whose patches are not. */
function patching(name, line, patches, kind = "patch") {
  return downloading(name, kind, line, {
    step: "Patching",
    mk: (context) => fileSite(context).replace("NAME", name),
    prepare: (context, folder) => {
      archive(context, name, "one\ntwo\nthree\n");
      for (const [file, text] of Object.entries(patches)) writeFileSync(join(folder, file), text);
    },
  });
}

const broken = "--- a/x.txt\n+++ b/x.txt\n@@ -1,3 +1,3 @@\n uno\n-dos\n+2\n tres\n";
const good = "--- a/x.txt\n+++ b/x.txt\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n";

function extracting(name, line, write) {
  return downloading(name, "extract", line, {
    step: "Extracting",
    mk: (context) => fileSite(context).replace("NAME-1.0.tar.gz", write.source ?? `${name}-1.0.tar.gz`),
    prepare: (context) => {
      const path = archive(context, name);
      write.spoil(path, context);
    },
  });
}

const git = (folder, ...args) =>
  execFileSync("git", [
    "-C",
    folder,
    "-c",
    "user.name=u",
    "-c",
    "user.email=u@example.org",
    "-c",
    "init.defaultBranch=main",
    ...args,
  ]);

export const downloadCases = [
  downloading("wget-404", "download", "ERROR 404: Not Found", {
    mk: ({ port }) => `PKG_SITE = http://127.0.0.1:${port}/files\nPKG_SOURCE = x-1.0.tar.gz`,
  }),
  downloading("wget-503", "download", "ERROR 503: Service Unavailable", {
    mk: ({ port }) => `PKG_SITE = http://127.0.0.1:${port}/503\nPKG_SOURCE = x-1.0.tar.gz`,
  }),
  downloading("wget-refused", "download", "Connection refused", {
    mk: "PKG_SITE = http://127.0.0.1:9/files\nPKG_SOURCE = x-1.0.tar.gz",
  }),
  downloading(
    "wget-name",
    "download",
    "unable to resolve host address|Name or service not known|Temporary failure in name resolution",
    {
      mk: "PKG_SITE = http://no-such-host.invalid/files\nPKG_SOURCE = x-1.0.tar.gz",
    },
  ),
  downloading("wget-certificate", "download", "wget: .*|OpenSSL: error|ERROR: cannot verify|Unable to establish SSL", {
    mk: ({ port }) => `PKG_SITE = https://127.0.0.1:${port}/files\nPKG_SOURCE = x-1.0.tar.gz`,
  }),
  downloading("curl-ftp", "download", "curl: \\(\\d+\\) ", {
    mk: "PKG_SITE = ftp://127.0.0.1:9/files\nPKG_SOURCE = x-1.0.tar.gz",
  }),
  downloading("git-missing", "download", "fatal: '?.*absent\\.git.*does not (?:appear|exist)|fatal: repository '", {
    mk: ({ external }) => `PKG_SITE = file://${external}/absent.git\nPKG_SITE_METHOD = git`,
  }),
  downloading(
    "git-commit",
    "download",
    "Commit '1234567890123456789012345678901234567890' does not exist in this repository",
    {
      mk: ({ external }, prefix) =>
        `PKG_SITE = file://${external}/repository\nPKG_SITE_METHOD = git\n${prefix}_VERSION = 1234567890123456789012345678901234567890`,
      prepare: ({ external }) => {
        const folder = join(external, "repository");
        mkdirSync(folder);
        git(folder, "init", "-q");
        writeFileSync(join(folder, "x"), "x\n");
        git(folder, "add", ".");
        git(folder, "commit", "-qm", "x");
      },
    },
  ),
  downloading("git-refused", "download", "fatal: unable to (?:access|connect)|Connection refused", {
    mk: "PKG_SITE = git://127.0.0.1:9/x.git\nPKG_SITE_METHOD = git",
  }),
  downloading("svn-missing", "download", "svn: E\\d+: Unable to (?:connect|open)", {
    mk: ({ external }) => `PKG_SITE = file://${external}/absent-svn\nPKG_SITE_METHOD = svn\nPKG_VERSION = 1`,
  }),
  downloading("hg-missing", "download", "abort: repository .*absent-hg.* not found", {
    mk: ({ external }) => `PKG_SITE = file://${external}/absent-hg\nPKG_SITE_METHOD = hg`,
  }),
  downloading("file-missing", "install", "cp: cannot stat '.*absent-1\\.0\\.tar\\.gz': No such file", {
    mk: ({ external }) => `PKG_SITE = ${external}/nowhere\nPKG_SITE_METHOD = file\nPKG_SOURCE = absent-1.0.tar.gz`,
  }),
  downloading("local-missing", "download", "ERROR: .*/nowhere does not exist", {
    step: "Syncing from source dir .*",
    mk: ({ external }) => `PKG_SITE = ${external}/nowhere\nPKG_SITE_METHOD = local`,
  }),
  downloading("hash-wrong", "hash", "ERROR: while checking hashes from |has wrong sha256 hash", {
    mk: (context) => fileSite(context).replace("NAME", "hash-wrong"),
    hash: `sha256  ${zeros}  hash-wrong-1.0.tar.gz\n`,
    prepare: (context) => archive(context, "hash-wrong"),
  }),
  downloading("hash-none", "hash", "ERROR: No hash found for hash-none-1\\.0\\.tar\\.gz", {
    mk: (context) => fileSite(context).replace("NAME", "hash-none"),
    hash: `sha256  ${zeros}  another.tar.gz\n`,
    prepare: (context) => archive(context, "hash-none"),
  }),
  downloading("hash-kind", "hash", "ERROR: unknown hash 'sha3' for 'hash-kind-1\\.0\\.tar\\.gz'", {
    mk: (context) => fileSite(context).replace("NAME", "hash-kind"),
    hash: "sha3  00  hash-kind-1.0.tar.gz\n",
    prepare: (context) => archive(context, "hash-kind"),
  }),
  downloading("hash-license", "hash", "ERROR: .*", {
    // The archive is right; a second file of the package is not.
    mk: (context) => `${fileSite(context).replace("NAME", "hash-license")}\nPKG_EXTRA_DOWNLOADS = extra.txt`,
    hash: ({ external }) =>
      `sha256  ${sha256(archive({ external }, "hash-license"))}  hash-license-1.0.tar.gz\nsha256  ${zeros}  extra.txt\n`,
    prepare: ({ external }) => writeFileSync(join(external, "site/extra.txt"), "extra\n"),
  }),
  extracting("tar-gzip", "gzip: .*: not in gzip format", {
    spoil: (path) => writeFileSync(path, "<html>not found</html>\n"),
  }),
  extracting("tar-short", "gzip: .*: unexpected end of file|tar: Unexpected EOF", {
    spoil: (path) => {
      writeFileSync(`${path}.txt`, Array.from({ length: 20_000 }, (_, index) => `line ${index * 7919}\n`).join(""));
      spawnSync("tar", ["-C", join(path, ".."), "-czf", path, `${path.slice(path.lastIndexOf("/") + 1)}.txt`]);
      writeFileSync(path, readFileSync(path).subarray(0, 20_000));
    },
  }),
  extracting("tar-xz", "xzcat: .*: File format not recognized", {
    source: "tar-xz-1.0.tar.xz",
    spoil: (path) => writeFileSync(path.replace(/gz$/, "xz"), "no archive\n"),
  }),
  extracting("tar-plain", "tar: This does not look like a tar archive", {
    source: "tar-plain-1.0.tar",
    spoil: (path) => writeFileSync(path.replace(/\.gz$/, ""), "no archive, but long enough to look at\n".repeat(50)),
  }),
  patching("patch-hunk", "Hunk #1 FAILED at 1", { "0001-broken.patch": broken }),
  patching("patch-file", "can't find file to patch at input line", {
    "0001-absent.patch": good.replaceAll("x.txt", "absent.txt"),
  }),
  patching("patch-twice", "Reversed \\(or previously applied\\) patch detected|Hunk #1 FAILED", {
    "0001-a.patch": good,
    "0002-b.patch": good,
  }),
  patching("patch-garbage", "patch: \\*\\*\\*\\* Only garbage was found in the patch input", {
    "0001-garbage.patch": "this is no patch\n",
  }),
];
