import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Icon } from '../icons.tsx';
import { Key } from './key.tsx';
import { isKeyboardKind, type KeyboardKind, KEYPADS, LETTER_ROWS, SIGN_ROWS } from './layouts.ts';
import { type Candidate, pinyinDictionary } from './pinyin.ts';
import { erase, type, type Typable } from './typing.ts';
import './keyboard.css';

/** Words on the keyboard, in the language of the screen. */
export type KeyboardWords = { title: string; hide: string; space: string; enter: string; erase: string; shift: string; chinese: string; english: string; signs: string; letters: string; candidates: string; more: string; hint: string };

/** What is typed on letters: pinyin that becomes Chinese, letters as they are, or digits and signs. */
type Layer = 'pinyin' | 'latin' | 'signs';

/**
 * The machine's own keyboard. It serves whichever field has focus and names a kind in `data-keyboard`, and never takes the focus itself.
 * Below its keys lies the toolbar, so it is part of the page and moves it up rather than covering it. A screen that goes takes its field along
 * without an event, but the next one's title takes the focus; whoever draws no title gives this another `key`.
 */
export function Keyboard({ words, chinese }: { words: KeyboardWords; chinese: boolean }): ReactNode {
  const [target, setTarget] = useState<{ field: Typable; kind: KeyboardKind } | null>(null);

  useEffect(() => {
    // While a finger is down nothing moves: a keyboard that closed under it would take the pressed button away, and the press be lost.
    let pressed = false;
    const follow = () => {
      if (pressed) return;
      const field = document.activeElement;
      const kind = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.dataset['keyboard'] : undefined;
      if ((field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) && isKeyboardKind(kind)) setTarget((held) => (held?.field === field ? held : { field, kind }));
      else setTarget(null);
    };
    const leave = () => queueMicrotask(follow);
    const press = () => (pressed = true);
    // The click comes after the finger has left; only then may the page move.
    const release = () => setTimeout(() => {
      pressed = false;
      follow();
    });
    document.addEventListener('pointerdown', press, true);
    document.addEventListener('pointerup', release, true);
    document.addEventListener('pointercancel', release, true);
    document.addEventListener('focusin', follow);
    document.addEventListener('focusout', leave);
    follow();
    return () => {
      document.removeEventListener('pointerdown', press, true);
      document.removeEventListener('pointerup', release, true);
      document.removeEventListener('pointercancel', release, true);
      document.removeEventListener('focusin', follow);
      document.removeEventListener('focusout', leave);
    };
  }, []);

  useEffect(() => {
    document.documentElement.dataset['keyboard'] = target === null ? 'shut' : 'open';
    if (target === null) return;
    const frame = requestAnimationFrame(() => target.field.scrollIntoView({ block: 'center' }));
    return () => cancelAnimationFrame(frame);
  }, [target]);

  if (target === null) return null;
  const { field, kind } = target;
  return (
    <section className="keyboard" data-say="" aria-label={words.title} onPointerDown={(event) => event.preventDefault()} onMouseDown={(event) => event.preventDefault()}>
      {kind === 'text' || kind === 'latin' ? (
        <LetterBoard key={kind} field={field} words={words} first={kind === 'text' && chinese ? 'pinyin' : 'latin'} />
      ) : (
        <Keypad field={field} kind={kind} words={words} />
      )}
    </section>
  );
}

function Keypad({ field, kind, words }: { field: Typable; kind: Exclude<KeyboardKind, 'text' | 'latin'>; words: KeyboardWords }): ReactNode {
  return (
    <div className={`keypad keypad-${kind}`}>
      {KEYPADS[kind].map((row) => (
        <div key={row.join('')} className="keyboard-row">
          {row.map((sign) =>
            sign === '' ? (
              <span key="gap" className="key-gap" />
            ) : sign === 'erase' ? (
              <Key key="erase" label={words.erase} tone="dim" repeats onPress={() => erase(field)}>
                <Icon name="erase" />
              </Key>
            ) : (
              <Key key={sign} onPress={() => type(field, sign)}>
                {sign}
              </Key>
            ),
          )}
          {kind === 'credit-code' && row.includes('erase') ? <HideKey field={field} words={words} /> : null}
        </div>
      ))}
      {kind === 'credit-code' ? null : (
        <div className="keyboard-row">
          <HideKey field={field} words={words} />
        </div>
      )}
    </div>
  );
}

function HideKey({ field, words }: { field: Typable; words: KeyboardWords }): ReactNode {
  return (
    <Key tone="done" onPress={() => field.blur()}>
      <Icon name="check" size={1.1} /> {words.hide}
    </Key>
  );
}

function LetterBoard({ field, words, first }: { field: Typable; words: KeyboardWords; first: 'pinyin' | 'latin' }): ReactNode {
  const [layer, setLayer] = useState<Layer>(first);
  const [back, setBack] = useState<'pinyin' | 'latin'>(first);
  const [shift, setShift] = useState(false);
  const [typed, setTyped] = useState('');
  const rows = layer === 'signs' ? SIGN_ROWS : LETTER_ROWS;

  function press(sign: string): void {
    if (layer === 'pinyin') setTyped(typed + sign);
    else type(field, shift ? sign.toUpperCase() : sign);
    setShift(false);
  }
  function take(candidate: Candidate): void {
    type(field, candidate.text);
    setTyped(typed.slice(candidate.uses));
  }
  function space(): void {
    const [best] = typed === '' ? [] : pinyinDictionary().suggest(typed, 1);
    if (best !== undefined) take(best);
    else if (typed === '') type(field, ' ');
  }
  function switchTo(next: 'pinyin' | 'latin'): void {
    setTyped('');
    setLayer(next);
    setBack(next);
  }

  return (
    <>
      {layer === 'pinyin' ? <Candidates typed={typed} words={words} onTake={take} /> : null}
      {rows.map((row, index) => (
        <div key={row} className="keyboard-row">
          {index === 2 && layer === 'latin' ? (
            <Key label={words.shift} tone={shift ? 'on' : 'dim'} wide onPress={() => setShift(!shift)}>
              <Icon name="up" />
            </Key>
          ) : null}
          {index === 2 && layer === 'pinyin' ? (
            <Key tone="dim" wide onPress={() => switchTo('latin')}>
              {words.english}
            </Key>
          ) : null}
          {[...row].map((sign) => (
            <Key key={sign} onPress={() => press(sign)}>
              {shift ? sign.toUpperCase() : sign}
            </Key>
          ))}
          {index === 2 ? (
            <Key label={words.erase} tone="dim" wide repeats onPress={() => (typed === '' ? erase(field) : setTyped((held) => held.slice(0, -1)))}>
              <Icon name="erase" />
            </Key>
          ) : null}
        </div>
      ))}
      <div className="keyboard-row">
        <Key tone="dim" wide onPress={() => setLayer(layer === 'signs' ? back : 'signs')}>
          {layer === 'signs' ? words.letters : words.signs}
        </Key>
        {layer === 'latin' ? (
          <Key tone="dim" wide onPress={() => switchTo('pinyin')}>
            {words.chinese}
          </Key>
        ) : null}
        <Key space onPress={space}>
          {words.space}
        </Key>
        {field instanceof HTMLTextAreaElement && field.rows > 1 ? (
          <Key tone="dim" wide label={words.enter} onPress={() => type(field, '\n')}>
            <Icon name="enter" />
          </Key>
        ) : null}
        <HideKey field={field} words={words} />
      </div>
    </>
  );
}

function Candidates({ typed, words, onTake }: { typed: string; words: KeyboardWords; onTake(candidate: Candidate): void }): ReactNode {
  const strip = useRef<HTMLDivElement>(null);
  const candidates = typed === '' ? [] : pinyinDictionary().suggest(typed);
  useEffect(() => {
    if (strip.current !== null) strip.current.scrollLeft = 0;
  }, [typed]);
  return (
    <div className="candidates">
      <span className="candidates-typed" aria-live="polite">
        {typed}
      </span>
      {typed === '' ? (
        <span className="candidates-hint">{words.hint}</span>
      ) : (
        <div className="candidates-strip" ref={strip} role="group" aria-label={words.candidates}>
          {candidates.map((candidate, index) => (
            <Key key={candidate.text} tone={index === 0 ? 'best' : 'bare'} onPress={() => onTake(candidate)}>
              {candidate.text}
            </Key>
          ))}
        </div>
      )}
      {candidates.length === 0 ? null : (
        <Key tone="dim" label={words.more} onPress={() => { strip.current?.scrollBy({ left: strip.current.clientWidth * 0.8, behavior: 'smooth' }); }}>
          <Icon name="next" />
        </Key>
      )}
    </div>
  );
}
