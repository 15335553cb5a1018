import { Alert, Anchor, Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { FacilitySummary } from '../../api/schemas/parties.ts';
import {
  type CustodyModel,
  custodyModels,
  type FacilityKind,
  type OriginProcess,
  originProcesses,
  processes,
} from '../../protocol/codes.ts';
import { formProblems } from '../../protocol/form.ts';
import { ZERO_BYTES32 } from '../../protocol/hex.ts';
import type { Production } from '../../protocol/statements.ts';
import { keepEnter } from '../components/keep-enter.ts';
import { useT } from '../i18n/i18n.ts';
import { useGround } from '../session/ground.ts';
import { useFacilities } from '../session/queries.ts';
import { askToSign } from '../signing/ask.ts';
import { EvidenceEditor } from './fields/EvidenceEditor.tsx';
import { paperIn, type TypedField, twice } from './fields/evidence.ts';
import { OutputEditor } from './fields/OutputEditor.tsx';
import { excessOf, newOutput, outputOf } from './fields/output.ts';
import { SiteSelect } from './fields/SiteSelect.tsx';
import { WhenInput } from './fields/WhenInput.tsx';
import { whenOf } from './fields/when.ts';
import { useMe } from './me.ts';
import { QuotaHint } from './QuotaHint.tsx';

/** What a site of that kind is for. Everywhere else, what there is can be declared. */
const ORIGIN_OF: Readonly<Partial<Record<FacilityKind, OriginProcess>>> = {
  mine: 'extract',
  'artisanal-mine': 'extract',
  recycler: 'collect',
};

/** Material that comes onto the ledger: mined, collected, or declared. */
export function RegisterPage() {
  const t = useT('supplier');
  const { me } = useMe();
  const { data: sites } = useQuery(useFacilities(me.party));
  return (
    <Stack>
      <Title order={1}>{t('register.title')}</Title>
      <Text>{t('register.lead')}</Text>
      {sites?.length === 0 && (
        <Alert title={t('sites.none')}>
          <Anchor component={Link} href="/sites">
            {t('sites.register')}
          </Anchor>
        </Alert>
      )}
      {sites && sites.length > 0 && <RegisterForm sites={sites} />}
    </Stack>
  );
}

function RegisterForm({ sites }: { sites: readonly FacilitySummary[] }) {
  const t = useT('supplier');
  const { me } = useMe();
  const ground = useGround();
  const [, go] = useLocation();
  const [site, setSite] = useState(sites[0]?.id ?? ZERO_BYTES32);
  const [chosen, setChosen] = useState<OriginProcess | null>(null);
  const [model, setModel] = useState<CustodyModel>('identity-preserved');
  const [output, setOutput] = useState(() => newOutput(false));
  const [fields, setFields] = useState<readonly TypedField[]>([]);
  const [when, setWhen] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const kind = sites.find(({ id }) => id === site)?.kind;
  const process = chosen ?? (kind && ORIGIN_OF[kind]) ?? 'declare';
  const isRecycled = process === 'collect';
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const made = outputOf({
      ...output,
      content: output.content.map((line) => ({ ...line, recycled: isRecycled })),
    });
    if (!ground || !made || excessOf(output) > 0n || twice(fields)) return setProblem(t('incomplete'));
    const paper = paperIn(fields);
    const now = ground.now();
    const message: Production = {
      ...{
        custodian: me.party,
        facility: site,
        process: processes[process],
        custodyModel: custodyModels[model],
      },
      ...{
        inputs: [],
        outputs: [{ ...made, evidence: paper?.root ?? ZERO_BYTES32 }],
        evidence: ZERO_BYTES32,
      },
      ...{ occurredAt: whenOf(when) ?? now, recordBy: now + ground.recordBySeconds },
    };
    const statement = { type: 'Production', message } as const;
    const [wrong] = formProblems(statement);
    setProblem(wrong?.detail ?? null);
    if (!wrong && (await askToSign({ statement, papers: paper ? [paper] : [] }))) go('/');
  };
  return (
    <form onSubmit={(event) => void submit(event)} onKeyDown={keepEnter}>
      <Stack>
        <Group align="flex-start" grow>
          <SiteSelect label={t('register.site')} sites={sites} value={site} onChange={setSite} />
          <NativeSelect
            label={t('register.process')}
            value={process}
            onChange={(event) => setChosen(event.currentTarget.value as OriginProcess)}
            data={originProcesses.map((value) => ({ value, label: t(`register.${value}`) }))}
          />
        </Group>
        {process !== 'declare' && <QuotaHint site={site} />}
        <OutputEditor
          legend={t('register.lot')}
          value={output}
          onChange={setOutput}
          recycled="fixed"
          isRecycled={isRecycled}
        />
        <EvidenceEditor title={t('evidence.title')} fields={fields} onChange={setFields} />
        <details>
          <summary>{t('register.more')}</summary>
          <Group align="flex-start" grow mt="xs">
            <WhenInput label={t('when.label')} value={when} onChange={setWhen} />
            <NativeSelect
              label={t('model.label')}
              value={model}
              onChange={(event) => setModel(event.currentTarget.value as CustodyModel)}
              data={(Object.keys(custodyModels) as CustodyModel[]).map((value) => ({
                value,
                label: t(`terms:custodyModel.${value}`),
              }))}
            />
          </Group>
        </details>
        {problem !== null && (
          <Alert color="red" role="alert">
            {problem}
          </Alert>
        )}
        <Button type="submit">{t('review')}</Button>
      </Stack>
    </form>
  );
}
