import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type * as schemas from '../../api/schemas/auditing.ts';
import type { Page } from '../../api/schemas/common.ts';
import type { LotDetail, LotHistory, LotSummary, Origins } from '../../api/schemas/lots.ts';
import type { StatementStatus } from '../../api/schemas/statements.ts';
import { answered, get } from '../api.ts';
import { session } from '../session/identity.ts';
import { LEDGER } from '../session/queries.ts';

export type Book = z.infer<typeof schemas.book>;
export type BookLine = z.infer<typeof schemas.bookLinePage>['items'][number];
export type Delivery = z.infer<typeof schemas.deliveryPage>['items'][number];
export type DeliveredLot = z.infer<typeof schemas.deliveredLotPage>['items'][number];
export type Sample = z.infer<typeof schemas.sample>;
export type RedFlag = z.infer<typeof schemas.redFlagPage>['items'][number];
export type RedFlagKind = z.infer<typeof schemas.redFlagKind>;
export type Found = z.infer<typeof schemas.found>;
export type FlowLots = z.infer<typeof schemas.flowLots>;

type Filled = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** A path with a query of what is filled in. */
export function pathOf(path: string, query: Filled = {}): string {
  const filled = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === null || value === '' ? [] : [[name, String(value)]],
  );
  const text = new URLSearchParams(filled).toString();
  return text === '' ? path : `${path}?${text}`;
}

/** What a path answers to whoever acts here; asked again when the ledger has news. */
export function reading<T>(path: string) {
  const { token, me } = session.value;
  const reader = token === null ? '' : (me?.party ?? '');
  return queryOptions({
    queryKey: [LEDGER, reader, path],
    queryFn: ({ signal }) => get<T>(path, signal, token),
  });
}

/** A path that answers line by line: all lines. */
export function readingLines<T>(path: string) {
  const { token } = session.value;
  return queryOptions({
    queryKey: [LEDGER, 'lines', path],
    queryFn: async ({ signal }) => {
      const text = await (await answered(path, signal, token)).text();
      return text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as T);
    },
  });
}

export const lotOf = (lot: string) => reading<LotDetail>(`/v1/lots/${lot}`);
export const historyOf = (lot: string) => reading<LotHistory>(`/v1/lots/${lot}/history`);
export const originsOf = (lot: string) => reading<Origins>(`/v1/lots/${lot}/origins`);
export const statementOf = (id: string) => reading<StatementStatus>(`/v1/statements/${id}`);
export const lotsBy = (query: Filled) => reading<Page<LotSummary>>(pathOf('/v1/lots', query));
