/** Environment variables, handed in by the caller: this package never looks at the process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The value of a variable; what every object has by birth, such as `toString`, is none. */
export function variableOf(env: Environment, name: string): string | undefined {
  const value = env[name];
  return typeof value === "string" ? value : undefined;
}
