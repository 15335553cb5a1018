import { Modal } from '@mantine/core';
import { useT } from '../i18n/i18n.ts';
import { useStore } from '../session/store.ts';
import { asked } from './ask.ts';
import { SignForm } from './SignForm.tsx';

/** What somebody is asked to sign, one thing at a time. */
export function SigningDialog() {
  const t = useT('session');
  const now = useStore(asked);
  if (!now) return null;
  return (
    <Modal
      opened
      size="lg"
      onClose={() => now.answer(null)}
      title={t('sign.title', { what: t(`terms:statement.${now.draft.statement.type}`) })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <SignForm draft={now.draft} onSigned={now.answer} onCancel={() => now.answer(null)} />
    </Modal>
  );
}
