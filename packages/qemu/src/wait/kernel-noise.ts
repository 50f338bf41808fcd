/**
 * The source of an expression for the end of what was printed, but for kernel messages with their time stamp: they come
 * at any moment, and one behind a prompt must not hide it (`host login: [    3.814214] IPv6: ...`).
 */
export const endBeforeNoise: string = String.raw`(?:\[ *\d+\.\d{6}\][^\n]*(?:\n|$))*$`;
