import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A source distribution with these files, packed by the system's tar. */
export function makeTarball(
  top: string,
  files: Readonly<Record<string, string>>,
  ...options: readonly string[]
): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "preset-ipa-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, top, path)), { recursive: true });
      writeFileSync(join(folder, top, path), text);
    }
    execFileSync("tar", ["-czf", join(folder, "out.tar.gz"), ...options, "-C", folder, top]);
    return readFileSync(join(folder, "out.tar.gz"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The beginnings of licences, enough to tell them apart. */
export const licences = {
  apache: "                                 Apache License\n                           Version 2.0, January 2004\n",
  bsd3: "Redistribution and use in source and binary forms, with or without\nNeither the name of the copyright holder\n",
  mit: "Permission is hereby granted, free of charge, to any person obtaining a copy\n",
};
