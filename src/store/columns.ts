import type { ColumnType } from 'kysely';
import type { Hex } from '../protocol/hex.ts';
import type { StoredHex, StoredJson, StoredText } from './values.ts';

// What comes out of a column, and what goes in: see values.ts. Milligrams are bigint, other numbers number.
export type Bytes = ColumnType<Hex, StoredHex, StoredHex>;
export type OptionalBytes = ColumnType<Hex | null, StoredHex | null, StoredHex | null>;
export type Text = ColumnType<string, StoredText, StoredText>;
export type OptionalText = ColumnType<string | null, StoredText | null, StoredText | null>;
export type Json = ColumnType<unknown, StoredJson, StoredJson>;
