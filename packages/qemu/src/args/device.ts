import { optionList } from "./option-value.js";

/** A device as QEMU takes it, both on its command line and through its control channel. */
export interface Device {
  readonly driver: string;
  readonly properties: Readonly<Record<string, string | number | boolean | undefined>>;
}

/** `-device driver,key=value,...`. */
export function deviceArguments({ driver, properties }: Device): string[] {
  return ["-device", optionList(driver, properties)];
}
