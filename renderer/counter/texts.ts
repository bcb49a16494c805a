import { MANAGER_TEXTS } from './manager/texts.ts';

/** Every sentence of the counter's pages, by key. `{name}` is replaced by `values.name`. */
const TEXTS = {
  ...MANAGER_TEXTS,
  'product': '近办', 'product.counter': '窗口叫号',

  'sign-in.title': '登录窗口叫号', 'sign-in.account': '账号', 'sign-in.pin': 'PIN', 'sign-in.submit': '登录', 'sign-in.asking': '正在登录…',
  'sign-in.wrong': '账号或 PIN 不对，请重新输入。', 'sign-in.too-many': '输错次数太多，请过一刻钟再试，或请管理员重设 PIN。', 'sign-in.away': '本网点没有一台机器答复。请检查网线和交换机；修好之前请手工发号，用备用票卷。',
  'sign-in.broken': '机器答复了一个看不懂的错误。请刷新页面；仍不行请告诉管理员。', 'sign-in.not-allowed': '这个账号不能用窗口叫号。', 'sign-in.empty': '请填写账号和 PIN。',
  'sign-in.expired': '登录已到期，请重新登录。窗口和手里的号都还在。',
  'sign-in.unknown': '登录已到期，请重新登录。刚才那一步办成没有还不知道，登录后请先看手里的号。',
  'sign-in.notice': '离开座位请先暂停窗口，下班请关闭窗口、退出登录。',

  'loading': '正在读取…', 'about.away.title': '还连不上本网点的机器', 'about.away': '正在自动重连，连上就继续，不用刷新。', 'about.broken': '机器和这个页面的版本对不上，请刷新页面。', 'about.reload': '刷新页面',

  'choose.title': '选择窗口', 'choose.windows': '我能开的窗口', 'choose.businesses': '开窗办理的业务', 'choose.open': '开窗', 'choose.enter': '进入', 'choose.none': '这个账号没有可以开的窗口，请找管理员。',
  'choose.no-business': '至少选一项业务。', 'choose.state.open': '使用中', 'choose.state.paused': '暂停中', 'choose.state.closed': '未开', 'choose.hint': '↑ ↓ 选窗口，Tab 到业务，空格改选，Enter 开窗', 'choose.window': '{window} 号窗口',

  'top.window': '{window} 号窗口', 'top.open': '办理中', 'top.paused': '已暂停：{why}', 'top.closed': '未开', 'top.heard': '{time} 更新', 'top.role.clerk': '窗口人员', 'top.role.manager': '管理员',

  'closed.title': '窗口没有开', 'closed.words': '开窗后才能叫号。', 'closed.by-other': '窗口现在由 {name} 使用', 'closed.by-other.words': '请换一个窗口。要是他忘了关，请管理员在管理页关掉，再来开。',
  'closed.open': '开窗', 'closed.elsewhere': '换一个窗口',

  'hand.title': '手里的号', 'hand.called': '已叫，等人来', 'hand.serving': '办理中', 'hand.none': '手里没有号', 'hand.none.next': '按 {key} 叫下一位', 'hand.none.paused': '窗口已暂停，按 {key} 恢复', 'hand.none.nobody': '现在没有人等',
  'hand.since.called': '{span}前叫的', 'hand.since.serving': '办了 {span}', 'hand.calls': '第 {count} 次叫', 'hand.notes': '前面窗口的留言', 'hand.no-notes': '没有留言',
  'hand.case': '自助机上已提交的办件', 'hand.case.words': '按 {key} 打开', 'hand.taken.words': '{time} 取号，{way}',

  'next.title': '下一位', 'next.none': '没有', 'next.later': '手里的号办完再定', 'lines.title': '各业务排队', 'lines.count': '{count} 人', 'waiting.title': '等待', 'waiting.empty': '没有人等', 'waiting.more': '只列出最前面 {count} 个', 'aside.title': '旁边等和过号', 'aside.empty': '没有',

  'why.returned': '轮到：从旁边回来，或者转到本窗口', 'why.appointment': '轮到：预约时段到了', 'why.priority': '轮到：优先', 'why.longest': '轮到：等得最久', 'why.ordinary-turn': '轮到：连着让了几次，普通号先办',
  'priority.elderly': '老年人', 'priority.disabled': '残疾人', 'priority.expecting': '孕妇、带婴幼儿', 'priority.military': '军人、退役军人、军属', 'priority.none': '不优先',
  'suspend.documents': '等材料', 'suspend.payment': '等缴费', 'suspend.other-office': '等其他窗口',
  'aside.missed': '过号', 'way.card': '刷证取号', 'way.phone': '手机号取号', 'way.staff': '窗口代取', 'way.appointment': '预约', 'way.roll': '票卷',
  'span.instant': '不到 1 分钟', 'span.minutes': '{count} 分钟', 'span.hours': '{hours} 小时 {minutes} 分',

  'command.next': '下一位', 'command.recall': '重呼', 'command.start': '开始办理', 'command.finish': '办结', 'command.finish-next': '办结并叫下一位', 'command.missed': '过号', 'command.suspend': '旁边等', 'command.return': '回到原位', 'command.transfer': '转移',
  'command.call': '点号', 'command.note': '留言', 'command.priority': '优先', 'command.leave': '不办了', 'command.open-case': '看办件', 'command.take': '代取号', 'command.serve': '无号办理', 'command.roll': '登记票卷', 'command.pause': '暂停', 'command.resume': '恢复', 'command.close': '关窗',
  'command.undo': '撤销', 'command.help': '快捷键', 'command.manager': '管理页', 'command.arrange': '安排', 'command.save': '保存安排', 'command.sign-out': '退出登录', 'command.counter': '窗口',

  'doing.next': '正在叫下一位…', 'doing.recall': '正在重呼…', 'doing.start': '正在记开始…', 'doing.finish': '正在办结…', 'doing.finish-next': '正在办结并叫下一位…', 'doing.missed': '正在记过号…', 'doing.suspend': '正在记旁边等…', 'doing.return': '正在放回原位…', 'doing.transfer': '正在转移…',
  'doing.call': '正在叫这个号…', 'doing.note': '正在留言…', 'doing.priority': '正在改优先…', 'doing.leave': '正在记不办了…', 'doing.take': '正在取号…', 'doing.serve': '正在登记…', 'doing.pause': '正在暂停…', 'doing.resume': '正在恢复…', 'doing.close': '正在关窗…', 'doing.open': '正在开窗…', 'doing.roll': '正在登记票卷…', 'doing.save': '正在保存安排…',
  'done.next': '叫了 {code}。', 'done.recall': '又叫了一次 {code}。', 'done.start': '{code} 开始办理。', 'done.finish': '{code} 办结了。', 'done.finish-next': '办结了，叫了 {code}。', 'done.missed': '{code} 记为过号。', 'done.suspend': '{code} 在旁边等，回来时原位接着办。', 'done.return': '{code} 回到队里了。', 'done.transfer': '{code} 转过去了。',
  'done.transfer-here': '{code} 在本窗口接着办另一项业务。', 'done.call': '叫了 {code}。', 'done.note': '给 {code} 的留言记下了。', 'done.priority': '{code} 的优先改好了，理由已留记录。', 'done.leave': '{code} 记为不办了。', 'done.take': '取到 {code}。', 'done.serve': '无号办理已登记。', 'done.pause': '窗口暂停了，不会再叫人。', 'done.resume': '窗口恢复了。', 'done.close': '窗口关了。', 'done.open': '窗口开了。', 'done.save': '安排保存了，已经生效。',
  'done.finished-nobody': '办结了。现在没有人等。', 'done.half': '前一步办成了，后一步没有：{words}',

  'deny.closed': '窗口没有开。先开窗。', 'deny.paused': '窗口暂停着，不叫人。先按 P 恢复。', 'deny.not-paused': '窗口没有暂停。', 'deny.in-hand': '手里还有一个号。先办结、记过号、转移或者让他旁边等。', 'deny.nothing-in-hand': '手里没有号。先叫一位。',
  'deny.not-started': '还没有开始办理。人来了先按 S；没有来按 M 记过号。', 'deny.started': '已经开始办理了。办完按 F；要等材料按 W。', 'deny.nobody-aside': '没有人在旁边等，也没有过号的。', 'deny.nobody-waits': '现在没有人等。', 'deny.nobody-known': '现在没有号可选。', 'deny.no-case': '手里的号没有带办件。', 'deny.no-console': '这个网点没有接县中心，打不开办件。', 'deny.not-manager': '管理页只有管理员能看。',
  'deny.alone': '暂停叫号：机器之间还没有对上。请手工发号，用备用票卷；恢复后按 D 登记。', 'deny.busy': '上一步还没有办完，请等一下。', 'deny.offline': '现在连不上机器，屏幕上是断开前的情形。连上后再办。',

  'refused.unknown-ticket': '今天没有这个号。请看清号码，隔天的号要重新取。', 'refused.unknown-window': '本网点没有这个窗口，请重新选窗口。', 'refused.unknown-business': '本网点不办这项业务了，请刷新页面再选。',
  'refused.ticket-moved.waiting': '这个号又回到队里等了。请看等待名单，按 N 叫下一位。', 'refused.ticket-moved.called': '这个号刚被别的窗口叫走。请叫下一位。', 'refused.ticket-moved.serving': '这个号已经在办理。请看手里的号再定。', 'refused.ticket-moved.suspended': '这个号已经在旁边等。他回来时按 B。',
  'refused.ticket-moved.missed': '这个号已经记为过号。本人来了按 B，或者按 C 点名叫。', 'refused.ticket-moved.in-hand': '手里的号刚刚有变动，这一步没有办成。请看一眼，再按一次。', 'refused.ticket-moved.done': '这个号已经办结。要再办请代取一个新号。', 'refused.ticket-moved.left': '这个号已经不办了。要办请代取一个新号。',
  'refused.spent': '过号次数用完了。请按 Q 给他代取一个新号。', 'refused.window-busy': '窗口手里还有一个号没有办完。先办结、记过号、转移或者让他旁边等。', 'refused.window-closed': '窗口没有开或者暂停着。先开窗或者按 P 恢复。', 'refused.not-at-this-window': '本窗口不办这个号的业务，或者他指定了别的窗口。请他等叫，或者请那个窗口转过来。',
  'refused.nobody-waits': '现在没有人等。', 'refused.holds-one': '他在这项业务里已经有一个号，不能再取。请用原来的号。', 'refused.number-taken': '这个号已经发过，或者留给了自助机，没有登记。', 'refused.numbers-used-up': '今天这项业务的号用完了。请用“无号办理”，并告诉管理员。', 'refused.rated-before': '这次服务已经评价过了。', 'refused.arranged-before': '别人刚刚也改了安排，这一次没有保存。请看过对方改了什么，再保存。', 'refused.window-in-use': '{window} 号窗口还开着，不能撤。请先关掉这个窗口，再保存。', 'refused.wrong-range': '号段不对：末号不能小于首号，只能从 1 到 999。',
  'refused.not-leading': '机器之间还没有对上，没有办成。请手工发号，恢复后再办。', 'refused.unsure': '办成没有还不知道。请看手里的号和名单再定。', 'refused.not-allowed': '这个账号不能办这一步。请换有权限的账号，或者找管理员。',
  'ended.not-allowed': '这个账号不能办这一步。请换有权限的账号，或者找管理员。', 'ended.broken': '机器看不懂这一步，没有办成。请刷新页面再试；仍不行请告诉管理员。', 'ended.broken.unknown': '机器看不懂再送的这一步，办成没有还不知道。请刷新页面，先看手里的号。', 'ended.given-up': '不再等了。这一步办成没有还不知道：先看手里的号和名单，再按下一个键。',

  'again.title.slow': '还没有答复，正在等', 'again.title.no-answer': '线路断了，正在重新送', 'again.title.not-leading': '机器之间还没有对上，正在等', 'again.title.unsure': '还不知道办成没有，正在核对', 'again.words': '还是同一步，只会办一次。已等 {seconds} 秒。在这之前不收别的操作。', 'again.give-up': '先不等了', 'again.machine': '正在问 {machine}',

  'alone.title': '暂停叫号', 'alone.words': '机器之间还没有对上，现在叫号会叫重。请手工发号：撕备用票卷，按撕号次序喊人。对上后自动恢复，再按 D 登记票卷。',
  'offline.title': '连不上机器', 'offline.words': '{time} 以后没有消息，下面是那时的情形。正在自动重连，不用刷新。',
  'undo.words': '没有撤销：叫出去的号收不回，每一步都留记录。叫错了按 M 记过号，他回来时按 B；转错了由那个窗口转回来；没办完就按了办结，请代取一个新号。',

  'dialog.cancel': '取消', 'dialog.close': '知道了', 'dialog.choose': '↑ ↓ 选，Enter 定',
  'suspend.title': '{code} 旁边等，为什么？', 'pause.title': '为什么暂停？', 'pause.1': '暂离', 'pause.2': '用餐', 'pause.3': '整理材料', 'pause.4': '业务会议', 'pause.other': '别的原因', 'pause.other.button': '按这个原因暂停',
  'transfer.title': '{code} 转到哪里？', 'transfer.business': '业务', 'transfer.to': '窗口', 'transfer.any': '办这项业务的任何窗口', 'transfer.here': '本窗口：接着办，不排队', 'transfer.place': '位置', 'transfer.end': '排到队尾', 'transfer.keep': '保留原位', 'transfer.submit': '转移', 'transfer.window': '{window} 号窗口',
  'call.title': '叫哪个号？', 'return.title': '谁回来了？', 'leave.title': '谁不办了？', 'priority.title': '给谁优先？', 'pick.number': '号码', 'pick.list': '能选的号', 'pick.none': '“{typed}”不在这里能选的号里。只能选本窗口在等、在旁边等或者过号的号。', 'pick.hand': '手里的号', 'pick.gone': '选的号刚刚有变动，请再选一次。',
  'call.submit': '叫这个号', 'return.submit': '回到队里', 'leave.submit': '不办了', 'leave.words': '记为不办了以后，这个号不会再叫。',
  'priority.which': '优先', 'priority.reason': '理由（留记录）', 'priority.submit': '改优先', 'priority.no-reason': '请写理由。优先要留记录，谁都能查。',
  'note.title': '给 {code} 留言', 'note.words': '留给下一个窗口', 'note.submit': '留言', 'note.empty': '请写几个字。不要写姓名和证件号。', 'note.hint': '不要写姓名和证件号，最多 300 字。',
  'take.title': '代取号', 'take.business': '业务', 'take.priority': '优先', 'take.submit': '取号', 'take.done': '请把这个号写给他', 'serve.title': '无号办理', 'serve.business': '业务', 'serve.minutes': '办了几分钟', 'serve.submit': '登记', 'serve.wrong': '请填 0 到 600 的整数。',
  'close.title': '关闭 {window} 号窗口？', 'close.words': '还有 {count} 人在等本窗口的业务。关窗后由别的窗口叫。', 'close.none': '现在没有人等。', 'close.submit': '关窗',
  'roll.title': '登记票卷', 'roll.words': '断线时撕下发出的号，逐个登记，按撕号时间排进队里。', 'roll.business': '业务', 'roll.first': '首号', 'roll.last': '末号', 'roll.at': '撕号时间', 'roll.submit': '开始登记', 'roll.wrong': '首号、末号填 1 到 999，末号不小于首号。', 'roll.wrong-time': '时间不对：要今天，不能晚于现在。',
  'roll.progress': '登记到 {code}，{done} / {all}', 'roll.stop': '停在这里', 'roll.over': '登记了 {done} 个，{refused} 个没有登记。', 'roll.stopped': '停下了：登记了 {done} 个，{refused} 个没有登记，{left} 个没有轮到。', 'roll.refused': '没有登记的号', 'roll.number': '{code}：{words}', 'roll.again': '再登记一段',
  'help.title': '快捷键', 'help.in-hand': '手里的号', 'help.about': '关于一个号', 'help.desk': '窗口', 'help.page': '页面', 'help.manager': '管理页', 'help.on': '单个字母起作用', 'help.on.words': '关掉以后只有功能键和按钮起作用。用语音输入、或者容易碰到键盘的，请关掉。', 'help.ime': '输入法开着中文也一样按。按住不放只算一次；上一步没有办完时，别的键不起作用。',
  'help.machines': '这台机器坏了、页面又打不开时，用这些地址：',
  'crashed.title': '这个页面出错了', 'crashed.words': '刚才的操作可能没有办成，请重新载入后先看手里的号。', 'crashed.reload': '重新载入',
} as const;

export type TextKey = keyof typeof TEXTS;
export const TEXT_KEYS = Object.keys(TEXTS) as TextKey[];

export function t(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  return TEXTS[key].replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** A keyword that came over the road. One that this version does not know is shown as it came. @param prefix what stands before it in the key */
export function word(prefix: string, keyword: string): string {
  const key = `${prefix}.${keyword}`;
  return Object.hasOwn(TEXTS, key) ? TEXTS[key as TextKey] : keyword;
}
