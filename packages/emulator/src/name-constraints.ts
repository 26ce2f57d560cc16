import { Extension } from "@peculiar/x509";

const nameConstraintsOid = "2.5.29.30";
const sequence = 0x30;
const permittedSubtrees = 0xa0;
const dnsName = 0x82;
const ipAddress = 0x87;

/** The name constraints extension (RFC 5280 §4.2.1.10) that permits `localhost`, `127.0.0.1` and `::1`, nothing else. */
export function localNamesOnly(): Extension {
  const permitted = [
    der(dnsName, Buffer.from("localhost", "ascii")),
    der(ipAddress, Buffer.from([127, 0, 0, 1, 255, 255, 255, 255])),
    der(ipAddress, Buffer.concat([Buffer.alloc(15), Buffer.from([1]), Buffer.alloc(16, 255)])),
  ];
  const subtrees = permitted.map((name) => der(sequence, name));
  return new Extension(nameConstraintsOid, true, der(sequence, der(permittedSubtrees, ...subtrees)));
}

/** DER with the short form of length, which suffices below 128 bytes. */
function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const value = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag, value.length]), value]);
}
