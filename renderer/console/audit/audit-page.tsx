import { Tabs } from 'antd';
import { type ReactNode, useState } from 'react';
import { addNaturalDays, civilDate } from '../../../domain/calendar/civil-date.ts';
import { go } from '../route.ts';
import { t } from '../texts.ts';
import { DaysTab } from './days.tsx';
import { DeedsTab } from './deeds.tsx';
import { ReadsTab } from './reads.tsx';
import './audit.css';

const TABS = ['reads', 'deeds', 'days'] as const;
/** What the page first looks at: a week. */
const FIRST_SPAN = 6;

/** Civil days of China, both in it. */
export type Span = { from: string; to: string };

/** Who looked at whose data, who did what, and whether the record of it holds. @param at the tab */
export function AuditPage({ at }: { at: string }): ReactNode {
  const [span, setSpan] = useState<Span>(() => {
    const today = civilDate(Date.now());
    return { from: addNaturalDays(today, -FIRST_SPAN), to: today };
  });
  const tab = TABS.find((each) => each === at) ?? 'reads';
  const shared = { span, onSpan: setSpan };
  return (
    <section className="sheet" aria-labelledby="audit-title">
      <header>
        <h1 id="audit-title">{t('audit.title')}</h1>
        <p>{t('audit.words')}</p>
      </header>
      <Tabs
        activeKey={tab} onChange={(next) => go({ page: 'audit', at: next }, 'replace')}
        items={[
          { key: 'reads', label: t('audit.tab.reads'), children: <ReadsTab {...shared} /> },
          { key: 'deeds', label: t('audit.tab.deeds'), children: <DeedsTab {...shared} /> },
          { key: 'days', label: t('audit.tab.days'), children: <DaysTab {...shared} /> },
        ]}
      />
    </section>
  );
}
