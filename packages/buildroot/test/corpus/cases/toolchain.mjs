// Buildroot's check of an external toolchain, each setting of a right fragment made wrong in turn.
function wrong(name, config, line) {
  return {
    name: `toolchain-${name}`,
    packages: [{ name: "any", build: "true" }],
    toolchain: true,
    config: () => config,
    targets: ["toolchain-external-custom"],
    expected: { package: "toolchain-external-custom", step: "Configuring", kind: "toolchain", line },
  };
}

const off = (symbol) => `# ${symbol} is not set`;

export const toolchainCases = [
  wrong(
    "gcc",
    [off("BR2_TOOLCHAIN_EXTERNAL_GCC_12"), "BR2_TOOLCHAIN_EXTERNAL_GCC_10=y"],
    "Incorrect selection of gcc version: expected 10\\.x, got \\d+",
  ),
  wrong(
    "headers",
    [off("BR2_TOOLCHAIN_EXTERNAL_HEADERS_6_1"), "BR2_TOOLCHAIN_EXTERNAL_HEADERS_5_10=y"],
    "Incorrect selection of kernel headers: expected 5\\.10\\.x, got 6\\.1\\.x",
  ),
  wrong(
    "rpc",
    ["BR2_TOOLCHAIN_EXTERNAL_INET_RPC=y"],
    "RPC support not available in C library, please disable BR2_TOOLCHAIN_EXTERNAL_INET_RPC",
  ),
  wrong(
    "cxx",
    [off("BR2_TOOLCHAIN_EXTERNAL_CXX")],
    "C\\+\\+ support is not selected but is available in external toolchain",
  ),
  wrong(
    "openmp",
    [off("BR2_TOOLCHAIN_EXTERNAL_OPENMP")],
    "OpenMP support is not selected but is available in external toolchain",
  ),
  wrong(
    "fortran",
    ["BR2_TOOLCHAIN_EXTERNAL_FORTRAN=y"],
    "Fortran support is selected but is not available in external toolchain",
  ),
  wrong(
    "libc",
    [off("BR2_TOOLCHAIN_EXTERNAL_CUSTOM_GLIBC"), "BR2_TOOLCHAIN_EXTERNAL_CUSTOM_MUSL=y"],
    "Incorrect selection of the C library",
  ),
  wrong(
    "path",
    ['BR2_TOOLCHAIN_EXTERNAL_PATH="/nowhere/toolchain"'],
    "Cannot execute cross-compiler '/nowhere/toolchain/bin/.*gcc'",
  ),
];
