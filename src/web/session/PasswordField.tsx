import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useT } from '../i18n/i18n.ts';

/** A password, which can be shown while it is typed. */
export function PasswordField(props: PasswordInputProps) {
  const t = useT('session');
  return <PasswordInput visibilityToggleButtonProps={{ 'aria-label': t('keys.show') }} {...props} />;
}
