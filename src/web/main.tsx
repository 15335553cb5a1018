import '@mantine/core/styles.layer.css';
import { App } from './App.tsx';
import { boot } from './boot.tsx';

await boot(<App />, ['session']);
