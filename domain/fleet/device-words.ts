/**
 * Devices and their states in words, by text key: one set for screens, consoles and paper.
 */

/** Names of devices, as `DeviceName` has them. */
export const deviceNames = {
  'device.id-card-reader': '身份证阅读器',
  'device.code-scanner': '扫码器',
  'device.document-scanner': '扫描仪',
  'device.ticket-printer': '小票打印机',
  'device.document-printer': '文档打印机',
  'device.board': '机柜控制板',
  'device.ups': '不间断电源',
};

/** Why a device cannot work, or a paper was not printed, in words for everybody: the keywords of `DeviceStatus` and `PrintProgress`. */
export const deviceReasons = {
  'device.reason.starting': '设备正在启动，请稍候',
  'device.reason.host-starting': '设备正在启动，请稍候',
  'device.reason.unplugged': '设备没有连接',
  'device.reason.not-permitted': '设备被占用',
  'device.reason.no-answer': '设备没有回应',
  'device.reason.garbled': '设备连接不稳',
  'device.reason.not-configured': '本机没有这个设备',
  'device.reason.paper-out': '缺纸',
  'device.reason.jam': '卡纸',
  'device.reason.cover-open': '盖子没有关好',
  'device.reason.cutter': '切刀卡住',
  'device.reason.head-hot': '打印头太热，稍后会自动恢复',
  'device.reason.tray-missing': '纸盒没有装好',
  'device.reason.tray-full': '出纸口满了，请先取走纸张',
  'device.reason.toner-empty': '没有墨粉',
  'device.reason.waste-full': '废粉盒满了',
  'device.reason.busy': '打印机正忙',
  'device.reason.offline': '打印机没有连接',
  'device.reason.missing-glyph': '有的字本机打不出来，请到大厅领取',
  'device.reason.cancelled': '已取消',
  'device.reason.cancelled-at-printer': '在打印机上被取消',
  'device.reason.store-full': '本机存储已满。办件已存好，请记下编号',
  'device.reason.power-out': '停电，电池不够用',
  'device.reason.no-blanks': '证照专用纸用完了，请到大厅领取',
  'device.reason.blanks-in-doubt': '证照专用纸要管理员先清点，请到大厅领取',
  'device.reason.no-such-tray': '证照专用纸的纸盒没有装好，请到大厅领取',
  'device.reason.maintenance': '管理员正在维护，请稍候',
  'device.reason.maintenance-unfinished': '维护还没有结束',
  'device.reason.host-lost': '设备程序重新启动了',
  'device.reason.cannot-confirm': '这个型号不报打印结果',
  'device.reason.no-confirmation': '打印机没有报打印结果',
  'device.reason.other': '设备暂时不能用',
};

/** Keywords that only those who look after machines are told in these words; a citizen is told that the device cannot be used. */
export const technicalReasons = {
  'device.reason.paper-low': '纸快用完',
  'device.reason.toner-low': '墨粉快用完',
  'device.reason.paper-size': '没有 A4 纸',
  'device.reason.tray-almost-full': '出纸口快满',
  'device.reason.waste-almost-full': '废粉盒快满',
  'device.reason.fault': '故障',
  'device.reason.not-available': '打印机停着',
  'device.reason.spool-full': '打印机内存满',
  'device.reason.no-pdf': '打印机不收 PDF',
  'device.reason.no-permission': '打印机拒绝本机',
  'device.reason.no-such-printer': '地址上没有这台打印机',
  'device.reason.no-spooler': '本机没有 Windows 打印服务',
  'device.reason.not-ipp': '地址上不是打印机',
  'device.reason.unknown-model': '设置里的型号不认识',
  'device.reason.buffer-not-cleared': '打印机里留有旧内容，请断电重启',
  'device.reason.sam-self-test-failed': '安全模块自检不通过，需要维修',
  'device.reason.sam-not-authorised': '安全模块未授权，需要维修',
  'device.reason.no-status-support': '这个型号不报状态',
  'device.reason.unrecoverable-error': '打印机故障，需要维修',
  'device.reason.not-ready': '没有就绪',
  'device.reason.tampered': '机箱被移动或撬动，请到现场查看后确认',
  'device.reason.door-open': '维护门没有关好',
  'device.reason.key-jammed': '键盘有按键卡住',
  'device.reason.presence-stuck': '人体感应器一直有信号，请清洁或检查',
  'device.reason.unsupported-version': '固件版本与本程序不符',
  'device.reason.power-ending': '市电中断，电池快用完，已停止受理',
  'device.reason.on-battery': '市电中断，正在用电池',
  'device.reason.battery-low': '电池电量低',
  'device.reason.replace-battery': '电池需要更换',
  'device.reason.overload': '不间断电源过载',
  'device.reason.bypass': '不间断电源旁路，断电时没有保护',
  'device.reason.alarm': '不间断电源报警',
  'device.reason.output-off': '不间断电源没有输出',
  'device.reason.data-stale': '不间断电源没有新数据',
  'device.reason.driver-not-connected': '不间断电源的驱动没有运行',
  'device.reason.no-such-ups': '设置里的不间断电源名称不对',
  'device.reason.refused': '设备拒绝本机',
};

export const deviceReasonsEn: Record<keyof typeof deviceReasons, string> = {
  'device.reason.starting': 'the device is starting, please wait',
  'device.reason.host-starting': 'the device is starting, please wait',
  'device.reason.unplugged': 'the device is not connected',
  'device.reason.not-permitted': 'the device is in use elsewhere',
  'device.reason.no-answer': 'the device does not answer',
  'device.reason.garbled': 'the connection to the device is bad',
  'device.reason.not-configured': 'this machine has no such device',
  'device.reason.paper-out': 'no paper',
  'device.reason.jam': 'paper jam',
  'device.reason.cover-open': 'the cover is open',
  'device.reason.cutter': 'the cutter is stuck',
  'device.reason.head-hot': 'the print head is hot and will recover',
  'device.reason.tray-missing': 'the paper tray is missing',
  'device.reason.tray-full': 'the tray is full, please take the papers first',
  'device.reason.toner-empty': 'no toner',
  'device.reason.waste-full': 'the waste box is full',
  'device.reason.busy': 'the printer is busy',
  'device.reason.offline': 'the printer is not connected',
  'device.reason.missing-glyph': 'a character cannot be printed here, please collect it at the hall',
  'device.reason.cancelled': 'cancelled',
  'device.reason.cancelled-at-printer': 'cancelled at the printer',
  'device.reason.store-full': 'this machine is full. Your case is safe, please note its number',
  'device.reason.power-out': 'power cut, and the battery is too low',
  'device.reason.no-blanks': 'the certificate paper is used up, please collect it at the hall',
  'device.reason.blanks-in-doubt': 'the certificate paper must be counted first, please collect it at the hall',
  'device.reason.no-such-tray': 'the tray of certificate paper is missing, please collect it at the hall',
  'device.reason.maintenance': 'being looked after, please wait a moment',
  'device.reason.maintenance-unfinished': 'its maintenance has not ended',
  'device.reason.host-lost': 'the program of the devices was restarted',
  'device.reason.cannot-confirm': 'this model does not report how a print ended',
  'device.reason.no-confirmation': 'the printer did not report how the print ended',
  'device.reason.other': 'the device is not working',
};

/** The name of a device, and the keyword of its state or warning, for the people who look after machines. What this program has no word for stands as it is. */
export function deviceName(device: string): string {
  return wordOf(deviceNames, `device.${device}`) ?? device;
}

export function reasonWords(keyword: string): string {
  return wordOf(deviceReasons, `device.reason.${keyword}`) ?? wordOf(technicalReasons, `device.reason.${keyword}`) ?? keyword;
}

function wordOf(words: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(words, key) ? words[key] : undefined;
}
