/**
 * GB 18030-2000 and the GBK systems before it gave 80 characters only private-use code points, U+E815 to U+E864, because Unicode had none
 * yet; GB 18030-2005 and -2022 give them the standard ones below, in that order (two-byte codes FE50 to FEA0 without FE7F).
 * Old population data still holds the private ones: 䶮 as U+E863 is the best known.
 */
const FIRST = 0xe815;
const STANDARD = [...'⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻'];

/** The standard character for a private-use one of old GB 18030 data; null when there is none. */
export function standardCharacter(letter: string): string | null {
  return STANDARD[(letter.codePointAt(0) ?? 0) - FIRST] ?? null;
}

/** The text with old private-use characters replaced; all others stay. For comparing and showing: what the chip says is kept beside it. */
export function standardForm(text: string): string {
  return text.replace(/\p{Co}/gu, (letter) => standardCharacter(letter) ?? letter);
}
