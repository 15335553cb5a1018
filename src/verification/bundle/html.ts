/** A bundle as it stands in the file that checks itself: between these two. */
export const BUNDLE_START = '<script type="application/json" id="bundle">';
export const BUNDLE_END = '</script>';

/** JSON, or a piece of it, as it may stand in an HTML file: nothing in it can end the element, or begin another. */
export function jsonInHtml(json: string): string {
  return json.replaceAll('<', '\\u003c');
}

/** The JSON that such a file holds; null where the text is none. Scripts of the file are not looked at. */
export function bundleTextIn(text: string): string | null {
  if (!/^\s*<!doctype html/i.test(text)) return null;
  const start = text.indexOf(BUNDLE_START);
  const end = text.indexOf(BUNDLE_END, start);
  return start < 0 || end < 0 ? null : text.slice(start + BUNDLE_START.length, end);
}
