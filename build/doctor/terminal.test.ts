import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROTOCOL } from '../../domain/contracts/hall.ts';
import { SPOOLED_PRINTER, winspoolFixture, winspoolLibrary } from '../../test/fixtures/winspool/library.ts';
import { checkHall, checkSpooler } from './terminal.ts';

let server: Server;
let hall: string;
let asked = '';
let answer = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    asked = request.url ?? '';
    response.end(answer);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('it listens on a port');
  hall = `http://127.0.0.1:${address.port}`;
});
afterAll(() => new Promise((closed) => server.close(closed)));

const about = (protocol: number, oldest: number) => JSON.stringify({ protocol, oldest, keys: { hall: 'H330624', signing: 'AAAA', wrapping: 'AAAA' }, now: '2026-11-23T01:00:00.000Z', ofALaterVersion: true });

describe('the doctor on the road to the hall', () => {
  test.each([
    ['one that speaks with this program', about(PROTOCOL + 1, PROTOCOL), 'fine', `protocol ${PROTOCOL}`],
    ['an older one', about(1, 1), 'fine', 'protocol 1'],
    ['one that no longer does', about(PROTOCOL + 2, PROTOCOL + 1), 'lacking', `needs protocol ${PROTOCOL + 1}`],
    ['a portal that wants a login', '<html>请登录网络</html>', 'warning', 'no hall'],
  ])('%s', async (_, said, state, words) => {
    answer = said;
    expect((await checkHall({ hall }))[0]).toMatchObject({ state, found: expect.stringContaining(words) });
    expect(asked).toBe(`/api/v1/about?protocol=${PROTOCOL}`);
  });

  test('nobody, and one without encryption', async () => {
    const nobody = await checkHall({ hall: 'http://127.0.0.1:9' });
    expect(nobody).toMatchObject([{ state: 'warning', found: expect.stringContaining('does not answer') }, { state: 'warning', found: expect.stringContaining('not encrypted') }]);
  });
});

describe('the doctor on a printer of the Windows spooler', () => {
  test('says what its own queue says, and what nobody has tried', async () => {
    const library = await winspoolLibrary();
    const windows = winspoolFixture(library);
    windows.reset();
    const place = { printer: SPOOLED_PRINTER, takesPdf: true, endOfJob: 'printed', files: { winspool: library, kernel: library } } as const;
    const found = async (more: object = {}) => {
      const { state, found: words } = await checkSpooler('document printer', { ...place, ...more });
      return `${state} ${words}`;
    };
    expect(await found()).toMatch(/^fine Jinban is there.*not been tried on Windows/);
    expect(await found({ endOfJob: 'sent' })).toMatch(/^warning .*end of a job/);
    expect(await found({ takesPdf: false })).toMatch(/^lacking .*takes PDF/);
    expect(await found({ printer: 'Other' })).toMatch(/^lacking .*no printer of the name Other/);
    expect(await found({ files: { winspool: '/nowhere', kernel: library } })).toMatch(/^lacking .*no Windows spooler/);
    windows.printer(0x80, 0);
    expect(await found()).toMatch(/^lacking .*does not answer/);
    windows.failOpen(5);
    expect(await found()).toMatch(/^lacking .*may not print/);
    windows.reset();
  });
});
