/**
 * The look, said once. `tokens.css` (our own components) and the antd theme are both printed from here,
 * in light and dark, so a colour can never differ between the two halves of a screen.
 * Contrast of every text pair is proved in theme.test.ts.
 */

export type Mode = 'light' | 'dark';
export type Density = 'standard' | 'compact';

/** One colour per role; every value is #rrggbb so that contrast can be computed. */
export type Palette = {
  canvas: string;
  surface: string;
  sunken: string;
  raised: string;
  hover: string;
  selected: string;
  border: string;
  borderStrong: string;
  text: string;
  text2: string;
  text3: string;
  /** Solid accent (buttons); `onAccent` is written on it. */
  accent: string;
  accentHover: string;
  onAccent: string;
  /** Accent as text or icon on a surface. */
  accentText: string;
  accentSoft: string;
  ok: string;
  okSoft: string;
  warn: string;
  warnSoft: string;
  late: string;
  lateSoft: string;
  paused: string;
  pausedSoft: string;
  note: string;
  noteSoft: string;
  noteBorder: string;
  p1: string;
  p1Soft: string;
  p2: string;
  p2Soft: string;
};

/** 群青, the ultramarine of Chinese painters: the one accent. Everything else is grey until it is urgent. */
export const palettes: Record<Mode, Palette> = {
  light: {
    canvas: '#f4f5f7',
    surface: '#ffffff',
    sunken: '#f7f8f9',
    raised: '#ffffff',
    hover: '#f1f3f5',
    selected: '#e9effa',
    border: '#e4e7eb',
    borderStrong: '#cbd1d8',
    text: '#1d2228',
    text2: '#505a65',
    text3: '#636d78',
    accent: '#2e59a7',
    accentHover: '#264b8e',
    onAccent: '#ffffff',
    accentText: '#2a53a0',
    accentSoft: '#e9effa',
    ok: '#1b6a41',
    okSoft: '#e5f3eb',
    warn: '#855000',
    warnSoft: '#fdf1d8',
    late: '#b3261e',
    lateSoft: '#fdeae8',
    paused: '#505a65',
    pausedSoft: '#eceff2',
    note: '#7a5300',
    noteSoft: '#fff9e6',
    noteBorder: '#ecd48f',
    p1: '#ffffff',
    p1Soft: '#c62b23',
    p2: '#9a3b0c',
    p2Soft: '#fdeadd',
  },
  dark: {
    canvas: '#131518',
    surface: '#1a1d21',
    sunken: '#16191c',
    raised: '#22262b',
    hover: '#23272c',
    selected: '#202c40',
    border: '#2b3036',
    borderStrong: '#434a53',
    text: '#e3e6e9',
    text2: '#aeb6bf',
    text3: '#939da8',
    accent: '#3f6cbd',
    accentHover: '#4672c3',
    onAccent: '#ffffff',
    accentText: '#8db1f2',
    accentSoft: '#202c40',
    ok: '#6fcf97',
    okSoft: '#17301f',
    warn: '#f0b74d',
    warnSoft: '#36290f',
    late: '#ff8a80',
    lateSoft: '#3f1c1a',
    paused: '#aeb6bf',
    pausedSoft: '#2a2f35',
    note: '#e8c268',
    noteSoft: '#2a2414',
    noteBorder: '#564819',
    p1: '#ffffff',
    p1Soft: '#c2362e',
    p2: '#ffab7a',
    p2Soft: '#3b2416',
  },
};

type Sizes = {
  font: number;
  fontSmall: number;
  fontLarge: number;
  control: number;
  row: number;
  pad: number;
};

/** Pixels, all on the 4-px grid except type. */
export const sizes: Record<Density, Sizes> = {
  standard: { font: 14, fontSmall: 12, fontLarge: 16, control: 32, row: 40, pad: 12 },
  compact: { font: 13, fontSmall: 12, fontLarge: 15, control: 28, row: 32, pad: 8 },
};

/** Latin faces first so that digits and Latin letters are not set in the Chinese font. */
export const fontStack =
  '-apple-system, "Segoe UI", Roboto, "PingFang SC", "HarmonyOS Sans SC", "MiSans", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif';
export const monoStack =
  'ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "Noto Sans Mono CJK SC", monospace';

/** Below `narrow` one pane at a time; below `medium` the third column becomes a drawer. */
export const breakpoints = { narrow: 720, medium: 1200 } as const;

const kebab = (name: string) => name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
const colours = (mode: Mode) =>
  Object.entries(palettes[mode])
    .map(([name, value]) => `  --${kebab(name)}: ${value};`)
    .join('\n');
const lengths = (density: Density) =>
  Object.entries(sizes[density])
    .map(([name, value]) => `  --${kebab(name)}: ${value}px;`)
    .join('\n');

/** The text of tokens.css: print it with `node packages/ui/build/print-tokens.ts`. */
export function tokensCss(): string {
  return `/* Printed from theme.ts by build/print-tokens.ts; change it there. */
:root {
  color-scheme: light;
${colours('light')}
${lengths('standard')}
  --font-stack: ${fontStack};
  --mono-stack: ${monoStack};
  --radius: 6px;
  --radius-small: 4px;
  --shadow: 0 1px 2px rgb(0 0 0 / 6%), 0 8px 24px rgb(0 0 0 / 10%);
  --motion: 120ms ease-out;
}
:root[data-theme='dark'] {
  color-scheme: dark;
${colours('dark')}
  --shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 8px 24px rgb(0 0 0 / 45%);
}
:root[data-density='compact'] {
${lengths('compact')}
}
`;
}

/** antd's half of the look. The algorithm is chosen by the caller, so this file needs no antd. */
export function antdToken(mode: Mode, density: Density) {
  const p = palettes[mode];
  const s = sizes[density];
  return {
    colorPrimary: p.accent,
    colorPrimaryHover: p.accentHover,
    colorPrimaryActive: p.accent,
    colorTextLightSolid: p.onAccent,
    colorLink: p.accentText,
    colorInfo: p.accent,
    colorSuccess: p.ok,
    colorWarning: p.warn,
    colorError: p.late,
    colorErrorBg: p.lateSoft,
    colorErrorBorder: p.lateSoft,
    colorWarningBg: p.warnSoft,
    colorWarningBorder: p.warnSoft,
    colorSuccessBg: p.okSoft,
    colorInfoBg: p.accentSoft,
    colorPrimaryBg: p.accentSoft,
    colorText: p.text,
    colorTextSecondary: p.text2,
    colorTextTertiary: p.text3,
    colorTextDescription: p.text3,
    colorTextPlaceholder: p.text3,
    colorIcon: p.text3,
    colorBgLayout: p.canvas,
    colorBgContainer: p.surface,
    colorBgElevated: p.raised,
    colorBorder: p.borderStrong,
    colorBorderSecondary: p.border,
    colorSplit: p.border,
    controlItemBgHover: p.hover,
    controlItemBgActive: p.selected,
    controlItemBgActiveHover: p.selected,
    fontSize: s.font,
    controlHeight: s.control,
    borderRadius: 6,
    lineHeight: 1.57,
    fontFamily: fontStack,
    fontFamilyCode: monoStack,
    fontWeightStrong: 600,
    motionDurationFast: '0.08s',
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.15s',
    boxShadowSecondary: 'var(--shadow)',
    colorBgMask: mode === 'dark' ? 'rgb(0 0 0 / 55%)' : 'rgb(20 26 33 / 32%)',
    wireframe: false,
  };
}

/** Where antd writes in the accent on a plain surface, the readable accent is meant. */
export function antdComponents(mode: Mode) {
  const p = palettes[mode];
  return {
    Tabs: {
      itemSelectedColor: p.accentText,
      itemHoverColor: p.accentText,
      inkBarColor: p.accentText,
      horizontalMargin: '0',
    },
    Segmented: { itemSelectedBg: mode === 'dark' ? p.borderStrong : p.raised, trackBg: p.hover },
    Alert: { withDescriptionPadding: '12px 16px', withDescriptionIconSize: 18, fontSizeLG: 14 },
    Drawer: { paddingLG: 16 },
    // The red of the dark look is light: what is written on it is dark.
    Button: { dangerColor: mode === 'dark' ? p.canvas : p.onAccent },
  };
}

/** WCAG 2 contrast ratio of two #rrggbb colours, 1…21. */
export function contrast(a: string, b: string): number {
  const [hi, lo] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (hi + 0.05) / (lo + 0.05);
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
