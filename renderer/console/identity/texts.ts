/** What the console says of signing in step by step, of accounts, and of what takes two people. */
export const IDENTITY_TEXTS = {
  'code.title': '输入动态口令', 'code.words': '打开手机上的身份验证器，输入这个账号现在的六位数字。', 'code.label': '动态口令', 'code.recovery.label': '恢复码', 'code.use-recovery': '手机不在身边？用恢复码', 'code.use-app': '改用动态口令',
  'code.recovery.words': '恢复码是启用动态口令时抄下的十组字母，每组只能用一次。用完或者找不到，请系统管理员重置。', 'code.submit': '继续', 'code.refused': '口令不对，或者已经用过。请等下一组数字再试。', 'code.recovery.refused': '恢复码不对，或者已经用过。',
  'step.leave': '返回登录', 'step.over': '登录中断太久，请从头登录。', 'step.broken': '大厅没有办成这一步，请再试一次。',

  'first-password.title': '换成自己的密码', 'first-password.words': '现在的密码是别人给的，只能用这一次。请换一个只有自己知道的。', 'password.new': '新密码', 'password.again': '再输一遍', 'password.old': '现在的密码', 'password.rules': '至少 12 个字，越长越好；不含账号名，不用常见密码。一句自己记得住的话就很好。', 'password.differ': '两遍不一样，请重新输入。', 'password.save': '保存密码', 'password.empty': '请把密码填全。',
  'password.fault.too-short': '太短了，至少 12 个字。', 'password.fault.too-long': '太长了，最多 200 个字。', 'password.fault.common': '太常见，很容易被猜到，请换一个。', 'password.fault.names-account': '密码里不能有账号名。', 'password.fault.same': '和原来的密码一样，请换一个。', 'password.fault.refused': '现在的密码不对。', 'password.fault.signed-out': '登录已到期，请重新登录。',

  'enrol.title': '启用动态口令', 'enrol.words': '您的岗位要看管别人的权限或者记录，只靠密码不够。以后登录，除了密码还要手机上的六位数字。', 'enrol.scan': '用手机上的身份验证器扫码', 'enrol.apps': '任何支持 TOTP 的身份验证器都可以，不需要联网。', 'enrol.typed': '不能扫码时，手工输入密钥', 'enrol.code': '输入手机上显示的六位数字', 'enrol.submit': '确认启用', 'enrol.qr': '动态口令的二维码', 'enrol.refused': '数字不对。请等下一组再试，并核对手机时间是否准确。',
  'recovery.title': '抄下恢复码', 'recovery.words': '手机丢了或者换了，用它登录。每组只能用一次，只显示这一遍，不要存在这台电脑里。', 'recovery.written': '我已经抄好', 'recovery.go-on': '进入工作台', 'recovery.done': '完成', 'recovery.print': '打印',

  'welcome.first': '欢迎，{name}。', 'welcome.last': '上次登录：{at}，来自 {address}。', 'welcome.failed': '其后有 {count} 次没有登录成功。不是本人，请马上改密码并告诉系统管理员。',
  'demo.no-second-factor': '演示环境不强制动态口令',

  'shell.my-account': '我的账号', 'shell.accounts': '账号', 'shell.proposals': '复核',

  'mine.title': '我的账号', 'mine.words': '{account}，{role}。姓名、岗位和范围由系统管理员改。', 'mine.password': '密码', 'mine.password.words': '改了以后，别处的登录都会退出。', 'mine.password.done': '密码已改，别处的登录都已退出。',
  'mine.second': '动态口令', 'mine.second.on': '已启用，{at} 起', 'mine.second.off': '没有启用', 'mine.second.needed': '您的岗位必须启用', 'mine.second.free': '您的岗位可以不用，启用后更安全。', 'mine.second.enrol': '启用', 'mine.recovery.left': '还有 {count} 组恢复码没用过', 'mine.recovery.renew': '重新生成恢复码', 'mine.recovery.words': '原来的恢复码全部作废。先输入手机上的六位数字。', 'mine.second.lost': '手机丢了：用恢复码登录，再请系统管理员重置。',
  'mine.sessions': '我的登录', 'mine.sessions.words': '闲置半小时或者满九小时自动退出。', 'mine.sessions.own': '就是这里', 'mine.sessions.since': '登录', 'mine.sessions.seen': '最近操作', 'mine.sessions.address': '地址', 'mine.sessions.end': '退出', 'mine.sessions.end-others': '退出其他登录', 'mine.sessions.none': '没有别处的登录。', 'mine.sessions.ended': '已退出 {count} 处登录。',

  'accounts.title': '账号', 'accounts.words': '岗位决定能做什么，范围决定够得着哪些办件。改岗位、改范围和重置动态口令要另一个人复核后才生效。', 'accounts.empty': '还没有账号。', 'accounts.make': '新建账号', 'accounts.search': '搜账号、姓名或岗位', 'accounts.nobody': '没有相符的账号。',
  'accounts.column.account': '账号', 'accounts.column.role': '岗位', 'accounts.column.scope': '范围', 'accounts.column.standing': '状态', 'accounts.column.second': '动态口令', 'accounts.column.last': '上次登录', 'accounts.column.sessions': '登录中', 'accounts.edit': '打开 {name}',
  'standing.active': '正常', 'standing.disabled': '已停用', 'standing.waiting': '待复核', 'accounts.locked': '锁定到 {until}', 'accounts.one-time': '未换初始密码', 'accounts.proposed': '有待复核的更改', 'accounts.never': '从未', 'accounts.second.on': '已启用', 'accounts.second.off': '—',
  'scope.all': '全县', 'scope.departments': '部门', 'scope.sites': '网点', 'scope.items': '事项', 'scope.some': '{count} 个{what}', 'scope.any': '不限', 'scope.words': '三项都留空就是全县；填了的，同时满足才够得着。',
  'editor.new': '新建账号', 'editor.account': '账号', 'editor.account.rule': '小写字母开头，3 到 32 个小写字母、数字或 . - _', 'editor.name': '姓名', 'editor.name.save': '改名', 'editor.role': '岗位', 'editor.role.second': '这个岗位登录必须用动态口令。', 'editor.part.who': '本人', 'editor.part.role': '岗位和范围', 'editor.part.safety': '安全', 'editor.propose': '提请复核', 'editor.make': '新建并提请复核', 'editor.make.words': '建好后给出一次性密码。另一个人复核岗位以前，不能登录。',
  'editor.reset-password': '重置密码', 'editor.reset-password.words': '给一个一次性密码，七天有效，第一次登录必须换掉；所有登录退出。', 'editor.end-sessions': '退出所有登录', 'editor.end-sessions.words': '现在有 {count} 处登录。', 'editor.no-second': '重置动态口令', 'editor.no-second.words': '手机和恢复码都丢了才用。先当面核实本人；要另一个人复核。', 'editor.disable': '停用账号', 'editor.disable.words': '马上退出，不能再登录。记录都保留。', 'editor.enable': '恢复账号', 'editor.enable.words': '可以再登录，岗位和范围不变。', 'editor.own': '这是您自己的账号：密码在“我的账号”里改，岗位由别人改。',
  'editor.done.rename': '姓名已改。', 'editor.done.disable': '账号已停用。', 'editor.done.enable': '账号已恢复。', 'editor.done.sessions': '已退出 {count} 处登录。', 'editor.done.propose': '已提请复核，七天内由另一个人决定。',
  'editor.fault.unchanged': '没有改动。', 'editor.fault.own-account': '不能对自己的账号这样做。', 'editor.fault.already-proposed': '已经有一项在等复核。', 'editor.fault.unknown-account': '没有这个账号。', 'editor.fault.taken': '这个账号名已经有人用。', 'editor.fault.broken': '大厅没有办成，请再试一次。', 'editor.incomplete': '请把账号和姓名填对。',
  'one-time.title': '{account} 的一次性密码', 'one-time.words': '当面交给本人，只显示这一遍，七天内有效。第一次登录必须换掉。', 'one-time.close': '已经交给本人',

  'proposals.title': '复核', 'proposals.words': '这些事一个人不能单独做。提请的人自己不能复核；七天没有人决定就作废。', 'proposals.open': '待复核', 'proposals.decided': '最近', 'proposals.none': '没有等复核的事。', 'proposals.by': '{name} 提请，{at}', 'proposals.until': '{until} 前有效', 'proposals.own': '等另一个人复核', 'proposals.other': '由有复核权的人决定', 'proposals.approve': '同意并执行', 'proposals.refuse': '不同意', 'proposals.withdraw': '撤回', 'proposals.sure.approve': '同意后马上生效，不能撤销。', 'proposals.sure.refuse': '不同意以后要重新提请。', 'proposals.column.what': '事项', 'proposals.column.subject': '对象', 'proposals.column.outcome': '结果', 'proposals.column.by': '提请', 'proposals.column.decided': '决定',
  'proposal.account.role': '岗位和范围', 'proposal.account.second-factor-reset': '重置动态口令', 'proposal.retention.reads': '删除到期的查阅记录',
  'proposal.new': '新账号', 'proposal.from': '原来', 'proposal.to': '改为', 'proposal.second': '这个账号的动态口令和恢复码都会作废，下次登录重新启用。请先确认提请的人核实过本人。', 'proposal.retention': '删除 {before} 以前的查阅记录。法律要求至少保存三年；删掉的记录再也查不到，链条仍可核验。',
  'outcome-of.open': '待复核', 'outcome-of.approved': '已同意', 'outcome-of.refused': '不同意', 'outcome-of.withdrawn': '已撤回', 'outcome-of.expired': '过期作废',
  'decide.done.approve': '已同意，马上生效。', 'decide.done.refuse': '已记下不同意。', 'decide.done.withdraw': '已撤回。', 'decide.fault.own-proposal': '自己提请的，要由另一个人复核。', 'decide.fault.already-decided': '刚刚已经有人决定了。', 'decide.fault.expired': '已经过期，请重新提请。', 'decide.fault.unknown-proposal': '没有这一项，或者您不能复核它。', 'decide.fault.failed': '情况已经变了，没有执行。请让提请的人重新提请。', 'decide.fault.broken': '大厅没有办成，请再试一次。',
} as const;
