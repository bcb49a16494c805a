export const QUEUE_TEXTS = {
  'shell.queue': '排队', 'queue.title': '排队叫号', 'queue.words': '各网点的机器把当天的排队记录带到大厅，次日起不再变。这里只有号码，没有办事人的信息。', 'queue.as-of': '截至 {time}',
  'queue.from': '从', 'queue.to': '到', 'queue.site': '网点', 'queue.all-sites': '全部网点', 'queue.today': '今天', 'queue.week': '近七天', 'queue.month': '本月', 'queue.export': '导出 CSV', 'queue.bad-period': '日期不对：开始不能晚于结束，最多一年。',
  'queue.empty': '这段时间没有排队记录。', 'queue.refused': '{day} {site}：机器 {machine} 带来的记录与大厅已有的不一致（{why}），没有采用。请县里派人核对这个网点的机器。',
  'queue.why.other-entry': '第 {place} 条不同', 'queue.why.other-rules': '排队规则不同',
  'queue.part.sites': '按网点', 'queue.part.businesses': '按业务', 'queue.part.windows': '按窗口', 'queue.part.accounts': '按人员', 'queue.part.hours': '按钟点', 'queue.part.days': '按日', 'queue.part.arrived': '到达情况', 'queue.part.poor': '差评',
  'queue.one-site': '窗口和人员只在选定一个网点时列出。', 'queue.whole': '合计', 'queue.name': '名称', 'queue.hour': '{hour} 时', 'queue.window': '{window} 号窗口',
  'queue.figure.taken': '取号', 'queue.figure.served': '办结', 'queue.figure.without': '无号办理', 'queue.figure.missed': '过号', 'queue.figure.left': '离开', 'queue.figure.abandoned': '弃号', 'queue.figure.kiosk': '自助占比', 'queue.figure.waiting': '平均等候', 'queue.figure.median': '等候中位数', 'queue.figure.p90': '九成不超过', 'queue.figure.over': '等候 {minutes} 分钟以上', 'queue.figure.walking': '平均走到窗口', 'queue.figure.service': '平均办理', 'queue.figure.rating': '评价', 'queue.figure.days': '天数',
  'queue.figure.way.card': '刷证取号', 'queue.figure.way.phone': '手机号取号', 'queue.figure.way.staff': '工作人员代取', 'queue.figure.way.appointment': '预约签到', 'queue.figure.way.roll': '纸卷补录',
  'queue.minutes': '{minutes} 分', 'queue.seconds': '{seconds} 秒', 'queue.share': '{share}%', 'queue.none': '—', 'queue.over': '{count} 人（{share}%）', 'queue.ratings': '{mean} 分（{count}）',
  'queue.by-hour': '一天里取号和等候', 'queue.chart': '各钟点取号人数和平均等候：{values}', 'queue.chart.value': '{hour} 时 {taken} 人等 {wait}',
  'queue.arrived.day': '日期', 'queue.arrived.entries': '记录', 'queue.arrived.state': '状态', 'queue.arrived.over': '已齐', 'queue.arrived.going': '还在来', 'queue.arrived.refused': '不一致', 'queue.arrived.machines': '由谁带来', 'queue.arrived.at': '最近收到',
  'queue.poor.empty': '没有差评。', 'queue.poor.code': '号码', 'queue.poor.place': '窗口', 'queue.poor.account': '人员', 'queue.poor.level': '评价', 'queue.poor.tags': '原因', 'queue.poor.at': '时间', 'queue.poor.state': '去向', 'queue.poor.state.kept': '已作为办件评价', 'queue.poor.state.waits': '等办件到大厅', 'queue.poor.state.passed': '办件已有评价', 'queue.poor.state.none': '没有办件，只计入排队指标',
} as const;
