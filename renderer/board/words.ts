/** What boards say: Chinese first, and small beside it the English of the same. */
export type Words = { zh: string; en: string };

export const WORDS = {
  title: { zh: '叫号', en: 'Now calling' },
  waiting: { zh: '等候', en: 'Waiting' },
  people: { zh: '人', en: '' },
  serving: { zh: '正在办理', en: 'Now serving' },
  none: { zh: '现在没有叫号', en: 'Nobody is being called' },
  noneLead: { zh: '叫到您时，这里会显示，也会播报。', en: 'Your number will be shown here and read out.' },
  noneSilent: { zh: '叫到您时，这里会显示。', en: 'Your number will be shown here.' },
  notOpen: { zh: '窗口还没有开始办理', en: 'The counters are not open yet' },
  notOpenLead: { zh: '可以先取号，在这里等候。', en: 'You can take a ticket and wait here.' },
  connecting: { zh: '正在连接', en: 'Connecting' },
  never: { zh: '还没有收到叫号消息，请听工作人员安排', en: 'No connection to the queue yet. Please follow the staff.' },
  paused: { zh: '暂停叫号，请听工作人员安排', en: 'Calling is paused. Please follow the staff.' },
  again: { zh: '再次呼叫', en: 'Called again' },
  unknownWindow: { zh: '没有这个窗口，请核对网址', en: 'There is no such window' },
  called: { zh: '请到本窗口办理', en: 'Please come to this window' },
  atWork: { zh: '正在办理', en: 'Now serving' },
  open: { zh: '请等候叫号', en: 'Please wait to be called' },
  resting: { zh: '暂停办理', en: 'Paused' },
  closed: { zh: '未开放', en: 'Closed' },
  sound: { zh: '开声音', en: 'Turn the sound on' },
  rateThanks: { zh: '谢谢您的评价', en: 'Thank you for your rating' },
  rateFailed: { zh: '没有提交成功，请再按一次', en: 'It was not sent. Please press again.' },
  rateIdle: { zh: '欢迎', en: 'Welcome' },
  rateIdleLead: { zh: '办完以后，请在这里评价。', en: 'When you have finished, please rate the service here.' },
} as const satisfies Record<string, Words>;

export const atWindow = (window: number): Words => ({ zh: `${window}号窗口`, en: `Window ${window}` });
export const since = (time: string): Words => ({ zh: `${time} 以后没有收到叫号消息，下面是当时的情况。请听工作人员安排`, en: `No news since ${time}; this is how it stood then. Please follow the staff.` });
export const updated = (time: string): Words => ({ zh: `更新于 ${time}`, en: `Updated ${time}` });
export const more = (count: number): Words => ({ zh: `还有 ${count} 个号在叫，请看窗口上方`, en: `${count} more are being called: see above the windows` });
export const noVoice = (names: readonly string[]): Words => ({ zh: `没有语音“${names.join('、')}”`, en: `No voice “${names.join(', ')}”` });
export const served = (code: string): Words => ({ zh: `${code} 已办完，谢谢您！`, en: `${code} is done. Thank you!` });
