/** A licence's SPDX name, from its text first: metadata says "BSD" where two different texts go by that name. */

const texts: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/Apache License\s+Version 2\.0/i, "Apache-2.0"],
  [
    /Redistribution and use in source and binary forms[\s\S]*(?:Neither the name|names? of [\s\S]*may not be used to endorse)/i,
    "BSD-3-Clause",
  ],
  [/Redistribution and use in source and binary forms/i, "BSD-2-Clause"],
  [/Permission is hereby granted, free of charge, to any person obtaining a copy/i, "MIT"],
  [/GNU LESSER GENERAL PUBLIC LICENSE\s+Version 2\.1/i, "LGPL-2.1"],
  [/GNU LESSER GENERAL PUBLIC LICENSE\s+Version 3/i, "LGPL-3.0"],
  [/Mozilla Public License,? Version 2\.0/i, "MPL-2.0"],
];

/** The SPDX name of a licence's text. */
export function licenceOfText(text: string): string | undefined {
  return texts.find(([pattern]) => pattern.test(text))?.[1];
}

/** Ways in which metadata spells a licence, "License :: OSI Approved :: Apache Software License" among them. */
const spellings: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/apache (?:software )?license|apache[ -]?2(?:\.0)?/i, "Apache-2.0"],
  [/\bmit\b/i, "MIT"],
];

/** The SPDX name of what metadata says; undefined where that may be more than one ("BSD License"). */
export function licenceOfName(text: string): string | undefined {
  return spellings.find(([pattern]) => pattern.test(text))?.[1];
}

/** Names of files that hold a licence's text; lists of authors do not. */
export function isLicenceFile(path: string): boolean {
  return /^(?:[^/]*\/)?(?:LICEN[CS]ES?|COPYING|NOTICE)(?:[-._][^/]*)?$/i.test(path);
}
