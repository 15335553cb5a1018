import { custodyModels, processes, recordedTerm } from '../../protocol/codes.ts';
import type { Content, Output, Production } from '../../protocol/statements.ts';
import { LotById, PartyById, SiteById } from '../components/by-id.tsx';
import { Mass } from '../components/Mass.tsx';
import { useCommodity, useMaterialName } from '../components/names.ts';
import { readableTime } from '../format.ts';
import { useT } from '../i18n/i18n.ts';
import type { Translate } from '../i18n/translator.ts';
import type { Fact } from './Facts.tsx';

export function productionFacts(production: Production, t: Translate<'session'>): Fact[] {
  const { custodian, facility, process, custodyModel, inputs, outputs, occurredAt } = production;
  return [
    [t('sign.who'), <PartyById key="who" id={custodian} />],
    [t('sign.process'), t(`terms:process.${recordedTerm(processes, process)}`)],
    [t('sign.site'), <SiteById key="site" id={facility} />],
    [t('sign.model'), t(`terms:custodyModel.${recordedTerm(custodyModels, custodyModel)}`)],
    ...(inputs.length === 0 ? [] : [[t('sign.inputs'), <Inputs key="in" inputs={inputs} />] as const]),
    ...(outputs.length === 0 ? [] : [[t('sign.outputs'), <Outputs key="out" outputs={outputs} />] as const]),
    [t('sign.when'), readableTime(occurredAt)],
  ];
}

function Inputs({ inputs }: { inputs: Production['inputs'] }) {
  return (
    <ul className="plain-list">
      {inputs.map(({ lot }) => (
        <li key={lot}>
          <LotById id={lot} />
        </li>
      ))}
    </ul>
  );
}

function Outputs({ outputs }: { outputs: readonly Output[] }) {
  const t = useT('session');
  const commodity = useCommodity();
  return (
    <ul className="plain-list scrolled">
      {outputs.map((output, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an output is known by its place
        <li key={index}>
          {commodity(output.commodity).name}, <Mass milligrams={output.milligrams} />
          {output.content.length > 0 && (
            <>
              , {t('sign.contains')} <Contained content={output.content} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function Contained({ content }: { content: readonly Content[] }) {
  const t = useT('session');
  const nameOf = useMaterialName();
  return content.map(({ material, recycled, milligrams }, index) => (
    <span key={`${material}${recycled}`}>
      {index > 0 && ', '}
      {nameOf(material)} {recycled && `(${t('common:recycled')}) `}
      <Mass milligrams={milligrams} />
    </span>
  ));
}
