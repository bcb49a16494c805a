/** What sets the certificates apart: page, ink and the words of each template. The frame is one. */
import type { Certificate } from '../../domain/action/payload.ts';
import { A4 } from './layout/commands.ts';
import type { Colour } from './layout/commands.ts';

export type Template = {
  page: { width: number; height: number };
  ink: Colour;
  /** What the holder is called on this paper. */
  holder: string;
  /** The sentence under the title: by which law, for what. */
  clause: string;
};

const UPRIGHT = A4;
const LYING = { width: A4.height, height: A4.width };

export const TEMPLATES: Record<Certificate['template'], Template> = {
  'elder-card': {
    page: UPRIGHT,
    ink: '#8E1B2C',
    holder: '持证人',
    clause: '依照《中华人民共和国老年人权益保障法》，持证人凭本证享受老年人社会优待。',
  },
  'business-licence': {
    page: LYING,
    ink: '#8A5A12',
    holder: '名称',
    clause: '依照《中华人民共和国市场主体登记管理条例》，经核准，准予登记。',
  },
  'water-permit': {
    page: UPRIGHT,
    ink: '#14507A',
    holder: '取水权人',
    clause: '依照《中华人民共和国水法》和《取水许可和水资源费征收管理条例》，准予按下列事项取水。',
  },
};

export const INK = '#1B1B1B';
export const GREY = '#5C5C5C';
/** Paper edge to frame in points (about 8 mm: inside what office printers can reach). */
export const MARGIN = 24;
/** Frame to text. */
export const INSET = 56;
