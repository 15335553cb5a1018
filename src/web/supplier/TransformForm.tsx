import { Alert, Button, Group, NativeSelect, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import type { LotSummary } from '../../api/schemas/lots.ts';
import type { FacilitySummary } from '../../api/schemas/parties.ts';
import { type CustodyModel, custodyModels, type Process, processes } from '../../protocol/codes.ts';
import { formProblems } from '../../protocol/form.ts';
import { type Hex, ZERO_BYTES32 } from '../../protocol/hex.ts';
import { isOriginProcess } from '../../protocol/origin.ts';
import type { Content } from '../../protocol/statements.ts';
import { keepEnter } from '../components/keep-enter.ts';
import { useT } from '../i18n/i18n.ts';
import { useGround } from '../session/ground.ts';
import { useStore } from '../session/store.ts';
import { askToSign } from '../signing/ask.ts';
import { Balance } from './Balance.tsx';
import { balanceOf, isPossible } from './balance.ts';
import { EvidenceEditor } from './fields/EvidenceEditor.tsx';
import { paperIn, type TypedField, twice } from './fields/evidence.ts';
import { OutputEditor } from './fields/OutputEditor.tsx';
import { contentSoFar, excessOf, newOutput, outputOf, type TypedOutput } from './fields/output.ts';
import { SiteSelect } from './fields/SiteSelect.tsx';
import { Losses } from './Losses.tsx';
import { LotPicker } from './LotPicker.tsx';
import { type LossNames, lossFields } from './losses.ts';
import { useMe } from './me.ts';
import { clearSelection, selection } from './selection.ts';

const PROCESSES = (Object.keys(processes) as Process[]).filter((process) => !isOriginProcess(process));

type TransformFormProps = {
  readonly sites: readonly FacilitySummary[];
  readonly lots: readonly LotSummary[];
};

export function TransformForm({ sites, lots }: TransformFormProps) {
  const t = useT('supplier');
  const { me } = useMe();
  const ground = useGround();
  const [, go] = useLocation();
  const ticked = useStore(selection);
  const [site, setSite] = useState<Hex>(
    (lots.find(({ id }) => ticked.has(id)) ?? lots[0])?.facility.id ?? ZERO_BYTES32,
  );
  const [process, setProcess] = useState<Process>('concentrate');
  const [model, setModel] = useState<CustodyModel>('segregated');
  const [typed, setTyped] = useState<readonly TypedOutput[]>(() => [newOutput(false)]);
  const [names, setNames] = useState<LossNames>({});
  const [fields, setFields] = useState<readonly TypedField[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const here = lots.filter(({ facility }) => facility.id === site);
  const inputs = here.filter(({ id }) => ticked.has(id));
  const outputs = process === 'retire' ? [] : typed;
  const balance = balanceOf(inputs.map(contentIn), outputs.map(contentSoFar));
  const canBe = isPossible(balance, process === 'recycle');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const made = outputs.map(outputOf);
    const whole = made.filter((output) => output !== null);
    const isExcessive = outputs.some((output) => excessOf(output) > 0n);
    if (inputs.length === 0) return setProblem(t('transform.noInput'));
    if (!canBe) return setProblem(t('balance.impossible'));
    if (!ground || whole.length < made.length || isExcessive || twice(fields))
      return setProblem(t('incomplete'));
    const paper = paperIn([...fields, ...lossFields(balance, names)]);
    const now = ground.now();
    const message = {
      ...{
        custodian: me.party,
        facility: site,
        process: processes[process],
        custodyModel: custodyModels[model],
      },
      inputs: inputs.map(({ id, head }) => ({ lot: id, head })),
      outputs: whole.map((output) => ({ ...output, evidence: ZERO_BYTES32 })),
      ...{ occurredAt: now, evidence: paper?.root ?? ZERO_BYTES32, recordBy: now + ground.recordBySeconds },
    };
    const statement = { type: 'Production', message } as const;
    const [wrong] = formProblems(statement);
    setProblem(wrong?.detail ?? null);
    if (wrong || !(await askToSign({ statement, papers: paper ? [paper] : [] }))) return;
    clearSelection();
    go('/');
  };
  return (
    <form onSubmit={(event) => void submit(event)} onKeyDown={keepEnter}>
      <Stack>
        <SiteSelect
          label={t('transform.site')}
          sites={sites.filter(({ id }) => lots.some(({ facility }) => facility.id === id))}
          value={site}
          onChange={setSite}
        />
        <LotPicker label={t('transform.inputs')} lots={here} />
        <How process={process} onProcess={setProcess} model={model} onModel={setModel} />
        {process !== 'retire' && <Outputs typed={typed} onChange={setTyped} />}
        <Balance lines={balance} />
        {!canBe && (
          <Alert color="red" role="alert">
            {t('balance.impossible')}
          </Alert>
        )}
        {canBe && <Losses lines={balance} names={names} onChange={setNames} />}
        <EvidenceEditor title={t('evidence.title')} fields={fields} onChange={setFields} />
        {problem !== null && (
          <Alert color="red" role="alert">
            {problem}
          </Alert>
        )}
        <Button type="submit" disabled={!canBe}>
          {t('review')}
        </Button>
      </Stack>
    </form>
  );
}

function contentIn({ content }: LotSummary): Content[] {
  return content.map(({ material, recycled, milligrams }) => ({
    ...{ material, recycled },
    milligrams: BigInt(milligrams),
  }));
}

type HowProps = {
  readonly process: Process;
  readonly onProcess: (process: Process) => void;
  readonly model: CustodyModel;
  readonly onModel: (model: CustodyModel) => void;
};

function How({ process, onProcess, model, onModel }: HowProps) {
  const t = useT('supplier');
  return (
    <Group grow>
      <NativeSelect
        label={t('transform.process')}
        value={process}
        onChange={(event) => onProcess(event.currentTarget.value as Process)}
        data={PROCESSES.map((value) => ({ value, label: t(`terms:process.${value}`) }))}
      />
      <NativeSelect
        label={t('model.label')}
        value={model}
        onChange={(event) => onModel(event.currentTarget.value as CustodyModel)}
        data={(Object.keys(custodyModels) as CustodyModel[]).map((value) => ({
          value,
          label: t(`terms:custodyModel.${value}`),
        }))}
      />
    </Group>
  );
}

type OutputsProps = {
  readonly typed: readonly TypedOutput[];
  readonly onChange: (typed: readonly TypedOutput[]) => void;
};

function Outputs({ typed, onChange }: OutputsProps) {
  const t = useT('supplier');
  return (
    <>
      {typed.map((output, index) => (
        <OutputEditor
          key={output.key}
          legend={t('transform.output', { number: index + 1 })}
          value={output}
          recycled="choose"
          isRecycled={false}
          onChange={(next) => onChange(typed.map((old) => (old.key === next.key ? next : old)))}
          onRemove={
            typed.length > 1 ? () => onChange(typed.filter(({ key }) => key !== output.key)) : undefined
          }
        />
      ))}
      <Button variant="light" onClick={() => onChange([...typed, newOutput(false)])}>
        {t('transform.addOutput')}
      </Button>
    </>
  );
}
