/**
 * Laws that items rest on and until when they hold, so that a guide that names one that is no longer law is noticed. Titles without book marks, as
 * promulgated. A law that is not in the list says nothing. Add a line where an item of a pack names a law that has ended or is about to;
 * each line names where it is said.
 */
export type Law = {
  title: string;
  /** Civil date. */
  inForceFrom: string;
  /** First day it no longer holds; null while it holds. */
  endedOn: string | null;
  /** What stands in its place, or an empty text. */
  replacedBy: string;
  /** The act that says so. */
  source: string;
};

export const LAWS: readonly Law[] = [
  { title: '中华人民共和国行政许可法', inForceFrom: '2004-07-01', endedOn: null, replacedBy: '', source: '2003年主席令第7号；2019-04-23修正' },
  { title: '中华人民共和国老年人权益保障法', inForceFrom: '1996-10-01', endedOn: null, replacedBy: '', source: '1996年主席令第73号；2018-12-29修正' },
  { title: '中华人民共和国水法', inForceFrom: '2002-10-01', endedOn: null, replacedBy: '', source: '2002年主席令第74号；2016-07-02修正' },
  { title: '取水许可和水资源费征收管理条例', inForceFrom: '2006-04-15', endedOn: null, replacedBy: '', source: '国务院令第460号；2017-03-01修订' },
  { title: '取水许可制度实施办法', inForceFrom: '1993-09-01', endedOn: '2006-04-15', replacedBy: '取水许可和水资源费征收管理条例', source: '国务院令第460号第五十八条' },
  { title: '中华人民共和国市场主体登记管理条例', inForceFrom: '2022-03-01', endedOn: null, replacedBy: '', source: '国务院令第746号' },
  { title: '中华人民共和国公司登记管理条例', inForceFrom: '1994-07-01', endedOn: '2022-03-01', replacedBy: '中华人民共和国市场主体登记管理条例', source: '国务院令第746号第五十五条' },
  { title: '中华人民共和国企业法人登记管理条例', inForceFrom: '1988-07-01', endedOn: '2022-03-01', replacedBy: '中华人民共和国市场主体登记管理条例', source: '国务院令第746号第五十五条' },
  { title: '中华人民共和国合伙企业登记管理办法', inForceFrom: '1997-11-19', endedOn: '2022-03-01', replacedBy: '中华人民共和国市场主体登记管理条例', source: '国务院令第746号第五十五条' },
  { title: '促进个体工商户发展条例', inForceFrom: '2022-11-01', endedOn: null, replacedBy: '', source: '国务院令第755号' },
  { title: '个体工商户条例', inForceFrom: '2011-11-01', endedOn: '2022-11-01', replacedBy: '促进个体工商户发展条例', source: '国务院令第755号第三十八条' },
  { title: '城乡个体工商户管理暂行条例', inForceFrom: '1987-09-01', endedOn: '2011-11-01', replacedBy: '个体工商户条例', source: '国务院令第596号' },
  { title: '中华人民共和国民法典', inForceFrom: '2021-01-01', endedOn: null, replacedBy: '', source: '2020年主席令第45号' },
  { title: '中华人民共和国婚姻法', inForceFrom: '1981-01-01', endedOn: '2021-01-01', replacedBy: '中华人民共和国民法典', source: '民法典第一千二百六十条' },
  { title: '中华人民共和国继承法', inForceFrom: '1985-10-01', endedOn: '2021-01-01', replacedBy: '中华人民共和国民法典', source: '民法典第一千二百六十条' },
  { title: '中华人民共和国收养法', inForceFrom: '1992-04-01', endedOn: '2021-01-01', replacedBy: '中华人民共和国民法典', source: '民法典第一千二百六十条' },
  { title: '中华人民共和国担保法', inForceFrom: '1995-10-01', endedOn: '2021-01-01', replacedBy: '中华人民共和国民法典', source: '民法典第一千二百六十条' },
  { title: '中华人民共和国合同法', inForceFrom: '1999-10-01', endedOn: '2021-01-01', replacedBy: '中华人民共和国民法典', source: '民法典第一千二百六十条' },
  { title: '中华人民共和国物权法', inForceFrom: '2007-10-01', endedOn: '2021-01-01', replacedBy: '中华人民共和国民法典', source: '民法典第一千二百六十条' },
  { title: '中华人民共和国侵权责任法', inForceFrom: '2010-07-01', endedOn: '2021-01-01', replacedBy: '中华人民共和国民法典', source: '民法典第一千二百六十条' },
  { title: '中华人民共和国民法通则', inForceFrom: '1987-01-01', endedOn: '2021-01-01', replacedBy: '中华人民共和国民法典', source: '民法典第一千二百六十条' },
  { title: '中华人民共和国民法总则', inForceFrom: '2017-10-01', endedOn: '2021-01-01', replacedBy: '中华人民共和国民法典', source: '民法典第一千二百六十条' },
];

/** `《中华人民共和国水法》（2016年修正）` and `中华人民共和国水法` are one law. */
export function lawTitled(name: string, laws: readonly Law[]): Law | null {
  const title = /《(.+)》/.exec(name)?.[1] ?? name.replace(/（.*?）/g, '').trim();
  return laws.find((law) => law.title === title) ?? null;
}
