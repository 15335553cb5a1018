import { Progress as Bar, Group, List, Text } from '@mantine/core';
import { Mark, type Sign } from '../components/Mark.tsx';
import { useT } from '../i18n/i18n.ts';
import { type Progress, type StepState, stepStates } from './progress.ts';

const MARKS: Readonly<Record<StepState, { sign: Sign; tone: string }>> = {
  waiting: { sign: 'dash', tone: 'note' },
  running: { sign: 'dash', tone: 'unknown' },
  holds: { sign: 'check', tone: 'meets' },
  fails: { sign: 'cross', tone: 'fails' },
};

/** How far a check is: a bar, and each step in words. */
export function CheckSteps({ progress }: { progress: Progress }) {
  const t = useT('check');
  return (
    <div>
      <Bar
        value={100 * progress.share}
        aria-label={t('checking')}
        transitionDuration={150}
        mb="sm"
        className="no-print"
      />
      <List listStyleType="none" spacing={4} aria-label={t('steps')} p={0}>
        {stepStates(progress).map(([step, state]) => (
          <List.Item key={step} className={`${MARKS[state].tone} step-${state}`}>
            <Group gap="xs" wrap="nowrap" align="flex-start">
              <Mark sign={MARKS[state].sign} />
              <Text size="sm" {...(state === 'waiting' && { c: 'dimmed' })}>
                {t(`step.${step}`)} <span className="visually-hidden">({t(`state.${state}`)})</span>
              </Text>
            </Group>
          </List.Item>
        ))}
      </List>
    </div>
  );
}
