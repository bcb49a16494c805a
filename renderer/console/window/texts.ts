/** What the console says of taking applications at a window. */
export const WINDOW_TEXTS = {
  'shell.window': '窗口收件', 'window.take': '收件', 'window.late.list': '补录清单', 'window.no-items': '今天没有可以在这个窗口收的事项。', 'window.item': '办什么事', 'window.item.hint': '名称、拼音首字母、常用说法或者实施编码', 'window.items': '事项', 'window.item.none': '没有找到事项，换个说法试试。', 'window.item.change': '换事项',
  'window.file': '选扫描件', 'window.file.of': '“{name}”的扫描件', 'window.paste': '可以拖进来，或者粘贴', 'window.trust': '“{name}”的可信等级', 'window.uploading': '正在上传', 'window.drop': '去掉“{name}”第 {page} 页', 'window.folder': '盯住扫描仪文件夹', 'window.folder.stop': '正在盯文件夹，停下',
  'window.signed': '申请人签名的申请表', 'window.signed.note': '打印、签名后扫描', 'window.words': '草稿只留在这个页面的内存里，关掉就没有。扫描件一选就密封上传。', 'window.wrong': '还有 {count} 处要填好。', 'window.hand-in': '交件', 'window.done': '已收件：{number}', 'window.done.words': '收件凭证上写这个编号。受理以后法定时限才起算。', 'window.done.open': '打开这件', 'window.done.next': '下一件',
  'window.known': '已按 {time} 的办件 {number}（{item}）填好，请核对。',
  'window.late': '补录纸质件（停电、断网期间收的）', 'window.late.begin': '补录纸质件', 'window.late.end': '不是补录', 'window.late.paper': '应急表编号', 'window.late.at': '表上的收件时间', 'window.late.outage': '当时为什么不能联网收件', 'window.late.from': '从', 'window.late.to': '到', 'window.late.empty': '这段时间没有补录。', 'window.late.file': '补录清单-{from}-{to}.csv',
  'window.late.number': '办件编号', 'window.late.item': '事项', 'window.late.happened': '实际收件', 'window.late.entered': '补录', 'window.late.by': '补录人', 'window.late.days': '隔了几个工作日',
  'window.scan.not-a-scan': '不是图片或 PDF', 'window.scan.another-desk': '同事的草稿', 'window.scan.too-large': '超过 20 MB', 'window.scan.failed': '没传成', 'window.scan.away': '断网，没传成', 'window.scan.signed-out': '登录到期',
  'window.failed.away': '没有收到大厅的答复，再交一次不会重复。', 'window.failed.broken': '大厅没有收下，请再试一次。', 'window.failed.signed-out': '登录已到期，请重新登录后再交。', 'window.failed.not-allowed': '您的岗位不能收件。', 'window.failed.unknown-item': '这个事项今天不能收。', 'window.failed.number': '证件号码不对。', 'window.failed.form': '申请表有填得不对的。',
  'window.failed.unknown-scan': '有扫描件大厅不认得，请重新选。', 'window.failed.unknown-material': '有材料不在事项清单里。', 'window.failed.paper-entered': '这份应急表已经补录过。', 'window.failed.future': '收件时间在将来。',
  'wrong.required': '必填', 'wrong.type': '填得不对', 'wrong.choice': '请选一个', 'wrong.citizen-id': '证件号码不对，请核对', 'wrong.credit-code': '统一社会信用代码不对', 'wrong.phone': '电话号码不对', 'wrong.date': '日期不对', 'wrong.number': '请填数字', 'wrong.money': '请填金额，最多两位小数', 'wrong.too-short': '太短', 'wrong.too-long': '太长',
  'wrong.too-small': '太小', 'wrong.too-large': '太大', 'wrong.pattern': '格式不对', 'wrong.schema': '填得不对', 'wrong.uploading': '有扫描件还在上传，请稍等。', 'wrong.signed': '还没有签名的申请表', 'wrong.late': '应急表编号、时间和原因都要写', 'wrong.example': '，例如 {example}',
} as const;
