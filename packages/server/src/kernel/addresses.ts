/** Where an IP address really leads. Pure: text in, verdict out. */
import { BlockList, isIP } from 'node:net';

/** 8 groups of 16 bits, or undefined. A dotted tail and one `::` are understood. */
const groupsOf = (address: string): number[] | undefined => {
  if (isIP(address) !== 6) return undefined;
  const bare = address.split('%')[0]!;
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(bare);
  const text = dotted
    ? `${dotted[1]}${((Number(dotted[2]) << 8) | Number(dotted[3])).toString(16)}:${((Number(dotted[4]) << 8) | Number(dotted[5])).toString(16)}`
    : bare;
  const [head = '', tail] = text.split('::');
  const parse = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const [left, right] = [parse(head), tail === undefined ? [] : parse(tail)];
  return tail === undefined
    ? left
    : [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right];
};

const v4 = (high: number, low: number): string => [high >> 8, high & 255, low >> 8, low & 255].join('.');

/**
 * The IPv4 address that an IPv6 one carries inside: mapped (::ffff:a), compatible (::a), translated (64:ff9b::a,
 * 64:ff9b:1::a, ::ffff:0:a), 6to4 (2002:a::) and Teredo (2001::, inverted). Otherwise the address itself.
 */
export const unwrap = (address: string): string => {
  const g = groupsOf(address);
  if (!g) return address;
  const zero = (from: number, to: number) => g.slice(from, to).every((group) => group === 0);
  const last = v4(g[6]!, g[7]!);
  if (zero(0, 5) && g[5] === 0xffff) return last;
  if (zero(0, 4) && g[4] === 0xffff && g[5] === 0) return last;
  if (g[0] === 0x64 && g[1] === 0xff9b && (zero(2, 6) || g[2] === 1)) return last;
  if (g[0] === 0x2002) return v4(g[1]!, g[2]!);
  if (g[0] === 0x2001 && g[1] === 0) return v4(g[6]! ^ 0xffff, g[7]! ^ 0xffff);
  if (zero(0, 6) && !(g[6] === 0 && g[7]! <= 1)) return last;
  return address;
};

const inside = new BlockList();
/** Addresses that are not of the public Internet (IANA special-purpose registries). */
const special: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128],
  ['::1', 128],
  ['100::', 64],
  ['2001:2::', 48],
  ['2001:10::', 28],
  ['2001:20::', 28],
  ['2001:db8::', 32],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
];
for (const [network, bits] of special)
  inside.addSubnet(network, bits, network.includes(':') ? 'ipv6' : 'ipv4');

/** `10.1.0.0/16`, `::1/128` or a single address. Throws for anything else. */
export const networks = (ranges: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', bits] = range.split('/');
    const family = isIP(network);
    if (family === 0) throw new Error(`not an address range: ${range}`);
    list.addSubnet(
      network,
      bits === undefined ? (family === 6 ? 128 : 32) : Number(bits),
      family === 6 ? 'ipv6' : 'ipv4',
    );
  }
  return list;
};

const holds = (list: BlockList, address: string): boolean =>
  list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Whether we may connect to an address: public after unwrapping, or excepted by name of its range. */
export const mayReach = (address: string, except: BlockList): boolean => {
  const real = unwrap(address);
  if (isIP(real) === 0) return false;
  return holds(except, real) || !holds(inside, real);
};
