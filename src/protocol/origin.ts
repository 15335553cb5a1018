import { type OriginProcess, originProcesses, processes, recordedTerm } from './codes.ts';
import type { Hex } from './hex.ts';

/** Where material enters the ledger: at a facility, mined, collected as scrap or declared (origin not on the ledger). */
export type Origin = { facility: Hex; process: OriginProcess };

/** An origin as a key of shares: facility id, then the process's number, so that keys sort by facility first. */
export function originKey({ facility, process }: Origin): string {
  return `${facility}/${processes[process]}`;
}

/** The origin that a key stands for. */
export function originOfKey(key: string): Origin {
  const [facility = '', code] = key.split('/');
  return {
    facility: facility as Hex,
    process: recordedTerm(processes, Number(code)) as OriginProcess,
  };
}

/** Whether a process brings material onto the ledger. */
export function isOriginProcess(process: string): process is OriginProcess {
  return (originProcesses as readonly string[]).includes(process);
}
