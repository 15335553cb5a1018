// Of Mantine's styles those alone that the certificate is drawn with: a phone at a gate loads them.
import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Loader.css';
import '@mantine/core/styles/ScrollArea.css';
import '@mantine/core/styles/Text.css';
import '@mantine/core/styles/Title.css';
import '@mantine/core/styles/Anchor.css';
import '@mantine/core/styles/Button.css';
import '@mantine/core/styles/Paper.css';
import '@mantine/core/styles/Card.css';
import '@mantine/core/styles/Group.css';
import '@mantine/core/styles/Stack.css';
import '@mantine/core/styles/Container.css';
import '@mantine/core/styles/Table.css';
import '@mantine/core/styles/Alert.css';
import { boot } from '../boot.tsx';
import { Frame } from '../components/Frame.tsx';
import { CertificatePage } from './CertificatePage.tsx';

/** The server answers with this entry at `/lots/` and an id alone. */
const lot = decodeURIComponent(location.pathname.split('/')[2] ?? '').toLowerCase();

await boot(
  <Frame size="sm">
    <CertificatePage lot={lot} />
  </Frame>,
  ['certificate'],
);
