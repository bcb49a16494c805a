/**
 * Days off and working weekends that the State Council's yearly notice sets. Days not named follow the weekday rule.
 * A range is `from/to`, both ends included. A new year is one more entry here.
 */
export type HolidayNotice = { year: number; source: string; off: readonly string[]; working: readonly string[] };

export const HOLIDAY_NOTICES: readonly HolidayNotice[] = [
  {
    year: 2025,
    source: '国务院办公厅关于2025年部分节假日安排的通知, gov.cn content_6986383',
    off: ['2025-01-01', '2025-01-28/2025-02-04', '2025-04-04/2025-04-06', '2025-05-01/2025-05-05', '2025-05-31/2025-06-02', '2025-10-01/2025-10-08'],
    working: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
  },
  {
    year: 2026,
    source: '国务院办公厅关于2026年部分节假日安排的通知, gov.cn content_7047091',
    off: ['2026-01-01/2026-01-03', '2026-02-15/2026-02-23', '2026-04-04/2026-04-06', '2026-05-01/2026-05-05', '2026-06-19/2026-06-21', '2026-09-25/2026-09-27', '2026-10-01/2026-10-07'],
    working: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  },
];
