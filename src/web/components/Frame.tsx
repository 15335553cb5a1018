import { Container, type MantineSize, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useT } from '../i18n/i18n.ts';
import { LanguageSwitch } from '../i18n/LanguageSwitch.tsx';
import { urls } from '../urls.ts';
import { ColourSwitch } from './ColourSwitch.tsx';

type FrameProps = {
  readonly size: MantineSize;
  readonly children: ReactNode;
  /** Where the reader can go, between the name and the switches. */
  readonly navigation?: ReactNode;
  /** Who the reader is, at the end of the header. */
  readonly aside?: ReactNode;
};

/** What every page has around it: the name, the switches, and what all of this rests on. */
export function Frame({ size, children, navigation, aside }: FrameProps) {
  const t = useT('common');
  return (
    <>
      <a href="#content" className="skip">
        {t('skip')}
      </a>
      <Container size={size} component="header" py="md" className="page-header">
        <a href={urls.home} className="brand">
          <img src="/lodebook.svg" alt="" width={28} height={28} />
          Lodebook
        </a>
        {navigation}
        <div className="page-switches">
          <LanguageSwitch />
          <ColourSwitch />
          {aside}
        </div>
      </Container>
      <Container size={size} component="main" id="content" pb="xl">
        {children}
      </Container>
      <Container size={size} component="footer" py="lg">
        <Text size="xs" c="dimmed">
          {t('about')}
        </Text>
      </Container>
    </>
  );
}
