/** Bech32 (BIP 173), the way in which age writes its keys. Only writing: keys are read nowhere. */
const LETTERS = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** @param prefix lower case; stands before the `1` */
export function bech32(prefix: string, bytes: Uint8Array): string {
  const data = toFives(bytes);
  const spread = [...[...prefix].map((letter) => letter.charCodeAt(0) >> 5), 0, ...[...prefix].map((letter) => letter.charCodeAt(0) & 31)];
  const sum = checksum([...spread, ...data, 0, 0, 0, 0, 0, 0]) ^ 1;
  const tail = [0, 1, 2, 3, 4, 5].map((index) => (sum >> (5 * (5 - index))) & 31);
  return `${prefix}1${[...data, ...tail].map((five) => LETTERS.charAt(five)).join('')}`;
}

/** Eight bits a byte to five bits a letter, the last letter filled with zeros. */
function toFives(bytes: Uint8Array): number[] {
  const fives: number[] = [];
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      fives.push((held >> bits) & 31);
    }
  }
  if (bits > 0) fives.push((held << (5 - bits)) & 31);
  return fives;
}

function checksum(values: readonly number[]): number {
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    GENERATOR.forEach((step, index) => {
      if (((top >> index) & 1) === 1) sum ^= step;
    });
  }
  return sum;
}
