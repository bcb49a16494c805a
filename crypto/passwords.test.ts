import { describe, expect, test } from 'vitest';
import { hashPassword, NOBODY, passwordMatches } from './passwords.ts';

describe('stored passwords', () => {
  test('a hash says what it cost, and matches its password only', async () => {
    const hash = await hashPassword('一个很长的密码 é');
    expect(hash).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(await passwordMatches('一个很长的密码 e\u0301', hash)).toBe(true);
    expect(await passwordMatches('一个很长的密码 e', hash)).toBe(false);
    expect(await passwordMatches('', NOBODY)).toBe(false);
    expect(NOBODY.split('$')[2]).toBe(hash.split('$')[2]);
  });
  test('another cost is read from the hash: RFC 7914, section 12, its second vector, cut to 32 bytes', async () => {
    const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
    const key = Buffer.from('fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162', 'hex');
    const hash = `$scrypt$ln=10,r=8,p=16$${text(Buffer.from('NaCl'))}$${text(key)}`;
    expect(await passwordMatches('password', hash)).toBe(true);
    expect(await passwordMatches('password', hash.replace('p=16', 'p=15'))).toBe(false);
  });
  test('a hash from before the cost stood in it still opens; what is no hash opens nothing', async () => {
    const old = (await hashPassword('246810', { ln: 15, r: 8, p: 1 })).split('$');
    expect(await passwordMatches('246810', `scrypt$${old[3]}$${old[4]}`)).toBe(true);
    expect(await passwordMatches('246811', `scrypt$${old[3]}$${old[4]}`)).toBe(false);
    for (const none of ['', 'scrypt$$', '246810', '$scrypt$ln=10,r=8,p=1$AAAA$']) expect(await passwordMatches('246810', none), none).toBe(false);
  });
});
