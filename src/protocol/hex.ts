/** Bytes as text: `0x` and lower-case hexadecimal digits. Two equal values are equal strings. */
export type Hex = `0x${string}`;

/** 32 bytes of zero: "none" wherever an optional root or reference stands in a statement. */
export const ZERO_BYTES32: Hex = `0x${'00'.repeat(32)}`;

/** The address that stands for "none". */
export const ZERO_ACCOUNT: Hex = `0x${'00'.repeat(20)}`;

/** The one spelling of `text` that Lodebook uses: lower case. Callers have checked that it is hexadecimal. */
export function hex(text: string): Hex {
  return text.toLowerCase() as Hex;
}

/** The subject id of a party in attestations: its address, left-padded to 32 bytes. */
export function partySubject(party: Hex): Hex {
  return hex(`0x${party.slice(2).padStart(64, '0')}`);
}

/** The party that such a subject id is of. */
export function partyOfSubject(subject: Hex): Hex {
  return `0x${subject.slice(-40)}`;
}
