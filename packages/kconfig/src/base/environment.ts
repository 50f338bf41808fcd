/** Environment variables, handed in by the caller: this package never looks at the process. */
export type Environment = Readonly<Record<string, string | undefined>>;
