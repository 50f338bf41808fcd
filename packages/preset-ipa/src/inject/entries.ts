import { X509Certificate } from "node:crypto";
import { PresetError } from "../errors.js";
import type { ArchiveEntry, Injection, NamedText } from "./types.js";

/**
 * The files that an injection is made of, each checked: a mistake shows here and not on a console in the rack.
 *
 * @throws PresetError INJECTION_INVALID
 */
export function injectionEntries(injection: Injection): readonly ArchiveEntry[] {
  const { ca = [], sshKeys = [], config = [] } = injection;
  const entries = [...ca.map(authority), ...config.map(dropIn)];
  if (sshKeys.length > 0) entries.push(keys(sshKeys));
  if (entries.length === 0) throw invalid("there is nothing to inject", "name a file: --ca, --ssh-key or --config");
  const twice = entries.find(({ path }, index) => entries.findIndex((entry) => entry.path === path) !== index);
  if (twice !== undefined) throw invalid(`two files would be ${twice.path}`, "give one of them another name");
  return entries;
}

function invalid(message: string, hint: string): PresetError {
  return new PresetError("INJECTION_INVALID", message, { hint });
}

function entry(path: string, text: string, mode: number): ArchiveEntry {
  return { path, mode, data: new TextEncoder().encode(text.endsWith("\n") ? text : `${text}\n`) };
}

function plainName(name: string): string {
  if (/^[\w@+-][\w.@+-]*$/.test(name)) return name;
  throw invalid(`"${name}" is no name for a file of the image`, "letters, digits and . _ @ + - make a name");
}

function authority({ name, text }: NamedText): ArchiveEntry {
  if (/PRIVATE KEY/.test(text)) throw invalid(`${name} holds a private key`, "the image takes certificates only");
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g);
  if (blocks === null) throw invalid(`${name} holds no certificate in PEM`, "openssl x509 -inform der converts one");
  for (const [index, block] of blocks.entries()) {
    try {
      // the constructor is the check
      void new X509Certificate(block).subject;
    } catch {
      throw invalid(
        `certificate ${index + 1} of ${name} cannot be read`,
        "openssl x509 -noout -text shows what is there",
      );
    }
  }
  const file = plainName(name.replace(/\.(?:pem|crt|cer)$/i, ""));
  return entry(`etc/ipa-br/ca.d/${file}.pem`, text, 0o644);
}

const publicKey =
  /^(?:\S.*\s)?(?:ssh-(?:ed25519|rsa|dss)|ecdsa-sha2-nistp\d+|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com)\s+AAAA[A-Za-z0-9+/]+={0,2}(?:\s.*)?$/;

function keys(files: readonly NamedText[]): ArchiveEntry {
  const lines = files.flatMap(({ name, text }) => {
    if (/PRIVATE KEY/.test(text)) throw invalid(`${name} is a private key`, `the public one is beside it: ${name}.pub`);
    const found = text.split(/\r?\n/).filter((line) => line.trim() !== "" && !line.startsWith("#"));
    const wrong = found.findIndex((line) => !publicKey.test(line));
    if (found.length === 0 || wrong !== -1)
      throw invalid(
        `${name} holds a line that is no public key`,
        "ssh-keygen -y prints the public key of a private one",
      );
    return found;
  });
  return entry("root/.ssh/authorized_keys", [...new Set(lines)].join("\n"), 0o600);
}

function dropIn({ name, text }: NamedText): ArchiveEntry {
  const file = plainName(name);
  if (!file.endsWith(".conf"))
    throw invalid(`${name}: the agent reads files that end in .conf`, `mv ${name} ${name}.conf`);
  const lines = text.split(/\r?\n/);
  const first = lines.findIndex((line) => line.trim() !== "" && !/^[#;]/.test(line));
  if (first === -1 || !/^\[[^\]]+\]\s*$/.test(lines[first]!))
    throw invalid(
      `${name}:${Math.max(first, 0) + 1}: a setting stands before any section`,
      "begin the file with [DEFAULT]",
    );
  const wrong = lines.findIndex(
    (line) => line.trim() !== "" && !/^(?:[#;].*|\[[^\]]+\]\s*|\s+\S.*|[^=:\s][^=:]*[=:].*)$/.test(line),
  );
  if (wrong !== -1) throw invalid(`${name}:${wrong + 1}: neither a section nor a setting`, "a line reads name = value");
  return entry(`etc/ironic-python-agent.d/${file}`, text, 0o640);
}
