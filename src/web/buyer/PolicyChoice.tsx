import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Page } from '../../api/schemas/common.ts';
import type { PolicySummary } from '../../api/schemas/policies.ts';
import { get } from '../api.ts';
import { useT } from '../i18n/i18n.ts';
import { usePolicyWords } from '../i18n/said.ts';

type Props = {
  readonly label: string;
  readonly description?: string;
  /** An id; null: the first of the service's. */
  readonly value: string | null;
  readonly onChange: (policy: string) => void;
};

/** Which policy to look at. */
export function PolicyChoice({ label, description, value, onChange }: Props) {
  const t = useT('buyer');
  const words = usePolicyWords();
  const { data, error } = useQuery({
    queryKey: ['policies'],
    queryFn: ({ signal }) => get<Page<PolicySummary>>('/v1/policies', signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const policies = data?.items ?? [];
  return (
    <NativeSelect
      label={label}
      description={description}
      error={error && t('policy.failed')}
      disabled={policies.length === 0}
      value={value ?? policies[0]?.id ?? ''}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={policies.map(({ id, name, version }) => ({
        value: id,
        label: `${words(name).children} (${version})`,
      }))}
    />
  );
}
