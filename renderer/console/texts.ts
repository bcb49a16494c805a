import { AUDIT_TEXTS } from './audit/texts.ts';
import { CALENDAR_TEXTS } from './calendar/texts.ts';
import { CASE_TEXTS } from './case/texts.ts';
import { SUPERVISION_TEXTS } from './supervision/texts.ts';
import { DESK_TEXTS } from './desk/texts.ts';
import { MESSAGE_TEXTS } from './messages/texts.ts';
import { RATING_TEXTS } from './ratings/texts.ts';
import { SMS_TEXTS } from './sms/texts.ts';
import { APPOINTMENT_TEXTS } from './appointments/texts.ts';
import { QUEUE_TEXTS } from './queue/texts.ts';
import { SURVEY_TEXTS } from './surveys/texts.ts';
import { CATALOGUE_TEXTS } from './catalogue/texts.ts';
import { IDENTITY_TEXTS } from './identity/texts.ts';
import { LIST_TEXTS } from './sentences/texts.ts';
import { WINDOW_TEXTS } from './window/texts.ts';

/** Every sentence the console says, by key. `{name}` is replaced by `values.name`. */
const TEXTS = {
  ...CASE_TEXTS,
  ...LIST_TEXTS,
  ...WINDOW_TEXTS,
  ...CALENDAR_TEXTS,
  ...SUPERVISION_TEXTS,
  ...DESK_TEXTS, ...MESSAGE_TEXTS, ...RATING_TEXTS, ...SMS_TEXTS, ...SURVEY_TEXTS, ...QUEUE_TEXTS, ...APPOINTMENT_TEXTS,
  ...CATALOGUE_TEXTS,
  ...IDENTITY_TEXTS,
  ...AUDIT_TEXTS,
  'product': '近办', 'product.desk': '窗口工作台', 'product.line': '离群众最近的办理',
  'not-for-production': '演示环境，不作正式办理',

  'sign-in.title': '登录窗口工作台', 'sign-in.account': '账号', 'sign-in.password': '密码', 'sign-in.submit': '登录', 'sign-in.refused': '账号或密码不对，请重新输入。',
  'sign-in.locked': '连续输错次数太多，账号已锁定，{until} 以后再试。',
  'sign-in.expired': '登录已到期，请重新登录。没办完的补正草稿还在。',
  'sign-in.away': '连不上大厅服务器，请检查本机网络后再试。', 'sign-in.empty': '请填写账号和密码。',
  'sign-in.notice': '查看群众资料都会留下记录。离开座位请退出登录。',

  'role.clerk': '窗口人员', 'role.department': '部门审批人员', 'role.supervisor': '监督人员', 'role.caretaker': '设备管护员', 'role.administrator': '系统管理员',
  'role.auditor': '审计人员（只读）', 'role.issuer': '出件人员', 'role.editor': '事项管理员',

  'shell.inbox': '收件箱', 'shell.machines': '自助机', 'shell.quarantine': '隔离区', 'shell.numbers': '编号', 'shell.help': '快捷键', 'shell.sign-out': '退出登录',
  'shell.navigation': '主导航', 'shell.skip': '跳到正文',

  'away.title.no-answer': '连不上大厅服务器', 'away.title.database': '大厅数据库没有应答',
  'away.words': '正在自动重连。屏幕上的内容是断开前的，您写的都还在，不用刷新，也不用重新登录。',
  'away.retry': '马上重连', 'away.back': '已连上大厅，屏幕上的内容已更新。',

  'repeat.title': '刚才这一步还没有收到答复', 'repeat.waited': '已等 {seconds} 秒',
  'repeat.why.no-answer': '连不上大厅服务器，', 'repeat.why.database': '大厅服务器在，数据库没有应答，',
  'repeat.words': '这一步办成没有还不知道。正在自动重连，连上就核对：已经办成的不会再办一次，没有办成的接着办。',
  'repeat.kept': '您写的内容都还在。请不要刷新或关闭页面，也不用再点。五分钟还没有恢复，请告诉系统管理员。',
  'repeat.give-up': '先不等了',
  'repeat.before': '大厅恢复了。断开时那一步当时已经办成，没有再办第二次。', 'repeat.now': '大厅恢复了。断开时那一步当时没有办成，刚才已经接着办成，只办了一次。', 'repeat.refused': '大厅恢复了。断开时那一步没有办成，原因见页面上的提示。',
  'failed.title': '没有取到内容',
  'failed.away': '大厅服务器没有答复，可能是网络断了，或者服务器正在重启。',
  'failed.not-allowed': '您的岗位不能看这里的内容。',
  'failed.too-fast': '这里一下子来的请求太多，大厅先没有处理。等半分钟再试一次。',
  'failed.broken': '大厅服务器答复了一个错误。再试一次；仍不行请联系系统管理员。',
  'failed.unknown-case': '大厅里没有这件。可能是链接不完整。', 'failed.retry': '再试一次',
  'loading': '正在读取…',
  'crashed.title': '这个页面出错了', 'crashed.words': '刚才的操作可能没有办成，请重新载入后核对。', 'crashed.reload': '重新载入',

  'inbox.stages': '按阶段筛选',
  'inbox.group.turn': '要办的', 'inbox.group.stage': '办理中', 'inbox.group.closed': '已结束',
  'inbox.search': '编号、姓名、手机、证件号、事项',
  'inbox.search.label': '搜索办件',
  'inbox.found': '找到 {count} 件',
  'inbox.found.more': '已显示 {count} 件，还有更多',
  'inbox.as-of': '{time} 的数据', 'inbox.reload': '刷新', 'inbox.more': '再显示 50 件',
  'inbox.empty.open': '没有待处理的办件。', 'inbox.empty.stage': '这个阶段没有办件。',
  'inbox.empty.search': '没有找到与“{query}”相符的办件。姓名从姓开始输，编号和手机输全或者输最后四位以上，身份证号要输全。',
  'inbox.clear': '清除搜索',
  'inbox.column.number': '办件编号', 'inbox.column.item': '事项', 'inbox.column.person': '申请人', 'inbox.column.stage': '阶段',
  'inbox.column.handed-in': '收件', 'inbox.column.due': '时限', 'inbox.column.missing': '扫描件', 'inbox.column.claimed': '经办',
  'inbox.missing': '缺 {count} 页', 'inbox.complete': '已到齐', 'inbox.mine': '我', 'inbox.unclaimed': '未认领',

  'stage.open': '待处理', 'stage.all': '全部', 'stage.handed-in': '收件', 'stage.correction-asked': '补正中', 'stage.supplemented': '补正已交',
  'stage.accepted': '已受理', 'stage.decided': '已决定', 'stage.finished': '已办结', 'stage.refused': '不予受理', 'stage.withdrawn': '已撤回',

  'due.late': '已超 {days}', 'due.today': '今天到期', 'due.left': '剩 {days}', 'due.answer': '应作首次答复', 'due.answer-again': '应答复补正',
  'due.promised': '承诺 {date}', 'due.citizen': '等申请人补正', 'due.none': '—', 'due.paused': '暂停计时', 'due.step': '本环节 {date}',
  'days': '{count} 天', 'days.working': '{count} 个工作日', 'days.natural': '{count} 个自然日',

  'today': '今天 {time}',
  'yesterday': '昨天 {time}',
  'span.instant': '不到 1 分钟', 'span.minutes': '{count} 分钟', 'span.hours': '{count} 小时', 'span.days': '{count} 天',

  'case.back': '返回收件箱', 'case.next': '下一件', 'case.previous': '上一件',
  'case.claimed.mine': '我在办', 'case.claimed.other': '{account} 在办', 'case.claimed.none': '未认领',
  'case.tab.application': '申请内容', 'case.tab.guide': '办理依据', 'case.tab.history': '办理经过',
  'case.applicant': '申请人', 'case.materials': '申请材料', 'case.situation': '申请情形', 'case.signature': '申请人签名',
  'case.signature.words': '申请人在自助机上看过下面的话后签名：',
  'case.signature.confirmed.words': '自助机把下面的话完整朗读给申请人：', 'case.signature.confirmed': '本人在键盘上确认，声明已朗读',
  'case.certificate': '已发证照', 'case.rated': '评价',
  'case.rated.level': '{level} 星 · {words}',
  'rating.5': '非常满意', 'rating.4': '满意', 'rating.3': '基本满意', 'rating.2': '不满意', 'rating.1': '非常不满意',
  
  'case.told': '曾告知：', 'case.supplemented': '已补正', 'case.computed-differs': '系统算出 {value}，与申请不符', 'case.not-handed-in': '未交', 'case.not-required': '不是必交', 'case.required': '必交',
  'case.pages': '{count} 页',
  'case.pages.missing': '{missing}/{count} 页在路上',
  'case.unnamed': '清单外材料（{key}）',

  'applicant.name': '姓名', 'applicant.number': '证件号码', 'applicant.birth': '出生日期',
  'applicant.birth.age': '{date}（{age} 周岁）',
  'applicant.sex': '性别', 'applicant.address': '证件住址', 'applicant.phone': '联系电话', 'applicant.card': '证件', 'applicant.assurance': '核验方式',
  'sex.male': '男', 'sex.female': '女', 'sex.unknown': '未知', 'sex.unstated': '未说明',
  'card.resident': '居民身份证',
  'card.foreigner-2017': '外国人永久居留身份证（2017 版）',
  'card.foreigner-2023': '外国人永久居留身份证（2023 版）',
  'card.hong-kong-macau-taiwan': '港澳台居民居住证',
  'assurance.card-offline': '本人刷证，未联网核验', 'assurance.card-checked': '本人刷证，已联网核验', 'assurance.typed': '手工输入，未刷证',
  'value.none': '未填', 'value.yes': '是', 'value.no': '否',

  'trust.A': 'A 级 · 发证机关数据', 'trust.B': 'B 级 · 窗口已核原件', 'trust.C': 'C 级 · 本人上传，原件待核', 'trust.D': 'D 级 · 本人承诺',

  'scan.title': '扫描件', 'scan.page': '第 {page}/{pages} 页', 'scan.alt': '{name}，第 {page} 页', 'scan.pages': '扫描件页面', 'scan.stage': '扫描件画面，可用方向键滚动',
  'scan.standard': '验收标准', 'scan.coming': '这一页还在路上',
  'scan.coming.words': '自助机已经登记了这一页，网络恢复后会自己传到大厅。必交材料到齐前不能受理。',
  'scan.thumbnail': '缩略图',
  'scan.thumbnail.words': '原页还在路上，先看小图。必交材料的原页到齐前不能受理。',
  'scan.broken': '这一页没有打开',
  'scan.broken.words': '大厅收到了这一页，但这次没有取到。',
  'scan.pdf': '这一页是 PDF 文件',
  'scan.pdf.open': '在新窗口打开',
  'scan.none': '这件没有扫描件',
  'scan.none.words': '申请人没有交材料，请按申请表和材料清单核对。',
  'scan.smaller': '缩小', 'scan.larger': '放大', 'scan.fit': '适合窗口', 'scan.width': '适合宽度', 'scan.turn-left': '向左转', 'scan.turn-right': '向右转',
  'scan.zoom': '{percent}%', 'scan.tools': '画面工具',

  'guide.limits': '时限', 'guide.promised': '承诺时限', 'guide.statutory': '法定时限', 'guide.handling': '办件类型', 'guide.on-the-spot': '即办件',
  'guide.promised-item': '承诺件', 'guide.body': '实施主体', 'guide.result': '办理结果', 'guide.conditions': '受理条件', 'guide.materials': '材料验收标准',
  'guide.fee': '收费',
  'guide.fee.none': '不收费',
  'guide.basis': '设定依据', 'guide.procedures': '特别程序（不计入时限）', 'guide.code': '实施编码',
  'guide.version': '第 {version} 版，{date} 起施行',
  'guide.no-standard': '清单没有写验收标准',

  'history.handed-in': '申请人提交，大厅收件', 'history.supplemented': '申请人补正', 'history.withdrawn': '申请人撤回', 'history.rated': '申请人评价',
  'history.result-printed': '自助机打印结果', 'history.accepted': '受理', 'history.refused': '不予受理', 'history.correction-asked': '一次性告知补正',
  'history.reviewed': '审查',
  'history.decided.granted': '决定：准予', 'history.decided.denied': '决定：不予许可',
  'history.finished': '办结', 'history.citizen': '申请人本人', 'history.staff': '{account}（{role}）', 'history.machine': '系统自动',
  'history.number': '编号 {number}',
  'history.number.provisional': '临时编号 {number}',
  'history.accepted.dates': '承诺 {promised} 前办结，法定期限到 {statutory}',
  'history.within': '{date} 前补正',
  'history.changed': '补交 {fields} 项内容、{materials} 份材料',
  'history.print.printed': '打印机确认已印出',
  'history.print.unknown': '没有得到打印机的确认，可能没印出',
  'history.print.not-printed': '管理员查明：没有印出，可以再印',
  'history.print.blank': '空白纸号 {number}',
  'history.hall': '大厅', 'history.terminal': '自助机 {machine}',

  'evidence.hall': '大厅服务器时间', 'evidence.counted': '按大厅对时推算，距上次对时 {span}',
  'evidence.drift': '机器重启后还没对时，按上次偏差校正，误差可能较大',
  'evidence.wall': '机器还没有与大厅对过时，只有机器钟时间，仅供参考',
  'evidence.fast': '机器钟当时快 {span}', 'evidence.slow': '机器钟当时慢 {span}',

  'turn.handed-in': '轮到大厅答复：受理、一次性告知补正，或不予受理。法定时限还没有起算。',
  'turn.correction-asked': '轮到申请人补正。这期间不能受理，法定时限不走。',
  'turn.supplemented': '申请人已补正，轮到大厅决定是否受理。补正只能告知一次。',
  'turn.accepted': '已受理，法定时限在走。审查完请办结。', 'turn.decided': '已作决定，请办结。', 'turn.finished': '已办结，时限停止。', 'turn.refused': '已不予受理，这件已结束。',
  'turn.withdrawn': '申请人已撤回，这件已结束。', 'turn.read-only': '您的岗位只能查看，不能办理。',
  'turn.claimed': '{account} 正在办这件。半小时没有动作会自动放开。',
  'turn.missing': '还有 {count} 页扫描件在路上，必交材料到齐前不能受理。',

  'act.claim': '认领', 'act.accept': '受理', 'act.correct': '告知补正', 'act.refuse': '不予受理', 'act.finish': '办结', 'act.cancel': '返回',
  'act.citizen-sees': '申请人会看到', 'act.clock': '法定时限',
  'act.unclear': '没有收到大厅的答复，这一步办成没有还不知道。大厅恢复后请再点一次：内容没有改动的，大厅只办一次。',
  'act.broken': '大厅没有办成这一步，请再试一次；仍不行请联系系统管理员。',
  'act.signed-out': '登录已到期，这一步没有办成。', 'act.unknown-case': '大厅里没有这件。', 'act.not-allowed': '您的岗位不能办这一步。',
  'act.wrong-stage': '这件的阶段刚刚变了，这一步不能再办。已经重新读取，请看最新情况。',
  'act.claimed-by-other': '这件刚被同事认领，这一步没有办成。请与同事联系，或者等半小时后再办。',
  'act.materials-missing': '必交材料还没有到齐，不能受理。等扫描件传到大厅，或者告知申请人补正。',
  'act.done.claim': '已认领。半小时没有动作会自动放开。',
  'act.done.accept': '{person} 的“{item}”已受理。',
  'act.done.correct': '已告知 {person} 补正 {count} 处。',
  'act.done.refuse': '{person} 的“{item}”已不予受理。',
  'act.done.finish': '{person} 的“{item}”已办结。',
  'act.last': '这个列表里没有别的待处理办件了。',

  'accept.title': '受理这件申请？', 'accept.ok': '确认受理',
  'accept.sees': '受理承诺单：您的“{item}”已受理，我们承诺 {date} 前办结。',
  'accept.clock': '从今天起算。承诺 {promised}（{promisedDays}），法定期限到 {statutory}（{statutoryDays}）。',
  'accept.provisional': '到期日跨到还没有公布放假安排的年份，公布后会重新推算。',
  'accept.checked': '受理即表示：属于本机关职权，材料齐全、符合法定形式。',

  'refuse.title': '不予受理这件申请？', 'refuse.ok': '确认不予受理', 'refuse.reason': '理由（必填，申请人会看到）',
  'refuse.reason.placeholder': '写明事实和依据；不属于本机关职权的，告诉申请人该找谁。',
  'refuse.templates': '常用理由',
  'refuse.template.body.name': '不属于本机关职权',
  'refuse.template.body': '“{item}”所申请的事项不属于{body}职权范围。请向有权办理的机关申请：',
  'refuse.template.need.name': '依法不需要许可',
  'refuse.template.need': '您申请的事项依法不需要办理行政许可，可以直接进行。',
  'refuse.template.condition.name': '不符合受理条件',
  'refuse.template.condition': '经核对，您的情况不符合受理条件：',
  'refuse.template.late.name': '逾期没有补正',
  'refuse.template.late': '已一次性告知需要补正的内容，您在期限内没有补正。补齐后可以重新申请。',
  'refuse.sees': '不予受理通知书：写明您填的理由、日期，以及申请行政复议和提起行政诉讼的权利。',
  'refuse.clock': '法定时限不起算。这件就此结束，不能恢复；申请人可以重新申请。',
  'refuse.needed': '请写理由。没有理由的不予受理会被电子监察记录。',

  'correct.title': '一次性告知补正', 'correct.mode': '正在选补正内容', 'correct.count': '已选 {count} 处',
  'correct.once': '补正只能告知一次。请从头看到尾，把要补的一次选全。',
  'correct.pick': '勾选：{label}', 'correct.words': '“{label}”要怎么补（申请人会看到）', 'correct.next': '核对告知书', 'correct.none': '先勾选要补正的内容或材料。',
  'correct.blank': '“{label}”还没有写怎么补。', 'correct.ok': '确认告知', 'correct.sees': '补正告知书：请补正以下 {count} 处。',
  'correct.clock': '补正期间法定时限不走。期限由大厅写进告知书；到期不补，可以不予受理。',
  'correct.law': '行政许可法第三十二条：应当当场或者在五日内一次告知申请人需要补正的全部内容，逾期不告知的，自收到申请材料之日起即为受理。',
  'correct.templates': '“{label}”的常用说法',
  'correct.field.unclear.name': '不清楚',
  'correct.field.unclear': '“{label}”写得不清楚，请重新填写。',
  'correct.field.differs.name': '与证件不一致',
  'correct.field.differs': '“{label}”与证件或材料上写的不一致，请核对后改正。',
  'correct.field.incomplete.name': '不完整',
  'correct.field.incomplete': '“{label}”没有填完整，请补全。',
  'correct.material.blurred.name': '看不清',
  'correct.material.blurred': '“{label}”拍得不清楚，请重新拍摄：{standard}',
  'correct.material.missing-page.name': '缺页',
  'correct.material.missing-page': '“{label}”缺页，请把全部页面重新拍齐。',
  'correct.material.wrong.name': '不是这份材料',
  'correct.material.wrong': '交来的不是“{label}”，请交：{standard}',
  'correct.material.expired.name': '已过期',
  'correct.material.expired': '“{label}”已过有效期，请换有效的。',
  'correct.material.absent.name': '没有交',
  'correct.material.absent': '没有交“{label}”，请补交：{standard}',

  'finish.title': '办结这件申请', 'finish.decision': '决定', 'finish.granted': '准予', 'finish.denied': '不予许可',
  'finish.words.granted': '给申请人的话（可以不写）', 'finish.words.denied': '不予许可的理由（必填）',
  'finish.needed': '请写不予许可的理由和依据。',
  'finish.ok.granted': '确认准予并办结', 'finish.ok.issue': '确认准予并发证', 'finish.ok.denied': '确认不予许可',
  'finish.sees.issue': '办结通知：您的“{item}”已办好，可以在自助机打印《{title}》，也可以到窗口领取。',
  'finish.sees.granted': '办结通知：您的“{item}”已办好，结果是“{result}”。',
  'finish.sees.denied': '不予许可通知书：写明理由，以及申请行政复议和提起行政诉讼的权利。',
  'finish.clock': '法定时限到此停止。办结后不能再改。', 'finish.preview': '将要发的证照',
  'finish.preview.number': '编号以办结时取到的为准。',
  'finish.no-certificate': '本事项不发证照，办结后申请人可以查到结果。',
  'finish.no-issue': '不予许可的，不发证照。',

  'certificate.licence': '电子证照标识', 'certificate.number': '编号', 'certificate.holder': '持证主体', 'certificate.issued': '发证日期',
  'certificate.valid': '有效期至', 'certificate.no-end': '长期',

  'numbers.title': '编号',
  'numbers.words': '每个发出去的编号都在这里：发出 ＝ 已用 ＋ 机器上待用 ＋ 断号。断号不会再发。命令行导出 CSV：jinban hall --gap-report。',
  'numbers.kind': '种类', 'numbers.kind.case-number': '办件编号', 'numbers.kind.ticket-number': '排队号', 'numbers.year': '年份', 'numbers.granted': '发出', 'numbers.used': '已用',
  'numbers.open': '机器上待用', 'numbers.gaps': '断号', 'numbers.empty': '还没有发出编号。', 'numbers.unused': '没有办件的编号', 'numbers.unused.none': '发出的编号都已用上。',
  'numbers.why': '状态', 'numbers.machine': '机器', 'numbers.range': '编号', 'numbers.from-to': '{first} 至 {last}', 'numbers.count': '个数', 'numbers.at-machine': '机器上待用',
  'numbers.reason.machine-retired': '机器已停用', 'numbers.reason.machine-replaced': '机器遗失，已换备机', 'numbers.reason.skipped': '机器跳过未用', 'numbers.reason.kept-aside': '办件在隔离区', 'numbers.reason.unaccounted': '去向不明，请查',

  'help-calls.title': '自助机呼叫', 'help-calls.words': '{since} 起呼叫，停在“{step}”', 'help-calls.coming': '{account} 正在过去', 'help-calls.go': '我这就去', 'help-calls.answered': '已接待',
  'help-calls.step.home': '首页', 'help-calls.step.items': '找事项', 'help-calls.step.guide': '办事指南', 'help-calls.step.identify': '刷身份证', 'help-calls.step.form': '填表', 'help-calls.step.materials': '交材料', 'help-calls.step.check': '核对签名',
  'help-calls.step.handed-in': '取回执', 'help-calls.step.progress': '查进度', 'help-calls.step.case': '看办件', 'help-calls.step.result': '打印结果', 'help-calls.step.rate': '评价', 'help-calls.step.talk': '咨询投诉', 'help-calls.step.message': '写留言',
  'help-calls.step.message-sent': '取留言凭条', 'help-calls.step.reply': '看答复', 'help-calls.step.survey': '答调查', 'help-calls.step.lists': '看公开清单', 'help-calls.step.situation': '答情形问题', 'help-calls.step.goodbye': '结束',
  'machines.title': '自助机',
  'machines.words': '最近联系时间由大厅记录。超过一天没有联系的，请管护员到现场看。时钟是机器上次报到时与大厅相比，差 10 分钟以上的用红色标出。',
  'machines.machine': '机器', 'machines.state': '状态', 'machines.enrolled': '登记时间', 'machines.contact': '最近联系', 'machines.actions': '已收动作',
  'machines.quarantined': '隔离', 'machines.empty': '还没有登记自助机。', 'machines.retired': '已停用', 'machines.waiting': '等待登记', 'machines.in-touch': '正常',
  'machines.silent': '超过一天没联系', 'machines.never': '从未',
  'machines.clock': '时钟', 'machines.clock.right': '准', 'machines.clock.fast': '快 {span}', 'machines.clock.slow': '慢 {span}',
  'machines.clock.mend': '请管护员校准系统时间，并打开自动对时',
  'machines.program': '程序', 'machines.program.words': '{program} 版', 'machines.protocol': '协议 {protocol}', 'machines.unsaid': '未报',
  'machines.site': '现场', 'machines.site.well': '正常', 'machines.site.since': '{time} 报告', 'machines.faults': '{count} 台机器需要有人到现场',
  'machines.alarm.device': '{device}：{reason}', 'machines.alarm.unknown-prints': '{count} 张打印待查', 'machines.alarm.no-blanks': '{name}用完', 'machines.alarm.blanks-in-doubt': '{name}待清点',
  'machines.alarm.few-blanks': '{name}只剩 {left} 张', 'machines.alarm.no-scans': '存储快满，不能拍材料', 'machines.alarm.full': '存储已满，不能受理',
  'machines.self-test.well': '自检 {time}：{count} 项都正常', 'machines.self-test.found': '自检 {time}：{count} 项要处理',

  'quarantine.title': '隔离区',
  'quarantine.words': '大厅没有收下的动作，原样留存，等人查清。别的办件不受影响；同一办件后面的动作排在它后面等。大厅程序修好或者事项补发以后，由管理员重新判定。这里不显示动作里的个人信息。',
  'quarantine.id': '序号', 'quarantine.machine': '机器', 'quarantine.reason': '原因', 'quarantine.at': '最近一次收到', 'quarantine.action': '动作编号',
  'quarantine.empty': '隔离区是空的，所有动作都已收下。', 'quarantine.no-action': '读不出编号',
  'quarantine.reason.malformed': '格式不对',
  'quarantine.reason.wrong-machine': '不是这台机器的动作',
  'quarantine.reason.bad-hash': '内容与指纹不符，可能被改过',
  'quarantine.reason.bad-signature': '签名不对', 'quarantine.reason.chain-gap': '前面缺了动作',
  'quarantine.reason.chain-fork': '同一序号有两个动作',
  'quarantine.reason.unknown-item': '大厅没有这个事项版本',
  'quarantine.reason.illegal-transition': '办件当时的阶段不允许',
  'quarantine.reason.number-not-leased': '编号没有分给这台机器',
  'quarantine.reason.hall-fault': '大厅程序处理出错，动作已留存',
  'quarantine.judge.title': '处理', 'quarantine.judge': '重新判定', 'quarantine.judge.resent': '等自助机重发',
  'quarantine.judge.done': '重新判定了这个办件：收下 {applied} 个动作，还有 {aside} 个留在隔离区。',
  'quarantine.judge.failed': '大厅没有回答，这次没有判定成。',

  'keys.title': '快捷键', 'keys.on': '启用单键快捷键',
  'keys.on.words': '关掉以后只用 Tab、回车和 Esc 操作。设置存在这台电脑上。',
  'keys.everywhere': '所有页面', 'keys.inbox': '收件箱', 'keys.case': '办件页', 'keys.scan': '看扫描件', 'keys.dialog': '对话框', 'keys.close': '知道了',
  'key.help': '打开快捷键说明', 'key.inbox': '回到收件箱', 'key.down': '下一行', 'key.up': '上一行', 'key.open': '打开办件', 'key.search': '搜索', 'key.reload': '刷新',
  'key.claim': '认领', 'key.accept': '受理', 'key.correct': '一次性告知补正', 'key.supplement': '窗口补正', 'key.refuse': '不予受理', 'key.finish': '办结', 'key.next-case': '下一件',
  'key.previous-case': '上一件', 'key.next-page': '下一页扫描件', 'key.previous-page': '上一页扫描件', 'key.larger': '放大', 'key.smaller': '缩小', 'key.fit': '适合窗口',
  'key.width': '适合宽度', 'key.turn-left': '向左转', 'key.turn-right': '向右转', 'key.confirm': '确认', 'key.leave': '关闭或返回',
} as const;

export type TextKey = keyof typeof TEXTS;
export const TEXT_KEYS = Object.keys(TEXTS) as readonly TextKey[];

/** The sentence of a key. @param values what its `{name}` places are filled with */
export function t(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  return TEXTS[key].replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** A keyword that came over the road. One that this version does not know is shown as it came. @param prefix what stands before it in the key */
export function word(prefix: string, keyword: string): string {
  const key = `${prefix}.${keyword}`;
  return Object.hasOwn(TEXTS, key) ? TEXTS[key as TextKey] : keyword;
}
