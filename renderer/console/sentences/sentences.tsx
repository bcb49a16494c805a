import { Input } from 'antd';
import { createContext, type KeyboardEvent, type ReactNode, useContext, useRef, useState } from 'react';
import type { Sentence, SentenceUse } from '../../../domain/contracts/desk.ts';
import { Key } from '../parts.tsx';
import { t } from '../texts.ts';

/** The sentences that fit a case: those of its item and those for every item. */
export const SentenceContext = createContext<readonly Sentence[]>([]);

/** Sentences shown at once below a field. */
const SHOWN = 6;

/** What is typed before the caret as a slash and letters, or null. */
export function typedLetters(text: string, caret: number): string | null {
  return /(?:^|[^a-z0-9])\/([a-z0-9]{0,12})$/.exec(text.slice(0, caret).toLowerCase())?.[1] ?? null;
}

/** Those that the letters may become, those of the item first, then by how little is left to type. */
export function matching(sentences: readonly Sentence[], use: SentenceUse, letters: string): Sentence[] {
  return sentences.filter((one) => one.use === use && one.letters.startsWith(letters)).toSorted((left, right) => Number(right.itemCode !== '') - Number(left.itemCode !== '') || left.letters.length - right.letters.length).slice(0, SHOWN);
}

/** The text with slash and letters replaced. */
export function withSentence(text: string, caret: number, letters: string, words: string): { text: string; caret: number } {
  const before = text.slice(0, caret - letters.length - 1) + words;
  return { text: before + text.slice(caret), caret: before.length };
}

type Props = { use: SentenceUse; value: string; onChange: (words: string) => void; maxLength: number; label?: string; minRows?: number; placeholder?: string; showCount?: boolean; status?: 'error' | '' };

/** A field for words to citizens. A slash and letters become a ready sentence with Tab or Enter; ↓ goes to the next one. */
export function NoticeArea({ use, value, onChange, maxLength, label, minRows = 3, placeholder, showCount = false, status = '' }: Props): ReactNode {
  const sentences = useContext(SentenceContext);
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(0);
  const field = useRef<HTMLDivElement>(null);
  const letters = typedLetters(value, caret);
  const found = letters === null ? [] : matching(sentences, use, letters);
  const insert = (sentence: Sentence) => {
    const next = withSentence(value, caret, letters ?? '', sentence.words);
    onChange(next.text);
    setCaret(next.caret);
    setChosen(0);
    requestAnimationFrame(() => field.current?.querySelector('textarea')?.setSelectionRange(next.caret, next.caret));
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const sentence = found[chosen] ?? found[0];
    if (sentence === undefined || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Tab' || event.key === 'Enter') {
      event.preventDefault();
      event.stopPropagation();
      insert(sentence);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setChosen((before) => (before + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length);
    }
  };
  return (
    <div className="notice-area" ref={field}>
      <Input.TextArea
        aria-label={label}
        value={value}
        maxLength={maxLength}
        showCount={showCount}
        status={status}
        autoSize={{ minRows, maxRows: 8 }}
        placeholder={placeholder}
        onChange={(event) => {
          onChange(event.target.value);
          setCaret(event.target.selectionStart);
          setChosen(0);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={press}
      />
      {found.length > 0 && (
        <ul className="sentence-choices" aria-label={t('sentences.choices')}>
          {found.map((sentence, index) => (
            <li key={sentence.id}><button type="button" tabIndex={-1} data-chosen={index === chosen} onMouseDown={(event) => event.preventDefault()} onClick={() => insert(sentence)}><code>/{sentence.letters}</code><span>{sentence.words}</span>{index === chosen && <Key name="Tab" />}</button></li>
          ))}
        </ul>
      )}
    </div>
  );
}
