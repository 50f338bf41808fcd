import { expect, it } from "vitest";
import { createRecording } from "../../src/serial/recording.js";

it("keeps pieces with their moments", () => {
  const recording = createRecording();
  recording.add(1, "a");
  recording.add(5, "b");
  expect(recording.text).toBe("ab");
  expect(recording.pieces).toEqual([
    { atMs: 1, text: "a" },
    { atMs: 5, text: "b" },
  ]);
});

it("forgets the oldest beyond its limit, never the newest", () => {
  const recording = createRecording(100);
  for (let at = 0; at < 1000; at += 1) recording.add(at, "0123456789");
  expect(recording.text.length).toBeLessThanOrEqual(100);
  expect(recording.text.length).toBeGreaterThan(50);
  expect(recording.pieces.at(-1)).toEqual({ atMs: 999, text: "0123456789" });
  recording.add(1000, "x".repeat(500));
  expect(recording.text).toBe("x".repeat(100));
});
