import { theme as antd, type ThemeConfig } from 'antd';

export type Mode = 'light' | 'dark';

/**
 * Paper and ink, one accent (青) and four states. Every colour of the product stands here and nowhere else; the style
 * sheets use the same names as custom properties (`--accent`, `--ink-2` …). Text colours reach 4.5:1 on both grounds.
 */
const palettes = {
  light: {
    paper: '#f3f1eb',
    sheet: '#fcfbf8',
    raised: '#ffffff',
    ink: '#1e2529',
    'ink-2': '#465056',
    'ink-3': '#5f686d',
    line: '#dedad0',
    'line-strong': '#8f8b80',
    accent: '#0b5f63',
    'accent-ink': '#ffffff',
    'accent-soft': '#e0ecea',
    amber: '#7a4b00',
    'amber-soft': '#fbeecf',
    'amber-line': '#d9a94a',
    red: '#a1241b',
    'red-soft': '#fae5e1',
    'red-line': '#d88a81',
    green: '#1f5c3a',
    'green-soft': '#e2efe5',
    'green-line': '#85b596',
    grey: '#525b60',
    'grey-soft': '#ebe9e3',
    'grey-line': '#a09d94',
    mark: '#fff0b8',
  },
  dark: {
    paper: '#111517',
    sheet: '#181d20',
    raised: '#20262a',
    ink: '#e7e4dc',
    'ink-2': '#bcbfba',
    'ink-3': '#9ba19f',
    line: '#2c3439',
    'line-strong': '#68737a',
    accent: '#6dc2ba',
    'accent-ink': '#0c1717',
    'accent-soft': '#18322f',
    amber: '#e8ba62',
    'amber-soft': '#30260f',
    'amber-line': '#7d6228',
    red: '#f2978d',
    'red-soft': '#381c19',
    'red-line': '#87443d',
    green: '#88c89c',
    'green-soft': '#162d1e',
    'green-line': '#3f6e4f',
    grey: '#abb1af',
    'grey-soft': '#242a2e',
    'grey-line': '#5d666b',
    mark: '#4a3f12',
  },
} as const satisfies Record<Mode, Record<string, string>>;

const CJK =
  '"PingFang SC","HarmonyOS Sans SC","Source Han Sans SC","Noto Sans SC","Noto Sans CJK SC","Microsoft YaHei"';
const LATIN = '"Segoe UI",Roboto,"Helvetica Neue","Noto Sans","Liberation Sans",Arial,system-ui';
const MONO =
  'ui-monospace,"SF Mono","Cascadia Mono","JetBrains Mono",Menlo,Consolas,"Liberation Mono","Noto Sans Mono CJK SC",monospace';

/** The custom properties of both modes as one style sheet text. */
export function themeCss(): string {
  const block = (mode: Mode) =>
    Object.entries(palettes[mode])
      .map(([name, value]) => `--${name}:${value};`)
      .join('');
  return [
    `:root{color-scheme:light;--font:${CJK},${LATIN},sans-serif;--mono:${MONO};${block('light')}}`,
    // quotation marks and dashes of English take the width of Latin type
    `:root[lang="en"]{--font:${LATIN},${CJK},sans-serif}`,
    `:root[data-theme="dark"]{color-scheme:dark;${block('dark')}}`,
    // paper is always light
    `@media print{:root[data-theme]{color-scheme:light;${block('light')}}}`,
  ].join('\n');
}

/** Ant Design's tokens for one mode. */
export function antdTheme(mode: Mode): ThemeConfig {
  const p = palettes[mode];
  return {
    algorithm: mode === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm,
    hashed: false,
    token: {
      fontFamily: 'var(--font)',
      fontFamilyCode: 'var(--mono)',
      fontSize: 14,
      fontSizeHeading1: 20,
      fontSizeHeading2: 16,
      fontSizeHeading3: 14,
      borderRadius: 3,
      borderRadiusLG: 4,
      borderRadiusSM: 2,
      controlHeight: 32,
      wireframe: false,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
      colorPrimary: p.accent,
      colorInfo: p.accent,
      colorLink: p.accent,
      colorLinkHover: p.accent,
      colorLinkActive: p.accent,
      colorSuccess: p.green,
      colorWarning: p.amber,
      colorError: p.red,
      colorText: p.ink,
      colorTextSecondary: p['ink-2'],
      colorTextTertiary: p['ink-3'],
      colorTextDescription: p['ink-3'],
      colorTextPlaceholder: p['ink-3'],
      colorTextHeading: p.ink,
      colorBorder: p['line-strong'],
      colorBorderSecondary: p.line,
      colorSplit: p.line,
      colorBgBase: p.sheet,
      colorBgLayout: p.paper,
      colorBgContainer: p.sheet,
      colorBgElevated: p.raised,
      colorTextLightSolid: p['accent-ink'],
      controlItemBgActive: p['accent-soft'],
      controlItemBgHover: p['grey-soft'],
      boxShadow: '0 6px 20px rgb(0 0 0 / 0.14)',
      boxShadowSecondary: '0 6px 20px rgb(0 0 0 / 0.14)',
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500 },
      Tooltip: { colorBgSpotlight: p.ink, colorTextLightSolid: p.sheet },
      Segmented: { itemSelectedBg: p.raised, trackBg: p['grey-soft'] },
    },
  };
}
