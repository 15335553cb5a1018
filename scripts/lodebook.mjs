#!/usr/bin/env node
import { launch } from './runtime.mjs';

await launch('src/cli.ts', process.argv.slice(2));
