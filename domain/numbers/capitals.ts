/**
 * 人民币大写: an amount as bank papers write it, so that nobody misreads or alters a figure (支付结算办法, annex 1 正确填写票据和结算凭证的基本规定, 一 to 三). Its rules: zeros between
 * figures are one 零; a group of zeros names no unit; 整 stands behind 元 or 角, never behind 分.
 */
const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'];
const GROUPS = ['', '万', '亿', '万亿'];

/** @param yuan from 0 to below ten thousand billion, at most two decimals @returns null for any other number */
export function yuanInCapitals(yuan: number): string | null {
  const fen = Math.round(yuan * 100);
  // A number with two decimals is the one nearest to its fen: at ten thousand billion its hundredfold is an eighth off.
  if (!Number.isFinite(yuan) || yuan < 0 || yuan >= 1e13 || fen / 100 !== yuan) return null;
  const whole = Math.floor(fen / 100);
  const [jiao, rest] = [Math.floor((fen % 100) / 10), fen % 10];
  if (fen === 0) return '零元整';
  const front = whole === 0 ? '' : `${wholeInCapitals(whole)}元`;
  if (jiao === 0 && rest === 0) return `${front}整`;
  const gap = whole > 0 && jiao === 0 ? '零' : '';
  return `${front}${gap}${jiao === 0 ? '' : `${DIGITS.charAt(jiao)}角`}${rest === 0 ? '整' : `${DIGITS.charAt(rest)}分`}`;
}

function wholeInCapitals(whole: number): string {
  const groups: string[] = [];
  for (let left = whole; left > 0; left = Math.floor(left / 10_000)) groups.push(String(left % 10_000).padStart(4, '0'));
  let words = '';
  let isGap = false;
  for (let group = groups.length - 1; group >= 0; group -= 1) {
    const figures = groups[group] ?? '';
    if (figures === '0000') {
      isGap = words !== '';
      continue;
    }
    for (let at = 0; at < 4; at += 1) {
      const figure = Number(figures.charAt(at));
      if (figure === 0) isGap = words !== '';
      else {
        words += `${isGap ? '零' : ''}${DIGITS.charAt(figure)}${PLACES[3 - at]}`;
        isGap = false;
      }
    }
    // The zeros at the end of a group are said by its unit, unless more zeros or figures follow: 拾万零叁.
    isGap = false;
    words += GROUPS[group] ?? '';
    if (group > 0 && (groups[group - 1] ?? '').startsWith('0') && groups[group - 1] !== '0000') isGap = true;
  }
  return words;
}
