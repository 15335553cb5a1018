import '../no-eval.ts';
import './style.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { answerChecks } from '../check/answering.ts';
import { bundledMessages } from '../i18n/bundled.ts';
import { startI18n } from '../i18n/i18n.ts';
import { theme } from '../theme.ts';
import { FilePage } from './FilePage.tsx';
import { startHere } from './start-here.ts';

/** The file's one script is its worker's script as well: nothing else can be loaded. */
if (typeof document === 'undefined') answerChecks();
else void show();

async function show(): Promise<void> {
  const root = document.getElementById('root');
  const bundle = document.getElementById('bundle')?.textContent;
  if (!root || !bundle) throw new Error('The file holds no bundle');
  const start = startHere(document.currentScript?.textContent ?? '');
  await startI18n(['common', 'terms', 'certificate', 'check'], bundledMessages);
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <FilePage bundle={bundle} start={start} />
      </MantineProvider>
    </StrictMode>,
  );
}
