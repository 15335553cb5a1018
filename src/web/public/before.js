// Before anything is drawn: the reader's colours. What the switch keeps, else what the browser asks for.
try {
  const kept = localStorage.getItem('mantine-color-scheme-value');
  const isDark = kept === 'dark' || (kept !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.mantineColorScheme = isDark ? 'dark' : 'light';
} catch {
  document.documentElement.dataset.mantineColorScheme = 'light';
}
// Schemas are not to be compiled from text: pages forbid that, and even a try is reported as a violation. It must be known
// before the first schema is made, wherever that is in the scripts that follow.
globalThis.__zod_globalConfig = { jitless: true };
// A page that the server drew can be read without its scripts: they are fetched once it has been painted. Nobody waits for the
// paint of a page in the background.
addEventListener('DOMContentLoaded', () => {
  const scripts = document.getElementById('scripts');
  if (!scripts) return;
  const fetchThem = () => document.head.append(scripts.content);
  if (document.hidden) fetchThem();
  else requestAnimationFrame(() => setTimeout(fetchThem));
});
