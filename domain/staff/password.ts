/** What a password must be. Length does more than signs (NIST SP 800-63B, 3.1.1): no rule asks for capitals or digits, and none lets a password age. */
export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 200;
/** Fewer different characters than this are a row of keys. */
const FEWEST_DIFFERENT = 5;

/** The commonest that are long enough, in small letters: of the lists that are tried first, and of what Chinese offices type. */
const COMMONEST: ReadonlySet<string> = new Set([
  '123456789012', '1234567890123', '12345678901234', '0123456789ab', '123456123456', '123123123123', '112233445566', '147258369147', '987654321098', '159357456852',
  'password1234', 'password12345', 'password123456', 'passwordpassword', 'passw0rd1234', 'p@ssw0rd1234', 'p@ssword1234', 'administrator', 'administrator1', 'admin1234567', 'admin12345678', 'adminadmin123',
  'qwertyuiop12', 'qwertyuiop123', 'qwertyuiop1234', 'qwertyuiopasdf', 'qwerty123456', 'asdfghjkl123', 'asdfghjklzxc', 'zxcvbnm12345', '1q2w3e4r5t6y', '1qaz2wsx3edc', '1qazxsw23edc', 'qazwsxedc123', 'qazwsxedcrfv', 'abcdefghijkl', 'abcdef123456', 'abc123456789', 'abc123abc123', 'a12345678910', 'a1234567890b',
  'iloveyou1234', 'iloveyou520', 'woaini1314520', 'woaini5201314', 'woaini123456', '5201314520131', '520131452013', 'welcome12345', 'letmein12345', 'changeme1234', 'changeme12345', 'default12345', 'huawei123456', 'huawei@12345', 'root12345678', 'test12345678', 'zhengwu12345', 'zwfw12345678', 'xinchang1234', 'xinchang12345', 'zhejiang1234',
]);

/**
 * - `too-short`, `too-long`: outside 12 to 200 characters.
 * - `common`: among the commonest, or of very few different characters.
 * - `names-account`: holds the account's name.
 */
export type PasswordFault = 'too-short' | 'too-long' | 'common' | 'names-account';

/** What is wrong with a password that somebody chose; null: nothing. */
export function passwordFault(password: string, account: string): PasswordFault | null {
  const written = [...password.normalize('NFKC').toLowerCase()];
  const text = written.join('');
  if (written.length < SHORTEST_PASSWORD) return 'too-short';
  if (written.length > LONGEST_PASSWORD) return 'too-long';
  if (COMMONEST.has(text) || new Set(written).size < FEWEST_DIFFERENT) return 'common';
  const name = account.normalize('NFKC').toLowerCase();
  return name !== '' && text.includes(name) ? 'names-account' : null;
}
