// Of Mantine's styles those alone that the certificate is drawn with: a phone at a gate loads them.
import '@mantine/core/styles/baseline.layer.css';
import '@mantine/core/styles/default-css-variables.layer.css';
import '@mantine/core/styles/global.layer.css';
import '@mantine/core/styles/UnstyledButton.layer.css';
import '@mantine/core/styles/CloseButton.layer.css';
import '@mantine/core/styles/Loader.layer.css';
import '@mantine/core/styles/ScrollArea.layer.css';
import '@mantine/core/styles/Text.layer.css';
import '@mantine/core/styles/Title.layer.css';
import '@mantine/core/styles/Anchor.layer.css';
import '@mantine/core/styles/Button.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/Card.layer.css';
import '@mantine/core/styles/Group.layer.css';
import '@mantine/core/styles/Stack.layer.css';
import '@mantine/core/styles/Container.layer.css';
import '@mantine/core/styles/Table.layer.css';
import '@mantine/core/styles/Alert.layer.css';
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
