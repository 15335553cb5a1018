import '@mantine/core/styles.css';
import { App } from './App.tsx';
import { boot } from './boot.tsx';

await boot(<App />, ['session']);
