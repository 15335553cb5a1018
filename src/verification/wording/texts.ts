/** Fills `{{name}}` in a text. */
export function filled(text: string, shown: (name: string) => string): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => shown(name));
}
