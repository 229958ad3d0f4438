import {
  Button,
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from "@mantine/core";

/** Bell bronze: shade 7 on light, shade 4 on dark. */
const bronze: MantineColorsTuple = [
  "#fdf6ec", "#f8e8d0", "#f2d5a8", "#eac07c", "#e0a458", "#c9822f", "#b06c1c", "#9a5b13", "#7c4910", "#5f380d",
];

export const theme = createTheme({
  primaryColor: "bronze",
  colors: { bronze },
  primaryShade: { light: 7, dark: 4 },
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    // White on the dark theme's light bronze could not be read.
    return input.variant === "filled" ? { ...colors, color: "var(--on-accent)" } : colors;
  },
  fontFamily:
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', 'DejaVu Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: "0.8rem", sm: "0.875rem", md: "0.9375rem", lg: "1.0625rem", xl: "1.25rem" },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.5", lg: "1.5", xl: "1.5" },
  headings: { fontWeight: "650", sizes: { h1: { fontSize: "1.55rem" }, h2: { fontSize: "1.2rem" }, h3: { fontSize: "1.02rem" } } },
  defaultRadius: "sm",
  respectReducedMotion: true,
  focusRing: "always",
  cursorType: "pointer",
  components: {
    // A button that names an organisation may need two lines on a telephone.
    Button: Button.extend({
      styles: {
        root: {
          display: "inline-flex",
          alignItems: "center",
          justifyContent: "center",
          height: "auto",
          minHeight: "var(--button-height)",
          paddingBlock: 4,
        },
        label: { height: "auto", whiteSpace: "normal", lineHeight: 1.35, textAlign: "center" },
      },
    }),
  },
});

/** Greys and reds that keep 4.5:1 on every ground we use. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#fbfaf8",
    "--mantine-color-text": "#1d1b18",
    "--mantine-color-dimmed": "#5b5750",
    "--mantine-color-placeholder": "#6b665e",
    "--mantine-color-error": "#b3261e",
    "--mantine-color-anchor": "#83490a",
    "--mantine-color-default-border": "#948d81",
    "--mantine-color-gray-4": "#948d81",
    "--surface": "#ffffff",
    "--surface-sunk": "#f3f0eb",
    "--line": "#ddd7cd",
    "--line-strong": "#8a8377",
    "--accent": "#9a5b13",
    "--accent-soft": "#fbf0e0",
    "--on-accent": "#ffffff",
    "--late": "#b3261e",
    "--late-soft": "#fdeceb",
    "--good": "#2a6a3c",
  },
  dark: {
    "--mantine-color-body": "#171614",
    "--mantine-color-text": "#ebe7e0",
    "--mantine-color-dimmed": "#b0a99d",
    "--mantine-color-placeholder": "#9f988c",
    "--mantine-color-error": "#ff9d93",
    "--mantine-color-anchor": "#e9b878",
    "--mantine-color-default-border": "#7c756a",
    "--mantine-color-dark-4": "#7c756a",
    "--surface": "#211f1c",
    "--surface-sunk": "#1b1917",
    "--line": "#3a3630",
    "--line-strong": "#8d8578",
    "--accent": "#e0a458",
    "--accent-soft": "#332817",
    "--on-accent": "#1d1b18",
    "--late": "#ff9d93",
    "--late-soft": "#3b1d1a",
    "--good": "#8fd0a0",
  },
});
