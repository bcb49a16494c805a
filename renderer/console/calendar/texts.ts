/** What the console says of the working-day calendar. */
export const CALENDAR_TEXTS = {
  'shell.calendar': '工作日历', 'calendar.words': '办理时限按这张日历数工作日。国务院办公厅公布下一年放假安排后，导入公告；县里自己的放假和上班，点那一天设置。', 'calendar.provisional': '有 {count} 件的到期日跨到还没有公布放假安排的年份，公布后会重新推算。', 'calendar.before': '上一年', 'calendar.after': '下一年', 'calendar.year': '{year} 年', 'calendar.month': '{month} 月',
  'calendar.no-notice': '这一年的放假安排还没有导入，先按周一到周五数。', 'calendar.no-source': '导入的公告', 'calendar.counts': '　放假 {off} 天，调休上班 {working} 天', 'calendar.imported': '，后来导入', 'calendar.off': '休息', 'calendar.working': '上班', 'calendar.local': '本县自定', 'calendar.import': '导入放假公告', 'calendar.import.ok': '确认导入',
  'calendar.import.words': '公告的 JSON：year 和 days（date、isOffDay、name）。导入会替换那一年原来的安排。', 'calendar.import.file': '选文件', 'calendar.import.paste': '或者粘贴在这里', 'calendar.import.done': '已导入 {year} 年的安排，{moved} 件的到期日重新推算。', 'calendar.preview': '{year} 年：有 {count} 天会变', 'calendar.preview.cases': '等这份公告的 {count} 件会重新推算；已经确定的到期日不变。',
  'calendar.becomes-off': '改为休息', 'calendar.becomes-working': '改为上班', 'calendar.failed': '大厅没有办成，请再试一次。', 'calendar.fault.no-json': '不是 JSON，请整段粘贴。', 'calendar.fault.no-notice': '不是放假公告：要有 year 和 days。', 'calendar.fault.other-year': '有日子不在这一年。', 'calendar.fault.repeated': '有日子写了两遍。', 'calendar.fault.no-change': '这一天本来就是这样。',
  'calendar.day.off': '{date} 改为休息', 'calendar.day.working': '{date} 改为上班', 'calendar.day.ok': '确认', 'calendar.day.done': '{date} 已改，{moved} 件的到期日变了。', 'calendar.running': '已经在走的时限', 'calendar.running.no': '不变：已经告知申请人的到期日照旧', 'calendar.running.yes': '跟着变：如冰雪封路停止办公',
} as const;
