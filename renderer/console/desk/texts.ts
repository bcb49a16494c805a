export const DESK_TEXTS = {
  'desk.lists': '清单', 'desk.none-open': '选一条，在这里处理', 'desk.none-open.keys': 'J、K 上下移动，回车打开', 'desk.reload': '刷新', 'desk.timeline': '办理经过', 'desk.by-citizen': '群众', 'desk.by-hall': '大厅自动',
  'desk.failed': '没有得到大厅的答复。内容不改，再做一次不会重复。', 'desk.late': '已超期 {days} 个工作日', 'desk.today': '今天到期', 'desk.left': '剩 {days} 个工作日', 'desk.until': '{date} 前',
  'keys.desk': '评价、诉求', 'key.register': '登记',
} as const;
