/** What the console says of lists, filters, work on many cases, and ready sentences. */
export const LIST_TEXTS = {
  'shell.sentences': '常用语', 'inbox.group.filters': '我的筛选', 'inbox.changes': '{count} 处变化', 'inbox.print': '打印列表', 'inbox.sort': '换排序',
  'stage.tasks': '本部门待办', 'stage.mine': '我认领的', 'stage.overdue': '已超期', 'stage.to-issue': '待出件', 'stage.identity': '待核验身份', 'stage.papers': '在途材料', 'task.pre-review': '预审', 'task.open': '审查',
  'inbox.empty.tasks': '本部门没有待办的环节。', 'inbox.empty.mine': '您没有认领办件。', 'inbox.empty.overdue': '没有超期的办件。', 'inbox.empty.to-issue': '没有等待送达的结果。', 'inbox.empty.identity': '没有要核验身份的办件。', 'inbox.empty.papers': '没有正在交给您的材料。',
  'filter.save': '保存这个筛选', 'filter.key': '用哪个数字键', 'filter.name': '名称', 'filter.taken': '会替换“{name}”', 'filter.ok': '保存', 'filter.drop.label': '删除筛选 {name}', 'filter.none': '按 {key} 把现在的列表和搜索存成一个数字键', 'filter.what': '存下的是：{list}{query}',
  'bulk.title': '批量', 'bulk.mark': '选中 {number}', 'bulk.marked': '已选 {count} 件', 'bulk.none': '先用 X 选中办件。', 'bulk.papers': '全部纸质材料', 'bulk.claim': '批量认领', 'bulk.hand-over': '移交材料', 'bulk.take-over': '接收材料',
  'bulk.count': '办成 {done} 件，没办成 {failed} 件，还有 {left} 件', 'bulk.stop': '停下', 'bulk.close': '完成',
  'export.title': '导出表格', 'export.reading': '正在读取，已读 {count} 件…', 'export.ready': '共 {count} 件，可以保存了。', 'export.save': '保存 CSV 文件', 'export.name': '办件列表-{list}.csv', 'export.failed': '读取中断，没有导出。请检查网络后再试。', 'export.recorded': '导出会记入查阅记录。文件里有个人信息，用完请删除。',
  'sentences.choices': '常用语', 'sentences.title': '常用语', 'sentences.words': '写告知书时输入 / 和字母就能插入。改动会记入操作记录。', 'sentences.empty': '还没有常用语。', 'sentences.new': '新增常用语', 'sentences.edit': '修改常用语', 'sentences.column.letters': '字母', 'sentences.column.words': '内容',
  'sentences.column.item': '事项', 'sentences.column.use': '用在', 'sentences.all-items': '全部事项', 'sentences.use.correction': '补正', 'sentences.use.refusal': '不予受理', 'sentences.use.return': '退件和结束', 'sentences.letters.hint': '小写字母和数字，最多 12 个', 'sentences.save': '保存', 'sentences.drop': '删除', 'sentences.change': '修改',
  'sentences.letters-taken': '这几个字母已经用在别的常用语上。', 'sentences.unknown-item': '这个事项不归您管。', 'sentences.incomplete': '请把字母和内容写好。', 'sentences.failed': '没有保存成，请再试一次。', 'sentences.drop.ask': '删除这条常用语？',
  'key.mark': '选中这一行', 'key.bulk-claim': '批量认领', 'key.bulk-hand-over': '批量移交材料', 'key.bulk-take-over': '批量接收材料', 'key.export': '导出表格', 'key.order': '换排序：时限、最新', 'key.save-filter': '保存筛选', 'key.filter': '打开我的筛选',
  'key.window': '窗口收件', 'key.originals': '核验原件', 'key.identity': '核验身份', 'key.review': '预审或审查', 'key.resume': '恢复计时', 'key.take-over': '接收材料', 'key.deliver': '送达', 'key.compare': '比对重复件', 'key.more': '更多操作', 'key.release': '放开认领', 'key.edit': '更正申请内容',
  'key.pause': '暂停计时', 'key.extend': '延长期限', 'key.withdraw': '申请人撤回', 'key.archive': '归档', 'key.return': '退件', 'key.lapse': '逾期未补正结束', 'key.transfer': '转报办结', 'key.survey': '约定踏勘', 'key.survey-held': '踏勘记录', 'key.hand-over': '移交材料', 'key.hand-in': '交件', 'key.late': '补录纸质件', 'key.slip': '扫描自助机小票',
  'keys.more': '更多操作（先按 M）', 'keys.window': '窗口收件',
} as const;
