/** What the console says to the auditor. */
export const AUDIT_TEXTS = {
  'shell.audit': '审计',
  'audit.title': '审计', 'audit.words': '谁看过谁的资料，谁做过什么。您的每次查询也会记下来。', 'audit.tab.reads': '查阅记录', 'audit.tab.deeds': '操作记录', 'audit.tab.days': '每日封存',
  'audit.from': '从', 'audit.to': '到', 'audit.account': '账号', 'audit.account.any': '所有账号', 'audit.search': '查询', 'audit.command-line': '服务器命令行', 'audit.more': '再显示 50 条', 'audit.ask': '填好条件后查询。', 'audit.none': '这段时间没有相符的记录。', 'audit.fault.bad-span': '日期不对：从早到晚，最多 92 天。', 'audit.fault.broken': '没有查到，请再试一次。',
  'audit.column.at': '时间', 'audit.column.who': '账号', 'audit.column.what': '做了什么', 'audit.column.cases': '办件', 'audit.column.subject': '对象', 'audit.column.body': '内容',
  'reads.subject': '看的是谁', 'reads.subject.hint': '办件编号或完整身份证号', 'reads.what': '看了什么', 'read-what.all': '全部', 'read-what.inbox': '办件列表', 'read-what.case': '打开办件', 'read-what.blob': '看扫描件', 'reads.cases.more': '等 {count} 件',
  'reads.burst': '{name}（{account}）在 {from} 起一小时内打开了 {cases} 个不同的办件，请核实是否都是工作需要。',
  'deeds.what': '做了什么', 'deeds.what.any': '全部', 'deeds.subject': '对象', 'deeds.subject.hint': '账号、事项编码等，要写全',
  'deed-group.account': '账号', 'deed-group.session': '登录', 'deed-group.proposal': '复核', 'deed-group.audit': '审计查询', 'deed-group.retention': '到期删除',
  'deed.account.put': '命令行建改账号', 'deed.account.make': '新建账号', 'deed.account.role': '改岗位和范围', 'deed.account.second-factor-reset': '重置动态口令', 'deed.account.second-factor': '启用动态口令', 'deed.account.recovery-code-used': '用了恢复码', 'deed.account.rename': '改姓名', 'deed.account.disable': '停用账号', 'deed.account.enable': '恢复账号', 'deed.account.password-reset': '重置密码', 'deed.account.password': '改密码', 'deed.account.end-sessions': '退出他人登录',
  'deed.session.sign-in': '登录', 'deed.session.locked': '输错太多被锁', 'deed.session.end': '退出自己的登录', 'deed.proposal.made': '提请复核', 'deed.proposal.approved': '复核同意', 'deed.proposal.refused': '复核不同意', 'deed.proposal.withdrawn': '撤回提请', 'deed.audit.search-reads': '查查阅记录', 'deed.audit.search-deeds': '查操作记录', 'deed.audit.check': '核验记录', 'deed.retention.reads': '删除到期查阅记录',
  'days.words': '每条记录都与前一条相扣；每天零点五分由大厅签名封存。改动、删除、补插任何一条，核验都能查出来。请定期把封存值抄在本子上：谁把整个库换成旧的，一比就知道。',
  'days.check': '核验这段', 'days.checking': '正在逐条核验…', 'days.whole': '完好：核验了 {deeds} 条操作、{reads} 条查阅、{days} 个封存日，没有缺少、改动或者补插。', 'days.whole.removed': '其中 {removed} 条已按规定到期删除，链条完好。', 'days.broken': '发现 {count} 处问题。请保护现场，不要重启或修复数据库，立即报告。', 'days.export': '带走核验：在服务器上运行 jinban hall --export-audit {from} {to}，在自己的电脑上用 jinban verify 核验。',
  'days.none': '还没有封存过。第一天在零点五分封存。', 'days.date': '日期', 'days.kind': '记录', 'days.count': '当天', 'days.position': '累计', 'days.hash': '封存值', 'days.key': '大厅公钥', 'journal.deed': '操作', 'journal.read': '查阅', 'journal.none': '—',
  'finding.where': '第 {position} 条', 'finding.between': '第 {from} 条到第 {to} 条', 'finding.date': '{date}',
  'finding.unreadable': '读不懂', 'finding.out-of-place': '位置不对', 'finding.start-forged': '起点的封存值没有大厅签名', 'finding.edited': '内容被改过', 'finding.link-edited': '链条被改过', 'finding.missing': '缺少', 'finding.repeated': '重复或者位置不对', 'finding.previous-differs': '与前一条接不上', 'finding.deleted': '被删除，不是按规定到期', 'finding.stray': '链条之外多出来的记录', 'finding.wrong-day': '写的是已经封存的日子', 'finding.day-missing': '缺少当天的封存值', 'finding.day-forged': '封存值不是大厅签的', 'finding.day-differs': '封存值与记录不符', 'finding.removal-forged': '到期删除没有大厅签名', 'finding.cut-off': '结尾被截断', 'finding.end-differs': '结尾与大厅签的不符', 'finding.head-forged': '链条现在的位置不是大厅签的，已停止封存',
  'retention.title': '到期记录', 'retention.none': '没有到期的记录。查阅记录保存三年（个人信息保护法第五十六条）；操作记录一直保存。', 'retention.some': '{before} 以前的查阅记录有 {rows} 条已满三年。', 'retention.propose': '提请删除', 'retention.proposed': '已提请，等另一个人复核。', 'retention.done': '已提请删除，七天内由另一个人复核。', 'retention.failed': '没有提请成，请再试一次。',
} as const;
