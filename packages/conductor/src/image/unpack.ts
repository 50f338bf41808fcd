import * as zlib from "node:zlib";
import type { Transform } from "node:stream";
import { compressionOf, type Compression } from "./format.js";
import { ConductorError } from "../errors.js";
import { filtered, FilterFailure, type Filter } from "./host-program.js";
import { gzipMember } from "./gzip.js";
import { invalidImage } from "./invalid.js";
import { lz4Member } from "./lz4.js";
import { through } from "./through.js";
import { xzEnd } from "./extent-xz.js";
import { zstdEnd } from "./extent-zstd.js";
import type { Environment } from "../types.js";
import type { FileSource } from "./source.js";
import type { Member } from "./member.js";

/** The host's xz refuses what needs more memory; BusyBox's has no such variable, and no such limit. */
const xz: Filter = {
  ...{ name: "xz", args: ["-d", "-c"], package: "xz-utils" },
  env: { XZ_DEFAULTS: "--memlimit-decompress=512MiB" },
};

const zstd: Filter = { name: "zstd", args: ["-d", "-c", "-q", "--memory=512MB"], package: "zstd" };

/**
 * The packed part of a file that begins at `start`: gzip and LZ4 are unpacked here, zstd by Node where it can (from
 * 22.15 on), else like xz by the host's program.
 * Errors: `IMAGE_UNSUPPORTED`, `IMAGE_INVALID`; from its chunks also `DECOMPRESSOR_MISSING`.
 */
export async function memberAt(source: FileSource, start: number, env: Environment): Promise<Member> {
  const compression = compressionOf(await source.bytes(start, 8));
  switch (compression) {
    case "gzip":
      return gzipMember(source, start);
    case "lz4":
      return lz4Member(source, start);
    case "xz":
      return sized(source, start, await xzEnd(source, start), (input) => filtered(input, xz, env));
    case "zstd":
      return sized(source, start, await zstdEnd(source, start), (input) => unpackZstd(input, env));
    default:
      throw unreadable(source, start, compression);
  }
}

type Unpack = (input: AsyncIterable<Buffer>) => AsyncGenerator<Buffer, void, undefined>;

function sized(source: FileSource, start: number, end: number, unpack: Unpack): Member {
  async function* chunks(): AsyncGenerator<Buffer, void, undefined> {
    try {
      yield* unpack(source.range(start, end));
    } catch (error) {
      if (!(error instanceof FilterFailure) && !isZlib(error)) throw error;
      throw invalidImage(source.path, start, `it cannot be unpacked, ${error.message}`, error);
    }
  }
  return { chunks: chunks(), end: () => end };
}

function unpackZstd(input: AsyncIterable<Buffer>, env: Environment): AsyncGenerator<Buffer, void, undefined> {
  const { createZstdDecompress } = zlib as { createZstdDecompress?: () => Transform };
  return createZstdDecompress === undefined ? filtered(input, zstd, env) : through(input, createZstdDecompress());
}

function isZlib(error: unknown): error is Error {
  return error instanceof Error && "code" in error && /^(?:Z|ZSTD)_/.test(String(error.code));
}

function unreadable(source: FileSource, start: number, compression: Compression | undefined): ConductorError {
  if (compression === undefined || compression === "none") {
    return invalidImage(source.path, start, "there is neither a cpio archive nor anything packed");
  }
  const details = { path: source.path, compression };
  return new ConductorError(
    "IMAGE_UNSUPPORTED",
    `${source.path} is packed by ${compression}, which is not read here.`,
    {
      hint: "Pack it by xz, gzip, zstd or LZ4, or unpack it first.",
      details,
    },
  );
}
