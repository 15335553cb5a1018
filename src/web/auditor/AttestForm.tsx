import { Button, Group, NativeSelect, NumberInput, Textarea, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type Outcome, outcomes } from '../../protocol/codes.ts';
import { type Hex, ZERO_BYTES32 } from '../../protocol/hex.ts';
import { useT } from '../i18n/i18n.ts';
import { useGround } from '../session/ground.ts';
import { askToSign } from '../signing/ask.ts';
import { newSalt, paperOf } from '../signing/draft.ts';
import { startOf } from './days.ts';

const DAY = 86_400;
const NOTHING = { scheme: '', outcome: 'conformant' as Outcome, from: '', days: 365, findings: '' };

type AttestFormProps = {
  readonly subject: Hex;
  readonly auditor: Hex;
  /** Those that the auditor is accredited for; at least one. */
  readonly schemes: readonly string[];
};

/** Says of a lot or site that it is conformant, is not, or that something is wrong: signed by the auditor. */
export function AttestForm({ subject, auditor, schemes }: AttestFormProps) {
  const t = useT('auditor');
  const ground = useGround();
  const [typed, setTyped] = useState({ ...NOTHING, scheme: schemes[0] ?? '' });
  const say = async (event: FormEvent) => {
    event.preventDefault();
    if (!ground) return;
    const now = ground.now();
    const { scheme, outcome, from, days, findings } = typed;
    const found = findings.trim();
    const field = { path: 'findings', value: found, salt: newSalt(), audience: 'public' as const };
    const paper = paperOf(found === '' ? [] : [field]);
    const validFrom = startOf(from) ?? now;
    const times = { validFrom, validUntil: validFrom + days * DAY, recordBy: now + ground.recordBySeconds };
    const what = { auditor, subject, scheme, outcome: outcomes[outcome] };
    const message = { ...what, ...times, evidence: paper?.root ?? ZERO_BYTES32 };
    const signed = await askToSign({
      statement: { type: 'Attestation', message },
      papers: paper ? [paper] : [],
    });
    if (signed) setTyped({ ...NOTHING, scheme });
  };
  const choices = (Object.keys(outcomes) as Outcome[]).map((value) => ({
    value,
    label: t(`terms:outcome.${value}`),
  }));
  return (
    <form onSubmit={(event) => void say(event)} className="no-print">
      <Title order={3}>{t('attest.say')}</Title>
      <Group align="flex-start">
        <NativeSelect
          label={t('find.scheme')}
          data={[...schemes]}
          value={typed.scheme}
          onChange={(event) => setTyped({ ...typed, scheme: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('column.outcome')}
          data={choices}
          value={typed.outcome}
          onChange={(event) => setTyped({ ...typed, outcome: event.currentTarget.value as Outcome })}
        />
        <TextInput
          type="date"
          label={t('attest.from')}
          description={t('attest.fromHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={typed.from}
          onChange={(event) => setTyped({ ...typed, from: event.currentTarget.value })}
        />
        <NumberInput
          label={t('attest.days')}
          min={1}
          max={3_650}
          value={typed.days}
          onChange={(value) => setTyped({ ...typed, days: Number(value) || 1 })}
        />
      </Group>
      <Textarea
        label={t('attest.findings')}
        description={t('attest.findingsHint')}
        maxLength={2_000}
        value={typed.findings}
        onChange={(event) => setTyped({ ...typed, findings: event.currentTarget.value })}
      />
      <Button type="submit" mt="sm" disabled={!ground}>
        {t('attest.sign')}
      </Button>
    </form>
  );
}
