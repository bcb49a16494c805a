import { type ReactNode, useState } from 'react';
import { RATINGS, type RatingLevel } from '../../../domain/ratings/ratings.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field/text-field.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Faces } from '../faces.tsx';
import { Screen } from '../screen.tsx';
import { useVisit } from '../visit.tsx';
import './rate.css';

/** The contract's limits of a rating. */
const MOST_TAGS = 8;
const MOST_WORDS = 500;

/** 好差评: five equal faces, none chosen beforehand, reasons and words only for who wants to give them, and a plain way past. */
export function RateScreen(): ReactNode {
  const { t, view, wish, busy, language } = useVisit();
  const [level, setLevel] = useState<RatingLevel | null>(null);
  const [tags, setTags] = useState<readonly string[]>([]);
  const [words, setWords] = useState('');
  const detail = view.case;
  if (detail === null) return null;
  const rating = RATINGS.find((one) => one.level === level);
  const toggle = (code: string) => setTags(tags.includes(code) ? tags.filter((one) => one !== code) : [...tags, code].slice(0, MOST_TAGS));
  return (
    <Screen
      centred={level === null}
      title={t('rate.title')}
      lead={t('rate.lead', { item: detail.itemName })}
      back={{ words: t('rate.skip'), onPress: () => drop(wish((core) => core.go({ step: 'goodbye', errand: null }))) }}
      actions={
        <Button size="main" tone="main" busy={busy} isDisabled={level === null} icon={<Icon name="send" />} onPress={() => (level === null ? undefined : drop(wish((core) => core.rate({ case: detail.id, level, tags: [...tags], words: words.trim() }))))}>
          {t('rate.send')}
        </Button>
      }
    >
      <Faces
        level={level}
        label={t('rate.faces')}
        onLevel={(next) => {
          setLevel(next);
          setTags([]);
        }}
      />
      {rating === undefined ? (
        <p className="rate-note">{t('rate.note')}</p>
      ) : (
        <>
          <section className="rate-tags">
            <h2 id="rate-why">{t(rating.poor ? 'rate.why.poor' : rating.level === 3 ? 'rate.why.fair' : 'rate.why.good')}</h2>
            <div role="group" aria-labelledby="rate-why">
              {rating.tags.map((tag) => (
                <button key={tag.code} type="button" className="rate-tag" aria-pressed={tags.includes(tag.code)} {...(language === 'zh-CN' ? {} : { lang: 'zh-CN' })} onClick={() => toggle(tag.code)}>
                  {tag.text}
                </button>
              ))}
            </div>
          </section>
          <TextField id="rate-words" words={{ label: t('rate.words'), help: t('rate.words.help'), error: '', example: '', source: '', optional: t('form.optional'), saved: '' }} value={words} keyboard="text" lines={3} most={MOST_WORDS} onChange={setWords} />
        </>
      )}
    </Screen>
  );
}
