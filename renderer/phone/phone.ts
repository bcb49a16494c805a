/**
 * The page on a citizen's own phone: takes photographs, makes them smaller, and sends each encrypted to the terminal that showed the code. It keeps nothing: no cookie,
 * no storage, and the picture is drawn anew, so that place and time of the photograph stay on the phone.
 */
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { randomBytes } from '@noble/ciphers/utils.js';

const WORDS = {
  zh: {
    lead: '拍下或选好这份材料的照片，会直接传到您面前的自助机。', choose: '拍照或选照片', sending: '第 {number} 张，正在传', sent: '第 {number} 张，已传到，请看自助机', failed: '第 {number} 张没有传到，请再试一次',
    full: '传够了，请在自助机上继续。', note: '照片加密后只传给这台自助机，手机上不留。办完或退出后，这个页面就失效。',
  },
  en: {
    lead: 'Photograph this paper, or choose a picture of it. It goes straight to the terminal in front of you.', choose: 'Take or choose a picture', sending: 'Picture {number}: sending', sent: 'Picture {number}: arrived, look at the terminal', failed: 'Picture {number} did not arrive, try again',
    full: 'That is enough. Go on at the terminal.', note: 'Pictures are encrypted for this terminal only, and nothing stays on the phone. This page ends with your visit.',
  },
} as const;
/** 200 dpi on the long side of A4, as the terminal keeps pages; a little more for what is cut off. */
const LONG_SIDE = 2600;
const QUALITY = 0.88;

const words = WORDS[navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'];
const key = fromBase64Url(location.hash.slice(1));
const token = location.pathname.split('/')[1] ?? '';
const at = (id: string) => document.getElementById(id) as HTMLElement;
at('lead').textContent = words.lead;
at('choose-words').textContent = words.choose;
at('note').textContent = words.note;
document.documentElement.lang = words === WORDS.zh ? 'zh-CN' : 'en';

let count = 0;
const input = at('file') as HTMLInputElement;
input.addEventListener('change', () => {
  const files = [...(input.files ?? [])];
  input.value = '';
  // One after the other: the terminal takes one at a time.
  void files.reduce((before, file) => before.then(() => send(file)), Promise.resolve());
});

async function send(file: File): Promise<void> {
  count += 1;
  const line = document.createElement('li');
  const say = (state: 'sending' | 'sent' | 'failed' | 'full') => {
    line.dataset['state'] = state;
    line.textContent = words[state].replace('{number}', String(number));
  };
  const number = count;
  say('sending');
  at('sent').append(line);
  try {
    const picture = await smaller(file);
    const nonce = randomBytes(24);
    const sealed = xchacha20poly1305(key, nonce, new TextEncoder().encode(token)).encrypt(picture);
    const body = new Uint8Array(nonce.length + sealed.length);
    body.set(nonce);
    body.set(sealed, nonce.length);
    const answer = await fetch('picture', { method: 'POST', body, headers: { 'content-type': 'application/octet-stream' }, credentials: 'omit', cache: 'no-store' });
    say(answer.ok ? 'sent' : answer.status === 409 ? 'full' : 'failed');
  } catch {
    say('failed');
  }
}

async function smaller(file: File): Promise<Uint8Array> {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, LONG_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
  if (blob === null) throw new Error('no picture');
  return new Uint8Array(await blob.arrayBuffer());
}

function fromBase64Url(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));
}
