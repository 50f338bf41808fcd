/**
 * The licences in a package's <PKG>_LICENSE (Buildroot manual, "generic-package reference"): commas part them, what stands in brackets says
 * which part of the package it is for. "GPL-2.0+ (programs), LGPL-2.1+ (library)" has two.
 */
export function splitLicences(text: string | undefined): string[] {
  if (text === undefined) return [];
  const names: string[] = [];
  let depth = 0;
  let current = "";
  for (const character of text) {
    if (character === "(") depth++;
    if (character === ")") depth = Math.max(0, depth - 1);
    else if (depth === 0 && character === ",") {
      names.push(current);
      current = "";
    } else if (depth === 0) current += character;
  }
  const clean = [...names, current].map((name) => name.replaceAll(/\s+/g, " ").trim());
  return [...new Set(clean.filter((name) => name !== ""))];
}

/** SPDX identifiers that Buildroot's packages name most; other names are given as names. */
const spdx = new Set(
  `0BSD AFL-2.1 AGPL-3.0 AGPL-3.0+ Apache-2.0 Artistic-1.0 Artistic-2.0 BSD-1-Clause BSD-2-Clause BSD-3-Clause BSD-4-Clause BSL-1.0
  CC0-1.0 CC-BY-3.0 CC-BY-4.0 CC-BY-SA-3.0 CC-BY-SA-4.0 CDDL-1.0 EPL-1.0 EPL-2.0 FTL GFDL-1.1 GFDL-1.2 GFDL-1.3 GPL-1.0 GPL-1.0+ GPL-2.0
  GPL-2.0+ GPL-3.0 GPL-3.0+ HPND ICU IJG ISC LGPL-2.0 LGPL-2.0+ LGPL-2.1 LGPL-2.1+ LGPL-3.0 LGPL-3.0+ Libpng MIT MIT-0 MPL-1.1 MPL-2.0 NCSA
  OFL-1.1 OLDAP-2.8 OpenSSL PHP-3.01 PostgreSQL PSF-2.0 Python-2.0 Ruby SISSL Unicode-DFS-2016 Unlicense Vim W3C WTFPL X11 Zlib ZPL-2.1
  bzip2-1.0.6 curl`.split(/\s+/),
);

export function isSpdx(name: string): boolean {
  return spdx.has(name);
}
