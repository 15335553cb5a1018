import { createTheme } from '@mantine/core';

/** Ink on paper: one deep teal for what can be clicked, ochre for ore, and signs that never rest on colour alone. */
export const theme = createTheme({
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: {
    fontFamily: '"Iowan Old Style", "Palatino Linotype", Palatino, Georgia, serif',
    fontWeight: '600',
  },
  primaryColor: 'lode',
  primaryShade: { light: 7, dark: 3 },
  defaultRadius: 'md',
  autoContrast: true,
  components: {
    // Within a sentence, colour alone would not tell a link.
    Anchor: { defaultProps: { underline: 'always' } },
    // A dialog's title is no second header of the page.
    Modal: { defaultProps: { attributes: { header: { role: 'none' } } } },
    Drawer: { defaultProps: { attributes: { header: { role: 'none' } } } },
    Card: { styles: { root: { backgroundColor: 'var(--card)' } } },
    Paper: { styles: { root: { backgroundColor: 'var(--card)' } } },
  },
  colors: {
    lode: [
      '#eef7f8',
      '#dcecee',
      '#b3d8dd',
      '#87c3cb',
      '#64b1bc',
      '#4ea6b2',
      '#2e7f8c',
      '#1a6472',
      '#14505c',
      '#0a3c46',
    ],
  },
});
