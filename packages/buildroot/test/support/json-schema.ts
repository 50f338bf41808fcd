import { Ajv } from "ajv";
import formats from "ajv-formats";

/** A validator of JSON Schema with the usual formats; those for other alphabets are not checked. */
export function jsonValidator(): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true, allowUnionTypes: true });
  formats.default(ajv);
  for (const name of ["iri-reference", "idn-email"]) ajv.addFormat(name, true);
  return ajv;
}
