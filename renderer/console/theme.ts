import type { ThemeConfig } from 'antd';

/** The terminals' ink, paper and seal, for a desk: the same family at reading distance. Every pair of text and ground is 4.5 : 1 or more. */
export const COLOURS = {
  ink: '#17302f', inkSoft: '#4d6361', inkFaint: '#546663',
  paper: '#f4f1ea', surface: '#fffefb', sunk: '#efebe2',
  line: '#e0d9cb', lineStrong: '#b9b3a4',
  primary: '#1d4e57', primaryDeep: '#12383f', primarySoft: '#e3edec',
  seal: '#a8341d', sealSoft: '#fbeae4', good: '#2a6340', goodSoft: '#e5f0e6', warn: '#7d4d06', warnSoft: '#faefd6',
} as const;

const FONTS = "'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei UI', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";

/** @param still no movement, for those who asked their system for that */
export function consoleTheme(still: boolean): ThemeConfig {
  return {
    token: {
      colorPrimary: COLOURS.primary, colorInfo: COLOURS.primary, colorLink: COLOURS.primary, colorLinkHover: COLOURS.primaryDeep, colorSuccess: COLOURS.good, colorWarning: COLOURS.warn, colorError: COLOURS.seal,
      colorText: COLOURS.ink, colorTextSecondary: COLOURS.inkSoft, colorTextTertiary: COLOURS.inkFaint, colorTextPlaceholder: COLOURS.inkFaint, colorTextHeading: COLOURS.ink,
      colorBgLayout: COLOURS.paper, colorBgContainer: COLOURS.surface, colorBgElevated: COLOURS.surface, colorBorder: COLOURS.lineStrong, colorBorderSecondary: COLOURS.line, colorSplit: COLOURS.line,
      colorBgMask: 'rgb(10 34 36 / 48%)', colorPrimaryBg: COLOURS.primarySoft,
      colorErrorBg: COLOURS.sealSoft, colorErrorBorder: '#e2b7aa', colorWarningBg: COLOURS.warnSoft, colorWarningBorder: '#e2c995', colorSuccessBg: COLOURS.goodSoft, colorSuccessBorder: '#b3d0b6', colorInfoBg: COLOURS.primarySoft, colorInfoBorder: '#b4cccb',
      fontFamily: FONTS, fontSize: 14, lineHeight: 1.55, borderRadius: 6, borderRadiusLG: 10, controlHeight: 34, wireframe: false, motion: !still,
      boxShadow: '0 12px 40px rgb(10 34 36 / 18%)', boxShadowSecondary: '0 10px 32px rgb(10 34 36 / 16%)',
      controlOutline: 'rgb(29 78 87 / 22%)',
    },
    components: {
      Table: { headerBg: COLOURS.sunk, headerColor: COLOURS.inkSoft, headerSplitColor: 'transparent', rowHoverBg: '#f5f7f4', rowSelectedBg: COLOURS.primarySoft, rowSelectedHoverBg: '#d8e7e5', cellPaddingBlockSM: 6, cellPaddingInlineSM: 12, cellPaddingBlockMD: 11, cellPaddingInlineMD: 16, borderColor: COLOURS.line, headerBorderRadius: 0 },
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500, paddingInline: 14 },
      Modal: { titleFontSize: 18, contentBg: COLOURS.surface, headerBg: COLOURS.surface },
      Tabs: { horizontalItemPadding: '10px 2px', horizontalItemGutter: 22, titleFontSize: 14, itemColor: COLOURS.inkSoft },
      Input: { activeShadow: '0 0 0 3px rgb(29 78 87 / 16%)' },
      Alert: { defaultPadding: '10px 14px' },
    },
  };
}
