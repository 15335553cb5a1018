import '@mantine/core/styles/Input.layer.css';
import { Stack } from '@mantine/core';
import type { Certificate } from '../../verification/certificate.ts';
import { FollowLot } from '../buyer/FollowLot.tsx';
import { PolicyChoice } from '../buyer/PolicyChoice.tsx';
import { useT } from '../i18n/i18n.ts';

type Props = {
  readonly certificate: Certificate;
  /** The policy that was asked for; null: none by name. */
  readonly policy: string | null;
  readonly onPolicy: (policy: string) => void;
};

/** What a reader does with a certificate besides reading it. */
export function CertificateTools({ certificate, policy, onPolicy }: Props) {
  const t = useT('buyer');
  return (
    <Stack gap="sm">
      <PolicyChoice label={t('policy.label')} value={policy ?? certificate.policy.id} onChange={onPolicy} />
      <FollowLot certificate={certificate} />
    </Stack>
  );
}
