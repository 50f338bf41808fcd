import { check, isOn, type Rule } from "./context.js";
import { perlNeed } from "./packages.js";

interface PerlModule {
  readonly name: string;
  readonly user: string;
  /** Any of these symbols asks for it; none: always. */
  readonly symbols?: readonly string[];
  /** And these, all of them. */
  readonly also?: readonly string[];
}

/** The modules that support/dependencies/dependencies.sh asks for, with its own words on who needs them. */
const modules: readonly PerlModule[] = [
  { name: "Data::Dumper", user: "host-autoconf" },
  { name: "English", user: "host-libxml-parser-perl" },
  { name: "ExtUtils::MakeMaker", user: "host-libxml-parser-perl" },
  { name: "Thread::Queue", user: "host-automake" },
  { name: "FindBin", user: "OpenSSL" },
  { name: "IPC::Cmd", user: "OpenSSL" },
  { name: "bigint", user: "OpenSSL on s390x", symbols: ["BR2_PACKAGE_LIBOPENSSL"], also: ["BR2_s390x"] },
  { name: "diagnostics", user: "mosh", symbols: ["BR2_PACKAGE_MOSH"] },
  { name: "Math::BigInt", user: "mpv", symbols: ["BR2_PACKAGE_MPV"] },
  { name: "Math::BigRat", user: "mpv", symbols: ["BR2_PACKAGE_MPV"] },
  { name: "Digest::MD5", user: "netsurf", symbols: ["BR2_PACKAGE_NETSURF"] },
  { name: "autodie", user: "whois", symbols: ["BR2_PACKAGE_WHOIS"] },
  { name: "JSON::PP", user: "WebKit", symbols: ["BR2_PACKAGE_WEBKITGTK", "BR2_PACKAGE_WPEWEBKIT"] },
  { name: "FileHandle", user: "ACE or syslinux", symbols: ["BR2_PACKAGE_ACE", "BR2_TARGET_SYSLINUX"] },
  { name: "open", user: "libxcrypt", symbols: ["BR2_PACKAGE_LIBXCRYPT"] },
];

/** One Perl tells of all modules at once; `open` cannot be required, only used. */
const program =
  'for my $m (@ARGV) { print "$m\\n" unless $m eq "open" ? eval q{use open ":std"; 1} : eval "require $m; 1" }';

/** The Perl modules that this configuration needs. */
export const perlRule: Rule = async ({ host, values }) => {
  const perl = await host.find("perl");
  const wanted = modules.filter(
    ({ symbols, also = [] }) =>
      (symbols === undefined || symbols.some((symbol) => isOn(values, symbol))) &&
      also.every((symbol) => isOn(values, symbol)),
  );
  // Without Perl they are missing all; some distributions pack each by itself.
  const names = wanted.map(({ name }) => name);
  const { exitCode, output } =
    perl === undefined ? { exitCode: undefined, output: "" } : await host.run(perl, ["-e", program, ...names]);
  const lines = new Set(output.split("\n"));
  return wanted.map(({ name, user }) => {
    if (exitCode === 0 && !lines.has(name)) return check(`perl:${name}`);
    return check(`perl:${name}`, {
      severity: "error",
      message: `Perl's module ${name} is not installed.`,
      why: `${user} is built with it`,
      source: "support/dependencies/dependencies.sh",
      needs: [perlNeed(name)],
    });
  });
};
