import { networkInterfaces } from 'node:os';

/** Private IPv4 (RFC 1918); link-local addresses are not: they belong to no network that a hall set up. */
export function isPrivate(address: string): boolean {
  const [first = -1, second = -1, ...rest] = plainIpv4(address).split('.').map(Number);
  if (rest.length !== 2 || [first, second, ...rest].some((part) => !Number.isInteger(part) || part < 0 || part > 255)) return false;
  return first === 10 || (first === 172 && second >= 16 && second <= 31) || (first === 192 && second === 168);
}

/** An IPv4 peer of a socket that also listens for IPv6 is written `::ffff:192.168.1.2`. */
export function plainIpv4(address: string): string {
  return address.replace(/^::ffff:/i, '');
}

/** The address that phones reach this machine by: the site's own choice where it stands on one of the interfaces, else the first private one. null: there is none. */
export function ownAddress(wanted: string | null, interfaces = networkInterfaces()): string | null {
  const own = Object.values(interfaces).flatMap((list) => (list ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address));
  return own.find((address) => (wanted === null || address === wanted) && isPrivate(address)) ?? null;
}
