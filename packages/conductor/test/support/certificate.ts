import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** A certificate for an IPv4 address like the one that the agent makes, with its key, both PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
};
const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, "hex"));
const time = (at: number) => {
  const text = new Date(at).toISOString();
  return der(0x18, Buffer.from(`${text.replaceAll(/[-:T]/g, "").slice(0, 14)}Z`));
};

const ecdsaWithSha256 = sequence(oid("2a8648ce3d040302"));
const day = 86_400_000;

/** Makes a self-signed certificate, valid from yesterday to tomorrow unless said otherwise. */
export function selfSigned(address = "127.0.0.1", validUntil = Date.now() + day): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(der(0x31, sequence(oid("550403"), der(0x0c, Buffer.from("agent")))));
  const ip = Buffer.from(address.split(".").map(Number));
  const alternative = sequence(oid("551d11"), der(0x01, Buffer.from([255])), der(0x04, sequence(der(0x87, ip))));
  const serial = der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)]));
  const content = sequence(
    ...[der(0xa0, der(0x02, Buffer.from([2]))), serial, ecdsaWithSha256, name],
    ...[sequence(time(Date.now() - 2 * day), time(validUntil)), name],
    ...[publicKey.export({ type: "spki", format: "der" }), der(0xa3, sequence(alternative))],
  );
  const signature = der(0x03, Buffer.from([0]), sign("sha256", content, privateKey));
  const encoded = sequence(content, ecdsaWithSha256, signature).toString("base64");
  const lines = encoded.match(/.{1,64}/g) ?? [];
  return {
    certificate: ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n"),
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}
