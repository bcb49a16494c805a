/** Rows, what follows by itself, answers offered again, and going on another time. */
export const filling = {
  'form.computed': '自动算出，不用填写。',
  'form.computed.none': '填好上面的内容后自动算出',
  'form.error.too-many-rows': '填得太多了，请减少',
  'rows.first': '添加{name}',
  'rows.add': '再加一个{name}',
  'rows.full': '最多可以填 {count} 个',
  'rows.remove': '去掉{name}',
  'rows.remove.short': '去掉',
  'rows.none': '没有填写',
} as const;
