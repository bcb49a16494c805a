/** A page of a fictional household register as a JPEG, drawn here: what a captured material looks like in the scenes. */
export async function samplePage(): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = document.createElement('canvas');
  canvas.width = 620;
  canvas.height = 877;
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('no canvas');
  pen.fillStyle = '#f3efe4';
  pen.fillRect(0, 0, 620, 877);
  pen.strokeStyle = '#7a6a55';
  pen.fillStyle = '#3a3128';
  pen.font = '700 34px sans-serif';
  pen.fillText('常住人口登记卡', 180, 90);
  pen.font = '22px sans-serif';
  for (let row = 0; row < 12; row += 1) {
    pen.strokeRect(50, 130 + row * 56, 520, 56);
    pen.fillText(['姓名', '与户主关系', '性别', '民族', '籍贯', '出生地', '住址', '文化程度', '婚姻状况', '职业', '服务处所', '登记日期'][row] ?? '', 66, 166 + row * 56);
    pen.fillText(['王守田', '户主', '男', '汉族', '浙江新昌', '浙江新昌', '南明街道人民西路 12 号', '初中', '已婚', '农民', '—', '2011 年 6 月 8 日'][row] ?? '', 250, 166 + row * 56);
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.8));
  if (blob === null) throw new Error('no picture');
  return new Uint8Array(await blob.arrayBuffer());
}
