/** Symbols of Buildroot's Python that the agent's modules import from; each is an option that is off by default or could be. */
export const pythonSymbols: readonly string[] = [
  "BR2_PACKAGE_PYTHON3",
  "BR2_PACKAGE_PYTHON3_SSL",
  "BR2_PACKAGE_PYTHON3_ZLIB",
  "BR2_PACKAGE_PYTHON3_UNICODEDATA",
  "BR2_PACKAGE_PYTHON3_DECIMAL",
  "BR2_PACKAGE_PYTHON3_PYEXPAT",
];
