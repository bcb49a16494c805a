import type { MessageKind } from '../../../domain/messages/message.ts';

/** A beginning for a reply; what stands in 【】 is for the writer to fill in. */
export type ReplyTemplate = { name: string; words: string };

const GENERAL: readonly ReplyTemplate[] = [
  { name: '已办好', words: '您好，您反映的【事情】已经办好。如果还有问题，请再告诉我们。' },
  { name: '需要到场', words: '您好，这件事需要您带【材料】到【地点】当面办理，工作日【时间】都可以来。' },
];

const OF_KIND: Readonly<Record<MessageKind, readonly ReplyTemplate[]>> = {
  consult: [
    { name: '怎么办', words: '您好，【事项】需要【材料】，可以在自助终端办，也可以到窗口办，【时限】办好，【收费情况】。' },
    { name: '去哪里办', words: '您好，【事项】在【地点】办理，办公时间【时间】，电话【电话】。' },
  ],
  complain: [
    { name: '属实，已整改', words: '您好，经核实，您反映的【问题】属实。我们已经【措施】。给您带来不便，向您致歉。' },
    { name: '不属实，说明', words: '您好，经核实，【经过】。依据【规定】，【结论】。感谢您的监督。' },
  ],
  suggest: [
    { name: '采纳', words: '您好，感谢您的建议。我们将从【时间】起【做法】。' },
    { name: '暂不采纳', words: '您好，感谢您的建议。因为【原因】，目前还做不到，我们会【以后的打算】。' },
  ],
  'guide-error': [
    { name: '已改正', words: '您好，您指出的【指南名称】中【错处】确实有误，已经改为【正确内容】。感谢您指正。' },
    { name: '没有错', words: '您好，经核对，【指南名称】的【内容】依据【规定】，没有错误。您可能想问的是【说明】。' },
  ],
};

/** What replies to a kind of message often say. */
export function replyTemplates(kind: MessageKind): readonly ReplyTemplate[] {
  return [...OF_KIND[kind], ...GENERAL];
}

/** A place that a template left open, so that nobody sends one. */
export function openPlace(words: string): string | null {
  return /【[^】]*】/.exec(words)?.[0] ?? null;
}
