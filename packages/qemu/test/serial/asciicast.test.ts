import { expect, it } from "vitest";
import { asciicast } from "../../src/index.js";

it("writes a header and a line for each piece", () => {
  const recording = [
    { atMs: 0, text: "a\r\n" },
    { atMs: 1500, text: "\u001b[1m" },
  ];
  expect(asciicast(recording, { title: "boot" })).toBe(
    '{"version":2,"width":80,"height":24,"title":"boot"}\n[0,"o","a\\r\\n"]\n[1.5,"o","\\u001b[1m"]\n',
  );
});
