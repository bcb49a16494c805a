/** Pixels of the square that a character is drawn into: enough to tell any two shapes apart. */
const SIZE = 32;
/** Unassigned for ever in a block that is full: no font has it, so it is drawn as what has no shape. */
const NO_CHARACTER = '\u0378';

/**
 * Whether this window can draw a character, with its own font or one of the system: a browser draws a box, or nothing, for what no font has, and
 * tells nobody. So the character is drawn aside and compared with one that no font can have.
 */
export function openDrawable(): (character: string) => boolean {
  const canvas = document.createElement('canvas');
  canvas.width = SIZE;
  canvas.height = SIZE;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (pen === null) return () => true;
  pen.font = `${SIZE * 0.75}px ${getComputedStyle(document.body).fontFamily}`;
  pen.textBaseline = 'middle';
  const draw = (character: string) => {
    pen.clearRect(0, 0, SIZE, SIZE);
    pen.fillText(character, 0, SIZE / 2);
    return pen.getImageData(0, 0, SIZE, SIZE).data.join();
  };
  const unknown = new Set([draw(NO_CHARACTER), draw('')]);
  const known = new Map<string, boolean>();
  return (character) => {
    let drawn = known.get(character);
    if (drawn === undefined) known.set(character, (drawn = !unknown.has(draw(character))));
    return drawn;
  };
}
