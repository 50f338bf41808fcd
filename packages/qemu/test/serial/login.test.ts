import { expect, it } from "vitest";
import { loginPrompt } from "../../src/index.js";
import { playedGuest, type PlayedGuest } from "../support/console.js";

const soon = { timeoutMs: 60_000 };

/** A guest that answers what is typed: the first rule that matches and was not used up. */
function answering(rules: [RegExp, string][]): PlayedGuest {
  const guest = playedGuest();
  const left = [...rules];
  guest.onTyped((typed) => {
    guest.prints(typed.replaceAll("\n", "\r\n"));
    const ready = /ready ([0-9a-f]+)/.exec(typed)?.[1];
    const at = left.findIndex(([pattern]) => pattern.test(typed));
    if (at !== -1) guest.prints(left.splice(at, 1)[0]?.[1].replace("ID", ready ?? "") ?? "");
  });
  return guest;
}

it("logs in without a password", async () => {
  const guest = answering([
    [/^root/, "# "],
    [/ready/, "<ready:ID>\r\n# "],
  ]);
  guest.prints("\r\nhost login: ");
  await guest.console.login({ user: "root" }, soon);
  expect(guest.typed()).toMatch(/^root\n printf/);
});

it("finds the prompt that was waited for before, and no older one", async () => {
  const guest = answering([
    [/^root/, "# "],
    [/ready/, "<ready:ID>\r\n# "],
    [/^exit/, "\r\nbye\r\n"],
  ]);
  guest.prints("root login: ");
  expect(await guest.console.waitFor(loginPrompt(), soon)).toBe("root login:");
  await guest.console.login({ user: "root" }, soon);
  guest.console.send("exit\n");
  const early = guest.console.waitFor(loginPrompt(), { timeoutMs: 50 });
  await expect(early).rejects.toMatchObject({ code: "WAIT_TIMEOUT" });
});

it("gives the password only when asked", async () => {
  const guest = answering([
    [/^me/, "Password: [    9.000001] eth0: link up\r\n"],
    [/^secret/, "\r\nWelcome\r\n$ "],
    [/ready/, "<ready:ID>\r\n$ "],
  ]);
  const login = guest.console.login({ user: "me", password: "secret" }, soon);
  guest.prints("host login: ");
  await login;
  expect(guest.typed()).toMatch(/^me\nsecret\n printf/);
});

it("asks the shell again when what was typed got lost", { timeout: 60_000 }, async () => {
  const guest = answering([
    [/^root/, "# "],
    [/ready/, ""],
    [/ready/, "<ready:ID>\r\n# "],
  ]);
  guest.prints("host login: ");
  await guest.console.login({ user: "root" }, soon);
  expect(guest.typed().match(/ready/g)).toHaveLength(2);
});

it.each([
  ["a wrong password", "Login incorrect\r\nhost login: ", "The guest refuses the user or the password: user me."],
  ["a user that is asked for again", "\r\nhost login: ", "The guest refuses the user or the password: user me."],
])("fails on %s, and keeps the password to itself", async (_what, reply, message) => {
  const guest = answering([
    [/^me/, "Password: "],
    [/^secret/, reply],
  ]);
  guest.prints("host login: ");
  const error: unknown = await guest.console.login({ user: "me", password: "secret" }, soon).catch((thrown) => thrown);
  expect(error).toMatchObject({ code: "LOGIN_FAILED", message });
  expect(JSON.stringify(error)).not.toContain("secret");
});

it("stays calm where the prompt is made anew while the user is typed", { timeout: 60_000 }, async () => {
  const reads = answering([
    [/^me/, "host login: "],
    [/^secret/, "\r\n$ "],
    [/ready/, "<ready:ID>\r\n$ "],
  ]);
  reads.prints("\r\nhost login: ");
  const reading = reads.console.login({ user: "me", password: "secret" }, soon);
  setTimeout(() => reads.prints("Password: "), 200);
  await reading;
  expect(reads.typed()).toMatch(/^me\nsecret\n printf/);

  const loses = answering([
    [/^me/, "\r\nhost login: "],
    [/^me/, "Password: "],
    [/^secret/, "\r\n$ "],
    [/ready/, "<ready:ID>\r\n$ "],
  ]);
  loses.prints("\r\nhost login: ");
  await loses.console.login({ user: "me", password: "secret" }, soon);
  expect(loses.typed()).toMatch(/^me\nme\nsecret\n printf/);
});

it("fails on a user who is refused without a question, and types no more than twice", { timeout: 60_000 }, async () => {
  const guest = answering([
    [/^me/, "\r\nhost login: "],
    [/^me/, "\r\nhost login: "],
  ]);
  guest.prints("host login: ");
  await expect(guest.console.login({ user: "me" }, soon)).rejects.toMatchObject({ code: "LOGIN_FAILED" });
  expect(guest.typed()).toBe("me\nme\n");
});

it("fails when a password is asked for and none was given", async () => {
  const guest = answering([[/^me/, "Password: "]]);
  guest.prints("host login: ");
  await expect(guest.console.login({ user: "me" }, soon)).rejects.toMatchObject({ code: "LOGIN_FAILED" });
});

it("fails with the time when there is no prompt", async () => {
  await expect(playedGuest().console.login({ user: "me" }, { timeoutMs: 30 })).rejects.toMatchObject({
    code: "WAIT_TIMEOUT",
    message: expect.stringContaining("a login prompt"),
  });
});
